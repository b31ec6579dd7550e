"""What stands in a sentence: phrases of the lexicon, numbers, signs that part clauses, and words of no meaning here."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.bodies import body
from corridor.bulletin.claims import Language
from corridor.bulletin.habits import habits
from corridor.bulletin.numbering import numbering
from corridor.bulletin.phrases import Mark
from corridor.bulletin.tokens import Token
from corridor.bulletin.words import (
    after_year,
    ambiguous_areas,
    area_key,
    homographs,
    nicknames,
    number_word,
    phrases,
    risky_areas,
    rule_words,
)

_PARTING = frozenset(",;():.–—-")
_SIGNS = frozenset("-−–+")
_DASHES = frozenset("-–—/")
# What may stand between a hedge and its number: "almost by 5 %", "более чем на 20 %", "hơn US$ 39".
_BEFORE_NUMBER = frozenset(["by", "to", "at", "на", "в", "во", "до", "us", "$", "usd", "u", "s", ".", "a", "the", "of"])
_HEDGE_REACH = 4
_OWNING = frozenset({"'s", "’s"})
_YEAR_DIGITS = 4
_SHARE_REACH = 8
# Constants of phrases that mean something only beside something else.
_ASIDE = frozenset({"part", "after", "owns", "head", "rate"})
_AFTER_HEADER = frozenset({")", ":", ",", ";"})
_THRESHOLD_REACH = 6
_DOLLARS = frozenset({"$", "dollar", "dollars"})
# How long the bracket is that explains a list.
_EXPLAINED = 24
_ASKING = frozenset({"flow", "demonym", "product", "header", "prep", "unit", "measure"})
_BEFORE_AREAS = frozenset({"prep", "and", "area", "office", "trader"})
_ARTICLE = "the"
_ARTICLES = frozenset({"a", "an"})
_BEFORE_YEAR = frozenset(",:;(•")
_AFTER_YEAR = frozenset(",;):(.")
_BULLET = "•"
# Inside a line they part one item from the next.
_INNER_BULLETS = frozenset("|•·▪►■●")
_COUNTED = frozenset({"multiple", "times_word", "fraction"})
_RATES = frozenset({"percent", "pp", "times"})
_PER = "per_"


def find(tokens: Sequence[Token], lang: Language) -> list[Mark]:
    """The marks of one sentence, in order; every token is in exactly one."""
    place = numbering(tokens)
    found: list[Mark] = [Mark("sign", _BULLET, 0, place)] if place else []
    while place < len(tokens):
        mark = _phrase(tokens, place, found, lang) or _bare(tokens, place, lang)
        mark = mark if mark.kind == "office" else body(tokens, place) or mark
        found.append(mark)
        place = mark.j
    return found


def _phrase(tokens: Sequence[Token], place: int, before: Sequence[Mark], lang: Language) -> Mark | None:
    for mark in phrases(lang).at(tokens, place):
        if _stands(mark, tokens, before, lang):
            return mark
    return None


def _bare(tokens: Sequence[Token], place: int, lang: Language) -> Mark:
    token = tokens[place]
    if token.kind == "number" or _counts_a_scale(tokens, place, lang):
        return Mark("number", token.text, place, place + 1)
    if place and token.text in _INNER_BULLETS:
        return Mark("sep", ";", place, place + 1)
    if token.kind == "sign":
        return Mark("sep" if token.text in _PARTING else "sign", token.text, place, place + 1)
    return Mark("other", token.key, place, place + 1)


def _counts_a_scale(tokens: Sequence[Token], place: int, lang: Language) -> bool:
    """Whether a number word begins an amount: "một tỷ USD"."""
    if number_word(tokens[place], lang) is None or place + 1 == len(tokens):
        return False
    return any(mark.kind == "scale" for mark in phrases(lang).at(tokens, place + 1))


def _stands(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    """Whether a phrase means here what it means in the lexicon."""
    if mark.kind in ("unit", "scale", "foreign_unit"):
        return _measures(mark, tokens, before)
    if mark.kind == "hedge":
        return not _compares(mark, tokens, before, lang) and _hedges(tokens, mark.j, lang)
    if mark.kind in ("area", "demonym", "flow"):
        return _names_trade(mark, tokens, before, lang)
    if mark.kind in ("mute", "rank"):
        return not _is_may(mark, tokens) if mark.kind == "mute" else _follows_a_rank(mark, before)
    if mark.slots.keys() & _ASIDE:
        return _stands_beside(mark, tokens, before)
    if mark.slot("bare"):
        return _heads_a_section(mark, tokens, before)
    if mark.kind == "header":
        return _heads_a_list(mark, tokens, before)
    if mark.kind in ("product", "ignore") and tokens[mark.i].key in homographs(lang):
        return _is_meant(mark, tokens, before, lang)
    if mark.kind == "prep":
        return not (mark.slot("level") and _is_threshold(tokens, mark.j))
    return mark.kind != "period" or _tells_a_year(mark, tokens, before, lang)


def _stands_beside(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark]) -> bool:
    """Whether what a phrase needs beside it is there: an amount before it, a rate behind it, the trade of all."""
    if mark.slot("head"):
        # "A tonne fetched 4,100 USD", but "4,100 USD a tonne".
        return not (before and before[-1].kind in ("number", "scale", "unit"))
    if mark.slot("part"):
        return any(token.text == "%" for token in tokens[mark.j : mark.j + _SHARE_REACH])
    if mark.slot("rate"):
        return _follows_a_rate(before)
    return _follows_an_amount(before) if mark.slot("after") else _follows_all_trade(before)


def _follows_all_trade(before: Sequence[Mark]) -> bool:
    """ "The total exports of the country"."""
    return [mark.kind for mark in before[-2:]] == ["total", "flow"]


def _asks_for_goods(before: Sequence[Mark]) -> bool:
    """ "Xuất khẩu điều", "cà phê, tiêu, điều", "341 tấn điều": a word of trade, a unit, other goods before a comma."""
    kinds = [mark.kind for mark in before[-2:]]
    listed = kinds in (["product", "sep"], ["product", "and"])
    return listed or (bool(kinds) and kinds[-1] in _ASKING)


def _is_meant(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    """ "Hạt tiêu 21,6 triệu USD, điều 33,8 triệu USD": goods, and no article of a law."""
    if mark.kind == "ignore":
        return not _is_amount(tokens, mark.j, lang)
    return mark.j > mark.i + 1 or _asks_for_goods(before) or _is_listed(mark, tokens, before)


def _is_listed(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark]) -> bool:
    """ "Hạt tiêu 21,6 triệu USD, điều 33,8 triệu USD": goods between two amounts; an article of a law has a capital."""
    parted = bool(before) and before[-1].kind == "sep" and not tokens[mark.i].capital
    return parted and mark.j < len(tokens) and tokens[mark.j].kind == "number"


def _names_trade(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    if mark.kind == "area":
        return _names_a_place(mark, tokens, before, lang)
    if mark.kind == "demonym":
        return not habits(lang).capital_peoples or tokens[mark.i].capital
    return _flows(mark, before[-1].kind if before else "")


def _follows_a_rank(mark: Mark, before: Sequence[Mark]) -> bool:
    """«Второе место занимают удобрения, третье — пластмассы»"""
    return mark.value != "next" or any(each.kind == "rank" for each in before)


def _is_may(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Whether a word is the month: within a sentence only that has a capital."""
    if tokens[mark.i].text != "May":
        return False
    return (
        mark.i > 0
        or mark.j == len(tokens)
        or tokens[mark.j].kind == "number"
        or tokens[mark.j].key in rule_words("of_may")
    )


def _tells_a_year(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    if mark.value == "year_bare":
        after = tokens[mark.j] if mark.j < len(tokens) else None
        return _qualified(before) or _dates(before[-1] if before else None, after, lang)
    # "In 2025 tonnes", "in Q2 24 million tonnes" tell amounts.
    short = mark.value == "year" or mark.slot("y") is not None
    return not (short and _is_amount(tokens, mark.j, lang))


def _heads_a_section(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark]) -> bool:
    """ "IV. Five months", "; the eleven months, …": no duration, but all that a clause opens with."""
    opened = not before or before[-1].kind in ("sep", "sign", "and")
    return opened and (mark.j == len(tokens) or tokens[mark.j].kind == "sign")


def _follows_an_amount(before: Sequence[Mark]) -> bool:
    """ "A quarter below the 169.0 paid a year earlier"."""
    return bool(before) and before[-1].kind in _COUNTED | {"number", "unit", "scale"}


def _follows_a_rate(before: Sequence[Mark]) -> bool:
    """ "+9 % | to July": a change is counted from there; an amount leads there."""
    return bool(before) and (before[-1].kind == "multiple" or before[-1].value in _RATES)


def _compares(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    """ "A third less than the 762 million", "more than the 5.4 million": a direction, not a hedge."""
    named = tokens[mark.j - 1].key in rule_words("than") and mark.j < len(tokens)
    named = named and tokens[mark.j].key == _ARTICLE and not _is_threshold(tokens, mark.j)
    return named or (bool(before) and before[-1].kind == "fraction")


def _is_threshold(tokens: Sequence[Token], place: int) -> bool:
    """ "Above the 5 billion dollar mark"."""
    return any(token.key in rule_words("threshold") for token in tokens[place : place + _THRESHOLD_REACH])


def _flows(mark: Mark, before: str) -> bool:
    """Whether a flow is told: «вьетнамские поставщики» are those who sell."""
    return before == "product" if mark.slot("after_product") else not (mark.slot("supplier") and before == "demonym")


def _qualified(before: Sequence[Mark]) -> bool:
    """ "A torrid 2025"."""
    return [mark.kind for mark in before[-2:]] == ["other", "other"] and before[-2].value in _ARTICLES


def _dates(before: Mark | None, after: Token | None, lang: Language) -> bool:
    """Whether a bare number is a year: "31 % above that of 2023", "33.9 % (2024)", "For Viet Nam, 2025 closed with"."""
    if before is not None and before.kind == "direction" and before.slot("against"):
        return True
    opened = before is None or (before.kind in ("sep", "sign") and before.value in _BEFORE_YEAR)
    return opened and (after is None or after.text in _AFTER_YEAR or after.key in after_year(lang))


def _measures(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark]) -> bool:
    if _inside_a_code(mark, tokens):
        return False
    after_number = bool(before) and before[-1].kind in ("number", "scale", "post_hedge")
    before_number = mark.value == "usd" and mark.j < len(tokens) and tokens[mark.j].kind == "number"
    hyphened = len(before) > 1 and before[-1].value in _DASHES and before[-2].kind in ("number", "scale")
    return after_number or before_number or (hyphened and mark.value in ("times", "usd", "t"))


def _inside_a_code(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Whether letters glued between digits only look like a unit: "2023-T12-5X", "0d93b2f"."""
    if mark.value == "usd" or mark.j == len(tokens):
        return False
    last, after = tokens[mark.j - 1], tokens[mark.j]
    return last.kind == "word" and after.kind == "number" and after.start == last.end


def _heads_a_list(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark]) -> bool:
    """Whether a unit without a number is that of the numbers to come: "(USD million)", "triệu USD:"."""
    # "Trị giá: triệu USD" may be a line of its own.
    after = tokens[mark.j].text if mark.j < len(tokens) else ":"
    opened = not before or (before[-1].kind in ("sep", "prep") and before[-1].value not in "-–—")
    # "Imports from Viet Nam, USD million": a heading ends with it.
    ends = mark.j == len(tokens) and bool(before) and before[-1].value == ","
    return opened and (after in _AFTER_HEADER or ends or _explains_a_list(tokens, mark.j))


def _explains_a_list(tokens: Sequence[Token], place: int) -> bool:
    """ "USD million (in brackets the first quarter of 2025): coffee 131.5 (118.9)"."""
    near = [token.text for token in tokens[place : place + _EXPLAINED]]
    closed = near.index(")") if near[:1] == ["("] and ")" in near else 0
    return bool(closed) and (near[closed + 1 : closed + 2] == [":"] or place + closed + 1 == len(tokens))


def _hedges(tokens: Sequence[Token], place: int, lang: Language) -> bool:
    for position in range(place, min(place + _HEDGE_REACH, len(tokens))):
        token = tokens[position]
        if position + 1 < len(tokens) and tokens[position + 1].key in _OWNING and len(token.text) == _YEAR_DIGITS:
            # "34.2 % over 2023's 1.74 billion"
            return False
        if token.kind == "number" or _counts_a_scale(tokens, position, lang):
            return True
        if any(mark.kind in _COUNTED for mark in phrases(lang).at(tokens, position)):
            return True
        if token.key not in _BEFORE_NUMBER:
            return False
    return False


def _names_a_place(mark: Mark, tokens: Sequence[Token], before: Sequence[Mark], lang: Language) -> bool:
    named = list(tokens[mark.i : mark.j])
    dollars = named[0].text == "US" and mark.j < len(tokens) and tokens[mark.j].key in _DOLLARS
    article = len(named) > 1 and named[0].key == _ARTICLE
    if dollars or not (named[article].capital or area_key(named) in nicknames(lang)):
        return False
    if len(named[0].text) == 2 and named[0].text.isascii() and mark.j == mark.i + 1 and not named[0].text.isupper():
        return False
    if area_key(named) not in risky_areas(lang):
        return True
    asked = bool(before) and (before[-1].kind in _BEFORE_AREAS or before[-1].value in _DASHES)
    bracketed = mark.j + 1 < len(tokens) and tokens[mark.j].text == "(" and tokens[mark.j + 1].kind == "number"
    return asked or ((bracketed or area_key(named) not in ambiguous_areas(lang)) and _stands_alone(mark, tokens))


def _stands_alone(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Whether no capital stands beside a name: else it may be part of a person's or a town's."""
    beside = [tokens[place] for place in (mark.i - 1, mark.j) if 0 <= place < len(tokens)]
    return not any(token.kind == "word" and token.capital for token in beside)


def _is_amount(tokens: Sequence[Token], place: int, lang: Language) -> bool:
    """Whether a four-digit number is no year but an amount: "in 2025 tonnes"."""
    after = next(phrases(lang).at(tokens, place), None) if place < len(tokens) else None
    # "In 2024 a tonne of coffee cost …" tells a year.
    counted = after is not None and after.kind in ("unit", "scale") and not after.value.startswith(_PER)
    # "In 2022 USD 591.6 million": the unit of the number behind it.
    leads = after is not None and after.j < len(tokens) and tokens[after.j].kind == "number"
    return tokens[place - 1].kind == "number" and counted and tokens[place].kind == "word" and not leads
