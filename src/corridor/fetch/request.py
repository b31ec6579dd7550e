"""One thing to ask a publisher for, as data: the address, what the answer must look like, what it is to bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urlencode

Kind = Literal["json", "csv", "zip", "pdf", "any"]

_MIB = 1 << 20


@dataclass(frozen=True)
class Span:
    """What a request is to bring: one flow of one period. An empty ``partner`` or ``reporter`` means all of them."""

    table: str
    freq: str
    start: date
    end: date
    flow: str = ""
    reporter: str = ""
    partner: str = ""
    product: str = "all"


@dataclass(frozen=True)
class Request:
    """One request.

    ``parts`` are smaller requests that together ask for the same, to be made where the answer would be too
    long. ``fresh_for`` is how many seconds an answer of the cache is as good as a new one. ``large`` says that
    the answer is a file to be resumed, not an answer to be held in memory; ``fixed`` that what lies at the
    address never changes; ``keep`` that the answer is a file for the store, not a list of further requests.
    """

    source: str
    name: str
    url: str
    kind: Kind
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: tuple[Span, ...] = ()
    parts: tuple[Request, ...] = ()
    row_limit: int | None = None
    most_bytes: int = 64 * _MIB
    fresh_for: float = 0.0
    large: bool = False
    fixed: bool = False
    keep: bool = True

    @property
    def address(self) -> str:
        """The whole address; it never holds a key."""
        if not self.params:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(self.params)}"

    @property
    def method(self) -> str:
        """GET, or POST where there is a body."""
        return "POST" if self.body else "GET"


@dataclass(frozen=True)
class Patience:
    """How long to wait for what; all times in seconds.

    ``pace`` lies between two requests to one host. ``longest_wait`` is the longest Retry-After that is obeyed
    rather than reported; ``answer`` and ``file`` are the total times of an answer and of a large file.
    """

    attempts: int = 5
    first_wait: float = 1.0
    most_wait: float = 60.0
    jitter: float = 1.0
    longest_wait: float = 180.0
    pace: float = 1.0
    connect: float = 20.0
    silence: float = 60.0
    answer: float = 300.0
    file: float = 6 * 3600.0
