"""Does a publisher's block add up to the total printed above it?"""

from __future__ import annotations

import polars as pl

#: A printed value is rounded to the dollar, so each row may be off by half a dollar; so may the total.
ROUNDING_USD = 0.5


def blocks_that_do_not_add_up(rows: pl.DataFrame) -> pl.DataFrame:
    """The blocks whose rows differ from their total by more than half a dollar a row.

    Takes `Reading.rows`; gives ``block, reason``. A block of a total alone has nothing to add up. A blank
    counts as nothing here: it is a cell in which the publisher printed no value.
    """
    is_total = pl.col("product_label").is_null()
    sums = rows.group_by("block", "cumulative").agg(
        total=pl.col("value").filter(is_total).sum(),
        totals=is_total.sum(),
        parts=pl.col("value").filter(~is_total).sum(),
        lines=(~is_total).sum(),
    )
    allowed = ROUNDING_USD * (pl.col("lines") + 1)
    broken = sums.filter(
        (pl.col("lines") > 0) & ((pl.col("totals") != 1) | ((pl.col("total") - pl.col("parts")).abs() > allowed))
    )
    return broken.sort("block", "cumulative").select(
        "block",
        reason=pl.when(pl.col("totals") == 1)
        .then(
            pl.format(
                "the {} rows of the block add up to {}, its printed total is {} ({} column)",
                "lines",
                pl.col("parts").round(2),
                pl.col("total").round(2),
                pl.when("cumulative").then(pl.lit("cumulative")).otherwise(pl.lit("month")),
            )
        )
        .otherwise(pl.format("the block has {} total rows instead of one", "totals")),
    )
