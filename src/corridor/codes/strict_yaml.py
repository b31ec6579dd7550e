"""YAML in which a key may stand once: the second of two equal keys would silently win."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml


class _Once(yaml.constructor.SafeConstructor):
    """Refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node; raises `yaml.YAMLError` where a key stands twice."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(None, None, "a list or mapping is no key", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


class OnceLoader(_Once, yaml.SafeLoader):
    """The safe loader, written in Python: a nesting as deep as anybody's text may have ends in an error."""


class _OwnLoader(_Once, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same ten times as fast, for texts of the package: its parser in C nests as deep as its text says."""


def load(text: str, *, own: bool = False) -> Any:
    """What a YAML text says; ``own``: one that came with the package.

    Raises `yaml.YAMLError` for one that is not sound.
    """
    try:
        return yaml.load(text, _OwnLoader if own else OnceLoader)
    except (ValueError, RecursionError) as fault:
        # A date or a number that is none, or a nesting deeper than any text of a person.
        raise yaml.YAMLError(str(fault)) from None
