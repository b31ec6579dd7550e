"""`corridor indicator` on the terminal, over the bundled figures."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corridor import cli, indicators


@dataclass(frozen=True)
class Said:
    """What the command did."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs the command in this process on an empty data folder, as the installed program does."""
    monkeypatch.setenv("CORRIDOR_DATA", str(tmp_path / "data"))

    def of(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["corridor", "indicator", *arguments])
        capfd.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        sys.stdout.flush()
        return Said(code, *capfd.readouterr())

    return of


PAIR = ("--exporter", "VNM", "--importer", "RUS", "--period", "2024")


def test_the_published_concentration_with_its_arithmetic(run: Run) -> None:
    done = run("hhi", *PAIR, "--format", "json", "--explain")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["schema"] == "corridor.indicator/1"
    (row,) = answer["rows"]
    # customs tables of 2024: 24 groups with the residual one
    assert row["n"] == 24
    assert row["hhi"] == pytest.approx(0.178883762, abs=5e-10)
    assert row["hhi_normalised"] == pytest.approx(0.143183056, abs=5e-10)
    assert "= 0.1788838; normalised" in answer["explained"][1]
    assert answer["notes"][0].startswith("figures: vn_customs, first release, exports reported by VNM with RUS")
    assert answer["notes"][0] in done.stderr, "a program and a person are told whose figures these are"
    assert "reported by VNM with RUS" in done.stderr


def test_the_largest_first_and_for_a_spreadsheet(run: Run) -> None:
    done = run("share", *PAIR, "--top", "3", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))))
    assert [row["product"] for row in rows] == ["garments", "other_goods", "coffee"]
    assert float(rows[0]["share"]) == pytest.approx(762_470_079 / 2_337_104_398)


def test_sides_may_be_named_from_the_reporter(run: Run) -> None:
    by_sides = run("hhi", "--exporter", "RUS", "--importer", "VNM", "--period", "2024")
    by_reporter = run("hhi", "--reporter", "VNM", "--partner", "RUS", "--flow", "import", "--period", "2024")
    assert by_sides.returncode == 0, by_sides.stderr
    assert by_sides.stdout == by_reporter.stdout
    assert "0.20387245" in by_sides.stdout


def test_all_are_listed_with_their_options(run: Run) -> None:
    rows = json.loads(run("--list", "--format", "json").stdout)["rows"]
    assert [row["indicator"] for row in rows] == list(indicators.INDICATORS)
    assert next(row for row in rows if row["indicator"] == "hhi")["options"] == "n=None, without=()"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        ((), 2, "which indicator?; corridor indicator --list names all"),
        (("rcaa", *PAIR), 2, "no indicator “rcaa”; perhaps rca"),
        (("hhi", *PAIR, "--set", "n"), 2, "“n” is no option; write it as NAME=VALUE"),
        (("rca", *PAIR), 1, "rca needs exports by product of all the world; the store holds those of VNM alone"),
        (("hhi", "--flow", "import"), 2, "whose exports or imports?; --flow goes with --reporter"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(run: Run, arguments: tuple[str, ...], code: int, line: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(line), done.stderr
    assert len(done.stderr.splitlines()) == 1
