"""Criteria where the exporter reports: what it can sell is known, the importer's whole demand is not."""

from __future__ import annotations

from corridor.recommend.criterion import Criterion

#: The exporter's sales of the group to everybody, and how little of them the partner takes so far.
SUPPLY = (
    Criterion("supply_size", "market_1", "usd", 0.20),
    Criterion("supply_growth", "market_growth", "growth", 0.20),
    Criterion("growth_to_partner", "midpoint_growth", "growth", 0.25),
    Criterion("room", "location_quotient", "ratio", 0.15, descending=True),
    Criterion("deliveries", "value_1", "usd", 0.20),
)
