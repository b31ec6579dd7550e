"""What was made and may be asked for again: made once, however many ask at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """The last ``room`` things made, by key. A failure is told to all who wait for it, and is not kept."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, Future[Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What lies under the key; ``make`` is called if nothing does."""
        with self._lock:
            coming = self._kept.get(key)
            if coming is None:
                mine: Future[Value] = Future()
                self._kept[key] = mine
                self._drop_oldest()
        if coming is not None:
            return coming.result()
        return self._made(key, mine, make)

    def held(self, key: Hashable) -> Value | None:
        """What lies under the key, if it was made."""
        with self._lock:
            coming = self._kept.get(key)
        return coming.result() if coming else None

    def _made(self, key: Hashable, mine: Future[Value], make: Callable[[], Value]) -> Value:
        try:
            made = make()
        except BaseException as fault:
            with self._lock:
                self._kept.pop(key, None)
            mine.set_exception(fault)
            raise
        mine.set_result(made)
        return made

    def _drop_oldest(self) -> None:
        while len(self._kept) > self._room:
            self._kept.popitem(last=False)
