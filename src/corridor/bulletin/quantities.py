"""Numbers with what they count: magnitude word, unit, sign and hedge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
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
_MONEY = "money"
# How many signs may follow a unit told at the end of a list: "(all USD m)."
# No two weights that a sentence compares differ as much as a weight and its value.
_DEAR = 30
_CLOSING = 2
#: The slot of a header whose unit holds for the whole text.
WIDE = "wide"
_OTHER_MONEY = frozenset({"€", "£", "¥", "₽", "₹", "₫", "rm", "rmb", "vnd", "eur", "gbp", "jpy", "cny", "rub", "inr"})
_KG_PER_T = 1000.0
_TONNES = {"kt": 1e3, "mt": 1e6}
# Words say a number roughly: "a third", "doubled".
_ROUGH = 0.1
_UNIT_VALUES: frozenset[Counted] = frozenset({"per_t", "per_piece"})
_BETWEEN_UNIT_VALUES = frozenset({"prep", "hedge", "period", "base", "then", "sep", "direction", "adverb"})
_ALIKE = 5.0
_TIMES = frozenset({"period", "then", "base"})
_BETWEEN_COMPARED = frozenset({"prep", "hedge", "base", "direction", "period", "adverb", "area"})
# How many little words may part two numbers of one list.
_LINKS = 3
_GOODS = ("t", "piece")
# «6,7 млн россиян»
_PEOPLE = ("ян", "ан", "цев")
# What may part two numbers of a list whose members are named, and how much of it.
_IN_LISTS = frozenset({"sep", "and", "prep", "hedge", "period", "product", "area", "goods", "flow"})
_MEMBER = 5


@dataclass(frozen=True)
class Quantity:
    """A printed amount, scaled to units; tokens ``i`` up to, not including, ``j``.

    ``top`` is the other end of a range. ``signed``: a sign stands before it. ``rough``: it is said in words.
    ``words`` is what the multiple is called ("fold", "times", a whole word): some are ambiguous; "car": vehicles;
    "money": an amount without a unit, taken to be money; of a rank, the first word of its phrase.
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
    listed = _with_list_units(_with_shared_units(_with_header_units(found, header)))
    shared = _with_unit_values(_with_units_in_brackets(_with_units_before(listed)))
    return [_without_unit(item) for item in _with_vehicles(shared)]


def _with_header_units(found: list[Item], header: Mark | None) -> list[Item]:
    """ "(USD million): coffee 462.3; garments 504.2": bare numbers have the unit told before them, or at the end."""
    last = found[-1 - _CLOSING :]
    told = next((item for item in last if isinstance(item, Mark) and item.kind == "header"), None)
    header = header or told
    for place, item in enumerate(found):
        if isinstance(item, Mark):
            header = item if item.kind == "header" else header
        elif header and not item.unit and item.magnitude == 1.0 and not _is_year(item) and _fits(item, header):
            magnitude = float(header.slot("s") or 1)
            unit = one_of(COUNTED, header.value)
            found[place] = replace(item, unit=unit, number=item.number.scaled(magnitude), magnitude=magnitude)
    return found


def _fits(item: Quantity, header: Mark) -> bool:
    """Of a unit told once for a whole text only what has decimals is an amount."""
    return header.slot(WIDE) is None or item.number.step < 1


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
    words = _MONEY if assumed else _unit_word(reader, place)
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
    if named and named.kind == "product" and named.value == _CARS and magnitude == 1.0:
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
        if isinstance(mark, Mark) and mark.slot("at"):
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
    apart = number.start != token.end and token.text != "−" and not (before is not None and before.text == "(")
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


def _counted_as(item: Quantity, shared: Quantity) -> Quantity:
    """A bare number in the unit and magnitude of another."""
    return replace(item, unit=shared.unit, number=item.number.scaled(shared.magnitude), magnitude=shared.magnitude)


def _with_shared_units(found: list[Item]) -> list[Item]:
    """ "88 and 60.4 million": a bare number has the unit of the next one in the list."""

    def counted(item: Quantity, before: Item | None, shared: Quantity) -> Quantity:
        if not item.unit and item.magnitude == 1.0 and not _is_year(item):
            return _counted_as(item, shared)
        # "From 522 thousand to 306 thousand tonnes."
        goods = item.words == _MONEY and shared.unit in _GOODS and not _pays_for(item, shared)
        return replace(item, unit=shared.unit, words="") if goods else item

    return _with_units_after(found, _links, _LINKS, counted)


def _pays_for(money: Quantity, goods: Quantity) -> bool:
    """ "24.6 million, or 9,850 tonnes": too many to be tonnes like the others."""
    return money.number.value >= _DEAR * goods.number.value


def _with_list_units(found: list[Item]) -> list[Item]:
    """ "January 156.9, coffee - 199.6, March - 253.0 million": the unit told with the last member is that of all."""

    def counted(item: Quantity, before: Item | None, shared: Quantity) -> Quantity:
        member = not item.unit and item.number.step < 1 and before is not None and _heads_a_member(before)
        return _counted_as(item, shared) if member and not shared.signed else item

    return _with_units_after(found, lambda item: item.kind in _IN_LISTS, _MEMBER, counted)


def _with_units_after(
    found: list[Item],
    links: Callable[[Item], bool],
    most: int,
    counted: Callable[[Quantity, Item | None, Quantity], Quantity],
) -> list[Item]:
    """Numbers ``counted`` like the next one, as long as nothing but ``most`` pieces that link parts the two."""
    shared: Quantity | None = None
    passed = 0
    for place in range(len(found) - 1, -1, -1):
        item = found[place]
        if not isinstance(item, Quantity):
            passed += 1
            shared = shared if links(item) and passed <= most else None
            continue
        if shared is not None:
            found[place] = item = counted(item, found[place - 1] if place else None, shared)
        shared, passed = (item if item.unit else None), 0
    return found


def _heads_a_member(item: Item) -> bool:
    return item.kind in ("product", "period") or (item.kind == "sep" and item.value in ":-–—")


def _without_unit(item: Item) -> Item:
    """A number that counts nothing known is no amount."""
    return Mark("bare", "", item.i, item.j) if isinstance(item, Quantity) and not item.unit else item


def _with_units_before(found: list[Item]) -> list[Item]:
    """ "807 cars against 541": a bare number after a little word has the unit of the one before."""
    shared: Quantity | None = None
    far = rated = False
    for place, item in enumerate(found):
        if not isinstance(item, Quantity):
            shared, far = (shared if _leads_back(item) else None), far or item.kind not in ("prep", "hedge", "base")
            continue
        if far and not _is_compared(found[place - 1]):
            shared = None
        far = False
        if shared and item.words == _MONEY and shared.unit in _GOODS and _is_compared(found[place - 1]):
            found[place] = replace(item, unit=shared.unit, words="")
        elif item.unit:
            shared, rated = item, rated or (item.unit == "percent" and _changes(found, place))
        elif rated and item.magnitude == 1.0 and not _is_year(item) and _changes(found, place):
            # «Экспорт снизился на 2,4 процента, импорт увеличился на 7,1»
            found[place] = replace(item, unit="percent")
        elif shared and item.magnitude == 1.0 and not _is_year(item) and found[place - 1].kind == "prep":
            found[place] = replace(_counted_as(item, shared), words=shared.words)
    return found


def _with_units_in_brackets(found: list[Item]) -> list[Item]:
    """ "214.3 million (July: 201.7; a year before: 190.2)": levels of other times in the unit before the bracket."""
    shared: Quantity | None = None
    opened = False
    for place, item in enumerate(found):
        if item.kind == "sep":
            opened = item.value == "(" or (opened and item.value != ")")
        elif not isinstance(item, Quantity):
            continue
        elif not opened:
            shared = item if item.unit in LEVELS else None
        elif shared and not item.unit and item.magnitude == 1.0 and not _is_year(item) and _is_dated(found, place):
            told = _counted_as(item, shared)
            found[place] = told if _alike(told, shared) else item
    return found


def _is_dated(found: Sequence[Item], place: int) -> bool:
    """Whether a time is told beside a number, before the next sign that parts them."""
    before = takewhile(_goes_with, reversed(found[:place]))
    return any(item.kind in _TIMES for item in (*before, *takewhile(_goes_with, found[place + 1 :])))


def _goes_with(item: Item) -> bool:
    return not isinstance(item, Quantity) and not (item.kind == "sep" and item.value in ",;()")


def _changes(found: Sequence[Item], place: int) -> bool:
    """Whether a direction leads to a number, with or without the little word for "by"."""
    by = place > 0 and found[place - 1].kind == "prep" and "by" in found[place - 1].value
    turn = place - 1 - by
    return turn >= 0 and found[turn].kind == "direction" and not found[turn].value.endswith("_noun")


def _leads_back(item: Item) -> bool:
    """What may part an amount from the one it is compared with: "7 million tonnes in 2025, up from 5.4 million"."""
    return item.kind in _BETWEEN_COMPARED or (item.kind == "sep" and item.value in ",(")


def _with_vehicles(found: list[Item]) -> list[Item]:
    """ "Car imports rose to 807": a bare number that a level's little word leads to counts the vehicles named."""
    named = False
    for place, item in enumerate(found):
        if isinstance(item, Mark):
            named = named or (item.kind == "product" and item.value == _CARS)
        elif named and not item.unit and item.magnitude == 1.0 and not _is_year(item) and _counts_on(found, place):
            found[place] = replace(item, unit="piece")
    return found


def _counts_on(found: Sequence[Item], place: int) -> bool:
    """Whether a level's little word leads to a number, or a change follows it: "to 807", "266 more"."""
    before, after = (found[place - 1] if place else None), (found[place + 1] if place + 1 < len(found) else None)
    leads = before is not None and before.kind == "prep" and before.value.startswith(("to/", "/level"))
    return leads or (after is not None and after.kind == "direction")


def _with_unit_values(found: list[Item]) -> list[Item]:
    """ "$5,710 a tonne against $4,340 in 2024", "from $4,340 to $5,710 a tonne": both are unit values."""
    known = [(place, item) for place, item in enumerate(found) if isinstance(item, Quantity)]
    for (place, item), (after, other) in pairwise(known):
        near = all(each.kind in _BETWEEN_UNIT_VALUES for each in found[place + 1 : after])
        units = {item.unit, other.unit} & _UNIT_VALUES
        paid = len(units) == 1 and {item.unit, other.unit} - units == {"usd"} and item.magnitude == 1.0
        if near and paid and _alike(item, other):
            unit = units.pop()
            found[place], found[after] = replace(item, unit=unit), replace(other, unit=unit)
    return found


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts of one magnitude are of one size, as unit values of the same goods are."""
    small, large = sorted((abs(one.number.value), abs(other.number.value)))
    return one.magnitude == other.magnitude and large < _ALIKE * small


def _is_compared(prep: Item) -> bool:
    """Whether a little word sets one amount against another: "7 million tonnes against 5.4 million"."""
    return prep.kind == "prep" and prep.value.endswith(("/against", "/against/against"))


def _links(item: Item) -> bool:
    return item.kind in ("and", "prep", "hedge") or (item.kind == "sep" and item.value == ",")


def _is_year(quantity: Quantity) -> bool:
    return quantity.number.step == 1.0 and 1950 <= quantity.number.value <= 2100
