"""Writes the pages of docs/ that the code already says: methods, sources, commands, tables, glossary.

``python docs/generate.py`` writes them; ``python docs/generate.py --check`` names those that are not up to date
and exits 1. The same code gives the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pages import commands, glossary, methods, sources, tables

DOCS = Path(__file__).resolve().parent
#: Folders that hold generated pages and nothing else.
OWNED = ("methods", "sources")
#: First line of every generated page.
MARK = "<!-- Written by docs/generate.py: change the code it is made from, then run `make docs`. -->"


def pages() -> dict[str, str]:
    """Every generated page: its path under docs/, with forward slashes, and its text."""
    found = {"commands.md": commands.page(), "glossary.md": glossary.page(), "tables.md": tables.page()}
    found |= {f"methods/{name}.md": text for name, text in methods.pages().items()}
    found |= {f"sources/{name}.md": text for name, text in sources.pages().items()}
    return {path: f"{MARK}\n\n{text.strip()}\n" for path, text in found.items()}


def stale(made: dict[str, str]) -> tuple[str, ...]:
    """The pages that are missing, differ from ``made``, or are no longer made."""
    differing = [path for path, text in made.items() if _text(DOCS / path) != text]
    return (*differing, *(path for path in _owned() if path not in made))


def write(path: str, text: str | None) -> None:
    """Puts one page in its place; None removes it."""
    target = DOCS / path
    if text is None:
        target.unlink()
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _owned() -> Iterator[str]:
    for folder in OWNED:
        for path in sorted((DOCS / folder).glob("*.md")):
            yield path.relative_to(DOCS).as_posix()


def main(arguments: Sequence[str]) -> int:
    """Writes the pages, or checks them; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not up to date")
    check = parser.parse_args(arguments).check
    made = pages()
    changed = stale(made)
    for path in changed:
        if not check:
            write(path, made.get(path))
        sys.stdout.write(f"docs/{path}: {'not up to date, run: make docs' if check else 'brought up to date'}\n")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
