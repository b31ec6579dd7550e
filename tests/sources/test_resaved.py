"""Publishers' tables as other programs save them: other letters, signs, files; each says what the original says."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnrecognisedFile
from corridor.ingest import AddReport
from corridor.sources import alphabet, signs
from corridor.store import Store

HEADING = [
    "Nomenclature", "ReporterISO3", "ProductCode", "ReporterName", "PartnerISO3", "PartnerName", "Year",
    "TradeFlowName", "TradeFlowCode", "TradeValue in 1000 USD",
]  # fmt: skip
ROWS = [
    ["H3", "CIV", "090111", "Côte d'Ivoire", "VNM", " Vietnam", "2011", "Export", "6", "24232.855"],
    ["H3", "CIV", "270900", "Côte d'Ivoire", "VNM", " Vietnam", "2011", "Export", "6", "1234567.5"],
    ["H3", "VNM", "090111", "Вьетнам", "CIV", " Кот-д'Ивуар", "2011", "Gross Imp.", "5", "27.82"],
]
SUMS = {"export": 1_258_800_355.0, "import": 27_820.0}
NOTE = "Source: World Bank"


def text(separator: str = ",", *, number: Callable[[str], str] = str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator="\n")
    writer.writerow(HEADING)
    writer.writerows([*row[:-1], number(row[-1])] for row in ROWS)
    return buffer.getvalue()


def commas(cell: str) -> str:
    return cell.replace(".", ",")


def grouped(between: str) -> Callable[[str], str]:
    return lambda cell: f"{float(cell):,.3f}".replace(",", "_").replace(".", ",").replace("_", between)


def workbook(*sheets: list[list[str]], numbers: bool = True) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": numbers}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def archive(name: str, body: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr(name, body)
    return buffer.getvalue()


def added(folder: Path, body: bytes | str, name: str = "table.csv") -> tuple[Store, AddReport]:
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    store = Store(folder / "store")
    return store, ingest.add(store, [path], today=date(2026, 3, 1), workers=1)


def sums(store: Store) -> dict[str, float]:
    flows = store.current("flows").collect()
    assert flows.height == len(ROWS)
    assert set(flows["product"]) == {"090111", "270900"}
    return dict(flows.group_by("flow").agg(pl.col("value_usd").sum()).iter_rows())


RESAVED: dict[str, bytes | str] = {
    "utf-16 with a mark": text().encode("utf-16"),
    "utf-16, the other end first": b"\xfe\xff" + text().encode("utf-16-be"),
    "utf-16 without a mark": text().encode("utf-16-le"),
    "what a spreadsheet calls Unicode text": text("\t", number=commas).replace("\n", "\r\n").encode("utf-16"),
    "the Latin alphabet": text().encode("cp1252", "replace"),
    "a Cyrillic alphabet": text().replace("ô", "о").encode("cp1251"),
    "the older Cyrillic alphabet": text().replace("ô", "о").encode("cp866"),
    "bare carriage returns": text().replace("\n", "\r"),
    "a line for the spreadsheet": "sep=;\n" + text(";"),
    "semicolons and decimal commas": text(";", number=commas),
    "tabs and decimal commas": text("\t", number=commas),
    "decimal commas in quotes": text(number=commas),
    "blanks between thousands": text(";", number=grouped(" ")),
    "narrow blanks between thousands": text(";", number=grouped("\u202f")),
    "points between thousands": text(";", number=grouped(".")),
    "bars": text("|"),
    "everything in quotes": text(quoting=csv.QUOTE_ALL),
    "a column that counts the rows": "".join(
        f'"{number or ""}",{line}\n' for number, line in enumerate(text().splitlines())
    ),
    "blanks around cells": text().replace(",", " , ").replace("Côte d'Ivoire", '"Côte d\'Ivoire"'),
    "capitals": text().replace(",".join(HEADING), ",".join(HEADING).upper()),
    "names as R likes them": text().replace(",".join(HEADING), ",".join(HEADING).lower().replace(" ", "_")),
    "gzip": gzip.compress(text().encode("utf-16")),
    "bzip2": bz2.compress(text().encode()),
    "xz": lzma.compress(text().encode()),
    "a workbook": workbook([HEADING, *ROWS]),
    "a workbook of words": workbook([HEADING, *ROWS], numbers=False),
    "a workbook with an empty sheet": workbook([["notes"]], [HEADING, *ROWS]),
}


@pytest.mark.parametrize("how", RESAVED)
def test_the_figures_stay_what_they_were(tmp_path: Path, how: str) -> None:
    store, report = added(tmp_path, RESAVED[how])
    assert [each.message for each in report.of("refused")] == []
    assert sums(store) == SUMS
    assert report.not_understood == 0


def test_an_archive_of_a_packed_table(tmp_path: Path) -> None:
    store, _ = added(tmp_path, archive("folder/table.csv.gz", gzip.compress(text().encode("utf-16"))), "all.ZIP")
    assert sums(store) == SUMS


@pytest.mark.parametrize(
    "body", [f"Downloaded today\n\n{text()}\n{NOTE}\nn.e.s.\n", f"Downloaded today{',' * 9}\n{text()}"]
)
def test_lines_above_and_below_are_told(tmp_path: Path, body: str) -> None:
    store, report = added(tmp_path, body)
    assert sums(store) == SUMS
    aside = store.scan("not_understood").select("text", "reason").collect().rows()
    assert ("Downloaded today", "a line above the table") in aside
    assert len(aside) == report.not_understood == 1 + 2 * (NOTE in body)


def test_a_row_of_the_table_is_never_taken_for_a_note(tmp_path: Path) -> None:
    """A row with few filled cells in the middle is the reader's to judge."""
    short = ",".join(["H3", *[""] * (len(HEADING) - 1)])
    lines = text(";").replace(";", ",").splitlines()
    store, report = added(tmp_path, "\n".join(["Downloaded today", *lines[:2], short, *lines[2:]]))
    reasons = store.scan("not_understood").collect()["reason"].to_list()
    assert report.not_understood == 2
    assert sorted(reasons)[0] == "a line above the table"
    assert not any("below" in reason for reason in reasons)


def test_a_last_row_with_few_figures_is_one_of_the_table(tmp_path: Path) -> None:
    years = [str(year) for year in range(2000, 2012)]
    heading = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", *years]
    rows = [
        ["Viet Nam", "VNM", "GDP", "NY.GDP.MKTP.CD", *(f"{year},5" for year in years)],
        ["Russia", "RUS", "GDP", "NY.GDP.MKTP.CD", *[""] * 11, "7,5"],
    ]
    body = "".join(";".join(row) + "\n" for row in [heading, *rows]).encode("utf-16")
    store, report = added(tmp_path, body)
    assert report.not_understood == 0
    values = store.scan("indicators_of_areas").collect()
    assert values.filter(pl.col("area") == "RUS")["indicator_value"].to_list() == [7.5]
    assert values.height == 13


def test_a_figure_in_a_workbook_leads_to_its_sheet_and_row(tmp_path: Path) -> None:
    store, _ = added(tmp_path, workbook([HEADING, *ROWS]), "table.xlsx")
    flows = store.current("flows").filter(pl.col("product") == "270900").collect()
    trace = store.trace(flows["trace_id"][0])
    assert (trace.page, trace.row) == ("Sheet1", "2")


def test_several_sheets_of_one_kind_are_not_taken_for_one(tmp_path: Path) -> None:
    _, report = added(tmp_path, workbook([HEADING, ROWS[0]], [HEADING, *ROWS[1:]]), "table.xlsx")
    (refused,) = report.of("refused")
    assert "2 sheets hold a table each: “Sheet1” and “Sheet2”; save each sheet as a file of its own" in refused.message


@pytest.mark.parametrize("cell", ["27,820", "27.820"])
def test_a_number_that_may_be_two_refuses_the_file(tmp_path: Path, cell: str) -> None:
    """Thousands or decimals: with semicolons between cells a comma and a point can be either."""
    line = ";".join([*ROWS[0][:-1], cell])
    _, report = added(tmp_path, f"{';'.join(HEADING)}\n{line}\n")
    (refused,) = report.of("refused")
    assert "nothing tells whether" in refused.message
    assert "save it with a point for the decimal sign" in refused.message


def test_signs_that_contradict_one_another_change_no_number(tmp_path: Path) -> None:
    body = text(";", number=commas).replace("24232,855", "24232.855")
    store, report = added(tmp_path, body)
    assert report.not_understood == 2
    assert set(store.scan("not_understood").collect()["reason"]) == {"the value is no number"}
    assert store.current("flows").collect()["value_usd"].to_list() == [24_232_855.0]


@pytest.mark.parametrize(
    ("columns", "separator", "sign"),
    [
        ([["2,5", "1,234"]], ",", ","),
        ([["1,234", "12345"]], ";", ","),
        ([["1,234"], ["2.5"]], ";", "."),
        ([["1,234", "12345"]], ",", ","),
        ([["1,234", "7"]], ",", "."),
        ([["1.234", "12345"]], ";", "."),
        ([["1.234.567"]], ";", ","),
        ([["1,234,567"]], ";", "."),
        ([["1 234"], ["5"]], ";", "."),
        ([["0,125"], ["1.234"]], ";", ","),
        ([["2,5"], ["words", "1.5"]], ";", ","),
        ([["2,5"], ["1.5"]], ";", ""),
        ([["NA", "..", ""]], ";", "."),
    ],
)
def test_the_sign_of_a_table(columns: list[list[str]], separator: str, sign: str) -> None:
    assert signs.decimal(map(signs.column, columns), separator, "table") == sign


@pytest.mark.parametrize(
    ("cell", "sign", "meant"),
    [("1,234", ".", 1234.0), ("1,234", ",", 1.234), ("2,5", ".", 2.5), (".5", ".", 0.5), ("-1.5e3", ".", -1500.0)],
)
def test_a_number_by_itself(cell: str, sign: str, meant: float) -> None:
    assert signs.number(cell, sign) == meant


@pytest.mark.parametrize("cell", ["", "a", "1 2", "1,23,456", "24 260,675.5", "0101", "1e999", "²1"])
def test_no_number_by_itself(cell: str) -> None:
    assert signs.number(cell) is None


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("страна;товар\n".encode("cp1251"), "cp1251"),
        ("СТРАНА;ТОВАР\n".encode("cp1251"), "cp1251"),
        ("страна;товар\n".encode("cp866"), "cp866"),
        ("СТРАНА;ТОВАР\n".encode("cp866"), "cp866"),
        ("Côte;São\n".encode("cp1252"), "cp1252"),
        (b"\x00\x01\x02\x00\xff", ""),
    ],
)
def test_letters_told_by_their_bytes(tmp_path: Path, body: bytes, encoding: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(body)
    assert alphabet.of_file(path) == encoding


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Invalid Captcha\n", "it says only “Invalid Captcha”"),
        (gzip.compress(b"<html><body>Invalid Captcha</body></html>", mtime=0), "is a page of the web"),
        (
            json.dumps({"errors": {"reporterCode": ["bad"]}}).encode(),
            "it begins .*reporterCode",
        ),
        (b"[]", "it begins "),
        ("a;b\n1;2\n".encode("utf-16"), "no reader recognises this file"),
    ],
)
def test_what_nobody_knows_says_what_it_is(tmp_path: Path, body: bytes, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(body)
    with pytest.raises(UnrecognisedFile, match=words):
        sources.recognise(path)


def test_what_is_wrong_with_a_table_is_told_as_it_lies(tmp_path: Path) -> None:
    """Written anew it would be wrong in another way: the first line is the one that helps."""
    path = tmp_path / "table.csv"
    path.write_text(text().replace("H3,VNM", "H4,VNM"), "utf-8")
    with pytest.raises(BrokenLayout, match="has one nomenclature, this one has: H3, H4"):
        sources.read(path, "wits", path.name)
