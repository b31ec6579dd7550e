"""Tables in a text: where they are, what their heads tell, and what each number of them asserts."""

from __future__ import annotations

import pytest

from corridor.bulletin.claims import Language
from corridor.bulletin.grids import Cell, grids
from corridor.bulletin.heads import read
from corridor.bulletin.html import html_text
from corridor.bulletin.read import claims


def _read(text: str) -> set[tuple[str, str, str, str, str, float]]:
    return {
        (claim.flow, claim.product, claim.partner, claim.period, claim.measure, round(claim.number, 4))
        for claim in claims(text)
    }


def _heads(text: str) -> list[list[str]]:
    (grid,) = grids(text)
    return [[cell.text for cell in line] for line in grid.heads]


def test_a_head_over_several_columns_stands_in_each_of_them():
    text = (
        "| | Sep 2025 | | 2025 | |\n|---|---|---|---|---|\n| | t | USD | t | USD |\n| Tea | 1.1 | 2.2 | 3.3 | 4.4 |\n"
    )
    assert _heads(text)[0] == ["", "Sep 2025", "Sep 2025", "2025", "2025"]


def test_cells_of_blanks_stand_under_the_head_above_them():
    text = (
        "                 Dec 2025            Full year 2025\n"
        "              USD m     y/y, %      USD m     y/y, %\n"
        "Tea             1.1       -2.0       10.9       -4.4\n"
        "Coffee         39.2      +11.4      447.9      +40.6\n"
    )
    assert _heads(text)[0][1:] == ["Dec 2025", "Dec 2025", "Full year 2025", "Full year 2025"]


def test_a_cell_missing_in_blanks_leaves_its_column_empty():
    text = "Goods   Tonnes   USD m\nTea      1,420     2.3\nFish              21.2\nRice     9,880     6.2\n"
    (grid,) = grids(text)
    assert [cell.text for cell in grid.rows[1]] == ["Fish", "", "21.2"]


@pytest.mark.parametrize(
    "text",
    [
        "Exports rose by 5.1 %; imports fell by 3.2 %; the balance was 7.5 million USD.\n" * 3,
        "Coffee – USD 30.9 million – up 33.8 %\nTea – USD 1.1 million – down 2 %\n",
        "Trade in Q1: $1.1 bn, +2 % | Exports $526 mn, -3.6 % | Imports $609 mn, +7.4 %\n",
    ],
)
def test_clauses_and_lists_that_explain_themselves_are_no_tables(text: str):
    assert not list(grids(text))


def test_cells_of_a_page_that_span_columns_and_rows_keep_the_others_in_place():
    page = (
        "<html><body><table><tr><th rowspan=2>Goods</th><th colspan=2>2025</th></tr>"
        "<tr><th>t</th><th>USD</th></tr><tr><td>Tea</td><td>1</td><td>2</td></tr></table></body></html>"
    )
    assert html_text(page).split("\n") == ["Goods\t2025\t\t", "\tt\tUSD\t", "Tea\t1\t2\t"]


@pytest.mark.parametrize("wide", ["9" * 5000, "0", "-3", "many", ""])
def test_a_cell_of_an_impossible_width_takes_as_many_columns_as_there_may_be_or_one(wide: str):
    page = f"<html><body><table><tr><td colspan='{wide}'>Tea</td><td>1</td></tr></table></body></html>"
    assert html_text(page).split() == ["Tea", "1"]


@pytest.mark.parametrize(
    ("words", "language", "kind"),
    [
        ("Change on Sep 2024, %", "en", "growth"),
        ("+/- (USD m)", "en", "mute"),
        ("Share of total, %", "en", "share"),
        ("2026 plan, USD m", "en", "mute"),
        ("в % к октябрю 2024 г.", "ru", "ratio"),
        ("Прирост к 2023 г., %", "ru", "growth"),
        ("Удельный вес, %", "ru", "share"),
        ("So với cùng kỳ (%)", "vi", "compared"),
        ("Chênh lệch (triệu USD)", "vi", "mute"),
        ("Xuất siêu (+)/nhập siêu (-)", "vi", ""),
    ],
)
def test_a_head_tells_what_the_numbers_below_it_are(words: str, language: Language, kind: str):
    assert read(words, [Cell(0, len(words), words)], language).kind == kind


def test_each_column_has_its_own_period_and_a_change_that_of_the_amounts_beside_it():
    text = (
        "Viet Nam's exports to Russia, December and full year 2023\n\n"
        "| Goods | Dec 2023, USD million | Change, % | 2023, USD million | Change, % |\n|---|---|---|---|---|\n"
        "| Coffee | 30.5 | +41.9 | 232.7 | +5.6 |\n"
    )
    assert _read(text) == {
        ("export", "coffee", "RUS", "2023-12", "value", 30.5e6),
        ("export", "coffee", "RUS", "2023-12", "growth_value", 41.9),
        ("export", "coffee", "RUS", "2023", "value", 232.7e6),
        ("export", "coffee", "RUS", "2023", "growth_value", 5.6),
    }


def test_years_beside_months_of_one_are_their_same_months():
    text = "Viet Nam's exports to Russia, January-May\n\n| | 2024 | 2025 |\n|---|---|---|\n| Tea, USD m | 4.1 | 4.7 |\n"
    assert {claim[3] for claim in _read(text)} == {"2024-01:2024-05", "2025-01:2025-05"}


def test_years_under_a_title_on_a_year_are_whole_in_a_text_dated_by_a_month():
    text = (
        "Hanoi, 14 January 2026\n\nTrade with Russia: 2025 in numbers\n\n"
        "| Item | 2024 | 2025 |\n|---|---|---|\n| Exports, USD m | 2,341 | 2,468 |\n"
    )
    assert {claim[3] for claim in _read(text)} == {"2024", "2025"}


def test_countries_as_rows_are_the_partners_of_the_title_goods():
    text = (
        "Xuất khẩu cà phê của Việt Nam theo thị trường, 10 tháng năm 2025\n\n"
        "Thị trường | Lượng (tấn) | Thị phần (%)\nĐức | 178.400 | 13,9\nNga | 66.900 | 5,0\nTổng | 1.311.000 | 100\n"
    )
    assert _read(text) == {
        ("export", "coffee", "DEU", "2025-01:2025-10", "volume", 178400.0),
        ("export", "coffee", "DEU", "2025-01:2025-10", "share", 13.9),
        ("export", "coffee", "RUS", "2025-01:2025-10", "volume", 66900.0),
        ("export", "coffee", "RUS", "2025-01:2025-10", "share", 5.0),
        ("export", "coffee", "WLD", "2025-01:2025-10", "volume", 1311000.0),
    }


def test_a_row_of_its_own_tells_the_flow_of_the_rows_below_it():
    text = (
        "Торговля Вьетнама с Россией за 2025 год\n\n| Товар | млн долл. |\n|---|---|\n| Экспорт | |\n| Кофе | 447,9 |\n"
        "| Импорт | |\n| Уголь | 594,4 |\n"
    )
    assert {claim[:2] for claim in _read(text)} == {("export", "coffee"), ("import", "coal")}


def test_rates_of_about_a_hundred_against_a_period_are_ratios():
    text = (
        "Импорт Вьетнама из России за 2025 год\n\n| Товар | млн долл. | в % к 2024 г. |\n|---|---|---|\n"
        "| Уголь | 594,4 | 83,4 |\n| Удобрения | 401,7 | 138,5 |\n"
    )
    assert ("import", "coal", "RUS", "2025", "multiple", 0.834) in _read(text)


def test_the_total_below_months_is_of_these_months():
    text = (
        "Imports of Russian wheat by Viet Nam in 2025\n\n| Month | Tonnes |\n|---|---|\n| January | 21,300 |\n"
        "| February | 30,100 |\n| Total | 51,400 |\n"
    )
    assert ("import", "wheat", "RUS", "2025-01:2025-02", "volume", 51400.0) in _read(text)


def test_tables_on_duties_and_visitors_assert_no_trade():
    text = (
        "Viet Nam exports a lot to Russia.\n\nTariffs on Russian goods\n\n| Goods | 2024 | 2025 |\n|---|---|---|\n"
        "| Wheat | 5.0 | 0.0 |\n| Cars | 70.0 | 7.0 |\n"
    )
    assert not _read(text)
