"""Tables as pages print them: per cent, whole dollars, links, numbered caveats, and no empty columns."""

from __future__ import annotations

import polars as pl

from corridor.web.shown import Cell, Shown, grid, numbered, readable

RANKED = pl.DataFrame(
    {
        "rank": [1, 2], "product": ["coal", "wheat"], "score": [0.5, 0.25], "cell_usd": [1234567.8, 0.4],
        "demand_growth": [0.401, -0.0912], "unrealised_usd": [None, None], "share_change": [0.0174, -0.00001],
        "stability": [1.0, 0.5], "caveats": ["own_side_silent unit_value_above_rivals", ""],
        "id": ["RUS-VNM-coal-2025:topsis", "RUS-VNM-wheat-2025:topsis"],
    },
    schema_overrides={"unrealised_usd": pl.Float64},
)  # fmt: skip


def test_parts_are_printed_per_cent_and_dollars_whole() -> None:
    shown = grid(RANKED, "recommend", "en")
    rows = [[cell.text for cell in row] for row in shown.rows]
    assert [head for head, _ in shown.heads] == [
        "Rank", "Product", "Score", "Holds when weights move", "Sold, USD", "Growth of the market", "Share gained",
        "Caveats",
    ]  # fmt: skip
    assert rows[0][3:7] == ["100.0%", "1,234,568", "+40.1%", "+1.74\N{NO-BREAK SPACE}pp"]
    assert rows[1][4:6] == ["<1", "\N{MINUS SIGN}9.1%"]
    assert rows[1][6] == "0.00\N{NO-BREAK SPACE}pp"
    vietnamese = grid(RANKED, "recommend", "vi")
    assert vietnamese.rows[0][4].text == "1.234.568"


def test_a_column_without_an_entry_is_named_and_not_printed() -> None:
    assert grid(RANKED, "recommend", "en").empty == ("Unrealised, USD",)
    assert grid(RANKED.clear(), "recommend", "en").empty == ()


def test_the_goods_of_a_ranking_lead_to_their_argument() -> None:
    shown = grid(RANKED, "recommend", "en")
    assert shown.rows[0][1] == Cell("Coal", "/explain?id=RUS-VNM-coal-2025%3Atopsis")


def test_caveats_are_numbers_with_their_sentences_below() -> None:
    table, keys = numbered(RANKED)
    assert set(keys) == {"own_side_silent", "unit_value_above_rivals"}
    assert table["caveats"].to_list() == ["1, 2", None]


def test_a_name_is_marked_with_its_language() -> None:
    found = pl.DataFrame({"classification": ["HS"], "product": ["270111"], "name": ["Coal"], "lang": ["en"]})
    assert next(cell.lang for cell in grid(found, "find", "ru").rows[0] if cell.text == "Coal") == "en"


def test_lines_call_publishers_by_their_names_and_begin_as_sentences() -> None:
    told = readable(
        Shown(lambda: "", title="by vn_nso", notes=("figures: vn_customs, first", "vn_customs/1/2")),
        {"vn_customs": "Viet Nam Customs", "vn_nso": "Statistics"},
    )
    assert told.title == "By Statistics"
    assert told.notes == ("Figures: Viet Nam Customs, first", "Vn_customs/1/2")
