"""What the project promises about itself: its floors, a light start, and silence about where it was made."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

HEAVY = {
    "altair",
    "babel",
    "hishel",
    "httpx2",
    "jinja2",
    "narwhals",
    "numpy",
    "polars",
    "pypdfium2",
    "python_calamine",
    "pandas",
    "pyfixest",
    "sklearn",
    "vl_convert",
}


def in_a_fresh_process(code: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, check=False)


def test_import_contracts_hold() -> None:
    answer = in_a_fresh_process(
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    report = answer.stdout + answer.stderr
    assert answer.returncode == 0, report
    kept = re.findall(r"^(.*?) KEPT\b", report, re.MULTILINE)
    assert kept == ["The floors of the house", "Analysis is arithmetic", "Indicators do not lean on each other"]


def test_analysis_fetches_nothing() -> None:
    """The contracts know packages only: of urllib, taking addresses apart is arithmetic, and fetching them is not."""
    folders = ("bulletin", "harmonise", "indicators", "potential", "recommend", "report", "scenarios", "study")
    modules = [path for folder in folders for path in (ROOT / "src" / "corridor" / folder).rglob("*.py")]
    assert modules
    fetching = re.compile(r"\burllib\.(?:request|error|robotparser)\b|from urllib import (?!parse$)", re.MULTILINE)
    assert [path.name for path in modules if fetching.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["study", "--help"], ["potential", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    answer = in_a_fresh_process(
        "import sys; from corridor import cli\n"
        f"try:\n cli.app({arguments!r})\n"
        "except SystemExit as ended:\n assert not ended.code, ended.code\n"
        f"print('loaded:', *sorted({HEAVY!r} & set(sys.modules)))"
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "loaded:"


def test_every_package_folder_says_what_it_is() -> None:
    folders = sorted({path.parent for path in (ROOT / "src" / "corridor").rglob("*.py")})
    said = {folder: ast.parse((folder / "__init__.py").read_text(encoding="utf-8")) for folder in folders}
    silent = [folder.name for folder, module in said.items() if len((ast.get_docstring(module) or "").split()) < 3]
    assert silent == []


#: Written so that no pattern finds itself.
TELLTALES = {
    "a folder of somebody's machine": r"(?<![\w./-])/(?:hom[e]|User[s]|roo[t]|wor[k]|op[t]|mn[t]|medi[a]|tm[p])/\w",
    "a folder of somebody's Windows": r"\b[A-Z]:\\+User[s]\b",
    "a package index": r"pyp[i]\.org|pythonhoste[d]\.org|/simpl[e]/|index-ur[l]|find-link[s]",
    "a host of one workplace": r"//[\w.-]+\.(?:cor[p]|interna[l]|intrane[t]|la[n]|loca[l])\b",
    "a key": r"-----BEGI[N] |AKI[A][0-9A-Z]{16}|gh[p]_[A-Za-z0-9]{30}",
}
TEXTS = {"", ".cff", ".css", ".csv", ".html", ".j2", ".js", ".md", ".po", ".py", ".svg", ".toml", ".txt", ".yml"}
FOLDERS = ("src", "tests", "docs", "benchmarks", ".ci")


def texts() -> Iterator[tuple[str, str]]:
    """The project's text files by name, whatever else lies in the checkout."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts)
    for path in sorted([*inside, *ROOT.iterdir()]):
        if path.is_file() and path.suffix in TEXTS:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "telltale",
    [
        "see /hom" + "e/anna/corridor",
        "log in /tm" + "p/x.log",
        "C:\\User" + "s\\anna",
        "https://pyp" + "i.org/project",
        "https://git.example.interna" + "l/x",
        "AKI" + "A" + "0" * 16,
    ],
)
def test_the_search_finds_telltales(telltale: str) -> None:
    assert any(re.search(pattern, telltale) for pattern in TELLTALES.values())


@pytest.mark.parametrize(("what", "pattern"), TELLTALES.items(), ids=list(TELLTALES))
def test_no_file_tells_where_it_was_made(what: str, pattern: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert found == [], what
