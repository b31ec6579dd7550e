"""Which layout each indicator needs."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.worksheets import pair, time, world
from corridor.worksheets.laid import Layout

#: A new indicator is laid out by adding it here; the tests name one that is not.
NEEDS: Mapping[str, Layout] = {
    **dict.fromkeys(
        ("concentration_ratio", "entropy", "gini", "hhi", "lorenz", "share", "smallest_set", "theil"), pair.parts
    ),
    **dict.fromkeys(
        ("bennet", "contribution", "fisher_unit_value_index", "growth_margins", "structural_change",
         "tornqvist_unit_value_index"), pair.two_periods,
    ),
    **dict.fromkeys(("grubel_lloyd", "lafay"), pair.two_sides),
    **dict.fromkeys(("extensive_margin", "intensive_margin"), pair.deliveries),
    **dict.fromkeys(("cagr", "trend_growth"), time.years),
    **dict.fromkeys(("rolling_year", "seasonal_profile"), time.months),
    **dict.fromkeys(
        ("additive_rca", "cog", "coi", "density", "diversity", "eci", "fitness", "normalised_rca", "pci", "presence",
         "proximity", "rca", "relative_export_advantage", "ubiquity"), world.exports,
    ),
    **dict.fromkeys(("drysdale_garnaut_intensity", "market_penetration"), world.flows),
    **dict.fromkeys(("expy", "prody"), world.income),
    **dict.fromkeys(("relative_trade_advantage", "revealed_competitiveness"), world.both_ways),
    "balance": pair.totals_of_both,
    "constant_market_share": pair.markets,
    "constant_market_share_by_market": world.by_market,
    "difference": pair.balances,
    "export_similarity": pair.similar,
    "growth": pair.with_total,
    "growth_per_working_day": pair.working_days,
    "implied_revision": time.printed,
    "location_quotient": pair.part_of_whole,
    "market_share": pair.suppliers,
    "mirror_asymmetry": time.reports,
    "partner_dependence": pair.whole_trade,
    "rca_complementarity": world.fit,
    "relative_import_penetration": world.imports,
    "revision": time.releases,
    "rsca": world.with_rca,
    "shift_share": world.regions,
    "stl_holiday": time.holidays,
    "survival": pair.relationships,
    "trade_complementarity": pair.structures,
    "trade_intensity": world.totals,
    "unit_value": pair.measured,
}  # fmt: skip
