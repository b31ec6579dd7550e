"""What the tests of adding share: the toy publisher of the store's tests, and its files."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# The toy publisher must be importable by name, in reading processes too.
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from corridor.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that is not there yet, in a folder with a difficult name."""
    return Store(tmp_path / "dữ liệu [x] 100%20 #1")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file into the folder ``inbox``."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
