"""The data directory: publishers' files as the record, our tables beside them, and a catalog that names both.

``snapshots/`` holds the publishers' bytes by checksum, ``tables/`` immutable Parquet files, ``catalog.sqlite``
says which of them count. The transaction is one publisher's file over all tables: what no commit names does
not count, and the next writer sweeps it away.
"""

from __future__ import annotations

from corridor.store.bundle import Bundle, pack
from corridor.store.downloads import Answered, Downloads, Missed
from corridor.store.entries import Ingest
from corridor.store.narrow import Narrow
from corridor.store.snapshots import Record, checksum
from corridor.store.store import Store
from corridor.store.tables import current
from corridor.store.writer import Writer

__all__ = [
    "Answered",
    "Bundle",
    "Downloads",
    "Ingest",
    "Missed",
    "Narrow",
    "Record",
    "Store",
    "Writer",
    "checksum",
    "current",
    "pack",
]
