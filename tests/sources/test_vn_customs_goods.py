"""Viet Nam customs' forms by commodity: invented ones in the layout that others describe; no real file is at hand."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import BrokenLayout
from corridor.evidence import Reading
from corridor.sources import card, read, recognise
from corridor.workspace import Workspace

from .goods_forms import GoodsForm, row

TOTAL = row("", "TỔNG TRỊ GIÁ", "USD", "", "900", "", "-23,4", "", "1.900", "", "18,3")
FOREIGN = row(
    "", "Trong đó: Doanh nghiệp có|vốn đầu tư trực tiếp|nước ngoài", "USD", "", "600", "", "1,0", "", "1.200", "", "2"
)
FISH = row(1, "Hàng thủy sản", "USD", "", "500", "", "-30,1", "", "1.000", "", "20,3")
NUTS = row(3, "Hạt điều", "Tấn", "40", "300", "1,5", "-2,5", "90", "700", "", "")
FORM = GoodsForm([[TOTAL, FOREIGN, FISH, NUTS]])


def reading(form: GoodsForm, folder: Path) -> Reading:
    path = folder / "2026-t2-2x(vn-sb).pdf"
    path.write_bytes(form.bytes())
    assert recognise(path) == "vn_customs"
    return read(path, "vn_customs", path.name)


def figures(found: Reading) -> list[tuple[object, ...]]:
    columns = ("product_label", "unit_label", "cumulative", "value", "quantity")
    return list(found.rows.select(columns).iter_rows())


ROWS = [
    (None, "USD", False, 900.0, None),
    (None, "USD", True, 1900.0, None),
    ("Hàng thủy sản", "USD", False, 500.0, None),
    ("Hàng thủy sản", "USD", True, 1000.0, None),
    ("Hạt điều", "Tấn", False, 300.0, 40.0),
    ("Hạt điều", "Tấn", True, 700.0, 90.0),
]


def test_a_month_by_commodity(tmp_path: Path) -> None:
    found = reading(FORM, tmp_path)
    assert (found.table, found.release, found.maturity) == ("015.T", "first", "preliminary")
    assert found.published == date(2026, 3, 4)
    assert found.edition == "015.T, 2026-02-01:2026-02-28, 2026-03-04"
    assert figures(found) == ROWS
    assert set(found.rows["freq"]) == {"M"}
    assert set(found.rows["flow"]) == {"export"}
    assert found.refusals == ()


def test_what_lies_inside_other_rows_is_named_and_left_out(tmp_path: Path) -> None:
    part = row("", "- Tôm", "USD", "", "100", "", "", "", "200", "", "")
    found = reading(FORM.but(pages=[[TOTAL, FOREIGN, FISH, part, NUTS]]), tmp_path)
    assert figures(found) == ROWS
    assert found.ignored == (
        "changes in per cent", "Trong đó: Doanh nghiệp có vốn đầu tư trực tiếp nước ngoài", "- Tôm",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("Kỳ 1 tháng 2 năm 2024", (date(2024, 2, 1), date(2024, 2, 15))),
        ("Kỳ 2 tháng 2 năm 2024", (date(2024, 2, 16), date(2024, 2, 29))),
    ],
)
def test_half_a_month_without_changes(tmp_path: Path, period: str, days: tuple[date, date]) -> None:
    total = row("", "TỔNG TRỊ GIÁ", "USD", "", "450", "", "1.450")
    form = GoodsForm([[total]], "016.K", "NHẬP KHẨU HÀNG HÓA THEO KỲ", period, changes=False)
    found = reading(form, tmp_path)
    assert found.table == "016.K"
    told = found.rows.select("flow", "freq", "period_start", "period_end", "cumulative", "value").rows()
    year = date(2024, 1, 1)
    assert told == [("import", "H", *days, False, 450.0), ("import", "H", year, days[1], True, 1450.0)]


def test_a_table_over_two_pages_and_a_form_without_footers(tmp_path: Path) -> None:
    assert figures(reading(FORM.but(pages=[[TOTAL, FOREIGN], [FISH, NUTS]]), tmp_path)) == ROWS
    bare = reading(FORM.but(printed="", footers=False), tmp_path)
    assert (figures(bare), bare.published) == (ROWS, None)


def test_a_page_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="the day of print"):
        reading(FORM.but(printed=""), tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "NHẬP KHẨU HÀNG HÓA THEO THÁNG"}, "does not bear the title “XUẤT KHẨU HÀNG HÓA"),
        ({"period": "Kỳ 1 tháng 2 năm 2026"}, "form 015.T is not of “Kỳ 1 tháng 2 năm 2026”"),
        ({"period": "Tháng 13 năm 2026"}, "is no month"),
        ({"release": "Ước tính"}, "word for the release"),
    ],
)
def test_another_form_is_refused_in_a_line(tmp_path: Path, change: dict[str, object], words: str) -> None:
    with pytest.raises(BrokenLayout, match=words):
        reading(FORM.but(**change), tmp_path)


def test_a_row_that_cannot_be_read_is_refused_alone(tmp_path: Path) -> None:
    odd = row(4, "Cà phê", "USD", "", "1,234,567", "", "", "", "7", "", "")
    found = reading(FORM.but(pages=[[TOTAL, FOREIGN, FISH, odd, NUTS]]), tmp_path)
    assert figures(found) == ROWS
    assert [each.reason for each in found.refusals] == ["“1,234,567” is not a number like 1.234.567"]


def test_in_our_tables_it_is_trade_with_the_world_and_an_unknown_group_is_set_aside_alone(tmp_path: Path) -> None:
    new = row(9, "Hàng mới", "USD", "", "50", "", "", "", "60", "", "")
    path = tmp_path / "2026-t2-2x(vn-sb).pdf"
    path.write_bytes(FORM.but(pages=[[TOTAL, FOREIGN, FISH, new, NUTS]]).bytes())
    ws = Workspace(tmp_path / "store")
    (outcome,) = ws.add([path]).outcomes
    assert (outcome.status, outcome.not_understood) == ("added", 1)
    rows = ws.store.current("flows").filter(~pl.col("cumulative")).sort("product").collect()
    assert rows.select("partner", "classification", "product", "value_usd", "quantity_unit").rows() == [
        ("WLD", "VNC", "TOTAL", 900.0, None),
        ("WLD", "VNC", "cashew", 300.0, "t"),
        ("WLD", "VNC", "fishery", 500.0, None),
    ]


def test_the_card_says_that_no_real_file_was_tried() -> None:
    assert "015, 016" in card("vn_customs").tried_on
    assert "never tried on a real file" in card("vn_customs").tried_on
