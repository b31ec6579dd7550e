"""Layouts of one flow, or of the two flows of a pair: parts, two periods, two sides, a part of a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.errors import NothingFound, UsageError
from corridor.study.compare import side_by_side
from corridor.study.comparisons import Comparison
from corridor.study.market import side_by_side_market
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking
from corridor.worksheets.figures import Figures, figures
from corridor.worksheets.laid import PERIOD, Laid

_ENDS = ("base_period", "period")
_OF_GOODS_HELD = "no total of all goods is held: shares and sums are of the goods held"
_SUM = "sums are over the partners that the publisher's table lists"


def parts(tables: Tables, asking: Asking) -> Laid:
    """A row a product, or a partner with ``over="partner"``: ``period, product, value_usd``."""
    found = figures(tables, asking)
    over = asking.over or "product"
    frame = _stacked(found.latest(), partial(_part, found, over))
    return Laid(frame, notes(found), (PERIOD,), {"over": over})


def _part(found: Figures, over: str, period: Period) -> pl.DataFrame:
    if over == "product":
        return found.groups(period).select("product", "value_usd", "trace_id")
    if found.partner:
        raise UsageError("one partner is no distribution over partners", next_step="name one of the two sides only")
    return found.partners(period, found.asking.product or TOTAL).select("partner", "value_usd", "trace_id")


def two_periods(tables: Tables, asking: Asking) -> Laid:
    """A row a product: ``base_period, period, product, value_0, value_1, quantity_0, quantity_1``."""
    found = figures(tables, asking)
    return Laid(_ends(found), notes(found), _ENDS)


def _ends(found: Figures) -> pl.DataFrame:
    return _paired(found, lambda base, now: side_by_side(found.groups(base), found.groups(now), "product"))


def _paired(found: Figures, make: Callable[[Period, Period], pl.DataFrame]) -> pl.DataFrame:
    made = [
        make(base, now).select(pl.lit(base.code).alias(_ENDS[0]), pl.lit(now.code).alias(_ENDS[1]), pl.all())
        for base, now in found.pairs()
    ]
    if not made:
        raise NothingFound(
            f"only one period of {found.series.reporter} is held", next_step="corridor coverage shows which are"
        )
    return pl.concat(made)


def with_total(tables: Tables, asking: Asking) -> Laid:
    """As `two_periods`, with a row ``TOTAL`` for all goods."""
    found = figures(tables, asking)
    totals = _paired(
        found, lambda base, now: pl.DataFrame({"value_0": [found.total(base)], "value_1": [found.total(now)]})
    ).with_columns(product=pl.lit(asking.product or TOTAL))
    if asking.product:
        return Laid(totals, notes(found), _ENDS)
    rows = pl.concat([totals, _ends(found)], how="diagonal")
    return Laid(rows.select(*_ENDS, "product", "value_0", "value_1"), notes(found), _ENDS)


def working_days(tables: Tables, asking: Asking) -> Laid:
    """As `with_total`, with the working days of both periods, which no table holds."""
    names = ("working_days_0", "working_days_1")
    if missing := [name for name in names if name not in asking.options]:
        raise UsageError(
            f"the store holds no working days: {' and '.join(missing)} are needed",
            next_step="give them, e.g. --set working_days_0=22 --set working_days_1=16",
        )
    laid = with_total(tables, asking)
    days = {name: pl.lit(float(str(asking.options[name]))) for name in names}
    return Laid(laid.frame.with_columns(**days), laid.notes, laid.by)


def two_sides(tables: Tables, asking: Asking) -> Laid:
    """A row a product: ``period, product, exports, imports`` seen from the reporter."""
    found = figures(tables, asking)
    return Laid(_stacked(found.latest(), partial(_sides, found)), notes(found), (PERIOD,))


def _sides(found: Figures, period: Period) -> pl.DataFrame:
    sides = [
        found.groups(period, flow).select("product", pl.col("value_usd").alias(name))
        for flow, name in (("export", "exports"), ("import", "imports"))
    ]
    return sides[0].join(sides[1], on="product", how="full", coalesce=True).sort("product")


def totals_of_both(tables: Tables, asking: Asking) -> Laid:
    """A row a period: ``period, exports, imports`` of all goods, or of the product asked for."""
    found = figures(tables, asking)
    rows = [_balance(found, period) for period in found.latest()]
    return Laid(pl.DataFrame(rows), notes(found), (PERIOD,))


def _balance(found: Figures, period: Period) -> dict[str, object]:
    return {
        "period": period.code,
        "exports": found.total(period, "export"),
        "imports": found.total(period, "import"),
    }


def balances(tables: Tables, asking: Asking) -> Laid:
    """A row for each two periods: the balance in both, ``value_0`` and ``value_1``."""
    found = figures(tables, asking)

    def of(period: Period) -> float:
        return found.total(period, "export") - found.total(period, "import")

    rows = _paired(found, lambda base, now: pl.DataFrame({"value_0": [of(base)], "value_1": [of(now)]}))
    return Laid(rows, notes(found), _ENDS)


def part_of_whole(tables: Tables, asking: Asking) -> Laid:
    """A row a product: ``period, product, value_usd`` with the partner and ``whole`` with all listed partners."""
    found = _with_partner(tables, asking)
    return Laid(_stacked(found.latest(), partial(_of_whole, found)), (*notes(found), _SUM), (PERIOD,))


def _of_whole(found: Figures, period: Period) -> pl.DataFrame:
    own = found.groups(period).select("product", "value_usd")
    market = found.some(found.ledger.market(found.flow, period), period, found.flow)
    whole = market.select("product", whole="value_usd")
    if found.asking.product:
        raise UsageError(f"{found.asking.name} compares all products", next_step="leave --product out")
    return whole.join(own, on="product", how="full", coalesce=True).sort("product")


def similar(tables: Tables, asking: Asking) -> Laid:
    """As `part_of_whole`, the two sides named ``value_a`` and ``value_b``."""
    laid = part_of_whole(tables, asking)
    return Laid(laid.frame.rename({"value_usd": "value_a", "whole": "value_b"}), laid.notes, laid.by)


def deliveries(tables: Tables, asking: Asking) -> Laid:
    """As `part_of_whole`, the whole named ``market``."""
    laid = part_of_whole(tables, asking)
    return Laid(laid.frame.rename({"whole": "market"}), laid.notes, laid.by)


def whole_trade(tables: Tables, asking: Asking) -> Laid:
    """A row a period: all goods with the partner, and with all listed partners."""
    found = _with_partner(tables, asking)
    rows = [{"period": p.code, "value_usd": found.total(p), "whole": found.whole(p)} for p in found.latest()]
    return Laid(pl.DataFrame(rows), (*notes(found), _SUM), (PERIOD,))


def markets(tables: Tables, asking: Asking) -> Laid:
    """As `two_periods`, with the market by product: ``market_0, market_1``."""
    found = _with_partner(tables, asking)
    return Laid(_paired(found, partial(_market, found)), (*notes(found), _SUM), _ENDS)


def _market(found: Figures, base: Period, now: Period) -> pl.DataFrame:
    own = side_by_side(found.groups(base), found.groups(now), "product").select("product", "value_0", "value_1")
    for period in (base, now):
        found.some(found.ledger.market(found.flow, period), period, found.flow)
    market = side_by_side_market(found.ledger, found.flow, Comparison(base, now, "period"))
    joined = market.join(own, on="product", how="full", coalesce=True)
    return joined.with_columns(pl.col("market_0", "market_1").fill_null(0.0)).sort("product")


def suppliers(tables: Tables, asking: Asking) -> Laid:
    """A row a supplier and product of the importer's market: ``period, exporter, product, value_usd``."""
    if asking.importer is None:
        raise UsageError("whose market?", next_step="name --importer, e.g. --importer VNM")
    found = _alone(tables, asking, asking.importer)
    rows = _stacked(found.latest(), partial(_suppliers, found))
    return Laid(rows, (*notes(found), _SUM), (PERIOD,))


def _alone(tables: Tables, asking: Asking, importer: str) -> Figures:
    return figures(tables, replace(asking, exporter=None, importer=importer))


def _suppliers(found: Figures, period: Period) -> pl.DataFrame:
    rows = found.ledger.partners(found.flow, period).filter(pl.col("product") != TOTAL)
    if found.asking.product:
        rows = rows.filter(product=found.asking.product)
    return found.some(rows, period, found.flow).select(exporter="partner", product="product", value_usd="value_usd")


def measured(tables: Tables, asking: Asking) -> Laid:
    """A row a product: ``period, product, value_usd, quantity, quantity_unit``."""
    found = figures(tables, asking)
    columns = ("product", "value_usd", "quantity", "quantity_unit", "trace_id")
    return Laid(_stacked(found.latest(), lambda period: found.groups(period).select(columns)), notes(found), (PERIOD,))


def structures(tables: Tables, asking: Asking) -> Laid:
    """A row a product: all ``exports`` of the one and all ``imports`` of the other, in one classification.

    Raises: NothingFound if they do not both report their trade with all partners by the same products.
    """
    if not (asking.exporter and asking.importer):
        raise UsageError("whose exports, and whose imports?", next_step="name --exporter and --importer")
    sold = figures(tables, replace(asking, importer=None))
    bought = figures(tables, replace(asking, exporter=None))
    if sold.series.classification != bought.series.classification:
        raise NothingFound(
            f"{asking.exporter} reports by {sold.series.classification}, {asking.importer} by"
            f" {bought.series.classification}: their products cannot be set side by side",
            next_step="--classification names one that both report in",
        )

    def both(period: Period) -> pl.DataFrame:
        exports = sold.groups(period).select("product", exports="value_usd")
        imports = bought.groups(period).select("product", imports="value_usd")
        return exports.join(imports, on="product", how="full", coalesce=True).sort("product")

    return Laid(_stacked(bought.latest(), both), (*notes(sold), *notes(bought), _SUM), (PERIOD,))


def relationships(tables: Tables, asking: Asking) -> Laid:
    """A row a relationship and year: ``exporter, importer, product, year, value_usd``."""
    found = figures(tables, asking)
    years = [period for period in found.periods() if period.freq == "A"]
    if len(years) < 2:
        raise NothingFound("survival needs two whole years or more", next_step="corridor coverage shows what is held")
    return Laid(pl.concat(list(_relationships(found, years))), (*notes(found), _SUM))


def _relationships(found: Figures, years: list[Period]) -> Iterator[pl.DataFrame]:
    ours = pl.lit(found.series.reporter)
    for year in years:
        rows = found.ledger.partners(found.flow, year).filter(pl.col("product") != TOTAL)
        if found.partner:
            rows = rows.filter(partner=found.partner)
        if found.asking.product:
            rows = rows.filter(product=found.asking.product)
        sides = (ours, pl.col("partner")) if found.flow == "export" else (pl.col("partner"), ours)
        yield found.some(rows, year, found.flow).select(
            exporter=sides[0],
            importer=sides[1],
            product="product",
            year=pl.lit(year.end.year, pl.Int64),
            value_usd="value_usd",
        )


def _with_partner(tables: Tables, asking: Asking) -> Figures:
    found = figures(tables, asking)
    if found.partner is None:
        raise UsageError(f"{asking.name} is of one partner in the whole", next_step="name --exporter and --importer")
    return found


def _stacked(periods: tuple[Period, ...], make: Callable[[Period], pl.DataFrame]) -> pl.DataFrame:
    if not periods:
        raise NothingFound("no period is held", next_step="corridor coverage shows what is")
    return pl.concat([make(each).select(pl.lit(each.code).alias(PERIOD), pl.all()) for each in periods])


def notes(found: Figures) -> tuple[str, ...]:
    """Whose figures these are."""
    series = found.series
    whose = f"figures: {series.source}, {series.release} release, {found.flow}s reported by {series.reporter}"
    told = f"{whose} {found.whom}, classification {series.classification}"
    return (told, _OF_GOODS_HELD) if any(map(found.lacks_total, found.latest())) else (told,)
