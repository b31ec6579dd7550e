"""The trade of a pair as the first page shows it: two short tables and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import polars as pl

from corridor.codes import areas, periods
from corridor.evidence import Measure
from corridor.made_overview import MadeOverview
from corridor.report.catalogue import Catalogue, Lang, catalogue
from corridor.report.lines import area, joined, said
from corridor.report.numbers import Style, printed
from corridor.web.asked import Asked
from corridor.web.shown import Cell, Grid, goods

_MILLIONS = Style(scale="million", digits=1, unit=False)
_DIRECTIONS = ("out", "back")


@dataclass(frozen=True)
class Overview:
    """What the first page says of a pair: whose figures, its years, the goods of each direction, and links."""

    title: str
    note: str
    years: Grid
    goods: tuple[Grid, ...]
    leads: tuple[tuple[str, str], ...]


def overview(asked: Asked, lang: Lang) -> Overview:
    """The overview of the pair ``seller`` and ``market``, made once. Raises `NothingFound`."""
    made = asked.memory.overviews.get(asked.key(), lambda: asked.workspace.overview(asked["seller"], asked["market"]))
    names = {"out": _arrow(made.exporter, made.partner, lang), "back": _arrow(made.partner, made.exporter, lang)}
    return Overview(
        joined((said("web.overview.title", exporter=area(made.exporter), partner=area(made.partner)),), lang),
        _note(asked, made, lang),
        _years(made, names, lang),
        tuple(_goods(made, each, names[each], lang) for each in _DIRECTIONS),
        tuple(_leads(made, lang)),
    )


def _arrow(one: str, other: str, lang: Lang) -> str:
    return f"{areas.name(one, lang)} → {areas.name(other, lang)}"


def _note(asked: Asked, made: MadeOverview, lang: Lang) -> str:
    publisher = asked.workspace.publishers()[made.series.source][lang]
    release = catalogue(lang).say(f"term.release.{made.series.release}")
    return joined((said("web.overview.note", source=publisher, release=release, reporter=area(made.series.reporter)),),
                  lang)  # fmt: skip


def _years(made: MadeOverview, names: dict[str, str], lang: Lang) -> Grid:
    words = catalogue(lang)
    change = words.say("web.overview.change")
    heads = [words.say("web.overview.year"), names["out"], change, names["back"], change,
             words.say("web.overview.turnover"), change,
             joined((said("web.overview.balance", exporter=area(made.exporter)),), lang)]  # fmt: skip
    rows = tuple(tuple(map(Cell, _year(row, words))) for row in made.years.iter_rows(named=True))
    return Grid(((heads[0], False), *((head, True) for head in heads[1:])), rows, title=words.say("web.overview.years"))


def _year(row: dict[str, float | None], words: Catalogue) -> list[str]:
    cells = [str(row["year"])]
    for name in (*_DIRECTIONS, "turnover"):
        cells.append(printed(Measure(row[f"{name}_usd"], "usd"), words, _MILLIONS))
        cells.append(printed(Measure(row[f"{name}_growth"], "growth"), words))
    return [*cells, printed(Measure(row["balance_usd"], "usd"), words, _MILLIONS)]


def _goods(made: MadeOverview, direction: str, name: str, lang: Lang) -> Grid:
    words = catalogue(lang)
    keys = ("product", "value", "share", "change")
    rows = made.goods.filter(pl.col("direction") == direction)
    sides = {"reporter": made.series.reporter, "partner": made.series.partner, "lang": lang}
    year = f", {rows['year'][0]}" if rows.height else ""
    return Grid(
        tuple((words.say(f"web.overview.{key}"), key != "product") for key in keys),
        tuple(
            (
                Cell(goods(row["product"], lang), f"/flows?{urlencode({**sides, 'product': row['product']})}"),
                Cell(printed(Measure(row["value_usd"], "usd"), words, _MILLIONS)),
                Cell(printed(Measure(row["share"], "share"), words)),
                Cell(printed(Measure(row["growth"], "growth"), words)),
            )
            for row in rows.iter_rows(named=True)
        ),
        title=f"{name}{year}",
    )


def _leads(made: MadeOverview, lang: Lang) -> list[tuple[str, str]]:
    """What to do next: the goods to push, the letter, the month's bulletin, the whole study."""
    words = catalogue(lang)
    sides = {"exporter": made.exporter, "partner": made.partner, "lang": lang}
    first = urlencode({"exporter": made.exporter, "importer": made.partner, "top": "3", "lang": lang})
    leads = [
        (words.say("web.overview.three"), f"/recommend?{first}"),
        (words.say("web.overview.letter"), f"/study/file/letter?{urlencode(sides)}"),
        (words.say("web.overview.study"), f"/study?{urlencode(sides)}"),
    ]
    if made.month is None:
        return leads
    of = {"reporter": made.series.reporter, "partner": made.series.partner, "period": str(made.month), "lang": lang}
    month = periods.name(made.month, lang)
    return [*leads, (f"{words.say('web.overview.bulletin')}: {month}", f"/bulletin?{urlencode(of)}")]
