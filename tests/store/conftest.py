"""What the tests of the store share: a toy publisher and a hand for its files."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

# The toy publisher must be importable by name, in reading processes too.
sys.path.insert(0, str(Path(__file__).parent))

import toy_publisher

from corridor.store import Ingest, Store, checksum

ADDED = date(2026, 1, 20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that is not there yet, in a folder with a difficult name."""
    return Store(tmp_path / "dữ liệu [x] 100%20 #1")


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Ingest]:
    """Adds a toy file to a store without any reading process."""

    def put(store: Store, text: str, name: str = "file.txt", added: date = ADDED) -> Ingest:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        snapshot = checksum(path)
        with store.writer() as writer:
            writer.keep(path, snapshot)
            bundle = toy_publisher.bundle(text.splitlines(), name, snapshot, added)
            return writer.commit(bundle, snapshot=snapshot, name=name, added=added, url=f"https://toy.example/{name}")

    return put
