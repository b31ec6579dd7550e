"""The whole argument behind one candidate of a ranking, from its id: as text in a language and as one object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from corridor.codes import caveats
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Finding, Measure, Name
from corridor.made_advice import Ranking, candidate_id, ranked, with_caveats
from corridor.panels import Choice
from corridor.report.lines import joined, lines, said
from corridor.report.rows import plain

if TYPE_CHECKING:
    from corridor.evidence import Trace
    from corridor.workspace import Workspace

#: Suppliers of the last year whose rows stand beside the pair's own.
_SUPPLIERS = 5


@dataclass(frozen=True)
class Asked:
    """What an id says: the candidate, the method it was ranked by, and the series and the day that were asked for."""

    exporter: str
    importer: str
    product: str
    year: int
    method: str
    choice: Choice
    weights: Mapping[str, float] = field(default_factory=dict)


def is_candidate(id: str) -> bool:
    """Whether an id is that of a ranking's candidate; those of a study name no method."""
    return ":" in id and "/" not in id


def read_id(id: str) -> Asked:
    """What an id of `corridor.made_advice.candidate_id` says. Raises: UsageError for anything else."""
    try:
        pair, method, *options = id.split(":")
        exporter, importer, rest = pair.split("-", 2)
        product, _, year = rest.rpartition("-")
        given = dict(each.split("=", 1) for each in options)
        weights = _weights(given.pop("weights", ""))
        return Asked(exporter, importer, product, int(year), method, _choice(given), weights)
    except ValueError:
        raise UsageError(
            f"“{id}” is no id of a ranking's candidate",
            next_step="it looks like RUS-VNM-coal-2025:weighted_sum; corridor recommend shows them",
        ) from None


def _weights(text: str) -> dict[str, float]:
    """The weights that an id names. Raises: ValueError for what are none."""
    pairs = [each.split("=", 1) for each in text.split(",")] if text else []
    return {name: float(points) for name, points in pairs}


def _choice(given: Mapping[str, str]) -> Choice:
    """The series that an id names. Raises: ValueError for what is no option of one."""
    if unknown := given.keys() - {"source", "release", "classification", "as_of"}:
        raise ValueError(f"no options {sorted(unknown)}")
    day = given.get("as_of")
    series = (given.get("source"), given.get("release"), given.get("classification"))
    return Choice(*series, "import", date.fromisoformat(day) if day else None)


@dataclass(frozen=True)
class Argument:
    """One candidate with everything its place rests on; ``figures`` are the stored rows behind it."""

    id: str
    ranking: Ranking
    candidate: Mapping[str, Any]
    figures: pl.DataFrame
    traces: Mapping[str, Trace]

    def text(self, lang: str) -> str:
        """The argument as Markdown in a language."""
        title = f"# {self.place(lang)}\n\n{joined(self.ranking.title, lang)}\n"
        chapters = [f"## {heading}\n\n" + _listed(told) for heading, told in self.chapters(lang)]
        return "\n".join((title, *chapters))

    def place(self, lang: str) -> str:
        """What is ranked, and where: the title."""
        return joined((self._place(),), lang)

    def chapters(self, lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The parts of the argument in a language: heading and lines."""
        made = self.ranking
        parts: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("candidate.criteria", lines(self._criteria(), lang)),
            ("candidate.firmness", lines(self._firmness(), lang)),
            ("candidate.beside", lines(self._beside(), lang)),
            ("candidate.limits", (joined(made.world, lang), *lines(made.limits, lang), *self._caveats(lang))),
            ("candidate.rows", lines(self._rows(), lang)),
        )
        return tuple((joined((Finding(key),), lang), told) for key, told in parts if told)

    def json(self) -> str:
        """One object, unrounded, with the criteria, the keys of the caveats and the rows' traces."""
        made = self.ranking
        whole = {
            "schema": "corridor.candidate/1",
            "id": self.id,
            "title": joined(made.title, "en"),
            "notes": [joined(made.world, "en"), *lines(made.limits, "en")],
            "candidate": plain(pl.DataFrame([self.candidate]))[0],
            "of": made.advice.ranked.height,
            "criteria": list(self._measured()),
            "caveats": list(self._keys()),
            "traces": {key: vars(each) for key, each in self.traces.items()},
        }
        return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)

    def _measured(self) -> Iterator[dict[str, object]]:
        """The criteria that were measured; ``weight`` is the part of them all."""
        known = self.ranking.advice.criteria
        whole = sum(each.weight for each in known)
        for each in known:
            yield {
                "criterion": each.name, "column": each.column, "unit": each.unit, "value": self.candidate[each.column],
                "weight": each.weight / whole, "score": self.candidate[f"score_{each.name}"],
            }  # fmt: skip

    def _place(self) -> Finding:
        row = self.candidate
        return said(
            "candidate.place", product=Name("product", row["product"]), rank=row["rank"],
            of=self.ranking.advice.ranked.height, score=Measure(row["score"], "ratio"),
            kind=Finding(f"candidate.kind.{row['kind']}"),
        )  # fmt: skip

    def _criteria(self) -> Iterator[Finding]:
        for criterion, each in zip(self.ranking.advice.criteria, self._measured(), strict=True):
            yield said(
                "candidate.criterion", criterion=Finding(f"advice.criterion.{criterion.name}"),
                value=Measure(self.candidate[criterion.column], criterion.unit),
                weight=Measure(float(str(each["weight"])), "share"), score=Measure(float(str(each["score"])), "ratio"),
            )  # fmt: skip

    def _firmness(self) -> Iterator[Finding]:
        row = self.candidate
        yield said("candidate.stability", share=Measure(row["stability"], "share"))
        if row["stability_years"] is None:
            yield Finding("candidate.one_year")
        else:
            yield said("candidate.stability_years", share=Measure(row["stability_years"], "share"))

    def _beside(self) -> Iterator[Finding]:
        row = self.candidate
        if row["unit_value_position"] is not None:
            yield said("candidate.unit_value", ratio=Measure(row["unit_value_position"], "ratio"))
        if row["able_regions"] is not None:
            yield said("candidate.regions", n=row["able_regions"])

    def _keys(self) -> tuple[str, ...]:
        cells = (self.candidate["caveats"], *self.figures["caveats"])
        return caveats.split(caveats.join(key for cell in cells for key in caveats.split(cell)))

    def _caveats(self, lang: str) -> tuple[str, ...]:
        return tuple(caveats.sentence(key, lang) for key in self._keys())

    def _rows(self) -> Iterator[Finding]:
        for key, trace in self.traces.items():
            yield said("candidate.trace", publisher=Name("source", trace.publisher), file=trace.file, id=key)


def explain(ws: Workspace, id: str, *, today: date) -> Argument:
    """The argument of the candidate that ``id`` names. Raises: NothingFound where the ranking has no such candidate."""
    asked = read_id(id)
    made = ranked(ws, asked.exporter, asked.importer, asked.choice, method=asked.method, year=asked.year, today=today,
                  weights=asked.weights)  # fmt: skip
    candidate = made.advice.ranked.filter(pl.col("product") == asked.product)
    if candidate.is_empty():
        raise _not_ranked(made, asked)
    row = with_caveats(ws, made, candidate).row(0, named=True)
    figures = _behind(made, asked)
    return Argument(id, made, row, figures, ws.traces(figures["trace_id"].drop_nulls()))


def _not_ranked(made: Ranking, asked: Asked) -> NothingFound:
    apart = made.advice.unscorable.filter(pl.col("product") == asked.product)
    if apart.height:
        missing = ", ".join(str(apart["missing"][0]).split())
        return NothingFound(f"{asked.product} could not be judged: {missing} not known", next_step="add files")
    first = [candidate_id(made, product) for product in made.advice.ranked["product"].head(2)]
    return NothingFound(f"this ranking has no {asked.product}", next_step=f"it has {', '.join(first) or 'none'}")


def _behind(made: Ranking, asked: Asked) -> pl.DataFrame:
    """The pair's rows of all years up to the base, and the largest suppliers of the base year."""
    rows = made.panel.figures(
        (pl.col("importer") == asked.importer) & (pl.col("product") == asked.product) & (pl.col("year") <= made.base)
    )
    own = pl.col("exporter") == asked.exporter
    others = rows.filter(~own & (pl.col("year") == made.base)).sort("value_usd", descending=True, nulls_last=True)
    return pl.concat([rows.filter(own).sort("year"), others.head(_SUPPLIERS)])


def _listed(told: tuple[str, ...]) -> str:
    return "".join(f"- {line}\n" for line in told)
