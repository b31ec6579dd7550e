"""Regions that could supply what is recommended: parts by hand, in both directions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import NothingFound
from corridor.recommend.regional import belongs, by_region
from held_regions import Held, row

RANKED = pl.DataFrame(
    {
        "rank": [1, 2, 3],
        "product": ["coal", "3102", "wheat"],
        "potential_usd": [100.0, None, 9.0],
        "cell_usd": [20.0, 5.0, 1.0],
        "unrealised_usd": [80.0, None, 8.0],
    }
)
EVERYWHERE = pl.DataFrame(
    {
        "region": ["RU-KEM", "RU-KEM", "RU-SAK", "RU-SAK", "RU-VLG", "RU-VLG"],
        "product": ["2701", "2704", "2701", "0303", "3102", "2701"],
        "year": [2021] * 6,
        "value_usd": [50.0, 10.0, 20.0, 20.0, 90.0, 10.0],
    }
)
SOLD = pl.DataFrame({"region": ["RU-SAK"], "product": ["2701"], "year": [2021], "value_usd": [7.0]})


def test_parts_by_hand() -> None:
    table = by_region(RANKED, EVERYWHERE, SOLD)
    # Coal is 90 of 200: all of Kemerovo's 60, half of Sakhalin's 40, a tenth of Vologda's 100, which is not able.
    assert table.select("rank", "product", "region", "region_share", "unrealised_usd", "sold_usd").rows() == [
        (1, "coal", "RU-KEM", 0.75, 60.0, 0.0),
        (1, "coal", "RU-SAK", 0.25, 20.0, 7.0),
        (2, "3102", "RU-VLG", 1.0, None, 0.0),
    ]
    kemerovo = table.row(0, named=True)
    assert kemerovo["region_rca"] == pytest.approx(1 / 0.45)
    assert (kemerovo["whole_usd"], kemerovo["year"]) == (60.0, 2021)
    # Nobody is able to supply wheat; the parts of what somebody can are the whole.
    assert table.filter(product="coal")["unrealised_usd"].sum() == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("product", "code", "yes"),
    [
        ("coal", "2701129000", True), ("coal", "2704", True), ("coal", "2710", False), ("coal", "coal", True),
        ("3102", "3102100000", True), ("3102", "3103", False), ("310210", "310210", True),
        ("other_goods", "2701", False),
    ],
)  # fmt: skip
def test_codes_belong_to_products_of_any_list(product: str, code: str, yes: bool) -> None:
    table = pl.DataFrame({"product": [code]})
    assert table.select(belongs(product)).item() is yes


def test_no_able_region_is_no_row() -> None:
    assert by_region(RANKED.filter(product="wheat"), EVERYWHERE, SOLD).is_empty()


class World(Held):
    """Imports of both sides beside the regions' rows."""

    def unread_flows(self, as_of=None):
        rows = [
            {
                "source": "un_comtrade", "release": "first", "table": "A", "reporter": reporter, "partner": partner,
                "flow": "import", "classification": "H5", "product": product, "freq": "A", "cumulative": False,
                "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "value_usd": value,
                "maturity": "official", "published": date(year + 1, 6, 1), "net_weight_kg": value,
                "quantity": value, "quantity_unit": "kg", "caveats": "", "trace_id": "file/1/1",
            }
            for reporter, partner, product, value in (
                ("VNM", "RUS", "2701", 5.0), ("VNM", "CHN", "2701", 9.0), ("VNM", "RUS", "1001", 2.0),
                ("VNM", "CHN", "1001", 3.0), ("RUS", "VNM", "0901", 4.0), ("RUS", "CHN", "0901", 6.0),
            )
            for year in (2020, 2021)
        ]  # fmt: skip
        return pl.LazyFrame(rows)


def world(folder: Path, *rows: dict[str, object]) -> World:
    workspace = World(folder)
    workspace.held = list(rows)
    return workspace


def test_both_directions_have_their_regions(tmp_path: Path) -> None:
    held = world(
        tmp_path,
        *(row("RU-KEM", partner, "2701120000", 2021, 6e6) for partner in ("CHN", "IND")),
        *(row("RU-SAK", partner, "0303140000", 2021, 9e6) for partner in ("CHN", "VNM")),
        *(row("VN-SG", partner, "0901110000", 2021, 5e6) for partner in ("RUS", "CHN")),
    )
    there = held.recommend("RUS", "VNM", regions=True)
    assert there.table.select("product", "region", "sold_usd", "year").rows() == [("2701", "RU-KEM", 0.0, 2021)]
    assert there.title.endswith("by the regions of Russia that could supply it")
    beside = held.recommend("RUS", "VNM").table
    assert dict(beside.select("product", "able_regions").iter_rows())["2701"] == 1
    back = held.recommend("VNM", "RUS", regions=True)
    assert back.table.select("product", "region", "sold_usd").rows() == [("0901", "VN-SG", 5e6)]


def test_without_rows_of_regions_nothing_is_shared_out(tmp_path: Path) -> None:
    late = world(tmp_path, *(row("RU-KEM", partner, "2701120000", 2022, 6e6) for partner in ("CHN", "VNM")))
    for held in (world(tmp_path), late):
        with pytest.raises(NothingFound, match="regions of RUS exported to everybody up to 2021"):
            held.recommend("RUS", "VNM", regions=True)
