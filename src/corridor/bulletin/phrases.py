"""Phrases of a lexicon and where they stand among tokens; of several at one place the longest is meant.

A phrase is written as words and signs with blanks between them:

- ``word*`` any word that begins so; ``word~`` any case form of a Russian word;
- ``{Y}`` a slot: a token that a function understands (a year, a month's name, a number word);
- ``(a|b c|)`` one of several, the last one may be nothing; brackets may stand within brackets;
- ``>word`` and ``!word``: the next token must be that word, must not be it, and is no part of the phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from corridor.bulletin.russian import forms
from corridor.bulletin.tokens import Token, word_key

Slot = Callable[[Token], int | None]
Slots: TypeAlias = Mapping[str, tuple[int, ...]]

# A stem is a short thing; a word of a megabyte must not be sliced a megabyte of times.
_LONGEST_STEM = 24


@dataclass(frozen=True)
class Entry:
    """What a phrase means: its kind, its value, constants that the lexicon gives it."""

    kind: str
    value: str
    constants: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Mark:
    """A phrase found at tokens ``i`` up to, not including, ``j``; ``slots`` are the numbers it holds, in order."""

    kind: str
    value: str
    i: int
    j: int
    slots: Slots = field(default_factory=dict, hash=False)

    def slot(self, name: str, place: int = 0) -> int | None:
        """The number in a slot, or None where the phrase has none."""
        found = self.slots.get(name)
        return found[place] if found is not None and place < len(found) else None


class Slotless:
    """What stands among phrases and is none."""

    @staticmethod
    def slot(_name: str, _place: int = 0) -> int | None:
        """No number is held in a slot."""
        return None


@dataclass(frozen=True, eq=False)
class _Words:
    """One word in any of these spellings."""

    keys: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Stem:
    """A word that begins so."""

    text: str


@dataclass(frozen=True, eq=False)
class _Slot:
    name: str


@dataclass(frozen=True, eq=False)
class _Ahead:
    """What the next token must be, or must not be."""

    part: _Words | _Stem | _Slot
    wanted: bool


@dataclass(frozen=True, eq=False)
class _Choice:
    """One of several sequences."""

    ways: tuple[tuple[_Part, ...], ...]


_Part: TypeAlias = "_Words | _Stem | _Slot | _Ahead | _Choice"
_Sequence: TypeAlias = "tuple[_Part, ...]"


@dataclass(frozen=True, eq=False)
class _Phrase:
    order: int
    entry: Entry
    parts: _Sequence

    @cached_property
    def has_slots(self) -> bool:
        """Whether some way through the phrase holds a slot."""
        return _has_slots(self.parts)

    @cached_property
    def constants(self) -> Slots:
        """What the lexicon says beside the phrase, as slots."""
        return {name: (value,) for name, value in self.entry.constants.items()}


_Item: TypeAlias = "tuple[_Phrase, _Sequence]"
_Form: TypeAlias = "tuple[str, bool]"
_Numbers: TypeAlias = "tuple[tuple[str, int], ...]"


@dataclass(eq=False)
class _State:
    """Phrases begun and how far: what may still come of each, and which are complete. Steps are kept once made."""

    items: tuple[_Item, ...]
    complete: tuple[_Phrase, ...]
    steps: dict[_Form, tuple[tuple[_Phrase, ...], _State | None]] = field(default_factory=dict)


# A hostile text has words without end; what was learnt of them is forgotten again.
_MOST_STEPS = 20_000


class Phrases:
    """All phrases of a language. Of two equally long ones the one added first is meant.

    The phrases are searched together, as one automaton that is built where texts lead it.
    """

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self._slots = slots
        self._count = 0
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_slot: dict[str, list[_Phrase]] = defaultdict(list)
        self._begun: dict[_Form, _State | None] = {}
        self._opened: dict[_Sequence, tuple[tuple[_Words | _Stem | _Slot | _Ahead, _Sequence], ...]] = {}
        self._literals: set[str] = set()
        self._numbers: dict[str, _Form] = {}

    def add(self, pattern: str, entry: Entry) -> None:
        """Takes in a phrase, filed under every word it can begin with."""
        phrase = _Phrase(self._count, entry, _parse(pattern))
        self._count += 1
        self._literals.update(_literals(phrase.parts))
        for first in set(_firsts(phrase.parts)):
            if isinstance(first, _Words):
                for key in first.keys:
                    self._by_word[key].append(phrase)
            elif isinstance(first, _Stem):
                self._by_stem[first.text].append(phrase)
            elif isinstance(first, _Slot):
                self._by_slot[first.name].append(phrase)

    def at(self, tokens: Sequence[Token], place: int) -> Iterator[Mark]:
        """The phrases that begin at a token, the longest first."""
        state = self._first(tokens[place])
        if state is None:
            return
        for end, _, phrase in sorted(self._found(state, tokens, place + 1), key=_longest):
            entry = phrase.entry
            yield Mark(entry.kind, entry.value, place, -end, self._held(phrase, tokens, place, -end))

    def _found(self, begun: _State, tokens: Sequence[Token], position: int) -> list[tuple[int, int, _Phrase]]:
        """The phrases that a first token began: minus their end, their order."""
        found: list[tuple[int, int, _Phrase]] = []
        state: _State | None = begun
        while state is not None:
            for phrase in state.complete:
                found.append((-position, phrase.order, phrase))
            if not state.items:
                break
            before, state = self._step(state, tokens[position] if position < len(tokens) else None)
            for phrase in before:
                found.append((-position, phrase.order, phrase))
            position += 1
        return found

    def _first(self, token: Token) -> _State | None:
        key = self._form(token)
        if key not in self._begun:
            if len(self._begun) > _MOST_STEPS:
                self._begun.clear()
            filed = self._filed(token)
            self._begun[key] = self._after([(phrase, phrase.parts) for phrase in filed], token)[1] if filed else None
        return self._begun[key]

    def _step(self, state: _State, token: Token | None) -> tuple[tuple[_Phrase, ...], _State | None]:
        """The phrases that the next token completes by not belonging to them, and the state after it."""
        key = ("", False) if token is None else self._form(token)
        if key not in state.steps:
            if len(state.steps) > _MOST_STEPS:
                state.steps.clear()
            state.steps[key] = self._after(state.items, token)
        return state.steps[key]

    def _form(self, token: Token) -> _Form:
        """Tokens of one form take the same step: of a number that no phrase spells out only the slots tell."""
        if token.kind != "number":
            return token.key, token.capital
        if token.text not in self._numbers:
            if len(self._numbers) > _MOST_STEPS:
                self._numbers.clear()
            fits = "".join("1" if slot(token) is not None else "0" for slot in self._slots.values())
            self._numbers[token.text] = (token.key, False) if token.key in self._literals else (fits, True)
        return self._numbers[token.text]

    def _after(self, items: Sequence[_Item], token: Token | None) -> tuple[tuple[_Phrase, ...], _State | None]:
        before: dict[_Phrase, None] = {}
        following: dict[_Item, None] = {}
        key = "" if token is None else token.key
        for phrase, parts in items:
            for first, rest in self._ways(parts):
                if isinstance(first, _Words):
                    # Most parts are plain words, and most of these are not the token's.
                    if key in first.keys:
                        following[phrase, rest] = None
                elif isinstance(first, _Ahead):
                    for left in self._past(first, rest, token):
                        if left is None:
                            before[phrase] = None
                        else:
                            following[phrase, left] = None
                elif token is not None and self._fits(first, token):
                    following[phrase, rest] = None
        complete = tuple(dict.fromkeys(phrase for phrase, rest in following if _may_end(rest)))
        open_items = tuple((phrase, rest) for phrase, rest in following if rest)
        state = _State(open_items, complete) if open_items or complete else None
        return tuple(before), state

    def _ways(self, parts: _Sequence) -> tuple[tuple[_Words | _Stem | _Slot | _Ahead, _Sequence], ...]:
        """The parts that a sequence may go on with, each with what follows it; found once."""
        if parts not in self._opened:
            self._opened[parts] = tuple(_opened(parts))
        return self._opened[parts]

    def _past(self, ahead: _Ahead, parts: _Sequence, token: Token | None) -> Iterator[_Sequence | None]:
        """What may follow in a phrase once a token is as it asked and taken; None where it ended before the token."""
        if (token is not None and self._fits(ahead.part, token)) != ahead.wanted:
            return
        if _may_end(parts):
            yield None
        for first, rest in self._ways(parts):
            if isinstance(first, _Ahead):
                yield from self._past(first, rest, token)
            elif token is not None and self._fits(first, token):
                yield rest

    def _filed(self, token: Token) -> list[_Phrase]:
        found = list(self._by_word.get(token.key, ()))
        if token.kind == "word":
            for length in range(2, min(len(token.key), _LONGEST_STEM) + 1):
                found += self._by_stem.get(token.key[:length], ())
        for name, phrases in self._by_slot.items():
            if self._slots[name](token) is not None:
                found += phrases
        return found

    def _fits(self, part: _Words | _Stem | _Slot, token: Token) -> bool:
        if isinstance(part, _Words):
            return token.key in part.keys
        if isinstance(part, _Stem):
            return token.kind == "word" and token.key.startswith(part.text)
        return self._slots[part.name](token) is not None

    def _held(self, phrase: _Phrase, tokens: Sequence[Token], place: int, end: int) -> Slots:
        constants = phrase.constants
        if not phrase.has_slots:
            return constants
        held: dict[str, tuple[int, ...]] = {}
        for name, value in self._told(phrase.parts, tokens, place, end) or ():
            held[name] = (*held.get(name, ()), value)
        return {**constants, **held}

    def _told(self, parts: _Sequence, tokens: Sequence[Token], place: int, end: int) -> _Numbers | None:
        """The slots on the first way through a phrase that takes the tokens up to ``end``; None where there is none."""
        if place == end and _may_end(parts):
            return ()
        token = tokens[place] if place < len(tokens) else None
        for first, rest in self._ways(parts):
            ahead = isinstance(first, _Ahead)
            taken = self._numbers_of(first, token) if ahead or place < end else None
            told = None if taken is None else self._told(rest, tokens, place + (not ahead), end)
            if taken is not None and told is not None:
                return (*taken, *told)
        return None

    def _numbers_of(self, part: _Words | _Stem | _Slot | _Ahead, token: Token | None) -> _Numbers | None:
        """What a token tells for a part of a phrase: the number in a slot; None where it does not fit."""
        if isinstance(part, _Ahead):
            return () if (token is not None and self._fits(part.part, token)) == part.wanted else None
        if token is None or not isinstance(part, _Slot):
            return () if token is not None and self._fits(part, token) else None
        value = self._slots[part.name](token)
        return None if value is None else ((part.name, value),)


def _opened(parts: _Sequence) -> Iterator[tuple[_Words | _Stem | _Slot | _Ahead, _Sequence]]:
    if not parts:
        return
    first, rest = parts[0], parts[1:]
    if isinstance(first, _Choice):
        for way in first.ways:
            yield from _opened((*way, *rest))
    else:
        yield first, rest


def _longest(found: tuple[int, int, _Phrase]) -> tuple[int, int]:
    return found[:2]


def _literals(parts: _Sequence) -> Iterator[str]:
    """Every word that a phrase spells out."""
    for part in parts:
        if isinstance(part, _Choice):
            for way in part.ways:
                yield from _literals(way)
        else:
            plain = part.part if isinstance(part, _Ahead) else part
            yield from plain.keys if isinstance(plain, _Words) else ()


def _may_end(parts: _Sequence) -> bool:
    """Whether nothing more needs to come."""
    return all(isinstance(part, _Choice) and any(_may_end(way) for way in part.ways) for part in parts)


def _has_slots(parts: _Sequence) -> bool:
    return any(
        isinstance(part, _Slot) or (isinstance(part, _Choice) and any(_has_slots(way) for way in part.ways))
        for part in parts
    )


def _firsts(parts: _Sequence) -> Iterator[_Words | _Stem | _Slot]:
    return (first for first, _ in _opened(parts) if not isinstance(first, _Ahead))


def _parse(pattern: str) -> _Sequence:
    before, bracket, rest = pattern.partition("(")
    words = tuple(_part(word) for word in before.split())
    if not bracket:
        return words
    end = _closing(rest)
    ways = tuple(_parse(way) for way in _alternatives(rest[:end]))
    return (*words, _Choice(ways), *_parse(rest[end + 1 :]))


def _part(word: str) -> _Words | _Stem | _Slot | _Ahead:
    if len(word) > 1 and word[0] in ">!":
        return _Ahead(_plain_part(word[1:]), wanted=word[0] == ">")
    return _plain_part(word)


def _plain_part(word: str) -> _Words | _Stem | _Slot:
    if len(word) > 2 and word[0] == "{" and word[-1] == "}":
        return _Slot(word[1:-1])
    if len(word) > 1 and word[-1] == "*":
        return _Stem(word_key(word[:-1]))
    if len(word) > 1 and word[-1] == "~":
        return _Words(forms(word_key(word[:-1])))
    return _Words(frozenset({word if word[0] == "'" else word_key(word) or word}))


def _closing(text: str) -> int:
    depth = 1
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place
    raise ValueError(f"a bracket of a phrase is not closed: {text}")


def _alternatives(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            yield text[start:place]
            start = place + 1
    yield text[start:]
