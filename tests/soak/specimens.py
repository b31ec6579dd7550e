"""Invented files in every publisher's layout, for campaigns against the readers."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import xlsxwriter

from corridor.sources.own_regions.read import COLUMNS, SHEET

from ..sources import goods_forms  # noqa: TID252
from ..sources.pdf_forms import Form, group, partner, weighed  # noqa: TID252
from ..sources.synthetic_fcs import as_dbf, planted  # noqa: TID252

V03 = "Kim ngạch xuất nhập khẩu phân theo nước, khối nước và vùng lãnh thổ chủ yếu sơ bộ các tháng năm 2030"

Rows = Sequence[Sequence[str | float | None]]


def specimens() -> dict[str, bytes]:
    """Name -> bytes: the invented files made here, those beside it, and those in the folders ``specimen``."""
    return {**_made(), **_beside(), **dict(_in_the_package())}


def _made() -> dict[str, bytes]:
    return {
        "customs.pdf": customs(),
        "customs-goods.pdf": goods(),
        "customs-goods-half.pdf": goods_of_half_a_month(),
        "customs-goods.xlsx": book({"2X": GOODS}),
        "fns_tnved.txt": TNVED.encode("cp866"),
        "nso.xlsx": workbook(),
        "own_regions.xlsx": book({SHEET: REGIONS}),
        "ru_fcs.dbf": as_dbf(planted().rows[::9]),
        "kenyas-exports-to-malaysia-by-product.xlsx": book({"Sheet1": FLOWS}),
        "un_concordances.xlsx": book({"Conversion": CONVERSION, "Correlation": CORRELATION}),
        "vn_tariff.xlsx": book({"BT2026": [["invented"], *[[]] * 6, DUTIES]}),
        # CEPII's own name says that a file is a whole year, and of which revision.
        "BACI_HS17_Y2020_V202201.csv": _beside()["baci.csv"],
        "un_comtrade-bulk.txt.gz": gzip.compress(_beside()["un_comtrade-bulk.txt"], mtime=0),
    }


def customs() -> bytes:
    lines = [
        partner("NGA", "300", "700"),
        weighed("Cà phê", "20", "100", "60", "300"),
        group("Hàng hóa khác", "200", "400"),
    ]
    return Form([lines]).bytes()


def goods() -> bytes:
    rows = [
        goods_forms.row("", "TỔNG TRỊ GIÁ", "USD", "", "900", "", "1,5", "", "1.700", "", "10,2"),
        goods_forms.row(1, "Hàng thủy sản", "USD", "", "100", "", "-5", "", "300", "", "3"),
        goods_forms.row(2, "Cà phê", "Tấn", "150", "800", "1,2", "3,4", "300", "1.400", "5", "6"),
    ]
    return goods_forms.GoodsForm([rows]).bytes()


def goods_of_half_a_month() -> bytes:
    rows = [
        goods_forms.row("", "TỔNG TRỊ GIÁ", "USD", "", "900", "", "1.700"),
        goods_forms.row(1, "Cà phê", "Tấn", "150", "800", "300", "1.400"),
    ]
    title, period = "NHẬP KHẨU HÀNG HÓA THEO KỲ", "Kỳ 1 tháng 2 năm 2024"
    return goods_forms.GoodsForm([rows], "016.K", title, period, changes=False).bytes()


TNVED = """020|20220811|0000|\r
01|01|ЛОШАДИ|01.01.2002|31.12.2006|\r
01|02|СКОТ КРУПНЫЙ|01.01.2022||\r
01|03|СВИНЬИ|01.01.2022||\r
"""

GOODS: Rows = [
    ["TỔNG CỤC HẢI QUAN", *[None] * 9, "Biểu số 015.T/BCB-TC"],
    ["XUẤT KHẨU HÀNG HÓA THEO THÁNG"],
    ["Tháng 2 năm 2026", "Sơ bộ"],
    [],
    ["STT", "Nhóm/Mặt hàng chủ yếu", "ĐVT", "Số trong tháng", None, "So với tháng trước (%)", None, "Cộng dồn"],
    [None, None, None, *["Lượng", "Trị giá (USD)", "Lượng", "Trị giá"] * 2],
    [None, "TỔNG TRỊ GIÁ", "USD", None, 35_900_000_000, None, "1,5", None, "70.000.000.000", None, "10,2"],
    ["1", "Hàng thủy sản", "USD", None, "650.123.456", None, "-5", None, "1.300.000.000", None, "3"],
    [2, "Cà phê", "Tấn", 150_000.5, 800, "1,2", "3,4", "300.000,5", 1_600, "5", "6"],
    [None, "Ngày in: 04/03/2026"],
]

REGIONS: Rows = [
    COLUMNS,
    ["RU-VLG", "export", "3102", "VNM", "2024", 1.5, "USD", "million", "Vologda customs, letter of 3 March"],
    ["Москва", "import", "TOTAL", "VNM", "2024-03", "2,5", "USD", None, "an invented letter"],
]

FLOWS: Rows = [
    ["reporterCd", "reporterLabel", "partnerCd", "partnerLabel", "productCd", "productLabel", "2021 (USD Thousand)"],
    ["404", "Kenya", "458", "Malaysia", "0901", "Coffee", 2],
    ["404", "Kenya", "458", "Malaysia", "0902", "Tea", 12.5],
]

CONVERSION: Rows = [["From HS 2022", "To HS 2017"], ["010121", "010129"], ["010129", 10129]]
CORRELATION: Rows = [
    ["Between"],
    ["HS 2022", "HS 2017", "Relationship"],
    ["010121", "010129", "n:1"],
    ["010121", "010130", "'1 to n"],
    ["010129", "n/a", "n/a"],
]

#: A line of the schedule by its columns, from 1.
_DUTIES = {6: "0101.29.00", 7: "Loại khác", 8: "Other", 10: "unit", 11: "7.5", 14: "5", 15: "26/2023/NĐ-CP",
           17: "5/8/10", 47: "0", 48: "113/2022/NĐ-CP", 49: "30/12/2022", 76: "2,5", 80: "129/2022/NĐ-CP",
           81: "30/12/2022", 88: "10 (0% từ 09/3-30/4 theo NĐ72)"}  # fmt: skip
DUTIES = [_DUTIES.get(column) for column in range(1, 89)]


def workbook(*, label: str = "Nga") -> bytes:
    rows: Rows = [
        [V03],
        [],
        [None, None, 2029, None, 2030],
        ["Khối nước, nước", None, "Tháng 12", None, "Tháng 01"],
        [None, None, *["Xuất khẩu", "Nhập khẩu"] * 2],
        [],
        [None, "Tổng", 15.0, 25.0, 35.0, 45.0],
        [None, label, 1.5, 2.5, 3.5, 4.5],
    ]
    return book({"V03": rows})


def book(sheets: dict[str, Rows]) -> bytes:
    """A workbook of these sheets; words stay words."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return buffer.getvalue()


def _beside() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(__file__).with_name("layouts").iterdir())}


def _in_the_package() -> Iterator[tuple[str, bytes]]:
    for source in sorted(files("corridor.sources").iterdir(), key=lambda each: each.name):
        folder = source.joinpath("specimen")
        if folder.is_dir():
            for entry in sorted(folder.iterdir(), key=lambda each: each.name):
                if entry.is_file():
                    yield f"{source.name}-{entry.name}", entry.read_bytes()
