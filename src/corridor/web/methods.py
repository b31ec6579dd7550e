"""The page of an indicator: its title, how it is called and what its docstring says."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib import import_module

from corridor import indicators
from corridor.errors import NothingFound


@dataclass(frozen=True)
class Method:
    """An indicator in words; they are the code's own, in English."""

    name: str
    title: str
    call: str
    paragraphs: tuple[str, ...]


def method(name: str) -> Method:
    """The indicator of that name. Raises `NothingFound`."""
    if name not in indicators.INDICATORS:
        raise NothingFound(f"there is no indicator “{name[:60]}”", next_step="the list has all names")
    function = getattr(indicators, name)
    said = inspect.getdoc(function) or ""
    title = (import_module(f"corridor.indicators.{name}").__doc__ or name).strip().rstrip(".")
    arguments = ", ".join(
        each.name if each.default is each.empty else f"{each.name}={each.default!r}"
        for each in inspect.signature(function).parameters.values()
    )
    paragraphs = tuple(" ".join(each.split()).replace("``", "") for each in said.split("\n\n") if each.strip())
    return Method(name, title, f"{name}({arguments})", paragraphs)


def methods() -> tuple[Method, ...]:
    """All of them, by name."""
    return tuple(method(name) for name in indicators.INDICATORS)
