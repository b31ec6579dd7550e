"""What a sentence asserts: a closed vocabulary, an interval that its rounding allows, and a place in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar, get_args

from corridor.errors import UnknownName

Language = Literal["en", "ru", "vi"]
Flow = Literal["export", "import", "turnover", "balance"]
MeasureName = Literal[
    "value", "volume", "unit_value", "growth_value", "growth_volume", "share", "balance", "multiple", "rank",
    "direction",
]  # fmt: skip
StatedUnit = Literal["USD", "t", "pieces", "percent", "percentage_point", "ratio", "rank"]
Hedge = Literal["", "about", "nearly", "below", "more"]
BaseKind = Literal["same_period", "previous", "period"]
#: What a unit value is told for.
Per = Literal["", "t", "piece"]
#: What changed: a growth, a multiple or a direction speaks of the value, the volume, the unit value or a share.
Of = Literal["value", "volume", "unit_value", "share"]
#: What a share or a rank is counted among: the products traded with the partner, or the partners of the reporter.
Among = Literal["", "products", "partners"]

FLOWS: tuple[Flow, ...] = get_args(Flow)
HEDGES: tuple[Hedge, ...] = get_args(Hedge)
OFS: tuple[Of, ...] = get_args(Of)

#: What the other side's books call a flow.
MIRROR: dict[Flow, Flow] = {"export": "import", "import": "export"}

#: How a change of an amount is called by what it is of.
GROWTH_OF: dict[Of, MeasureName] = {"value": "growth_value", "volume": "growth_volume"}

TOTAL, UNKNOWN = "total", "unknown"

#: The two flows of goods, which a turnover is the sum of and a balance the difference.
BOTH = frozenset({"export", "import"})
#: The words by which a text tells a balance; "surplus" and "deficit" carry its sign.
BALANCES = frozenset({"surplus", "deficit", "balance"})


_Word = TypeVar("_Word", bound=str)


def one_of(known: tuple[_Word, ...], text: str) -> _Word:
    """A word that a lexicon holds, as the member of the closed list that it must be. Raises `UnknownName`."""
    for each in known:
        if each == text:
            return each
    raise UnknownName(f"no such word: “{text}”", next_step=f"there are: {', '.join(known)}")


def mirrored(flow: str) -> str:
    """What the other side's books call a flow; what they call the same stays."""
    return MIRROR[one_of(FLOWS, flow)] if flow in BOTH else flow


@dataclass(frozen=True)
class Interval:
    """What a printed number leaves open; None is an open end. Per cent are per cent here: 10 is 10 %."""

    low: float | None
    high: float | None
    unit: StatedUnit

    def holds(self, value: float) -> bool:
        """Whether a number lies inside, both ends included, up to the noise of binary fractions."""
        noise = 1e-9 * max(abs(value), 1.0)
        return (self.low is None or self.low - noise <= value) and (self.high is None or value <= self.high + noise)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        if not lows or not highs:
            return True
        noise = 1e-9 * max(abs(max(lows)), 1.0)
        return max(lows) <= min(highs) + noise

    def times(self, factor: float) -> Interval:
        """The interval of a number ``factor`` times as large."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Interval(low, high, self.unit) if factor > 0 else Interval(high, low, self.unit)

    def plus(self, amount: float) -> Interval:
        """The interval of a number so much larger."""
        low, high = (None if end is None else end + amount for end in (self.low, self.high))
        return Interval(low, high, self.unit)


@dataclass(frozen=True)
class Level:
    """What the amounts of a table are counted in: what they measure, the unit, how many of it."""

    of: Of
    unit: StatedUnit
    magnitude: float


@dataclass(frozen=True)
class Base:
    """What a change is measured against: the same period a year before, the period just before, or a named one."""

    kind: BaseKind
    period: str


@dataclass(frozen=True)
class Claim:
    """One assertion. ``span`` counts characters of the text as read; ``number`` is as printed, in ``stated.unit``.

    ``period`` and the base's are codes (``2025-01``, ``2025-Q1``, ``2025-01:2025-09``, ``2025``), empty where the text
    does not say. ``readings`` are further intervals that the same words allow ("tăng 3 lần"). ``step`` is the value of
    the last printed digit. ``of_said``: the text says whether value or volume changed; else both are allowed.
    ``among`` and ``whole`` say in what a share is counted: the products of the pair's trade, or the reporter's trade
    with all partners (with a group of areas, where ``whole`` names one). ``change`` marks a share that is said to have
    risen or fallen by so much. ``per`` is what a unit value in US dollars is told for. ``office`` is the area whose
    statistics the text names.
    """

    text: str
    span: tuple[int, int]
    language: Language
    flow: Flow
    product: str
    reporter: str
    partner: str
    period: str
    measure: MeasureName
    stated: Interval
    number: float
    step: float
    magnitude: float = 1.0
    hedge: Hedge = ""
    word: str = ""
    of: Of = "value"
    of_said: bool = True
    base: Base | None = None
    readings: tuple[Interval, ...] = ()
    among: Among = ""
    whole: str = ""
    change: bool = False
    per: Per = ""
    office: str = ""

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every reading, the first one first."""
        return (self.stated, *self.readings)

    def mirrored(self) -> Claim:
        """The same goods in the other side's books."""
        flow = MIRROR.get(self.flow, self.flow)
        return replace(self, flow=flow, reporter=self.partner, partner=self.reporter, office=self.partner)

    def seen_by_partner(self) -> Claim:
        """The same assertion as the partner would make it: a surplus is its deficit."""
        flow = MIRROR.get(self.flow, self.flow)
        turned = replace(self, flow=flow, reporter=self.partner, partner=self.reporter)
        if self.measure != "balance":
            return turned
        return replace(turned, number=-self.number, stated=self.stated.times(-1))

    @property
    def is_growth(self) -> bool:
        """Whether it compares two periods."""
        return self.base is not None and (
            self.change or self.measure in ("growth_value", "growth_volume", "multiple", "direction", "unit_value")
        )


Claims: TypeAlias = tuple[Claim, ...]
