"""The statistics office of Viet Nam: invented workbooks in its layout, its real files, and hostile ones.

Published values: table of monthly totals Viet Nam - Russia with its three releases (customs office, forms 020.T
and 021.T; statistics office, table V03).
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import BrokenLayout, CorridorError, UnreadableFile, UnrecognisedFile
from corridor.evidence import RAW_COLUMNS, Reading
from corridor.sources import card, recognise
from corridor.sources import read as read_source
from corridor.sources.vn_nso.figures import read_figures
from corridor.sources.vn_nso.heading import Slot, read_heading
from corridor.sources.vn_nso.lines import Line, read_body
from corridor.sources.vn_nso.read import read
from corridor.sources.vn_nso.read import recognise as knows
from corridor.sources.vn_nso.title import Title, find_title
from corridor.sources.workbook import Sheet, column_name

Cell = float | str | None
Row = Sequence[Cell]

V03_TITLE = "Kim ngạch xuất nhập khẩu phân theo nước, khối nước và vùng lãnh thổ chủ yếu sơ bộ các tháng năm 2030"
EXPORTS_TITLE = "Trị giá và mặt hàng xuất khẩu sơ bộ các tháng năm 2030"
IMPORTS_TITLE = "Trị giá và mặt hàng nhập khẩu sơ bộ các tháng năm 2030"


# --- invented workbooks in the publisher's layout ----------------------------------------------------------------


def write(path: Path, **sheets: Sequence[Row]) -> Path:
    """A workbook of these sheets. The reader tells .xls and .xlsx apart by content, and reads both alike."""
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
    return path


def v03(
    *body: Row, years: Row = (None, None, 2029, None, 2030), months: Row = ("Tháng 12", None, "Tháng 01")
) -> list[Row]:
    """Table V03 of two months: header rows as the publisher prints them, then ``body``."""
    flows = ["Xuất khẩu", "Nhập khẩu"] * 2
    return [[V03_TITLE], [], years, ["Khối nước, nước", None, *months], [None, None, *flows], [], *body]


def groups(*body: Row, title: str = EXPORTS_TITLE, years: int = 1) -> list[Row]:
    """A sheet by commodity group of March to June 2030, with the year's row printed ``years`` times."""
    months: list[Cell] = ["Tháng 3", None, "Tháng 4", None, "Tháng 05", None, "Tháng 6"]
    measures = ["Lượng\n(Tấn)", "Trị giá \n(1000 USD)"] * 4
    year: Row = (None, 2030)
    return [[title], *[year] * years, ["Tên hàng", *months], [None, *measures], [], *body]


TOTAL: Row = ("Tổng số", None, 10, 0, 20, None, 30, 0, 40)


def read_sheet(tmp_path: Path, rows: Sequence[Row]) -> Reading:
    return read(write(tmp_path / "invented.xlsx", Trang=rows), "invented.xlsx")


def figures(
    reading: Reading, partner: str = "(tất cả các nước)", product: str | None = None
) -> list[tuple[object, ...]]:
    """Month, value and quantity of one row of the sheet."""
    rows = reading.rows.filter(pl.col("partner_label") == partner, pl.col("product_label").eq_missing(product))
    return [
        (f"{start:%Y-%m}", value, quantity)
        for start, value, quantity in rows.select("period_start", "value", "quantity").iter_rows()
    ]


def reasons(reading: Reading) -> list[tuple[int | None, str]]:
    return [(refusal.row, refusal.reason) for refusal in reading.refusals]


# --- V03 ---------------------------------------------------------------------------------------------------------


def test_v03_gives_one_row_a_figure_in_dollars(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, v03([None, "Tổng", 7, 8, 9, 10], [None, "Nga ", 1.25, 0, None, 3]))
    assert reading.rows.columns == list(RAW_COLUMNS)
    assert reading.rows.filter(pl.col("partner_label") == "Nga").rows() == [
        (1, "Trang", 8, "Nga", None, None, "export", "M", date(2029, 12, 1), date(2029, 12, 31), False, 1250.0, None),
        (1, "Trang", 8, "Nga", None, None, "import", "M", date(2029, 12, 1), date(2029, 12, 31), False, 0.0, None),
        (1, "Trang", 8, "Nga", None, None, "export", "M", date(2030, 1, 1), date(2030, 1, 31), False, None, None),
        (1, "Trang", 8, "Nga", None, None, "import", "M", date(2030, 1, 1), date(2030, 1, 31), False, 3000.0, None),
    ]  # fmt: skip


def test_v03_says_what_it_is(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, v03([None, "Tổng", 7, 8, 9, 10]))
    assert (reading.source, reading.table, reading.reporter, reading.currency) == ("vn_nso", "V03", "VNM", "USD")
    assert (reading.release, reading.maturity, reading.published) == ("revised", "preliminary", None)
    assert reading.edition == "V03, 2029-12:2030-01"
    assert (reading.refusals, reading.ignored) == ((), ())


def test_a_bloc_is_a_partner_and_headings_are_not(tmp_path: Path) -> None:
    body: list[Row] = [
        [None, "Tổng", 1, 1, 1, 1],
        ["EU", None, 1, 1, 1, 1],
        [None, "Trong đó:"],
        [None, "Áo", 1, 1, 1, 1],
    ]
    reading = read_sheet(tmp_path, v03(*body, ["Một số nước khác", None, 0, 0], [None, "Mỹ", 1, 1, 1, 1]))
    assert reading.rows["partner_label"].unique(maintain_order=True).to_list() == ["Tổng", "EU", "Áo", "Mỹ"]
    assert reading.rows["block"].unique(maintain_order=True).to_list() == [0, 1, 2, 3]
    assert reading.refusals == ()


def test_a_heading_with_figures_is_refused_with_its_cells(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, v03([None, "Tổng", 1, 1, 1, 1], ["Một số nước khác", None, None, None, 2119.74, 0]))
    (refusal,) = reading.refusals
    assert (refusal.page, refusal.row, refusal.text) == ("Trang", 8, "Một số nước khác, E 2119.74")
    assert "a heading that carries figures" in refusal.reason
    assert reading.rows["partner_label"].unique().to_list() == ["Tổng"]


def test_the_other_sheets_are_named_as_ignored(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", Nháp=[["Jan", 1.5]], Bảng=v03([None, "Tổng", 1, 1, 1, 1]))
    reading = read(path, "a.xlsx")
    assert reading.ignored == ("sheet “Nháp”: no title of a table",)
    assert reading.rows["page"].unique().to_list() == ["Bảng"]


def test_a_month_to_come_is_ignored_by_name(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, v03([None, "Tổng", 1, 1, 0, None], [None, "Mỹ", 1, 1, 0, 0]))
    assert reading.edition == "V03, 2029-12:2029-12"
    assert reading.rows["period_start"].unique().to_list() == [date(2029, 12, 1)]
    assert reading.ignored == ("months with a heading and no figure yet: 2030-01",)


def test_no_figure_in_any_month_is_a_broken_layout(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="no month has a figure"):
        read_sheet(tmp_path, v03([None, "Tổng", 0, 0, 0, 0]))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("…", "words where a number should stand"),
        (True, "words where a number should stand"),
        (-0.5, "a negative figure is a correction of earlier months, not a month's trade"),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_alone(tmp_path: Path, cell: Cell, reason: str) -> None:
    reading = read_sheet(tmp_path, v03([None, "Tổng", 1, 1, 1, 1], [None, "Mỹ", 1, cell, 2, 3]))
    assert reasons(reading) == [(8, reason)]
    assert reading.refusals[0].text.startswith("Mỹ, 2029-12, import: ")
    assert figures(reading, "Mỹ") == [("2029-12", 1000.0, None), ("2030-01", 2000.0, None), ("2030-01", 3000.0, None)]


def test_rows_that_cannot_be_told_are_refused_with_the_reason(tmp_path: Path) -> None:
    body: list[Row] = [
        [None, "Tổng", 1, 1, 1, 1],
        [None, None, 5],
        ["EU", "Áo", 1, 1, 1, 1],
        [None, "Nguồn: Cục Thống kê"],
        [None, "Mỹ", 1, 1, 1, 1],
        [None, "Mỹ ", 2, 2, 2, 2],
        [None, None, 0, 0],
    ]
    reading = read_sheet(tmp_path, v03(*body))
    assert reasons(reading) == [
        (8, "figures without a label"),
        (9, "two labels in one row"),
        (10, "words without a figure: neither a known heading nor a known note"),
        (12, "the label stands in row 11 already"),
    ]
    assert reading.ignored == ("row 13: no label, 2 zeros",)
    assert figures(reading, "Mỹ")[0] == ("2029-12", 1000.0, None)


# --- the sheets by commodity group -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "table", "flow"), [(EXPORTS_TITLE, "V01X", "export"), (IMPORTS_TITLE, "V01N", "import")]
)
def test_a_sheet_by_group_gives_values_and_quantities(tmp_path: Path, title: str, table: str, flow: str) -> None:
    coffee: Row = ("Cà phê", 5, 1.5, 0, 0, 0, 7.25, None, None)
    reading = read_sheet(tmp_path, groups(TOTAL, coffee, title=title))
    assert (reading.table, reading.edition) == (table, f"{table}, 2030-03:2030-06")
    assert reading.rows["flow"].unique().to_list() == [flow]
    assert figures(reading, product="Cà phê") == [
        ("2030-03", 1500.0, 5.0),
        ("2030-04", 0.0, 0.0),
        ("2030-05", 7250.0, None),
        ("2030-06", None, None),
    ]
    assert reading.rows.filter(pl.col("product_label") == "Cà phê")["unit_label"].to_list() == [
        "Tấn",
        "Tấn",
        None,
        None,
    ]


def test_a_month_is_a_block_with_one_total_row(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, groups(TOTAL, ("Cà phê", 5, 10, 5, 20, 5, 30, 5, 40)))
    assert [value for _, value, _ in figures(reading)] == [10_000.0, 20_000.0, 30_000.0, 40_000.0]
    totals = reading.rows.filter(pl.col("product_label").is_null())
    assert totals["block"].to_list() == [0, 1, 2, 3]
    assert reading.rows.group_by("block").agg(pl.len())["len"].unique().to_list() == [2]


def test_subtotals_and_parts_are_left_out_and_counted(tmp_path: Path) -> None:
    rest: Row = (None, 4, None, 4, None, 4, None, 4)
    labels = ["T/đó: Khu vực có vốn ĐTTTNN", "Kể cả dầu thô", "Xăng dầu các loại", "Xăng", "Dầu DO", "- Dầu khác"]
    reading = read_sheet(tmp_path, groups(TOTAL, *[(label, *rest) for label in labels]))
    assert reading.rows["product_label"].drop_nulls().unique().to_list() == ["Xăng dầu các loại"]
    assert reading.ignored == (
        "2 subtotals across the groups: T/đó: Khu vực có vốn ĐTTTNN; Kể cả dầu thô",
        "3 parts of the group above: Xăng; Dầu DO; - Dầu khác",
    )


def test_a_mark_leads_to_the_unit_in_the_note(tmp_path: Path) -> None:
    cars: Row = ("Ô tô nguyên chiếc các loại (*)", 7, 100, 8, 110, 9, 120, 9, 130)
    reading = read_sheet(tmp_path, groups(TOTAL, cars, [], ["(*) Chiếc"]))
    assert reading.rows.drop_nulls("quantity")["unit_label"].unique().to_list() == ["Chiếc"]
    assert reading.ignored == ("row 9: note (*) Chiếc",)


def test_a_mark_without_a_note_is_refused(tmp_path: Path) -> None:
    reading = read_sheet(tmp_path, groups(TOTAL, ("Ô tô (*)", 7, 100)))
    assert reasons(reading) == [(7, "the label bears (*), and no note under the table gives its unit")]


def test_a_row_that_begins_inside_a_year_holds_the_months_since_january(tmp_path: Path) -> None:
    late: Row = ("Quế và hoa quế", None, None, None, None, 3, 99, 1, 4)
    residual: Row = ("Hàng hoá khác", None, 6, None, 6, None, 1, None, 6)
    reading = read_sheet(tmp_path, groups(TOTAL, late, residual))
    assert figures(reading, product="Quế và hoa quế") == [("2030-06", 4000.0, 1.0)]
    assert [month for month, *_ in figures(reading, product="Hàng hoá khác")] == ["2030-03", "2030-04", "2030-06"]
    assert [(r.row, r.text) for r in reading.refusals] == [
        (7, "Quế và hoa quế, 2030-05, export: 3 | 99"),
        (8, "Hàng hoá khác, 2030-05, export: 1"),
    ]


def test_a_row_that_begins_in_january_is_a_months_trade() -> None:
    slots = [
        Slot(date(2029, 12, 1), "export", 0),
        Slot(date(2030, 1, 1), "export", 1),
        Slot(date(2030, 2, 1), "export", 2),
    ]
    lines = [Line(1, "Tổng số", (1, 1, 1)), Line(2, "Quế và hoa quế", ("", 5, 6))]
    found = read_figures(lines, slots, Title("V01X", "", 1), "p")
    assert [row["value"] for row in found.rows if row["product_label"]] == [5000.0, 6000.0]
    assert found.refusals == ()


def test_the_years_may_stand_twice(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, groups(TOTAL, years=2)).edition == "V01X, 2030-03:2030-06"


# --- headers -----------------------------------------------------------------------------------------------------

TOTAL_OF_PARTNERS: Row = (None, "Tổng", 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (v03(), "0 rows “Tổng” instead of one"),
        (v03(TOTAL_OF_PARTNERS, years=(None, None, 2029)), "in the header 2029-01 follows 2029-12"),
        (
            v03(TOTAL_OF_PARTNERS, months=("Tháng 1", None, "Tháng 01"), years=(None, None, 2030)),
            "2030-01 has the columns",
        ),
        (v03(TOTAL_OF_PARTNERS, years=(None, None, None, None, None)), "no column of the header has a year"),
        (v03(TOTAL_OF_PARTNERS, months=()), "no row of months"),
        ([[V03_TITLE], [None, None, 2030], [None, None, "Tháng 1"]], "no row under the months"),
        ([*v03()[:2], [None, None, 2031], *v03()[2:]], "column C has two years: 2031 and 2029"),
        ([[V03_TITLE.replace("sơ bộ ", "")], *v03(TOTAL_OF_PARTNERS)[1:]], "the title says neither sơ bộ nor"),
    ],
)
def test_a_header_that_cannot_be_told_is_a_broken_layout(tmp_path: Path, rows: list[Row], message: str) -> None:
    with pytest.raises(BrokenLayout, match=message) as caught:
        read_sheet(tmp_path, rows)
    assert str(caught.value).startswith("invented.xlsx, sheet Trang: ")


def test_columns_of_something_else_are_refused_and_the_months_read(tmp_path: Path) -> None:
    rows = v03([None, "Tổng", 1, 2, 3, 4, 5, 6, 7])
    rows[3] = [*rows[3], None, "Cộng dồn"]
    rows[4] = [*rows[4], "Xuất khẩu", "So sánh (%)"]
    reading = read_sheet(tmp_path, rows)
    assert reasons(reading) == [
        (4, "the heading of column G is no month: the columns under it are not read"),
        (5, "the heading of column H is no known measure: the column is not read"),
        (None, "1 cells of column I stand under no heading"),
    ]
    assert [value for _, value, _ in figures(reading, "Tổng")] == [1000.0, 2000.0, 3000.0, 4000.0]


def test_a_quantity_in_another_unit_is_not_taken_for_tonnes(tmp_path: Path) -> None:
    rows = groups(TOTAL)
    rows[3] = [str(cell).replace("Tấn", "Kg") if cell else None for cell in rows[3]]
    with pytest.raises(BrokenLayout, match="2030-03 has the columns value instead of quantity and value"):
        read_sheet(tmp_path, rows)


@given(start=st.integers(0, 11), count=st.integers(1, 40), zero=st.booleans())
def test_months_carry_on_over_years(start: int, count: int, zero: bool) -> None:
    """Whatever the first month and the way months are written, slots run on month by month."""
    months = [(2030 + n // 12, n % 12 + 1) for n in range(start, start + count)]
    years, names = [""] * 2 * count, [""] * 2 * count
    for place, (year, number) in enumerate(months):
        years[2 * place] = str(year) if place == 0 or number == 1 else ""
        names[2 * place] = f"Tháng {number:02d}" if zero else f"Tháng {number}"
    rows = ((V03_TITLE, *[""] * 2 * count), ("", *years), ("", *names), ("", *["Xuất khẩu", "Nhập khẩu"] * count))
    sheet = Sheet("p", rows)
    title = find_title(sheet)
    assert title is not None
    heading = read_heading(sheet, title, "f")
    assert [(slot.month.year, slot.month.month) for slot in heading.slots[::2]] == months
    assert {slot.flow for slot in heading.slots[1::2]} == {"import"}


@given(st.lists(st.one_of(st.floats(-10, 10), st.just(""), st.just("…"), st.integers(0, 9)), min_size=4, max_size=4))
def test_no_cell_is_lost(cells: list[float | str]) -> None:
    """Every cell of a row of figures becomes a figure, a blank or a refusal."""
    rows = tuple(
        tuple("" if cell is None else cell for cell in [*row, *[None] * 6][:6]) for row in v03(TOTAL_OF_PARTNERS)
    )
    sheet = Sheet("p", (*rows, ("", "Mỹ", *cells)))
    title = find_title(sheet)
    assert title is not None
    heading = read_heading(sheet, title, "f")
    body = read_body(sheet, heading, "f")
    found = read_figures(body.lines, heading.slots, title, "p")
    told = sum(row["partner_label"] == "Mỹ" for row in found.rows) + len(found.refusals)
    assert told == 4 or (told == 0 and [refusal.row for refusal in body.refusals] == [8])


@given(st.integers(0, 10**13), st.floats(-3e-9, 3e-9))
def test_a_value_is_exact_to_the_cent(dollars: int, noise: float) -> None:
    """Thousands with three decimals, and a sum's binary noise behind them, are whole dollars."""
    found = read_figures(
        [Line(1, "Mỹ", (dollars / 1000 + noise,))], [Slot(date(2030, 1, 1), "export", 0)], Title("V03", "", 1), "p"
    )
    told = [row["value"] for row in found.rows]
    assert told == [float(dollars)]


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_name(index) for index in (0, 25, 26, 63, 701, 702)] == ["A", "Z", "AA", "BL", "ZZ", "AAA"]


# --- what is and is not this publisher's -------------------------------------------------------------------------


def test_a_workbook_is_known_by_its_title_and_not_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", a=v03(TOTAL_OF_PARTNERS))
    for name in ("no-ending", "holiday.xls", "holiday.pdf"):
        assert recognise(path.rename(path.parent / name)) == "vn_nso"
        path = path.parent / name
    with pytest.raises(UnrecognisedFile):
        recognise(write(tmp_path / "V03-2025-10.xls", a=[["Jan", 1.5]]))


def test_a_workbook_of_something_else_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnrecognisedFile, match=r"no sheet of the workbook bears a title .*: “a”, “b”") as caught:
        read(write(tmp_path / "x.xlsx", a=[["Jan"]], b=[]), "x.xlsx")
    assert "\n" not in str(caught.value)


def test_two_tables_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", a=v03(TOTAL_OF_PARTNERS), b=groups(TOTAL))
    with pytest.raises(BrokenLayout, match="several sheets bear a table's title: “a”, “b”"):
        read(path, "x.xlsx")


def test_other_kinds_of_file_are_turned_down(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "text.docx", "w") as archive:
        archive.writestr("word/document.xml", V03_TITLE)
    (tmp_path / "page.xls").write_text(f"<html>{V03_TITLE}</html>", encoding="utf-8")
    for name in ("text.docx", "page.xls"):
        path = tmp_path / name
        assert not knows(path, path.read_bytes()[:4096])


OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"


@pytest.mark.parametrize("content", [b"", ZIP, ZIP + bytes(5000), OLE, OLE + bytes(5000)])
def test_damaged_files_cost_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.xls"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert str(caught.value).startswith("bad.xls: ")
    assert "\n" not in str(caught.value)
    with pytest.raises(UnreadableFile):
        read_source(path, "vn_nso", "bad.xls")


def test_a_truncated_xlsx_costs_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", a=v03(TOTAL_OF_PARTNERS))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableFile, match=r"a\.xlsx: a damaged archive or \.xlsx"):
        recognise(path)


# --- real files --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(test_data: Path) -> dict[str, Reading]:
    """Table -> the reading of its real file."""
    readings = [read(path, path.name) for path in sorted((test_data / "vietnam-statistics-office").glob("*.xls"))]
    return {reading.table: reading for reading in readings}


def sums(reading: Reading, partner: str, year: int) -> dict[str, float]:
    rows = reading.rows.filter(
        pl.col("partner_label") == partner, pl.col("period_start").dt.year() == year, pl.col("product_label").is_null()
    )
    return {flow: round(value) for flow, value in rows.group_by("flow").agg(pl.col("value").sum()).iter_rows()}


def month(reading: Reading, partner: str, flow: str, start: date) -> float:
    rows = reading.rows.filter(
        pl.col("partner_label") == partner,
        pl.col("flow") == flow,
        pl.col("period_start") == start,
        pl.col("product_label").is_null(),
    )
    return float(rows["value"].item())


def test_the_real_files_are_recognised(test_data: Path) -> None:
    paths = sorted((test_data / "vietnam-statistics-office").glob("*.xls"))
    assert [recognise(path) for path in paths] == ["vn_nso"] * 3


#: Revised months of Viet Nam - Russia, US dollars: month, exports, imports.
RUSSIA = [
    (date(2024, 1, 1), 238_711_980, 196_564_630),
    (date(2024, 3, 1), 160_346_790, 179_164_190),
    (date(2024, 4, 1), 258_182_300, 230_489_780),
    (date(2024, 12, 1), 217_424_260, 217_846_260),
    (date(2025, 6, 1), 203_017_200, 211_688_040),
    (date(2026, 7, 1), 215_160_410, 351_422_170),
]


@pytest.mark.parametrize(("start", "exports", "imports"), RUSSIA)
def test_revised_months_of_russia(real: dict[str, Reading], start: date, exports: int, imports: int) -> None:
    assert month(real["V03"], "Liên Bang Nga", "export", start) == exports
    assert month(real["V03"], "Liên Bang Nga", "import", start) == imports


def test_years_of_russia(real: dict[str, Reading]) -> None:
    assert sums(real["V03"], "Liên Bang Nga", 2024) == {"export": 2_337_104_340, "import": 2_246_830_740}
    assert sums(real["V03"], "Liên Bang Nga", 2025) == {"export": 2_261_578_480, "import": 2_509_070_520}


def test_the_two_totals_of_viet_nam_differ(real: dict[str, Reading]) -> None:
    """V03 adds its listed partners; the sheet by group adds all trade."""
    january = date(2024, 1, 1)
    assert round(month(real["V03"], "Tổng", "export", january) / 1e6, 1) == 33_399.7
    assert round(month(real["V01X"], "(tất cả các nước)", "export", january) / 1e6, 1) == 34_530.8


def test_v03_adds_up_and_the_heading_holds_what_asean_exceeds_its_members_by(real: dict[str, Reading]) -> None:
    lines = real["V03"].rows.filter(pl.col("flow") == "export", pl.col("period_start") == date(2026, 5, 1))
    value = dict(lines.select("partner_label", "value").iter_rows())
    labels = list(value)
    eu, asean, others = labels.index("EU"), labels.index("ASEAN"), labels.index("Vương quốc Anh")
    assert value["EU"] == pytest.approx(sum(value[label] for label in labels[eu + 1 : asean]))
    members = sum(value[label] for label in labels[asean + 1 : others])
    assert value["ASEAN"] - members == pytest.approx(2_119_740)
    assert value["Tổng"] == pytest.approx(value["EU"] + value["ASEAN"] + sum(value[label] for label in labels[others:]))
    (refusal,) = real["V03"].refusals
    assert (refusal.row, refusal.text) == (49, "Một số nước khác, BG 2119.74, BI 842.4, BK 1218.96")


def test_v03_has_every_month_of_every_partner(real: dict[str, Reading]) -> None:
    rows = real["V03"].rows
    assert rows["partner_label"].n_unique() == 71
    assert rows.height == 71 * 31 * 2
    assert rows["value"].null_count() == 0
    assert real["V03"].ignored == ("sheet “Sheet1”: no title of a table",)


def test_zeros_of_v03_stay_zeros(real: dict[str, Reading]) -> None:
    always = real["V03"].rows.group_by("partner_label", "flow").agg(pl.col("value").max()).filter(pl.col("value") == 0)
    assert sorted(always.select("partner_label", "flow").rows()) == [
        ("Bê-la-rút", "export"),
        ("Ca-mơ-run", "export"),
        ("Xênêgan", "import"),
    ]


@pytest.mark.parametrize(
    ("table", "uneven"),
    [("V01X", ["2024-01", "2024-02", "2026-02", "2026-03"]), ("V01N", ["2025-08", "2025-09", "2026-02", "2026-03"])],
)
def test_groups_add_up_to_the_total_but_in_the_months_the_card_names(
    real: dict[str, Reading], table: str, uneven: list[str]
) -> None:
    is_total = pl.col("product_label").is_null()
    months = (
        real[table]
        .rows.group_by("period_start")
        .agg(gap=pl.col("value").filter(is_total).sum() - pl.col("value").filter(~is_total).sum())
    )
    odd = months.filter(pl.col("gap").abs() > 10).sort("period_start")
    assert months.height == 31
    assert [f"{start:%Y-%m}" for start in odd["period_start"]] == uneven


@pytest.mark.parametrize(("table", "groups_printed"), [("V01X", 52), ("V01N", 57)])
def test_every_real_label_is_on_the_card_once_a_month(
    real: dict[str, Reading], table: str, groups_printed: int
) -> None:
    labels = real[table].rows.drop_nulls("product_label").select("product_label", "flow", "period_end")
    assert labels["product_label"].n_unique() == groups_printed
    codes = [(end, card("vn_nso").product(label, flow, end)) for label, flow, end in labels.iter_rows()]
    assert None not in {code for _, code in codes}
    assert len(set(codes)) == len(codes)


def test_every_real_partner_and_unit_is_on_the_card(real: dict[str, Reading]) -> None:
    known = card("vn_nso")
    for reading in real.values():
        assert set(reading.rows["partner_label"]) <= set(known.areas)
        assert set(reading.rows["unit_label"].drop_nulls()) <= set(known.units)


def test_the_card_knows_no_label_that_no_file_prints(real: dict[str, Reading]) -> None:
    printed = {label for reading in real.values() for label in reading.rows["partner_label"]}
    assert set(card("vn_nso").areas) == printed


def test_cells_that_are_no_months_trade_are_refused(real: dict[str, Reading]) -> None:
    refused = {
        table: [(r.row, r.text.split(",")[-2].strip()) for r in real[table].refusals] for table in ("V01X", "V01N")
    }
    assert {text.split(": ")[0] for _, text in refused["V01X"]} == {"2026-02", "2026-03"}
    assert [row for row, _ in refused["V01X"]] == [18, 21, 24, 46, 52, 53, 55, 63, 63]
    assert [row for row, _ in refused["V01N"]] == [10, 15, 70, 78, 78]


def test_motor_vehicles_are_counted_in_pieces(real: dict[str, Reading]) -> None:
    cars = real["V01N"].rows.filter(pl.col("product_label") == "Ô tô nguyên chiếc các loại (*)").row(0, named=True)
    assert (cars["value"], cars["quantity"], cars["unit_label"]) == (145_139_560.0, 6955.0, "Chiếc")


@pytest.mark.parametrize("length", [400, 5_000, 100_000, 221_571, 223_589])
def test_a_truncated_real_file_costs_one_line(test_data: Path, tmp_path: Path, length: int) -> None:
    """The last two lengths make the spreadsheet library panic."""
    whole = (test_data / "vietnam-statistics-office" / "Xuất khẩu-2025-11.xls").read_bytes()
    path = tmp_path / "cut.xls"
    path.write_bytes(whole[:length])
    with pytest.raises(CorridorError) as caught:
        recognise(path)
    assert str(caught.value).startswith("cut.xls: cannot be opened as a workbook: ")
    assert "\n" not in str(caught.value)
