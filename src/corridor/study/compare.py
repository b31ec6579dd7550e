"""Two periods of one series side by side, and everything that follows from the difference."""

from __future__ import annotations

import polars as pl

from corridor.codes import products
from corridor.indicators import bennet, contribution, growth
from corridor.study.comparisons import Comparison
from corridor.study.ledger import Ledger

#: Suffixes of the base and the current period in a table that holds both.
_SIDES = ("0", "1")


def side_by_side(base: pl.DataFrame, current: pl.DataFrame, on: str) -> pl.DataFrame:
    """Both periods in one row: ``value_0, value_1, quantity_0, quantity_1, quantity_unit, trace_id``.

    A side without a row is null. Where the unit changed between the periods the quantities are not
    comparable and both are null.
    """
    frames = [
        frame.select(
            on,
            pl.col("value_usd").alias(f"value_{side}"),
            pl.col("quantity").alias(f"quantity_{side}"),
            pl.col("quantity_unit").alias(f"unit_{side}"),
            pl.col("trace_id").alias(f"trace_{side}"),
        )
        for side, frame in zip(_SIDES, (base, current), strict=True)
    ]
    both = frames[0].join(frames[1], on=on, how="full", coalesce=True)
    same_unit = pl.col("unit_0").is_null() | pl.col("unit_1").is_null() | (pl.col("unit_0") == pl.col("unit_1"))
    return (
        both.with_columns(
            quantity_unit=pl.when(same_unit).then(pl.coalesce("unit_1", "unit_0")),
            quantity_0=pl.when(same_unit).then("quantity_0"),
            quantity_1=pl.when(same_unit).then("quantity_1"),
            trace_id=pl.concat_str("trace_0", "trace_1", separator=" ", ignore_nulls=True),
        )
        .drop("unit_0", "unit_1", "trace_0", "trace_1")
        .sort(on)
    )


#: What names one direction and comparison among several in one table.
_COMPARISON = ("exporter", "importer", "base_period", "period")


def changes(
    ledger: Ledger, directions: tuple[tuple[str, str], ...], comparisons: tuple[Comparison, ...]
) -> pl.DataFrame:
    """The change of every group in both directions, for every comparison.

    Adds to `side_by_side`: ``growth, change, change_kind, contribution`` (the contributions of a direction add
    up to its growth exactly), ``unit_value_0, unit_value_1, unit_value_growth, quantity_growth`` and the exact Bennet
    split ``unit_value_effect, quantity_effect``. A direction without groups in one of the periods is left out.
    """
    frames = [
        _side_by_side_of(ledger, exporter, importer, comparison)
        for comparison in comparisons
        for exporter, importer in directions
    ]
    held = [frame for frame in frames if frame.height]
    if not held:
        return pl.DataFrame()
    # One pass over all comparisons: the indicators are asked once, not once a month.
    wide = pl.concat(held)
    return bennet(contribution(growth(wide), by=_COMPARISON)).with_columns(
        residual=pl.col("product") == products.RESIDUAL
    )


def _side_by_side_of(ledger: Ledger, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame:
    flow = ledger.series.flow(exporter)
    base, current = ledger.pair(flow, comparison.base), ledger.pair(flow, comparison.current)
    if base.is_empty() or current.is_empty():
        return pl.DataFrame()
    return side_by_side(base, current, "product").with_columns(
        exporter=pl.lit(exporter),
        importer=pl.lit(importer),
        base_period=pl.lit(comparison.base.code),
        period=pl.lit(comparison.current.code),
        kind=pl.lit(comparison.kind),
    )
