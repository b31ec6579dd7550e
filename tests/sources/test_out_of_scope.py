"""Every file of the packs is read, or refused with the reason; a table of one's own is never taken for one of them."""

import gzip
from pathlib import Path

import pytest

from corridor.errors import CorridorError, UnreadableFile, UnrecognisedFile
from corridor.sources import recognise
from corridor.sources.out_of_scope import kinds

#: Beside the data in each pack.
NOT_DATA = "SOURCE.md"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"iso,year,rank_eci,name\nJPN,2003,1,Japan\n", "indices and rankings that somebody computed"),
        (gzip.compress(b'"iso_o","iso_d","distw","gdp_o","gdp_d"\n', mtime=0), "gravity"),
        (b"\xef\xbb\xbfsection,name\nI,animals\n", "part of a list of goods"),
        (b'{"type": "FeatureCollection", "features": []}', "outlines of countries or regions"),
        (b'\xef\xbb\xbf"Country Code","Region","IncomeGroup",\n"VNM","","",\n', "what the World Bank says in words"),
        (b"country,value\nAFG,1\n", "does not say whose figures"),
    ],
)
def test_a_known_kind_is_refused_with_the_reason(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnrecognisedFile, match="is out of scope: ") as refused:
        recognise(path)
    assert words in refused.value.line()
    assert refused.value.next_step
    assert "\n" not in refused.value.line()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><body>Invalid Captcha</body></html>", "is a page of the web"),
        (b"\xef\xbb\xbf\r\n<HTML><body>503</body></HTML>", "is a page of the web"),
    ],
)
def test_what_no_reader_could_know_says_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(UnrecognisedFile, match=words) as refused:
        recognise(path)
    assert "\n" not in refused.value.line()


def test_a_document_is_named_as_one(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises((UnrecognisedFile, UnreadableFile)) as refused:
        recognise(path)
    assert "document" in refused.value.line() or "workbook" in refused.value.line()


@pytest.mark.parametrize("heading", ["country,value,year", "to,from,trade", "section,name,usd", "product,values"])
def test_a_table_of_ones_own_is_unknown_and_no_more(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{heading}\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UnrecognisedFile, match="no reader recognises this file"):
        recognise(path)


def test_every_kind_says_what_it_is_and_what_to_do() -> None:
    for kind in kinds():
        assert kind.what
        assert kind.instead
        assert kind.begins or kind.headed or kind.holds


def test_every_file_of_the_packs(test_data: Path) -> None:
    """None is unknown: it has a reader, or a reason in one line."""
    unknown, out = [], 0
    for path in sorted(test_data.rglob("*")):
        if not path.is_file() or path.name == NOT_DATA or path.parent.name == "vietnam-customs":
            continue
        try:
            recognise(path)
        except CorridorError as fault:
            out += "is out of scope" in fault.line()
            if "is out of scope" not in fault.line():
                unknown.append(f"{path.name}: {fault.line()}")
    assert unknown == []
    assert out == 70
