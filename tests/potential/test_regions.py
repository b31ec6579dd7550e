"""An economy's potential by region: parts by hand, and a sum that is the whole."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.potential.export_potential import export_potential
from corridor.potential.regions import of_regions

TRADE = pl.DataFrame(
    {
        "exporter": ["RUS", "RUS", "CHN", "CHN"],
        "importer": ["VNM", "CHN", "VNM", "RUS"],
        "product": ["4407", "4407", "4407", "4410"],
        "value_usd": [10.0, 30.0, 20.0, 5.0],
    }
)
EXPORTS = pl.DataFrame(
    {
        "region": ["RU-VLG", "RU-ARK", "RU-ARK"],
        "exporter": ["RUS"] * 3,
        "product": ["4407", "4407", "4410"],
        "value_usd": [3.0, 1.0, 7.0],
    }
)


def test_regions_share_in_proportion_to_what_they_sell() -> None:
    whole = export_potential(TRADE, formula="trade_only/1", exporters=["RUS"], importers=["VNM"])
    found = of_regions(whole, EXPORTS)
    assert found.select("region", "product", "region_share").rows() == [
        ("RU-ARK", "4407", 0.25),
        ("RU-VLG", "4407", 0.75),
    ]
    for column in ("potential_usd", "realised_usd", "unrealised_usd"):
        assert found[column].sum() == pytest.approx(whole[column].sum())


def test_a_region_given_twice_is_refused() -> None:
    whole = export_potential(TRADE, formula="trade_only/1")
    with pytest.raises(UnfitTable, match="share their region, exporter, product"):
        of_regions(whole, pl.concat([EXPORTS, EXPORTS]))
