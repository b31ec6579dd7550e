"""The store as a whole: commits, editions, faults, crashes."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import toy_publisher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from corridor.errors import NothingFound, StoreError
from corridor.store import Ingest, Store, entries, pack, tables
from corridor.store.catalog import VERSION, Catalog
from corridor.store.snapshots import Snapshots

Put = Callable[..., Ingest]
TEXT = toy_publisher.text


def files_of(directory: Path) -> dict[str, str]:
    """Every file with the checksum of its bytes."""
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


def names_of(directory: Path) -> set[str]:
    return {name for name in files_of(directory) if name.startswith(("tables/", "snapshots/"))}


def values(frame: pl.LazyFrame) -> list[tuple[str, float]]:
    return sorted(frame.select("product", "value_usd").collect().rows())


def one_line(fault: pytest.ExceptionInfo[StoreError]) -> str:
    assert "\n" not in str(fault.value)
    return str(fault.value)


# --- what is put in comes out


def test_a_folder_that_is_not_there_reads_as_empty_and_stays_away(store):
    assert store.current("flows").collect().height == 0
    assert store.scan("coverage", as_of=date(2025, 1, 1)).collect().height == 0
    assert store.ingests() == ()
    with pytest.raises(NothingFound, match="the store is empty"):
        store.trace("a/1/1")
    assert not store.directory.exists()


def test_an_added_file_is_read_back_with_its_dates_and_types(store, put):
    ingest = put(store, TEXT("RUS coffee 100", "RUS rice -", "??? what 1"), name="Tháng 1 (bản in).txt")
    flows = store.current("flows").collect()
    assert flows.schema == pl.Schema(tables.TYPES["flows"])
    assert flows.select("partner", "product", "value_usd", "published", "added", "snapshot").rows() == [
        ("RUS", "coffee", 100.0, date(2025, 2, 10), date(2026, 1, 20), ingest.snapshot)
    ]
    assert store.current("coverage").collect()["status"].to_list() == ["blank"]
    assert store.current("not_understood").collect().select("file", "row", "text").rows() == [
        ("Tháng 1 (bản in).txt", 4, "??? what 1")
    ]
    assert store.ingests() == (ingest,)
    assert ingest.id == 1
    assert ingest.rows == {"flows": 1, "coverage": 1, "not_understood": 1}
    assert ingest.reasons == {"unknown partner “???”": 1}
    assert ingest.published == date(2025, 2, 10)


def test_the_publishers_bytes_are_the_record(store, put):
    text = TEXT("RUS coffee 100")
    ingest = put(store, text, name="a.txt")
    assert store.snapshot(ingest.snapshot).read_text(encoding="utf-8") == text
    record = Snapshots(store.directory).record(ingest.snapshot)
    assert (record.name, record.added, record.source, record.url, record.order) == (
        *("a.txt", date(2026, 1, 20), "toy"),
        *("https://toy.example/a.txt", 1),
    )


def test_a_trace_leads_to_the_row(store, put):
    ingest = put(store, TEXT("RUS coffee 100", "RUS rice 7"), name="a.txt")
    rice = store.current("flows").filter(pl.col("product") == "rice").collect().row(0, named=True)
    trace = store.trace(rice["trace_id"])
    assert (trace.publisher, trace.file, trace.page, trace.row) == ("toy", "a.txt", "1", "3")
    assert trace.checksum == ingest.snapshot
    assert trace.edition == "020.T, 2025-01, 2025-02-10"
    assert trace.url == "https://toy.example/a.txt"


def test_a_sheet_may_have_a_slash_in_its_name(store, put):
    prefix = put(store, TEXT("RUS coffee 100")).snapshot[:16]
    assert (store.trace(f"{prefix}/XK/NK/12").page, store.trace(f"{prefix}/XK/NK/12").row) == ("XK/NK", "12")


@pytest.mark.parametrize(
    "trace_id", ["", "/", "0123456789abcdef/1/1", "sample:vn/1/1", "'; DROP TABLE ingests; --/1/1"]
)
def test_an_unknown_trace_is_named(store, put, trace_id):
    put(store, TEXT("RUS coffee 100"))
    with pytest.raises(NothingFound, match="no file in the store has the trace"):
        store.trace(trace_id)


# --- editions


def test_a_republished_table_supersedes_and_as_of_gives_the_older(store, put):
    put(store, TEXT("RUS coffee 100", "RUS rice 7"), name="a.txt")
    put(store, TEXT("RUS coffee 110", published="2025-02-20"), name="b.txt")
    assert values(store.current("flows")) == [("coffee", 110.0)]
    assert values(store.current("flows", as_of=date(2025, 2, 19))) == [("coffee", 100.0), ("rice", 7.0)]
    assert values(store.current("flows", as_of=date(2025, 2, 9))) == []
    assert values(store.scan("flows")) == [("coffee", 100.0), ("coffee", 110.0), ("rice", 7.0)]
    assert values(store.scan("flows", as_of=date(2025, 2, 10))) == [("coffee", 100.0), ("rice", 7.0)]


def test_an_older_edition_added_later_supersedes_nothing(store, put):
    put(store, TEXT("RUS coffee 110", published="2025-02-20"), name="b.txt")
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    assert values(store.current("flows")) == [("coffee", 110.0)]


def test_of_two_editions_of_one_day_the_later_added_counts(store, put):
    put(store, TEXT("RUS coffee 110"), name="b.txt")
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    assert values(store.current("flows")) == [("coffee", 100.0)]


def test_a_republished_table_without_any_value_leaves_none(store, put):
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    put(store, TEXT("RUS coffee -", published="2025-02-20"), name="b.txt")
    assert values(store.current("flows")) == []
    assert store.current("coverage").collect()["status"].to_list() == ["blank"]


def put_months(store: Store, number: int, months: set[int], published: date) -> None:
    """A file that is an edition of several months; its rows carry its number as value."""
    snapshot, added = f"{number:064x}", date(2026, 1, 1) + timedelta(days=number)
    rows = [
        {
            "source": "toy",
            "release": "first",
            "table": "t",
            "reporter": "VNM",
            "flow": "export",
            "freq": "M",
            "period_end": date(2025, month, 28),
            "cumulative": False,
            "value_usd": float(number),
            "product": f"month {month}",
            "published": published,
            "added": added,
            "snapshot": snapshot,
        }
        for month in months
    ]
    bundle = pack(
        {"flows": toy_publisher.frame("flows", rows), "not_understood": toy_publisher.frame("not_understood", [])},
        source="toy",
        table="t",
        release="first",
        edition="",
        published=published,
    )
    path = Snapshots(store.directory).path(snapshot)
    with store.writer() as writer:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        writer.commit(bundle, snapshot=snapshot, name=f"{number}", added=added)


def test_a_file_superseded_in_one_of_its_tables_keeps_the_other(store):
    put_months(store, 1, {1, 2}, date(2025, 3, 1))
    put_months(store, 2, {1}, date(2025, 3, 2))
    assert values(store.current("flows")) == [("month 1", 2.0), ("month 2", 1.0)]
    assert values(store.current("flows", as_of=date(2025, 3, 1))) == [("month 1", 1.0), ("month 2", 1.0)]


def test_a_file_superseded_by_two_others_together_is_gone(store):
    put_months(store, 1, {1, 2}, date(2025, 3, 1))
    put_months(store, 2, {1}, date(2025, 3, 2))
    put_months(store, 3, {2, 3}, date(2025, 3, 2))
    assert values(store.current("flows")) == [("month 1", 2.0), ("month 2", 3.0), ("month 3", 3.0)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sets(st.integers(1, 3), min_size=1), st.integers(1, 3)), min_size=2, max_size=6))
def test_what_the_catalog_answers_by_file_is_what_the_rows_say(tmp_path, files):
    store = Store(tmp_path / "store")
    shutil.rmtree(store.directory, ignore_errors=True)
    for number, (months, day) in enumerate(files, start=1):
        put_months(store, number, months, date(2025, 3, day))
    for as_of in (None, date(2025, 3, 1), date(2025, 3, 2)):
        by_row = tables.current(store.scan("flows"), as_of)
        assert values(store.current("flows", as_of=as_of)) == values(by_row)


file_texts = st.lists(
    st.builds(
        lambda rows, table, month, day: TEXT(*rows, table=table, month=month, published=f"2025-03-{day:02}"),
        st.lists(
            st.sampled_from(["RUS coffee 1", "RUS rice 2", "CHN coffee 3", "RUS rice -"]), min_size=1, unique=True
        ),
        st.sampled_from(["020.T", "021.T"]),
        st.sampled_from(["2025-01", "2025-02"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=5,
    unique=True,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file_texts, st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_adding_does_not_change_the_tables(tmp_path, put, texts, shuffle, day):
    one, other = Store(tmp_path / "one"), Store(tmp_path / "other")
    named = [(text, f"{number}.txt") for number, text in enumerate(texts)]
    for store, order in ((one, named), (other, shuffle.sample(named, len(named)))):
        shutil.rmtree(store.directory, ignore_errors=True)
        for text, name in order:
            put(store, text, name=name)
    for table in ("flows", "coverage"):
        assert_frame_equal(one.scan(table).collect(), other.scan(table).collect(), check_row_order=False)
    assert names_of(one.directory) - notes(one) == names_of(other.directory) - notes(other)
    headings = [text.splitlines()[0] for text in texts]
    if len(set(headings)) == len(headings):
        # No two editions of one day: then the order of adding does not even decide what is current.
        answers = [store.current("flows", as_of=date(2025, 3, day)).collect() for store in (one, other)]
        assert_frame_equal(*answers, check_row_order=False)


def notes(store: Store) -> set[str]:
    return {name for name in names_of(store.directory) if name.endswith(".json")}


# --- what cannot be used is said in one line


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "file")
    with pytest.raises(StoreError, match="is not a folder, and the store needs one") as fault:
        store.current("flows")
    assert one_line(fault)
    with pytest.raises(StoreError, match="is not a folder, and the store needs one"), store.writer():
        pass


def test_a_folder_below_a_file(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError) as fault, Store(tmp_path / "file" / "data").writer():
        pass
    assert one_line(fault)


def lock_up(directory: Path) -> None:
    directory.chmod(0o500)
    try:
        (directory / "probe").touch()
    except PermissionError:
        return
    (directory / "probe").unlink()
    directory.chmod(0o700)
    pytest.skip("this user may write anywhere")


def test_a_folder_that_may_not_be_written_can_be_read(store, put):
    put(store, TEXT("RUS coffee 100"))
    lock_up(store.directory)
    try:
        assert values(store.current("flows")) == [("coffee", 100.0)]
        with pytest.raises(StoreError, match="cannot be used") as fault, store.writer():
            pass
        assert one_line(fault)
    finally:
        store.directory.chmod(0o700)


def test_a_catalog_from_a_newer_corridor_is_left_alone(store, put):
    put(store, TEXT("RUS coffee 100"))
    with closing(sqlite3.connect(store.directory / "catalog.sqlite", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = files_of(store.directory)
    for repair in (False, True):
        with pytest.raises(StoreError, match="was written by a newer corridor") as fault, store.writer(repair=repair):
            pass
        assert one_line(fault)
    with pytest.raises(StoreError, match="was written by a newer corridor"):
        store.current("flows")
    assert files_of(store.directory) == before


def test_a_newer_version_that_still_stands_in_the_log_is_seen(store, put):
    put(store, TEXT("RUS coffee 100"))
    catalog = store.directory / "catalog.sqlite"
    with closing(sqlite3.connect(catalog, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        assert catalog.read_bytes()[60:64] == VERSION.to_bytes(4, "big")
        with pytest.raises(StoreError, match="was written by a newer corridor"):
            store.current("flows")
        with pytest.raises(StoreError, match="was written by a newer corridor"), store.writer():
            pass


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"this is not a database" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + os.urandom(path.stat().st_size - 100)),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: other_database(path),
    ],
    ids=["no database", "cut short", "overwritten", "empty", "gone", "of another program"],
)
def test_a_damaged_catalog_is_said_and_nothing_is_swept(store, put, damage):
    put(store, TEXT("RUS coffee 100"))
    damage(store.directory / "catalog.sqlite")
    before = names_of(store.directory)
    with pytest.raises(StoreError, match=r"catalog.*run `corridor rebuild`") as fault:
        store.current("flows").collect()
    assert one_line(fault)
    with pytest.raises(StoreError, match=r"catalog.*run `corridor rebuild`"), store.writer():
        pass
    assert names_of(store.directory) == before


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE ingests (id)")


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_a_table_file_that_is_gone_or_cut_is_named(store, put, damage):
    put(store, TEXT("RUS coffee 100"))
    (parquet,) = store.directory.glob("tables/flows/*.parquet")
    damage(parquet)
    with pytest.raises(StoreError, match=r"parquet: is gone or no longer whole; run `corridor rebuild`") as fault:
        store.current("flows")
    assert one_line(fault)


# --- readers and the one writer


def test_readers_do_not_wait_for_the_writer(store, put, tmp_path):
    put(store, TEXT("RUS coffee 100"))
    with store.writer() as writer:
        path = tmp_path / "b.txt"
        path.write_text(TEXT("RUS rice 1", table="021.T"), encoding="utf-8")
        snapshot = hashlib.sha256(path.read_bytes()).hexdigest()
        writer.keep(path, snapshot)
        before = store.scan("flows")
        bundle = toy_publisher.bundle(path.read_text(encoding="utf-8").splitlines(), "b", snapshot, date(2026, 1, 1))
        writer.commit(bundle, snapshot=snapshot, name="b", added=date(2026, 1, 1))
        assert values(before) == [("coffee", 100.0)]
        assert values(store.scan("flows")) == [("coffee", 100.0), ("rice", 1.0)]


def test_a_second_writer_is_refused_and_harms_nothing(store, put):
    put(store, TEXT("RUS coffee 100"))
    with store.writer():
        with pytest.raises(StoreError, match=f"in use by process {os.getpid()} since"), store.writer():
            pass
        assert values(store.current("flows")) == [("coffee", 100.0)]


def test_no_file_is_held_open_between_questions(store, put):
    """What Windows asks for: the folder can be moved and removed at once."""
    put(store, TEXT("RUS coffee 100"))
    values(store.current("flows"))
    moved = store.directory.with_name("moved")
    store.directory.rename(moved)
    assert values(Store(moved).current("flows")) == [("coffee", 100.0)]
    assert {path.name for path in moved.iterdir()} == {"snapshots", "tables", "catalog.sqlite", "lock.sqlite"}


# --- crashes


CRASH = """
import os, sys
from pathlib import Path
import toy_publisher
from corridor.store import Store, catalog, checksum, entries, files, snapshots
from datetime import date, timedelta

def die(*args, **kwargs):
    os._exit(9)

{patch}
path = Path(sys.argv[2])
snapshot = checksum(path)
with Store(Path(sys.argv[1])).writer() as writer:
    writer.keep(path, snapshot)
    bundle = toy_publisher.bundle(path.read_text(encoding="utf-8").splitlines(), "b", snapshot, date(2026, 1, 1))
    writer.commit(bundle, snapshot=snapshot, name="b", added=date(2026, 1, 1))
"""


def crash(store: Store, path: Path, patch: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CRASH.format(patch=patch), str(store.directory), str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert ran.returncode == 9


@pytest.mark.parametrize(
    "patch",
    [
        "os.fsync = die",
        "snapshots.Snapshots.sound = lambda *given: (_ for _ in ()).throw(SystemExit(9))",
        "catalog.Catalog.commit = die",
        "entries._match = die",
    ],
    ids=["in the first file", "before the bytes", "between Parquet and commit", "in the commit"],
)
def test_a_writer_killed_before_its_commit_leaves_nothing_that_counts(store, put, tmp_path, patch):
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    before = names_of(store.directory)
    path = tmp_path / "b.txt"
    path.write_text(TEXT("RUS rice 1", month="2025-02"), encoding="utf-8")
    crash(store, path, patch)
    assert values(store.current("flows")) == [("coffee", 100.0)]
    with store.writer():
        pass
    assert names_of(store.directory) == before
    put(store, path.read_text(encoding="utf-8"), name="b.txt")
    assert values(store.current("flows")) == [("coffee", 100.0), ("rice", 1.0)]


def test_a_crash_between_parquet_and_commit_did_leave_files_to_sweep(store, put, tmp_path):
    """The test above would say nothing if the crash came before any file was written."""
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    before = names_of(store.directory)
    path = tmp_path / "b.txt"
    path.write_text(TEXT("RUS rice 1", month="2025-02"), encoding="utf-8")
    crash(store, path, "catalog.Catalog.commit = die")
    left = names_of(store.directory) - before
    assert {name.split("/")[0] for name in left} == {"snapshots", "tables"}


def test_a_writer_killed_after_its_commit_is_finished_by_the_next(store, put, tmp_path):
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    path = tmp_path / "b.txt"
    path.write_text(TEXT("RUS rice 1", month="2025-02"), encoding="utf-8")
    crash(store, path, "snapshots.Snapshots.describe = die")
    assert values(store.current("flows")) == [("coffee", 100.0), ("rice", 1.0)]
    added = store.ingests()[1]
    assert Snapshots(store.directory).record(added.snapshot) is None
    with store.writer():
        pass
    assert Snapshots(store.directory).record(added.snapshot).name == "b"
    assert Snapshots(store.directory).record(added.snapshot).order == 2


def test_a_commit_that_fails_half_way_names_nothing(store, put, monkeypatch):
    put(store, TEXT("RUS coffee 100"), name="a.txt")

    def fail(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entries, "_match", fail)
    with pytest.raises(KeyboardInterrupt):
        put(store, TEXT("RUS rice 1", month="2025-02"), name="b.txt")
    assert len(store.ingests()) == 1
    assert values(store.current("flows")) == [("coffee", 100.0)]


def test_an_interruption_right_after_the_commit_keeps_the_bytes(store, put, monkeypatch):
    commit = Catalog.commit

    def commit_and_interrupt(*given: object) -> None:
        commit(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(Catalog, "commit", commit_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        put(store, TEXT("RUS coffee 100"), name="a.txt")
    (added,) = store.ingests()
    assert Snapshots(store.directory).sound(added.snapshot)
    with store.writer():
        pass
    assert Snapshots(store.directory).record(added.snapshot).name == "a.txt"


def test_a_full_disk_is_said_in_one_line(store, put, monkeypatch):
    put(store, TEXT("RUS coffee 100"), name="a.txt")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device") as fault:
        put(store, TEXT("RUS rice 1", month="2025-02"), name="b.txt")
    assert one_line(fault)
    assert values(store.current("flows")) == [("coffee", 100.0)]


def test_foreign_files_in_the_tables_folder_are_not_ours_to_remove(store, put):
    put(store, TEXT("RUS coffee 100"))
    mine = store.directory / "tables" / "flows" / "my notes.txt"
    mine.write_text("x", encoding="utf-8")
    with store.writer():
        pass
    assert mine.exists()


def test_files_are_numbered_on_although_a_catalog_was_made_anew(store, put):
    put(store, TEXT("RUS coffee 100"), name="a.txt")
    put(store, TEXT("RUS coffee 100", month="2025-02"), name="b.txt")
    with store.writer(repair=True) as writer:
        first = writer.recorded()[0]
        bundle = toy_publisher.bundle(TEXT("RUS coffee 100").splitlines(), "a.txt", first.snapshot, first.added)
        writer.replace_all([(writer.write_tables(bundle, first), bundle.editions)])
    assert [ingest.id for ingest in store.ingests()] == [1]
    assert put(store, TEXT("RUS coffee 100", month="2025-03"), name="c.txt").id == 3


def test_a_damaged_note_is_put_right_from_the_catalog(store, put):
    ingest = put(store, TEXT("RUS coffee 100"), name="a.txt")
    note = Snapshots(store.directory).path(ingest.snapshot).with_name(f"{ingest.snapshot}.json")
    good = note.read_bytes()
    note.write_text("{", encoding="utf-8")
    with store.writer():
        pass
    assert note.read_bytes() == good


def test_an_interrupted_first_start_is_begun_again(store, put):
    store.directory.mkdir()
    Catalog(store.directory, "catalog.new.sqlite").create()
    put(store, TEXT("RUS coffee 100"))
    assert values(store.current("flows")) == [("coffee", 100.0)]
