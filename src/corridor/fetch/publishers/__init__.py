"""The publishers that can be asked: one module each, named as its source, holding ``PUBLISHER``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

from corridor.errors import UnknownName
from corridor.fetch.publisher import Publisher


@cache
def ids() -> tuple[str, ...]:
    """The ids of all publishers that can be asked, in alphabetical order."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and name[0] != "_"))


def publisher(source: str) -> Publisher:
    """The publisher with this id. Raises `UnknownName`."""
    if source not in ids():
        raise UnknownName(f"no downloader is called {source!r}", next_step=f"there are: {', '.join(ids())}")
    found: Publisher = import_module(f"{__name__}.{source}").PUBLISHER
    return found
