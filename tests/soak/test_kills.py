"""Killed at any moment, a store opens and holds each file wholly or not at all."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import toy_publisher

from corridor.ingest import add
from corridor.store import Store

TODAY = date(2026, 1, 20)
FILES, ROWS = 12, 200

ADD = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import toy_publisher
from corridor.ingest import add
from corridor.store import Store
files = sorted(Path(sys.argv[2]).iterdir())
print("begins", flush=True)
add(Store(Path(sys.argv[3])), files, today=date(2026, 1, 20), understand=toy_publisher.understand, workers=1)
print("done", flush=True)
"""


def inbox(folder: Path) -> list[Path]:
    folder.mkdir()
    for number in range(FILES):
        rows = [f"RUS group{row} {number * ROWS + row + 1}" for row in range(ROWS)]
        text = toy_publisher.text(*rows, month=f"2025-{number + 1:02}")
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def adding(files: Path, store: Path) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", ADD, str(Path(toy_publisher.__file__).parent), str(files), str(store)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(program, stdout=subprocess.PIPE, encoding="utf-8", env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def values(store: Store) -> dict[str, list[float]]:
    flows = store.current("flows").select("snapshot", "value_usd").collect()
    return {key[0]: sorted(rows["value_usd"]) for key, rows in flows.group_by("snapshot")}


def whole(store: Store) -> dict[str, list[float]]:
    """What a store holds, after making sure that every file named in it is there to its last row."""
    held = values(store)
    assert held.keys() == {ingest.snapshot for ingest in store.ingests()}
    for ingest in store.ingests():
        first = int(ingest.file.removesuffix(".txt")) * ROWS
        assert held[ingest.snapshot] == [float(first + row + 1) for row in range(ROWS)]
        assert store.snapshot(ingest.snapshot).is_file()
    return held


def leftovers(store: Store) -> list[Path]:
    """Files in a swept store that nobody names."""
    named = {store.directory / file.path for ingest in store.ingests() for file in ingest.files}
    named |= {store.snapshot(ingest.snapshot) for ingest in store.ingests()}
    found = [*store.directory.glob("tables/*/*"), *store.directory.glob("snapshots/??/*")]
    return [path for path in found if path not in named and path.suffix != ".json"]


def test_a_killed_ingest_is_all_or_nothing(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    files = inbox(tmp_path / "inbox")
    began = time.monotonic()
    with adding(files[0].parent, tmp_path / "whole") as process:
        assert process.wait(120) == 0
    lasts = time.monotonic() - began
    complete = whole(Store(tmp_path / "whole"))
    assert len(complete) == FILES
    chance, cut_short = random.Random(20250101), 0
    for number in range(times(3, 50)):
        folder = tmp_path / f"killed{number}"
        with adding(files[0].parent, folder) as process:
            time.sleep(chance.uniform(0, lasts))
            process.kill()
            process.wait(60)
        store = Store(folder)
        held = whole(store)
        cut_short += len(held) < FILES
        with store.writer():
            pass
        assert whole(store) == held
        assert leftovers(store) == []
        report = add(store, files, today=TODAY, understand=toy_publisher.understand, workers=1)
        assert len(report.of("already_held")) == len(held)
        assert whole(store) == complete
    assert cut_short, "no kill came in time; the files are too few"


def test_a_killed_rebuild_keeps_the_old_tables(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    files = inbox(tmp_path / "inbox")
    store = Store(tmp_path / "store")
    add(store, files, today=TODAY, understand=toy_publisher.understand, workers=1)
    complete = whole(store)
    program = ADD.replace("import add", "import rebuild").replace(
        "add(Store(Path(sys.argv[3])), files, today=date(2026, 1, 20), ", "rebuild(Store(Path(sys.argv[3])), "
    )
    chance = random.Random(7)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [str(Path(toy_publisher.__file__).parent), str(files[0].parent), str(store.directory)]
    for _ in range(times(2, 50)):
        command = [sys.executable, "-c", program, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begins\n"
            time.sleep(chance.uniform(0, 0.5))
            process.kill()
            process.wait(60)
        assert whole(store) == complete
        with store.writer():
            pass
        assert leftovers(store) == []


def test_a_sum_over_the_store_never_sees_half_a_file(tmp_path: Path) -> None:
    """A reader beside a writer sees one commit or the next."""
    files = inbox(tmp_path / "inbox")
    store = Store(tmp_path / "store")
    with adding(files[0].parent, store.directory) as process:
        while process.poll() is None:
            counts = store.current("flows").group_by("snapshot").agg(pl.len()).collect()["len"].to_list()
            assert set(counts) <= {ROWS}
        assert process.returncode == 0
