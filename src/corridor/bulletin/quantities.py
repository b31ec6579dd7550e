"""An amount: its number with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from corridor.bulletin.claims import Hedge
from corridor.bulletin.numbers import Number
from corridor.bulletin.phrases import Mark, Slotless

Counted = Literal["usd", "t", "piece", "percent", "pp", "times", "per_t", "per_piece", "fraction", "rank", ""]
COUNTED: tuple[Counted, ...] = get_args(Counted)
#: Units of amounts that a subject has, not of changes.
LEVELS: frozenset[Counted] = frozenset({"usd", "t", "piece", "per_t", "per_piece"})
#: The units of one amount of goods, weighed or counted, and paid.
WEIGHED_AND_PAID: tuple[set[str], ...] = ({"t", "usd"}, {"piece", "usd"})
#: The group whose bare numbers are vehicles.
CARS = "motor_vehicles"
#: What an amount is called that is taken to be money.
MONEY = "money"
#: The slot of a header whose unit holds for the whole text.
WIDE = "wide"


@dataclass(frozen=True)
class Quantity(Slotless):
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
