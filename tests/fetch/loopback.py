"""A server on the loopback that speaks as publishers do, on good days and on bad ones. Nothing leaves the machine."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from corridor.fetch import Patience

#: Waits so short that a test of many tries takes a moment.
HURRIED = Patience(
    attempts=3,
    first_wait=0.001,
    most_wait=0.002,
    jitter=0.0,
    longest_wait=0.5,
    pace=0.0,
    connect=5.0,
    silence=5.0,
    answer=5.0,
    file=5.0,
)
CAPTCHA = b"<!DOCTYPE html><html><head><title>Invalid Captcha</title></head><body>Invalid Captcha</body></html>"


@dataclass(frozen=True)
class Asked:
    """A request as it came over the wire."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What to answer: ``promised`` bytes are announced whatever comes; ``drip`` seconds lie between two bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None
    drip: float = 0.0


Speaker = Callable[[Asked], Answer]


@dataclass
class Loopback:
    """The server: what it answers to a path, and what it was asked."""

    address: str
    speakers: dict[str, Speaker] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, path: str, *answers: Answer) -> None:
        """Give these answers to a path, one after another, the last one for ever."""
        left = list(answers)
        self.speakers[path] = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]


def holds(body: bytes, etag: str = '"one"', *, breaks: list[int] | None = None) -> Speaker:
    """A large file that can be resumed and asked for conditionally; ``breaks`` cuts answers after so many bytes."""
    cuts = breaks if breaks is not None else []

    def speak(asked: Asked) -> Answer:
        said = {"ETag": etag, "Accept-Ranges": "bytes"}
        if asked.headers.get("if-none-match") == etag:
            return Answer(status=304, headers=said)
        start, status = 0, 200
        if asked.headers.get("if-range") == etag and "range" in asked.headers:
            start, status = int(asked.headers["range"].removeprefix("bytes=").rstrip("-")), 206
            said["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        rest = body[start:]
        cut = cuts.pop(0) if cuts else len(rest)
        return Answer(rest[:cut], status, said, promised=len(rest))

    return speak


@contextmanager
def serving() -> Iterator[Loopback]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    loopback = Loopback(f"http://127.0.0.1:{server.server_address[1]}")
    server.loopback = loopback  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is what some tests are about."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        loopback: Loopback = self.server.loopback  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, parts.path, query, headers, body)
        loopback.asked.append(asked)
        speaker = loopback.speakers.get(parts.path, lambda _: Answer(b"not here", 404))
        try:
            self._say(speaker(asked))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        length = len(answer.body) if answer.promised is None else answer.promised
        if answer.status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if answer.status == 304:
            return
        for byte in [answer.body] if not answer.drip else [bytes([each]) for each in answer.body]:
            self.wfile.write(byte)
            self.wfile.flush()
            time.sleep(answer.drip)
        if length > len(answer.body):
            self.close_connection = True

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests are quiet."""
