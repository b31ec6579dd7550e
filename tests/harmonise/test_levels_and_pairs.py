"""Rows of a pair, and rows that no finer ones tell in parts."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import schema
from corridor.harmonise.levels import leaves
from corridor.harmonise.pairs import between

USUAL: dict[str, object] = {
    "source": "un_comtrade", "release": "official", "table": "goods A*", "reporter": "DEU", "partner": "CHN",
    "flow": "import", "classification": "H6", "freq": "A", "period_start": date(2022, 1, 1),
    "period_end": date(2022, 12, 31), "cumulative": False, "edition": "x",
}  # fmt: skip


def rows(*products: str, **more: object) -> pl.DataFrame:
    table = pl.DataFrame([{**USUAL, **more, "product": product} for product in products])
    missing = set(schema.FLOW_KEY) - set(table.columns)
    return table.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)


def test_of_a_chapter_held_alone_it_stays_and_of_one_told_in_parts_the_parts() -> None:
    held = rows("TOTAL", "48", "4401", "44", "9403", "940360", "940350", "94")
    assert sorted(leaves(held)["product"]) == ["4401", "48", "940350", "940360"]


def test_parts_of_another_year_or_partner_tell_nothing_of_a_heading() -> None:
    other = rows("940360", partner="VNM")
    held = pl.concat([rows("9403"), other, rows("940360", period_start=date(2021, 1, 1))], how="diagonal")
    assert leaves(held).height == 3


def test_codes_of_one_length_are_all_leaves() -> None:
    held = rows("010101", "020202")
    assert leaves(held).equals(held)


@given(st.lists(st.text("12", min_size=6, max_size=6), min_size=1, max_size=12, unique=True), st.data())
def test_leaves_of_a_whole_tree_are_its_finest_codes(finest: list[str], data: st.DataObject) -> None:
    above = sorted({code[:size] for code in finest for size in (2, 4)})
    cut = data.draw(st.sampled_from(above)) if above else ""
    # Below the cut only the heading or chapter itself is held.
    kept = [code for code in (*finest, *above) if not (code.startswith(cut) and len(code) > len(cut))]
    expected = {code for code in kept if not any(other != code and other.startswith(code) for other in kept)}
    assert set(leaves(rows(*kept))["product"]) == expected


def test_what_an_economy_brings_back_from_itself_is_no_trade_of_a_pair() -> None:
    held = pl.DataFrame({"reporter": ["THA", "ARE", "THA", "THA"], "partner": ["ARE", "THA", "THA", "VNM"]})
    assert held.filter(between(("THA", "ARE"))).rows() == [("THA", "ARE"), ("ARE", "THA")]
