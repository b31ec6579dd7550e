"""The words of reports: terms in three languages, what they mean, and words that no report may print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corridor.codes._lookup import in_language, unknown
from corridor.codes._resources import csv_rows, yaml_table
from corridor.codes.names import LANGUAGES


@dataclass(frozen=True)
class Term:
    """One term: accepted forms in each language, the preferred one first, and a note for writers."""

    key: str
    en: tuple[str, ...]
    ru: tuple[str, ...]
    vi: tuple[str, ...]
    note: str

    def forms(self, lang: str) -> tuple[str, ...]:
        """The accepted forms in a language, the preferred one first."""
        return dict(zip(LANGUAGES, (self.en, self.ru, self.vi), strict=True))[_known(lang)]

    def preferred(self, lang: str) -> str:
        """The form to print."""
        return self.forms(lang)[0]


@dataclass(frozen=True)
class Offence:
    """A forbidden word found in a text: the word, what stood there, and why it is forbidden."""

    word: str
    found: str
    why: str


def _known(lang: str) -> str:
    return in_language({known: known for known in LANGUAGES}, lang)


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split(";"))


@cache
def _terms() -> Mapping[str, Term]:
    return {
        row["key"]: Term(
            row["key"], _forms(row["term_en"]), _forms(row["term_ru"]), _forms(row["term_vi"]), row["note"]
        )
        for row in csv_rows("glossary.csv")
    }


def terms() -> tuple[Term, ...]:
    """All terms, in the order of the glossary."""
    return tuple(_terms().values())


def term(key: str) -> Term:
    """The term of a key; raises `UnknownName` with the nearest keys."""
    try:
        return _terms()[key]
    except KeyError:
        raise unknown("term", key, _terms()) from None


def defined() -> tuple[str, ...]:
    """The keys of the terms that have a definition."""
    return tuple(yaml_table("definitions.yml"))


def definition(key: str, lang: str) -> str:
    """One plain sentence saying what a term means; raises `UnknownName` where none is written."""
    try:
        sentences: Mapping[str, str] = yaml_table("definitions.yml")[key]
    except KeyError:
        raise unknown("definition", key, defined()) from None
    return in_language(sentences, lang)


@dataclass(frozen=True)
class _Rule:
    word: str
    pattern: re.Pattern[str]
    why: str

    def offences(self, text: str) -> tuple[Offence, ...]:
        # Right phrases come first in the pattern, so that the word inside them is used up; `bad` is what is left.
        part = "bad" if "bad" in self.pattern.groupindex else 0
        return tuple(
            Offence(self.word, match[part], self.why)
            for match in self.pattern.finditer(text)
            if match[part] is not None
        )


@cache
def _rules(lang: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(entry["word"], re.compile(entry["pattern"], re.IGNORECASE), entry["why"])
        for entry in yaml_table("forbidden.yml")[_known(lang)]
    )


def forbidden(lang: str) -> Mapping[str, str]:
    """The words no report in that language may print, and why (in that language).

    Some are wrong only when bare: "giá" is, "trị giá" is not. To search a text use `offences`, never ``in``.
    """
    return {rule.word: rule.why for rule in _rules(lang)}


def offences(text: str, lang: str) -> tuple[Offence, ...]:
    """The forbidden words that a text of that language prints, letter case apart; placeholders in braces count."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(offence for rule in _rules(lang) for offence in rule.offences(composed))
