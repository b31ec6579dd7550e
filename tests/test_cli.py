"""The terminal: every command, its exit codes, and one clear line for everything that can go wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corridor import __version__, cli

from .sources.pdf_forms import Form, Piece, group, partner, pdf, weighed

#: An invented form of January 2025: Russia bought 300 dollars of goods from Viet Nam.
RUSSIA = (
    partner("NGA", "300", "300"),
    weighed("Cà phê", "20", "100", "20", "100"),
    group("Hàng hóa khác", "200", "200"),
)
EXPORTS = Form([RUSSIA])
IMPORTS = EXPORTS.but(
    number="021.T",
    title="NHẬP KHẨU",
    pages=[[partner("NGA", "50", "50"), weighed("Than các loại", "2", "50", "2", "50")]],
)

#: A study that is quick to make.
JANUARY = ("study", "RUS", "VNM", "--period", "2025-01", "--format", "json")


@dataclass(frozen=True)
class Said:
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of complaint; none of it is a traceback."""
        lines = [line for line in self.err.splitlines() if line]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        assert not self.out
        return lines[0]


Corridor = Callable[..., Said]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a difficult name, not there yet."""
    return tmp_path / "Dữ liệu thương mại – Торговля [1] #%20"


@pytest.fixture
def corridor(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], data: Path, tmp_path: Path
) -> Corridor:
    """Runs the command in this process, as the installed program does, on the folder ``data``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CORRIDOR_DATA", str(data))

    def run(*arguments: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["corridor", *map(str, arguments)])
        streams = [
            io.TextIOWrapper(io.BufferedWriter(io.FileIO(descriptor, "w", closefd=False)), encoding="utf-8")
            for descriptor in (1, 2)
        ]
        capfdbinary.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            try:
                cli.main()
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            for stream in streams:
                stream.flush()
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


def put(folder: Path, name: str, form: Form | bytes) -> Path:
    path = folder / name
    path.write_bytes(form if isinstance(form, bytes) else form.bytes())
    return path


def listing(folder: Path) -> dict[str, int]:
    """Every file in a folder, with its size."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


# -- the commands


def test_help_names_every_command(corridor):
    said = corridor("--help")
    assert said.code == 0
    for command in ("study", "add", "sources", "coverage", "flows", "explain", "rebuild", "replay"):
        assert f"  {command} " in said.out


@pytest.mark.parametrize("command", ["study", "add", "sources", "coverage", "flows", "explain", "rebuild", "replay"])
def test_every_command_explains_itself(corridor, command):
    said = corridor(command, "-h")
    assert said.code == 0
    assert "--data" in said.out
    assert "Traceback" not in said.err


def test_version(corridor):
    assert corridor("--version") == Said(0, f"corridor {__version__}\n", "")


def test_no_command_is_a_question_for_help(corridor):
    said = corridor()
    assert "Usage" in said.out + said.err
    assert "Traceback" not in said.err


def test_study_writes_json_and_prints_its_path(corridor, tmp_path):
    out = tmp_path / "отчёт tháng 1"
    said = corridor("study", "Nga", "Вьетнам", "--format", "json", "--out", out)
    assert said.code == 0
    path = out / "study-RUS-VNM.json"
    assert said.out == f"{path}\n"
    assert b"\r" not in path.read_bytes()  # the same bytes on every system
    study = json.loads(path.read_text(encoding="utf-8"))
    assert study["schema"] == "corridor.study/1"
    assert (study["question"]["exporter"], study["question"]["partner"]) == ("RUS", "VNM")
    bundled, figures = said.err.splitlines()
    assert "the bundled figures answer" in bundled
    assert figures == "figures: vn_customs, first release, reported by Viet Nam, classification VNC"


class Fake:
    """A study that notes which formats it is asked for."""

    asked: tuple[str, ...] = ()

    def notes(self, _lang: str) -> list[str]:
        return []

    def write(self, out: Path, *, formats: list[str], **_named: object) -> list[Path]:
        Fake.asked = tuple(formats)
        return [out / f"report.{each}" for each in formats]


@pytest.mark.parametrize("text", ["json,md", "json, md", "json md", " JSON , Md,json "])
def test_several_formats_with_or_without_spaces(corridor, monkeypatch, text):
    monkeypatch.setattr("corridor.workspace.Workspace.study", lambda *_a, **_k: Fake())
    said = corridor("study", "RUS", "VNM", "--format", text)
    assert (said.code, Fake.asked) == (0, ("json", "md"))
    assert [Path(line).name for line in said.out.splitlines()] == ["report.json", "report.md"]


def test_the_report_is_one_self_contained_page_in_the_language_asked_for(corridor, tmp_path):
    said = corridor("study", "RUS", "VNM", "--out", tmp_path, "--lang", "vi")
    assert said.out == f"{tmp_path / 'study-RUS-VNM.html'}\n"
    page = (tmp_path / "study-RUS-VNM.html").read_text(encoding="utf-8")
    assert 'lang="vi"' in page
    assert "<svg" in page
    assert "<script" not in page
    assert 'src="http' not in page


def test_years_is_short_for_period(corridor, tmp_path):
    corridor("study", "RUS", "VNM", "--years", "2023:2024", "--format", "json", "--out", tmp_path)
    assert json.loads((tmp_path / "study-RUS-VNM.json").read_text(encoding="utf-8"))["periods"] == ["2023", "2024"]


def test_add_tells_what_became_of_every_file(corridor, tmp_path):
    said = corridor("add", put(tmp_path, "таблица.pdf", EXPORTS))
    assert said == Said(0, "1 file: 1 added, 0 already held, 0 refused, 0 rows not understood\n", "")
    again = corridor("add", tmp_path / "таблица.pdf", put(tmp_path, "b.pdf", IMPORTS))
    assert again == Said(0, "2 files: 1 added, 1 already held, 0 refused, 0 rows not understood\n", "")


def test_rows_not_understood_are_counted_and_no_failure(corridor, tmp_path):
    odd = EXPORTS.but(pages=[[partner("NGA", "300", "300"), weighed("Cà phêe", "20", "300", "20", "300")]])
    said = corridor("add", put(tmp_path, "odd.pdf", odd))
    assert (said.code, said.out) == (0, "1 file: 1 added, 0 already held, 0 refused, 2 rows not understood\n")
    assert said.err == "odd.pdf: 2 rows not understood, set aside with the reason\n"


def test_good_files_are_kept_beside_a_refused_one(corridor, tmp_path):
    said = corridor("add", put(tmp_path, "good.pdf", EXPORTS), put(tmp_path, "notes.txt", b"to do"))
    assert (said.code, said.out) == (1, "2 files: 1 added, 0 already held, 1 refused, 0 rows not understood\n")
    assert said.err.splitlines()[0].startswith(f"{tmp_path / 'notes.txt'}: no reader recognises this file")
    found = json.loads(
        corridor("flows", "VNM", "RUS", "--period", "2025-01", "--source", "vn_customs", "--format", "json").out
    )
    assert {row["value_usd"] for row in found["rows"] if row["flow"] == "export"} == {300, 100, 200}


def test_a_study_of_one_table_says_that_the_other_direction_is_not_held(corridor, tmp_path):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS.but(pages=[[partner("LÀO", "300", "300"), *RUSSIA[1:]]])))
    said = corridor("study", "VNM", "LAO", "--format", "md", "--out", tmp_path)
    assert said.code == 0
    assert "nothing is held of the other direction" in (tmp_path / "study-VNM-LAO.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "column"),
    [(("sources",), "source"), (("coverage", "VNM", "RUS"), "status"), (("flows", "VNM", "RUS"), "value_usd")],
)
def test_tables_in_three_formats(corridor, arguments, column):
    text = corridor(*arguments)
    assert (text.code, text.err) == (0, "")
    assert text.out.splitlines()[-1].endswith(" rows")
    found = json.loads(corridor(*arguments, "--format", "json").out)
    assert found["schema"] == f"corridor.{arguments[0]}/1"
    assert found["rows"]
    table = list(csv.reader(io.StringIO(corridor(*arguments, "--format", "csv").out.removeprefix("\ufeff"))))
    assert column in table[0]
    assert len(table) == len(found["rows"]) + 1


@pytest.mark.parametrize(("lang", "delimiter", "decimal"), [("en", ",", "."), ("ru", ";", ","), ("vi", ";", ",")])
def test_csv_opens_in_the_languages_excel(corridor, tmp_path, lang, delimiter, decimal):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS))
    out = corridor(
        "flows", "VNM", "RUS", "--period", "2025-01", "--source", "vn_nso", "--format", "csv", "--lang", lang
    ).out
    assert out.startswith("\ufeffsource" + delimiter)
    assert out.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=delimiter))
    values = {row["value_usd"] for row in rows}
    assert "179428350" in values  # a whole number needs no decimals
    shares = corridor("coverage", "RUS", "VNM", "--format", "csv", "--lang", lang).out
    assert delimiter in shares.splitlines()[0]
    assert decimal in {",", "."}


def test_coverage_offers_what_is_implied_and_never_reports_it(corridor):
    found = json.loads(
        corridor("coverage", "VNM", "RUS", "--period", "2024-03", "--release", "first", "--format", "json").out
    )
    (row,) = [row for row in found["rows"] if row["flow"] == "export"]
    assert (row["status"], row["value_usd"], row["implied_usd"]) == ("not_held", None, 159_903_043)


@pytest.mark.parametrize("freq", ["M", "A", "YTD", "ytd"])
def test_flows_of_one_frequency(corridor, freq):
    found = json.loads(
        corridor("flows", "VNM", "RUS", "--freq", freq, "--source", "vn_customs", "--format", "json").out
    )
    lengths = {row["period"].count("-") for row in found["rows"]}
    assert lengths == {"M": {1}, "A": {0}, "YTD": {0, 1, 2}}[freq.upper()]


@pytest.mark.parametrize("freq", ["Q", "H"])
def test_a_frequency_that_nobody_prints(corridor, freq):
    said = corridor("flows", "VNM", "RUS", "--freq", freq)
    assert said.code == 1
    assert said.line.startswith("no figures of VNM on RUS")


def test_explain_a_recommendation_in_words(corridor):
    words = corridor("explain", "RUS-VNM-coal-2025")
    assert words.code == 0
    assert "Coal" in words.out


def test_explain_a_recommendation_of_another_period(corridor):
    found = json.loads(corridor("explain", "RUS-VNM-coal-2024", "--format", "json").out)
    assert found["schema"] == "corridor.recommendation/1"
    assert (found["recommendation"]["period"], found["recommendation"]["value_1"]) == ("2024", 913_192_669)
    assert {row["criterion"] for row in found["reasons"]} >= {"market_size", "share_gained"}


def test_explain_a_trace(corridor):
    trace = json.loads(corridor("explain", "sample:groups/021.T-ytd/193", "--format", "json").out)
    assert trace["schema"] == "corridor.trace/1"
    assert "021.T" in trace["edition"]
    assert "021.T" in corridor("explain", "sample:groups/021.T-ytd/193").out


def test_rebuild_and_replay(corridor, tmp_path):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS))
    assert corridor("rebuild").out == "1 file: 1 rebuilt, 0 already held, 0 refused, 0 rows not understood\n"
    archive = tmp_path / "study.zip"
    made = corridor(*JANUARY, "--out", tmp_path, "--archive", archive)
    assert made.out.splitlines() == [str(tmp_path / "study-RUS-VNM.json"), str(archive)]
    said = corridor("replay", archive)
    assert said.code == 0
    assert "figures are what they were" in said.out
    assert json.loads(corridor("replay", archive, "--format", "json").out)["schema"] == "corridor.replay/1"


# -- what can go wrong: one line each


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("study", "Atlantis", "VNM"), 2, 'no area is called "Atlantis"'),
        (("study", "Vietnm", "RUS"), 2, "nearest: Việt Nam (VNM)"),
        (("study", "VNM", "VNM"), 2, "VNM does not trade with itself"),
        (("study", "WLD", "VNM"), 2, "a publisher's total, no economy"),
        (("study", "_LISTED", "VNM"), 2, "a publisher's total, no economy"),
        (("study", "FRA", "JPN"), 1, "no table holds trade between FRA and JPN; add a file"),
        (("study", "RUS", "VNM", "--period", "2019"), 1, "no figures for 2019"),
        (("study", "RUS", "VNM", "--period", "2025-13"), 2, "month 13"),
        (("study", "RUS", "VNM", "--period", "soon"), 2, 'the period "soon" cannot be read'),
        (("study", "RUS", "VNM", "--years", "2025:2023"), 2, "runs backwards"),
        (("study", "RUS", "VNM", "--years", "2025", "--period", "2024"), 2, "--years and --period"),
        (("study", "RUS", "VNM", "--freq", "weekly"), 2, "no frequency “weekly”"),
        (("study", "RUS", "VNM", "--as-of", "yesterday"), 2, "“yesterday” is no date"),
        (("study", "RUS", "VNM", "--as-of", "1999-01-01"), 1, "no table holds trade"),
        (("study", "RUS", "VNM", "--threshold", "80"), 2, "the threshold is 80"),
        (("study", "RUS", "VNM", "--format", "odt"), 2, "no format “odt”; there are: html, docx, xlsx"),
        (("study", "RUS", "VNM", "--format", "json,rtf"), 2, "no format “rtf”"),
        (("study", "RUS", "VNM", "--format", " , "), 2, "no format"),
        (("study", "RUS", "VNM", "--format", "docx", "--template", "none.docx"), 1, "the template cannot be read"),
        (("study", "RUS", "VNM", "--source", "nobody"), 1, "from source nobody"),
        (("coverage", "VNM", "Atlantis"), 2, 'no area is called "Atlantis"'),
        (("coverage", "FRA", "JPN"), 1, "no figures of FRA on JPN"),
        (("flows", "VNM", "RUS", "--period", "2015"), 1, "no figures of VNM on RUS for 2015"),
        (("flows", "VNM", "RUS", "--freq", "X"), 2, "no frequency “X”"),
        (("flows", "VNM", "RUS", "--source", "nobody"), 1, "for source nobody"),
        (("explain", "nothing"), 1, "neither a recommendation nor a trace"),
        (("explain", "RUS-VNM-gold-2025"), 1, "makes no recommendation RUS-VNM-gold-2025"),
        (("explain", "0000000000000000/1/1"), 1, "0000000000000000/1/1"),
        (("explain", "sample:groups/021.T-ytd/999999"), 1, "no bundled figure"),
        (("replay", "nowhere.zip"), 1, "no whole archive of a study"),
        (("rebuild",), 1, "there is no store here to rebuild"),
    ],
)
def test_one_clear_line(corridor, data, arguments, code, words):
    said = corridor(*arguments)
    assert said.code == code
    assert words in said.line
    assert not data.exists()  # asking makes no store


@pytest.mark.parametrize(
    "arguments",
    [
        ("study",),
        ("study", "RUS"),
        ("add",),
        ("nosuch",),
        ("study", "RUS", "VNM", "--lang", "de"),
        ("flows", "VNM", "RUS", "--format", "xml"),
        ("explain", "x", "--format", "csv"),
    ],
)
def test_wrong_usage_is_two(corridor, arguments):
    said = corridor(*arguments)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_format_is_refused_before_the_study_is_made(corridor, monkeypatch):
    def never(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the study was made")

    monkeypatch.setattr("corridor.workspace.Workspace.study", never)
    assert corridor("study", "RUS", "VNM", "--format", "odt").code == 2


def _whole() -> bytes:
    return EXPORTS.bytes()


HOSTILE = {
    "empty": (b"", "is empty"),
    "truncated": (_whole()[: len(_whole()) // 2], ""),
    "other.pdf": (pdf([[Piece(72, 700, "An invoice for coffee")]]), "no reader recognises this file"),
    "text.pdf": (b"%PDF-1.7 and nothing more", ""),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(64), "no reader recognises this file"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
    "zip.xlsx": (b"PK\x03\x04" + bytes(200), ""),
    "bytes": (bytes(range(256)) * 40, "no reader recognises this file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_of_ours_is_one_line_and_leaves_the_store_as_it_was(corridor, tmp_path, data, name):
    content, words = HOSTILE[name]
    corridor("add", put(tmp_path, "good.pdf", IMPORTS))
    before, flows = listing(data), corridor("flows", "VNM", "RUS", "--format", "json").out
    said = corridor("add", put(tmp_path, name, content))
    assert said.code == 1
    assert said.out == "1 file: 0 added, 0 already held, 1 refused, 0 rows not understood\n"
    (line,) = said.err.splitlines()
    assert name in line
    assert words in line
    assert "Traceback" not in line
    assert listing(data) == before
    assert corridor("flows", "VNM", "RUS", "--format", "json").out == flows


def test_an_empty_folder_is_named_with_what_to_do(corridor, tmp_path, data):
    (tmp_path / "folder").mkdir()
    said = corridor("add", tmp_path / "folder")
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert "this folder holds no files; name the one that does" in said.err
    assert not data.exists()


def test_a_file_that_is_not_there(corridor, tmp_path):
    said = corridor("add", tmp_path / "нет такого.pdf")
    assert said.code == 1
    assert "нет такого.pdf: cannot be read" in said.err


def test_a_file_without_permission(corridor, tmp_path):
    path = put(tmp_path, "secret.pdf", EXPORTS)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    said = corridor("add", path)
    assert said.code == 1
    assert "secret.pdf: cannot be read" in said.err


def test_a_file_that_the_system_refuses_to_open(corridor, tmp_path, monkeypatch):
    def refuse(_path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("corridor.ingest.adding.checksum", refuse)
    said = corridor("add", put(tmp_path, "secret.pdf", EXPORTS))
    assert said.code == 1
    assert "secret.pdf: cannot be read (Permission denied)" in said.err
    assert len(said.err.splitlines()) == 1


def _catalog(data: Path) -> Path:
    return data / "catalog.sqlite"


@pytest.mark.parametrize(
    "command",
    [("flows", "VNM", "RUS"), ("study", "RUS", "VNM", "--format", "json"), ("sources",), ("coverage", "VNM", "RUS")],
)
def test_a_store_of_a_newer_version(corridor, tmp_path, data, command):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS))
    with sqlite3.connect(_catalog(data)) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = listing(data)
    said = corridor(*command)
    assert said.code == 1
    assert "newer" in said.line
    assert listing(data) == before


@pytest.mark.parametrize("damage", [b"no database at all, but some words", bytes(4096)])
def test_a_damaged_catalog_says_how_to_mend_it(corridor, tmp_path, data, damage):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS))
    _catalog(data).write_bytes(damage)
    said = corridor("flows", "VNM", "RUS")
    assert said.code == 1
    assert "corridor rebuild" in said.line
    assert corridor("rebuild").code == 0
    assert corridor("flows", "VNM", "RUS", "--source", "vn_customs", "--period", "2025-01").code == 0


def test_a_table_that_is_gone_says_how_to_mend_it(corridor, tmp_path, data):
    corridor("add", put(tmp_path, "x.pdf", EXPORTS))
    for path in data.rglob("*.parquet"):
        path.unlink()
    said = corridor("flows", "VNM", "RUS")
    assert said.code == 1
    assert "corridor rebuild" in said.line


def test_a_data_folder_that_is_a_file(corridor, tmp_path):
    said = corridor("flows", "VNM", "RUS", "--data", put(tmp_path, "store", b"x"))
    assert said.code == 1
    assert "is not a folder" in said.line


def test_an_out_folder_that_is_a_file(corridor, tmp_path):
    said = corridor(*JANUARY, "--out", put(tmp_path, "out", b"x"))
    assert said.code == 1
    assert "the report cannot be written" in said.err
    assert "--out" in said.err.splitlines()[-1]
    assert "Traceback" not in said.err


def test_an_archive_that_cannot_be_written(corridor, tmp_path):
    said = corridor(*JANUARY, "--out", tmp_path, "--archive", put(tmp_path, "f", b"x") / "a.zip")
    assert said.code == 1
    assert "the archive cannot be written" in said.err.splitlines()[-1]


def test_the_data_option_goes_before_the_environment(corridor, tmp_path, data):
    other = tmp_path / "khác"
    assert corridor("add", put(tmp_path, "x.pdf", EXPORTS), "--data", other).code == 0
    assert (other.is_dir(), data.exists()) == (True, False)


# -- consoles


def console(*arguments: str | Path, encoding: str) -> subprocess.CompletedProcess[bytes]:
    """The program by itself, on a console of that code page."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "corridor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "cp866"])
def test_text_goes_to_a_console_of_any_code_page(encoding, tmp_path):
    text = console("sources", "--lang", "vi", "--data", tmp_path, encoding=encoding)
    assert (text.returncode, text.stderr) == (0, b"")
    # Letters that a code page lacks are question marks; a stream that claims to be ASCII is taken for UTF-8.
    assert (b"?" in text.stdout) is (encoding != "ascii")
    wrong = console("study", "Лемурия ế", "VNM", "--data", tmp_path, encoding=encoding)
    assert wrong.returncode == 2
    assert wrong.stderr.count(b"\n") == 1
    assert b"Traceback" not in wrong.stderr


def test_the_report_itself_is_utf_8_whatever_the_console(tmp_path):
    made = console(*JANUARY, "--out", tmp_path / "отчёт ế", "--data", tmp_path / "d", encoding="ascii")
    assert made.returncode == 0
    assert b"Traceback" not in made.stderr
    (report,) = tmp_path.rglob("study-RUS-VNM.json")
    assert "Tổng cục Hải quan" in report.read_text(encoding="utf-8")


def test_a_reader_that_goes_away_is_no_failure(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "corridor", "flows", "VNM", "RUS", "--format", "json", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read()
    assert b"Traceback" not in complaint
    assert b"BrokenPipe" not in complaint
