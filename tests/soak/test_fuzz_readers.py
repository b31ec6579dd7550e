"""Damaged files: a reader says what is wrong or reads something; it never falls over, and never reads nothing.

Two campaigns: bytes drawn by hypothesis, which makes what it finds small, and accidents drawn by number, which cost
next to nothing to draw and know what tables are made of.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.errors import CorridorError
from corridor.ingest.archives import is_archive, members
from corridor.ingest.reading import Job, understand
from corridor.store import checksum

from .accidents import accident, called
from .conftest import FIRST, MUTATIONS
from .specimens import specimens

SPECIMENS = specimens()
#: How many files are made of one specimen for each of the slowest kind: a workbook is opened by a process of its own.
SHARES = {".xlsx": 1, ".pdf": 3}
SHARE = 5
#: Faults told of one specimen; the campaign goes on to the end.
TOLD = 20


def attempt(folder: Path, name: str, number: int) -> str:
    """What becomes of one damaged file."""
    return judge(folder, called(name, number), accident(name, SPECIMENS[name], number))


def judge(folder: Path, name: str, body: bytes) -> str:
    """The line in which a file is refused; empty where it was read. Anything else is a fault of the program."""
    path = folder / name
    path.write_bytes(body)
    try:
        kept = kept_of(path)
    except CorridorError as fault:
        line = fault.line()
    else:
        line = ""
        # No silent loss: a file that is taken has rows, or rows set aside with the reason.
        assert kept > 0
    finally:
        path.unlink()
    assert line.isprintable()
    return line


def kept_of(path: Path) -> int:
    """How many rows are kept of a file, set aside or not; the files of an archive are counted for themselves."""
    if is_archive(path):
        # A workbook that lost the list of what it holds.
        with TemporaryDirectory(dir=path.parent) as inside:
            with suppress(OSError):
                return len(list(members(path, Path(inside))))
            return 1
    return sum(understand(Job(path, path.name, checksum(path), date(2026, 1, 20))).rows.values())


def share(name: str) -> int:
    """How many of the campaign's files are made of a specimen."""
    shares = {each: SHARES.get(Path(each).suffix, SHARE) for each in SPECIMENS}
    return MUTATIONS * shares[name] // sum(shares.values()) + 1


@pytest.mark.parametrize("name", SPECIMENS)
def test_no_accident_brings_a_reader_down(tmp_path: Path, times: Callable[[int, int], int], name: str) -> None:
    faults = []
    for number in range(FIRST, FIRST + times(8, share(name))):
        try:
            attempt(tmp_path, name, number)
        # Whatever comes up here is a fault of a reader, which ought to tell what is wrong in one line.
        except Exception as fault:  # noqa: BLE001
            faults.append(f"attempt(folder, {name!r}, {number}): {fault!r}")
            if len(faults) == TOLD:
                break
    assert not faults, "\n".join(faults)


@st.composite
def mutated(draw: st.DrawFn, body: bytes) -> bytes:
    """The bytes of a file after a few changes."""
    found = bytearray(body)
    for _number in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(found) - 1)))
        end = min(len(found), place + draw(st.integers(1, 64)))
        match draw(st.sampled_from(["change", "drop", "insert", "repeat", "cut", "zero"])):
            case "change":
                found[place:end] = draw(st.binary(min_size=1, max_size=16))
            case "drop":
                del found[place:end]
            case "insert":
                found[place:place] = draw(st.binary(min_size=1, max_size=64))
            case "repeat":
                found[place:place] = found[place:end] * draw(st.integers(1, 50))
            case "cut":
                del found[place:]
            case "zero":
                found[place:end] = bytes(end - place)
    return bytes(found) or b"\0"


@pytest.mark.parametrize("name", SPECIMENS)
def test_no_bytes_bring_a_reader_down(
    tmp_path_factory: pytest.TempPathFactory, times: Callable[[int, int], int], name: str
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")

    def tried(body: bytes) -> None:
        judge(folder, name, body)

    unhurried = settings(max_examples=times(5, 200), deadline=None, suppress_health_check=list(HealthCheck))
    unhurried(given(mutated(SPECIMENS[name]))(tried))()
