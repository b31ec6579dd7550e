"""What the columns of tables and the codes in their cells are called in a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from corridor.report.catalogue import Catalogue, catalogue, language

#: Columns whose cells hold a code of a list, and the messages that say it.
_CODED: Mapping[str, str] = {
    "flow": "term.flow",
    "release": "term.release",
    "maturity": "term.maturity",
    "status": "term.status",
    "kind": "candidate.kind",
    "quantity_unit": "term",
    "found_by": "found_by",
    "potential_absence": "absence",
    "rate_absence": "absence",
}
#: Columns whose cells hold several codes, a blank between them.
_LISTED: Mapping[str, str] = {"missing": "advice.criterion", "neutral": "advice.factor"}


def heading(column: str, lang: str) -> str:
    """The head of a column; one that has no words, as the names of indices have none, stays as it is."""
    return _said(catalogue(language(lang)), f"head.{column}", column)


def is_coded(column: str) -> bool:
    """Whether the cells of a column hold codes that have words."""
    return column in _CODED or column in _LISTED


@lru_cache(maxsize=20_000)
def in_words(column: str, text: str, lang: str) -> str:
    """A cell's code in words, where its column holds codes that have some."""
    words = catalogue(language(lang))
    if column in _CODED:
        return _said(words, f"{_CODED[column]}.{text}", text)
    if column in _LISTED:
        return ", ".join(_said(words, f"{_LISTED[column]}.{each}", each) for each in text.split())
    return text


def yes_or_no(value: bool, lang: str) -> str:
    """A truth in words."""
    return catalogue(language(lang)).say("table.yes" if value else "table.no")


def counted_rows(number: int, lang: str) -> str:
    """How many rows a table has, as its last line says it."""
    return catalogue(language(lang)).say_many("table.rows", number).format(n=number)


def _said(words: Catalogue, key: str, otherwise: str) -> str:
    return words.say(key) if key in words else otherwise
