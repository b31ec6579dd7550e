"""Units that a bare number has from another one: of a list, before a bracket, beside it, at the head of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from corridor.bulletin.claims import one_of
from corridor.bulletin.clock import TIMES
from corridor.bulletin.phrases import Mark
from corridor.bulletin.quantities import CARS, COUNTED, LEVELS, MONEY, WIDE, Counted, Item, Quantity

# No two weights that a sentence compares differ as much as a weight and its value.
_DEAR = 30
# How many signs may follow a unit told at the end of a list: "(all USD m)."
_CLOSING = 2
_UNIT_VALUES: frozenset[Counted] = frozenset({"per_t", "per_piece"})
_BETWEEN_UNIT_VALUES = frozenset({"prep", "hedge", "period", "base", "then", "sep", "direction", "adverb"})
_ALIKE = 5.0
_BETWEEN_COMPARED = frozenset({"prep", "hedge", "base", "direction", "period", "adverb", "area"})
# How many little words may part two numbers of one list.
_LINKS = 3
_GOODS = ("t", "piece")
# What may part two numbers of a list whose members are named, and how much of it.
_IN_LISTS = frozenset({"sep", "and", "prep", "hedge", "period", "product", "area", "goods", "flow"})
_MEMBER = 5
_BETWEEN_GOODS = frozenset({"sep", "and", "product", "direction", "sign"})


def with_shared_units(found: list[Item], header: Mark | None) -> list[Item]:
    """The amounts of a sentence, each bare number in the unit that another one, or ``header``, tells for it."""
    listed = _with_list_units(_with_units_of_next(_with_header_units(found, header)))
    listed = _with_units_of_first(_with_units_before(listed))
    return _with_vehicles(_with_unit_values(_with_units_in_brackets(listed)))


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


def _counted_as(item: Quantity, shared: Quantity) -> Quantity:
    """A bare number in the unit and magnitude of another."""
    return replace(item, unit=shared.unit, number=item.number.scaled(shared.magnitude), magnitude=shared.magnitude)


def _with_units_of_next(found: list[Item]) -> list[Item]:
    """ "88 and 60.4 million": a bare number has the unit of the next one in the list."""

    def counted(item: Quantity, before: Item | None, shared: Quantity) -> Quantity:
        if not item.unit and item.magnitude == 1.0 and not _is_year(item):
            return _counted_as(item, shared)
        # "From 522 thousand to 306 thousand tonnes."
        goods = item.words == MONEY and shared.unit in _GOODS and not _pays_for(item, shared)
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
        if shared and item.words == MONEY and shared.unit in _GOODS and _is_compared(found[place - 1]):
            found[place] = replace(item, unit=shared.unit, words="")
        elif item.unit:
            shared, rated = item, rated or (item.unit == "percent" and _changes(found, place))
        elif rated and item.magnitude == 1.0 and not _is_year(item) and _changes(found, place):
            # «Экспорт снизился на 2,4 процента, импорт увеличился на 7,1»
            found[place] = replace(item, unit="percent")
        elif shared and item.magnitude == 1.0 and not _is_year(item) and found[place - 1].kind == "prep":
            found[place] = replace(_counted_as(item, shared), words=shared.words)
    return found


def _with_units_of_first(found: list[Item]) -> list[Item]:
    """ "Seafood 2.4 million USD; rubber 1.9; cashew 1.3": the unit told with the first of the goods is that of all."""
    shared: Quantity | None = None
    for place, item in enumerate(found):
        of_goods = bool(place) and found[place - 1].kind == "product"
        if not isinstance(item, Quantity):
            shared = shared if item.kind in _BETWEEN_GOODS else None
        elif of_goods and item.unit in LEVELS:
            shared = item
        elif of_goods and shared and not item.unit and item.magnitude == 1.0 and not _is_year(item):
            found[place] = _counted_as(item, shared)
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
    return any(item.kind in TIMES for item in (*before, *takewhile(_goes_with, found[place + 1 :])))


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
            named = named or (item.kind == "product" and item.value == CARS)
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
