"""Words that no lexicon knows, where a product's name is due: a product that is not known here."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.bites import Bite, is_stop
from corridor.bulletin.claims import Language
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.tokens import BULLETS
from corridor.bulletin.words import narrowing, plain_words, rule_words

# A product's name is no longer than this; longer runs of unknown words are a sentence.
_LONGEST_NAME = 7
_SUBJECTS = frozenset({"flow", "product", "place", "share", "many", "anaphora", "total", "goods", "office", "area"})
_ADJECTIVE_ENDINGS = (
    "ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ая", "яя", "ой", "ей", "ую", "юю", "ое", "ее", "ые", "ие",
    "ых", "их", "ыми", "ими",
)  # fmt: skip
_GENITIVES = ("ой", "ых", "их", "ого", "его")
# Of what is exported: «ананасов», «муки», «бытовой химии».
_OF_GOODS = (*_GENITIVES, "ов", "ев", "ей", "ий", "ок", "ек", "ец", "а", "я", "ы", "и", "ь")
_RUSSIAN_VERBS = (
    "ила",
    "ило",
    "ала",
    "ало",
    "ыла",
    "ула",
    "лся",
    "шел",
    "шла",
    "шло",
    "шли",
    "нул",
    "лась",
    "лось",
    "лись",
    "ется",
    "ются",
    "ится",
    "ятся",
)
_OPENS = frozenset("(:–—")
_AFTER_BULLET = Mark("sep", ";", 0, 0)
_GENITIVE_NOUNS = (*_GENITIVES, "ов", "ев", "ок", "ек", "ец", "а", "я", "ы", "и")
_SHORT_NAME = 3
_WORTH = (("measure", "value"), ("prep", "for//"))
_NOUNS = ("ние", "тие", "ствие")


def unknown_before(lead: Pieces, lang: Language, *, listed: bool) -> tuple[int, int] | None:
    """The tokens of an unknown product that leads to an amount, or None; ``listed``: amounts like it came before."""
    if "other" not in lead.kinds:
        return None
    told = _beside_flow(lead, lang) or _alone(lead, lang) or _list_item(lead, lang, listed=listed)
    return told or _earner(lead, lang)


def unknown_after(bite: Bite, lang: Language) -> tuple[int, int] | None:
    """The tokens of an unknown product right after an amount: "75 tonnes of cut flowers"."""
    trail = bite.trail
    of = bool(trail) and trail[0].kind == "prep" and trail[0].value.startswith("of")
    if lang == "en" and not of:
        # "212 tonnes left the country"
        return None
    if bite.quantity.unit not in ("t", "piece") and not (bite.quantity.unit == "usd" and lang == "en"):
        return None
    return _name(trail[1:] if of else trail, lang)


def _earner(lead: Sequence[Piece], lang: Language) -> tuple[int, int] | None:
    """«Пиво принесло 2,4 млн»: what brought the money."""
    place = next((at for at, piece in enumerate(lead) if piece.slot("goods")), 0)
    words = lead[_clause_start(lead, place) : place]
    little = all(piece.kind in ("adverb", "hedge", "prep") for piece in lead[place + 1 :])
    if not place or not little or not 0 < len(words) <= _SHORT_NAME or any(piece.kind != "other" for piece in words):
        return None
    return None if words[-1].value in plain_words(lang) else (words[0].i, words[-1].j)


def _alone(lead: Sequence[Piece], lang: Language) -> tuple[int, int] | None:
    """ "Durian alone fetched 2.9 million"."""
    place = next((at for at, piece in enumerate(lead) if at and piece.kind == "alone"), 0)
    word = lead[place - 1] if place else None
    if lang != "en" or word is None or word.kind != "other" or word.value in plain_words(lang):
        return None
    return None if _is_verbal(word.value, lang) else (word.i, word.j)


def _beside_flow(lead: Sequence[Piece], lang: Language) -> tuple[int, int] | None:
    """ "exports of cut flowers", "mì ăn liền xuất khẩu": unknown words on either side of the flow."""
    flows = [place for place, piece in enumerate(lead) if piece.kind == "flow" and piece.value in ("export", "import")]
    if not flows or any(
        piece.kind in ("product", "total", "goods") for piece in lead[_clause_start(lead, flows[-1]) :]
    ):
        return None
    after = lead[flows[-1] + 1 :]
    if after and isinstance(after[0], Place) and after[0].role in ("from", "made") and after[0].i == lead[flows[-1]].j:
        # «Экспорт вьетнамских ананасов»
        after = after[1:]
    elif lang == "ru" and len(after) > 1 and isinstance(after[0], Place) and after[1].value.endswith(_GENITIVES):
        # «Поставки в Россию бытовой химии»
        after = after[1:]
    if lang == "en":
        of = bool(after) and after[0].kind == "prep" and after[0].value.startswith("of")
        after = after[1:] if of else after if _is_object(lead[flows[-1]], after, lang) else ()
    if lang == "ru" and after and after[0].kind == "other" and not after[0].value.endswith(_OF_GOODS):
        # «Экспорт невелик – 51,6 млн»: no genitive, no goods.
        after = ()
    found = _name(after, lang)
    if not found and lang == "ru" and not _opens_with_goods(lead, flows[-1]):
        return None
    return found or _name_before(lead[: flows[-1]], lang)


def _is_object(verb: Piece, after: Sequence[Piece], lang: Language) -> bool:
    """ "Imported aluminium worth …", "sold honey for …": what was traded, before what it was worth."""
    traded = bool(verb.slot("verb")) and bool(after) and after[0].kind == "other"
    worth = any((piece.kind, piece.value) in _WORTH for piece in after)
    return traded and worth and not _is_verbal(after[0].value, lang)


def _opens_with_goods(lead: Sequence[Piece], flow: int) -> bool:
    """«Мёда отгружено 320 тонн»: a genitive before the participle that leads to its amount."""
    verb = lead[flow]
    words = [piece for piece in lead[_clause_start(lead, flow) : flow] if piece.kind not in ("period", "place", "sign")]
    participle = isinstance(verb, Mark) and bool({"verb", "buys", "moves", "weak"} & verb.slots.keys())
    named = 0 < len(words) <= _SHORT_NAME and all(piece.kind == "other" for piece in words)
    return participle and flow + 1 == len(lead) and named and words[-1].value.endswith(_GENITIVE_NOUNS)


def _name_before(pieces: Sequence[Piece], lang: Language) -> tuple[int, int] | None:
    """A clause of unknown words that ends at the flow."""
    words: list[Piece] = []
    while pieces and isinstance(pieces[-1], Place) and pieces[-1].role == "of":
        # "Bia và đồ uống của Nga nhập về"
        pieces = pieces[:-1]
    for piece in reversed(pieces):
        if piece.kind != "other":
            if not (is_stop(piece) or piece.kind in ("period", "place", "prep", "sign")):
                return None
            break
        words.insert(0, piece)
    plain = plain_words(lang)
    if words and words[-1].value in rule_words("actor"):
        return None
    if not 0 < len(words) <= _LONGEST_NAME or any(_is_verbal(piece.value, lang) for piece in words):
        return None
    return None if all(piece.value in plain for piece in words[-2:]) else (words[0].i, words[-1].j)


def _clause_start(lead: Sequence[Piece], place: int) -> int:
    return next((at + 1 for at in range(place - 1, -1, -1) if is_stop(lead[at])), 0)


def _list_item(lead: Sequence[Piece], lang: Language, *, listed: bool) -> tuple[int, int] | None:
    """ "…; cut flowers (3.2 million)": a clause of unknown words and nothing else before the amount."""
    segment = list(lead)
    opened = bool(segment) and _opens(segment[-1])
    while segment and (segment[-1].kind in ("prep", "hedge", "adverb", "measure", "direction") or _opens(segment[-1])):
        segment.pop()
    start = next((at + 1 for at in range(len(segment) - 1, -1, -1) if is_stop(segment[at])), 0)
    if _qualifies_measure(segment, lead, lang) and not (start and lang == "en"):
        return None
    if start < 2 and segment and segment[0].value in BULLETS:
        segment[0], start = _AFTER_BULLET, 1
    words = segment[start:]
    announced = start > 1 and segment[start - 1].value == ":" and _announces(segment[: start - 1])
    if start and not (listed or announced) and segment[start - 1].value != ";":
        return None
    if not words or any(piece.kind != "other" for piece in words) or len(words) > _LONGEST_NAME:
        return None
    known = plain_words(lang)
    # "…, integrated circuits – 52.3 million": before a dash a participle belongs to its noun.
    if any(_is_verbal(piece.value, lang) for piece in (words[-1:] if opened else words)):
        return None
    return None if all(piece.value in known for piece in words) else (words[0].i, words[-1].j)


def _qualifies_measure(segment: Sequence[Piece], lead: Sequence[Piece], lang: Language) -> bool:
    """ "The invoice value was 121.5 million", «средняя таможенная стоимость составила»: no goods, but a measure."""
    measured = [piece.kind for piece in lead[len(segment) : len(segment) + 1]] == ["measure"]
    return measured and bool(segment) and (lang == "en" or segment[-1].value.endswith(_ADJECTIVE_ENDINGS))


def _announces(before: Sequence[Piece]) -> bool:
    """ "The following groups:", "The structure of exports:"."""
    return before[-1].kind == "many" or any(piece.kind == "share" and piece.value == "noun" for piece in before)


def excluded_from(pieces: Sequence[Piece], place: int) -> int | None:
    """Where "other than" begins before a product that is left out: what remains is known to no table."""
    near = place and pieces[place - 1].kind == "excluded" and place + 1 < len(pieces)
    # "All groups grew except for seafood (-7.3 %)": the amount is its own.
    return pieces[place - 1].i if near and pieces[place + 1].value != "(" else None


def narrowed_from(pieces: Sequence[Piece], place: int, lang: Language) -> int | None:
    """Where the name of a narrower product begins ("frozen fish", «мороженая рыба»), None for the group itself."""
    before = pieces[place - 1] if place else None
    if before is None or before.kind != "other" or before.j != pieces[place].i:
        return None
    if lang == "en":
        return before.i if before.value in narrowing(lang) else None
    if before.value in plain_words(lang):
        return None
    narrows = lang == "ru" and before.value.endswith(_ADJECTIVE_ENDINGS) and not before.value.endswith(_NOUNS)
    return before.i if narrows else None


def _is_verbal(word: str, lang: Language) -> bool:
    """Whether an English word looks like a participle or an adverb, a Russian one like a verb: no name of goods."""
    if lang == "ru":
        return word.endswith(_RUSSIAN_VERBS)
    return lang == "en" and len(word) > 4 and word.endswith(("ing", "ed", "ly"))


def _opens(piece: Piece) -> bool:
    return piece.kind == "sep" and piece.value in _OPENS


def _name(pieces: Sequence[Piece], lang: Language) -> tuple[int, int] | None:
    """A run of words at the beginning, the first of which is no common word."""
    plain = plain_words(lang)
    words: list[Piece] = []
    for piece in pieces:
        if piece.kind != "other" or (piece.value in plain and not words) or len(words) > _LONGEST_NAME:
            break
        if words and piece.i != words[-1].j:
            break
        words.append(piece)
    if words and _is_verbal(words[0].value, lang) and lang == "ru":
        return None
    while words and words[-1].value in plain:
        words.pop()
    return (words[0].i, words[-1].j) if words else None
