"""Finding goods by what they are called: names in three languages, by whole words, stems, beginnings or codes.

Letters are compared without case; «ё» is «е»; Vietnamese may be typed without its accents, and where it is typed with
them they count. English and Russian words are compared by their stems (Snowball). Nothing is indexed: sixty thousand
names are compared in the time in which an index would be opened.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from operator import and_
from typing import Any, Literal

import polars as pl

from corridor.errors import UsageError

#: How a hit was found, best first.
FoundBy = Literal["code", "name", "phrase", "words", "stems", "beginning", "code_begins"]
RANKS: tuple[FoundBy, ...] = ("code", "name", "phrase", "words", "stems", "beginning", "code_begins")

#: Languages whose words have stems.
STEMMED = {"en": "english", "ru": "russian"}

#: The shortest beginning of a word that is looked for.
_SHORTEST = 3
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"\d{2,10}")


def search(names: pl.DataFrame, asked: str, lang: str = "en") -> pl.DataFrame:
    """The names that ``asked`` may mean, with ``rank`` (index in `RANKS`) and ``found_by``, best first.

    ``names``: ``classification, product, lang, name``, and any other columns, which are kept. A product may have
    several names; each is told by its best one, of equals by the one in ``lang``. All words asked for must be in a
    name. Raises `UsageError` for nothing but punctuation.
    """
    words = _WORD.findall(_folded_text(asked))
    if not words:
        raise UsageError("nothing to look for", next_step="give a name or a code, e.g. corridor find coffee")
    by_words = [_by_words(names.filter(pl.col("lang") == each), words, asked, each) for each in ("en", "ru", "vi")]
    return _best(pl.concat([_by_code(names, asked), *by_words]), lang)


def _by_code(names: pl.DataFrame, asked: str) -> pl.DataFrame:
    code = asked.replace(".", "").replace(" ", "")
    exact = pl.col("product").str.to_lowercase() == code.lower()
    begins = pl.col("product").str.starts_with(code) if _CODE.fullmatch(code) else pl.lit(value=False)
    return _ranked(names, pl.when(exact).then(pl.lit("code")).when(begins).then(pl.lit("code_begins")))


def _by_words(names: pl.DataFrame, words: Sequence[str], asked: str, lang: str) -> pl.DataFrame:
    words = [word.replace("iz", "is") for word in words] if lang == "en" else words
    texts = names.select(_fold(lang, accents=_bare(asked) != _folded_text(asked)).alias("_text"))["_text"]
    # Only names that hold the beginning of every word are looked at more closely.
    near = [texts.str.contains(rf"(?:^|\W){re.escape(_beginning(word, lang))}") for word in words]
    there = reduce(and_, near)
    how = [_how(text, words, lang) for text in texts.filter(there).to_list()]
    candidates = names.filter(there).with_columns(_how=pl.Series(how, dtype=pl.String))
    return _ranked(candidates, pl.col("_how")).drop("_how")


def _fold(lang: str, *, accents: bool) -> pl.Expr:
    """The name in small letters; of Vietnamese without accents where none were typed."""
    small = pl.col("name").str.normalize("NFC").str.to_lowercase()
    if lang == "ru":
        return small.str.replace_all("ё", "е", literal=True)
    if lang == "en":
        # British and American spelling: fertiliser, fertilizer.
        return small.str.replace_all("iz", "is", literal=True)
    if accents:
        return small
    return small.str.normalize("NFD").str.replace_all(r"\p{M}", "").str.replace_all("đ", "d", literal=True)


def _ranked(rows: pl.DataFrame, how: pl.Expr) -> pl.DataFrame:
    ranked = rows.with_columns(found_by=how.cast(pl.String)).drop_nulls("found_by")
    places = {name: place for place, name in enumerate(RANKS)}
    return ranked.with_columns(rank=pl.col("found_by").replace_strict(places, return_dtype=pl.Int64))


def _how(text: str, words: Sequence[str], lang: str) -> FoundBy | None:
    """How all the words are in a text; None where one of them is not."""
    there = _WORD.findall(text)
    if there == list(words):
        return "name"
    if any(there[at : at + len(words)] == list(words) for at in range(len(there))):
        return "phrase"
    if set(words) <= set(there):
        return "words"
    if _stems(words, lang) <= _stems(there, lang):
        return "stems"
    begins = all(len(word) >= _SHORTEST and any(each.startswith(word) for each in there) for word in words)
    return "beginning" if begins else None


def _beginning(word: str, lang: str) -> str:
    """What a word and its stem begin with alike: every word of that stem has it."""
    stem = _stem(word, lang)
    length = next((at for at, (one, other) in enumerate(zip(word, stem, strict=False)) if one != other), len(stem))
    # A stem may end in another letter than the word: “berri” for “berry” and “berries”.
    return word[: max(1, length - (1 if lang == "en" and length == len(stem) and stem.endswith("i") else 0))]


def _stems(words: Iterable[str], lang: str) -> set[str]:
    return {_stem(word, lang) for word in words}


@cache
def _stem(word: str, lang: str) -> str:
    return str(_stemmer(STEMMED[lang]).stemWord(word)) if lang in STEMMED else word


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)


def _folded_text(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", _folded_text(text).replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _best(found: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Each product once, by its best and shortest name; of equal ranks the coarser code and the shorter name first."""
    lengths = {"_length": pl.col("name").str.len_chars(), "_level": pl.col("product").str.len_chars()}
    ordered = found.with_columns(**lengths).sort("rank", pl.col("lang") != lang, "_length", "name")
    once = ordered.unique(["classification", "product"], keep="first", maintain_order=True)
    group = pl.col("classification") != "VNC"
    # What begins with a code is told from coarse to fine, whatever it is called.
    depth = pl.when(pl.col("found_by") == "code_begins").then("_level").otherwise(0)
    return once.sort("rank", group, depth, "_length", "_level", "classification", "product").drop("_length", "_level")
