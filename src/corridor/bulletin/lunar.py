"""The lunar New Year rule: where it moves trade between January and February, the two are read together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.bulletin.assignment import Thresholds
from corridor.bulletin.totals import SIDES, Pair, Side, Totals, totals
from corridor.study import holiday
from corridor.study.compare import changes
from corridor.study.comparisons import Comparison

#: Groups told whose direction turns, for each side.
TOLD = 4


@dataclass(frozen=True)
class Lunar:
    """What a comparison disturbed by the holiday must be read with.

    ``together`` are January and February of both years, None while February is not held. ``turned`` holds, by side,
    the groups whose growth changes its sign when both months are read: ``product, growth, value_together,
    growth_together, trace_id``, largest first.
    """

    day: date
    base_day: date
    together: Totals | None
    turned: dict[Side, pl.DataFrame]


def lunar(pair: Pair, comparison: Comparison, limits: Thresholds) -> Lunar | None:
    """The rule for a comparison with the year before; None where the holiday does not disturb it.

    It disturbs January and February alone, never a longer span, where Viet Nam is one of the two economies.
    """
    if not holiday.disturbed(pair.reporter, pair.partner, comparison):
        return None
    day, base_day = holiday.days(comparison)
    both = holiday.both_months(comparison)
    found = totals(pair, both)
    held = found.exports.now is not None or found.imports.now is not None
    return Lunar(
        day=day,
        base_day=base_day,
        together=found if held else None,
        turned={side: _turned(pair, side, comparison, both, limits) for side in SIDES} if held else {},
    )


def _turned(pair: Pair, side: Side, alone: Comparison, both: Comparison, limits: Thresholds) -> pl.DataFrame:
    frames = [changes(pair.ledger, (pair.ends(side),), (each,)) for each in (alone, both)]
    if any(frame.is_empty() for frame in frames):
        return pl.DataFrame()
    one, two = frames
    joined = one.filter(~pl.col("residual")).select("product", "growth", trace="trace_id").join(
        two.select(
            "product", "trace_id", value_together="value_1", growth_together="growth", before_together="value_0"
        ),
        on="product",
    )  # fmt: skip
    large = pl.max_horizontal("value_together", "before_together")
    return (
        joined.filter((pl.col("growth") * pl.col("growth_together") < 0) & (large >= limits.least_value))
        .with_columns(trace_id=pl.concat_str("trace_id", "trace", separator=" "))
        .sort(large, descending=True)
        .head(TOLD)
        .drop("trace", "before_together")
    )
