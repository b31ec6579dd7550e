"""Long campaigns. Each test makes a short slice of one; with $CORRIDOR_SOAK set it makes the whole of it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# The toy publisher must be importable by name, in reading processes too.
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

LONG = bool(os.environ.get("CORRIDOR_SOAK"))

#: How many mutated files a whole campaign makes.
MUTATIONS = int(os.environ.get("CORRIDOR_SOAK") or 0)

#: The number of the first of them: another campaign makes other files.
FIRST = int(os.environ.get("CORRIDOR_SOAK_FIRST") or 0)


@pytest.fixture(scope="session")
def times() -> Callable[[int, int], int]:
    """How often: the first number in a slice, the second in a soak."""
    return lambda few, many: many if LONG else few
