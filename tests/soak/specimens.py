"""Invented files in every publisher's layout, for campaigns against the readers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files

import xlsxwriter

from ..sources.pdf_forms import Form, group, partner, weighed  # noqa: TID252

V03 = "Kim ngạch xuất nhập khẩu phân theo nước, khối nước và vùng lãnh thổ chủ yếu sơ bộ các tháng năm 2030"


def specimens() -> dict[str, bytes]:
    """Name -> bytes: the invented files made here, and those in the folders ``specimen`` of the sources."""
    return {"customs.pdf": customs(), "nso.xlsx": workbook(), **dict(_in_the_package())}


def customs() -> bytes:
    lines = [
        partner("NGA", "300", "700"),
        weighed("Cà phê", "20", "100", "60", "300"),
        group("Hàng hóa khác", "200", "400"),
    ]
    return Form([lines]).bytes()


def workbook(*, label: str = "Nga") -> bytes:
    rows = [
        [V03],
        [],
        [None, None, 2029, None, 2030],
        ["Khối nước, nước", None, "Tháng 12", None, "Tháng 01"],
        [None, None, *["Xuất khẩu", "Nhập khẩu"] * 2],
        [],
        [None, "Tổng", 15.0, 25.0, 35.0, 45.0],
        [None, label, 1.5, 2.5, 3.5, 4.5],
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("V03")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return buffer.getvalue()


def _in_the_package() -> Iterator[tuple[str, bytes]]:
    for source in files("corridor.sources").iterdir():
        folder = source.joinpath("specimen")
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.is_file():
                    yield f"{source.name}-{entry.name}", entry.read_bytes()
