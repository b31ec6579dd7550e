"""Names in print: areas, products, periods, dates, terms and publishers, in a language and a role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources

import yaml
from babel.dates import format_date

from corridor.codes import areas, glossary, periods, products
from corridor.errors import UnknownName, UsageError
from corridor.evidence import Kind, Name
from corridor.report.catalogue import LOCALES, Catalogue, Lang
from corridor.report.declension import PERIOD_CASES, PeriodCase, dated, placed, role
from corridor.report.numbers import NO_BREAK

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HS_CHAPTER = re.compile(r"\d{2}")
_YEARS: Mapping[Lang, str] = {"en": "{}–{}", "ru": f"{{}}–{{}}{NO_BREAK}гг.", "vi": "giai đoạn {}–{}"}
_SHORT_MONTH: Mapping[Lang, str] = {"en": "MMM y", "ru": "MM.y", "vi": "M/y"}
# Our number of a figure of the press; periods and days as editions have them, no bare year and no part of a word.
_OWN_NUMBER = re.compile(r"^[PR]F\d+, ")
_DATED = re.compile(r"(?<![\w.:/-])\d{4}-\d{2}(?:-\d{2}|:\d{4}-\d{2})?(?![\w:/-])")
# How the bundled figures of the press spell the first months of a year.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FROM_JANUARY = re.compile(rf"\b(?P<year>\d{{4}}) (?:January-(?P<last>{'|'.join(_MONTHS[1:])})|first half)\b")
_HS_CODE = re.compile(r"\d{4,}")


def spoken(name: Name, words: Catalogue, publishers: Mapping[str, Mapping[str, str]]) -> str:
    """A name in its language, as its table of names has it. Raises `UnknownName` or `MissingText`."""
    speak: Mapping[Kind, Callable[[str], str]] = {
        "area": lambda code: areas.name(code, words.lang),
        "product": lambda code: publishers[code][words.lang] if code in publishers else _product(code, words.lang),
        "period": lambda code: period(code, words.lang),
        "term": lambda code: _term(code, words),
        "source": lambda code: publishers[code][words.lang] if code in publishers else code,
        "text": lambda code: code,
    }
    return speak[name.kind](name.code)


def in_sentence(name: Name, spec: str, words: Catalogue, publishers: Mapping[str, Mapping[str, str]]) -> str:
    """A name inside a sentence. ``spec``: empty, ``cap`` (begins the sentence), an area's `declension.Role`, or a
    period's `declension.PeriodCase`.

    ``full`` before a role asks for the form of a first mention (``full of``: "of the Russian Federation").
    """
    label = spoken(name, words, publishers)
    if name.kind == "area" and spec.startswith("full "):
        label, spec = areas.first_mention(name.code, words.lang), spec.removeprefix("full ")
    if name.kind == "period" and (case := _case(spec)):
        return dated(label, case, words.lang)
    if spec and spec != "cap":
        return placed(label, role(spec), words.lang)
    if name.kind in ("product", "term"):
        return capital(label) if spec else small(label)
    return capital(label) if spec else label


def _case(spec: str) -> PeriodCase | None:
    return next((case for case in PERIOD_CASES if case == spec), None)


def period(code: str, lang: Lang) -> str:
    """A period in words: a single day, a year, a quarter, a month, a span (``2023:2025``)."""
    if _DAY.fullmatch(code):
        return day(date.fromisoformat(code), lang)
    first, *rest = [periods.name(span, lang) for span in periods.parse_many(code)]
    if not rest:
        return first
    years = all(part.isdigit() and len(part) == 4 for part in code.split(":"))
    return _YEARS[lang].format(*code.split(":")) if years else f"{first} – {rest[-1]}"


def short_period(code: str, lang: Lang) -> str:
    """A period as an axis shows it: ``2025``, ``Jan 2025``, ``01.2025``, ``1/2025``."""
    spans = periods.parse_many(code)
    if len(spans) != 1 or spans[0].freq not in ("A", "M"):
        return period(code, lang)
    start = spans[0].start
    return str(start.year) if spans[0].freq == "A" else format_date(start, _SHORT_MONTH[lang], locale=LOCALES[lang])


def day(when: date, lang: Lang) -> str:
    """A day: ``10 February 2026``, ``10 февраля 2026 г.``, ``10/02/2026``."""
    text = format_date(when, "dd/MM/yyyy" if lang == "vi" else "long", locale=LOCALES[lang])
    # CLDR's narrow no-break space is missing from some system fonts.
    return text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


def edition(code: str, lang: Lang, published: date | None = None) -> str:
    """An edition as a reader cites it: its periods and days in words, without our own number of a press figure.

    ``published`` is a day told beside it, which is left out here.
    """
    told = _FROM_JANUARY.sub(lambda match: _spelt(match, lang), _OWN_NUMBER.sub("", code))
    for phrase, words in _edition_phrases(lang).items():
        told = told.replace(phrase, words)
    parts = [part for part in told.split(", ") if part != str(published)]
    return ", ".join(_DATED.sub(lambda match: _in_words(match[0], lang), part) for part in parts)


def _spelt(match: re.Match[str], lang: Lang) -> str:
    """ "2025 January-July" and "2019 first half" as the language says them."""
    last = _MONTHS.index(match["last"]) + 1 if match["last"] else 6
    return period(f"{match['year']}-01:{match['year']}-{last:02}", lang)


@cache
def _edition_phrases(lang: Lang) -> Mapping[str, str]:
    """What the bundled figures' citations say in English, in the language."""
    file = resources.files("corridor.report") / "locale" / lang / "editions.yml"
    phrases: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return phrases


def _in_words(code: str, lang: Lang) -> str:
    """A period or a day in words; digits that only look like one stay as they are."""
    try:
        return period(code, lang)
    except (UsageError, ValueError):
        return code


def small(label: str) -> str:
    """The label with a small first letter, unless it begins with an abbreviation (LPG)."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capital(label: str) -> str:
    """The label with a capital first letter."""
    return label[:1].upper() + label[1:]


def _product(code: str, lang: Lang) -> str:
    """A code nobody named stands as it was printed: chapter 99, a classification of the user's own."""
    try:
        if _HS_CHAPTER.fullmatch(code):
            return products.hs_chapter(code, lang)
        if _HS_CODE.fullmatch(code):
            # Which goods a bare heading means, nobody knows by heart; its chapter is a first idea.
            return f"HS {code} ({code[:2]}: {small(products.hs_chapter(code[:2], lang))})"
        return products.name(code, lang)
    except UnknownName:
        return f"HS {code}" if products.is_hs(code) else code


def _term(code: str, words: Catalogue) -> str:
    # Words of the house that are no terms of the glossary have messages of their own.
    own = f"term.{code}"
    return words.say(own) if own in words else glossary.term(code).preferred(words.lang)
