"""Where the pages listen, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from corridor.errors import UsageError

#: Names that a browser on the same machine asks by.
OWN = frozenset({"127.0.0.1", "localhost", "::1"})
#: Fewer letters can be guessed by trying.
SHORTEST_TOKEN = 16
#: Bytes of one upload, by path; a form of any other path has none.
LARGEST = {"/check": 4_000_000, "/sources": 300_000_000}
_LAST_PORT = 65_535


@dataclass(frozen=True)
class Settings:
    """The store's folder, the address to listen at, and the word that opens the pages to others.

    Raises `UsageError` for an address of a network without a token, or a token that is short.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    #: Seconds that reading uploaded files may take.
    patience: float = 300.0

    def __post_init__(self) -> None:
        if not 0 <= self.port <= _LAST_PORT:
            raise UsageError(f"there is no port {self.port}", next_step="choose one of 1024 to 65535")
        if not is_own(self.host) and not self.token:
            raise UsageError(
                f"{self.host} is open to a network, and everybody there would read and add",
                next_step="say --token with a word of your own, or leave out --host",
            )
        if self.token is not None and (len(self.token) < SHORTEST_TOKEN or not self.token.isascii()):
            raise UsageError(
                f"the token is not {SHORTEST_TOKEN} letters or digits of ASCII",
                next_step="take a long random word",
            )

    def answers_to(self, host: str) -> bool:
        """Whether a request may name this host: one that listens everywhere leaves it to the token."""
        return host in OWN or host == self.host or self.host in ("0.0.0.0", "::")

    @property
    def address(self) -> str:
        """What a browser on the same machine opens."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def is_own(host: str) -> bool:
    """Whether an address is heard by this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
