"""What an amount says of its subject: a level, a change, a share, a multiple, a rank - told by the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import GROWTH_OF, Interval, MeasureName, Of, Per, StatedUnit
from corridor.bulletin.clues import DOWN, UP, Clues
from corridor.bulletin.numbers import Number, whole
from corridor.bulletin.places import Piece
from corridor.bulletin.quantities import LEVELS, Quantity
from corridor.bulletin.words import rule_words

# A ratio of less than this is no "темп роста": nobody says 12 % and means a fall by 88 %.
_SMALLEST_RATIO = 50.0
# Nobody tells a trade of so few dollars: "lots below 200 USD".
_SMALLEST_TRADE = 10_000.0
# Nor of so few tonnes: samples.
_SMALLEST_LOAD = 0.05
# What a tonne or a piece costs is told in dollars or thousands.
_LARGEST_PRICE = 1000.0
_STATED: dict[str, StatedUnit] = {
    "usd": "USD", "t": "t", "piece": "pieces", "percent": "percent", "pp": "percentage_point", "times": "ratio",
    "per_t": "USD", "per_piece": "USD", "fraction": "percent",
}  # fmt: skip


@dataclass(frozen=True)
class Asserted:
    """What an amount asserts, without its subject and periods. ``at_base``: it is the level compared with."""

    measure: MeasureName
    stated: Interval
    number: float
    step: float
    of: Of = "value"
    readings: tuple[Interval, ...] = ()
    change: bool = False
    at_base: bool = False
    compares: bool = False
    of_said: bool = True
    per: Per = ""


_LEVEL_MEASURES: dict[str, MeasureName] = {"usd": "value", "per_t": "unit_value", "per_piece": "unit_value"}
_LEVEL_OF: dict[MeasureName, Of] = {"value": "value", "balance": "value", "unit_value": "unit_value"}
_PER: dict[str, Per] = {"per_t": "t", "per_piece": "piece"}


@dataclass
class Memory:
    """What the amounts before this one in the sentence were: the next may lean on it.

    ``read`` is what the last one was counted in, ``before`` the one before that, ``of`` what the last change was of.
    """

    direction: float = 0.0
    role: str = ""
    unit: str = ""
    priced: bool = False
    changed: bool = False
    weighed: bool = False
    leveled: bool = False
    read: str = ""
    before: str = ""
    of: Of | None = None


def asserted(quantity: Quantity, clues: Clues, memory: Memory, *, balance: str) -> Asserted | None:
    """What the amount says, or None where the sentence does not tell. ``balance`` is the sign word of a balance."""
    memory.before, memory.read = memory.read, quantity.unit
    if clues.of_change and quantity.unit in ("fraction", "percent") and not quantity.signed:
        return None
    if quantity.unit in LEVELS:
        what = _amount(quantity, clues, memory, balance)
        if what is None:
            return None
        return None if _is_petty(quantity, what) else what
    if quantity.unit == "times":
        memory.direction, memory.role = clues.direction or memory.direction, "growth"
        return _multiple(quantity, clues, memory)
    if quantity.unit == "fraction":
        return _fraction(quantity, clues, memory)
    if quantity.unit == "rank":
        # «Поднялась с 11-го на 9-е место»
        if clues.amount_role == "from":
            return None
        # "Russia ranked third with 10.7 %"
        memory.role, number = "share", quantity.number.value
        return Asserted("rank", interval(quantity, "rank"), number, 1.0, at_base=clues.at_base)
    return _rate(quantity, clues, memory) if quantity.unit in ("percent", "pp") else None


def _is_petty(quantity: Quantity, what: Asserted) -> bool:
    """ "Lots below 200 USD", "2 kg of each grade": no trade of a country."""
    size = abs(what.number)
    money = what.measure == "value" and quantity.magnitude == 1.0 and 0 < size < _SMALLEST_TRADE
    return money or (what.measure == "volume" and what.stated.unit == "t" and 0 < size < _SMALLEST_LOAD)


def interval(quantity: Quantity, unit: StatedUnit, number: Number | None = None) -> Interval:
    """What the printed amount leaves open; of a range, both ends of it."""
    low = (number or quantity.number).interval(unit, quantity.hedge)
    if quantity.top is None:
        return low
    high = quantity.top.interval(unit, quantity.hedge)
    return replace(low, high=high.high) if (high.high or 0) > (low.low or 0) else low


def _amount(quantity: Quantity, clues: Clues, memory: Memory, balance: str) -> Asserted | None:
    if quantity.unit == "usd" and quantity.magnitude == 1.0 and memory.unit in _PER:
        # "6,697 USD per tonne, a quarter more than in 2024 (5,356 USD)".
        quantity = replace(quantity, unit="per_t" if memory.unit == "per_t" else "per_piece")
    unit = _STATED[quantity.unit]
    memory.direction = clues.direction or memory.direction
    adjacent = clues.adjacent and clues.near and clues.amount_role in ("", "by")
    if quantity.unit in _PER and (adjacent or clues.turned_after):
        # "64 USD a tonne less than a year before": no level.
        return None
    memory.weighed = memory.weighed or unit in ("t", "pieces")
    # «Структура импорта: уголь – 875 млн (34,9 %)»: the rates after the amounts are shares.
    memory.role = "share" if clues.share else memory.role
    changed = 0.0 if balance and clues.sign else _changes_by(quantity, clues, memory, balance)
    quantity = replace(quantity, number=_size(quantity.number)) if changed or balance == "deficit" else quantity
    memory.changed, memory.leveled = bool(changed), not changed and unit == "USD"
    if changed:
        memory.role = "growth"
        return _changed_by(quantity, changed, unit)
    sign = DOWN if balance == "deficit" or clues.sign < 0 else UP
    # «Стоимость тонны снизилась со 169 до 125 долл.»
    small = quantity.unit == "usd" and quantity.magnitude <= _LARGEST_PRICE
    memory.priced = small and (clues.of == "unit_value" or memory.priced)
    measure: MeasureName = "unit_value" if memory.priced else _LEVEL_MEASURES.get(quantity.unit, "volume")
    stated = interval(quantity, unit)
    if balance and quantity.unit == "usd":
        measure, stated = "balance", stated.times(sign)
    of = _LEVEL_OF.get(measure, "volume")
    number = quantity.number.value * (sign if measure == "balance" else 1)
    return Asserted(
        measure, stated, number, quantity.number.step, of, _other(quantity, unit, sign if measure == "balance" else 1),
        at_base=clues.at_base, per=_PER.get(quantity.unit, ""),
    )  # fmt: skip


def _changes_by(quantity: Quantity, clues: Clues, memory: Memory, balance: str) -> float:
    """The direction of an amount that tells a change ("rose by 8.5 million", "(−59 million)"), 0 for a level."""
    if quantity.unit in _PER:
        return 0.0
    if quantity.signed and not balance:
        return DOWN if quantity.number.value < 0 else UP
    if clues.adds and clues.explained:
        # "Machinery added 16.02 million (plus 44.6 %)": to what the goods before came to.
        return 0.0
    roles = ("", "by", "level") if clues.named else ("", "by")
    if (clues.turned_after and not balance) or (clues.direction and clues.adjacent and clues.amount_role in roles):
        return clues.direction
    # «на 24,8 % (на 59 млн долл.)»: the direction was told with the rate.
    goes_on = clues.amount_role == "by" and clues.bare_lead and not clues.closed and memory.role == "growth"
    # «Автомобили (1124 штуки на 36,2 млн долл.)»: what the pieces came to.
    goes_on = goes_on and not (quantity.unit == "usd" and memory.before in ("t", "piece"))
    # "Giảm 5,2% (tương đương 61,7 triệu USD)".
    goes_on = goes_on or (clues.equals and memory.role == "growth" and not memory.weighed)
    # "The biggest increases were those of coffee (by 15.2 million) and seafood (by 1.9 million)".
    goes_on = goes_on or clues.bracketed_by
    # "Footwear gained 20.3 million, and pepper 7.5 million".
    goes_on = goes_on or (clues.gapped and memory.changed and clues.amount_role == "")
    return (clues.direction or memory.direction) if goes_on else 0.0


def _other(quantity: Quantity, unit: StatedUnit, sign: float) -> tuple[Interval, ...]:
    """The second reading of an ambiguous separator."""
    if quantity.number.other is None:
        return ()
    step = 0.001 * quantity.magnitude if quantity.number.step > 0.5 * quantity.magnitude else quantity.magnitude
    other = Number(quantity.number.other, step, step)
    return (other.interval(unit, quantity.hedge).times(sign),)


def _changed_by(quantity: Quantity, direction: float, unit: StatedUnit) -> Asserted:
    of: Of = "value" if unit == "USD" else "volume"
    measure: MeasureName = "growth_value" if of == "value" else "growth_volume"
    stated = interval(quantity, unit).times(direction)
    return Asserted(measure, stated, direction * quantity.number.value, quantity.number.step, of, compares=True)


def _rate(quantity: Quantity, clues: Clues, memory: Memory) -> Asserted | None:
    if _is_earlier_rate(clues, memory):
        return _growth(quantity, clues, memory, memory.direction)
    return _percent(quantity, clues, memory)


def _percent(quantity: Quantity, clues: Clues, memory: Memory) -> Asserted | None:
    memory.direction = clues.direction or memory.direction
    goes_on = memory.role == "share" and (quantity.unit == "pp" or clues.likewise)
    if clues.share_moves or (goes_on and _direction(quantity, clues, memory)):
        return _share_change(quantity, replace(clues, direction=_direction(quantity, clues, memory)))
    if clues.ratio and clues.share and clues.dated:
        # "bằng 85 % tổng kim ngạch của cả năm ngoái" compares unlike periods.
        return None
    level = clues.at_base or clues.than_level or clues.bracketed_than
    if level and memory.role == "share" and quantity.unit == "percent":
        return _share(quantity, clues)
    if clues.share and not quantity.signed:
        # "Contributed 0.3 points to the growth" is no share.
        return _share(quantity, clues) if quantity.unit == "percent" else None
    if clues.pace or (memory.role == "pace" and not clues.direction):
        return _pace(quantity, clues, memory)
    # "Fell by 3.9 million, equal to 7.9 %": the same change in per cent.
    again = clues.equals and memory.role == "growth" and not clues.compared_after
    ratios = memory.role == "ratio" and not (clues.direction or quantity.signed)
    if (
        ratios
        or (clues.ratio and not again)
        or (
            clues.compared_after
            and clues.amount_role in ("to", "level")
            and not clues.direction
            and not quantity.signed
        )
    ):
        memory.role = "ratio"
        return _ratio(quantity, clues)
    direction = _direction(quantity, clues, memory)
    if direction:
        return _growth(quantity, clues, memory, direction)
    if clues.compared_after and quantity.hedge == "more":
        # "vượt 10,8 % so với cùng kỳ": what looks like a hedge is the direction.
        return _growth(replace(quantity, hedge=""), clues, memory, UP)
    if clues.compared_after and quantity.number.value >= _SMALLEST_RATIO and quantity.unit == "percent":
        return _ratio(quantity, clues)
    # "The main exports: coal (32 %), fertilisers (13 %)": a bare rate beside goods is their share.
    shared = memory.role == "share" or clues.itemised or (clues.bracketed and not memory.role and not clues.of)
    # "Coal comes first with 875 million USD (34.9 %)".
    shared = shared or (memory.leveled and not memory.role and [piece.value for piece in clues.lead] == ["("])
    # "Main markets: the United States 29.5 %, China 15.1 %".
    shared = shared or (not memory.role and clues.of is None and _names_partner(clues.lead))
    return _share(quantity, clues) if shared and quantity.unit == "percent" else None


def _names_partner(lead: Sequence[Piece]) -> bool:
    """Whether a country stands right before, behind the colon of a list of them; the number may be in brackets."""
    named = lead[:-1] if lead and lead[-1].value == "(" else lead
    return len(named) > 1 and named[-1].kind == "place" and named[-2].value == ":"


def _is_earlier_rate(clues: Clues, memory: Memory) -> bool:
    """ "Growth was 11.7 % in 2025, down from 18.9 % in 2024": the earlier rate is one of growth too."""
    earlier = clues.at_base and clues.amount_role == "from" and clues.dated and not clues.share
    return earlier and memory.role == "growth" and bool(memory.direction)


def _direction(quantity: Quantity, clues: Clues, memory: Memory) -> float:
    if quantity.signed:
        return DOWN if quantity.number.value < 0 else UP
    if clues.direction:
        return clues.direction
    if clues.over:
        return clues.over
    # "…from 19.3 to 33.3 million, or by 72.5 %": the direction was told with the levels.
    goes_on = memory.role == "growth" or clues.amount_role == "by" or quantity.unit == "pp"
    return memory.direction if goes_on else 0.0


def _growth(quantity: Quantity, clues: Clues, memory: Memory, direction: float) -> Asserted:
    of = _told_of(clues, memory)
    measure = GROWTH_OF.get(of, "unit_value")
    size = replace(quantity, number=_size(quantity.number))
    unit = _STATED[quantity.unit]
    stated = interval(size, unit).times(direction)
    memory.direction, memory.role, memory.of = direction, "growth", of
    number = direction * size.number.value
    return Asserted(
        measure, stated, number, size.number.step, of, at_base=clues.after, compares=True, of_said=clues.of is not None
    )


def _told_of(clues: Clues, memory: Memory) -> Of:
    """What changed: as said, else what the level that the change leads to is of, else what the last amount was of."""
    if clues.of or clues.next_of:
        return clues.of or clues.next_of or "value"
    if clues.elsewhere and memory.of:
        return memory.of
    if memory.unit in ("t", "piece") or (clues.amount and memory.weighed):
        return "volume"
    # "Giá bình quân mỗi tấn 6.563 USD, tăng 18,7%"
    return "unit_value" if memory.unit in _PER or memory.priced else "value"


def _size(number: Number) -> Number:
    return number if number.value >= 0 else number.scaled(-1)


def _share(quantity: Quantity, clues: Clues) -> Asserted:
    stated = interval(quantity, "percent")
    of = clues.of or "value"
    return Asserted("share", stated, quantity.number.value, quantity.number.step, of, at_base=clues.at_base)


def _share_change(quantity: Quantity, clues: Clues) -> Asserted:
    if clues.amount_role in ("to", "level", "from", "against"):
        return _share(quantity, clues)
    unit = _STATED[quantity.unit]
    stated = interval(quantity, unit).times(clues.direction)
    # "The share fell by 1.2 %" may mean per cent of the share or percentage points.
    readings = (replace(stated, unit="percentage_point"),) if unit == "percent" else ()
    number = clues.direction * quantity.number.value
    return Asserted("share", stated, number, quantity.number.step, "share", readings, change=True, compares=True)


def _ratio(quantity: Quantity, clues: Clues) -> Asserted:
    hundredth = quantity.number.scaled(0.01)
    stated = interval(quantity, "ratio", hundredth)
    return Asserted("multiple", stated, hundredth.value, hundredth.step, clues.of or "value", compares=True)


def _pace(quantity: Quantity, clues: Clues, memory: Memory) -> Asserted:
    """«Темп роста 110 %» is a ratio; «темп роста 12 %» is said by people who mean a change."""
    if quantity.number.value < _SMALLEST_RATIO:
        return _growth(quantity, clues, memory, clues.direction or UP)
    memory.role = "pace"
    ratio = _ratio(quantity, clues)
    change = interval(
        quantity,
        "ratio",
        Number(1 + quantity.number.value / 100, quantity.number.step / 100, quantity.number.step / 100),
    )
    return replace(ratio, readings=(change,))


def _multiple(quantity: Quantity, clues: Clues, memory: Memory) -> Asserted | None:
    of = _told_of(clues, memory)
    if quantity.rough and quantity.number.value < 1 and (clues.near or clues.direction) > 0:
        # «Увеличил импорт почти наполовину»
        half = replace(quantity, number=quantity.number.scaled(100), unit="percent")
        return _growth(half, clues, memory, UP)
    if quantity.rough and quantity.number.value < 1:
        return replace(_left(quantity, of), of_said=clues.of is not None)
    goes_on = clues.bare_lead and clues.lead[0].value != "(" and memory.role != "share"
    near = clues.near or (memory.direction if goes_on else 0.0)
    down = near < 0 and not (quantity.rough and quantity.number.value < 1)
    if clues.share and not clues.direction:
        return None
    stated = interval(quantity, "ratio")
    number = quantity.number.value
    if down and number > 1 and stated.low and stated.high:
        stated, number = Interval(1 / stated.high, 1 / stated.low, "ratio"), 1 / number
        return Asserted("multiple", stated, number, quantity.number.step, of, compares=True)
    if number < 1 and clues.near > 0 and not quantity.rough:
        # "tăng 0,5 lần" can only mean half as much again.
        return Asserted("multiple", stated.plus(1), number + 1, quantity.number.step, of, compares=True)
    readings = (stated.plus(1),) if _may_mean_more(quantity, clues) else ()
    return Asserted(
        "multiple", stated, number, quantity.number.step, of, readings, compares=True, of_said=clues.of is not None
    )


def _left(quantity: Quantity, of: Of) -> Asserted:
    """What is left of a part lost: to fall by more than half is to be left with less than half."""
    number = quantity.number
    lost = whole(1 - number.value, number.step).interval("ratio", quantity.hedge)
    stated = lost.times(-1).plus(1)
    return Asserted("multiple", stated, number.value, number.step, of, compares=True)


def _may_mean_more(quantity: Quantity, clues: Clues) -> bool:
    """ "tăng 3 lần" may be three times as much or three times more; "в 3 раза" and "threefold" may not."""
    return (
        clues.near > 0
        and quantity.words in rule_words("times")
        and clues.amount_role not in ("to", "level")
        and not quantity.rough
    )


def _fraction(quantity: Quantity, clues: Clues, memory: Memory) -> Asserted | None:
    part = quantity.number
    if clues.share:
        return _share(replace(quantity, number=part.scaled(100), unit="percent"), clues)
    if clues.ratio:
        return _ratio(replace(quantity, number=part.scaled(100)), clues)
    direction = _direction(quantity, clues, memory)
    if not direction:
        return None
    memory.direction, memory.role = direction, "growth"
    if direction < 0 and abs(part.value - 0.5) < 1e-6:
        return _left(quantity, clues.of or "value")
    return _growth(replace(quantity, number=part.scaled(100), unit="percent"), clues, memory, direction)
