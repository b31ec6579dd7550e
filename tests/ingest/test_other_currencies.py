"""Values in another currency: converted by the rates held before, and refused with the rates they need."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from corridor.ingest import AddReport, add
from corridor.workspace import Workspace

RATES = """currency,period,exchange_rate,rate_basis,source
RUB,2024,0.0108,average,Bank of Russia
RUB,2025-01,0.0100,average,Bank of Russia
"""
TABLE = """partner,product,period,value,currency
VNM,0901,2024,1000,RUB
VNM,0902,2025-01,500,RUB
VNM,0903,2025-01,7,USD
"""
MAP = """
title: "Invented"
columns: {partner: partner, product: product, period: period, value: value, currency: currency}
constants: {reporter: "RUS", flow: "export"}
scale: 1000
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "store")


def rates(ws: Workspace, write, text: str = RATES, name: str = "rates.csv") -> None:
    report = ws.add([write(name, text)])
    assert not report.of("refused"), report


def own(ws: Workspace, write, table: str = TABLE, text: str = MAP) -> AddReport:
    return ws.add_own(write("mine.csv", table), write("map.yml", text))


def converted(ws: Workspace) -> list[tuple[object, ...]]:
    columns = ("product", "value", "currency", "value_usd", "rate_source", "caveats")
    return sorted(ws.store.current("flows").select(columns).collect().rows())


EXPECTED = [
    (
        "0901", 1_000_000.0, "RUB", 10_800.0, "2024 0.0108 USD a RUB (average; Bank of Russia, rates.csv)",
        "hs_revision_not_stated converted_currency published_is_added",
    ),
    (
        "0902", 500_000.0, "RUB", 5_000.0, "2025-01 0.01 USD a RUB (average; Bank of Russia, rates.csv)",
        "hs_revision_not_stated converted_currency published_is_added",
    ),
    ("0903", 7_000.0, "USD", 7_000.0, None, "hs_revision_not_stated published_is_added"),
]  # fmt: skip


def test_a_table_of_several_currencies(ws: Workspace, write) -> None:
    rates(ws, write)
    assert own(ws, write).not_understood == 0
    assert converted(ws) == EXPECTED
    ws.rebuild()
    assert converted(ws) == EXPECTED


def test_a_later_rate_changes_nothing_that_is_held(ws: Workspace, write) -> None:
    rates(ws, write)
    own(ws, write)
    rates(ws, write, RATES.replace("0.0100", "0.0200"), "newer.csv")
    assert ws.rebuild().replaced
    assert converted(ws) == EXPECTED


def test_without_a_rate_one_line_says_which_to_add(ws: Workspace, write) -> None:
    (outcome,) = own(ws, write).outcomes
    assert outcome.status == "refused"
    assert "mine.csv: no rate to US dollars is held for RUB of 2024, RUB of 2025-01; add a file of rates first" in (
        outcome.message
    )
    assert "RUB,2024,(US dollars for one),average,(who printed it)" in outcome.message
    assert "\n" not in outcome.message
    rates(ws, write)
    assert own(ws, write).of("added"), "nothing of the refused file is in the way"


def test_one_currency_said_once(ws: Workspace, write) -> None:
    rates(ws, write)
    once = MAP.replace(", currency: currency", "").replace('flow: "export"', 'flow: "export", currency: "RUB"')
    own(ws, write, TABLE.replace(",currency", "").replace(",RUB", "").replace(",USD", ""), once)
    assert [row[3] for row in converted(ws)] == pytest.approx([10_800, 5_000, 70])


def of_a_region(folder: Path) -> Path:
    from xlsxwriter import Workbook

    from corridor.sources.own_regions.read import COLUMNS, SHEET

    path = folder / "sheet.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, ("RU-VLG", "export", "3102", "VNM", "2024", 2, "RUB", "million", "a letter"))
    return path


def test_a_region_in_roubles(ws: Workspace, write, tmp_path: Path) -> None:
    path = of_a_region(tmp_path)
    refused = add(ws.store, [path], today=date(2026, 1, 1))
    assert "no rate to US dollars is held for RUB of 2024" in refused.outcomes[0].message
    rates(ws, write)
    assert add(ws.store, [path], today=date(2026, 1, 1)).of("added")
    assert [row[1:4] for row in converted(ws)] == [(2_000_000.0, "RUB", pytest.approx(21_600))]


@pytest.mark.parametrize("packed", [False, True])
def test_rates_are_held_before_what_they_convert_in_whatever_order(
    ws: Workspace, write, tmp_path: Path, *, packed: bool
) -> None:
    """Also where newer rates of the same periods were named last, and in an archive."""
    rates(ws, write, RATES.replace("0.0108", "0.5"), "older.csv")
    empty = write("empty.csv", "")
    paths = [of_a_region(tmp_path), empty, write("rates.csv", RATES)]
    if packed:
        archive = tmp_path / "all.zip"
        with ZipFile(archive, "w") as opened:
            for path in paths:
                opened.write(path, path.name)
        paths = [archive / path.name for path in paths]
        report = ws.add([archive])
    else:
        report = ws.add(paths)
    assert [(each.path, each.status) for each in report.outcomes] == [
        (paths[0], "added"), (paths[1], "refused"), (paths[2], "added"),
    ], "the outcomes stand as the files were named"  # fmt: skip
    assert [row[3] for row in converted(ws)] == pytest.approx([21_600])
    assert [ingest.file for ingest in ws.store.ingests()] == ["older.csv", "rates.csv", "sheet.xlsx"]
    assert ws.rebuild().replaced
    assert [row[3] for row in converted(ws)] == pytest.approx([21_600])
