"""The annex: every row of one flow in one span, in the publisher's order and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from corridor.bulletin.totals import Amount, Pair, Side, absence, amount
from corridor.codes import products
from corridor.codes.products import RESIDUAL
from corridor.errors import UnknownName
from corridor.indicators import contribution, growth
from corridor.study.compare import side_by_side
from corridor.study.comparisons import Comparison


@dataclass(frozen=True)
class Annex:
    """One flow's rows in one span, against the same span a year before.

    ``rows`` has ``product, label`` (the publisher's own, null where it prints none), ``unit`` (t, piece or usd),
    ``quantity, value, share, growth, change, contribution, unit_value, unit_value_growth, trace_id``; the residual
    group stands last, the total apart. ``base_absence`` says why there is no change where there is none.
    """

    side: Side
    comparison: Comparison
    rows: pl.DataFrame
    total: Amount
    base_absence: str


def annex(pair: Pair, side: Side, comparison: Comparison) -> Annex | None:
    """The annex of one side and span; None where the publisher prints no groups of it.

    Without groups in the base there is no change, and nothing counts as new.
    """
    flow = pair.flow(side)
    base, current = (pair.ledger.pair(flow, period) for period in (comparison.base, comparison.current))
    if current.is_empty():
        return None
    missing = "" if base.height else absence(pair.ledger, flow, comparison.base)
    rows = _ordered(_figures(base, current), flow, comparison)
    return Annex(side, comparison, rows, amount(pair, side, comparison), missing)


def _figures(base: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """One row a group of either period."""
    both = side_by_side(base, current, "product")
    none = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("growth", "change", "contribution")]
    compared = contribution(growth(both)) if base.height else both.with_columns(none)
    return compared.select(
        "product",
        "quantity_unit",
        "growth",
        "change",
        "contribution",
        "trace_id",
        value="value_1",
        quantity="quantity_1",
        share=pl.when(pl.col("value_1").sum() > 0).then(pl.col("value_1") / pl.col("value_1").sum()),
        unit_value=_unit_value("1"),
        unit_value_growth=_unit_value("1") / _unit_value("0") - 1,
    )


def _unit_value(side: str) -> pl.Expr:
    value, quantity = pl.col(f"value_{side}"), pl.col(f"quantity_{side}")
    return pl.when((value > 0) & (quantity > 0)).then(value / quantity)


def _ordered(rows: pl.DataFrame, flow: str, comparison: Comparison) -> pl.DataFrame:
    """In the publisher's order with its labels; codes that no printed row bears come after, the residual last."""
    printed = _printed(flow, comparison)
    codes = rows["product"].to_list()
    places = [len(printed) + 1 if code == RESIDUAL else printed.get(code, (len(printed), None))[0] for code in codes]
    labels = [printed.get(code, (0, None))[1] for code in codes]
    return (
        rows.with_columns(
            label=pl.Series(labels, dtype=pl.String),
            unit=pl.coalesce("quantity_unit", pl.Series([_unit(code, flow) for code in codes], dtype=pl.String)),
            place=pl.Series(places, dtype=pl.Int64),
        )
        .sort("place", "product")
        .drop("place", "quantity_unit")
    )


def _printed(flow: str, comparison: Comparison) -> Mapping[str, tuple[int, str | None]]:
    """Place and label of every row that the table of either period prints."""
    found: dict[str, tuple[int, str | None]] = {}
    for row in products.rows("export" if flow == "export" else "import"):
        if row.printed(comparison.current.end) or row.printed(comparison.base.end):
            found.setdefault(row.code, (row.order, row.label))
    return found


def _unit(code: str, flow: str) -> str:
    """The unit of the printed row; a group of another classification is in dollars."""
    try:
        units = [row.unit for row in products.group(code).rows if row.flow == flow]
    except UnknownName:
        return "usd"
    return (units[0] if units else "") or "usd"
