"""Years coded in different revisions of the Harmonized System, told in one."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from corridor.codes.classifications import HS_REVISIONS
from corridor.errors import NothingFound
from corridor.harmonise.conversion import added_up
from corridor.harmonise.levels import leaves
from corridor.harmonise.pairs import between
from corridor.harmonise.panel import panel

#: The finest codes that all countries share, and the code for what no counterpart was found.
_DIGITS, _UNMATCHED = 6, "999999"
_REVISIONS = tuple(dict.fromkeys(HS_REVISIONS.values()))
_CHANGED = "hs_revision_changed"
_IN_HS = pl.col("classification").is_in(_REVISIONS)
_FINE = pl.col("product").str.len_chars() == _DIGITS


def one_revision(flows: pl.DataFrame, pair: Collection[str], concordances: pl.DataFrame) -> pl.DataFrame:
    """The rows, and beside them those of a source that uses several revisions for the pair, all told in one.

    They are told in the oldest of them by the concordances held, every converted row with its caveat; what has no
    counterpart is kept under 999999. Without concordances they stand as reported, under ``HS``, with the caveat that
    codes which changed are not comparable; so does always what is held in headings or chapters alone, which no
    concordance converts.
    """
    ours = flows.filter(_IN_HS & _FINE & between(pair))
    mixed = ours.group_by("source", "release").agg(used=pl.col("classification").unique().sort())
    for source, release, used in mixed.filter(pl.col("used").list.len() > 1).iter_rows():
        of_source = _IN_HS & (pl.col("source") == source) & (pl.col("release") == release)
        flows = _told_in(flows, of_source, min(used), concordances)
    return flows


def _told_in(flows: pl.DataFrame, of_source: pl.Expr, target: str, concordances: pl.DataFrame) -> pl.DataFrame:
    """The rows with those of one source added in one revision, or in none where nothing converts them."""
    in_hs = flows.filter(of_source)
    rows = in_hs.filter(_FINE)
    coarse = leaves(in_hs).filter(~_FINE)
    converted = _converted(rows, target, concordances)
    if converted is None:
        return pl.concat([flows, *(_as_reported(part, "HS") for part in (rows, coarse))])
    others = flows.filter(~(of_source & _FINE & (pl.col("classification") == target)))
    return pl.concat([others, converted, _as_reported(coarse.filter(pl.col("classification") != target), target)])


def _converted(rows: pl.DataFrame, target: str, concordances: pl.DataFrame) -> pl.DataFrame | None:
    """The rows in the target; None where no concordance held leads there."""
    try:
        made = panel(rows, target, concordances)
    except NothingFound:
        return None
    # Goods of many units in one row have no quantity.
    lost = made.unmatched.select(rows.columns).with_columns(
        classification=pl.lit(target),
        product=pl.lit(_UNMATCHED),
        quantity=pl.lit(None, dtype=pl.Float64),
        quantity_unit=pl.lit(None, dtype=pl.String),
    )
    rest = added_up(lost, ("value_usd", "value", "net_weight_kg"))
    return pl.concat([made.flows.select(rows.columns), rest.select(rows.columns)])


def _as_reported(rows: pl.DataFrame, classification: str) -> pl.DataFrame:
    said = pl.concat_str(pl.col("caveats").replace({"": None}), pl.lit(_CHANGED), separator=" ", ignore_nulls=True)
    return rows.with_columns(classification=pl.lit(classification), caveats=said)
