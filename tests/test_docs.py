"""The documents say what the program does: generated pages, commands, examples, links, recipes."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.main import get_command

from corridor import cli, indicators
from corridor.sources import source_ids

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
#: Where commands, targets and files are named for a reader to use.
WRITTEN = [path for path in PAGES if path.parent in (ROOT, DOCS)]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fenced(path: Path, *languages: str) -> Iterator[str]:
    """The code blocks of a page in one of these languages."""
    yield from (code for language, code in _FENCE.findall(text_of(path)) if language in languages)


# Generated pages


@pytest.fixture(scope="module")
def generate() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


def test_generated_pages_are_up_to_date(generate: ModuleType) -> None:
    assert generate.stale(generate.pages()) == (), "run: make docs"


def test_the_generator_gives_the_same_bytes_twice(generate: ModuleType) -> None:
    assert generate.pages() == generate.pages()


def test_the_generator_writes_what_is_stale_and_removes_what_is_gone(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "DOCS", tmp_path)
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "forgotten.md").write_text("an indicator that is no more", encoding="utf-8")
    (tmp_path / "by-hand.md").write_text("not ours", encoding="utf-8")
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert not (tmp_path / "methods" / "forgotten.md").exists()
    assert (tmp_path / "by-hand.md").exists()


def test_every_indicator_and_source_has_a_page() -> None:
    assert {path.stem for path in (DOCS / "methods").glob("*.md")} == {"README", *indicators.INDICATORS}
    assert {path.stem for path in (DOCS / "sources").glob("*.md")} == {"README", *source_ids()}


@pytest.mark.parametrize("name", indicators.INDICATORS)
def test_an_indicator_says_how_it_was_checked(name: str) -> None:
    assert re.search(r"^- Checked (against|by hand): ", text_of(DOCS / "methods" / f"{name}.md"), re.MULTILINE)


# The terminal


def commands() -> dict[str, Any]:
    root: Any = get_command(cli.app)
    return dict(root.commands)


def options(command: Any) -> set[str]:
    return {"-h", "--help", *(each for parameter in command.params for each in parameter.opts if each.startswith("-"))}


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text_of(DOCS / "commands.md"), re.MULTILINE | re.DOTALL)
    assert section is not None
    missing = [option for option in options(commands()[name]) if not re.search(rf"`[^`]*{option}\b", section[1])]
    assert missing == []


def calls(text: str) -> Iterator[list[str]]:
    """The words of every call of corridor in a text, in code blocks and between backticks."""
    found = re.findall(r"^(?:\.venv\S*[/\\])?corridor (.+)$", text, re.MULTILINE)
    found += re.findall(r"`corridor ([^`\n]+)`", text)
    yield from (shlex.split(call) for call in found)


def faults(call: list[str]) -> Iterator[str]:
    """What in a documented call the program does not know."""
    verb, *rest = call
    given = {word.partition("=")[0] for word in rest if word.startswith("--")}
    if verb in commands():
        yield from sorted(given - options(commands()[verb]))
    elif verb not in {"--help", "--version", "COMMAND"}:
        yield verb


def test_the_search_finds_a_call_that_does_not_work() -> None:
    (call,) = calls("`corridor study RUS VNM --speed 9`")
    assert list(faults(call)) == ["--speed"]
    (call,) = calls("```sh\ncorridor sing\n```")
    assert list(faults(call)) == ["sing"]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_documented_calls_exist(page: Path) -> None:
    assert [(call, fault) for call in calls(text_of(page)) for fault in faults(call)] == []


def test_the_readme_lists_every_verb() -> None:
    verbs = set(re.findall(r"`corridor (\w+)", text_of(ROOT / "README.md")))
    assert verbs == commands().keys()


# Examples


EXAMPLES = [(path, code) for path in WRITTEN for code in fenced(path, "python")]


@pytest.mark.parametrize(("page", "code"), EXAMPLES, ids=[f"{named(path)}-{n}" for n, (path, _) in enumerate(EXAMPLES)])
def test_examples_run(page: Path, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, named(page), "exec"), {})


# Links and paths


def anchors(path: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> Iterator[str]:
    for link in _LINK.findall(_FENCE.sub("", text_of(page))):
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if "://" in link:
            continue
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield link


def test_the_search_finds_broken_links(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](gone.md) [d](https://example.org)", encoding="utf-8")
    assert list(broken(page)) == ["#two", "gone.md"]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_resolve(page: Path) -> None:
    assert list(broken(page)) == []


def test_every_page_is_listed() -> None:
    listed = {(DOCS / link.partition("#")[0]).resolve() for link in _LINK.findall(text_of(DOCS / "README.md"))}
    assert [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and path not in listed] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_named_paths_and_targets_exist(page: Path) -> None:
    """Paths in backticks, paths given to pytest, and make targets; <id>, <name> and <kind> are yours to fill in."""
    text = text_of(page)
    paths = re.findall(r"`((?:src|tests|docs|\.ci)/[^`\s]*)`", text)
    paths += [word for line in re.findall(r"-m pytest (.+)$", text, re.MULTILINE) for word in line.split()]
    assert [path for path in paths if "<" not in path and not (ROOT / path).exists()] == []
    assert set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)) <= targets()


def recipes() -> dict[str, str]:
    parts = re.split(r"^## ((?:Add|Make) .+)$", text_of(ROOT / "CONTRIBUTING.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_contributing_has_the_recipes() -> None:
    said = " ".join(recipes())
    assert [thing for thing in ("source", "indicator", "language", "correction", "chart") if thing not in said] == []


@pytest.mark.parametrize("recipe", recipes())
def test_a_recipe_ends_in_the_command_that_proves_it(recipe: str) -> None:
    assert recipes()[recipe].rstrip().endswith("\n```")
    language, code = _FENCE.findall(recipes()[recipe])[-1]
    assert language == "sh"
    assert re.match(r"(?:\.venv/bin/python -m pytest |make )", code.strip().splitlines()[-1])
