"""The client: a request in, a file or a clear refusal out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import hishel
import httpx2
import stamina
from hishel.httpx2 import CacheTransport

from corridor import __version__
from corridor.fetch import honest
from corridor.fetch.faults import DownloadFailed, TryAgain, named
from corridor.fetch.partial import Partial, said_in_one_line, whole_size
from corridor.fetch.request import Patience, Request
from corridor.fetch.wire import ASKED, Paced, Signed, Whole, chunks, start_of_error

T = TypeVar("T")

#: Called while a large file comes: bytes so far, bytes in all (None: not said), and its name.
Coming = Callable[[int, int | None, str], None]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_HOPS = 5

# Both libraries log every step; where nobody listens, nothing shall reach the terminal.
for _name in ("stamina", "hishel", "httpx2", "httpcore2"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Known:
    """What the publisher said of a file when it was last fetched: it need not be sent again while that holds."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The conditions to ask with."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Fetched:
    """What a request brought: a file, or (``path`` None) the publisher's word that nothing has changed."""

    request: Request
    path: Path | None
    known: Known = Known()


class Fetcher:
    """Asks publishers. ``keys`` maps a host to the header and the key it wants; the cache lies in ``cache``."""

    def __init__(
        self,
        folder: Path,
        *,
        keys: Mapping[str, tuple[str, str]] | None = None,
        patience: Patience | None = None,
        coming: Coming | None = None,
    ) -> None:
        self._folder = folder
        self._patience = patience or Patience()
        self._keys = dict(keys or {})
        self._coming = coming
        self._taken: dict[Path, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self._secrets = tuple(value for _, value in self._keys.values())
        wire = Paced(Signed(self._keys), self._patience.pace)
        storage = hishel.SqliteStorage(database_path=folder / "answers.sqlite")
        cached = CacheTransport(
            Whole(wire, self._patience, self._secrets), storage, rfc=hishel.CacheOptions(shared=False)
        )
        self._answers = self._client(cached)
        self._files = self._client(wire)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answers.close()
        self._files.close()

    def fetch(self, request: Request, known: Known | None = None) -> Fetched:
        """The file a request brings, in the folder of its source. Raises `DownloadFailed`, the last of its tries."""
        work = self._large if request.large else self._small
        with named(request.source, request.address):
            return self._patiently(lambda: work(request, known or Known()))

    def _small(self, request: Request, known: Known) -> Fetched:
        answer = self._follow(self._answers, request, {})
        honest.check_status(answer.status_code, answer.headers, answer.content)
        path = self._path(request)
        with said_in_one_line(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(answer.content)
        return self._checked(request, path, answer)

    def _large(self, request: Request, known: Known) -> Fetched:
        partial = Partial(self._path(request))
        resumed = partial.headers(request.address)
        headers = {"Accept-Encoding": "identity", **(resumed or known.headers)}
        answer = self._follow(self._files, request, headers)
        try:
            return self._received(request, partial, answer)
        finally:
            answer.close()

    def _received(self, request: Request, partial: Partial, answer: httpx2.Response) -> Fetched:
        if answer.status_code == 304:
            return Fetched(request, None, _known(answer))
        if answer.status_code == 416:
            partial.forget()
            raise TryAgain("the publisher no longer has the rest of the file")
        good = answer.status_code in (200, 206)
        said = b"" if good else start_of_error(answer, self._patience, self._secrets)
        honest.check_status(answer.status_code, answer.headers, said)
        size = self._write(request, partial, answer)
        with partial.path.open("rb") as opened:
            try:
                honest.check_content(request.kind, opened, size)
            except DownloadFailed:
                opened.close()
                partial.forget()
                raise
        return self._checked(request, partial.finish(), answer)

    def _write(self, request: Request, partial: Partial, answer: httpx2.Response) -> int:
        total = whole_size(answer.status_code, answer.headers)
        if total is not None and total > request.most_bytes:
            raise DownloadFailed(f"the file has {total:,} bytes, more than the {request.most_bytes:,} allowed")
        size = partial.begin(request.address, answer.status_code, answer.headers)
        # Unbuffered, so that what has come is on the disk when the connection breaks.
        with said_in_one_line(partial.path), partial.path.open("ab", buffering=0) as opened:
            for chunk in chunks(answer.iter_raw(), request.most_bytes - size, self._patience.file):
                opened.write(chunk)
                size += len(chunk)
                if self._coming:
                    self._coming(size, total, request.name)
        if total is not None and size != total:
            raise TryAgain(f"the file ended after {size:,} of {total:,} bytes")
        return size

    def _checked(self, request: Request, path: Path, answer: httpx2.Response) -> Fetched:
        try:
            honest.check_secrets(self._secrets, _chunks_of(path) if request.large else ())
        except DownloadFailed:
            path.unlink()
            raise
        return Fetched(request, path, _known(answer))

    def _follow(self, client: httpx2.Client, request: Request, headers: Mapping[str, str]) -> httpx2.Response:
        """The answer, also through redirects, as long as they stay with the same host."""
        address = request.address
        for _ in range(_MOST_HOPS):
            answer = self._send(client, request, address, headers)
            if answer.status_code not in _REDIRECTS:
                return answer
            answer.close()
            address = _next_hop(address, answer.headers.get("location", ""))
        raise DownloadFailed("the publisher sends the request in circles")

    def _send(
        self, client: httpx2.Client, request: Request, address: str, headers: Mapping[str, str]
    ) -> httpx2.Response:
        extensions: dict[str, Any] = {ASKED: request}
        if request.fresh_for:
            extensions["caching"] = {"rfc": False, "ttl": request.fresh_for}
        asked = client.build_request(
            request.method,
            address,
            headers={**request.headers, **headers},
            content=request.body.encode("utf-8") if request.body else None,
            extensions=extensions,
        )
        try:
            return client.send(asked, stream=True) if request.large else client.send(asked)
        except httpx2.TransportError as fault:
            raise TryAgain(_words(fault)) from None

    def _patiently(self, work: Callable[[], T]) -> T:
        limits = self._patience
        tries = stamina.retry_context(
            on=self._again,
            attempts=limits.attempts,
            timeout=None,
            wait_initial=limits.first_wait,
            wait_max=limits.most_wait,
            wait_jitter=limits.jitter,
        )
        for attempt in tries:
            with attempt:
                try:
                    return work()
                except httpx2.TransportError as fault:
                    raise TryAgain(_words(fault)) from None
        raise AssertionError("stamina lets the last fault through")

    def _again(self, fault: Exception) -> bool | float:
        if not isinstance(fault, TryAgain):
            return False
        if fault.wait is None:
            return True
        return fault.wait if fault.wait <= self._patience.longest_wait else False

    def _client(self, transport: httpx2.BaseTransport) -> httpx2.Client:
        limits = self._patience
        timeout = httpx2.Timeout(limits.silence, connect=limits.connect)
        agent = {"User-Agent": f"corridor/{__version__}"}
        return httpx2.Client(transport=transport, timeout=timeout, headers=agent, follow_redirects=False)

    def _path(self, request: Request) -> Path:
        """Where the file goes; two addresses whose files bear one name do not overwrite each other."""
        folder = self._folder / request.source
        if self._taken.setdefault(folder / request.name, request.address) == request.address:
            return folder / request.name
        return folder / hashlib.sha256(request.address.encode("utf-8")).hexdigest()[:16] / request.name


def _next_hop(address: str, location: str) -> str:
    """Where a redirect leads. Raises `DownloadFailed` where it leads to another host or out of encryption."""
    there = urljoin(address, location)
    now, then = urlsplit(address), urlsplit(there)
    if not location or then.netloc != now.netloc or (now.scheme == "https" and then.scheme != "https"):
        raise DownloadFailed(
            f"the publisher sends the request away, to {then.netloc or 'nowhere'}; that is not followed"
        )
    return there


def _chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while chunk := opened.read(1 << 20):
            yield chunk


def _known(answer: httpx2.Response) -> Known:
    return Known(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))


def _words(fault: httpx2.TransportError) -> str:
    if isinstance(fault, httpx2.TimeoutException):
        return "the publisher does not answer in time"
    if isinstance(fault, httpx2.RemoteProtocolError):
        return "the answer broke off"
    return f"the publisher cannot be reached ({' '.join(str(fault).split())[:120]})"
