"""A disk that fills up at any write: said in one line, and what was there stays."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import toy_publisher

from corridor.errors import StoreError
from corridor.ingest import add
from corridor.store import Store

TODAY = date(2026, 1, 20)


@contextmanager
def full_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The disk is full from the given write to disk on; the list holds how many writes there were."""
    count, sync = [0], os.fsync

    def fsync(descriptor: int) -> None:
        count[0] += 1
        if count[0] > writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield count


def toys(folder: Path, *months: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for month in months:
        text = toy_publisher.text(f"RUS coffee {month}", "RUS tea -", month=f"2025-{month:02}")
        (folder / f"{month:02}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{month:02}.txt" for month in months]


def held(store: Store) -> list[float]:
    return sorted(store.current("flows").collect()["value_usd"])


def test_whatever_write_fills_the_disk_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, others = toys(tmp_path / "a", 1), toys(tmp_path / "b", 2, 3)
    writes, ended, said = 0, False, []
    while not ended:
        store = Store(tmp_path / f"store{writes}")
        add(store, first, today=TODAY, understand=toy_publisher.understand)
        with full_after(writes, monkeypatch):
            try:
                ended = len(add(store, others, today=TODAY, understand=toy_publisher.understand).of("added")) == 2
            except StoreError as fault:
                said.append(fault.line())
        assert held(store)[0] == 1.0
        assert len(held(store)) == len(store.ingests())
        add(store, others, today=TODAY, understand=toy_publisher.understand)
        assert held(store) == [1.0, 2.0, 3.0]
        writes += 1
    assert all("No space left on device" in line and line.isprintable() for line in said)
    # The holder of the lock, then bytes, tables of two kinds and a note for each of two files.
    assert writes >= 1 + 2 * 4


def test_a_catalog_that_cannot_grow_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from corridor.store import entries

    def full(*args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    store = Store(tmp_path / "store")
    add(store, toys(tmp_path / "a", 1), today=TODAY, understand=toy_publisher.understand)
    with monkeypatch.context() as patch:
        patch.setattr(entries, "write", full)
        patch.setattr("sqlite3.OperationalError.sqlite_errorcode", sqlite3.SQLITE_FULL, raising=False)
        with pytest.raises(StoreError, match="database or disk is full"):
            add(store, toys(tmp_path / "b", 2), today=TODAY, understand=toy_publisher.understand)
    assert held(store) == [1.0]
    add(store, toys(tmp_path / "b", 2), today=TODAY, understand=toy_publisher.understand)
    assert held(store) == [1.0, 2.0]


def test_a_disk_that_is_really_full(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    """On a small disk in memory, where this user may make one; only in a soak."""
    if times(0, 1) == 0:
        pytest.skip("a long campaign: make soak")
    if sys.platform != "linux":
        pytest.skip("makes its small disk with Linux' mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this user may not make a small disk")
    try:
        _fill(disk, tmp_path)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path, folder: Path) -> None:
    store = Store(disk / "store")
    add(store, toys(folder / "a", 1), today=TODAY, understand=toy_publisher.understand)
    rows = [f"RUS group{row} {row}" for row in range(20_000)]
    big = folder / "big.txt"
    big.write_text(toy_publisher.text(*rows, month="2025-02"), encoding="utf-8")
    with pytest.raises(StoreError, match=r"No space left on device|disk is full|disk I/O error"):
        add(store, [big], today=TODAY, understand=toy_publisher.understand)
    assert held(store) == [1.0]
    add(store, toys(folder / "b", 3), today=TODAY, understand=toy_publisher.understand)
    assert held(store) == [1.0, 3.0]
