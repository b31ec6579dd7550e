"""Adding files: each by itself, the good ones kept, the others named."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
import toy_publisher
from polars.testing import assert_frame_equal
from toy_publisher import text

from corridor.errors import StoreError
from corridor.ingest import AddReport, add, rebuild
from corridor.ingest.reading import understand
from corridor.store import Store

TODAY = date(2026, 1, 20)
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


def add_toys(store: Store, *paths: Path, **options: object) -> AddReport:
    return add(store, paths, today=TODAY, understand=toy_publisher.understand, **options)


def statuses(report: AddReport) -> list[str]:
    return [outcome.status for outcome in report.outcomes]


def messages(report: AddReport) -> list[str]:
    found = [outcome.message for outcome in report.outcomes]
    assert all("\n" not in message for message in found)
    return found


def values(store: Store) -> list[tuple[str, float]]:
    return sorted(store.current("flows").select("product", "value_usd").collect().rows())


def everything(directory: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.rglob("*") if path.is_file()}


def test_an_added_file_is_counted(store, write):
    path = write("một.txt", text("RUS coffee 100", "RUS tea 5", "RUS rice -", "??? what 1"))
    (outcome,) = add_toys(store, path).outcomes
    assert (outcome.path, outcome.status, outcome.source, outcome.table) == (path, "added", "toy", "020.T")
    assert outcome.edition == "020.T, 2025-01, 2025-02-10"
    assert outcome.rows == {"flows": 2, "coverage": 1}
    assert outcome.not_understood == 1
    assert outcome.message == ""
    assert values(store) == [("coffee", 100.0), ("tea", 5.0)]


def test_a_file_added_again_changes_nothing(store, write):
    path = write("a.txt", text("RUS coffee 100"))
    add_toys(store, path)
    before = everything(store.directory)
    (outcome,) = add_toys(store, path).outcomes
    assert outcome.status == "already_held"
    assert outcome.rows == {"flows": 1}
    assert outcome.message == "already held, added 2026-01-20 as a.txt"
    assert everything(store.directory) == before


def test_the_same_bytes_under_two_names_in_one_call_are_one_file(store, write):
    first, second = write("a.txt", text("RUS coffee 100")), write("b.txt", text("RUS coffee 100"))
    assert statuses(add_toys(store, first, second, first)) == ["added", "already_held", "already_held"]
    assert [ingest.file for ingest in store.ingests()] == ["a.txt"]


def test_good_files_are_kept_and_each_bad_one_is_named(store, write, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    report = add_toys(
        store,
        write("unknown.txt", "hello"),
        write("a.txt", text("RUS coffee 100")),
        write("broken.txt", "TOY 020.T 2025-01 2025-02-10"),
        write("empty.txt", ""),
        empty,
        tmp_path / "missing.txt",
        write("b.txt", text("RUS rice 1", month="2025-02")),
        write("unknown too.txt", "hello"),
    )
    assert statuses(report) == ["refused", "added", "refused", "refused", "refused", "refused", "added", "refused"]
    inbox = tmp_path / "inbox"
    assert messages(report) == [
        f"{inbox / 'unknown.txt'}: no reader recognises this file",
        "",
        f"{inbox / 'broken.txt'}, page 1: the table has no rows; fetch it again",
        f"{inbox / 'empty.txt'}: is empty; fetch it again",
        f"{empty}: this folder holds no files; name the one that does",
        f"{tmp_path / 'missing.txt'}: cannot be read (No such file or directory)",
        "",
        f"{inbox / 'unknown too.txt'}: no reader recognises this file",
    ]
    assert values(store) == [("coffee", 100.0), ("rice", 1.0)]
    assert [ingest.file for ingest in store.ingests()] == ["a.txt", "b.txt"]


def test_a_name_too_long_for_any_file_is_refused_by_itself(store, write, tmp_path):
    report = add_toys(store, tmp_path / ("a" * 5000), write("a.txt", text("RUS coffee 100")))
    assert statuses(report) == ["refused", "added"]
    assert "cannot be read" in messages(report)[0]


def test_a_folder_stands_for_the_files_in_and_below_it(store, write, tmp_path):
    write("b.txt", text("RUS rice 1", month="2025-02"))
    write("a.txt", text("RUS coffee 100"))
    write("no table.txt", "hello")
    (tmp_path / "inbox" / "2025").mkdir()
    write("2025/c.txt", text("RUS tea 2", month="2025-03"))
    write(".DS_Store", "made by the system")
    write("~$book.txt", "a lock")
    report = add_toys(store, tmp_path / "inbox")
    assert [outcome.path.name for outcome in report.outcomes] == ["a.txt", "b.txt", "no table.txt", "c.txt"]
    assert statuses(report) == ["added", "added", "refused", "added"]
    assert values(store) == [("coffee", 100.0), ("rice", 1.0), ("tea", 2.0)]


def test_the_store_is_no_folder_of_files(store, write, tmp_path):
    add_toys(store, write("a.txt", text("RUS coffee 100")))
    before = everything(store.directory)
    report = add_toys(store, tmp_path)
    assert (statuses(report), everything(store.directory)) == (["already_held"], before)


def test_a_refused_file_leaves_the_store_as_it_was(store, write):
    add_toys(store, write("a.txt", text("RUS coffee 100")))
    before = everything(store.directory)
    assert statuses(add_toys(store, write("b.txt", "hello"), write("c.txt", "BUG"))) == ["refused", "refused"]
    assert everything(store.directory) == before


def test_no_store_is_made_for_files_that_cannot_be_read(store, write, tmp_path):
    assert statuses(add_toys(store, write("empty.txt", ""), tmp_path / "missing")) == ["refused", "refused"]
    assert not store.directory.exists()
    assert add_toys(store).outcomes == ()
    assert not store.directory.exists()


def test_a_mistake_in_a_reader_is_one_refused_file_in_one_line(store, write):
    report = add_toys(store, write("bug.txt", "BUG"), write("a.txt", text("RUS coffee 100")))
    assert statuses(report) == ["refused", "added"]
    assert "bug.txt: reading it failed (KeyError: " in messages(report)[0]


def test_a_device_is_not_read(store):
    (outcome,) = add_toys(store, Path(os.devnull)).outcomes
    assert outcome.status == "refused"
    assert "not a file" in outcome.message or "cannot be read" in outcome.message


def test_a_file_that_may_not_be_read(store, write):
    path = write("a.txt", text("RUS coffee 100"))
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        (outcome,) = add_toys(store, path).outcomes
        assert (outcome.status, outcome.message) == ("refused", f"{path}: cannot be read (Permission denied)")
    else:
        pytest.skip("this user may read anything")
    finally:
        path.chmod(0o600)


def test_a_file_whose_name_is_no_text(store, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe1o c\xe1o.txt"))
    try:
        path.write_text(text("RUS coffee 100"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    report = add_toys(store, path)
    assert statuses(report) == ["added"]
    assert store.ingests()[0].file == "b\ufffdo c\ufffdo.txt"


def test_progress_is_told_after_each_file_in_order(store, write, tmp_path):
    told = []
    add_toys(
        store,
        write("a.txt", text("RUS coffee 100")),
        tmp_path / "missing",
        write("b.txt", "hello"),
        progress=lambda *step: told.append(step),
    )
    assert told == [(1, 3, "a.txt"), (2, 3, "missing"), (3, 3, "b.txt")]


def test_where_a_file_was_downloaded_is_kept(store, write):
    path = write("a.txt", text("RUS coffee 100"))
    add_toys(store, path, urls={path: "https://toy.example/a"})
    assert store.ingests()[0].url == "https://toy.example/a"


def test_a_file_without_a_date_of_its_own_is_dated_by_the_day_it_was_added(store, write):
    add_toys(store, write("a.txt", text("RUS coffee 100", published="-")))
    assert store.ingests()[0].published == TODAY
    assert store.current("flows", as_of=date(2026, 1, 19)).collect().height == 0
    assert store.current("flows", as_of=TODAY).collect().height == 1


def test_another_writer_is_an_error_before_anything_is_done(store, write):
    path = write("a.txt", text("RUS coffee 100"))
    with store.writer(), pytest.raises(StoreError, match="in use by process"):
        add_toys(store, path)
    assert store.ingests() == ()


def test_an_interruption_keeps_what_was_committed_and_nothing_else(store, write):
    files = [write(f"{month}.txt", text("RUS coffee 1", month=month)) for month in MONTHS[:5]]

    def interrupt(done: int, total: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_toys(store, *files, progress=interrupt, workers=2)
    assert [ingest.file for ingest in store.ingests()] == ["2025-01.txt", "2025-02.txt"]
    assert len(list(store.directory.glob("snapshots/??/*"))) == 2 * 2
    assert statuses(add_toys(store, *files)) == ["already_held"] * 2 + ["added"] * 3


def test_damaged_bytes_are_put_right_by_adding_the_file_again(store, write):
    path = write("a.txt", text("RUS coffee 100"))
    add_toys(store, path)
    kept = store.snapshot(store.ingests()[0].snapshot)
    kept.write_bytes(b"")
    assert statuses(add_toys(store, path)) == ["already_held"]
    assert kept.read_bytes() == path.read_bytes()


def test_real_files_of_the_customs_office(store, test_data):
    """Viet Nam's exports and imports by country, January 2025."""
    folder = test_data / "vietnam-customs"
    report = add(store, [folder / f"2025-t1-5{list_}(vn-sb).pdf" for list_ in "xn"], today=TODAY)
    assert [(outcome.status, outcome.table) for outcome in report.outcomes] == [("added", "020.T"), ("added", "021.T")]
    russia = store.current("flows").filter(partner="RUS", product="TOTAL", cumulative=False).collect()
    # The total rows printed for Russia (LIÊN BANG NGA) in the two tables.
    assert dict(russia.select("flow", "value_usd").rows()) == {"export": 179_449_276.0, "import": 195_938_751.0}
    trace = store.trace(russia.filter(flow="export")["trace_id"].item())
    assert (trace.publisher, trace.file) == ("vn_customs", "2025-t1-5x(vn-sb).pdf")
    before = store.current("flows").collect()
    assert rebuild(store).replaced
    assert_frame_equal(store.current("flows").collect(), before)


def test_files_of_nobody_are_refused_by_the_real_readers(store, write):
    (outcome,) = add(store, [write("a.txt", "just some words")], today=TODAY, understand=understand).outcomes
    assert outcome.status == "refused"
    assert outcome.message.startswith(f"{write('a.txt', 'just some words')}: no reader recognises this file")
