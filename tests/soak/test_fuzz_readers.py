"""Mutated files: a reader says what is wrong or reads something; it never falls over, and never reads nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from corridor.errors import CorridorError
from corridor.ingest.reading import Job, understand
from corridor.store import checksum

from .conftest import MUTATIONS
from .specimens import specimens

SPECIMENS = specimens()
#: Files of one run of hypothesis, which remembers them all.
BATCH = 10_000


@st.composite
def mutated(draw: st.DrawFn, body: bytes) -> bytes:
    """The bytes of a file after a few accidents."""
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
def test_no_accident_brings_a_reader_down(
    tmp_path_factory: pytest.TempPathFactory, times: Callable[[int, int], int], name: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("fuzz")

    def accident(body: bytes) -> None:
        path = folder / name
        path.write_bytes(body)
        try:
            bundle = understand(Job(path, name, checksum(path), date(2026, 1, 20)))
        except CorridorError as fault:
            line = fault.line()
        else:
            line = ""
        assert line.isprintable()
        # No silent loss: a file that is taken has rows, or rows set aside with the reason.
        assert line or sum(bundle.rows.values()) > 0

    left, number = times(25, MUTATIONS // len(SPECIMENS)), 0
    while left > 0:
        unhurried = settings(max_examples=min(left, BATCH), deadline=None, suppress_health_check=list(HealthCheck))
        seed(number)(unhurried(given(mutated(SPECIMENS[name]))(accident)))()
        left, number = left - BATCH, number + 1
