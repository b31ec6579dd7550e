"""The case forms of a Russian name, from its nominative: enough to recognise it, with some forms too many."""

from __future__ import annotations

from functools import cache

# Ending of the nominative, how many letters to drop, the endings of all cases.
_ADJECTIVES: tuple[tuple[str, int, str], ...] = (
    ("ская", 2, "ая ой ую"),
    ("цкая", 2, "ая ой ую"),
    ("ская", 2, "ая ой ую"),
    ("ные", 2, "ые ых ым ыми"),
    ("ские", 2, "ие их им ими"),
    ("ский", 2, "ий ого ому им ом"),
    ("ные", 2, "ые ых ым ыми"),
    ("ный", 2, "ый ого ому ым ом"),
    ("ная", 2, "ая ой ую"),
    ("ное", 2, "ое ого ому ым ом"),
    ("вая", 2, "ая ой ую"),
    ("вый", 2, "ый ого ому ым ом"),
    ("жая", 2, "ая ей ую"),
    ("жная", 2, "ая ой ую"),
    ("ское", 2, "ое ого ому им ом"),
    ("ные", 2, "ые ых ым ыми"),
)
_NOUNS: tuple[tuple[str, int, str], ...] = (
    ("ия", 1, "я и ю ей"),
    ("ие", 1, "е я ю ем и"),
    ("ье", 1, "е я ю ем и"),
    ("ий", 1, "й я ю ем и"),
    ("ья", 1, "я и ю ей е"),
    ("я", 1, "я и ю ей е"),
    ("ка", 1, "а и е у ой"),
    ("га", 1, "а и е у ой"),
    ("ца", 1, "а ы е у ей"),
    ("ша", 1, "а и е у ей"),
    ("жа", 1, "а и е у ей"),
    ("а", 1, "а ы е у ой"),
    ("й", 1, "й я ю ем е"),
    ("ь", 1, "ь я и ю ем ью е"),
    ("ы", 1, "ы ов ам ами ах "),
    ("и", 1, "и ей ов ам ями ами ах"),
    ("ет", 2, "ет ета ету етом ете та ту том те"),
    ("", 0, " а у ом ем е ы"),
)
_INDECLINABLE = ("о", "е", "у", "э", "ю")
_SHORTEST = 3


@cache
def forms(word: str) -> frozenset[str]:
    """The case forms of one word in small letters, its nominative among them."""
    if len(word) < _SHORTEST:
        return frozenset({word})
    for ending, dropped, cases in _ADJECTIVES:
        if word.endswith(ending):
            return _with(word, dropped, cases)
    if word.endswith(_INDECLINABLE) and not word.endswith(("ие", "ье")):
        return frozenset({word})
    ending, dropped, cases = next(each for each in _NOUNS if word.endswith(each[0]))
    return _with(word, dropped, cases)


def _with(word: str, dropped: int, cases: str) -> frozenset[str]:
    stem = word[: len(word) - dropped]
    return frozenset({word, *(stem + case for case in cases.split(" "))})
