"""Criteria where the importer reports: its whole demand for the group is known, by supplier."""

from __future__ import annotations

from corridor.recommend.criterion import Criterion

#: The importer's market, and the exporter's place in it.
DEMAND = (
    Criterion("market_size", "market_1", "usd", 0.25),
    Criterion("market_growth", "market_growth", "growth", 0.25),
    Criterion("share_gained", "share_change", "pp", 0.20),
    Criterion("specialisation", "location_quotient", "ratio", 0.15),
    Criterion("deliveries", "value_1", "usd", 0.15),
)
