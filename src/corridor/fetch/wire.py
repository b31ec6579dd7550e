"""The layers between a request and the network: the key, the pace, and the answer read whole before it is believed.

The key is put on by the lowest layer, so nothing above it, no cache, log or exception, has ever seen it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from urllib.request import getproxies, proxy_bypass

import httpx2

from corridor.fetch import honest
from corridor.fetch.faults import DownloadFailed, TryAgain
from corridor.fetch.request import Patience, Request

#: Name under which a `Request` travels with its HTTP request.
ASKED = "corridor"

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
#: Much more of an error page than anybody reads.
_MOST_OF_AN_ERROR = 1 << 16


class Signed(httpx2.BaseTransport):
    """Sends a request, with the key of its host put on; ``keys`` maps a host to a header's name and value."""

    def __init__(self, keys: Mapping[str, tuple[str, str]]) -> None:
        self._keys = keys
        self._direct = httpx2.HTTPTransport(trust_env=True)
        self._proxies: dict[str, httpx2.HTTPTransport] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it. Raises `DownloadFailed` rather than send a key in clear text over a network."""
        transport = self._transport(request.url)
        if request.url.host not in self._keys:
            return transport.handle_request(request)
        if request.url.scheme != "https" and request.url.host not in _LOOPBACK:
            raise DownloadFailed("a key is not sent without encryption", next_step="use an https address")
        name, value = self._keys[request.url.host]
        headers = httpx2.Headers([*request.headers.raw, (name.encode("ascii"), value.encode("ascii"))])
        signed = httpx2.Request(
            request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
        )
        return transport.handle_request(signed)

    def close(self) -> None:
        """Close all connections."""
        for transport in (self._direct, *self._proxies.values()):
            transport.close()

    def _transport(self, url: httpx2.URL) -> httpx2.HTTPTransport:
        proxy = getproxies().get(url.scheme)
        if proxy is None or url.host in _LOOPBACK or proxy_bypass(url.host):
            return self._direct
        if proxy not in self._proxies:
            self._proxies[proxy] = httpx2.HTTPTransport(proxy=proxy)
        return self._proxies[proxy]


class Paced(httpx2.BaseTransport):
    """Leaves ``pace`` seconds between two requests to one host."""

    def __init__(self, below: httpx2.BaseTransport, pace: float) -> None:
        self._below = below
        self._pace = pace
        self._last: dict[str, float] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it when it is due."""
        due = self._last.get(request.url.host, -self._pace) + self._pace
        time.sleep(max(0.0, due - time.monotonic()))
        self._last[request.url.host] = time.monotonic()
        return self._below.handle_request(request)

    def close(self) -> None:
        """Close what lies below."""
        self._below.close()


class Whole(httpx2.BaseTransport):
    """Reads an answer to its end and looks at it, so that a cache above never keeps one that lies."""

    def __init__(self, below: httpx2.BaseTransport, patience: Patience, secrets: tuple[str, ...] = ()) -> None:
        self._below = below
        self._patience = patience
        self._secrets = secrets

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it; raises `DownloadFailed` and its kinds for any answer that is not what was asked for."""
        asked: Request = request.extensions[ASKED]
        response = self._below.handle_request(request)
        with closing_on_fault(response):
            if not 200 <= response.status_code < 300:
                return _of(response, start_of_error(response, self._patience, self._secrets))
            body = b"".join(chunks(response.iter_bytes(), asked.most_bytes, self._patience.answer))
            honest.check_content(asked.kind, BytesIO(body), len(body))
            honest.check_secrets(self._secrets, (body,))
        return _of(response, body)

    def close(self) -> None:
        """Close what lies below."""
        self._below.close()


#: Headers that say something of an answer that was read whole; the others speak of the bytes on the wire.
_KEPT = frozenset(
    {
        *("age", "cache-control", "content-type", "date", "etag", "expires"),
        *("last-modified", "location", "retry-after", "vary"),
    }
)


def chunks(stream: Iterator[bytes], most_bytes: int, seconds: float) -> Iterator[bytes]:
    """The chunks of a body, as long as it is neither longer nor slower than allowed."""
    until, size = time.monotonic() + seconds, 0
    for chunk in stream:
        size += len(chunk)
        if size > most_bytes:
            raise DownloadFailed(f"the answer is longer than the {most_bytes:,} bytes allowed")
        if time.monotonic() > until:
            raise TryAgain(f"the answer did not end within {seconds:g} seconds")
        yield chunk


@contextmanager
def closing_on_fault(response: httpx2.Response) -> Iterator[None]:
    """Closes a response whose reading fails."""
    try:
        yield
    except BaseException:
        response.close()
        raise


def start_of_error(response: httpx2.Response, patience: Patience, secrets: Iterable[str]) -> bytes:
    """As much of an error's body as a message may quote, with any key taken out of the publisher's own words."""
    body = bytearray()
    for chunk in chunks(response.iter_bytes(), 1 << 24, patience.answer):
        body += chunk[: _MOST_OF_AN_ERROR - len(body)]
    said = bytes(body)
    for secret in secrets:
        said = said.replace(secret.encode("utf-8"), b"[key]")
    return said


def _of(response: httpx2.Response, body: bytes) -> httpx2.Response:
    """The answer with a body that was read."""
    response.close()
    kept = [(name, value) for name, value in response.headers.multi_items() if name in _KEPT]
    return httpx2.Response(response.status_code, headers=kept, content=body)
