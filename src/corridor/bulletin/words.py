"""The lexicons of the three languages as searchable phrases: lexicon/*.yml, and the names that codes know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from corridor.bulletin.claims import Language
from corridor.bulletin.phrases import Entry, Mark, Phrases, Slot
from corridor.bulletin.russian import forms
from corridor.bulletin.tokens import Token, tokenise, word_key
from corridor.codes import area_tables, products

# Sections of a lexicon that are no phrases.
_TABLES = (
    "months",
    "counts",
    "ordinals",
    "demonyms",
    "risky_areas",
    "ambiguous_areas",
    "homographs",
    "nicknames",
    "area_aliases",
    "abbreviations",
    "plain",
    "looks_back",
    "after_year",
    "narrowing",
    "parts",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_AREA_KINDS = frozenset({"country", "former", "region", "group"})
# Two letters are too often a word of the text ("no", "is", "to"); these are read in capitals only.
_SHORT_NAMES = frozenset({"us", "uk", "eu", "рф", "ес", "кнр", "usa", "uae", "сша", "срв"})
_SCRIPT = {"ru": "cyrillic", "en": "latin", "vi": "latin"}


@cache
def table(name: str) -> Mapping[str, Any]:
    """One lexicon file as read."""
    text = resources.files("corridor.bulletin").joinpath("lexicon", f"{name}.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


@cache
def phrases(lang: Language) -> Phrases:
    """Every phrase that means something in a bulletin of that language."""
    found = Phrases(_slots(lang))
    for pattern, entry in (*_lexicon(lang), *_products(lang), *_areas(lang)):
        found.add(pattern, entry)
    return found


@cache
def plain_words(lang: Language) -> frozenset[str]:
    """Words that name no product."""
    return frozenset(word_key(word) for line in table(lang)["plain"] for word in line.split())


@cache
def looks_back(lang: Language) -> frozenset[str]:
    """Words of the past: a year told as a date to be reached ("by 2025") is one that was reached."""
    return frozenset(word_key(word) for word in table(lang).get("looks_back", ()))


@cache
def narrowing(lang: Language) -> frozenset[str]:
    """Words before a group that mean only a part of it: "frozen fish"."""
    return frozenset(word_key(word) for word in table(lang).get("narrowing", ()))


@cache
def after_year(lang: Language) -> frozenset[str]:
    """Words that may follow a year standing alone: "For Viet Nam, 2025 closed with …"."""
    return frozenset(word_key(word) or word for word in table(lang).get("after_year", ()))


@cache
def abbreviations(lang: Language) -> frozenset[str]:
    """Words that a point follows without ending the sentence."""
    return frozenset(word_key(word) for word in table(lang)["abbreviations"])


@cache
def risky_areas(lang: Language) -> frozenset[str]:
    """Names of areas that are common words too."""
    return frozenset(_joined(name, lang) for name in table(lang)["risky_areas"])


@cache
def ambiguous_areas(lang: Language) -> frozenset[str]:
    """Those of them that even a capital does not tell from the word."""
    return frozenset(_joined(name, lang) for name in table(lang)["ambiguous_areas"])


@cache
def homographs(lang: Language) -> frozenset[str]:
    """Names of goods that are common words too: goods only after a word that asks for goods."""
    return frozenset(word_key(name) for name in table(lang).get("homographs", ()))


@cache
def nominatives() -> frozenset[str]:
    """The first words of Russian names of areas that no other case shares."""
    names = (word_key(name.split()[0]) for name, _ in area_tables.spellings() if _speakable(name, "ru"))
    return frozenset(name for name in names if len(name) > 3 and name[-1] not in "иоуэюеы")


@cache
def nicknames(lang: Language) -> frozenset[str]:
    """Names of areas that are written without a capital: "xứ sở bạch dương"."""
    return frozenset(_joined(name, lang) for name in table(lang).get("nicknames", ()))


@cache
def rule_words(what: str) -> frozenset[str]:
    """The words of all languages that a rule asks for by themselves."""
    return frozenset(word for words in table("rules")[what].values() for word in words)


@cache
def rule_stems(what: str) -> tuple[str, ...]:
    """The beginnings of such words."""
    return tuple(sorted(word.removesuffix("*") for word in rule_words(what)))


@cache
def head_words(what: str) -> frozenset[str]:
    """What tables' heads of all languages say a thing by."""
    return frozenset(word for words in table("heads")[what].values() for word in words)


@cache
def head_pattern(what: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The same, to be looked for between two patterns."""
    words = "|".join(map(_looked_for, sorted(head_words(what))))
    return re.compile(f"{before}(?:{words}){after}", re.IGNORECASE)


def _looked_for(words: str) -> str:
    """ "дол*" begins any word, "total" is one; a sign stands anywhere."""
    begins = r"\b" if words[0].isalpha() else ""
    ends = "" if words.endswith("*") else r"\b"
    middle = re.escape(words.removesuffix("*")).replace(r"\*", r"\w*").replace(r"\{N\}", r"\d")
    return f"{begins}{middle}{ends}"


def area_key(tokens: list[Token]) -> str:
    """The spelling by which `risky_areas` knows a name."""
    return " ".join(token.key for token in tokens)


def number_word(token: Token, lang: Language) -> int | None:
    """The number a word says ("forty"), or None."""
    found: int | None = table(lang)["counts"].get(token.key)
    return found


def _lexicon(lang: Language) -> Iterator[tuple[str, Entry]]:
    for kind, section in table(lang).items():
        if kind in _TABLES:
            continue
        groups = section if isinstance(section, dict) else {"": section}
        for value, patterns in groups.items():
            name, *constants = str(value).split(";")
            held = {key: int(number) for key, _, number in (each.partition("=") for each in constants)}
            yield from ((_with_parts(pattern, lang), Entry(kind, name, held)) for pattern in patterns)


def _with_parts(pattern: str, lang: Language) -> str:
    """A phrase with the parts put in that many have in common: "{Y} <year>" is "{Y} (года|году|...)"."""
    for name, part in table(lang).get("parts", {}).items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern


def _products(lang: Language) -> Iterator[tuple[str, Entry]]:
    for code, names in table("products").items():
        yield from ((_with_parts(pattern, lang), Entry("product", code)) for pattern in names.get(lang, ()))
    for code in products.codes():
        group = products.group(code)
        for name in {group.names[lang], *((row.label for row in group.rows) if lang == "vi" else ())}:
            yield _pattern(name, lang), Entry("product", code)


def _areas(lang: Language) -> Iterator[tuple[str, Entry]]:
    aliases = {word_key(name): code for name, code in table(lang)["area_aliases"].items()}
    for name, code in table(lang)["area_aliases"].items():
        yield _pattern(name, lang), Entry("area", code)
    for name, code in table(lang)["demonyms"].items():
        yield name, Entry("demonym", code)
    for name, code in area_tables.spellings():
        known = area_tables.areas().get(code)
        if known and known.kind in _AREA_KINDS and _speakable(name, lang) and word_key(name) not in aliases:
            yield _pattern(name, lang), Entry("area", code)


def _speakable(name: str, lang: Language) -> bool:
    letters = [sign for sign in name if sign.isalpha()]
    cyrillic = any("а" <= sign <= "я" or sign == "ё" for sign in name.casefold())
    return (len(letters) > 2 and cyrillic == (_SCRIPT[lang] == "cyrillic")) or name.casefold() in _SHORT_NAMES


def _pattern(name: str, lang: Language) -> str:
    words = _joined(name, lang).replace("(", "").replace(")", "").replace("|", "").split()
    return " ".join(f"{word}~" if lang == "ru" and word.isalpha() else word for word in words)


def _joined(name: str, lang: Language) -> str:
    return area_key(tokenise(name, 0, len(name), lang))


def _slots(lang: Language) -> Mapping[str, Slot]:
    counts, ordinals = _keys(table(lang)["counts"]), _keys(table(lang)["ordinals"])
    months = _month_words(lang)
    scales = {word_key(name.rstrip("*")): int(size) for size, names in table(lang)["scale"].items() for name in names}

    areas = frozenset(pattern.split()[0].rstrip("~") for pattern, entry in _areas(lang) if entry.kind == "area")

    def month_name(token: Token) -> int | None:
        return months.get(token.key) if lang != "en" or token.capital else None

    def ordinal(token: Token) -> int | None:
        return ordinals.get(token.key) or (_russian_ordinal(token, ordinals) if lang == "ru" else None)

    return {
        "Y": lambda token: _digits(token, _FIRST_YEAR, _LAST_YEAR),
        "m": lambda token: _digits(token, 1, 12),
        "d": lambda token: _digits(token, 1, 31),
        "n": lambda token: _digits(token, 1, 12) or _small(counts.get(token.key)),
        "q": lambda token: _digits(token, 1, 4) or _ROMAN.get(token.key),
        "o": lambda token: _digits(token, 1, 300) or ordinal(token),
        "O": ordinal,
        "k": lambda token: counts.get(token.key),
        "f": lambda token: _fold(token, counts),
        "M": month_name,
        "s": lambda token: scales.get(token.key),
        "N": lambda token: 0 if token.kind == "number" else None,
        "mY": _month_and_year,
        "dmY": _date,
        "YY": lambda token: _split_year(token, "/"),
        "YtY": lambda token: _split_year(token, "-–"),
        "y": _short_year,
        # The first word of a name of an area.
        "A": lambda token: 0 if token.capital and token.key in areas else None,
    }


def _keys(words: Mapping[str, int]) -> dict[str, int]:
    return {word_key(word): number for word, number in words.items()}


def _month_words(lang: Language) -> dict[str, int]:
    named = table(lang)["months"]
    if lang != "ru":
        return _keys(named)
    return {form: number for word, number in named.items() for form in forms(word_key(word))}


def _digits(token: Token, low: int, high: int) -> int | None:
    if token.kind != "number" or not token.text.isdigit() or len(token.text) > 4:
        return None
    number = int(token.text)
    return number if low <= number <= high else None


def _small(number: int | None) -> int | None:
    return number if number is not None and number <= 12 else None


def _fold(token: Token, counts: Mapping[str, int]) -> int | None:
    return counts.get(token.key.removesuffix("fold")) if token.key.endswith("fold") else None


def _split_year(token: Token, joints: str) -> int | None:
    """The first of the two years of "2024/25", "2024-25"."""
    split = len(token.text) in (7, 9) and token.text[4] in joints and token.text[:4].isdigit()
    return int(token.text[:4]) if split else None


def _short_year(token: Token) -> int | None:
    """ "FY25" """
    return 2000 + int(token.text) if len(token.text) == 2 and token.text.isdigit() else None


def _month_and_year(token: Token) -> int | None:
    month, point, year = token.text.partition(".")
    if not point or not month.isdigit() or len(month) > 2 or len(year) != 4 or not year.isdigit():
        return None
    valid = 1 <= int(month) <= 12 and _FIRST_YEAR <= int(year) <= _LAST_YEAR
    return 12 * int(year) + int(month) - 1 if valid else None


def _date(token: Token) -> int | None:
    """The year of "10.02.2025": thousands by points ("462.294.884") are no date."""
    parts = token.text.split(".")
    dated = len(parts) == 3 and all(part.isdigit() and len(part) <= 2 for part in parts[:2]) and len(parts[2]) == 4
    return int(parts[2]) if dated and int(parts[0]) <= 31 and int(parts[1]) <= 12 else None


def _russian_ordinal(token: Token, ordinals: Mapping[str, int]) -> int | None:
    for ending in ("ого", "ому", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ым"):
        stem = token.key.removesuffix(ending)
        if stem != token.key:
            found = ordinals.get(stem + "ый") or ordinals.get(stem + "ой")
            if found:
                return found
    return None


__all__ = [
    "Mark",
    "abbreviations",
    "after_year",
    "ambiguous_areas",
    "area_key",
    "head_pattern",
    "head_words",
    "homographs",
    "looks_back",
    "narrowing",
    "nicknames",
    "nominatives",
    "number_word",
    "phrases",
    "plain_words",
    "risky_areas",
    "rule_stems",
    "rule_words",
    "table",
]
