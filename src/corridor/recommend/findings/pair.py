"""Criteria of a pair in a world of products: what the market buys, what is left to sell, and how firm the ground is."""

from __future__ import annotations

from corridor.recommend.criterion import Criterion

#: Columns as `corridor.recommend.advice` measures them.
PAIR = (
    Criterion("demand", "demand_usd", "usd", 0.15),
    Criterion("growth", "demand_growth", "ratio", 0.15),
    Criterion("unrealised", "unrealised_usd", "usd", 0.20),
    Criterion("share_gained", "share_change", "pp", 0.10),
    Criterion("specialisation", "rca", "ratio", 0.10),
    Criterion("access", "tariff", "share", 0.10, descending=True),
    Criterion("preference_margin", "preference_margin", "ratio", 0.05),
    Criterion("competition", "supplier_hhi", "index", 0.05, descending=True),
    Criterion("volatility", "volatility", "ratio", 0.05, descending=True),
    Criterion("concentration_risk", "market_share_of_exports", "share", 0.05, descending=True),
)
