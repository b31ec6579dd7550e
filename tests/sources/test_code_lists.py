"""Readers of concordances, names, classes and rates: invented files in each layout, and the real ones."""

import gzip
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.errors import BrokenLayout, CorridorError, UnreadableFile, UnrecognisedFile
from corridor.evidence import ListReading
from corridor.harmonise.lists import harmonise_list
from corridor.sources import plain, read, recognise
from corridor.store.bundle import conform

WITS = ",".join(f"{name} Product {what}" for name in ("HS 2007", "SITC Revision 3") for what in ("Code", "Description"))


def put(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def reading(path: Path, source: str) -> ListReading:
    assert recognise(path) == source
    found = read(path, source, path.name)
    assert isinstance(found, ListReading)
    return found


def rows(listing: ListReading, table: str, *columns: str) -> list[tuple]:
    return listing.tables[table].select(columns).rows()


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    return path


# Concordances


def test_a_workbook_of_two_sheets(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "any name.xlsx",
        Conversion=[["From HS 2022", "To HS 2017"], ["010121", "010129"], ["010129", 10129]],
        Correlation=[["Between", "", ""], ["HS 2022", "HS 2017", "Relationship"], ["010121", "010129", "n:1"],
                     ["010121", "010130", "'1 to n"], ["010129", "n/a", "n/a"], ["010121", "010129", "n:1"],
                     ["x y", "", ""]],
    )  # fmt: skip
    listing = reading(path, "un_concordances")
    assert listing.edition == "H6 to H5"
    assert rows(listing, "concordances", "from_product", "to_product", "relationship", "kind", "page", "row") == [
        ("010121", "010129", None, "conversion", "Conversion", 2),
        ("010129", "010129", None, "conversion", "Conversion", 3),
        ("010121", "010129", "n:1", "correlation", "Correlation", 3),
        ("010121", "010130", "1:n", "correlation", "Correlation", 4),
        ("010129", None, None, "correlation", "Correlation", 5),
    ]
    assert listing.ignored == ("1 pairs that the table repeats",)
    assert [(each.page, each.row) for each in listing.refusals] == [("Correlation", 7)]


def test_marks_of_parts_in_a_column_of_their_own(tmp_path: Path) -> None:
    path = put(tmp_path, "HS 2007,ex.,SITC Rev. 3,Relationship\n0101.10,ex,001.5,n:n\n0101.90,,001.51,1:1\n")
    listing = reading(path, "un_concordances")
    assert rows(listing, "concordances", "from_product", "to_product", "part") == [
        ("010110", "0015", True),
        ("010190", "00151", False),
    ]


def test_a_row_of_trade_that_names_classifications_is_no_heading(tmp_path: Path) -> None:
    path = put(tmp_path, "C,A,2010,H0,HS,010121,842,USA,S1,5,6\nC,A,2010,H0,HS,010121,842,USA,S1,5,6\n")
    with pytest.raises(UnrecognisedFile):
        recognise(path)


def test_a_heading_without_a_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenLayout, match="no pair of codes below the heading"):
        read(put(tmp_path, "HS 2012,BEC,Relationship\n"), "un_concordances", "x.csv")


def test_a_wits_concordance_has_names_too(tmp_path: Path) -> None:
    text = f'{WITS}\n010110,"Horses, live",00150,Horses\n010190,Other,00150,Horses\n\nx\n'
    listing = reading(put(tmp_path, gzip.compress(text.encode("cp1252")), "J.CSV.gz"), "wits_concordances")
    assert rows(listing, "concordances", "from_classification", "from_product", "to_classification", "to_product") == [
        ("H3", "010110", "S3", "00150"),
        ("H3", "010190", "S3", "00150"),
    ]
    assert rows(listing, "product_names", "classification", "product", "name") == [
        ("H3", "010110", "Horses, live"),
        ("H3", "010190", "Other"),
        ("S3", "00150", "Horses"),
    ]
    assert len(listing.refusals) == 1


# Names


def test_the_tax_service_s_dictionary(tmp_path: Path) -> None:
    text = "020|20220811|0000|\n01|01|ЛОШАДИ|01.01.2002|31.12.2006|\n01|02|СКОТ КРУПНЫЙ|01.01.2022||\n01|03|?|2022||\n"
    listing = reading(put(tmp_path, text.encode("cp866"), "T.TXT"), "fns_tnved")
    assert (listing.table, listing.edition, listing.published) == ("TNVED3", "TNVED3, version 020", date(2022, 8, 11))
    assert rows(listing, "product_names", "product", "name", "in_force_from", "in_force_until", "row") == [
        ("0101", "ЛОШАДИ", date(2002, 1, 1), date(2006, 12, 31), 2),
        ("0102", "СКОТ КРУПНЫЙ", date(2022, 1, 1), None, 3),
    ]
    assert [each.row for each in listing.refusals] == [4]


@pytest.mark.parametrize(
    ("line", "table", "code"),
    [
        ("01|ЖИВОТНЫЕ|Примечания|01.01.2002||", "TNVED1", "S01"),
        ("01|05|ЖИВОТНЫЕ|Примечания|01.01.2002||", "TNVED2", "05"),
        ("01|05|100000|ЖИВОТНЫЕ|01.01.2002||", "TNVED4", "0105100000"),
    ],
)
def test_the_other_files_of_the_dictionary(tmp_path: Path, line: str, table: str, code: str) -> None:
    listing = reading(put(tmp_path, f"001|20220811|0000|\r\n{line}\r\n".encode("cp866")), "fns_tnved")
    assert listing.table == table
    assert rows(listing, "product_names", "product", "name") == [(code, "ЖИВОТНЫЕ")]


def test_a_dictionary_of_another_form_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, b"001|20220811|0000|\n1|2|3|\n")
    with pytest.raises(BrokenLayout, match="none of the files TNVED1 to TNVED4"):
        read(path, recognise(path), "T.TXT")


def test_a_list_of_the_united_nations_in_three_layouts(tmp_path: Path) -> None:
    names = [("TOTAL", "Total"), ("AG2", "All"), ("01", "01 - Animals; live"), ("0101", "0101 - Horses")]
    given = {"more": False, "classCode": "H6", "results": [{"id": code, "text": text} for code, text in names]}
    expected = [("H6", "01", "Animals; live"), ("H6", "0101", "Horses")]
    columns = ("classification", "product", "name")
    packed = put(tmp_path, gzip.compress(json.dumps(given).encode("utf-8-sig")), "c.gz")
    assert rows(reading(packed, "un_classifications"), "product_names", *columns) == expected
    table = "id,text,parent,isLeaf\nTOTAL,Total - All H6 commodities,#,0\n"
    table += "01,01 - Animals; live,TOTAL,0\n0101,0101 - Horses,01,0\n"
    assert rows(reading(put(tmp_path, table), "un_classifications"), "product_names", *columns) == expected
    isic = "Code          Description\nA             Farming\n0501          Fishing\n"
    assert rows(reading(put(tmp_path, isic), "un_classifications"), "product_names", *columns) == [
        ("I31", "A", "Farming"),
        ("I31", "0501", "Fishing"),
    ]


@pytest.mark.parametrize(
    "text",
    ['{"more": false, "classCode": "H6", "results": 5}', '{"more": false, "classCode": "Q", "results": []}',
     '{"more": false, "classCode": "H6"', "id,text,parent\n01,Animals,TOTAL\n", "Code,Description\n"],
)  # fmt: skip
def test_a_list_that_does_not_say_what_it_names(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, text)
    with pytest.raises(BrokenLayout):
        read(path, recognise(path), "x")


def test_open_list_and_baci(tmp_path: Path) -> None:
    text = "section,hscode,description,parent,level\nI,01,Animals,TOTAL,2\nI,1,Animals,TOTAL,2\n"
    listing = reading(put(tmp_path, text), "hs_names")
    assert rows(listing, "product_names", "classification", "product") == [("H6", "01")]
    assert len(listing.refusals) == 1
    listing = reading(put(tmp_path, "code,description\n10121,Horses\n030249,Fish\n"), "baci_products")
    assert rows(listing, "product_names", "classification", "product") == [("H5", "010121"), ("H5", "030249")]


# Classes and rates


def test_rauch(tmp_path: Path) -> None:
    listing = reading(
        workbook(tmp_path / "r.xlsx", S=[["sitc4", "con", "lib"], ["0011", "w", "r"], ["12", "q", "w"]]), "rauch"
    )
    assert rows(listing, "class_ranges", "scheme", "classification", "first_product", "class") == [
        ("rauch_conservative", "S2", "0011", "w"),
        ("rauch_liberal", "S2", "0011", "r"),
    ]
    assert len(listing.refusals) == 1


def test_a_list_of_classes(tmp_path: Path) -> None:
    text = (
        "scheme,classification,from,to,class\nlall,S2,001,,PP\nlall,S2,041,045,PP\n"
        "lall,S9,001,,PP\nlall,S2,045,041,PP\nlall,S2,001,02,PP\nlall,S2,01\n,S2,001,,PP\n"
    )
    listing = reading(put(tmp_path, text), "class_lists")
    assert rows(listing, "class_ranges", "first_product", "last_product", "class") == [
        ("001", "001", "PP"),
        ("041", "045", "PP"),
    ]
    assert [each.row for each in listing.refusals] == [4, 5, 6, 7, 8]


def test_exchange_rates(tmp_path: Path) -> None:
    text = (
        "currency,period,exchange_rate,rate_basis,source\nRUB,2025-03,0.0115,average,Bank of Russia\n"
        "RUB,2025-13,0.01,average,B\nRUB,2025,nan,end,B\nRUB,2025,-1,end,B\nRUB,2025,1,mean,B\n"
    )
    listing = reading(put(tmp_path, text), "exchange_rates")
    assert rows(listing, "exchange_rates", "currency", "period", "exchange_rate", "rate_basis", "file") == [
        ("RUB", "2025-03", 0.0115, "average", "Bank of Russia, file.csv")
    ]
    assert [each.row for each in listing.refusals] == [3, 4, 5, 6]


# Hostile files


def test_a_bomb_and_a_truncated_file_cost_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_BYTES", 1000)
    text = f"{WITS}\n".encode()
    bomb = put(tmp_path, gzip.compress(text + b"0" * 100_000), "bomb.gz")
    with pytest.raises(UnreadableFile, match="no list of codes is"):
        read(bomb, recognise(bomb), "bomb.gz")
    whole = gzip.compress(text * 3)
    with pytest.raises(CorridorError, match="does not unpack"):
        read(put(tmp_path, whole[:-12], "cut.gz"), "wits_concordances", "cut.gz")


STARTS = (
    "", WITS, "HS 2012,BEC,Relationship", "id,text,parent", '{"more": false, "classCode": "H6", "results": [',
    "code,description", "section,hscode,description,parent,level", "sitc4,con,lib",
    "scheme,classification,from,to,class", "Code,Description", "currency,period,exchange_rate,rate_basis,source",
    "020|20220811|0000|",
)  # fmt: skip
ANYTHING = st.text(max_size=80) | st.binary(max_size=80).map(lambda raw: raw.decode("cp1252", "replace"))


@given(st.sampled_from(STARTS), ANYTHING)
@settings(max_examples=80, deadline=None)
def test_no_text_brings_a_reader_down(start: str, rest: str) -> None:
    with TemporaryDirectory() as folder, suppress(CorridorError):
        path = put(Path(folder), f"{start}\n{rest}\n")
        listing = read(path, recognise(path), "x.csv")
        assert isinstance(listing, ListReading)
        for table, frame in harmonise_list(listing, snapshot="0" * 64, file="x", added=date(2026, 1, 1)).items():
            conform(table, frame)


# Real files

REAL = {
    "HS2022toHS2017ConversionAndCorrelationTables.xlsx": ("un_concordances", 5613 + 15657),
    "HS2017toHS2012ConversionAndCorrelationTables.xlsx": ("un_concordances", 5388 + 6141),
    "HS 2012 to HS 1992 Correlation and conversion tables.xls": ("un_concordances", 5206 + 6739),
    "Final S4 to S3.xls": ("un_concordances", 3490),
    "HS2022 to BEC Conversion and Correlation Tables.csv": ("un_concordances", 5926),
    "ISIC REV. 3 - SITC REV. 3_20200617_214657.csv": ("un_concordances", 3069),
    "ISIC4_ISIC31.txt": ("un_concordances", 737),
    "JobID-53_Concordance_H3_to_S3.CSV.gz": ("wits_concordances", 5050),
    "rauch_classification_rev2.xlsx": ("rauch", 2 * 1189),
    "BEC4_DESC.xlsx": ("un_classifications", 29),
    "ISIC_Rev_4_english_structure.txt": ("un_classifications", 766),
}


@pytest.mark.parametrize("name", REAL)
def test_real_files(test_data: Path, name: str) -> None:
    source, count = REAL[name]
    listing = reading(test_data / "concordances" / name, source)
    assert (
        max(
            frame.height
            for frame in listing.tables.values()
            if "lang" not in frame.columns or source != "wits_concordances"
        )
        == count
    )
    assert listing.refusals == ()


def test_the_real_lists_of_the_harmonised_system_are_those_of_the_sources(test_data: Path) -> None:
    """Subheadings by revision as the United Nations count them: 5,613, 5,388, 5,206, 5,053, 5,226, 5,134, 5,041."""
    counts = {"H6": 5613, "H5": 5388, "H4": 5206, "H3": 5053, "H2": 5226, "H1": 5134, "H0": 5041}
    for revision, count in counts.items():
        path = test_data / "concordances" / f"classification{revision}.json.gz"
        names = reading(path, "un_classifications").tables["product_names"]
        six = names.filter(pl.col("product").str.contains("^[0-9A-Z]{6}$"))
        assert set(six["classification"]) == {revision}
        assert six.height == count, revision


def test_the_real_dictionary_of_the_tn_ved(test_data: Path) -> None:
    names = reading(test_data / "tnved-fns" / "TNVED3.TXT", "fns_tnved").tables["product_names"]
    assert names.height == 6591
    assert names["in_force_until"].null_count() == 957
    assert names.filter(pl.col("product") == "2710")["name"][0].startswith("НЕФТЬ И НЕФТЕПРОДУКТЫ")
    assert "2709" not in names["product"], "a heading that is a line itself stands in TNVED4 only"


def test_real_names_in_english(test_data: Path) -> None:
    names = reading(test_data / "hs-names" / "harmonized-system.csv", "hs_names").tables["product_names"]
    lengths = names["product"].str.len_chars().value_counts().sort("product")["count"].to_list()
    assert lengths == [97, 1229, 5613]
    baci = test_data / "baci-meta" / "baci_product_codes_HS17_with_bec.csv"
    assert set(reading(baci, "baci_products").tables["product_names"]["classification"]) == {"H5"}


def test_a_list_of_one_classification_gives_its_names(tmp_path: Path) -> None:
    text = '"HS 1996 Product Code","HS 1996 Product Description"\r\n"0101","Live  horses."\r\n"0102",""\r\n,"lost"\r\n'
    listing = reading(put(tmp_path, gzip.compress(text.encode()), "HS1996.csv.gz"), "wits_concordances")
    names = listing.tables["product_names"].select("classification", "product", "lang", "name", "row")
    assert names.rows() == [("H1", "0101", "en", "Live horses.", 2)]
    assert [(each.row, each.reason) for each in listing.refusals] == [
        (3, "not a code with its name"),
        (4, "not a code with its name"),
    ]


def test_the_real_list_of_hs_1996(test_data: Path) -> None:
    path = test_data / "wits-exports-hs4" / "HS1996Description.csv.gz"
    names = reading(path, "wits_concordances").tables["product_names"]
    assert set(names["classification"]) == {"H1"}
    assert names.filter(product="0101")["name"].to_list() == ["Live horses, asses, mules and hinnies."]
