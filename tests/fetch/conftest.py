"""What the tests of downloading share: a server on the loopback."""

from collections.abc import Iterator

import pytest

from .loopback import Loopback, serving


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback
