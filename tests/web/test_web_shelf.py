"""What is remembered: made once, forgotten when it failed or when newer things came."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from corridor.errors import NothingFound
from corridor.web.fields import Field, python, terminal
from corridor.web.shelf import Shelf


def test_a_thing_is_made_once_for_all_who_ask() -> None:
    shelf: Shelf[int] = Shelf(2)
    made: list[int] = []
    go = Event()

    def make() -> int:
        go.wait(10)
        made.append(1)
        return 7

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(shelf.get, "key", make) for _ in range(4)]
        go.set()
        assert [each.result() for each in waiting] == [7, 7, 7, 7]
    assert made == [1]


def test_a_failure_is_told_and_not_kept() -> None:
    shelf: Shelf[int] = Shelf(2)

    def fail() -> int:
        raise NothingFound("nothing")

    with pytest.raises(NothingFound):
        shelf.get("key", fail)
    assert shelf.held("key") is None
    assert shelf.get("key", lambda: 1) == 1


def test_the_oldest_gives_way() -> None:
    shelf: Shelf[int] = Shelf(2)
    for each in (1, 2, 3):
        shelf.get(each, lambda each=each: each)  # type: ignore[misc]
    assert [shelf.held(each) for each in (1, 2, 3)] == [None, 2, 3]


def test_the_lines_of_terminal_and_python_quote_what_is_said() -> None:
    fields = (
        Field("exporter"),
        Field("top", "number", "20", flag="--top"),
        Field("previous", "switch", choices=("yes",), flag="--previous"),
        Field("neutral", "words", flag="--neutral"),
    )
    values = {"exporter": "it's $HOME", "top": "05", "previous": "yes", "neutral": "a, b"}
    assert terminal("potential", fields, values) == (
        "corridor potential 'it'\"'\"'s $HOME' --top 05 --previous --neutral 'a, b'"
    )
    assert python("potential", fields, values) == (
        "Workspace().potential(\"it's $HOME\", top=5, previous=True, neutral=('a', 'b'))"
    )
    assert terminal("potential", fields, {"exporter": "RUS", "top": "20", "previous": "", "neutral": ""}) == (
        "corridor potential RUS"
    )
