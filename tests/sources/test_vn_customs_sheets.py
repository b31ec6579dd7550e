"""Viet Nam customs' forms by commodity as workbooks: invented ones in the layout that others describe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from corridor.errors import BrokenLayout, UnrecognisedFile
from corridor.evidence import Reading
from corridor.sources import read, recognise

ABOVE = [
    ["TỔNG CỤC HẢI QUAN", "", "", "", "", "", "", "", "", "", "Biểu số 015.T/BCB-TC"],
    ["XUẤT KHẨU HÀNG HÓA THEO THÁNG"],
    ["Tháng 2 năm 2026", "Sơ bộ"],
    [],
    ["STT", "Nhóm/Mặt hàng chủ yếu", "ĐVT", "Số trong tháng", "", "So với tháng trước (%)", "", "Cộng dồn"],
]
MEASURES = ["", "", "", *["Lượng", "Trị giá (USD)", "Lượng", "Trị giá"] * 2]
ROWS = [
    ["", "TỔNG TRỊ GIÁ", "USD", "", 35_900_000_000, "", "1,5", "", "70.000.000.000", "", "10,2"],
    ["", "Trong đó: Doanh nghiệp có vốn đầu tư trực tiếp nước ngoài", "USD", "", 20, "", "", "", 40, "", ""],
    ["1", "Hàng thủy sản", "USD", "", "650.123.456", "", "-5", "", "1.300.000.000", "", "3"],
    [2, "Cà phê", "Tấn", 150_000.5, 800, "1,2", "3,4", "300.000,5", 1_600, "5", "6"],
    ["", "- Cà phê rang", "Tấn", 1, 2, "", "", 3, 4, "", ""],
    ["", "Ngày in: 04/03/2026"],
    ["", "Ghi chú: số liệu sơ bộ"],
]


def book(folder: Path, *rows: list[object]) -> Path:
    path = folder / "2026-t2-2x(vn-sb).xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Ghi chú")
        sheet = made.add_worksheet("2X")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def reading(folder: Path, *rows: list[object]) -> Reading:
    path = book(folder, *rows)
    assert recognise(path) == "vn_customs"
    found = read(path, "vn_customs", path.name)
    assert isinstance(found, Reading)
    return found


def test_a_sheet_says_what_the_printed_form_says(tmp_path: Path) -> None:
    found = reading(tmp_path, *ABOVE, MEASURES, *ROWS)
    assert (found.table, found.release, found.published) == ("015.T", "first", date(2026, 3, 4))
    columns = ("page", "row", "product_label", "unit_label", "cumulative", "value", "quantity")
    assert list(found.rows.select(columns).iter_rows()) == [
        ("2X", 7, None, "USD", False, 35.9e9, None),
        ("2X", 7, None, "USD", True, 70e9, None),
        ("2X", 9, "Hàng thủy sản", "USD", False, 650_123_456.0, None),
        ("2X", 9, "Hàng thủy sản", "USD", True, 1.3e9, None),
        ("2X", 10, "Cà phê", "Tấn", False, 800.0, 150_000.5),
        ("2X", 10, "Cà phê", "Tấn", True, 1600.0, 300_000.5),
    ]
    assert found.refusals == ()
    assert [each for each in found.ignored if each.startswith("-")] == ["- Cà phê rang"]


def test_a_form_without_changes_has_four_columns_of_figures(tmp_path: Path) -> None:
    row = [1, "Hạt điều", "Tấn", 40, 300, 90, 700]
    found = reading(tmp_path, *ABOVE, ["", "", "", *["Lượng", "Trị giá (USD)"] * 2], row)
    assert found.rows.select("value", "quantity").rows() == [(300.0, 40.0), (700.0, 90.0)]


@pytest.mark.parametrize("odd", ["1,234.5", "nhiều", 0.1234])
def test_a_figure_that_is_none_of_the_offices_is_refused_with_its_row(tmp_path: Path, odd: object) -> None:
    found = reading(tmp_path, *ABOVE, MEASURES, [1, "Cà phê", "Tấn", odd, 800], ["2", "Hạt điều", "USD", "", 7])
    assert [(each.page, each.row) for each in found.refusals] == [("2X", 7)]
    assert found.rows["product_label"].unique().to_list() == ["Hạt điều"]


@pytest.mark.parametrize(
    ("above", "measures", "words"),
    [
        (ABOVE, ["", "", "", "Trị giá", "Lượng"] * 2, "in turns"),
        ([[*row[:2], "Đơn vị"] if row[:1] == ["STT"] else row for row in ABOVE], MEASURES, "no columns “ĐVT”"),
        ([["Tháng 13 năm 2026", "Sơ bộ"] if row[1:] == ["Sơ bộ"] else row for row in ABOVE], MEASURES, "is no month"),
        (ABOVE, MEASURES, "no row stands beneath"),
    ],
)
def test_another_sheet_is_refused_in_a_line(
    tmp_path: Path, above: list[list[object]], measures: list[object], words: str
) -> None:
    rows = [] if words.startswith("no row") else [[1, "Cà phê", "Tấn", 1, 2, "", "", 3, 4]]
    path = book(tmp_path, *above, measures, *rows)
    with pytest.raises(BrokenLayout, match=words) as said:
        read(path, "vn_customs", path.name)
    assert "\n" not in said.value.line()


def test_a_workbook_of_somebody_else_is_none_of_the_offices(tmp_path: Path) -> None:
    with pytest.raises(UnrecognisedFile):
        recognise(book(tmp_path, ["a", "b"], ["1", "2"]))
