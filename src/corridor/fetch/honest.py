"""Whether an answer is what it says it is: a page with status 200 may be an apology, a file may be half of one."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import IO

from corridor.fetch.faults import DownloadFailed, TryAgain
from corridor.fetch.request import Kind

#: Bytes of an answer's beginning and end that tell its kind.
EDGE = 2048

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_SAID = {
    401: "the publisher wants a key",
    403: "the publisher refuses the request",
    404: "there is nothing at this address",
    413: "the publisher finds the request too large",
    429: "the publisher says: too many requests",
}
_MOST_WORDS = 160
#: Of a chunk's end so many bytes are looked at again with the next one.
_LONGEST_KEY = 512


def check_status(status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
    """Nothing for 200, 206 and 304. Raises `TryAgain` for what may pass, else `DownloadFailed`."""
    if status in (200, 206, 304):
        return
    said = _SAID.get(status, "the publisher answers with an error")
    line = f"{said} (HTTP {status}{_own_words(body)})"
    if status in _PASSING:
        wait = retry_after(headers)
        raise TryAgain(f"{line}, wait {wait:g} seconds" if wait else line, wait=wait)
    raise DownloadFailed(line)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds a publisher asks to wait, from a number or a date; None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    return _until(said)


def check_content(kind: Kind, opened: IO[bytes], size: int) -> None:
    """Raise where bytes are not of the kind asked for: `DownloadFailed` for a page, `TryAgain` for a torn file."""
    if size == 0:
        raise TryAgain("the answer is empty")
    head, tail = _edges(opened, size)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind != "any" and (start.startswith((b"<!doctype", b"<html")) or b"<html" in start):
        raise DownloadFailed(f"the answer is a web page, not {kind}{_title(head)}")
    _CHECKS[kind](head, tail, opened)


def check_captcha(document: object) -> None:
    """Raise `DownloadFailed` where a JSON answer is a demand to prove that one is human."""
    if isinstance(document, dict):
        said = str(document.get("message", ""))
        if "captcha" in said.lower():
            raise DownloadFailed(
                f"the publisher answers only in a browser (“{said[:_MOST_WORDS]}”)",
                next_step="save the files from its page and run corridor add on them",
            )


def check_secrets(secrets: Iterable[str], chunks: Iterable[bytes]) -> None:
    """Raise `DownloadFailed` where bytes repeat a key they were asked with: they are not kept."""
    wanted = [secret.encode("utf-8") for secret in secrets]
    before = b""
    for chunk in chunks:
        window = before + chunk
        if any(secret in window for secret in wanted):
            raise DownloadFailed("the answer repeats the key it was asked with; it is not kept")
        before = window[-_LONGEST_KEY:]


def _is_json(head: bytes, tail: bytes, opened: IO[bytes]) -> None:
    opened.seek(0)
    try:
        document = json.load(opened)
    except ValueError:
        raise TryAgain("the answer is no whole JSON document") from None
    check_captcha(document)


def _is_zip(head: bytes, tail: bytes, opened: IO[bytes]) -> None:
    if not head.startswith(b"PK"):
        raise DownloadFailed("the answer is no zip archive")
    opened.seek(0)
    if not zipfile.is_zipfile(opened):
        raise TryAgain("the zip archive is cut short")


def _is_pdf(head: bytes, tail: bytes, opened: IO[bytes]) -> None:
    if not head.startswith(b"%PDF"):
        raise DownloadFailed("the answer is no PDF file")
    if b"%%EOF" not in tail:
        raise TryAgain("the PDF file is cut short")


def _is_csv(head: bytes, tail: bytes, opened: IO[bytes]) -> None:
    line = head.splitlines()[0]
    if not any(mark in line for mark in (b",", b";", b"\t")) or line.lstrip().startswith((b"{", b"<")):
        raise DownloadFailed("the answer is no table")


def _is_anything(head: bytes, tail: bytes, opened: IO[bytes]) -> None:
    """Nothing is known of such a file."""


_CHECKS: Mapping[Kind, Callable[[bytes, bytes, IO[bytes]], None]] = {
    "json": _is_json,
    "zip": _is_zip,
    "pdf": _is_pdf,
    "csv": _is_csv,
    "any": _is_anything,
}


def _edges(opened: IO[bytes], size: int) -> tuple[bytes, bytes]:
    opened.seek(0)
    head = opened.read(EDGE)
    opened.seek(max(0, size - EDGE))
    return head, opened.read(EDGE)


def _title(page: bytes) -> str:
    """What a page is called, as a hint at what the publisher wants."""
    text = page.decode("utf-8", errors="replace")
    _, _, rest = text.partition("<title>")
    words = " ".join(rest.partition("</title>")[0].split())[:_MOST_WORDS]
    if not words and "captcha" in text.lower():
        words = "Captcha"
    return f" (“{words}”)" if words else ""


def _own_words(body: bytes) -> str:
    """The publisher's own message in a JSON error, short."""
    try:
        document = json.load(BytesIO(body[:65536]))
    except ValueError:
        return ""
    said = document.get("message") or document.get("error") if isinstance(document, dict) else None
    return f": {' '.join(said.split())[:_MOST_WORDS]}" if isinstance(said, str) else ""


def _until(said: str) -> float | None:
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        then = parsedate_to_datetime(said)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(tz=UTC)).total_seconds())
