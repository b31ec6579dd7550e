"""Rebuilding: the same tables with the same answers, or the old ones untouched."""

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import toy_publisher
from polars.testing import assert_frame_equal
from toy_publisher import text

from corridor.errors import NothingFound, StoreError
from corridor.ingest import RebuildReport, add, rebuild
from corridor.ingest.reading import Job
from corridor.store import Bundle, Store

DAYS = [None, date(2025, 2, 9), date(2025, 2, 10), date(2025, 2, 25), date(2025, 3, 1), date(2026, 1, 21)]


@pytest.fixture
def filled(store, write) -> Store:
    """Three editions of January (two of one day), one of February, one file without a date; on two days."""
    texts = {
        "b.txt": text("RUS coffee 110", "??? what 1", published="2025-02-20"),
        "a.txt": text("RUS coffee 100", "RUS rice 7"),
        "c.txt": text("RUS coffee 111", published="2025-02-20"),
    }
    later = {
        "d.txt": text("RUS coffee 1", "RUS tea -", month="2025-02", published="2025-03-01"),
        "e.txt": text("RUS coffee 5", table="021.T", published="-"),
    }
    for day, files in ((date(2026, 1, 20), texts), (date(2026, 1, 21), later)):
        paths = [write(name, words) for name, words in files.items()]
        report = add(store, paths, today=day, understand=toy_publisher.understand)
        assert len(report.of("added")) == len(files)
    return store


def again(store: Store, understand=toy_publisher.understand) -> RebuildReport:
    # In this process: the readers of these tests cannot be imported by name.
    return rebuild(store, understand=understand, workers=1)


def answers(store: Store) -> dict[tuple[str, date | None], pl.DataFrame]:
    return {
        (table, day): store.current(table, as_of=day).collect()
        for table in ("flows", "quantities", "coverage", "not_understood")
        for day in DAYS
    }


def assert_same_answers(before, after):
    for question, frame in before.items():
        assert_frame_equal(frame, after[question], check_row_order=False)


def files(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


def refuse_february(job: Job) -> Bundle:
    if job.name == "d.txt":
        raise ValueError("no longer understood")
    return toy_publisher.understand(job)


def test_the_same_tables_with_the_same_answers_and_dates(filled):
    before, ingests = answers(filled), filled.ingests()
    report = again(filled)
    assert report.replaced
    assert [(str(outcome.path), outcome.status) for outcome in report.outcomes] == [
        *(("b.txt", "added"), ("a.txt", "added"), ("c.txt", "added"), ("d.txt", "added"), ("e.txt", "added"))
    ]
    assert_same_answers(before, answers(filled))
    assert filled.ingests() == ingests


def test_the_answers_are_not_all_alike(filled):
    """The tests here would say nothing if every question had the same answer."""
    flows = [filled.current("flows", as_of=day).collect() for day in DAYS]
    assert [frame["value_usd"].sum() for frame in flows] == [117.0, 0.0, 107.0, 111.0, 112.0, 117.0]


@pytest.mark.parametrize("damage", ["damaged", "gone"])
def test_a_catalog_that_is_lost_is_made_anew(filled, damage):
    before, ingests = answers(filled), filled.ingests()
    catalog = filled.directory / "catalog.sqlite"
    if damage == "gone":
        catalog.unlink()
    else:
        catalog.write_bytes(b"x" * 9000)
    with pytest.raises(StoreError, match="run `corridor rebuild`"):
        filled.current("flows")
    assert again(filled).replaced
    assert_same_answers(before, answers(filled))
    assert filled.ingests() == ingests
    assert (filled.directory / "catalog.damaged.sqlite").exists() == (damage == "damaged")


def test_a_file_no_longer_understood_leaves_the_old_tables(filled):
    before = answers(filled)
    report = again(filled, refuse_february)
    assert not report.replaced
    (outcome,) = report.of("refused")
    assert outcome.message.startswith("d.txt: reading it failed (ValueError: no longer understood)")
    assert_same_answers(before, answers(filled))


def test_a_lost_catalog_is_made_from_what_can_be_read(filled):
    (filled.directory / "catalog.sqlite").unlink()
    report = again(filled, refuse_february)
    assert report.replaced
    assert [str(outcome.path) for outcome in report.of("refused")] == ["d.txt"]
    assert [ingest.file for ingest in filled.ingests()] == ["b.txt", "a.txt", "c.txt", "e.txt"]
    # Its bytes are still the record: a better reader brings it back in its place.
    assert again(filled).replaced
    assert [ingest.file for ingest in filled.ingests()] == ["b.txt", "a.txt", "c.txt", "d.txt", "e.txt"]


def test_a_log_of_the_lost_catalog_is_not_replayed_into_the_new_one(filled):
    catalog = filled.directory / "catalog.sqlite"
    # A writer that was killed leaves its log; the catalog itself is lost afterwards.
    with closing(sqlite3.connect(catalog, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE ingests SET source = 'from the log'")
        log = catalog.with_name("catalog.sqlite-wal")
        kept = log.read_bytes()
    log.write_bytes(kept)
    catalog.write_bytes(b"x" * 9000)
    assert again(filled).replaced
    assert {ingest.source for ingest in filled.ingests()} == {"toy"}
    assert not log.exists()


def test_a_damaged_table_file_is_put_right(filled):
    before = answers(filled)
    parquet = next(filled.directory.glob("tables/flows/*"))
    parquet.write_bytes(bytes(parquet.stat().st_size))
    assert again(filled).replaced
    assert_same_answers(before, answers(filled))


def test_damaged_bytes_are_named_and_the_old_tables_stay(filled):
    before = answers(filled)
    kept = filled.snapshot(filled.ingests()[1].snapshot)
    kept.write_bytes(kept.read_bytes()[:-1])
    report = again(filled)
    assert not report.replaced
    assert [outcome.message for outcome in report.of("refused")] == [
        "a.txt: the kept file is gone or damaged; add the publisher's file again"
    ]
    assert_same_answers(before, answers(filled))


def test_bytes_that_are_gone_are_named(filled):
    filled.snapshot(filled.ingests()[1].snapshot).unlink()
    assert [str(outcome.path) for outcome in again(filled).of("refused")] == ["a.txt"]


def test_an_interruption_leaves_the_old_tables(filled):
    before, held = answers(filled), filled.ingests()

    def interrupt(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(filled, workers=1, understand=toy_publisher.understand, progress=interrupt)
    assert filled.ingests() == held
    assert_same_answers(before, answers(filled))


def test_a_better_reader_changes_the_tables_and_the_old_files_are_swept(filled):
    add(filled, [], today=date(2026, 1, 22))
    again(filled, doubled)
    flows = filled.current("flows").collect()
    assert flows["value_usd"].sum() == 2 * 117.0
    with filled.writer():
        pass
    named = {file.path for ingest in filled.ingests() for file in ingest.files}
    assert {path.relative_to(filled.directory).as_posix() for path in filled.directory.glob("tables/*/*")} == named


def doubled(job: Job) -> Bundle:
    lines = [
        " ".join([*words[:2], str(2 * float(words[2]))]) if words[-1].isdigit() and words[0] != "???" else line
        for line in job.path.read_text(encoding="utf-8").splitlines()
        for words in [line.split()]
    ]
    return toy_publisher.bundle(lines, job.name, job.snapshot, job.added)


def test_two_stores_merged_by_copying_their_files_are_one(filled, write, tmp_path):
    other = Store(tmp_path / "other")
    path = write("f.txt", text("RUS coffee 1", month="2025-03", published="2025-04-10"))
    add(other, [path], today=date(2026, 1, 22), understand=toy_publisher.understand)
    for kept in other.directory.glob("snapshots/??/*"):
        target = filled.directory / kept.relative_to(other.directory)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(kept.read_bytes())
    assert again(filled).replaced
    assert len(filled.ingests()) == 6
    assert {ingest.added for ingest in filled.ingests()} == {date(2026, 1, day) for day in (20, 21, 22)}


def test_a_damaged_note_without_a_catalog_is_said_and_nothing_is_touched(filled):
    note = next(filled.directory.glob("snapshots/??/*.json"))
    note.write_text("{", encoding="utf-8")
    (filled.directory / "catalog.sqlite").unlink()
    before = files(filled.directory)
    with pytest.raises(StoreError, match=r"\.json: is damaged") as fault:
        again(filled)
    assert "\n" not in str(fault.value)
    assert {name: sha for name, sha in files(filled.directory).items() if not name.startswith("lock")} == {
        name: sha for name, sha in before.items() if not name.startswith("lock")
    }


def test_a_note_names_what_rebuilding_needs(filled):
    notes = [json.loads(path.read_text(encoding="utf-8")) for path in filled.directory.glob("snapshots/??/*.json")]
    by_order = sorted(notes, key=lambda note: note["order"])
    assert [(note["order"], note["name"], note["added"]) for note in by_order] == [
        (1, "b.txt", "2026-01-20"),
        (2, "a.txt", "2026-01-20"),
        (3, "c.txt", "2026-01-20"),
        (4, "d.txt", "2026-01-21"),
        (5, "e.txt", "2026-01-21"),
    ]


def test_without_a_store_there_is_nothing_to_rebuild(store):
    with pytest.raises(NothingFound, match="there is no store here to rebuild"):
        again(store)
    assert not store.directory.exists()


def test_another_writer_is_an_error(filled):
    with filled.writer(), pytest.raises(StoreError, match="in use by process"):
        again(filled)


def test_progress_is_told_after_each_file(filled):
    told = []
    rebuild(filled, workers=1, understand=toy_publisher.understand, progress=lambda *step: told.append(step))
    assert told == [(1, 5, "b.txt"), (2, 5, "a.txt"), (3, 5, "c.txt"), (4, 5, "d.txt"), (5, 5, "e.txt")]
