"""Trade Map: invented tables in its four shapes, and the real downloads of services."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from corridor import ingest, sources
from corridor.errors import BrokenLayout, UnreadableFile
from corridor.sources.time_period import period
from corridor.sources.trade_map import grid, title
from corridor.store import Store

SPECIMEN = files("corridor.sources.trade_map").joinpath("specimen")
TEXT = "Trade_Map_-_List_of_products_exported_by_Viet_Nam_(invented).txt"


def flows(folder: Path, *paths: Path) -> pl.DataFrame:
    store = Store(folder / "store")
    report = ingest.add(store, paths, today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store.current("flows").collect()


def copied(folder: Path, name: str, change: tuple[str, str] = ("", ""), known: str = "") -> Path:
    path = folder / (known or name)
    path.write_text(SPECIMEN.joinpath(name).read_text("utf-8").replace(*change), "utf-8")
    return path


def test_a_page_keeps_what_its_colours_say(tmp_path: Path) -> None:
    rows = flows(tmp_path, copied(tmp_path, "invented-services.xls"))
    assert set(
        rows.select("reporter", "partner", "flow", "classification", "product", "value_usd", "caveats").rows()
    ) == {
        ("KEN", "WLD", "export", "EB10", "S", 100_000.0, "published_is_added"),
        ("KEN", "WLD", "export", "EB10", "S", 120_000.0, "estimated published_is_added"),
        ("KEN", "WLD", "export", "EB10", "3", 40_000.0, "published_is_added"),
    }


def test_a_text_is_named_by_its_file(tmp_path: Path) -> None:
    rows = flows(tmp_path, copied(tmp_path, TEXT))
    said = rows.select("reporter", "classification", "product", "value_usd", "period_end")
    assert set(said.rows()) == {
        ("VNM", "TOTAL", "TOTAL", 100_000.0, date(2020, 12, 31)),
        ("VNM", "TOTAL", "TOTAL", 110_000.0, date(2021, 12, 31)),
        ("VNM", "HS", "0901", 7_000.0, date(2020, 12, 31)),
    }


def test_two_countries_in_blocks_of_columns(tmp_path: Path) -> None:
    rows = flows(tmp_path, copied(tmp_path, "invented-bilateral.csv"))
    june = rows.filter(rows["period_end"] == date(2025, 6, 30))
    assert rows.height == 8
    assert set(june.select("reporter", "partner", "flow", "product", "value_usd", "freq").rows()) == {
        ("VNM", "RUS", "import", "TOTAL", 179_000.0, "M"),
        ("VNM", "WLD", "import", "TOTAL", 28_685_000.0, "M"),
        ("VNM", "RUS", "import", "27", 100_000.0, "M"),
        ("VNM", "WLD", "import", "27", 2_000_000.0, "M"),
    }


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_two_countries_by_whatever_divides_the_cells(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "table.txt"
    text = (
        "Bilateral trade between Viet Nam and Russian Federation\n"
        "Product: TOTAL All products\nUnit : US Dollar thousand\n"
        "\n,,Viet Nam's imports from Russian Federation,,Viet Nam's imports from world\n"
        "Product code,Product label,Value in 2023,,Value in 2023\n'TOTAL,All products,1,,5\n"
    )
    path.write_text(text.replace(",", separator), "utf-8")
    assert set(flows(tmp_path, path).select("reporter", "partner", "flow", "value_usd").rows()) == {
        ("VNM", "RUS", "import", 1000.0),
        ("VNM", "WLD", "import", 5000.0),
    }


def test_a_note_of_mirror_data_marks_all(tmp_path: Path) -> None:
    note = "Note: data based on partner reported data (mirror data)"
    rows = flows(tmp_path, copied(tmp_path, "invented-bilateral.csv", ("Sources: invented", note)))
    assert all("partner_statistics" in said for said in rows["caveats"])


def test_the_new_workbook(tmp_path: Path) -> None:
    path = tmp_path / "kenyas-exports-to-malaysia-by-product_all.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        heads = ("reporterCd", "reporterLabel", "partnerCd", "partnerLabel", "productCd", "productLabel")
        sheet.write_row(0, 0, [*heads, "2021 (USD Thousand)", "2022 (USD Thousand)"])
        sheet.write_row(1, 0, ["404", "Kenya", "458", "Malaysia", "TOTAL", "All products", 5, 7.5])
        sheet.write_row(2, 0, ["404", "Kenya", "000", "World", 90111, "Coffee", 2, None])
    rows = flows(tmp_path, path)
    assert set(rows.select("reporter", "partner", "flow", "product", "value_usd").rows()) == {
        ("KEN", "MYS", "export", "TOTAL", 5000.0),
        ("KEN", "MYS", "export", "TOTAL", 7500.0),
        ("KEN", "WLD", "export", "090111", 2000.0),
    }


@pytest.mark.parametrize(
    ("name", "change", "known", "words"),
    [
        (TEXT, ("", ""), "mine.txt", "whose trade"),
        ("invented-services.xls", ("US Dollar thousand", "Euro thousand"), "", "the unit is"),
        ("invented-services.xls", ("Exported Value", "Balance in value"), "", "balances"),
        ("invented-services.xls", ("US Dollar thousand", ""), "", "the unit is not told"),
        ("invented-services.xls", ("Exported Value", "Exported unit value"), "", "all columns hold balances"),
        (TEXT, ("Exported value in 2020", "Exported value in 2020 (Tons)"), "", "the unit is tons"),
        (TEXT, ("Exported value in 2020", "Exported value in 2020, Euro thousand"), "", "the unit is euro thousand"),
        ("invented-services.xls", (">100<", "><"), "", ""),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_line(
    tmp_path: Path, name: str, change: tuple[str, str], known: str, words: str
) -> None:
    path = copied(tmp_path, name, change, known)
    if not words:
        reading = sources.read(path, "trade_map", path.name)
        assert reading.rows.height == 2
        return
    with pytest.raises(BrokenLayout, match=words) as said:
        sources.read(path, "trade_map", path.name)
    assert "\n" not in said.value.line()


@pytest.mark.parametrize(
    "heading",
    [
        "Exported unit value in 2019, US Dollar/Tons", "Share in value in 2019 in World exports, %",
        "Growth in exported value in 2019-2020, %", "Cumulative exported value in 2025-M06",
    ],
)  # fmt: skip
def test_a_heading_that_holds_the_words_of_a_value_is_none(heading: str) -> None:
    assert title.heading(heading) is None


def test_a_page_cut_short_is_refused_and_not_read_without_its_last_rows(tmp_path: Path) -> None:
    whole = SPECIMEN.joinpath("invented-services.xls").read_text("utf-8")
    path = tmp_path / "page.xls"
    path.write_text(whole[: whole.rindex("<td")], "utf-8")
    with pytest.raises(UnreadableFile, match="the page ends within a table"):
        sources.read(path, "trade_map", path.name)


def test_a_workbook_of_quantities_is_no_workbook_of_dollars(tmp_path: Path) -> None:
    path = tmp_path / "kenyas-exports-to-malaysia-by-product_all.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        heads = ("reporterCd", "reporterLabel", "partnerCd", "partnerLabel", "productCd", "productLabel")
        sheet.write_row(0, 0, [*heads, "2021 (Tons)"])
        sheet.write_row(1, 0, ["404", "Kenya", "458", "Malaysia", "TOTAL", "All products", 5])
    with pytest.raises(BrokenLayout, match="the unit is tons"):
        sources.read(path, "trade_map", path.name)


def test_goods_of_one_chapter_numbers_with_thousands_and_codes_without_their_zero(tmp_path: Path) -> None:
    name = "Trade_Map_-_List_of_products_at_4_digits_level_imported_by_Viet_Nam_(invented).txt"
    path = tmp_path / name
    path.write_text("Code\tProduct label\tImported value in 2020\t\n901\tCoffee\t1,234,567\t\n", "utf-8")
    assert flows(tmp_path, path).select("reporter", "flow", "product", "value_usd").rows() == [
        ("VNM", "import", "0901", 1_234_567_000.0)
    ]


@pytest.mark.parametrize(("label", "code"), [("Area Nes", "X899"), ("Ship stores and bunkers", "X837")])
def test_what_is_left_over_has_an_area(label: str, code: str) -> None:
    assert title.area(label) == code


def test_cells_that_span_others() -> None:
    page = "<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr><tr><td>c<td>d</tr></table>"
    assert [[cell.text for cell in row] for row in grid.of_page(page) or []] == [["a", "b", ""], ["", "c", "d"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021", ("A", date(2021, 1, 1), date(2021, 12, 31))),
        ("2024-Q1", ("Q", date(2024, 1, 1), date(2024, 3, 31))),
        ("2024-M02", ("M", date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-02", ("M", date(2024, 2, 1), date(2024, 2, 29))),
        ("2020-A1", ("A", date(2020, 1, 1), date(2020, 12, 31))),
        ("2024Q1", ("Q", date(2024, 1, 1), date(2024, 3, 31))),
        ("202401", None),
        ("2020-A2", None),
        ("2024-M13", None),
        ("2024-Q0", None),
    ],
)
def test_periods(text: str, said: object) -> None:
    assert period(text) == said


def test_real_downloads_of_services(test_data: Path, tmp_path: Path) -> None:
    """Kenya's services of 2024 are estimates: exports 5,531,137 and imports 4,922,928 thousand dollars."""
    paths = sorted((test_data / "trademap-xls-html").glob("*.xls"))
    rows = flows(tmp_path, *paths)
    assert set(rows["classification"]) == {"EB10"}
    kenya = rows.filter(
        (rows["reporter"] == "KEN") & (rows["product"] == "S") & (rows["period_end"] == date(2024, 12, 31))
    )
    assert set(kenya.select("flow", "value_usd", "caveats").rows()) == {
        ("export", 5_531_137_000.0, "estimated published_is_added"),
        ("import", 4_922_928_000.0, "estimated published_is_added"),
    }
    parts = rows.filter(
        (rows["reporter"] == "KEN") & (rows["period_end"] == date(2020, 12, 31)) & (rows["flow"] == "export")
    )
    whole = parts.filter(parts["product"] == "S")["value_usd"].item()
    assert whole == 3_653_582_000.0
    aside = Store(tmp_path / "store").scan("not_understood").collect()
    odd = aside.filter(aside["reason"] != "a balance follows from other figures")["text"]
    # What the publisher could not divide among the members of the union belongs to no area of ours.
    assert [text.partition(" · ")[0] for text in odd] == ["European Union Nes"] * 5


def test_a_list_with_indicators_gives_its_values(tmp_path: Path) -> None:
    headings = "Exporters|Value imported in 2021 (USD thousand)|Trade balance 2021 (USD thousand)|Share in imports (%)"
    cells = "".join(f"<th>{each}</th>" for each in headings.split("|"))
    table = [["World", "100", "5", "100"], ["Viet Nam", "10", "1", "10"]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)
    title = "List of supplying markets for the product imported by Russian Federation in 2021"
    path = tmp_path / "a.xls"
    path.write_text(
        f"<html><body><table><tr><td>{title}</td></tr><tr><td>Product: 0901 Coffee</td></tr></table>"
        f'<table id="ctl00_PageContent_MyGridView1"><tr>{cells}</tr>{rows}</table></body></html>',
        "utf-8",
    )
    said = flows(tmp_path, path).select("reporter", "partner", "flow", "product", "value_usd").rows()
    assert set(said) == {("RUS", "WLD", "import", "0901", 100_000.0), ("RUS", "VNM", "import", "0901", 10_000.0)}


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_new_table_as_text(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "kenyas-exports-to-malaysia-by-product_all.csv"
    path.write_text(
        "reporterCd,reporterLabel,partnerCd,partnerLabel,productCd,productLabel,2021 (USD Thousand)\n"
        "404,Kenya,458,Malaysia,0901,Coffee,2\n".replace(",", separator),
        "utf-8",
    )
    said = flows(tmp_path, path).select("reporter", "partner", "flow", "product", "value_usd").rows()
    assert said == [("KEN", "MYS", "export", "0901", 2000.0)]
