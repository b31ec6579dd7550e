"""The amounts of a sentence: numbers with their magnitude word, unit, sign and hedge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import HEDGES, Hedge, Language, one_of
from corridor.bulletin.numbers import Number, parse, whole
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import CARS, COUNTED, MONEY, Counted, Item, Quantity
from corridor.bulletin.shared_units import with_shared_units
from corridor.bulletin.tokens import DASHES, Token
from corridor.bulletin.words import number_word, plain_words

_MINUS = frozenset("-−–")
_PLUS = frozenset("+")
_OTHER_MONEY = frozenset({"€", "£", "¥", "₽", "₹", "₫", "rm", "rmb", "vnd", "eur", "gbp", "jpy", "cny", "rub", "inr"})
_KG_PER_T = 1000.0
_TONNES = {"kt": 1e3, "mt": 1e6}
# Words say a number roughly: "a third", "doubled".
_ROUGH = 0.1
# «6,7 млн россиян»
_PEOPLE = ("ян", "ан", "цев")


@dataclass(frozen=True)
class _Reader:
    marks: Sequence[Mark]
    tokens: Sequence[Token]
    lang: Language

    def mark(self, place: int) -> Mark | None:
        return self.marks[place] if 0 <= place < len(self.marks) else None

    def has(self, place: int, kind: str, value: str = "") -> bool:
        mark = self.mark(place)
        return mark is not None and mark.kind == kind and value in ("", mark.value)


def items(marks: Sequence[Mark], tokens: Sequence[Token], lang: Language, header: Mark | None = None) -> list[Item]:
    """The sentence with its amounts read; what no amount needs stays as it was.

    ``header`` gave the unit of bare numbers before the sentence: "(USD million):".
    """
    reader = _Reader(marks, tokens, lang)
    found: list[Item] = []
    place = 0
    while place < len(marks):
        read = _quantity(reader, place)
        if read is None:
            found.append(marks[place])
            place += 1
            continue
        quantity, place = read
        _take_what_stands_before(found, quantity, reader)
    return [_without_unit(item) for item in with_shared_units(found, header)]


def _quantity(reader: _Reader, place: int) -> tuple[Quantity, int] | None:
    mark = reader.marks[place]
    if mark.kind == "rank":
        number = whole(float(mark.slot("o") or mark.slot("O") or mark.slot("k") or 0), 0.0)
        return Quantity("rank", number, mark.i, mark.j, words=reader.tokens[mark.i].key), place + 1
    if mark.kind == "fraction" and reader.has(place + 1, "scale"):
        # «Больше четверти миллиарда — 315 млн»: the number after it tells it better.
        return Quantity("", whole(float(mark.value), 1.0), mark.i, reader.marks[place + 1].j), place + 2
    if mark.kind in ("multiple", "times_word", "fraction"):
        return _in_words(mark), place + 1
    if mark.kind == "factor":
        return _by_factor(reader, place)
    if mark.kind == "unit" and mark.value == "usd" and reader.has(place + 1, "number"):
        return _in_own_money(_number(reader, place + 1, mark), reader, mark.i)
    return _in_own_money(_number(reader, place, None), reader, mark.i) if mark.kind == "number" else None


def _by_factor(reader: _Reader, place: int) -> tuple[Quantity, int] | None:
    """ "By a factor of 2.4"."""
    number = _value(reader, place + 1) if reader.has(place + 1, "number") else None
    mark = reader.marks[place]
    if number is None:
        return None
    return Quantity("times", number, mark.i, reader.marks[place + 1].j, words="times"), place + 2


def _in_own_money(read: tuple[Quantity, int] | None, reader: _Reader, start: int) -> tuple[Quantity, int] | None:
    """ "RM11.2 billion", "€3 billion", "S$40 million": money that no table here is in."""
    before = reader.tokens[start - 1] if start else None
    if read is None or before is None or read[0].unit != "usd":
        return read
    glued = before.end == reader.tokens[start].start and before.kind == "word" and reader.tokens[start].text == "$"
    return (replace(read[0], unit="", magnitude=0.0), read[1]) if glued or before.key in _OTHER_MONEY else read


def _in_words(mark: Mark) -> Quantity:
    if mark.kind == "times_word":
        value = float(sum(number for numbers in mark.slots.values() for number in numbers))
        return Quantity("times", whole(value, 1.0), mark.i, mark.j, words="fold" if "f" in mark.slots else "times")
    value = float(mark.value)
    unit: Counted = "times" if mark.kind == "multiple" else "fraction"
    return Quantity(unit, whole(value, 2 * _ROUGH * value), mark.i, mark.j, rough=True, words="word")


def _number(reader: _Reader, place: int, currency: Mark | None) -> tuple[Quantity, int] | None:
    number = _value(reader, place)
    if number is None:
        return None
    start = currency.i if currency else reader.marks[place].i
    place += 1
    top, place = _range_top(reader, place)
    hedge, place = _post_hedge(reader, place)
    magnitude, place = _magnitude(reader, place)
    number, magnitude, place = _compound(reader, place, number, magnitude)
    unit, factor, place = _unit(reader, place, currency is not None, magnitude)
    later, place = _post_hedge(reader, place)
    scale = magnitude * factor
    top = top.scaled(scale) if top else None
    end = reader.marks[place - 1].j
    number = _plausible(number, magnitude)
    assumed = unit == "usd" and not currency and not reader.has(place - 1, "unit")
    words = MONEY if assumed else _unit_word(reader, place)
    quantity = Quantity(
        unit, number.scaled(scale), start, end, magnitude=scale, hedge=hedge or later, top=top, words=words
    )
    return quantity, place


def _value(reader: _Reader, place: int) -> Number | None:
    token = reader.tokens[reader.marks[place].i]
    if token.kind == "number":
        return parse(token.text, reader.lang)
    said = number_word(token, reader.lang)
    return None if said is None else whole(float(said), 1.0)


def _plausible(number: Number, magnitude: float) -> Number:
    """ "2.337 tỷ" is 2.337 billion in any language: few trade thousands of billions ("2.010 tỷ", or else 2.01)."""
    if magnitude < 1e9 or number.other is None or number.step < 1 or number.value % 10 == 0:
        return number
    return Number(number.other, 0.001, 0.001, number.value)


def _range_top(reader: _Reader, place: int) -> tuple[Number | None, int]:
    mark = reader.mark(place)
    if mark is None or mark.kind != "sep" or mark.value not in DASHES or not reader.has(place + 1, "number"):
        return None, place
    if _is_year_token(reader.tokens[mark.i - 1]) and not _is_year_token(reader.tokens[mark.j]):
        # «2023 – 1,89 млрд»
        return None, place
    return _value(reader, place + 1), place + 2


def _is_year_token(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("19", "20")


def _post_hedge(reader: _Reader, place: int) -> tuple[Hedge, int]:
    mark = reader.mark(place)
    if mark is None or mark.kind != "post_hedge":
        return "", place
    return one_of(HEDGES, mark.value), place + 1


def _magnitude(reader: _Reader, place: int) -> tuple[float, int]:
    mark = reader.mark(place)
    return (float(mark.value), place + 1) if mark and mark.kind == "scale" else (1.0, place)


def _compound(reader: _Reader, place: int, number: Number, magnitude: float) -> tuple[Number, float, int]:
    """ "5 tỷ 350 triệu": the smaller magnitude's number is the rest of the same amount."""
    if magnitude <= 1 or not reader.has(place, "number"):
        return number, magnitude, place
    rest, smaller = _value(reader, place), reader.mark(place + 1)
    if rest is None or smaller is None or smaller.kind != "scale" or not 1 < float(smaller.value) < magnitude:
        return number, magnitude, place
    unit = float(smaller.value)
    whole_value = number.value * magnitude / unit + rest.value
    return Number(whole_value, rest.step, rest.round_step), unit, place + 2


def _unit(reader: _Reader, place: int, money: bool, magnitude: float) -> tuple[Counted, float, int]:
    mark = reader.mark(place)
    # "2025 - $2.26 billion": the sign is the next number's.
    leads_on = reader.has(place + 1, "unit", "usd") and reader.has(place + 2, "number")
    if mark and mark.kind == "sep" and mark.value == "-" and reader.has(place + 1, "unit") and not leads_on:
        place, mark = place + 1, reader.mark(place + 1)
    if mark and mark.kind == "unit":
        return _named_unit(mark, money, place) if mark.value not in _TONNES else _tonnes(reader, mark, place)
    if money:
        return "usd", 1.0, place
    named = reader.mark(place + 1) if mark and mark.kind == "demonym" else mark
    if named and named.kind == "product" and named.value == CARS and magnitude == 1.0:
        return "piece", 1.0, place
    people = mark is not None and mark.kind == "demonym" and reader.tokens[mark.i].key.endswith(_PEOPLE)
    if (mark and mark.kind == "foreign_unit") or people or magnitude == 1.0 or _counts_other_things(reader, mark):
        return "", 1.0, place
    return "usd", 1.0, place


def _named_unit(mark: Mark, money: bool, place: int) -> tuple[Counted, float, int]:
    if mark.value == "kg":
        return "t", 1 / _KG_PER_T, place + 1
    if mark.value == "per_kg":
        return "per_t", _KG_PER_T, place + 1
    if money and mark.value not in ("per_t", "per_piece", "usd"):
        return "usd", 1.0, place
    if mark.value == "car":
        return "piece", 1.0, place + 1
    return one_of(COUNTED, mark.value), 1.0, place + 1


def _tonnes(reader: _Reader, mark: Mark, place: int) -> tuple[Counted, float, int]:
    """ "342.5 kt" are thousands; "6.99 mt" with a decimal point are millions, "201 mt" metric tonnes."""
    decimal = "." in reader.tokens[mark.i - 1].text
    return "t", _TONNES[mark.value] if mark.value == "kt" or decimal else 1.0, place + 1


def _counts_other_things(reader: _Reader, mark: Mark | None) -> bool:
    """Whether an amount without a unit counts something that is no money: "2 million visitors"."""
    return mark is not None and (
        mark.kind == "off_topic" or (mark.kind == "other" and mark.value not in plain_words(reader.lang))
    )


def _unit_word(reader: _Reader, place: int) -> str:
    """The word of a multiple ("fold", "раза"), and "car" for vehicles: they name their product."""
    mark = reader.mark(place - 1)
    if mark is None or mark.kind != "unit" or mark.value not in ("times", "car"):
        return ""
    return reader.tokens[mark.i].key if mark.value == "times" else "car"


def _take_what_stands_before(found: list[Item], quantity: Quantity, reader: _Reader) -> None:
    """Puts an amount at the end of the list, with the sign and the hedge that stand right before it."""
    if found and (sign := _sign(found[-1], quantity, reader.tokens)):
        quantity = replace(quantity, number=quantity.number.scaled(sign), signed=True, i=found.pop().i)
    hedge = _hedge(found)
    if hedge is not None:
        value = one_of(HEDGES, found[hedge].value)
        quantity = replace(
            quantity, hedge=value, i=min(quantity.i, found[hedge].i if hedge == len(found) - 1 else quantity.i)
        )
        mark = found[hedge]
        if mark.slot("at"):
            # "Slipped below 1 %": this is where it went to.
            found[hedge] = Mark("prep", "/level/", mark.i, mark.j)
        else:
            del found[hedge]
    found.append(quantity)


def _sign(item: Item, quantity: Quantity, tokens: Sequence[Token]) -> float:
    """-1 or +1 for a sign glued to the number and to nothing before it, else 0."""
    if item.kind not in ("sep", "sign") or item.value not in _MINUS | _PLUS or item.j != quantity.i:
        return 0.0
    token, number = tokens[item.i], tokens[item.j]
    before = tokens[item.i - 1] if item.i else None
    glued = before is not None and before.end == token.start and before.kind != "sign"
    # "(+ 9.8 %)": in a bracket a blank changes nothing.
    bracketed = before is not None and before.text == "("
    apart = number.start != token.end and token.text not in ("−", "+") and not bracketed
    if glued or apart:
        return 0.0
    return 1.0 if item.value in _PLUS else -1.0


def _hedge(found: Sequence[Item]) -> int | None:
    """Where the hedge of the next amount stands: last, or before a little word ("почти на 20 %")."""
    for place in range(len(found) - 1, max(len(found) - 3, -1), -1):
        if found[place].kind == "hedge":
            return place
        if found[place].kind != "prep":
            return None
    return None


def _without_unit(item: Item) -> Item:
    """A number that counts nothing known is no amount."""
    return Mark("bare", "", item.i, item.j) if isinstance(item, Quantity) and not item.unit else item
