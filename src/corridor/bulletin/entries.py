"""The amounts in a cell of a table: "55.4", "-12,3%", "(151.2)", "55.4 (+18.9%)", "USD 210.4 million", "2,5 lần"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corridor.bulletin.amounts import items
from corridor.bulletin.claims import Language
from corridor.bulletin.clues import sign_of
from corridor.bulletin.grids import NUMBER, Cell
from corridor.bulletin.marks import find
from corridor.bulletin.numbers import Number, parse
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.tokens import tokenise

_BRACKETED = re.compile(r"(?P<first>[^()]{1,30}?)\s?\((?P<second>[-−–+▲▼↑↓]?\s?[0-9][0-9.,  ]*%?)\)[*]?")
_TIMES = re.compile(r"[x×хX]\s?(?P<digits>[0-9]{1,3}(?:[.,][0-9]{1,2})?)")
_NEGATIVE = re.compile(r"\((?P<digits>[0-9][0-9.,  ]*)%?\)")
_DOWN = frozenset("-−–▼↓")
_DIGIT = re.compile(r"[0-9]")
_LONGEST = 60


@dataclass(frozen=True)
class Entry:
    """An amount: ``unit`` where the cell tells it (as quantities count), then ``number`` is in whole units."""

    number: Number
    unit: str = ""
    magnitude: float = 1.0
    signed: bool = False
    beside: bool = False


def entries(text: str, cell: Cell, lang: Language) -> Iterator[Entry]:
    """The amounts of a cell, none where it has no number; one in brackets stands ``beside`` the first."""
    if not cell.text or len(cell.text) > _LONGEST or not _DIGIT.search(cell.text):
        return
    plain = _plain(cell.text, lang)
    if plain is not None:
        yield plain
        return
    both = _BRACKETED.fullmatch(cell.text)
    second = _plain(both["second"].strip(), lang) if both else None
    if both and second is not None and second.signed:
        first = _plain(both["first"].strip(), lang)
        yield from [first] if first else []
        yield Entry(second.number, "percent", 1.0, True, beside=True)
        return
    yield from _worded(text, cell, lang)


def _plain(text: str, lang: Language) -> Entry | None:
    times = _TIMES.fullmatch(text)
    if times:
        number = parse(times["digits"], lang)
        return Entry(number, "times") if number else None
    negative = _NEGATIVE.fullmatch(text)
    found = negative or NUMBER.fullmatch(text)
    number = parse(found["digits"].strip(), lang) if found else None
    if found is None or number is None:
        return None
    sign = "-" if negative else found["sign"]
    return Entry(
        number.scaled(-1.0) if sign in _DOWN and sign else number, "percent" if "%" in text else "", 1.0, bool(sign)
    )


def _worded(text: str, cell: Cell, lang: Language) -> Iterator[Entry]:
    """ "up 12.4 %", "USD 210.4 million": one amount with its unit, and the way it went."""
    tokens = tokenise(text, cell.start, cell.end, lang)
    pieces = items(find(tokens, lang), tokens, lang)
    amounts = [piece for piece in pieces if isinstance(piece, Quantity)]
    if len(amounts) != 1:
        return
    amount = amounts[0]
    turns = [sign_of(piece) for piece in pieces if isinstance(piece, Mark) and piece.kind == "direction"]
    sign = turns[0] if turns and not amount.signed else 1.0
    yield Entry(amount.number.scaled(sign or 1.0), amount.unit, amount.magnitude, amount.signed or bool(turns))
