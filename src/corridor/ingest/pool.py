"""Reading on all cores, results in the order of the files; a file that kills its process is refused alone.

PDFium must not be called from two threads, and a damaged file can take its process down, so files are read in
spawned processes. A file or two are read right here: starting processes costs more than it saves.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

from corridor.errors import UnreadableFile, Where
from corridor.ingest.reading import Job, Understand
from corridor.store import Bundle

#: Up to so many files are read in this process: a file takes a fifth of a second, starting processes four fifths.
FEW = 4
#: Windows cannot wait for more processes.
MOST_WORKERS = 61
#: Files handed out ahead of the one awaited, for each worker; bounds what waits in memory.
AHEAD = 2

#: How many threads Polars computes with.
_THREADS = "POLARS_MAX_THREADS"

#: What reading a file gives: the bundle, or whatever its reader raised.
Result = Bundle | BaseException
Results = Generator[Result, None, None]

#: PDFium again: of all threads of this process one reads.
_HERE = threading.Lock()


def read_all(jobs: Sequence[Job], understand: Understand, workers: int | None = None) -> Results:
    """The result of each job, in order. ``workers`` None: one for each core.

    A reader's fault is a result, not an exception: one file never takes the others down. Where no process
    can be started (an embedded interpreter, a daemon process) all files are read right here.
    """
    waiting = deque(jobs)
    count = min(workers or os.cpu_count() or 1, len(jobs), MOST_WORKERS)
    if count > 1 and len(jobs) > FEW and not multiprocessing.current_process().daemon:
        yield from _in_processes(waiting, understand, count)
    yield from _here(waiting, understand)


def _in_processes(waiting: deque[Job], understand: Understand, count: int) -> Iterator[Result]:
    """The results of the jobs waiting; takes them from ``waiting`` and leaves them there if no process starts."""
    while waiting:
        with _processes(count) as pool:
            if pool is None:
                return
            suspects = yield from _until_a_crash(pool, waiting, understand, count * AHEAD)
        for _ in range(suspects):
            yield _alone(waiting.popleft(), understand)


def _until_a_crash(
    pool: ProcessPoolExecutor, waiting: deque[Job], understand: Understand, ahead: int
) -> Generator[Result, None, int]:
    """Results in order until all are read or a process dies; then says how many jobs it was reading."""
    reading: deque[tuple[Job, Future[Bundle]]] = deque()
    while waiting or reading:
        while waiting and len(reading) < ahead:
            job = waiting.popleft()
            reading.append((job, _submit(pool, understand, job)))
        result = _result(reading[0][1])
        if isinstance(result, BrokenProcessPool):
            # Nobody knows which of the files it was; they are read again, one by one.
            waiting.extendleft(job for job, _ in reversed(reading))
            return len(reading)
        reading.popleft()
        yield result
    return 0


def _alone(job: Job, understand: Understand) -> Result:
    """The result of one job in a process of its own, whose death only it can have caused."""
    with _processes(1) as pool:
        result = BrokenProcessPool() if pool is None else _result(_submit(pool, understand, job))
    if isinstance(result, BrokenProcessPool):
        where = Where(file=job.name)
        return UnreadableFile("reading it crashed the reader; the file is damaged or of a new kind", where=where)
    return result


def _here(jobs: Iterable[Job], understand: Understand) -> Iterator[Result]:
    """The results of jobs read in this process; a thread, so that its future keeps whatever a reader raises."""
    with ThreadPoolExecutor(1) as thread:
        for job in jobs:
            with _HERE:
                result = _result(thread.submit(understand, job))
            yield result


def _submit(pool: ProcessPoolExecutor, understand: Understand, job: Job) -> Future[Bundle]:
    """The future of a job; of a pool that broke just now, a future that says so."""
    try:
        return pool.submit(understand, job)
    except BrokenProcessPool as fault:
        broken: Future[Bundle] = Future()
        broken.set_exception(fault)
        return broken


def _result(future: Future[Bundle]) -> Result:
    return future.exception() or future.result()


@contextmanager
def _processes(count: int) -> Iterator[ProcessPoolExecutor | None]:
    """Reading processes, or None where they do not start. They are gone when the block ends."""
    pool = _pool(count)
    try:
        yield pool if pool and _starts(pool, count) else None
    finally:
        if pool:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(count: int) -> ProcessPoolExecutor | None:
    """Processes to be started, or None where the system has no semaphores to steer them by."""
    try:
        return ProcessPoolExecutor(count, mp_context=_Context(), initializer=_live_with_the_parent)
    except (OSError, ImportError, NotImplementedError):
        return None


def _starts(pool: ProcessPoolExecutor, count: int) -> bool:
    try:
        # One question each, so that all processes start at once.
        with _sharing_cores(count):
            answers = [pool.submit(os.getpid) for _ in range(count)]
        return answers[0].result() > 0
    except (BrokenProcessPool, OSError):
        return False


@contextmanager
def _sharing_cores(count: int) -> Iterator[None]:
    """Of ``count`` processes that start now each computes on its share of the cores, unless the user said otherwise.

    With all cores for each they stand in one another's way, and need a third more time of the processors.
    """
    if _THREADS in os.environ:
        yield
        return
    # Polars asks when it is imported, which is before anything could be said to the process.
    os.environ[_THREADS] = str(max(1, (os.cpu_count() or 1) // count))
    try:
        yield
    finally:
        del os.environ[_THREADS]


def _live_with_the_parent() -> None:
    """In a reading process: leave interrupts to the parent, and end when it ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


class _Process(SpawnProcess):
    """A spawned process that does not run the user's main script again.

    Spawning imports the parent's main module in the child. Nothing here needs it, and it fails for a script
    read from standard input and runs twice for one without the usual guard.
    """

    def start(self) -> None:
        """Start the process."""
        with _main_hidden():
            super().start()


class _Context(SpawnContext):
    Process = _Process


@contextmanager
def _main_hidden() -> Iterator[None]:
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
