"""Adding publishers' files: each by itself, the good ones kept, the others named."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from corridor import sources
from corridor.errors import OutOfScope, UnreadableFile, Where
from corridor.ingest.archives import is_archive, members
from corridor.ingest.comparing import compare
from corridor.ingest.outcomes import AddReport, FileOutcome, Progress, kept, left_out, refused, shown
from corridor.ingest.pool import Result, read_all
from corridor.ingest.reading import RATES, Job, Understand, understand
from corridor.store import Store, Writer, checksum

# How the names begin of what Unix hides and of the locks of office programs.
_HIDDEN = (".", "~$")


@dataclass(frozen=True)
class _File:
    """A file as the user named it; ``fault`` says why it cannot be read, else ``snapshot`` is its checksum.

    ``rates`` says that exchange rates stand in it; ``bytes_at`` is where its bytes lie, if not at its path: a file in
    an archive is unpacked first. ``found``: it was not named itself, but lay in an archive or a folder that was.
    """

    path: Path
    snapshot: str = ""
    fault: UnreadableFile | None = None
    rates: bool = False
    bytes_at: Path | None = None
    found: bool = False

    @property
    def lies_at(self) -> Path:
        """Where its bytes lie."""
        return self.bytes_at or self.path


def add(
    store: Store,
    paths: Iterable[Path],
    *,
    today: date,
    workers: int | None = None,
    progress: Progress | None = None,
    urls: Mapping[Path, str] | None = None,
    understand: Understand = understand,
) -> AddReport:
    """Add publishers' files to the store.

    Each file is taken by itself: what can be read is committed in the order named, exchange rates before what they
    convert, one commit a file; one that is refused leaves nothing behind. A file whose bytes are held already changes
    nothing. ``urls`` says where files were downloaded, ``workers`` None means one reading process for each core. An
    interruption keeps the files committed so far. The files of a zip archive are taken one by one, named
    ``archive/file``; so are those of a folder and of the folders in it, in the order of their names.

    Raises `StoreError` where the store cannot be written, e.g. because another process is writing.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as unpacked:
        named = [each for path in paths for each in _named_by(Path(path), store.directory)]
        files = [file for path, found in named for file in _looked_at(path, Path(unpacked), found=found)]
        if all(file.fault for file in files):
            # Nothing can enter, so the store is not even opened or made.
            return _report(iter([_refused(file, file.fault) for file in files if file.fault]), len(files), progress)
        # Whatever order they are named in, rates are held before the values that they convert are read.
        order = sorted(range(len(files)), key=lambda at: not files[at].rates)
        with (
            store.writer() as writer,
            closing(_Adding(writer, today, urls or {}).run([files[at] for at in order], workers, understand)) as coming,
        ):
            report = _as_named(_report(coming, len(files), progress), order)
            between = compare(store, writer, {outcome.source for outcome in report.outcomes if outcome.source})
            return replace(report, between=between)


def _report(coming: Iterator[FileOutcome], total: int, progress: Progress | None) -> AddReport:
    outcomes = []
    for outcome in coming:
        outcomes.append(outcome)
        if progress:
            progress(len(outcomes), total, known_as(outcome.path))
    return AddReport(tuple(outcomes))


def _as_named(report: AddReport, order: Sequence[int]) -> AddReport:
    """The outcomes in the order in which the files were named; ``order`` says in which they were taken."""
    by_place = dict(zip(order, report.outcomes, strict=True))
    return replace(report, outcomes=tuple(by_place[at] for at in range(len(order))))


@dataclass
class _Adding:
    """One call of `add`, alone in the store. ``faults`` holds why a checksum was refused in this call."""

    writer: Writer
    today: date
    urls: Mapping[Path, str]
    faults: dict[str, BaseException] = field(default_factory=dict)

    def run(
        self, files: Sequence[_File], workers: int | None, understand: Understand
    ) -> Generator[FileOutcome, None, None]:
        """The outcomes in the order of the files; rates that stand first are held when the others are read."""
        for _, alike in groupby(files, key=attrgetter("rates")):
            together = list(alike)
            jobs = [job for file in _once(together) for job in self._taken_in(file)]
            with closing(read_all(jobs, understand, workers)) as results:
                for file in together:
                    yield self._outcome(file, results)

    def _taken_in(self, file: _File) -> Iterator[Job]:
        """The job of a file that is to be read; none for one held already or gone since it was looked at."""
        try:
            kept_at = self.writer.keep(file.lies_at, file.snapshot)
        except UnreadableFile as fault:
            self.faults[file.snapshot] = fault
            return
        if file.snapshot not in self.writer.ingests:
            yield Job(kept_at, known_as(file.path), file.snapshot, self.today, self.writer.paths(RATES))

    def _outcome(self, file: _File, results: Iterator[Result]) -> FileOutcome:
        if file.fault:
            return _refused(file, file.fault)
        if held := self.writer.ingests.get(file.snapshot):
            return kept(file.path, "already_held", held, f"already held, added {held.added} as {held.file}")
        if file.snapshot not in self.faults:
            return self._settled(file, next(results))
        return _refused(file, self.faults[file.snapshot])

    def _settled(self, file: _File, result: Result) -> FileOutcome:
        if isinstance(result, BaseException):
            self.faults[file.snapshot] = result
            return _refused(file, result)
        url = self.urls.get(file.path, "")
        ingest = self.writer.commit(result, snapshot=file.snapshot, name=known_as(file.path), added=self.today, url=url)
        return kept(file.path, "added", ingest, findings=result.findings)


def _named_by(path: Path, store: Path) -> Iterator[tuple[Path, bool]]:
    """The path itself, or the files of a folder, and whether they were found there; the store is no folder of files."""
    # Unlike a path's own question, this one is answered for a name too long for any file.
    files = list(_inside(path, store)) if os.path.isdir(path) else []  # noqa: PTH112
    if files:
        yield from ((each, True) for each in files)
    else:
        yield path, False


def _inside(folder: Path, store: Path) -> Iterator[Path]:
    """The files in and below a folder, but those that an operating system or an office program keeps for itself."""
    for directory, folders, names in os.walk(folder):
        here = Path(directory)
        folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN) and not _is(here / name, store))
        yield from (here / name for name in sorted(names) if not name.startswith(_HIDDEN))


def _is(path: Path, store: Path) -> bool:
    return path.resolve() == store.resolve()


def _looked_at(path: Path, folder: Path, *, found: bool) -> Iterator[_File]:
    """The file, or the files of an archive, which are unpacked into ``folder``."""
    if not is_archive(path):
        yield replace(_look_at(path), found=found)
        return
    inside = Path(mkdtemp(dir=folder))
    try:
        packed = list(members(path, inside))
    except UnreadableFile as cause:
        yield _File(path, fault=cause, found=found)
        return
    except OSError as cause:
        yield _File(path, fault=UnreadableFile(f"cannot be unpacked ({cause.strerror or cause})"), found=found)
        return
    for member in packed:
        yield replace(_look_at(member.path), path=member.known, bytes_at=member.path, found=True)


def _look_at(path: Path) -> _File:
    """The file with its checksum, or with the reason why it has none."""
    try:
        if fault := _fault(path):
            return _File(path, fault=fault)
        return _File(path, checksum(path), rates=sources.is_from(path, RATES))
    except UnreadableFile as gone:
        return _File(path, fault=gone)
    except OSError as cause:
        return _File(path, fault=UnreadableFile(f"cannot be read ({cause.strerror})", where=Where(file=str(path))))


def _fault(path: Path) -> UnreadableFile | None:
    where = Where(file=str(path))
    if path.is_dir():
        return UnreadableFile("this folder holds no files", where=where, next_step="name the one that does")
    if path.exists() and not path.is_file():
        return UnreadableFile("is a device or a pipe, not a file", where=where)
    if path.stat().st_size == 0:
        return UnreadableFile("is empty", where=where, next_step="fetch it again")
    return None


def _refused(file: _File, fault: BaseException) -> FileOutcome:
    """Nobody chose what else lies in an archive or a folder: what is known there to be no statistic is no fault."""
    beside = file.found and isinstance(fault, OutOfScope)
    return (left_out if beside else refused)(file.path, shown(file.path), fault)


def _once(files: Sequence[_File]) -> Iterable[_File]:
    """The readable files in their order, of files with the same bytes the first."""
    first: dict[str, _File] = {}
    for file in files:
        if not file.fault:
            first.setdefault(file.snapshot, file)
    return first.values()


def known_as(path: Path) -> str:
    """The name a file will be known by."""
    return shown(Path(path.name))
