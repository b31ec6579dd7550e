"""Files made to do harm, or damaged by accident: each is one clear line, and nothing of it is kept."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corridor.ingest import add
from corridor.ingest.outcomes import FileOutcome
from corridor.report.rows import as_csv
from corridor.store import Store

from .specimens import specimens, workbook

TODAY = date(2026, 1, 20)
SPECIMENS = specimens()


def added(folder: Path, name: str, body: bytes) -> FileOutcome:
    """What becomes of a file; a refused one is one line, and leaves nothing behind."""
    path = folder / name
    path.write_bytes(body)
    return outcome(folder, path)


def outcome(folder: Path, path: Path) -> FileOutcome:
    store = Store(folder / "store")
    (found,) = add(store, [path], today=TODAY, workers=1).outcomes
    assert found.message.isprintable()
    assert "reading it failed" not in found.message
    if found.status == "refused":
        assert found.message
        assert store.ingests() == ()
        assert list(store.directory.glob("snapshots/*")) == []
        assert list(store.directory.glob("tables/*/*")) == []
    return found


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members.items():
            opened.writestr(name, body)
    return buffer.getvalue()


def with_member(body: bytes, name: str, size: int) -> bytes:
    """A sound workbook with one more member: so many zeros."""
    buffer = io.BytesIO(body)
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as opened,
        opened.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(size >> 20):
            member.write(bytes(1 << 20))
    return buffer.getvalue()


@pytest.fixture
def bomb_mib(times: Callable[[int, int], int], monkeypatch: pytest.MonkeyPatch) -> int:
    """How much a bomb unpacks to; a slice makes do with a small one, and with a low bar."""
    if times(0, 1) == 0:
        monkeypatch.setattr("corridor.sources.archive.MUCH", 1 << 20)
    return times(8, 1024)


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_is_read(tmp_path: Path, name: str) -> None:
    assert added(tmp_path, name, SPECIMENS[name]).status == "added"


def test_a_bomb_in_a_workbook_is_not_opened(tmp_path: Path, bomb_mib: int) -> None:
    bomb = with_member(workbook(), "xl/media/bomb.bin", bomb_mib << 20)
    found = added(tmp_path, "bomb.xlsx", bomb)
    assert found.status == "refused"
    assert "would unpack to" in found.message


def test_a_bomb_that_is_no_workbook_is_nobodys(tmp_path: Path, bomb_mib: int) -> None:
    bomb = with_member(archive(**{"readme.txt": b"hello"}), "bomb.csv", bomb_mib << 20)
    assert added(tmp_path, "bomb.zip", bomb).status == "refused"


@pytest.mark.parametrize("member", ["../../evil.txt", "/evil.txt", "C:\\evil.txt", "xl/..\\..\\evil.txt"])
def test_a_path_out_of_an_archive_is_not_followed(tmp_path: Path, member: str) -> None:
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.writestr(zipfile.ZipInfo(member), b"evil")
    found = added(tmp_path, "trick.xlsx", buffer.getvalue())
    assert found.status == "refused"
    assert "leads out of its folder" in found.message
    assert list(tmp_path.rglob("*evil*")) == []


def test_one_endless_line(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as opened:
        opened.write(b"t,i,j,k,v,q,")
        # A hole in the file: it has its length and takes no room.
        opened.truncate(times(32, 2048) << 20)
    assert outcome(tmp_path, path).status == "refused"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1251", "cp1258", "cp866", "koi8-r"])
def test_text_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Товар;Страна;Стоимость\nкофе;VN;100\n" * 50
    found = added(tmp_path, "a.csv", text.encode(encoding, errors="replace"))
    assert found.status in ("refused", "added")


@pytest.mark.parametrize(
    "body", [b"\x00" * 5000, b"\xff\xfe" * 3000, b"%PDF-", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]
)
def test_bytes_that_are_nothing(tmp_path: Path, body: bytes) -> None:
    assert added(tmp_path, "x", body).status == "refused"


@pytest.mark.parametrize("head", ["customs.pdf", "nso.xlsx"])
def test_two_files_in_one(tmp_path: Path, head: str) -> None:
    """A file that is a PDF to one reader and an archive to another is refused, or read as one of the two."""
    (tail,) = {"customs.pdf", "nso.xlsx"} - {head}
    found = added(tmp_path, "both", SPECIMENS[head] + SPECIMENS[tail])
    assert found.status in ("refused", "added")


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("sixteenths", range(1, 16))
def test_a_file_cut_short_is_refused(tmp_path: Path, name: str, sixteenths: int) -> None:
    body = SPECIMENS[name]
    found = added(tmp_path, name, body[: len(body) * sixteenths // 16])
    # A text without an end of its own cannot be told from a whole one when it is cut between two rows.
    assert found.status == "refused" or found.not_understood or not name.endswith((".pdf", ".xlsx", ".zip"))


def test_a_formula_in_a_cell_is_words(tmp_path: Path) -> None:
    found = added(tmp_path, "formula.xlsx", workbook(label='=HYPERLINK("http://evil.example","x")'))
    assert (found.status, found.not_understood) == ("added", 1)
    printed = as_csv(Store(tmp_path / "store").scan("not_understood").collect(), "en").decode("utf-8-sig")
    assert "\"'=HYPERLINK" in printed or "\"'=" in printed or "=HYPERLINK" not in printed.replace("| =", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_nothing_that_we_print(text: str) -> None:
    import polars as pl

    printed = as_csv(pl.DataFrame({"a": [text], "b": [-1.5]}), "en").decode("utf-8-sig")
    assert printed.splitlines()[1].lstrip('"').startswith("'")
    assert printed.rstrip().endswith("-1.5")


@pytest.mark.parametrize("name", ["two\nlines.pdf", "bell\a.pdf", "\x1b[31mred.pdf", "right\u202eto left.pdf"])
def test_a_name_does_not_break_the_line_or_steer_the_terminal(tmp_path: Path, name: str) -> None:
    try:
        (tmp_path / name).write_bytes(b"hello")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert outcome(tmp_path, tmp_path / name).status == "refused"
