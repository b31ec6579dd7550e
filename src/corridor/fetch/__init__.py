"""Downloading: what to ask a publisher for, as data, and a client that asks politely and believes nothing.

This floor knows neither the store nor the readers: it turns a `Request` into a file on the disk, or into a
`DownloadFailed` that says in one line why not. `corridor.ingest.updating` joins it with the rest.
"""

from __future__ import annotations

from corridor.fetch.faults import DownloadFailed
from corridor.fetch.publisher import Ask, Found, Publisher
from corridor.fetch.request import Patience, Request, Span

__all__ = ["Ask", "DownloadFailed", "Found", "Patience", "Publisher", "Request", "Span"]
