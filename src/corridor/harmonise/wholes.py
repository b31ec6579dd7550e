"""World, groups and former states are sums of others: they are never added up together with their members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from corridor.codes import areas, schema
from corridor.codes.frames import UnfitTable

Side = Literal["reporter", "partner"]

#: What two rows must share to be added up, the area itself apart.
_BESIDE = ("source", "release", "reporter", "partner", "flow", "classification", "product", "freq", "cumulative",
           "period_start", "period_end")  # fmt: skip


@dataclass(frozen=True)
class Overlap:
    """An area that contains others of the same table: ``whole`` contains ``parts``."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """A table in two: ``members`` overlap nowhere and may be added up, ``wholes`` are sums of them or of others."""

    members: pl.DataFrame
    wholes: pl.DataFrame


def overlaps(codes: Iterable[str], on: date) -> tuple[Overlap, ...]:
    """Which of the areas contain which others on a day. A publisher's total contains all but other totals."""
    present = sorted(set(codes))
    totals = {code for code in present if areas.area(code).kind == "aggregate"}
    plain = [code for code in present if code not in totals]
    found = [(code, plain if code in totals else sorted(areas.contained(code, on) & set(plain))) for code in present]
    return tuple(Overlap(whole, tuple(parts)) for whole, parts in found if parts)


def refuse_overlaps(flows: pl.DataFrame, side: Side = "partner") -> None:
    """Raise `UnfitTable` where an area stands beside its own members among rows that would be added up.

    Rows of one source, release, flow, product and period (those of `_BESIDE` the table has) are added up.
    """
    for day, rows in _days(flows, side):
        for found in overlaps(rows[side].unique().to_list(), day):
            mixed = rows.filter(pl.col(side).is_in([found.whole, *found.parts]))
            if _share_a_sum(mixed, found, side):
                raise UnfitTable(
                    f"{side} {found.whole} stands beside its own members ({', '.join(found.parts[:5])}) on {day}: a sum"
                    " would count them twice",
                    next_step="split the table, and add up either the wholes or the members",
                )


def split(flows: pl.DataFrame, side: Side = "partner") -> Split:
    """The rows of areas that contain no other of the same table and day, and the rows of those that do.

    A publisher's total is a whole always, alone in the table or not.
    """
    schema.require(flows.columns, side, "period_end", what="table of flows")
    whole_on = [
        (day, found)
        for day, rows in _days(flows, side)
        for found in {*(each.whole for each in overlaps(rows[side].unique(), day)), *_totals(rows[side])}
    ]
    keys = pl.DataFrame(whole_on, schema={"period_end": pl.Date, side: pl.String}, orient="row")
    return Split(
        members=flows.join(keys, on=["period_end", side], how="anti", maintain_order="left"),
        wholes=flows.join(keys, on=["period_end", side], how="semi", maintain_order="left"),
    )


def comparable(flows: pl.DataFrame, on: date, side: Side = "partner") -> pl.DataFrame:
    """The flows with every area as it stood on a day, so that a series runs through a break-up.

    Rows of successors (``RUS``, ``KAZ``...) become rows of the area they were (``SUN``), with the caveat
    ``definition_break``; they are not added up. Raises `UsageError` where an area was two before.
    """
    schema.require(flows.columns, side, "caveats", what="table of flows")
    codes = flows[side].unique().to_list()
    then = {code: areas.as_of(code, on) for code in codes}
    changed = [code for code in codes if then[code] != code]
    caveat = pl.concat_str("caveats", pl.lit("definition_break"), separator=" ").str.strip_chars()
    return flows.with_columns(
        pl.col(side).replace_strict(then, return_dtype=pl.String),
        caveats=pl.when(pl.col(side).is_in(changed)).then(caveat).otherwise("caveats"),
    )


def _days(flows: pl.DataFrame, side: Side) -> list[tuple[date, pl.DataFrame]]:
    schema.require(flows.columns, side, "period_end", what="table of flows")
    days: list[tuple[date, pl.DataFrame]] = [
        (day, rows) for (day,), rows in flows.group_by("period_end", maintain_order=True)
    ]
    return days


def _totals(codes: pl.Series) -> set[str]:
    return {code for code in codes.unique() if areas.area(code).kind == "aggregate"}


def _share_a_sum(mixed: pl.DataFrame, found: Overlap, side: Side) -> bool:
    """Whether the whole and one of its parts stand in rows that differ in nothing else."""
    beside = [name for name in _BESIDE if name in mixed.columns and name != side]
    whole = mixed.filter(pl.col(side) == found.whole)
    parts = mixed.filter(pl.col(side) != found.whole)
    return not whole.join(parts, on=beside, how="semi", nulls_equal=True).is_empty()
