"""`corridor update`: what a person types and reads."""

from pathlib import Path

import pytest

from corridor import cli

from .loopback import Loopback
from .publishers import Comtrade, Customs


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["corridor", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between two requests to the loopback."""
    monkeypatch.setattr("corridor.fetch.wire.time.sleep", lambda seconds: None)


@pytest.mark.usefixtures("at_once")
def test_files_come_and_the_rest_is_said(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Customs(server, [(2024, month) for month in range(1, 12)]).open()
    words = ("update", "vn_customs", "--years", "2024", "--base", f"vn_customs={server.address}")
    assert typed(monkeypatch, *words, "--data", str(tmp_path / "store")) == 1
    said = capsys.readouterr()
    assert said.out == (
        "22 files: 22 added, 0 already held, 0 unchanged at the publisher, 0 refused, 0 rows not understood,"
        " 2 periods not had\n"
    )
    assert said.err.splitlines() == [
        "vn_customs: VNM export, 2024-12: the publisher's list names no file for it",
        "vn_customs: VNM import, 2024-12: the publisher's list names no file for it",
    ]


@pytest.mark.usefixtures("at_once")
def test_a_whole_update_ends_well(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Customs(server, [(2024, month) for month in range(1, 13)]).open()
    monkeypatch.setenv("CORRIDOR_BASE_VN_CUSTOMS", server.address)
    monkeypatch.setenv("CORRIDOR_DATA", str(tmp_path / "store"))
    assert typed(monkeypatch, "update", "vn_customs", "--years", "2024:2024") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("at_once")
def test_a_refused_file_is_one_line(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CORRIDOR_COMTRADE_KEY", raising=False)
    monkeypatch.setattr("corridor.sources.source_ids", lambda: ())
    server.speakers["/public/v1/preview/C/A/HS"] = Comtrade([("643", "2020"), ("704", "2020")]).speak
    words = ("update", "un_comtrade", "RUS", "VNM", "--years", "2020", "--base", f"un_comtrade={server.address}")
    assert typed(monkeypatch, *words, "--data", str(tmp_path / "store")) == 1
    said = capsys.readouterr()
    assert "2 refused" in said.out
    assert all("no reader recognises this file" in line for line in said.err.splitlines())
    assert all("the file stays there" in line for line in said.err.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["comtrad", "RUS", "VNM"], "comtrad"),
        (["un_comtrade"], "asked for a pair"),
        (["baci", "--years", "20x"], "no years"),
        (["baci", "--years", "2024:2015"], "no years"),
        (["baci", "--base", "baci"], "names no address"),
        (["baci", "--base", "baci=ftp://a"], "no address of baci"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    said: str,
) -> None:
    assert typed(monkeypatch, "update", *words, "--data", str(tmp_path / "store")) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert not (tmp_path / "store").exists()
