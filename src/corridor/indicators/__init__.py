"""Indicators of trade: one pure function a file, called by the field's name, any kind of table in and the same out."""

from corridor.indicators.additive_rca import additive_rca
from corridor.indicators.balance import balance
from corridor.indicators.bennet import bennet
from corridor.indicators.cagr import cagr
from corridor.indicators.cog import cog
from corridor.indicators.coi import coi
from corridor.indicators.concentration_ratio import concentration_ratio
from corridor.indicators.constant_market_share import constant_market_share
from corridor.indicators.constant_market_share_by_market import constant_market_share_by_market
from corridor.indicators.contribution import contribution
from corridor.indicators.density import density
from corridor.indicators.difference import difference
from corridor.indicators.diversity import diversity
from corridor.indicators.drysdale_garnaut_intensity import drysdale_garnaut_intensity
from corridor.indicators.eci import eci
from corridor.indicators.entropy import entropy
from corridor.indicators.export_similarity import export_similarity
from corridor.indicators.expy import expy
from corridor.indicators.extensive_margin import extensive_margin
from corridor.indicators.fisher_unit_value_index import fisher_unit_value_index
from corridor.indicators.fitness import fitness
from corridor.indicators.gini import gini
from corridor.indicators.growth import growth
from corridor.indicators.growth_margins import growth_margins
from corridor.indicators.growth_per_working_day import growth_per_working_day
from corridor.indicators.grubel_lloyd import grubel_lloyd
from corridor.indicators.hhi import hhi
from corridor.indicators.implied_revision import implied_revision
from corridor.indicators.intensive_margin import intensive_margin
from corridor.indicators.lafay import lafay
from corridor.indicators.location_quotient import location_quotient
from corridor.indicators.lorenz import lorenz
from corridor.indicators.market_penetration import market_penetration
from corridor.indicators.market_share import market_share
from corridor.indicators.mirror_asymmetry import mirror_asymmetry
from corridor.indicators.normalised_rca import normalised_rca
from corridor.indicators.partner_dependence import partner_dependence
from corridor.indicators.pci import pci
from corridor.indicators.presence import presence
from corridor.indicators.prody import prody
from corridor.indicators.proximity import proximity
from corridor.indicators.rca import rca
from corridor.indicators.rca_complementarity import rca_complementarity
from corridor.indicators.relative_export_advantage import relative_export_advantage
from corridor.indicators.relative_import_penetration import relative_import_penetration
from corridor.indicators.relative_trade_advantage import relative_trade_advantage
from corridor.indicators.revealed_competitiveness import revealed_competitiveness
from corridor.indicators.revision import revision
from corridor.indicators.rolling_year import rolling_year
from corridor.indicators.rsca import rsca
from corridor.indicators.seasonal_profile import seasonal_profile
from corridor.indicators.share import share
from corridor.indicators.shift_share import shift_share
from corridor.indicators.smallest_set import smallest_set
from corridor.indicators.stl_holiday import stl_holiday
from corridor.indicators.structural_change import structural_change
from corridor.indicators.survival import survival
from corridor.indicators.theil import theil
from corridor.indicators.tornqvist_unit_value_index import tornqvist_unit_value_index
from corridor.indicators.trade_complementarity import trade_complementarity
from corridor.indicators.trade_intensity import trade_intensity
from corridor.indicators.trend_growth import trend_growth
from corridor.indicators.ubiquity import ubiquity
from corridor.indicators.unit_value import unit_value

__all__ = (
    "additive_rca",
    "balance",
    "bennet",
    "cagr",
    "cog",
    "coi",
    "concentration_ratio",
    "constant_market_share",
    "constant_market_share_by_market",
    "contribution",
    "density",
    "difference",
    "diversity",
    "drysdale_garnaut_intensity",
    "eci",
    "entropy",
    "export_similarity",
    "expy",
    "extensive_margin",
    "fisher_unit_value_index",
    "fitness",
    "gini",
    "growth",
    "growth_margins",
    "growth_per_working_day",
    "grubel_lloyd",
    "hhi",
    "implied_revision",
    "intensive_margin",
    "lafay",
    "location_quotient",
    "lorenz",
    "market_penetration",
    "market_share",
    "mirror_asymmetry",
    "normalised_rca",
    "partner_dependence",
    "pci",
    "presence",
    "prody",
    "proximity",
    "rca",
    "rca_complementarity",
    "relative_export_advantage",
    "relative_import_penetration",
    "relative_trade_advantage",
    "revealed_competitiveness",
    "revision",
    "rolling_year",
    "rsca",
    "seasonal_profile",
    "share",
    "shift_share",
    "smallest_set",
    "stl_holiday",
    "structural_change",
    "survival",
    "theil",
    "tornqvist_unit_value_index",
    "trade_complementarity",
    "trade_intensity",
    "trend_growth",
    "ubiquity",
    "unit_value",
)

#: Every indicator, by name.
INDICATORS: tuple[str, ...] = __all__
