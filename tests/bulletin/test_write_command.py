"""The verb at the terminal: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corridor import cli


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Runs `corridor bulletin ...` on an empty store and gives exit code, output and complaints."""

    def corridor(*words: str) -> tuple[int, str, str]:
        arguments = ["corridor", "bulletin", *words, "--data", str(tmp_path / "store")]
        monkeypatch.setattr("sys.argv", arguments)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(str(ended.value.code or 0)), printed.out, printed.err

    return corridor


def test_a_bulletin_is_printed(run):
    code, out, err = run("VNM", "Nga", "2025-01", "--lang", "vi", "--annex", "none")
    assert code == 0
    assert out.startswith("# Bản tin thương mại Việt Nam – Liên bang Nga, tháng 1/2025\n")
    assert "Phụ lục" not in out
    assert "số liệu: vn_customs, công bố lần đầu, nước báo cáo: Việt Nam" in err


def test_json_is_one_object_with_its_schema(run):
    code, out, _ = run("VNM", "RUS", "2025", "--format", "json")
    data = json.loads(out)
    assert (code, data["schema"]) == (0, "corridor.bulletin/1")
    assert data["totals"]["exports"]["value_usd"] == 2_261_477_217


def test_a_file_is_written_and_named(run, tmp_path: Path):
    file = tmp_path / "bản tin.html"
    code, out, _ = run("VNM", "RUS", "2025-01", "--lang", "ru", "--format", "html", "--out", str(file))
    assert (code, out.strip()) == (0, str(file))
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("VNM", "RUS", "2031-01"), 1, "no table holds trade between VNM and RUS in 2031-01"),
        (("VNM", "RUS", "2023:2025"), 2, "names 3 periods"),
        (("VNM", "RUS", "2025-13"), 2, "a year has no month 13"),
        (("VNM", "VNM", "2025"), 2, "does not trade with itself"),
        (("VNM", "RUS", "2025", "--named", "0"), 2, "cannot be that small"),
        (("VNM", "RUS", "2025", "--out", "nowhere/at/all.md"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, words, code, said):
    ended, out, err = run(*words)
    assert (ended, out) == (code, "")
    assert said in err.splitlines()[-1]
    assert "Traceback" not in err


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_files_that_are_no_text_need_a_name(run, format: str):
    code, out, err = run("VNM", "RUS", "2025-01", "--format", format)
    assert (code, out) == (2, "")
    assert err.splitlines() == [f"a {format} file cannot be printed; name a file with --out"]


@pytest.mark.parametrize(("lang", "heads"), [("en", "Commodity group"), ("ru", "Товарная группа"), ("vi", "Nhóm hàng")])
def test_a_word_file_holds_the_text_and_the_annex_as_tables(run, tmp_path: Path, lang: str, heads: str):
    import docx

    file = tmp_path / "bulletin.docx"
    code, out, _ = run("VNM", "RUS", "2025-01", "--lang", lang, "--format", "docx", "--out", str(file))
    assert (code, out.strip()) == (0, str(file))
    word = docx.Document(str(file))
    styles = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Body Text"} <= styles
    annex = word.tables[-1]
    assert annex.rows[0].cells[0].text == heads
    assert "tblHeader" in annex.rows[0]._tr.xml
    if lang == "vi":
        labels = [row.cells[0].text.split(" [")[0] for row in annex.rows]
        # The publisher's own order, residual and total last.
        assert labels.index("Lúa mì") < labels.index("Than các loại") < labels.index("Phân bón các loại")
        assert labels[-2].startswith("Hàng hóa khác")
