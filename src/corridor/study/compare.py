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


def changes(ledger: Ledger, directions: tuple[tuple[str, str], ...], comparison: Comparison) -> pl.DataFrame:
    """The change of every group in both directions between the two periods.

    Adds to `side_by_side`: ``growth, change, change_kind, contribution`` (the contributions of a direction add
    up to its growth exactly), ``unit_value_0, unit_value_1, unit_value_growth, quantity_growth`` and the exact Bennet
    split ``unit_value_effect, quantity_effect``.
    """
    frames = [_changes_of(ledger, exporter, importer, comparison) for exporter, importer in directions]
    return pl.concat([frame for frame in frames if frame is not None] or [_nothing(ledger, comparison)])


def _changes_of(ledger: Ledger, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame | None:
    flow = ledger.series.flow(exporter)
    base, current = ledger.pair(flow, comparison.base), ledger.pair(flow, comparison.current)
    if base.is_empty() or current.is_empty():
        return None
    return _with_indicators(side_by_side(base, current, "product"), comparison).with_columns(
        exporter=pl.lit(exporter), importer=pl.lit(importer)
    )


def _nothing(ledger: Ledger, comparison: Comparison) -> pl.DataFrame:
    empty = ledger.pair("export", comparison.base).clear()
    wide = _with_indicators(side_by_side(empty, empty, "product"), comparison)
    return wide.with_columns(exporter=pl.lit(""), importer=pl.lit("")).clear()


def _with_indicators(wide: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    return bennet(contribution(growth(wide))).with_columns(
        base_period=pl.lit(comparison.base.code),
        period=pl.lit(comparison.current.code),
        kind=pl.lit(comparison.kind),
        residual=pl.col("product").is_in([products.RESIDUAL]),
    )
