"""What a reader must know about a figure: an enumerated vocabulary, written out in three languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corridor.codes._lookup import in_language, unknown
from corridor.codes._resources import yaml_table

#: Key -> language -> sentence. Read from the package when first asked for.
CAVEATS: Mapping[str, Mapping[str, str]]


def __getattr__(name: str) -> Mapping[str, Mapping[str, str]]:
    if name == "CAVEATS":
        table: Mapping[str, Mapping[str, str]] = yaml_table("caveats.yml")
        return table
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def vocabulary() -> tuple[str, ...]:
    """All keys, those of one kind together; this is the order in which a report lists them."""
    return tuple(yaml_table("caveats.yml"))


def sentence(key: str, lang: str) -> str:
    """The sentence of a caveat in en, ru or vi; raises `UnknownName` with the nearest keys."""
    return in_language(yaml_table("caveats.yml")[_known(key)], lang)


def join(found: Iterable[str]) -> str:
    """The text a table carries: each key once, separated by a blank, in the order of `vocabulary`.

    Raises `UnknownName` for a key outside the vocabulary.
    """
    present = {_known(key) for key in found}
    return " ".join(key for key in vocabulary() if key in present)


def split(text: str | None) -> tuple[str, ...]:
    """The keys in a table's text; empty for an empty cell; raises `UnknownName` for a key outside the vocabulary."""
    return tuple(_known(key) for key in (text or "").split())


def _known(key: str) -> str:
    if key not in yaml_table("caveats.yml"):
        raise unknown("caveat", key, vocabulary())
    return key
