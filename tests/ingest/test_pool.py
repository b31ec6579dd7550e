"""Reading processes: the same results in the same order, whatever a file does to its reader."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import toy_publisher
from toy_publisher import text

from corridor.errors import UnreadableFile, UnrecognisedFile
from corridor.ingest import pool
from corridor.ingest.reading import Job
from corridor.store import Bundle

TODAY = date(2026, 1, 20)


def jobs_of(folder: Path, texts: list[str]) -> list[Job]:
    jobs = []
    for number, words in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(words, encoding="utf-8")
        jobs.append(Job(path, path.name, f"{number:064x}", TODAY))
    return jobs


def told(result: Bundle | BaseException) -> str:
    return result.edition[7:14] if isinstance(result, Bundle) else type(result).__name__


def where_am_i(job: Job) -> Bundle:
    raise UnreadableFile(str(os.getpid()))


def how_many_threads(job: Job) -> Bundle:
    import polars

    raise UnreadableFile(str(polars.thread_pool_size()))


MIXED = [
    text("RUS coffee 1", month="2025-01"),
    "hello",
    text("RUS coffee 1", month="2025-03"),
    "BUG",
    text("RUS coffee 1", month="2025-05"),
    text("RUS coffee 1", month="2025-06"),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_files(tmp_path, workers):
    results = list(pool.read_all(jobs_of(tmp_path, MIXED), toy_publisher.understand, workers))
    assert [told(result) for result in results] == [
        *("2025-01", "UnrecognisedFile", "2025-03", "KeyError", "2025-05", "2025-06")
    ]
    assert isinstance(results[1], UnrecognisedFile)
    assert results[1].what == "no reader recognises this file"


def test_a_crash_refuses_one_file_and_all_others_are_read(tmp_path):
    texts = [text("RUS coffee 1", month=f"2025-{month:02}") for month in range(1, 10)]
    texts[2] = texts[6] = "CRASH"
    results = list(pool.read_all(jobs_of(tmp_path, texts), toy_publisher.understand, 2))
    assert [told(result) for result in results] == [
        *("2025-01", "2025-02", "UnreadableFile", "2025-04", "2025-05", "2025-06", "UnreadableFile"),
        *("2025-08", "2025-09"),
    ]
    assert results[2].line() == "2.txt: reading it crashed the reader; the file is damaged or of a new kind"


def test_a_few_files_are_read_here_and_many_in_other_processes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "asking.py").write_text(
        "import os\nfrom corridor.errors import UnreadableFile\n"
        "def understand(job):\n    raise UnreadableFile(str(os.getpid()))\n",
        encoding="utf-8",
    )
    from asking import understand

    few = pool.read_all(jobs_of(tmp_path, ["x"] * pool.FEW), understand, 2)
    assert {fault.what for fault in few} == {str(os.getpid())}
    many = pool.read_all(jobs_of(tmp_path, ["x"] * (pool.FEW + 1)), understand, 2)
    assert str(os.getpid()) not in {fault.what for fault in many}


def test_where_no_process_starts_all_is_read_here(tmp_path, monkeypatch):
    def never(*args: object) -> bool:
        return False

    monkeypatch.setattr(pool, "_starts", never)
    results = list(pool.read_all(jobs_of(tmp_path, MIXED), where_am_i, 2))
    assert {fault.what for fault in results} == {str(os.getpid())}
    assert len(results) == len(MIXED)


def test_no_files_no_processes(tmp_path):
    assert list(pool.read_all([], toy_publisher.understand)) == []


def test_results_not_asked_for_end_with_the_processes(tmp_path):
    results = pool.read_all(jobs_of(tmp_path, MIXED), toy_publisher.understand, 2)
    assert told(next(results)) == "2025-01"
    results.close()
    assert list(results) == []


SCRIPT = """
import multiprocessing
import sys
from datetime import date
from pathlib import Path
import toy_publisher
from corridor.ingest import add
from corridor.store import Store

print("main runs", flush=True)
{first}
report = add(Store(Path({store!r})), sorted(Path({folder!r}).glob("*.txt")), today=date(2026, 1, 20), workers=2,
             understand=toy_publisher.understand)
print(len(report.of("added")), "added")
"""


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def write_script(tmp_path: Path, texts: list[str], first: str = "") -> str:
    folder = tmp_path / "inbox"
    folder.mkdir()
    jobs_of(folder, texts)
    code = SCRIPT.format(store=str(tmp_path / "data"), folder=str(folder), first=first)
    (tmp_path / "script.py").write_text(code, encoding="utf-8")
    return code


def run_script(tmp_path: Path, how: str, first: str = "") -> subprocess.CompletedProcess[str]:
    code = write_script(tmp_path, [text("RUS coffee 1", month=f"2025-{month:02}") for month in range(1, 8)], first)
    arguments = {"-c": ["-c", code], "standard input": ["-"]}.get(how, [str(tmp_path / "script.py")])
    return subprocess.run(
        [sys.executable, *arguments], input=code, capture_output=True, text=True, check=False, env=ENVIRONMENT
    )


@pytest.mark.parametrize("how", ["a script without the usual guard", "standard input", "-c"])
def test_a_user_s_script_is_never_run_again(tmp_path, how):
    ran = run_script(tmp_path, how)
    assert ran.stdout.splitlines() == ["main runs", "7 added"]
    assert ran.stderr == ""


def test_an_interpreter_that_cannot_be_started_is_noticed(tmp_path):
    ran = run_script(tmp_path, "script", first=f"multiprocessing.set_executable({str(tmp_path / 'no python')!r})")
    assert ran.stdout.splitlines() == ["main runs", "7 added"]


def test_reading_processes_end_with_a_killed_parent(tmp_path):
    write_script(tmp_path, ["SLOW"] * 6)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "script.py")], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as ran:
        assert [ran.stdout.readline() for _ in range(2)] == ["main runs\n", "reading\n"]
        ran.kill()
        # The end of the output comes when the last process that shares it is gone.
        ran.communicate(timeout=60)


def test_processes_share_the_cores_between_them(tmp_path, monkeypatch):
    jobs = jobs_of(tmp_path, MIXED)
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    monkeypatch.setattr(pool.os, "cpu_count", lambda: 6)
    assert {str(each) for each in pool.read_all(jobs, how_many_threads, 2)} == {"3"}
    assert "POLARS_MAX_THREADS" not in os.environ
    monkeypatch.setenv("POLARS_MAX_THREADS", "1")
    assert {str(each) for each in pool.read_all(jobs, how_many_threads, 2)} == {"1"}, "what the user says stands"
