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
    assert "figures: vn_customs, first release, reported by VNM" in err


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
