"""What a publisher's files say against one another: a year cut off, a file in thousands among files in dollars."""

from __future__ import annotations

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks.of_file import Found
from corridor.harmonise.checks.row_counts import added_up, jumps
from corridor.harmonise.checks.slips import slips_by_a_thousand

COUNTS, SLIPS = "row_count_jump_between_files", "slip_between_files"
KINDS = (COUNTS, SLIPS)
#: What a file's rows are summed by. ``table`` goes without the year that some publishers name it by.
SERIES = ("source", "release", "table", "reporter", "flow", "classification", "freq", "cumulative")
_PERIOD = ("period_start", "period_end")
#: The columns of the sums: ``partner`` is null where those of all partners are one, ``rows`` counts them.
TOTALS = (*SERIES, "partner", *_PERIOD, "snapshot", "rows", "value_usd", "net_weight_kg")

_DIGITS = 12
_NO_TEXT = pl.lit(None, dtype=pl.String)
_YEAR = r"\b(?:19|20)\d\d\b"


def kind_of_table() -> pl.Expr:
    """The name of the table without a year in it, so that those of several years are one series."""
    return pl.col("table").str.replace_all(_YEAR, "")


def between_files(totals: pl.DataFrame, flows: pl.DataFrame | None, told: pl.DataFrame) -> Found:
    """Jumps of row counts and slips by a thousand that only several files together show; `FINDING` and ``snapshot``.

    ``totals`` has the columns `TOTALS`. ``flows``, where there are few enough to be held, are looked at one by one too;
    they have the columns `of_file.NEEDED` and ``snapshot``, and their table as `kind_of_table` gives it. ``told`` are
    the findings of the single files, which are not told again.
    """
    found = Found()
    several = _of_several_files(totals)
    found.add(COUNTS, _counts(several, told))
    sums = _slips(_sums(several), words=" in all its rows")
    found.add(SLIPS, sums)
    if flows is not None:
        single = _slips(_of_several_files(flows, "partner", "product")).join(told, on="trace_id", how="anti")
        of_area, of_pair = ["reporter", "flow", "period_end"], ["reporter", "partner", "flow", "period_end"]
        areas = sums.filter(pl.col("partner").is_null())
        found.add(SLIPS, single.join(sums, on=of_pair, how="anti").join(areas, on=of_area, how="anti"))
    return found


def _of_several_files(rows: pl.DataFrame, *more: str) -> pl.DataFrame:
    """The rows of series that stand in more than one file."""
    keys = [*SERIES, *more]
    files = rows.group_by(keys).agg(_files=pl.col("snapshot").n_unique()).filter(pl.col("_files") > 1)
    return rows.join(files.drop("_files"), on=keys, how="semi", nulls_equal=True)


def _counts(totals: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Jumps in the rows of all partners; of selections, in which somebody chose them, of those in every period."""
    periods = totals.group_by(SERIES).agg(_periods=pl.col("period_end").n_unique())
    held = totals.group_by(*SERIES, "partner").agg(_held=pl.col("period_end").n_unique())
    always = held.join(periods, on=SERIES, nulls_equal=True).filter(pl.col("_held") == pl.col("_periods"))
    chosen = pl.col("table").str.ends_with(schema.SELECTION)
    common = totals.filter(chosen).join(always, on=[*SERIES, "partner"], how="semi", nulls_equal=True)
    compared = pl.concat([totals.filter(~chosen), common])
    counts = added_up([compared.select(*SERIES, "partner", "period_end", "rows")], without=("partner",))
    found = jumps(counts.cast({"rows": pl.Float64}))
    again = ["reporter", "flow", "classification", "period_end"]
    new = found.join(told.filter(pl.col("finding") == "row_count_jump"), on=again, how="anti", nulls_equal=True)
    return _placed(new, totals, COUNTS, again)


def _sums(totals: pl.DataFrame) -> pl.DataFrame:
    """The sums of each pair, and of each area over its partners, unless somebody chose them."""
    amounts = pl.col("value_usd", "net_weight_kg").sum()
    printed = totals.filter(~pl.col("table").str.ends_with(schema.SELECTION))
    areas = printed.group_by(*SERIES, *_PERIOD).agg(
        amounts, pl.col("snapshot").min(), _partners=pl.col("partner").n_unique(), _partner=pl.col("partner").first()
    )
    several = areas.filter((pl.col("_partners") > 1) | pl.col("_partner").is_null()).with_columns(partner=_NO_TEXT)
    pairs = _of_several_files(totals.filter(pl.col("partner").is_not_null()), "partner")
    columns = [name for name in TOTALS if name != "rows"]
    every = pl.concat([several.select(columns), pairs.select(columns)])
    # Sums of the same figures in another order differ in their last digits.
    rounded = pl.col("value_usd", "net_weight_kg").round_sig_figs(_DIGITS)
    return every.with_columns(rounded, product=_NO_TEXT, trace_id=_NO_TEXT)


def _slips(rows: pl.DataFrame, words: str = "") -> pl.DataFrame:
    # What has run since January is no thousandth of a year's: it is compared by its own months.
    rows = rows.filter(~pl.col("cumulative"))
    found = pl.concat([slips_by_a_thousand(rows, amount) for amount in ("value_usd", "net_weight_kg")])
    keys = ["reporter", "partner", "flow", "classification", "product", "period_end"]
    return _placed(found, rows, SLIPS, keys, words)


def _placed(found: pl.DataFrame, rows: pl.DataFrame, kind: str, keys: list[str], words: str = "") -> pl.DataFrame:
    """The findings under their kind, with the file that they are about."""
    files = rows.group_by(keys).agg(pl.col("snapshot").min())
    return found.join(files, on=keys, how="left", nulls_equal=True).with_columns(
        kind=pl.lit(kind), evidence=pl.col("evidence") + pl.lit(f"{words}, between files")
    )
