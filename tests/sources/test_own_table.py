"""A user's own table: added by its map, refused in a line where the map is wrong, kept so that it can be read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from typer.testing import CliRunner

from corridor.cli import app
from corridor.errors import UsageError
from corridor.sources.own_table.guess import guess
from corridor.sources.own_table.mapping import parse
from corridor.workspace import Workspace

TABLE = """Страна;Направление;Код ТН ВЭД;Год;Стоимость, тыс. долл.
Вьетнам;Экспорт;1001190000;2024;1 234,5
Китай;ИМ;0901;2024;7
Нигде;ИМ;0901;2024;7
"""
MAP = """
title: "Invented"
columns: {partner: "Страна", flow: "Направление", product: "Код ТН ВЭД", period: "Год", value: "Стоимость, тыс. долл."}
constants: {reporter: "RU-VGG"}
classification: "TNVED"
scale: 1000
decimal: ","
separator: ";"
encoding: "cp1251"
"""


def files(folder: Path, text: str = MAP) -> tuple[Path, Path]:
    (folder / "mine.csv").write_bytes(TABLE.encode("cp1251"))
    (folder / "map.yml").write_text(text, "utf-8")
    return folder / "mine.csv", folder / "map.yml"


def test_a_table_by_its_map(tmp_path: Path) -> None:
    table, map_file = files(tmp_path)
    ws = Workspace(tmp_path / "store")
    report = ws.add_own(table, map_file)
    assert [each.status for each in report.outcomes] == ["added"]
    for _again in range(2):
        rows = ws.store.current("flows").collect()
        assert set(rows.select("reporter", "partner", "flow", "product", "value_usd", "period_end").rows()) == {
            ("RU-VGG", "VNM", "export", "1001190000", 1_234_500.0, date(2024, 12, 31)),
            ("RU-VGG", "CHN", "import", "0901", 7000.0, date(2024, 12, 31)),
        }
        aside = ws.store.scan("not_understood").collect()
        assert aside["reason"].to_list() == ["no area has the publisher's code “Нигде” in 2024"]
        ws.rebuild()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("scale", "skale"), "map.yml, skale: Extra inputs are not permitted"),
        (('constants: {reporter: "RU-VGG"}', ""), "reporter must stand once"),
        (('"TNVED"', '"NONE"'), "classification is one of"),
        (("title:", "title"), "no sound YAML"),
    ],
)
def test_a_wrong_map_is_one_line(change: tuple[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words) as said:
        parse(MAP.replace(*change), "map.yml")
    assert "\n" not in said.value.line()


def test_a_heading_that_is_not_there(tmp_path: Path) -> None:
    table, map_file = files(tmp_path, MAP.replace("Страна", "Land"))
    (outcome,) = Workspace(tmp_path / "store").add_own(table, map_file).outcomes
    assert outcome.status == "refused"
    assert outcome.message.startswith(str(table))
    assert "no column is called Land" in outcome.message


def test_the_map_proposed_fits_the_table(tmp_path: Path) -> None:
    table, map_file = files(tmp_path)
    said = Workspace(tmp_path / "store").guess_map(table)
    found = yaml.safe_load(said)
    assert found["columns"] == yaml.safe_load(MAP)["columns"]
    assert (found["scale"], found["decimal"], found["separator"], found["encoding"]) == (1000.0, ",", ";", "cp1251")
    map_file.write_text(said, "utf-8")
    report = Workspace(tmp_path / "store").add_own(table, map_file)
    assert [each.status for each in report.outcomes] == ["added"]


def test_at_the_terminal(tmp_path: Path) -> None:
    table, map_file = files(tmp_path)
    run = CliRunner().invoke(app, ["add", str(table), "--guess"])
    assert (run.exit_code, "columns:" in run.output) == (0, True)
    run = CliRunner().invoke(app, ["add", str(table), "--map", str(map_file), "--data", str(tmp_path / "store")])
    assert (run.exit_code, "1 added" in run.output) == (0, True)


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Страна отчета;Страна-партнёр;Стоимость", {"reporter": "Страна отчета", "partner": "Страна-партнёр"}),
        ("Nước;Đối tác;Trị giá", {"reporter": "Nước", "partner": "Đối tác"}),
        ("Reporting country;Country;Value", {"reporter": "Reporting country", "partner": "Country"}),
        ("Exporter;Importer;Months;HS6;Unit value;Value", {"reporter": "Exporter", "partner": "Importer"}),
        ("Importer;Partner;Value", {"reporter": "Importer", "partner": "Partner"}),
        ("Country;Value", {"partner": "Country"}),
    ],
)
def test_the_reporter_proposed_is_not_the_partner(tmp_path: Path, heading: str, columns: dict[str, str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(heading + "\n", "utf-8")
    said = yaml.safe_load(guess(path))["columns"]
    assert columns.items() <= said.items()
    assert said["value"] in ("Стоимость", "Trị giá", "Value")
    if "HS6" in heading:
        assert (said["product"], said["period"]) == ("HS6", "Months")


@pytest.mark.parametrize(
    ("separator", "cells", "decimal"),
    [
        (",", ('"1,234"', "7"), "."), (",", ('"2,5"', "7"), ","), (";", ("1234,567", "7"), ","),
        (";", ("1.234,5", "7"), ","), (";", ("1,234.5", "7"), "."), (",", ("2.5", "7"), "."),
    ],
)  # fmt: skip
def test_the_decimal_sign_proposed(tmp_path: Path, separator: str, cells: tuple[str, ...], decimal: str) -> None:
    """A comma before three digits stands between thousands where commas divide the cells, and may be either else."""
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([f"Partner{separator}Value", *(f"China{separator}{cell}" for cell in cells)]), "utf-8")
    assert yaml.safe_load(guess(path))["decimal"] == decimal


@pytest.mark.parametrize(
    ("period", "value", "decimal", "end", "dollars"),
    [
        ("01/2024", "1.234,5", ",", date(2024, 1, 31), 1234.5),
        ("01.2024", "1 234,5", ",", date(2024, 1, 31), 1234.5),
        ("202402", '"1,234.5"', ".", date(2024, 2, 29), 1234.5),
        ("2024Q2", "7", ".", date(2024, 6, 30), 7.0),
        ("2024/03", "7", ".", date(2024, 3, 31), 7.0),
    ],
)
def test_months_and_numbers_as_people_write_them(
    tmp_path: Path, period: str, value: str, decimal: str, end: date, dollars: float
) -> None:
    table, map_file = tmp_path / "mine.csv", tmp_path / "map.yml"
    table.write_text(f"partner;code;period;value\nViệt Nam;90111;{period};{value}\n", "utf-8")
    columns = {"partner": "partner", "product": "code", "period": "period", "value": "value"}
    said = {"title": "m", "columns": columns, "constants": {"reporter": "Nga", "flow": "export"}}
    map_file.write_text(yaml.safe_dump({**said, "separator": ";", "decimal": decimal}), "utf-8")
    ws = Workspace(tmp_path / "store")
    ws.add_own(table, map_file)
    rows = ws.store.current("flows").collect()
    assert rows.select("reporter", "partner", "product", "value_usd", "period_end").rows() == [
        ("RUS", "VNM", "090111", dollars, end)
    ]


def test_a_number_in_the_other_notation_is_set_aside_and_not_ten_times_as_much(tmp_path: Path) -> None:
    table, map_file = files(tmp_path, MAP.replace('decimal: ","', 'decimal: "."'))
    ws = Workspace(tmp_path / "store")
    ws.add_own(table, map_file)
    assert ws.store.current("flows").collect()["value_usd"].to_list() == [7000.0]
    assert "the value is no number" in ws.store.scan("not_understood").collect()["reason"].to_list()


@pytest.mark.parametrize("above", [0, 2])
def test_a_workbook_by_a_map_that_is_proposed_for_it(tmp_path: Path, above: int) -> None:
    path = tmp_path / "mine.xlsx"
    rows = [line.split(";") for line in TABLE.splitlines()[:3]]
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Заметки").write(0, 0, "moje")
        sheet = book.add_worksheet("Лист")
        if above:
            sheet.write(0, 0, "Торговля")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                value = cell.replace(" ", "").replace(",", ".") if number and column == 4 else cell
                sheet.write(number + above, column, float(value) if number and column == 4 else value)
    proposed = tmp_path / "map.yml"
    proposed.write_text(guess(path).replace("reporter: RUS", "reporter: RUS"), "utf-8")
    ws = Workspace(tmp_path / "store")
    assert [each.status for each in ws.add_own(path, proposed).outcomes] == ["added"]
    said = ws.store.current("flows").select("partner", "flow", "product", "value_usd").collect().rows()
    assert set(said) == {("VNM", "export", "1001190000", 1_234_500.0), ("CHN", "import", "0901", 7000.0)}


def test_a_workbook_without_the_columns_of_the_map(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["a", "b"])
    map_file = tmp_path / "map.yml"
    map_file.write_text(MAP, "utf-8")
    (refused,) = Workspace(tmp_path / "store").add_own(path, map_file).outcomes
    assert "no sheet has the columns" in refused.message
    assert "correct the names in the map" in refused.message


@pytest.mark.parametrize("encoding", ["utf-16", "cp866", "cp1251"])
def test_a_map_is_proposed_for_text_in_any_letters(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(TABLE.encode(encoding))
    map_file = tmp_path / "map.yml"
    map_file.write_text(guess(path), "utf-8")
    ws = Workspace(tmp_path / "store")
    ws.add_own(path, map_file)
    assert ws.store.current("flows").collect()["value_usd"].sum() == 1_241_500.0
