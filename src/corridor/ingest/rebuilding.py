"""The same tables again, from the kept files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import polars as pl

from corridor.errors import NothingFound, UnreadableFile, Where
from corridor.ingest.comparing import compare
from corridor.ingest.outcomes import FileOutcome, Progress, RebuildReport, kept, refused
from corridor.ingest.pool import Result, read_all
from corridor.ingest.reading import RATES, Job, Understand, understand
from corridor.store import Bundle, Ingest, Record, Store, Writer


def rebuild(
    store: Store,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    understand: Understand = understand,
) -> RebuildReport:
    """Make all tables again from the publishers' files, with the dates they were first added.

    The new tables take the place of the old ones in one step at the end, so ``as_of`` gives the answers it
    gave. Where a file that the store answers from now is refused, the old tables stay as they are. A catalog
    that is gone or damaged is made anew from every file that can be read.

    Raises `NothingFound` where there is no store, `StoreError` where it cannot be written.
    """
    if not store.directory.is_dir():
        raise NothingFound("there is no store here to rebuild", where=Where(file=str(store.directory)))
    with store.writer(repair=True) as writer:
        records = _numbered(writer.recorded())
        rates = _rates(writer, records, understand)
        jobs = [_job(writer, record, rates) for record in records]
        made: list[tuple[Ingest, pl.DataFrame]] = []
        outcomes = []
        with closing(read_all([job for job in jobs if job], understand, workers)) as results:
            for record, job in zip(records, jobs, strict=True):
                result = next(results) if job else _gone(record)
                outcomes.append(_outcome(writer, record, result, made))
                if progress:
                    progress(len(outcomes), len(records), record.name)
        replaced = writer.ingests.keys() <= {ingest.snapshot for ingest, _ in made}
        if replaced:
            writer.replace_all(made)
    between = _compared(store) if replaced else {}
    return RebuildReport(tuple(outcomes), between, replaced=replaced)


def _compared(store: Store) -> Mapping[str, int]:
    """What is found between the files of every source."""
    with store.writer() as writer:
        return compare(store, writer, {ingest.source for ingest in writer.ingests.values()})


def _outcome(writer: Writer, record: Record, result: Result, made: list[tuple[Ingest, pl.DataFrame]]) -> FileOutcome:
    """Write the tables of one file and note them in ``made``, or say why it is refused."""
    path = Path(record.name)
    if isinstance(result, BaseException):
        return refused(path, record.name, result)
    ingest = writer.write_tables(result, record)
    made.append((ingest, result.editions))
    return kept(path, "added", ingest, findings=result.findings)


def _numbered(records: Iterable[Record]) -> list[Record]:
    """The records in the order of adding, each with a number of its own, also where two stores were merged."""
    numbered: list[Record] = []
    for record in records:
        last = numbered[-1].order if numbered else 0
        numbered.append(replace(record, order=max(record.order, last + 1)))
    return numbered


def _rates(writer: Writer, records: Iterable[Record], understand: Understand) -> list[tuple[int, tuple[Path, ...]]]:
    """The exchange rates, by their place in the order of adding: a file is converted by those added before it."""
    found = []
    for record in (each for each in records if each.source == RATES):
        job = _job(writer, record, ())
        result = next(read_all([job], understand)) if job else None
        if isinstance(result, Bundle):
            found.append((record.order, writer.paths(RATES, [writer.write_tables(result, record)])))
    return found


def _job(writer: Writer, record: Record, rates: Iterable[tuple[int, tuple[Path, ...]]]) -> Job | None:
    """What to read again; None where the kept bytes are gone or damaged."""
    path = writer.sound(record.snapshot)
    held = tuple(file for order, files in rates if order < record.order for file in files)
    return Job(path, record.name, record.snapshot, record.added, held) if path else None


def _gone(record: Record) -> UnreadableFile:
    where = Where(file=record.name)
    return UnreadableFile("the kept file is gone or damaged", where=where, next_step="add the publisher's file again")
