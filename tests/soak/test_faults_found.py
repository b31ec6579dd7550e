"""Files by which the campaigns brought a reader down, or made it lose rows without a word, each made as small as it is.

All figures are invented.
"""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.errors import BrokenLayout
from corridor.ingest import add
from corridor.ingest.outcomes import FileOutcome
from corridor.sources import unpack
from corridor.sources.own_table.guess import guess
from corridor.store import Store

from .specimens import specimens

SPECIMENS = specimens()


def added(folder: Path, name: str, body: bytes) -> tuple[Store, FileOutcome]:
    """What becomes of a file; no fault of the program."""
    path = folder / name
    path.write_bytes(body)
    store = Store(folder / "store")
    (outcome,) = add(store, [path], today=date(2026, 1, 20), workers=1).outcomes
    assert "reading it failed" not in outcome.message
    return store, outcome


def aside(store: Store) -> list[str]:
    return store.scan("not_understood").collect()["reason"].to_list()


def changed(name: str, *changes: tuple[str, str]) -> bytes:
    """A specimen with some words changed, each where it stands first."""
    text = SPECIMENS[name].decode("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode("utf-8")


WITS = ",".join(f"{each} Product {what}" for each in ("HS 2007", "SITC Revision 3") for what in ("Code", "Description"))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        # A heading and nothing below it was taken for a file that had been read.
        ("rauch.csv", b"sitc4,con,lib\n", "no row stands below the heading"),
        ("hs_names.csv", b"section,hscode,description,parent,level\n", "no row stands below the heading"),
        ("wits_concordances.csv", f"{WITS}\n".encode(), "no row stands below the heading"),
        # Years of no calendar.
        ("baci.csv", b"t,i,j,k,v,q\n-1,643,704,100119,1,2\n", "a row says no year"),
        ("fns_tnved.txt", b"020|20224811|0000|\r\n01|01|A|01.01.2002||\r\n", "no day is called 20224811"),
        # Python reads no number of more than 4,300 digits.
        ("macmap.txt", changed("macmap.txt", ("2020\t704\t643\t010121", "9" * 4400 + "\t704\t643\t010121")), ""),
        ("rus_vnm_mirror.csv", changed("rus_vnm_mirror.csv", ("2030", "9" * 4400)), "is no year"),
        # Lines that stand in the wrong order.
        (
            "databank.csv",
            b'""\n"\nCountry Name,Country Code,Series Name,Series Code,2019 [YR2019]\n'
            b"Viet Nam,VNM,GDP,NY.GDP.MKTP.CD,1\n",
            "",
        ),
        ("world_bank.json", changed("world_bank-answer.json", ('"page": 1', '"page": "one"')), "is no whole answer"),
    ],
)
def test_what_is_no_file_of_its_kind_is_one_line(tmp_path: Path, name: str, body: bytes, words: str) -> None:
    _, outcome = added(tmp_path, name, body)
    assert outcome.message.isprintable()
    if words:
        assert outcome.status == "refused"
        assert words in outcome.message
    else:
        assert outcome.status == "added" or outcome.message


@pytest.mark.parametrize(
    ("name", "changes", "reasons"),
    [
        # The first row had no row before it to differ from, so that nobody looked for its area.
        ("baci.csv", [("2020,643,704,100119", '2020,"",704,100119')], ["no area has the publisher's code “”"]),
        # A year of three digits was read as one of four and a month.
        ("un_comtrade-legacy.csv", [('"2014","Import"', '"201","Import"')], ["the period cannot be read"]),
        ("wits.csv", [(",2017,", ",0,")], ["the period cannot be read"]),
        # Rows that do not say of whom or of what they are were left out without a word.
        ("imf.csv", [('"RUS","Russian Federation","MG_CIF_USD"', '"","Russian Federation","MG_CIF_USD"')],
         ["no area has the publisher's code “” in 2021", "a group that has no code of ours",
          "no area has the publisher's code “” in 2022"]),
        ("imf.csv", [('"MG_CIF_USD","Imports of goods","VNM"', '"MG_KG","Weight","VNM"')],
         ["neither exports nor imports", "a group that has no code of ours"]),
        ("bilateral.csv", [("'27,", ",")], ["values without a name of goods or of a partner"]),
        ("bilateral.csv", [("Value in 2025-M06", "Value in June")], ["no value of a period stands in them"]),
        ("un_classifications-hs.csv", [("\n0101,", "\n,")], ["not a code and a name"]),
        ("un_classifications-hs.csv", [("0101,0101 - Horses,01,0", "0101")], ["not a code and a name"]),
        ("world_bank-databank.csv", [(",VNM,", ",,")], ["no area, no series or no year is said"]),
        ("world_bank-tidy.csv", [('"VNM",2012', '"VNM",')], ["no area, no series or no year is said"]),
        ("un_comtrade-legacy.csv", [('"Import"', '"FM"'), ('"Export"', '""')],
         ["a part of another figure", "the flow is none of ours"]),
        # A weight that was no number was lost without a word.
        ("un_comtrade-site.csv", [("2500.0,True", '"2,5",True')],
         ["the amount is no number, the value is kept without it", "a part of another figure"]),
        ("TCBT.csv", [("12.5,2000", "12.5,about 2")], ["the amount is no number, the value is kept without it"]),
        # A code without a name was a name of no letters.
        ("hs_names.csv", [("0101,Horses,01,4", "0101,,01,4")], ["not a code of 2, 4 or 6 digits with its name"]),
        ("baci_products.csv", [("10121,Horses", "10121,")], ["not a code of six digits with its name"]),
        ("un_classifications-hs.csv", [("0101 - Horses", "")], ["not a code and a name"]),
        # An amount without end made every sum without end.
        ("un_comtrade-site.csv", [("2500.0,True", "1e400,True")],
         ["the quantity is not finite", "a part of another figure"]),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_set_aside(
    tmp_path: Path, name: str, changes: list[tuple[str, str]], reasons: list[str]
) -> None:
    long = {
        "wits.csv": "wits-invented-bulk.csv",
        "TCBT.csv": "ru_fcs-invented-TCBT.csv",
        "imf.csv": "imf_imts-invented-wide.csv",
        "bilateral.csv": "trade_map-invented-bilateral.csv",
    }
    store, outcome = added(tmp_path, name, changed(long.get(name, name), *changes))
    assert outcome.status == "added", outcome.message
    assert sorted(aside(store)) == sorted(reasons)


def test_a_heading_of_a_star_is_no_name_for_all_columns(tmp_path: Path) -> None:
    body = gzip.compress(changed("un_comtrade-bulk.txt", ("qtyUnitAbbr", "*")), mtime=0)
    store, outcome = added(tmp_path, "bulk.txt.gz", body)
    assert outcome.status == "added"
    assert store.current("flows").collect()["value_usd"].sum() == 1100.5


def test_a_country_of_which_it_is_not_said_whether_it_existed_keeps_its_values(tmp_path: Path) -> None:
    body = changed("cepii_geodist-invented-gravity.csv", ("RUS,VNM,1,1,6735", "RUS,VNM,,,6735"))
    store, _ = added(tmp_path, "gravity.csv", body)
    rows = store.scan("pairs").filter(pl.col("period") == "2019", pl.col("variable") == "dist").collect()
    assert rows["pair_value"].to_list() == [6735.0]


def test_two_rows_of_a_cell_without_a_weight_have_no_weight_of_zero(tmp_path: Path) -> None:
    row = "ИМ,01/2015,VN,0901,{},5,,\n"
    body = "NAPR,PERIOD,STRANA,TNVED,EDIZM,STOIM,NETTO,KOL\n" + row.format("796") + row.format("166")
    store, _ = added(tmp_path, "TCBT.csv", body.encode())
    rows = store.current("flows").collect()
    assert rows.select("value_usd", "net_weight_kg", "quantity").rows() == [(10_000.0, None, None)]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_quotation_mark_that_is_not_closed_is_one_line(tmp_path: Path, separator: str) -> None:
    """A long table became one cell below it, longer than the library reads."""
    heading, row, *_ = SPECIMENS["oec-invented.tsv"].decode().replace("\t", separator).split("\n")
    body = "\n".join([heading, *[row] * 80, f'"{row}', *[row] * 5000])
    _, outcome = added(tmp_path, "oec.csv", body.encode())
    assert outcome.status == "refused"
    assert "no sound CSV" in outcome.message or "cannot be read" in outcome.message


def test_no_map_is_proposed_for_a_cell_without_end(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("country,value\n1," + "9" * 140_000 + "\n", "utf-8")
    with pytest.raises(BrokenLayout, match="no sound CSV"):
        guess(path)


def test_a_sheet_that_reaches_too_far_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One stray cell in the last corner makes a sheet of billions."""
    path = tmp_path / "nso.xlsx"
    path.write_bytes(SPECIMENS["nso.xlsx"])
    monkeypatch.setattr(sys, "argv", ["unpack", str(path)])
    assert unpack.main() == 0
    monkeypatch.setattr(unpack, "MOST_CELLS", 47)
    assert unpack.main() == unpack.CANNOT_OPEN
    assert capsys.readouterr().err == "the sheet V03 reaches to row 8 and column 6"


def test_a_weight_next_to_nothing_gives_no_unit_value(tmp_path: Path) -> None:
    body = changed("un_comtrade-site.csv", ("2500.0,True", "1e-320,True"))
    assert added(tmp_path, "site.csv", body)[1].status == "added"


def archive(name: str = "a.csv", way: int = zipfile.ZIP_STORED) -> bytearray:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as opened:
        opened.writestr(name, b"t,i,j,k,v,q\n2020,643,704,10110,1,2\n")
    return bytearray(buffer.getvalue())


def odd_version() -> bytes:
    body = archive()
    body[body.index(b"PK\x01\x02") + 6] = 193
    return bytes(body)


def odd_letters() -> bytes:
    body = archive("ä.csv")
    return bytes(body).replace("ä".encode(), b"\xff\xff")


def no_name() -> bytes:
    body = archive("a")
    at = body.index(b"PK\x01\x02")
    body[at + 28 : at + 30] = b"\0\0"
    del body[at + 46]
    end = body.index(b"PK\x05\x06")
    body[end + 12 : end + 16] = (end - at).to_bytes(4, "little")
    return bytes(body)


@pytest.mark.parametrize("name", [name for name in SPECIMENS if name.endswith(".csv")])
def test_a_packed_table_that_ends_early_is_told_so(tmp_path: Path, name: str) -> None:
    packed = gzip.compress(SPECIMENS[name], mtime=0)
    outcome = added(tmp_path, name, packed[: len(packed) - 9])[1]
    assert outcome.status == "refused"


WAYS = {"deflated": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}


def spoilt(way: int) -> Callable[[], bytes]:
    """An archive packed in some way, with a byte of its member changed."""

    def made() -> bytes:
        body = archive(way=way)
        body[body.index(b"a.csv") + 25] ^= 0x55
        return bytes(body)

    return made


@pytest.mark.parametrize(
    "made",
    [odd_version, odd_letters, no_name, *map(spoilt, WAYS.values())],
    ids=["version", "letters", "name", *WAYS],
)
def test_an_odd_archive_does_not_keep_the_files_beside_it_from_being_added(
    tmp_path: Path, made: Callable[[], bytes]
) -> None:
    (tmp_path / "odd.zip").write_bytes(made())
    (tmp_path / "odd.xlsx").write_bytes(made())
    (tmp_path / "baci.csv").write_bytes(SPECIMENS["baci.csv"])
    paths = [tmp_path / name for name in ("odd.zip", "odd.xlsx", "baci.csv")]
    outcomes = add(Store(tmp_path / "store"), paths, today=date(2026, 1, 20), workers=1).outcomes
    assert [outcome.status for outcome in outcomes] == ["refused", "refused", "added"]
    assert not any("reading it failed" in outcome.message for outcome in outcomes)
