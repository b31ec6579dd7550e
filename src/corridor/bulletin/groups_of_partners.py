"""A group of partners as one partner: the sum of the members that the publisher's table lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from corridor.bulletin.totals import SIDES, Pair, Side, Totals, totals
from corridor.codes import areas
from corridor.codes.products import TOTAL
from corridor.harmonise.coverage import SAMPLE_PREFIX
from corridor.study.comparisons import Comparison
from corridor.study.tables import Tables

#: Members through which goods may go on to another one: the customs union has no border between them, and the
#: publisher records the last destination it knows. Group -> (to whom, through whom).
ON_THE_WAY: Mapping[str, tuple[str, tuple[str, ...]]] = {"EAEU": ("RUS", ("ARM", "KAZ"))}

_KEY = (
    "source", "release", "table", "reporter", "flow", "classification", "product", "freq", "period_start",
    "period_end", "cumulative",
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One member and its own totals."""

    area: str
    totals: Totals


@dataclass(frozen=True)
class Membership:
    """Whose sum a group's figures are.

    ``members`` have a row in at least one direction; ``without_row`` names those that have none, by side.
    """

    group: str
    members: tuple[Member, ...]
    without_row: Mapping[Side, tuple[str, ...]]

    @property
    def on_the_way(self) -> tuple[str, tuple[Member, ...]] | None:
        """To whom goods sold to some members may be on their way, and those members; None where nobody is known."""
        to, through = ON_THE_WAY.get(self.group, ("", ()))
        found = tuple(each for each in self.members if each.area in through and each.totals.exports.now)
        return (to, found) if found else None


def is_group(code: str) -> bool:
    """Whether an area is a group of countries."""
    return areas.area(code).kind == "group"


def members_of(group: str, on: date, reporter: str) -> tuple[str, ...]:
    """The members on a day without the reporter itself."""
    return tuple(code for code in areas.members(group, on) if code != reporter)


def with_group(tables: Tables, reporter: str, group: str, members: tuple[str, ...]) -> Tables:
    """The tables with a partner ``group`` added to the reporter's flows: the sum of its members' rows.

    A quantity is summed only where every member's row has one, and the groups of goods only where every member with a
    total has them; the day of print is the newest.
    """
    rows = _with_whole_groups(tables.flows.filter((pl.col("reporter") == reporter) & pl.col("partner").is_in(members)))
    if rows.is_empty():
        return tables
    of_sample = pl.col("snapshot").str.starts_with(SAMPLE_PREFIX)
    one_unit = (pl.col("quantity").null_count() == 0) & (pl.col("quantity_unit").n_unique() == 1)
    summed = rows.group_by(_KEY, maintain_order=True).agg(
        pl.col("value", "value_usd").sum(),
        pl.col("edition", "currency", "rate_source", "valuation", "maturity").first(),
        pl.col("published", "added").max(),
        net_weight_kg=pl.when(pl.col("net_weight_kg").null_count() == 0).then(pl.col("net_weight_kg").sum()),
        quantity=pl.when(one_unit).then(pl.col("quantity").sum()),
        quantity_unit=pl.col("quantity_unit").drop_nulls().first(),
        # One bundled row makes the sum a bundled one, which proves no absence.
        snapshot=pl.col("snapshot").sort_by(~of_sample).first(),
        trace_id=pl.col("trace_id").sort_by("partner").str.join(" "),
        caveats=pl.lit(""),
        partner=pl.lit(group),
    )
    return replace(tables, flows=pl.concat([tables.flows, summed.select(tables.flows.columns)], how="vertical_relaxed"))


def _with_whole_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without groups of goods that some member's total lacks: bundled figures hold those of a few members."""
    span = [name for name in _KEY if name not in ("product", "classification")]
    total = pl.col("product") == TOTAL
    named = rows.group_by(span).agg(
        totals=pl.col("partner").filter(total).n_unique(), groups=pl.col("partner").filter(~total).n_unique()
    )
    whole = named.filter(pl.col("groups") >= pl.col("totals"))
    return pl.concat([rows.filter(total), rows.filter(~total).join(whole.select(span), on=span, how="semi")])


def membership(pair: Pair, group: str, comparison: Comparison, members: tuple[str, ...]) -> Membership:
    """The members' own totals in the series of the pair, and who has no row."""
    every = tuple(Member(code, totals(replace(pair, partner=code), comparison)) for code in members)
    held = tuple(each for each in every if any(each.totals.side(side).now is not None for side in SIDES))
    without: dict[Side, tuple[str, ...]] = {
        side: tuple(each.area for each in every if each.totals.side(side).now is None) for side in SIDES
    }
    ordered = sorted(held, key=lambda each: -sum(each.totals.side(side).now or 0.0 for side in SIDES))
    return Membership(group, tuple(ordered), without)
