"""What went wrong is told in the language of the reader: what the code says in English is found and translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import corridor
from corridor.cli import app, main
from corridor.errors import CorridorError, NothingFound, UsageError, Where
from corridor.report.catalogue import LANGS, catalogue
from corridor.report.faults import line, said

ENGLISH = {key: text for key, text in catalogue("en").messages.items() if key.startswith("fault.")}
#: Names in a message: of formulas, options, publishers and files.
NAMES = re.compile(
    r"corridor \w+|--[\w-]+|[A-Z]{2,}\w*|World Bank|GeoDist|\w+/\w+|\S+\.\w{3}\b|[\w-]+[:=]\w+|\w+_\w+|RUS-\S+"
)
#: The formats of reports and the factors of the potential, as they are typed.
TYPED = {
    "Comtrade",
    "coal",
    "html",
    "docx",
    "xlsx",
    "pdf",
    "json",
    "csv",
    "dta",
    "tex",
    "letter",
    "outlook",
    "tariffs",
    "substitution",
    "distance",
}


@pytest.fixture(scope="module")
def words_of_the_code() -> str:
    """All texts in the code, one after the other."""
    found = []
    for path in Path(corridor.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return "\n".join(found)


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_the_code_says_every_sentence_that_is_translated(key: str, words_of_the_code: str) -> None:
    text = ENGLISH[key]
    assert isinstance(text, str)
    for part in re.split(r"\{\w+\}|, ", text):
        bare = part.strip(' ,:()“”;?"1')
        # An unknown name of a list is said by one function: no + what it is.
        assert bare in words_of_the_code or bare.removeprefix("no ") in words_of_the_code, part


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_sentence_is_found_and_its_places_are_filled(key: str) -> None:
    text = str(ENGLISH[key])
    places = re.findall(r"\{(\w+)\}", text)
    filled = re.sub(r"\{(\w+)\}", r"Q\1q", text)
    for lang in ("ru", "vi"):
        told = said(filled, lang)
        assert all(f"Q{place}q" in told for place in places), told
        assert told != filled or text in ("{field}: {fault}",)


def test_a_sentence_inside_another_is_told_too() -> None:
    fault = UsageError("period: “abc” is no number", next_step="correct it in the form")
    assert line(fault, "ru") == "period: «abc» — не число; исправьте в форме"
    assert line(fault, "vi") == "period: “abc” không phải là số; hãy sửa trong biểu mẫu"
    assert line(fault, "en") == fault.line()


def test_the_place_of_a_fault_is_told_and_its_file_stays() -> None:
    fault = CorridorError("is empty", where=Where(file="a, b.xlsx", page=3, row=4), next_step="fetch it again")
    assert line(fault, "ru") == "a, b.xlsx, стр. 3, строка 4: пустой; скачайте его ещё раз"


def test_what_nobody_translated_stays_as_it_was_said() -> None:
    fault = NothingFound("the moon is full; look up", next_step="wait")
    assert line(fault, "vi") == "the moon is full; look up; wait"


@pytest.mark.parametrize(
    "asked",
    [
        ["flows", "nowhere", "RUS"],
        ["flows", "VNM", "RUS", "--period", "never"],
        ["flows", "VNM", "RUS", "--period", "1999"],
        ["study", "RUS", "RUS"],
        ["study", "RUS", "VNM", "--format", "doc"],
        ["potential", "RUS", "VNM"],
        ["recommend", "RUS", "VNM", "--weight", "growth"],
        ["tariff", "VNM", "RUS", "coal"],
        ["explain", "nothing"],
        ["find", "qwertyuiop"],
        ["region", "VNM", "RUS"],
        ["study", "RUS", "VNM", "--cif-margin", "0.1"],
    ],
    ids=" ".join,
)
def test_a_refusal_at_the_terminal_holds_no_english(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*asked, "--lang", "ru", "--data", str(tmp_path / "none")]
    monkeypatch.setattr("sys.argv", ["corridor", *words])
    with pytest.raises(SystemExit):
        main()
    said_in = capsys.readouterr().err.strip().splitlines()[-1]
    rest = NAMES.sub("", said_in)
    for word in asked:
        rest = rest.replace(word, "")
    assert set(re.findall(r"[A-Za-z]{3,}", rest)) <= TYPED, said_in


@pytest.mark.parametrize("lang", LANGS)
def test_the_heads_of_a_table_and_its_count_are_told_at_the_terminal(lang: str, tmp_path: Path) -> None:
    asked = ["flows", "VNM", "RUS", "--period", "2024", "--lang", lang, "--data", str(tmp_path / "none")]
    shown = CliRunner().invoke(app, asked).stdout.splitlines()
    assert ("value_usd" in shown[0]) is (lang == "en")
    last = {"en": {"rows"}, "ru": {"строка", "строки", "строк"}, "vi": {"dòng"}}
    assert shown[-1].split()[-1] in last[lang]
    if lang == "ru":
        assert not re.search(r"\b(import|export|first|official)\b", "\n".join(shown))
