"""The sheet of a region's own figures: written, filled in, added, and refused row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from corridor import ingest, made_template, sources
from corridor.errors import BrokenLayout, NothingFound, UsageError
from corridor.sources.own_regions.read import COLUMNS, SHEET
from corridor.store import Store
from corridor.workspace import Workspace, today

GOOD = ("RU-VLG", "export", "3102", "VNM", "2024", 1.5, "million", "USD", "Vologda customs, letter of 3 March")
ROW = dict(
    zip(("region", "flow", "product", "partner", "period", "value", "unit", "currency", "source"), GOOD, strict=True)
)


def filled(path: Path, *rows: dict[str, object], header: tuple[str, ...] = COLUMNS) -> Path:
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row[name] for name in COLUMNS])
    return path


def test_the_sheet_is_empty_and_lists_the_regions(tmp_path: Path) -> None:
    path = made_template.write("region", tmp_path / "sheet.xlsx", "VNM")
    book = CalamineWorkbook.from_path(str(path))
    assert tuple(book.get_sheet_by_name(SHEET).to_python()[0]) == COLUMNS
    assert ["VN-SG", "Ho Chi Minh City"] in [row[:2] for row in book.get_sheet_by_name("codes").to_python()]
    assert sources.recognise(path) == "own_regions"
    with pytest.raises(BrokenLayout, match="no row"):
        sources.read(path, "own_regions", "sheet.xlsx")


def test_a_filled_sheet_is_never_written_over(tmp_path: Path) -> None:
    path = made_template.write("region", tmp_path / "sheet.xlsx")
    with pytest.raises(UsageError, match="already"):
        made_template.write("region", path)
    with pytest.raises(UsageError, match="no template"):
        made_template.write("country", tmp_path / "other.xlsx")
    with pytest.raises(NothingFound, match="no regions"):
        made_template.write("region", tmp_path / "other.xlsx", "EAEU")


def test_a_filled_sheet_is_added_and_traced(tmp_path: Path) -> None:
    path = filled(
        tmp_path / "filled.xlsx", ROW, {**ROW, "region": "Москва", "product": "TOTAL", "value": "2,5", "unit": ""}
    )
    store = Store(tmp_path / "store")
    report = ingest.add(store, [path], today=today(), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    rows = store.current("flows").sort("reporter").collect()
    assert rows.select("reporter", "product", "value_usd", "classification").rows() == [
        ("RU-MOW", "TOTAL", 2.5, "TOTAL"), ("RU-VLG", "3102", 1_500_000.0, "HS"),
    ]  # fmt: skip
    assert "own_figure" in rows["caveats"][0]
    trace = store.trace(rows["trace_id"][1])
    assert (trace.row, trace.page) == ("2", SHEET)
    assert "letter of 3 March" in trace.edition
    made = Workspace(tmp_path / "store").region("RU-VLG", "VNM")
    assert made.tables["summary"]["value_usd"].to_list() == [1_500_000.0]
    assert "letter of 3 March" in made.text("en")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"region": "RUS"}, "no region"),
        ({"region": "Nowhere"}, "Nowhere"),
        ({"product": 303}, "no HS code"),
        ({"value": "much"}, "no value"),
        ({"value": -1}, "no value of trade"),
        ({"currency": "roubles"}, "no code of three letters"),
        ({"unit": "billion"}, "unit"),
        ({"flow": "sale"}, "flow"),
        ({"source": ""}, "no source"),
        ({"period": "yesterday"}, "yesterday"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(tmp_path: Path, cells: dict[str, object], why: str) -> None:
    path = filled(tmp_path / "filled.xlsx", ROW, {**ROW, **cells})
    reading = sources.read(path, "own_regions", path.name)
    assert reading.rows.height == 1
    assert [(each.row, why in each.reason) for each in reading.refusals] == [(3, True)]


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "filled.xlsx", ROW, header=("a", *COLUMNS[1:]))
    with pytest.raises(BrokenLayout, match="row 1"):
        sources.read(path, "own_regions", path.name)
