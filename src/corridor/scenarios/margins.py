"""Preference margins: what a supplier saves against MFN, and against what its competitors pay."""

from __future__ import annotations

import polars as pl


def preference_margins(rates: pl.DataFrame, imports: pl.DataFrame, partner: str) -> pl.DataFrame:
    """Both preference margins of a partner on each line, in percentage points held as differences of shares.

    ``rates`` is what `tariffs.effective_rates` gives for the partner and its competitors; ``imports`` what the importer
    bought of each: ``product, partner, value_usd`` (USD, none negative, the partner's own rows do not count).

    Returns ``product, partner, mfn, effective, margin_mfn = mfn - effective, competitors`` (average effective rate of
    the other suppliers, weighted by imports, each under its own best regime), ``margin_competitors = competitors -
    effective, competitors_usd`` (imports behind the average) and ``unknown_share`` (0..1, imports from competitors
    whose rate is unknown: they are left out of the average). A margin against MFN that all competitors have too is
    worth nothing: an argument stands on the second one. It can be negative.

    Source: Low, Piermartini and Richtering (2009), Multilateral solutions to the erosion of non-reciprocal preferences,
    WTO Staff Working Paper 2005-05, for competition-adjusted margins.

    Worked example: MFN 10 %; the partner pays 0; competitors sold 300 at 0 and 100 at 10: they pay 2.5 % on average,
    so the margins are 10 and 2.5 percentage points.
    """
    mine = rates.filter(pl.col("partner") == partner)
    others = _competitors(rates, imports, partner)
    return (
        mine.join(others, on="product", how="left")
        .with_columns(
            margin_mfn=pl.col("mfn") - pl.col("effective"),
            margin_competitors=pl.col("competitors") - pl.col("effective"),
        )
        .select(
            "product", "partner", "mfn", "effective", "regime", "legal_reference", "rate_absence", "margin_mfn",
            "competitors", "margin_competitors", "competitors_usd", "unknown_share", "trace_id",
        )
        .sort("product")
    )  # fmt: skip


def _competitors(rates: pl.DataFrame, imports: pl.DataFrame, partner: str) -> pl.DataFrame:
    sold = imports.filter(pl.col("partner") != partner).group_by("product", "partner").agg(pl.col("value_usd").sum())
    paid = sold.join(rates.select("product", "partner", "effective"), on=["product", "partner"], how="left")
    known = pl.col("value_usd").filter(pl.col("effective").is_not_null()).sum()
    total = pl.col("value_usd").sum()
    return paid.group_by("product").agg(
        competitors=pl.when(known > 0).then((pl.col("value_usd") * pl.col("effective")).sum() / known),
        competitors_usd=known,
        unknown_share=pl.when(total > 0).then(1 - known / total),
    )


def imports_by_line(lines: pl.DataFrame, imports: pl.DataFrame) -> pl.DataFrame:
    """Imports of each line where only coarser figures are printed: those of the groups it lies in, as weights.

    ``lines`` has ``product, group``, ``imports`` has ``product`` (the group's code), ``partner, value_usd``. The values
    of a group stand on every line of it: they weight suppliers against one another and must never be added up over
    lines.
    """
    named = imports.rename({"product": "group"})
    return (
        lines.join(named, on="group").group_by("product", "partner", maintain_order=True).agg(pl.col("value_usd").sum())
    )
