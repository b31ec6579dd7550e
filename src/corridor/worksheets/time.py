"""Layouts of one flow over time: years, months, releases, and the two sides' reports."""

from __future__ import annotations

import polars as pl

from corridor.codes.calendar import tet_days
from corridor.codes.products import TOTAL
from corridor.errors import NothingFound, UsageError
from corridor.study.ledger import LISTED
from corridor.study.mirror import mirror_reports, pair_totals
from corridor.study.question import Question
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking
from corridor.worksheets.figures import Figures, figures
from corridor.worksheets.laid import Laid
from corridor.worksheets.pair import notes

#: The lunar New Year is counted in Viet Nam's calendar.
_CELEBRATES = "VNM"
_SIDE = ("reporter", "partner", "flow", "period_end")


def years(tables: Tables, asking: Asking) -> Laid:
    """A row a year: ``year, value_usd`` of all goods or the product asked for; by product with ``over="product"``."""
    found = figures(tables, asking)
    whole = [period for period in found.periods() if period.freq == "A"]
    if asking.over == "product":
        rows = [found.groups(each).select("product", "value_usd", year=pl.lit(each.end.year)) for each in whole]
        return Laid(pl.concat(rows), notes(found), ("product",))
    values = {"year": [each.end.year for each in whole], "value_usd": [found.total(each) for each in whole]}
    return Laid(pl.DataFrame(values), notes(found))


def months(tables: Tables, asking: Asking) -> Laid:
    """A row a month: ``period_end, value_usd`` of all goods or the product asked for."""
    found = figures(tables, asking)
    return Laid(_months(found, cumulative=False), notes(found))


def holidays(tables: Tables, asking: Asking) -> Laid:
    """As `months`, with the days of the lunar New Year in each, in Viet Nam's calendar."""
    if _CELEBRATES not in {asking.exporter, asking.importer}:
        raise UsageError(
            "the holiday known here is Viet Nam's lunar New Year", next_step="name VNM as one of the sides"
        )
    laid = months(tables, asking)
    days = [tet_days(end.replace(day=1), end) for end in laid.frame["period_end"]]
    return Laid(laid.frame.with_columns(holiday_days=pl.Series(days, dtype=pl.Int64)), laid.notes)


def printed(tables: Tables, asking: Asking) -> Laid:
    """A row a month: ``period_end, value_month, value_cumulative`` as the publisher's table has them."""
    found = figures(tables, asking)
    sides = [
        _months(found, cumulative=kind).rename({"value_usd": name})
        for kind, name in ((False, "value_month"), (True, "value_cumulative"))
    ]
    return Laid(sides[0].join(sides[1], on="period_end", how="full", coalesce=True).sort("period_end"), notes(found))


def _months(found: Figures, *, cumulative: bool) -> pl.DataFrame:
    rows = found.series.rows(found.tables.flows).filter(
        pl.col("flow") == found.flow,
        pl.col("partner") == (found.partner or LISTED),
        pl.col("product") == (found.asking.product or TOTAL),
        pl.col("cumulative") == cumulative,
        pl.col("freq") == "M",
    )
    if asked := found.asking.periods:
        inside = [pl.col("period_end").is_between(period.start, period.end) for period in asked]
        rows = rows.filter(pl.any_horizontal(inside))
    if rows.is_empty():
        whom = found.partner or "all listed partners"
        raise NothingFound(
            f"no monthly {found.flow}s of {found.series.reporter} with {whom} are held",
            next_step="name both --exporter and --importer, or add the publisher's monthly files",
        )
    return rows.select("period_end", "value_usd").sort("period_end")


def releases(tables: Tables, asking: Asking) -> Laid:
    """A row a month that has both: ``period_end, value_first, value_revised`` of all goods of the pair."""
    found = figures(tables, asking)
    rows = tables.flows.filter(
        pl.col("reporter") == found.series.reporter,
        pl.col("partner") == (found.partner or LISTED),
        pl.col("flow") == found.flow,
        pl.col("product") == TOTAL,
        pl.col("freq") == "M",
        ~pl.col("cumulative"),
    )
    sides = [
        rows.filter(release=name).select(*_SIDE, pl.col("value_usd").alias(f"value_{name}"))
        for name in ("first", "revised")
    ]
    both = sides[0].join(sides[1], on=_SIDE).sort("period_end")
    if both.is_empty():
        raise NothingFound(
            f"no month's first and revised {found.flow} are both held", next_step="corridor sources shows what is there"
        )
    return Laid(both.select("period_end", "value_first", "value_revised"), notes(found))


def reports(tables: Tables, asking: Asking) -> Laid:
    """A row a year: what the exporter and the importer report of one flow, and whether the two compare."""
    if not (asking.exporter and asking.importer):
        raise UsageError("whose reports of which flow?", next_step="name --exporter and --importer")
    question = Question(asking.exporter, asking.importer)
    both = mirror_reports(pair_totals(tables.flows, question), question, tables)
    rows = both.filter(exporter=asking.exporter, importer=asking.importer)
    if asking.periods:
        rows = rows.filter(pl.col("year").is_in([period.end.year for period in asking.periods]))
    if rows.is_empty():
        raise NothingFound("no year's report of either side is held", next_step="corridor coverage shows what is")
    columns = ("year", "value_exporter", "value_importer", "source_exporter", "source_importer", "comparable")
    return Laid(rows.select(columns), ("figures: each side's own annual report, the national publisher's first",))
