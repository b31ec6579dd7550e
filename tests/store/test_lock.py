"""One writer at a time, also across processes, and no lock outlives its process."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from corridor.errors import StoreError
from corridor.store import lock

HOLD = """
import sys
from pathlib import Path
from corridor.store import lock
with lock.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_process(directory: Path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with holder:
        try:
            assert holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


def test_a_second_writer_in_this_process_is_told_who_holds_it(tmp_path):
    with lock.writing(tmp_path), pytest.raises(StoreError) as fault, lock.writing(tmp_path):
        pass
    said = rf"in use by process {os.getpid()} since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d"
    assert re.search(said, str(fault.value))
    assert "\n" not in str(fault.value)


def test_a_second_writer_in_another_process_is_told_who_holds_it(tmp_path):
    with another_process(tmp_path) as holder:
        with pytest.raises(StoreError, match=f"in use by process {holder.pid} since"), lock.writing(tmp_path):
            pass
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.wait(30) == 0
    with lock.writing(tmp_path):
        pass


def test_a_writer_that_was_killed_leaves_no_lock(tmp_path):
    with another_process(tmp_path) as holder:
        holder.kill()
        holder.wait(30)
        assert (tmp_path / lock.HOLDER).exists()
        with lock.writing(tmp_path):
            assert str(os.getpid()) in (tmp_path / lock.HOLDER).read_text(encoding="utf-8")


@pytest.mark.parametrize("said", ["", "{", "{}", "null"])
def test_a_holder_that_has_not_said_its_name_is_another_process(tmp_path, said):
    with lock.writing(tmp_path):
        (tmp_path / lock.HOLDER).write_text(said, encoding="utf-8")
        with pytest.raises(StoreError, match="in use by another process"), lock.writing(tmp_path):
            pass


def test_the_lock_is_released_when_the_work_fails(tmp_path):
    with pytest.raises(KeyError), lock.writing(tmp_path):
        raise KeyError
    with lock.writing(tmp_path):
        pass
    assert not (tmp_path / lock.HOLDER).exists()


def test_a_lock_file_that_is_no_database_is_said_in_one_line(tmp_path):
    (tmp_path / lock.LOCK).write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=r"lock\.sqlite: cannot be used") as fault, lock.writing(tmp_path):
        pass
    assert "\n" not in str(fault.value)
