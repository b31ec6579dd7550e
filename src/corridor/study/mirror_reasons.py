"""What may set the two sides' records of one flow apart: how each publisher compiles them, side by side.

Nothing here is measured, and no reason is asserted: a difference in the answers is where a reader would look first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from corridor.codes.compilation import ANSWERS, AS_REPORTERS, UNKNOWN
from corridor.study.tables import Publisher

SCHEMA: Mapping[str, pl.DataType] = {
    "exporter": pl.String(),
    "importer": pl.String(),
    "question": pl.String(),
    "answers_exporter": pl.String(),
    "answers_importer": pl.String(),
    "source_exporter": pl.String(),
    "source_importer": pl.String(),
    "agreement": pl.String(),
    "last_year": pl.Int64(),
    "trace_id": pl.String(),
}

#: What each side is asked of its own flow only: the exporter says whom it takes for a partner of its exports.
_ONE_SIDED = {"partner_of_exports": "exporter", "partner_of_imports": "importer"}
#: Questions answered by the rows themselves.
_OF_ROWS = ("maturity", "valuation")


def mirror_reasons(mirror: pl.DataFrame, publishers: Mapping[str, Publisher]) -> pl.DataFrame:
    """A row a direction and question, for the two publishers of the latest year in which both sides reported.

    Where there is none, the latest year that both have, estimates among them. A publisher that passes on a country's
    own report is answered for by the country's office, if that has a card. ``mirror`` as
    `corridor.study.collection.mirror_reports` gives it. ``answers_exporter`` and ``answers_importer`` are keys of
    `codes.compilation.ANSWERS` joined by a blank. ``agreement``: same, differ, or unknown where a side does not say.
    """
    both = mirror.drop_nulls(["value_exporter", "value_importer"])
    latest = both.sort("comparable", "year").unique(["exporter", "importer"], keep="last", maintain_order=True)
    rows = [row for year in latest.iter_rows(named=True) for row in _direction(year, publishers)]
    return pl.DataFrame(rows, schema=dict(SCHEMA), orient="row")


def _direction(year: Mapping[str, object], publishers: Mapping[str, Publisher]) -> Iterator[dict[str, object]]:
    told = {side: _answers(year, side, publishers) for side in ("exporter", "importer")}
    kept = {name: year[name] for name in ("exporter", "importer", "source_exporter", "source_importer", "trace_id")}
    for question, answers in _questions(year, told).items():
        sides = {f"answers_{side}": " ".join(given) for side, given in answers.items()}
        yield {**kept, "question": question, **sides, "agreement": _agreement(answers), "last_year": year["year"]}


def _answers(
    year: Mapping[str, object], side: str, publishers: Mapping[str, Publisher]
) -> Mapping[str, tuple[str, ...]]:
    """What the publisher's card answers, and "unknown" to all for one without a card of its own."""
    source = publishers.get(str(year[f"source_{side}"]))
    found = source.compilation if source else {}
    answers = {question: found.get(question, (UNKNOWN,)) for question in ANSWERS}
    if year[f"maturity_{side}"] == "estimated":
        return answers
    own = _office(str(year[side]), publishers)
    return {
        question: own.get(question, each) if each == (AS_REPORTERS,) else each for question, each in answers.items()
    }


def _office(area: str, publishers: Mapping[str, Publisher]) -> Mapping[str, tuple[str, ...]]:
    """The answers of a country's own office; of several the first by name."""
    offices = [each for each in publishers.values() if (each.area, each.rank) == (area, 1) and each.compilation]
    return min(offices, key=lambda each: each.source).compilation if offices else {}


def _questions(
    year: Mapping[str, object], told: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The questions with both sides' answers; the two notions of a partner are one question to the two sides."""
    found: dict[str, dict[str, tuple[str, ...]]] = {
        name: {side: (str(year[f"{name}_{side}"] or UNKNOWN),) for side in told} for name in _OF_ROWS
    }
    found["partner"] = {side: told[side][question] for question, side in _ONE_SIDED.items()}
    for question in (each for each in ANSWERS if each not in _ONE_SIDED):
        found[question] = {side: answers[question] for side, answers in told.items()}
    return found


def _agreement(answers: Mapping[str, tuple[str, ...]]) -> str:
    given = list(answers.values())
    if any(each in (UNKNOWN, AS_REPORTERS) for side in given for each in side):
        return "unknown"
    return "same" if given[0] == given[1] else "differ"
