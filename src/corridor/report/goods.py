"""Names of goods finer than our own groups, as the files that somebody added print them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.codes.names import LANGUAGES

#: Letters of a name in running text; official names of six digits run to hundreds.
LONGEST = 60


def goods(names: pl.DataFrame) -> dict[str, Mapping[str, str]]:
    """By code, what goods are called in every language: ``847130 -> {"en": "data processing machines (HS 847130)"}``.

    ``names`` has the columns ``product, lang, name``, one row a code and language. Where a language is missing, the
    name that is held stands with its language, English before the others.
    """
    held: dict[str, dict[str, str]] = {}
    for product, lang, name in names.select("product", "lang", "name").sort("product", "lang").iter_rows():
        held.setdefault(product, {})[lang] = short(name)
    return {code: {lang: _told(code, lang, found) for lang in LANGUAGES} for code, found in held.items()}


def short(name: str) -> str:
    """A name cut at the end of a phrase or word, with an ellipsis; its own code and dashes in front are left out.

    Names that a list prints in capitals throughout are told in small letters, as in running text.
    """
    words = " ".join(name.split()).lstrip("-–— ").rstrip(":;., ")
    words = words.lower() if words.isupper() and " " in words else words
    if len(words) <= LONGEST:
        return words
    phrase = max((words.rfind(mark, 0, LONGEST) for mark in ";,("), default=-1)
    end = phrase if phrase >= LONGEST // 3 else words.rfind(" ", 0, LONGEST)
    return words[: end if end > 0 else LONGEST].rstrip(" ;,(") + "…"


def _told(code: str, lang: str, found: Mapping[str, str]) -> str:
    if lang in found:
        return f"{found[lang]} (HS {code})"
    other = next(each for each in (*LANGUAGES, *found) if each in found)
    return f"HS {code} ({found[other]}, {other})"
