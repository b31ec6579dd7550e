"""Runs the benchmarks and writes docs/benchmarks.md.

A benchmark is a script of this folder with a heading, ``SECTION``, and ``run()``, which gives the section's text in
Markdown, or raises `Unmeasured` where it lacks a peer or its files. What was measured is kept in benchmarks/results, so
that a section that is not run today stays on the page with its own date and machine.

    python benchmarks/report.py            all of them
    python benchmarks/report.py NAME...    some of them, by the script's name
    python benchmarks/report.py --page     none: only the page, from what is kept
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

import measuring

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PAGE = HERE.parent / "docs" / "benchmarks.md"

INTRODUCTION = """# Benchmarks

Ratios against a yardstick measured in the same run, because absolute times belong to one machine and one hour.
`make bench` measures them again and writes this page; what it lacks (publishers' files, peers) keeps the section of the
last time. A limit that was not kept is said like one that was."""


def benchmarks() -> dict[str, ModuleType]:
    """Every script that is a benchmark, by name."""
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in {"report", "measuring"})
    found = {name: import_module(name) for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "SECTION")}


def page() -> str:
    """The page, from the sections that are kept."""
    sections = [path.read_text(encoding="utf-8").strip() for path in sorted(RESULTS.glob("*.md"))]
    return "\n\n".join([INTRODUCTION, *sections]) + "\n"


def measure(name: str, module: ModuleType) -> str:
    """Run one benchmark and keep its section."""
    before = measuring.machine()
    text = (
        f"## {module.SECTION}\n\n{module.run().strip()}\n\n{datetime.now().astimezone().date().isoformat()}, {before}."
    )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text + "\n", encoding="utf-8", newline="\n")
    return text


def main() -> int:
    sys.path.insert(0, str(HERE))
    known = benchmarks()
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page")
    given = parser.parse_args()
    if unknown := sorted(set(given.names) - known.keys()):
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}")
    for name in () if given.page else given.names or known:
        try:
            print(measure(name, known[name]), end="\n\n", flush=True)
        except measuring.Unmeasured as why:
            print(f"{name}: not measured: {why}", end="\n\n", flush=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
