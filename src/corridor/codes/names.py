"""Comparing names: when two spellings are the same name, and which known names stand nearest to an unknown one.

A name is matched whole or not at all. A part of a name never matches: «Nga» (Russia in Vietnamese)
is contained in «Bungari», «Hungari» and «Singapo», and is Nigeria's code besides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

#: The languages in which everything has a name.
LANGUAGES: tuple[str, ...] = ("en", "ru", "vi")

# Vietnamese sets the tone on either vowel («hoà», «hòa»); Russian prints «ё» as «е» at will; the letter
# eth looks like «đ» in capitals and stands for it in published spreadsheets; «&» is «and».
_SAME = str.maketrans({"ё": "е", "ð": "đ", "&": "and"})
_TONES = {
    new: old
    for olds, news in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
# Longer texts are not names; comparing them with every name would take seconds.
_LONGEST = 80


def key(text: str) -> str:
    """What a name is compared by: letters and digits only, in lower case, as Unicode NFC.

    Case, blanks, hyphens, dots, quotes and brackets do not count («I-ta-li-a» is «ITALIA», «Na Uy» is «NAUY»);
    accents do («Áo» is not «Ao»). Empty when the text has no letter and no digit.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_SAME)
    kept = "".join(sign for sign in folded if sign.isalnum() or unicodedata.combining(sign))
    for new, old in _TONES.items():
        if new in kept:
            kept = kept.replace(new, old)
    return kept


def bare(text: str) -> str:
    """`key` without accents: how a name is typed on a keyboard that lacks them. For hints, never for matching."""
    apart = unicodedata.normalize("NFD", key(text).replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def nearest(text: str, known: Mapping[str, str], *, count: int = 3) -> tuple[str, ...]:
    """Up to ``count`` known names nearest in spelling, best first, each once; none if nothing is near.

    ``known`` maps the `bare` form of a name to the name as it is to be shown.
    """
    close = get_close_matches(bare(text[:_LONGEST]), known, n=count, cutoff=0.7)
    return tuple(dict.fromkeys(known[name] for name in close))


def shorten(text: str) -> str:
    """The text on one line and short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
