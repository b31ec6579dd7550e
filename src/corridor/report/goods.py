"""Names of goods finer than our own groups, as the files that somebody added print them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from corridor.codes.classifications import CLASSIFICATIONS, counts_as_hs
from corridor.codes.names import LANGUAGES

# The list whose names are of every revision.
_OF_ALL_REVISIONS = "HSC"

#: Letters of a name in running text; official names of six digits run to hundreds.
LONGEST = 60


def goods_in(names: pl.DataFrame, classification: str) -> dict[str, Mapping[str, str]]:
    """The names of goods of a classification, as `goods`, from what all classifications call the same digits.

    ``names`` has the columns ``classification, product, lang, name, added``. Codes of SITC, BEC or ISIC are called by
    their own classification alone. Of the others the one asked for goes before the rest of the Harmonized System, and
    of several names the last added; a list of all its revisions, whose names say until when a code was used, comes
    last.
    """
    spoken = CLASSIFICATIONS.get(classification)
    in_hs = spoken is None or not spoken.levels or counts_as_hs(classification)
    family = [code for code in CLASSIFICATIONS if counts_as_hs(code)] if in_hs else [classification]
    own, mixed = (pl.col("classification") == code for code in (classification, _OF_ALL_REVISIONS))
    ranked = names.filter(pl.col("classification").is_in(family)).sort(own, ~mixed, "added", "classification")
    last = ranked.unique(["product", "lang"], keep="last", maintain_order=True)
    return goods(last, "HS" if in_hs or spoken is None else spoken.name)


def goods(names: pl.DataFrame, label: str = "HS") -> dict[str, Mapping[str, str]]:
    """By code, what goods are called in every language: ``847130 -> {"en": "data processing machines (HS 847130)"}``.

    ``names`` has the columns ``product, lang, name``, one row a code and language. Where a language is missing, the
    name that is held stands with its language, English before the others. ``label`` says whose the codes are.
    """
    held: dict[str, dict[str, str]] = {}
    for product, lang, name in names.select("product", "lang", "name").sort("product", "lang").iter_rows():
        held.setdefault(product, {})[lang] = short(name)
    return {code: {lang: _told(f"{label} {code}", lang, found) for lang in LANGUAGES} for code, found in held.items()}


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
        return f"{found[lang]} ({code})"
    other = next(each for each in (*LANGUAGES, *found) if each in found)
    return f"{code} ({found[other]}, {other})"
