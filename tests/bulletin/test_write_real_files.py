"""Viet Nam's trade with Russia, January and February 2025, from the publishers' files.

Expected values: the customs office's tables 020.T and 021.T (first release) and the statistics office's table V03
(revised), and what follows from them by hand.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor import ingest
from corridor.bulletin.assignment import Assignment
from corridor.bulletin.write import Bulletin, write
from corridor.codes.periods import parse
from corridor.made_bulletin import MadeBulletin
from corridor.store import Store
from corridor.study.tables import Tables
from corridor.workspace import Workspace

#: April of both years for exports alone, the first two months for both flows.
WANTED = re.compile(r"(?i)^(202[45]-t[12]-5[xn]|202[45]-t4-5x)")
CUSTOMS = 10


@pytest.fixture(scope="module")
def workspace(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("bulletin") / "store"
    files = [path for path in sorted((test_data / "vietnam-customs").iterdir()) if WANTED.match(path.name)]
    assert len(files) == CUSTOMS
    files += sorted((test_data / "vietnam-statistics-office").glob("V03*"))
    report = ingest.add(Store(folder), files, today=date(2026, 11, 20))
    assert not report.of("refused")
    return Workspace(folder)


@pytest.fixture(scope="module")
def held(workspace: Workspace) -> Tables:
    return workspace.tables()


@pytest.fixture(scope="module")
def january(held: Tables) -> Bulletin:
    return write(held, Assignment("VNM", "RUS", parse("2025-01")))


@pytest.fixture(scope="module")
def texts(workspace: Workspace, january: Bulletin) -> dict[str, str]:
    made = MadeBulletin(workspace, january)
    rendered = {lang: made.render("md", lang=lang) for lang in ("en", "ru", "vi")}
    return {lang: re.sub("[\u00a0\u202f]", " ", text) for lang, text in rendered.items()}


def growth(bulletin: Bulletin, side: int, product: str) -> float:
    rows = bulletin.movements[side].changes.filter(pl.col("product") == product)
    return round(rows["growth"].item() * 100, 1)


def test_the_totals_of_january(january: Bulletin) -> None:
    totals = january.totals
    assert (totals.exports.now, totals.exports.before) == (179_449_276, 238_711_980)
    assert (totals.imports.now, totals.imports.before) == (195_938_751, 196_564_631)
    assert round((totals.exports.growth or 0) * 100, 2) == -24.83
    assert round((totals.imports.growth or 0) * 100, 2) == -0.32
    assert round((totals.turnover.growth or 0) * 100, 1) == -13.8
    assert totals.balance.now == -16_489_475


def test_the_lunar_new_year_turns_january_over(january: Bulletin) -> None:
    holiday = january.lunar
    assert holiday is not None
    assert holiday.together is not None
    assert round((holiday.together.exports.growth or 0) * 100, 1) == -6.2
    turned = {
        row["product"]: (round(row["growth"] * 100, 1), round(row["growth_together"] * 100, 1))
        for side in holiday.turned.values()
        for row in side.iter_rows(named=True)
    }
    assert turned["coffee"] == (-5.8, 32.3)
    assert turned["fertilisers"] == (20.5, -24.1)


def test_before_february_is_printed_it_is_waited_for(workspace: Workspace) -> None:
    made = workspace.bulletin("VNM", "RUS", "2025-01", as_of=date(2025, 2, 28), advice=False)
    assert made.bulletin.lunar is not None
    assert made.bulletin.lunar.together is None
    assert made.bulletin.later == (), "the statistics office's workbook was added later"


def test_the_groups_of_january(january: Bulletin) -> None:
    exports, imports = january.movements
    assert exports.falls["product"].to_list()[:4] == ["garments", "fishery", "cashew", "coffee"]
    assert set(exports.rises["product"]) >= {"toys_sports", "footwear", "pepper", "tea"}
    assert imports.rises["product"].to_list()[:4] == ["wheat", "fertilisers", "plastics", "chemicals"]
    assert set(imports.falls["product"]) >= {"ores", "fishery", "wood", "vehicle_parts"}
    assert (growth(january, 1, "chemical_products"), growth(january, 1, "vehicle_parts")) == (442.5, -94.7)
    assert imports.vanished["product"].to_list() == ["iron_steel_articles"]
    assert imports.new["product"].to_list() == ["iron_steel"]


def test_contributions_add_up_to_the_growth(january: Bulletin) -> None:
    exports, imports = (each.changes["contribution"] for each in january.movements)
    assert exports.sum() * 100 == pytest.approx(-24.8260, abs=1e-4)
    assert imports.sum() * 100 == pytest.approx(-0.3184, abs=1e-4)


def test_coffee_fell_in_value_and_more_in_volume(january: Bulletin) -> None:
    coffee = january.movements[0].measured.row(by_predicate=pl.col("product") == "coffee", named=True)
    assert round(coffee["quantity_growth"] * 100, 1) == -47.5
    assert round(coffee["unit_value_growth"] * 100, 1) == 79.4
    assert round(coffee["unit_value_1"], 4) == 5197.1490


def test_the_annex_has_every_printed_row(january: Bulletin) -> None:
    exports, imports = january.annexes
    # 21 printed groups of exports and 19 of imports, and those printed in January 2024 alone.
    assert (exports.rows.height, imports.rows.height) == (23, 21)
    # The publisher rounds each row: its rows and its total differ by a dollar.
    assert exports.rows["value"].sum() == pytest.approx(179_449_276, abs=12)
    assert exports.rows["product"][-1] == imports.rows["product"][-1] == "other_goods"


def test_a_revision_that_changes_a_rate_is_told(held: Tables) -> None:
    april = write(held, Assignment("VNM", "RUS", parse("2025-04"), advice=False))
    told = next(each for each in april.later if each.comparison == april.comparison)
    assert told.side == "exports"
    assert (told.later.now, told.later.before) == (227_553_140, 258_182_300)
    assert round((told.printed.growth or 0) * 100, 1) == -1.8
    assert round((told.later.growth or 0) * 100, 1) == -11.9


def test_the_text_has_the_right_figures_where_a_published_bulletin_had_wrong_ones(texts: dict[str, str]) -> None:
    vietnamese = texts["vi"]
    for right in (
        "60,40 triệu USD",
        "giảm 24,8%",
        "tăng 442,5%",
        "giảm 94,7%",
        "giảm 0,3%",
        "giảm 13,8%",
        "4,58 tỷ USD",
    ):
        assert right in vietnamese, right
    for wrong in ("63,4", "19,3%", "457%", "10,4%", "4,59 tỷ"):
        assert wrong not in vietnamese, wrong


def test_the_text_comes_in_the_order_its_readers_know(texts: dict[str, str]) -> None:
    order = {
        "vi": "kim ngạch thương mại song phương|xuất khẩu sang Nga đạt 179,45|Tết Nguyên đán|hàng dệt, may đạt|"
        "giày dép các loại đạt|lúa mì đạt|quặng và khoáng sản khác đạt 185,4|Trong năm 2024|### Khuyến nghị",
        "ru": "товарооборот|Экспорт в Россию составил 179,45|Тет|текстильные и швейные изделия —|обувь —|пшеница —|"
        "руды и прочее минеральное сырьё — 185,4|За весь 2024 г.|### Рекомендации",
        "en": "trade of Viet Nam|Exports to Russia came to 179.45|(Tet)|textiles and garments 60.40|footwear 1.00|"
        "wheat 15.51|ores and other minerals 185.4|In 2024 as a whole|### Recommendations",
    }
    for lang, words in order.items():
        places = [texts[lang].find(word) for word in words.split("|")]
        assert -1 not in places, lang
        assert places == sorted(places), lang


def test_the_publisher_bears_the_name_on_its_release(texts: dict[str, str]) -> None:
    assert "Theo số liệu sơ bộ của Tổng cục Hải quan, trong tháng 1/2025" in texts["vi"]
    # The table of February, which the two months together lean on, was printed under the new name.
    assert re.search(r"\*\*Cục Hải quan\*\*\. 020\.T, tháng 2/2025", texts["vi"])
    assert re.search(r"\*\*Tổng cục Hải quan\*\*\. 020\.T, tháng 1/2025", texts["vi"])


def test_the_unit_value_is_explained_once(texts: dict[str, str]) -> None:
    said = {
        "en": "unit value is value divided by quantity",
        "ru": "средняя цена — это стоимость, делённая на количество",
        "vi": "đơn giá bình quân là trị giá chia cho lượng",
    }
    assert {lang: texts[lang].count(words) for lang, words in said.items()} == {"en": 1, "ru": 1, "vi": 1}


def test_rounded_parts_that_contradict_their_total_are_named(texts: dict[str, str]) -> None:
    # 2.34 and 2.25 billion are printed for 2024, and 4.58 for their sum.
    year = texts["en"].partition("In 2024 as a whole")[2].partition("###")[0]
    assert "Because of rounding" in year
    assert texts["en"].count("Because of rounding") == 1, "179.45 and 195.94 add up to 375.39"
