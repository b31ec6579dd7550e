"""The groups that moved a total: what fell and rose, by contribution and by rate; what came and went."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.bulletin.assignment import Thresholds
from corridor.bulletin.totals import Pair, Side
from corridor.codes import products
from corridor.codes.periods import Period
from corridor.errors import UnknownName
from corridor.study.compare import changes
from corridor.study.comparisons import Comparison


@dataclass(frozen=True)
class Movement:
    """The groups of one side in a comparison; every table has the columns of `corridor.study.compare.changes`.

    ``falls`` and ``rises`` move the total most, largest contribution first; ``fast_falls`` and ``fast_rises`` are not
    among them but moved at a high rate; ``measured`` have a quantity in both periods; ``relabelled`` came or went
    because the publisher drew its groups anew; ``largest`` are told where there is no base to compare with.
    """

    side: Side
    comparison: Comparison
    changes: pl.DataFrame
    falls: pl.DataFrame
    rises: pl.DataFrame
    fast_falls: pl.DataFrame
    fast_rises: pl.DataFrame
    measured: pl.DataFrame
    residual: pl.DataFrame
    vanished: pl.DataFrame
    new: pl.DataFrame
    relabelled: pl.DataFrame
    largest: pl.DataFrame

    def count(self, *, falling: bool) -> int:
        """How many named groups, present in both periods, fell or rose."""
        sign = pl.col("growth") < 0 if falling else pl.col("growth") > 0
        return _continuing(self.changes).filter(sign).height if self.changes.height else 0


def movement(pair: Pair, side: Side, comparison: Comparison, limits: Thresholds) -> Movement:
    """What moved one side of the pair; all tables are empty where the publisher prints no groups of the period."""
    compared = changes(pair.ledger, (pair.ends(side),), (comparison,))
    table = compared if compared.height else pl.DataFrame()
    lists = _lists(table, limits) if table.height else {}
    came_and_went = _came_and_went(table, pair.flow(side), comparison, limits) if table.height else {}
    own = pair.ledger.pair(pair.flow(side), comparison.current)
    empty = dict.fromkeys(_TABLES, pl.DataFrame())
    return Movement(side, comparison, table, **{**empty, **lists, **came_and_went, "largest": _largest(own, limits)})


_TABLES = (
    "falls", "rises", "fast_falls", "fast_rises", "measured", "residual", "vanished", "new", "relabelled",
)  # fmt: skip


def _continuing(table: pl.DataFrame) -> pl.DataFrame:
    """The named groups with a value in both periods."""
    both = (pl.col("value_0").fill_null(0.0) > 0) & (pl.col("value_1").fill_null(0.0) > 0)
    return table.filter(both & ~pl.col("residual"))


def _larger() -> pl.Expr:
    return pl.max_horizontal("value_0", "value_1")


def _lists(table: pl.DataFrame, limits: Thresholds) -> dict[str, pl.DataFrame]:
    both = _continuing(table)
    weighty = both.filter(pl.col("contribution").abs() >= limits.least_contribution)
    falls = _first(weighty.filter(pl.col("growth") < 0), "contribution", limits.named)
    rises = _first(weighty.filter(pl.col("growth") > 0), "contribution", limits.named, descending=True)
    large = both.filter(_larger() >= limits.least_value)
    fast_falls = large.filter(pl.col("growth") <= -limits.least_growth).join(falls, on="product", how="anti")
    fast_rises = large.filter(pl.col("growth") >= limits.least_growth).join(rises, on="product", how="anti")
    measured = large.drop_nulls("unit_value_growth").sort(_larger(), descending=True)
    return {
        "falls": falls,
        "rises": rises,
        "fast_falls": _first(fast_falls, "growth", limits.named),
        "fast_rises": _first(fast_rises, "growth", limits.named, descending=True),
        "measured": measured.head(limits.named),
        "residual": table.filter("residual"),
    }


def _first(rows: pl.DataFrame, by: str, most: int, *, descending: bool = False) -> pl.DataFrame:
    return rows.sort(by, "product", descending=[descending, False]).head(most)


def _came_and_went(
    table: pl.DataFrame, flow: str, comparison: Comparison, limits: Thresholds
) -> dict[str, pl.DataFrame]:
    """Vanished and new groups, the largest first, apart from those that the publisher renamed or split."""
    moved = table.filter(pl.col("change_kind").is_in(["vanished", "new"]) & ~pl.col("residual"))
    redrawn = [code for code in moved["product"] if drawn_anew(code, flow, comparison.base, comparison.current)]
    anew = pl.col("product").is_in(redrawn)
    real = moved.filter(~anew & (_larger() >= limits.least_value)).sort(_larger(), descending=True)
    return {
        "vanished": real.filter(pl.col("change_kind") == "vanished").head(limits.named),
        "new": real.filter(pl.col("change_kind") == "new").head(limits.named),
        "relabelled": moved.filter(anew),
    }


def drawn_anew(code: str, flow: str, base: Period, current: Period) -> bool:
    """Whether the publisher's table had the row in only one of two periods, whatever was traded."""
    try:
        rows = [row for row in products.group(code).rows if row.flow == flow]
    except UnknownName:
        # A code of another classification, whose rows do not change with the table.
        return False
    printed = [any(row.printed(day) for row in rows) for day in (base.end, current.end)]
    return bool(rows) and printed[0] != printed[1]


def _largest(rows: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    named = rows.filter(pl.col("product") != products.RESIDUAL)
    return named.sort("value_usd", "product", descending=[True, False]).head(limits.named)
