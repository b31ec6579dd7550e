"""Indicators of trade: one pure function a file, called by the field's name, any kind of table in and the same out."""

from corridor.indicators.balance import balance
from corridor.indicators.bennet import bennet
from corridor.indicators.cagr import cagr
from corridor.indicators.concentration_ratio import concentration_ratio
from corridor.indicators.constant_market_share import constant_market_share
from corridor.indicators.constant_market_share_by_market import constant_market_share_by_market
from corridor.indicators.contribution import contribution
from corridor.indicators.entropy import entropy
from corridor.indicators.export_similarity import export_similarity
from corridor.indicators.gini import gini
from corridor.indicators.growth import growth
from corridor.indicators.grubel_lloyd import grubel_lloyd
from corridor.indicators.hhi import hhi
from corridor.indicators.implied_revision import implied_revision
from corridor.indicators.lafay import lafay
from corridor.indicators.location_quotient import location_quotient
from corridor.indicators.lorenz import lorenz
from corridor.indicators.market_share import market_share
from corridor.indicators.mirror_asymmetry import mirror_asymmetry
from corridor.indicators.partner_dependence import partner_dependence
from corridor.indicators.rca import rca
from corridor.indicators.revision import revision
from corridor.indicators.rsca import rsca
from corridor.indicators.share import share
from corridor.indicators.smallest_set import smallest_set
from corridor.indicators.structural_change import structural_change
from corridor.indicators.trade_complementarity import trade_complementarity
from corridor.indicators.trend_growth import trend_growth
from corridor.indicators.unit_value import unit_value

__all__ = (
    "balance",
    "bennet",
    "cagr",
    "concentration_ratio",
    "constant_market_share",
    "constant_market_share_by_market",
    "contribution",
    "entropy",
    "export_similarity",
    "gini",
    "growth",
    "grubel_lloyd",
    "hhi",
    "implied_revision",
    "lafay",
    "location_quotient",
    "lorenz",
    "market_share",
    "mirror_asymmetry",
    "partner_dependence",
    "rca",
    "revision",
    "rsca",
    "share",
    "smallest_set",
    "structural_change",
    "trade_complementarity",
    "trend_growth",
    "unit_value",
)

#: Every indicator, by name.
INDICATORS: tuple[str, ...] = __all__
