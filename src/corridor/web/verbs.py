"""The verbs as pages: what each asks and how the workspace answers it. One list, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

import polars as pl

from corridor import indicators
from corridor.codes import areas, caveats
from corridor.errors import NothingFound
from corridor.harmonise.reconciliation import Method
from corridor.made_access import SHEETS
from corridor.made_advice import Answer
from corridor.made_bulletin import FORMATS as BULLETIN_FORMATS
from corridor.made_bulletin import MadeBulletin
from corridor.made_check import MadeCheck
from corridor.made_potential import FORMATS as POTENTIAL_FORMATS
from corridor.made_potential import MadePotential
from corridor.made_regions import MadeRegions
from corridor.made_study import FORMATS as STUDY_FORMATS
from corridor.recommend.findings.pair import PAIR, POINTS
from corridor.report.catalogue import catalogue, language
from corridor.report.faults import said
from corridor.report.rows import as_answer, as_json
from corridor.study.question import Reconciliation
from corridor.web import duties
from corridor.web.asked import Asked
from corridor.web.behind import behind
from corridor.web.fields import MORE, Field, python, terminal
from corridor.web.shown import Shown, grid, numbered
from corridor.web.studies import study
from corridor.workspace import today

SOURCE = Field("source", flag="--source")
PERIOD = Field("period", flag="--period")
YEAR = Field("year", "number", flag="--year")
AS_OF = Field("as_of", "date", flag="--as-of")
EXPORTER = Field("exporter", role="seller", needed=True)
DIGITS = Field("digits", "choice", "4", ("2", "4", "6", "8", "10"), flag="--digits")
THRESHOLD = Field("threshold", "choice", "0.8", ("0.5", "0.6", "0.7", "0.8", "0.9", "0.95"), flag="--threshold")
HEAD_OFFICES = Field("without_head_offices", "switch", choices=("yes",), flag="--without-head-offices")
#: One value of both sides' yearly totals, and the margin between fob and cif that it assumes.
RECONCILED = (
    Field("reconcile", "choice", choices=get_args(Method), flag="--reconcile"),
    Field("cif_margin", "decimal", flag="--cif-margin"),
)
#: What each criterion of a ranking weighs, in points of a hundred.
WEIGHTS = tuple(Field(f"weight_{each.name}", "weight", f"{each.weight * POINTS:.0f}", flag="--weight") for each in PAIR)
_BILLION = 1e9


@dataclass(frozen=True)
class Verb:
    """A page: its path, message key and name at the terminal and in Python; its questions; its answer.

    ``instead`` is what terminal and Python are given where the form holds a text; ``sends`` is the form that is sent
    and not asked: a text, or files. ``call`` says the question in Python where its words are not those of the form, and
    ``enough`` whether it can be answered where no single answer must be given.
    """

    name: str
    fields: tuple[Field, ...]
    answer: Callable[[Asked], Shown]
    instead: str = ""
    sends: str = ""
    call: Callable[[Asked], str] | None = None
    enough: Callable[[Asked], bool] | None = None

    def lines(self, asked: Asked) -> tuple[str, str]:
        """How the same is had at a terminal and in Python."""
        fields, values = self.fields, asked.values
        if self.instead:
            fields, values = (Field("file"),), {"file": self.instead}
        spoken = () if self.name in ("check", "explain") and asked.lang == "en" else ("--lang", asked.lang)
        called = self.call(asked) if self.call else python(self.name, fields, values)
        return terminal(self.name, fields, values, spoken), called

    def asks(self, asked: Asked) -> bool:
        """Whether all that must be said was said."""
        return self.enough(asked) if self.enough else all(asked[each.name] for each in self.fields if each.needed)


def bulletin(asked: Asked) -> MadeBulletin:
    """The bulletin of a question, made once; without a period that of the last month held."""
    return asked.memory.bulletins.get(
        asked.key(),
        lambda: asked.workspace.bulletin(
            asked["reporter"],
            asked["partner"],
            asked["period"] or _last_month(asked),
            previous=asked["previous"] == "yes",
            source=asked.given("source"),
            as_of=asked.day("as_of"),
        ),
    )


def check(asked: Asked) -> MadeCheck:
    """A text that was checked while these pages run."""
    made = asked.memory.checks.held(asked["id"])
    if made is None:
        raise NothingFound("this text is no longer held", next_step="texts are kept in memory only: send it again")
    return made


def _last_month(asked: Asked) -> str:
    rows = asked.workspace.flows(asked["reporter"], asked["partner"], freq="M", as_of=asked.day("as_of"))
    return str(rows.sort("period_end")["period"][-1])


def _study(asked: Asked) -> Shown:
    # Half a question is answered here: the study itself is made in a frame of the page.
    Reconciliation.asked(asked.given("reconcile"), asked.decimal("cif_margin"))
    for side in ("exporter", "partner"):
        areas.find(asked[side])
    return Shown(
        data=lambda: study(asked).render("json"),
        document=asked.address("/study/document"),
        files=tuple((each, asked.address(f"/study/file/{each}")) for each in STUDY_FORMATS),
    )


def _bulletin(asked: Asked) -> Shown:
    made = bulletin(asked)
    return Shown(
        data=lambda: made.render("json"),
        notes=tuple(made.notes(asked.lang)),
        document=asked.address("/bulletin/document"),
        files=tuple((each, asked.address(f"/bulletin/file/{each}")) for each in BULLETIN_FORMATS),
        text=made.render("md", lang=asked.lang),
    )


def _check(asked: Asked) -> Shown:
    made = check(asked)
    return Shown(
        data=lambda: made.render("json", lang=asked.lang),
        notes=tuple(made.notes(asked.lang)),
        document=asked.address("/check/document"),
    )


def regions(asked: Asked) -> MadeRegions:
    """The regions of a question, or the one it names, made once."""
    return asked.memory.regions.get(asked.key(), lambda: _make_regions(asked))


def _make_regions(asked: Asked) -> MadeRegions:
    digits = int(asked["digits"])
    if "code" in asked.values:
        named = tuple(asked["product"].replace(",", " ").split())
        return asked.workspace.region(asked["code"], asked["partner"], products=named, digits=digits)
    return asked.workspace.regions(
        asked["exporter"],
        asked["partner"],
        threshold=float(asked["threshold"]),
        digits=digits,
        head_offices=asked["without_head_offices"] != "yes",
    )


def _regions(asked: Asked) -> Shown:
    made = regions(asked)
    return Shown(
        made.json,
        notes=tuple(made.notes(asked.lang)),
        document=asked.address("/regions/document"),
        leads=_leads(made.exporter, asked),
    )


def _leads(country: str, asked: Asked) -> tuple[tuple[str, str], ...]:
    """The page of each region, in the order of their names."""
    rest, on = asked.query("partner", "digits"), today()
    named = [
        (areas.name(code, asked.lang), f"/region?code={code}&{rest}")
        for code in areas.regions(country, on=on, nested=True, publisher_codes=True)
    ]
    return tuple(sorted(named))


def _region(asked: Asked) -> Shown:
    made = regions(asked)
    return Shown(made.json, notes=tuple(made.notes(asked.lang)), document=asked.address("/region/document"))


def _call_regions(asked: Asked) -> str:
    call = python("regions", (EXPORTER, Field("partner")), asked.values)
    options = [f", digits={asked['digits']}"] if asked["digits"] != DIGITS.default else []
    options += [f", threshold={asked['threshold']}"] if asked["threshold"] != THRESHOLD.default else []
    options += [", head_offices=False"] if asked["without_head_offices"] else []
    return f"{call.removesuffix(')')}{''.join(options)})"


def _call_region(asked: Asked) -> str:
    call = python("region", (Field("code"), Field("partner")), asked.values)
    goods = asked["product"].replace(",", " ").split()
    options = [f", products={goods!r}"] if goods else []
    options += [f", digits={asked['digits']}"] if asked["digits"] != DIGITS.default else []
    return f"{call.removesuffix(')')}{''.join(options)})"


def _target(asked: Asked) -> Shown:
    made = asked.memory.targets.get(
        asked.key(),
        lambda: asked.workspace.target(
            asked["one"],
            asked["other"],
            float(asked["billion"].replace(",", ".")) * _BILLION,
            int(asked["by"]),
            statistics=asked["statistics"],
        ),
    )
    return Shown(made.json, notes=tuple(made.notes(asked.lang)), grids=(grid(made.groups, "target", asked.lang),))


def _call_target(asked: Asked) -> str:
    call = python("target", (Field("one"), Field("other")), asked.values).removesuffix(")")
    billion = asked["billion"].replace(",", ".") or "0"
    return f"{call}, {billion}e9, {asked['by'] or 0}, statistics={asked['statistics']!r})"


def _call_check(asked: Asked) -> str:
    return f"Workspace().check(Path({BY_NAME['check'].instead!r}))"


def _told(answer: Answer, what: str, lang: str) -> Shown:
    apart = (grid(answer.apart, f"{what}_apart", lang),) if answer.apart.height else ()
    table, keys = numbered(answer.table)
    return Shown(
        data=lambda: as_answer(answer.table, answer.apart, what, answer.title, answer.notes),
        title=answer.title,
        notes=tuple(note for note in answer.notes if note.partition(":")[0] not in keys),
        caveats=tuple(caveats.sentence(key, lang) for key in keys),
        grids=(grid(table, what, lang), *apart),
    )


def _recommend(asked: Asked) -> Shown:
    answer = asked.memory.rankings.get(asked.key(asked.lang), lambda: _ranking(asked))
    return _told(answer, "recommend", asked.lang)


def _ranking(asked: Asked) -> Answer:
    return asked.workspace.recommend(
        asked["exporter"],
        asked["importer"],
        top=max(1, asked.number("top") or 1),
        method=asked["method"],
        weights={each.criterion: float(asked[each.name]) for each in WEIGHTS if asked[each.name] != each.default},
        year=asked.number("year"),
        source=asked.given("source"),
        as_of=asked.day("as_of"),
        lang=asked.lang,
    )


def potential(asked: Asked) -> MadePotential:
    """The potential of a question, computed once a language, for its lines are told in one."""
    return asked.memory.potentials.get(
        asked.key(asked.lang),
        lambda: asked.workspace.potential(
            asked["exporter"],
            asked["importer"],
            year=asked.number("year"),
            formula=asked["formula"],
            neutral=tuple(asked["neutral"].replace(",", " ").split()),
            source=asked.given("source"),
            as_of=asked.day("as_of"),
            lang=asked.lang,
        ),
    )


def _potential(asked: Asked) -> Shown:
    return replace(
        _told(potential(asked), "potential", asked.lang),
        document=asked.address("/potential/document"),
        files=tuple((each, asked.address(f"/potential/file/{each}")) for each in POTENTIAL_FORMATS),
    )


def _tariff(asked: Asked) -> Shown:
    if not (asked["product"] or asked["sheet"]):
        raise NothingFound("no product is named", next_step="name a product, or choose a sheet")
    made = asked.workspace.tariff(
        asked["reporter"],
        asked["partner"],
        asked.given("product") if not asked["sheet"] else None,
        sheet=asked.given("sheet"),
        lang=asked.lang,
        as_of=asked.day("as_of"),
    )
    return Shown(made.json, notes=tuple(made.notes(asked.lang)), grids=(grid(made.table, made.what, asked.lang),))


def _indicator(asked: Asked) -> Shown:
    found = asked.workspace.indicator(
        asked["name"],
        asked.given("exporter"),
        asked.given("importer"),
        product=asked.given("product"),
        period=asked.given("period"),
        source=asked.given("source"),
        as_of=asked.day("as_of"),
    )
    rows = found.largest(asked.number("top"))
    explained = found.explained(rows)
    return Shown(
        data=lambda: as_json(rows, "indicator", explained=explained, notes=found.laid.notes),
        notes=tuple(said(note, asked.lang) for note in found.laid.notes),
        english=tuple(explained),
        grids=(grid(rows, "indicator", asked.lang),),
    )


def _sources(asked: Asked) -> Shown:
    rows = asked.workspace.sources(lang=asked.lang)
    words = catalogue(language(asked.lang))
    beside = (("aside", _aside(asked)), ("checks", asked.workspace.checks()))
    found = (
        grid(table, what, asked.lang, title=f"{words.say(f'web.sources.{what}')}: {table.height}", folded=True)
        for what, table in beside
        if table.height
    )
    return Shown(
        lambda: as_json(rows, "sources"),
        notes=tuple(asked.workspace.notes(asked.lang)),
        # What is held goes first; each part in the order of the list.
        grids=(grid(rows.sort(pl.col("rows") == 0, maintain_order=True), "sources", asked.lang), *found),
    )


def _aside(asked: Asked) -> pl.DataFrame:
    """The rows that no reader understood, by file and reason."""
    rows = [
        {"source": each.source, "file": each.file, "reason": reason, "rows": count}
        for each in asked.workspace.store.ingests()
        for reason, count in sorted(each.reasons.items())
    ]
    return pl.DataFrame(rows, schema={"source": pl.String, "file": pl.String, "reason": pl.String, "rows": pl.Int64})


def _coverage(asked: Asked) -> Shown:
    rows = asked.workspace.coverage(
        asked["reporter"],
        asked["partner"],
        period=asked.given("period"),
        source=asked.given("source"),
        as_of=asked.day("as_of"),
    )
    return Shown(lambda: as_json(rows, "coverage"), grids=(grid(rows, "coverage", asked.lang),))


def _flows(asked: Asked) -> Shown:
    rows = asked.workspace.flows(
        asked["reporter"],
        asked["partner"],
        product=asked.given("product"),
        period=asked.given("period"),
        source=asked.given("source"),
        as_of=asked.day("as_of"),
    )
    return Shown(lambda: as_json(rows, "flows"), grids=(grid(rows, "flows", asked.lang),))


def _find(asked: Asked) -> Shown:
    pair = (asked["seller"], asked["market"]) if asked["seller"] and asked["market"] else None
    rows = asked.workspace.find(asked["word"], pair=pair, limit=asked.number("top"), lang=asked.lang)
    leads = [_figures_of(row, pair, asked.lang) if pair else "" for row in rows.iter_rows(named=True)]
    return Shown(lambda: as_json(rows, "find"), grids=(grid(rows, "find", asked.lang, leads=leads),))


def _figures_of(row: Mapping[str, object], pair: tuple[str, str], lang: str) -> str:
    """The page of a product's figures, where some of the pair are held."""
    if row["reporter"] is None:
        return ""
    reporter = str(row["reporter"])
    partner = pair[0] if areas.find(pair[1]).code == reporter else pair[1]
    return f"/flows?{urlencode({'reporter': reporter, 'partner': partner, 'product': row['product'], 'lang': lang})}"


def _call_find(asked: Asked) -> str:
    pair = f", pair=({asked['seller']!r}, {asked['market']!r})" if asked["seller"] and asked["market"] else ""
    top = f", limit={int(asked['top'])}" if asked["top"] != "40" else ""
    return f"Workspace().find({asked['word']!r}{pair}{top})"


#: Every page, in the order of the menu.
VERBS: tuple[Verb, ...] = (
    Verb("study", (EXPORTER, Field("partner", role="market", needed=True), PERIOD, SOURCE, AS_OF, *RECONCILED), _study),
    Verb(
        "bulletin",
        (
            Field("reporter", role="market", needed=True),
            Field("partner", role="seller", needed=True),
            Field("period"),
            Field("previous", "switch", choices=("yes",), flag="--previous"),
            SOURCE,
            AS_OF,
        ),
        _bulletin,
    ),
    Verb(
        "check", (Field("id", "hidden", needed=True),), _check, instead="bulletin.docx", sends="text", call=_call_check
    ),
    Verb(
        "regions",
        (EXPORTER, Field("partner", role="market", needed=True), DIGITS, THRESHOLD, HEAD_OFFICES),
        _regions,
        call=_call_regions,
    ),
    Verb(
        "region",
        (
            Field("code", needed=True),
            Field("partner", role="market", needed=True),
            Field("product", "words", flag="--product"),
            DIGITS,
        ),
        _region,
        call=_call_region,
    ),
    Verb(
        "recommend",
        (
            EXPORTER,
            Field("importer", role="market", needed=True),
            Field("top", "number", "20", flag="--top"),
            Field("method", "choice", "weighted_sum", ("weighted_sum", "topsis", "pareto"), flag="--method"),
            YEAR,
            SOURCE,
            AS_OF,
            *WEIGHTS,
        ),
        _recommend,
    ),
    Verb(
        "potential",
        (
            EXPORTER,
            Field("importer", role="market", needed=True),
            YEAR,
            Field(
                "formula",
                "choice",
                "full/1",
                ("full/1", "dbt_2023/1", "trade_only/1", "supply_demand/1"),
                flag="--formula",
            ),
            Field("neutral", "words", flag="--neutral"),
            SOURCE,
            AS_OF,
        ),
        _potential,
    ),
    Verb(
        "tariff",
        (
            Field("reporter", role="market", needed=True),
            Field("partner", role="seller", needed=True),
            Field("product"),
            Field("sheet", "choice", choices=SHEETS, flag="--sheet"),
            AS_OF,
        ),
        _tariff,
    ),
    Verb(
        "simulate",
        (*duties.QUESTIONS, AS_OF, Field("scenario", "long")),
        duties.changed,
        instead="scenario.yml",
        enough=duties.enough,
    ),
    Verb(
        "target",
        (
            Field("one", role="seller", needed=True),
            Field("other", role="market", needed=True),
            Field("billion", "decimal", needed=True, flag="--billion"),
            Field("by", "number", needed=True, flag="--by"),
            Field("statistics", needed=True, flag="--statistics"),
        ),
        _target,
        call=_call_target,
    ),
    Verb(
        "indicator",
        (
            Field("name", "choice", choices=indicators.INDICATORS, needed=True),
            Field("exporter", flag="--exporter", role="seller"),
            Field("importer", flag="--importer", role="market"),
            Field("product", flag="--product"),
            PERIOD,
            Field("top", "number", "100", flag="--top"),
            SOURCE,
            AS_OF,
        ),
        _indicator,
    ),
    Verb(
        "coverage",
        (
            Field("reporter", role="market", needed=True),
            Field("partner", role="seller", needed=True),
            PERIOD,
            SOURCE,
            AS_OF,
        ),
        _coverage,
    ),
    Verb(
        "flows",
        (
            Field("reporter", role="market", needed=True),
            Field("partner", role="seller", needed=True),
            Field("product", flag="--product"),
            PERIOD,
            SOURCE,
            AS_OF,
        ),
        _flows,
    ),
    Verb("sources", (), _sources, sends="files"),
    Verb(
        "find",
        (
            Field("word", needed=True),
            Field("seller", role="seller", flag="--pair"),
            Field("market", role="market", flag=MORE),
            Field("top", "number", "40", flag="--top"),
        ),
        _find,
        call=_call_find,
    ),
    Verb("explain", (Field("id", needed=True),), behind),
)
BY_NAME = {verb.name: verb for verb in VERBS}
#: The pages of the menu; the others are reached from a page.
MENU = tuple(verb for verb in VERBS if verb.name not in ("find", "explain", "region"))
