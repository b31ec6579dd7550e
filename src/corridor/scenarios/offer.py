"""What the agreements in force offer one partner, product by product: simple averages over tariff lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.scenarios import tariffs
from corridor.scenarios.tariffs import MFN, Schedule


@dataclass(frozen=True)
class Act:
    """A regime of a schedule with what it prints of its law: references, and first days where it prints any."""

    regime: str
    legal_references: tuple[str, ...]
    since: tuple[date, ...]


@dataclass(frozen=True)
class Offer:
    """One importer's MFN rates beside those of its agreements with a partner, on a day.

    ``products`` has one row a product with tariff lines, ``together`` the one row of all their lines, each once. Both
    have ``mfn`` and ``effective`` (simple averages over the same lines: those that have both rates; a line that the
    agreements leave out counts at MFN in both), and numbers of lines: ``lines``; ``zero``, on which the partner pays
    nothing, of these ``mfn_zero``, on which nobody does; ``excluded``, which no agreement offers, so that MFN is
    paid; ``unknown``, without a single rate. ``trace_id`` holds the schedule's rows, separated by blanks.
    """

    schedule: Schedule
    on: date
    agreements: tuple[Act, ...]
    mfn: Act
    products: pl.DataFrame
    together: pl.DataFrame


def offer(held: Schedule, partners: Sequence[str], holds: pl.DataFrame, on: date) -> Offer | None:
    """What a schedule offers to goods that all ``partners`` deliver, by product.

    ``partners`` is one economy, or the members of a group: then only agreements with all of them count, and of
    different rates the highest. ``holds`` as `averages.lines_of` gives it. None where no agreement is in force with
    the partners, or no product has a line.

    Worked example: of two lines with MFN 10 % and 20 %, the agreement makes the first free and leaves the second out:
    15 % against 10 % on average, one line at zero, one excluded.
    """
    lines = holds["product"].unique()
    rows = tariffs.in_force(held.rows.filter(pl.col("product").is_in(lines.implode())), on)
    agreed = rows.filter(pl.col("regime").is_in(tariffs.agreements(rows, partners, on)))
    if agreed.is_empty():
        return None
    rates = _rates(rows, agreed, partners, on)
    return Offer(
        schedule=held,
        on=on,
        agreements=tuple(_act(part, str(name)) for (name,), part in agreed.group_by("regime", maintain_order=True)),
        mfn=_act(rows.filter(pl.col("regime") == MFN), MFN),
        products=_by_product(holds.join(rates, on="product")),
        together=rates.select(_summary()),
    )


def _by_product(lines: pl.DataFrame) -> pl.DataFrame:
    """In the order of the schedule."""
    found = lines.sort("product", "group").group_by("group", maintain_order=True).agg(_summary())
    return found.rename({"group": "product"})


def _act(rows: pl.DataFrame, regime: str) -> Act:
    references, since = (
        tuple(rows[name].drop_nulls().unique().sort()) for name in ("legal_reference", "in_force_from")
    )
    return Act(regime, references, since)


def _rates(rows: pl.DataFrame, agreed: pl.DataFrame, partners: Sequence[str], on: date) -> pl.DataFrame:
    """One row a line: ``product, mfn, effective, excluded, trace_id``."""
    both = pl.concat([rows.filter(pl.col("regime") == MFN), agreed])
    known = pl.col("effective").is_not_null().all()
    rates = tariffs.effective_rates(both, partners, on).group_by("product").agg(
        pl.col("mfn").first(), effective=pl.when(known).then(pl.col("effective").max())
    )  # fmt: skip
    places = both.group_by("product").agg(pl.col("trace_id").unique(maintain_order=True).str.join(" "))
    offered = agreed.filter(~tariffs.left_out(partners))["product"].unique()
    excluded = ~pl.col("product").is_in(offered.implode())
    return rates.with_columns(excluded=excluded).join(places, on="product").sort("product")


def _summary() -> list[pl.Expr]:
    both = pl.col("mfn").is_not_null() & pl.col("effective").is_not_null()
    free = pl.col("effective") == 0
    return [
        pl.col("mfn").filter(both).mean(),
        pl.col("effective").filter(both).mean(),
        pl.len().alias("lines"),
        free.sum().alias("zero"),
        (free & (pl.col("mfn") == 0)).sum().alias("mfn_zero"),
        pl.col("excluded").sum(),
        pl.col("effective").is_null().sum().alias("unknown"),
        pl.col("trace_id").str.join(" "),
    ]
