"""How long do answers take that a user waits for, next to reading the store's files alone?

The yardstick is Polars reading every column of every current row of the flows once. Data: the folder of packs named by
CORRIDOR_TEST_DATA, else ../shared/data beside the checkout; the store is made anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from measuring import Unmeasured, packs, table

from corridor.workspace import Workspace

SECTION = "Answers from the store"
_FOLDERS = ("vietnam-customs", "vietnam-statistics-office")


def store(folder: Path) -> Workspace:
    files = [path for name in _FOLDERS for path in (packs() / name).glob("*.*") if path.name != "SOURCE.md"]
    if not files:
        raise Unmeasured(f"real files are not here: {packs()} (set CORRIDOR_TEST_DATA to the folder of data packs)")
    workspace = Workspace(folder)
    workspace.add(files)
    return workspace


def _works(workspace: Workspace) -> dict[str, Callable[[], object]]:
    return {
        "reading the flows, Polars alone": lambda: workspace.store.current("flows").collect(),
        "the figures of one pair and month": lambda: workspace.flows("VNM", "RUS", period="2024-04"),
        "an indicator with its arithmetic": lambda: workspace.indicator("hhi", "VNM", "RUS", period="2024"),
        "a bulletin": lambda: workspace.bulletin("VNM", "RUS", "2025-01"),
        "the five stages of a study": lambda: workspace.study("RUS", "VNM"),
    }


def run() -> str:
    """The section of docs/benchmarks.md."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        workspace = store(Path(folder))
        held = workspace.store.current("flows").select("value").collect().height
        unit = 0.0
        for what, work in _works(workspace).items():
            begun = perf_counter()
            work()
            took = perf_counter() - begun
            unit = unit or took
            rows.append([what, f"{took:.2f} s", f"{took / unit:.1f} x"])
    intro = f"`benchmarks/answers_from_store.py`: the two Vietnamese offices' files in a store, {held:,} flows."
    return f"{intro}\n\n{table(['', 'time', 'of the reading'], rows)}"


if __name__ == "__main__":
    print(run())
