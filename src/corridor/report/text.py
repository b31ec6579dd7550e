"""From a statement without a language to a sentence: a message of the catalogue, filled.

A message may hold

- ``{name}`` or ``{name:how}``: a parameter of the finding. ``how`` for numbers, joined by commas: a scale
  (``one thousand million billion``), ``abs`` (without sign), ``signed``, ``long`` (the currency in full), ``bare``
  (without unit), ``t`` or ``piece`` (what a quantity or unit value is in), ``.1`` (decimals); for names: ``cap``
  or the role of an area (``of to from with in the``, after ``full`` in the form of a first mention), or the case of
  a period (``dative``, ``instrumental``); for a finding told inside another: ``cap``, or a case for its period;
- ``[[term|words]]``: words that mean a term of the glossary (its key), explained at its first use in a chapter.

A tuple fills a placeholder as a list in the language's manner; a tuple inside it is a thing and, in brackets,
what is said of it. A message with plural forms takes its number from the parameter ``n``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from babel.lists import format_list

from corridor.errors import CorridorError
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.catalogue import LOCALES, Catalogue, Lang, catalogue
from corridor.report.declension import PERIOD_CASES
from corridor.report.names import capital, in_sentence, short_period, spoken
from corridor.report.numbers import DASH, NO_BREAK, PLAIN, SCALES, Style, printed

_PIECE = re.compile(r"\{(?P<name>\w+)(?::(?P<how>[^{}]*))?\}|\[\[(?P<term>\w+)\|(?P<words>[^\]]+)\]\]")
_TOKEN = re.compile("\ue000(\\d+)\ue001")


class MissingParameter(CorridorError):
    """A message has a placeholder that the finding does not fill, or a finding a parameter the message does not use."""


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence: plain words, a number (with its measure), or words that mean a term."""

    text: str
    measure: Measure | None = None
    term: str = ""


@dataclass(frozen=True)
class Voice:
    """One language: its catalogue, and the publishers' names of the document it reads out.

    A terse voice shortens periods and amounts, for charts.
    """

    words: Catalogue
    publishers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    terse: bool = False

    @property
    def lang(self) -> Lang:
        """The language spoken."""
        return self.words.lang

    def runs(self, finding: Finding) -> tuple[Run, ...]:
        """The sentence in stretches. Raises `MissingText` or `MissingParameter`."""
        return self._runs(finding, "")

    def text(self, finding: Finding) -> str:
        """The sentence as plain text."""
        return "".join(run.text for run in self.runs(finding))

    def filled(self, value: Parameter) -> tuple[Run, ...]:
        """A value by itself, as it would stand in a sentence."""
        return self._filled(value, "")

    def label(self, thing: Name | Finding | str) -> str:
        """What heads a row or a column."""
        if isinstance(thing, str):
            return thing
        if isinstance(thing, Finding):
            return self.text(thing)
        if self.terse and thing.kind == "period":
            return short_period(thing.code, self.lang)
        return capital(spoken(thing, self.words, self.publishers))

    def number(self, measure: Measure, style: Style = PLAIN) -> str:
        """A number with its unit; ``—`` where there is none."""
        return printed(measure, self.words, style)

    def absence(self, measure: Measure) -> str:
        """Why there is no number: message ``absence.<reason>``."""
        return self.words.say(f"absence.{measure.absence or 'unknown'}")

    def _runs(self, finding: Finding, case: str) -> tuple[Run, ...]:
        """The sentence, its periods in that case where the message asks for none."""
        message = self._message(finding)
        self._check(finding, message)
        return _one_stop(run for piece in _pieces(message) for run in self._piece(piece, finding, case))

    def _message(self, finding: Finding) -> str:
        number = finding.parameters.get("n")
        if self.words.is_plural(finding.key):
            if not isinstance(number, Measure) or number.value is None:
                raise MissingParameter(f"the message {finding.key!r} has plural forms and needs a number n")
            return self.words.say_many(finding.key, int(number.value))
        return self.words.say(finding.key)

    def _check(self, finding: Finding, message: str) -> None:
        wanted, given = placeholders(message), set(finding.parameters)
        # A plural form may leave its own number unsaid ("one region").
        if self.words.is_plural(finding.key):
            wanted = wanted | {"n"}
        if wanted != given:
            missing, unused = sorted(wanted - given), sorted(given - wanted)
            raise MissingParameter(
                f"the {self.lang} message {finding.key!r} and what fills it differ: "
                f"missing {', '.join(missing) or 'nothing'}, unused {', '.join(unused) or 'nothing'}"
            )

    def _piece(self, piece: str | re.Match[str], finding: Finding, case: str) -> tuple[Run, ...]:
        if isinstance(piece, str):
            return (Run(piece),)
        if piece["term"]:
            return (Run(piece["words"], term=piece["term"]),)
        value = finding.parameters[piece["name"]]
        of_period = case if isinstance(value, Name) and value.kind == "period" else ""
        return self._filled(value, piece["how"] or of_period)

    def _filled(self, value: Parameter, how: str) -> tuple[Run, ...]:
        if isinstance(value, Measure):
            return (self._figure(value, style(how)),)
        if isinstance(value, Name):
            return (Run(in_sentence(value, how, self.words, self.publishers)),)
        if isinstance(value, Finding):
            return self._told(value, how)
        return self._listed([self._item(part, how) for part in value])

    def _told(self, finding: Finding, how: str) -> tuple[Run, ...]:
        first, *rest = self._runs(finding, how if how in PERIOD_CASES else "")
        return (replace(first, text=capital(first.text)) if how == "cap" else first, *rest)

    def _figure(self, measure: Measure, how: Style) -> Run:
        if measure.value is None:
            return Run(f"{DASH}{NO_BREAK}({self.absence(measure)})", measure)
        return Run(self.number(measure, how), measure)

    def _item(self, value: Parameter, how: str) -> tuple[Run, ...]:
        if not isinstance(value, tuple) or not value:
            return self._filled(value, how if isinstance(value, Measure) else "")
        said = [self._filled(part, how if isinstance(part, Measure) else "") for part in value]
        details = [run for part in said[1:] for run in (Run("; "), *part)][1:]
        return (*said[0], Run(" ("), *details, Run(")")) if details else said[0]

    def _listed(self, items: list[tuple[Run, ...]]) -> tuple[Run, ...]:
        if any("," in run.text for item in items for run in item):
            return tuple(run for item in items for run in (Run("; "), *item))[1:]
        pattern = format_list([f"\ue000{i}\ue001" for i in range(len(items))], locale=LOCALES[self.lang])
        parts = _TOKEN.split(pattern)
        return tuple(
            run
            for place, part in enumerate(parts)
            for run in (items[int(part)] if place % 2 else (Run(part),))
            if run.text
        )


def voice(
    lang: Lang, extra: Catalogue | None = None, publishers: Mapping[str, Mapping[str, str]] | None = None
) -> Voice:
    """A language's voice with the package's messages, and ``extra`` ones on top."""
    words = catalogue(lang)
    return Voice(words.joined(extra) if extra else words, publishers or {})


def text(finding: Finding, lang: Lang) -> str:
    """A statement as a sentence of that language. Raises `MissingText` or `MissingParameter`."""
    return voice(lang).text(finding)


def placeholders(message: str) -> set[str]:
    """The names of the parameters a message needs."""
    return {match["name"] for match in _PIECE.finditer(message) if match["name"]}


def terms(message: str) -> set[str]:
    """The glossary terms a message marks."""
    return {match["term"] for match in _PIECE.finditer(message) if match["term"]}


# What each word after the colon changes in a style.
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "abs": {"sign": "never"},
    "signed": {"sign": "always"},
    "long": {"long": True},
    "bare": {"unit": False},
    "t": {"quantity_unit": "t"},
    "piece": {"quantity_unit": "piece"},
    **{f".{digits}": {"digits": digits} for digits in range(7)},
    **{scale: {"scale": scale} for scale in SCALES},
}


@cache
def style(how: str) -> Style:
    """The style a placeholder asks for. Raises `MissingParameter` on an unknown word."""
    changes: dict[str, Any] = {}
    for word in filter(None, (part.strip() for part in how.split(","))):
        if word not in _STYLES:
            raise MissingParameter(f"a placeholder asks for {word!r}, which is no way to print a number")
        changes |= _STYLES[word]
    return replace(PLAIN, **changes)


def _one_stop(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without empty ones, and without a full stop after an abbreviation's own (``долл.``)."""
    found: list[Run] = []
    for run in runs:
        doubled = found and found[-1].text.endswith(".") and run.text.startswith(".")
        kept = replace(run, text=run.text[1:]) if doubled else run
        found += [kept] if kept.text else []
    return tuple(found)


@cache
def _pieces(message: str) -> tuple[str | re.Match[str], ...]:
    found: list[str | re.Match[str]] = []
    last = 0
    for match in _PIECE.finditer(message):
        found += [message[last : match.start()], match]
        last = match.end()
    return tuple(piece for piece in (*found, message[last:]) if piece != "")
