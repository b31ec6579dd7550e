"""Numbers with what they count: magnitude word, unit, sign and hedge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from corridor.bulletin.claims import HEDGES, Hedge, Language, one_of
from corridor.bulletin.numbers import Number, parse, whole
from corridor.bulletin.phrases import Mark
from corridor.bulletin.tokens import Token
from corridor.bulletin.words import number_word, plain_words

Counted = Literal["usd", "t", "piece", "percent", "pp", "times", "per_t", "per_piece", "fraction", "rank", ""]
COUNTED: tuple[Counted, ...] = get_args(Counted)
#: Units of amounts that a subject has, not of changes.
LEVELS: frozenset[Counted] = frozenset({"usd", "t", "piece", "per_t", "per_piece"})

_MINUS, _PLUS = frozenset("-−–"), frozenset("+")
_RANGE = frozenset("-–—")
_CARS = "motor_vehicles"
_KG_PER_T = 1000.0
# Words say a number roughly: "a third", "doubled".
_ROUGH = 0.1
# How many little words may part two numbers of one list.
_LINKS = 3


@dataclass(frozen=True)
class Quantity:
    """A printed amount, scaled to units; tokens ``i`` up to, not including, ``j``.

    ``top`` is the other end of a range. ``signed``: a sign stands before it. ``rough``: it is said in words.
    ``words`` is what the multiple is called ("fold", "times", a whole word): some are ambiguous; "car": vehicles.
    """

    unit: Counted
    number: Number
    i: int
    j: int
    magnitude: float = 1.0
    hedge: Hedge = ""
    signed: bool = False
    top: Number | None = None
    rough: bool = False
    words: str = ""

    kind: str = "quantity"
    value: str = ""


Item: TypeAlias = "Mark | Quantity"


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
    shared = _with_units_before(_with_shared_units(_with_header_units(found, header)))
    return [_without_unit(item) for item in shared]


def _with_header_units(found: list[Item], header: Mark | None) -> list[Item]:
    """ "(USD million): coffee 462.3; garments 504.2": bare numbers have the unit told before them."""
    for place, item in enumerate(found):
        if isinstance(item, Mark):
            header = item if item.kind == "header" else header
        elif header and not item.unit and item.magnitude == 1.0 and not _is_year(item):
            magnitude = float(header.slot("s") or 1)
            found[place] = replace(item, unit="usd", number=item.number.scaled(magnitude), magnitude=magnitude)
    return found


def _quantity(reader: _Reader, place: int) -> tuple[Quantity, int] | None:
    mark = reader.marks[place]
    if mark.kind == "rank":
        number = whole(float(mark.slot("o") or mark.slot("O") or 0), 0.0)
        return Quantity("rank", number, mark.i, mark.j), place + 1
    if mark.kind in ("multiple", "times_word", "fraction"):
        return _in_words(mark), place + 1
    if mark.kind == "unit" and mark.value == "usd" and reader.has(place + 1, "number"):
        return _number(reader, place + 1, mark)
    return _number(reader, place, None) if mark.kind == "number" else None


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
    words = _unit_word(reader, place)
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
    """ "2.337 tỷ" is 2.337 billion in any language: nobody trades thousands of billions."""
    if magnitude < 1e9 or number.other is None or number.step < 1:
        return number
    return Number(number.other, 0.001, 0.001, number.value)


def _range_top(reader: _Reader, place: int) -> tuple[Number | None, int]:
    mark = reader.mark(place)
    if mark is None or mark.kind != "sep" or mark.value not in _RANGE or not reader.has(place + 1, "number"):
        return None, place
    return _value(reader, place + 1), place + 2


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
        return _named_unit(mark, money, place)
    if money:
        return "usd", 1.0, place
    if mark and mark.kind == "product" and mark.value == _CARS and magnitude == 1.0:
        return "piece", 1.0, place
    if (mark and mark.kind == "foreign_unit") or magnitude == 1.0 or _counts_other_things(reader, mark):
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


def _counts_other_things(reader: _Reader, mark: Mark | None) -> bool:
    """Whether an amount without a unit counts something that is no money: "2 million visitors"."""
    return mark is not None and mark.kind == "other" and mark.value not in plain_words(reader.lang)


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
        del found[hedge]
    found.append(quantity)


def _sign(item: Item, quantity: Quantity, tokens: Sequence[Token]) -> float:
    """-1 or +1 for a sign glued to the number and to nothing before it, else 0."""
    if item.kind not in ("sep", "sign") or item.value not in _MINUS | _PLUS or item.j != quantity.i:
        return 0.0
    token, number = tokens[item.i], tokens[item.j]
    before = tokens[item.i - 1] if item.i else None
    glued = before is not None and before.end == token.start and before.kind != "sign"
    if glued or (number.start != token.end and token.text != "−"):
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


def _with_shared_units(found: list[Item]) -> list[Item]:
    """ "88 and 60.4 million": a bare number has the unit of the next one in the list."""
    shared: Quantity | None = None
    passed = 0
    for place in range(len(found) - 1, -1, -1):
        item = found[place]
        if not isinstance(item, Quantity):
            passed += 1
            if not _links(item) or passed > _LINKS:
                shared = None
            continue
        if shared and not item.unit and item.magnitude == 1.0 and not _is_year(item):
            scaled = item.number.scaled(shared.magnitude)
            found[place] = item = replace(item, unit=shared.unit, number=scaled, magnitude=shared.magnitude)
        shared, passed = (item if item.unit else None), 0
    return found


def _without_unit(item: Item) -> Item:
    """A number that counts nothing known is no amount."""
    return Mark("bare", "", item.i, item.j) if isinstance(item, Quantity) and not item.unit else item


def _with_units_before(found: list[Item]) -> list[Item]:
    """ "807 cars against 541": a bare number after a little word has the unit of the one before."""
    shared: Quantity | None = None
    for place, item in enumerate(found):
        if not isinstance(item, Quantity):
            shared = shared if item.kind in ("prep", "hedge", "base") or not shared else None
        elif item.unit:
            shared = item
        elif shared and item.magnitude == 1.0 and not _is_year(item) and found[place - 1].kind == "prep":
            scaled = item.number.scaled(shared.magnitude)
            found[place] = replace(
                item, unit=shared.unit, number=scaled, magnitude=shared.magnitude, words=shared.words
            )
    return found


def _links(item: Item) -> bool:
    return item.kind in ("and", "prep", "hedge") or (item.kind == "sep" and item.value == ",")


def _is_year(quantity: Quantity) -> bool:
    return quantity.number.step == 1.0 and 1950 <= quantity.number.value <= 2100
