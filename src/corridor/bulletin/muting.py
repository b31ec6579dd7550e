"""Amounts that are no claims: targets, guesses, duties, other partners' trade, other things counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.bulletin.bites import Bite
from corridor.bulletin.claims import TOTAL
from corridor.bulletin.clock import TIMES
from corridor.bulletin.neighbours import changed_since, compares_partners
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.quantities import LEVELS, Quantity
from corridor.bulletin.telling import Telling

_APART = frozenset({"duty", "off_topic"})
_CHANGES = frozenset({"percent", "times", "fraction"})
# What may stand between goods and the amount that each of them passed.
_BESIDE_MANY = frozenset({"flow", "place", "measure", "period"})
# A guess has one digit before its noughts.
_DIGIT = 10


def compares_goods(clause: Sequence[Piece]) -> bool:
    """ "Lower than Australian coal": a comparison with other goods, not with another time."""
    against = next((at for at, piece in enumerate(clause) if piece.value.endswith("/against")), None)
    after = clause[against + 1 :] if against is not None else ()
    goods = bool(after) and (after[0].kind == "product" or isinstance(after[0], Place))
    return goods and not any(piece.kind in TIMES for piece in after)


def falls_short(bite: Bite) -> bool:
    """ "6.46 %, which fell short of the target of 425 million": what was reached, and then the target."""
    if "mute" not in bite.trail.kinds:
        return False
    planned = next(at for at, piece in enumerate(bite.trail) if piece.kind == "mute")
    return any(piece.kind in ("direction", "ignore") for piece in bite.trail[:planned])


def _is_round(quantity: Quantity) -> bool:
    """ "Valued at 20 million" by guess; who says "valued at 7.3 million", or 498, counted it."""
    size = quantity.number.value / quantity.magnitude
    return quantity.number.step >= quantity.magnitude and (size < _DIGIT or size % _DIGIT == 0)


def _is_threshold(lead: Sequence[Piece]) -> bool:
    """ "Các mặt hàng xuất khẩu trên 100 triệu USD gồm": what each of them passed, no figure of any."""
    kinds = [piece.kind for piece in lead]
    many = next((at for at in range(len(kinds) - 1, -1, -1) if kinds[at] == "many"), None)
    return many is not None and set(kinds[many + 1 :]) <= _BESIDE_MANY


@dataclass
class Muting:
    """What the words of a sentence say is no claim; ``others``: the amount before counted what is no trade."""

    telling: Telling
    others: bool = False

    def covers(self, bite: Bite, *, looks_back: bool) -> bool:
        """Whether the words around an amount make it no claim."""
        muted_after = "mute" in bite.trail.kinds and self._plans(bite)
        # "26th on the list of foreign investors": what a rank is of stands anywhere behind it.
        near = bite.trail if bite.quantity.unit == "rank" else bite.trail[:3]
        after = muted_after or any(piece.kind in _APART for piece in near)
        after = after or compares_partners(bite) or (bite.quantity.unit in _CHANGES and compares_goods(bite.trail))
        daily = self.telling.daily or "per_day" in bite.trail.kinds
        contributes = bite.quantity.unit == "pp" and "contribution" in self.telling.pieces.kinds
        after = after or contributes or changed_since(bite) or self._counts_others(bite)
        estimated = self.telling.estimated and self.telling.subject.product != TOTAL and _is_round(bite.quantity)
        passed = bite.quantity.hedge in ("more", "below") and (self.telling.counted or _is_threshold(bite.lead))
        # "To 15 billion by 2030, up from 4.77 billion in 2025": what a plan is measured against is no plan.
        return (
            (self.telling.muted and not looks_back)
            or self.telling.duty
            or after
            or self.telling.off_topic
            or daily
            or estimated
            or passed
            or not bite.quantity.unit
        )

    def _plans(self, bite: Bite) -> bool:
        """Whether what follows an amount tells a plan, and not one that the amount is set against."""
        told = any(piece.kind == "mute" and not self.telling.clock.is_past(piece) for piece in bite.trail)
        return told and not falls_short(bite)

    def _counts_others(self, bite: Bite) -> bool:
        """ "234 thousand visitors, up almost threefold": a change of what is no trade."""
        if bite.quantity.unit in LEVELS:
            self.others = False
            return False
        places = range(len(bite.lead) - 1, -1, -1)
        counted = next((at for at in places if bite.lead[at].kind in ("foreign_unit", "off_topic")), None)
        after = bite.lead if counted is None else bite.lead[counted:]
        named = any(piece.kind in ("flow", "product", "measure", "share", "earned", "ratio") for piece in after)
        self.others = not named and (self.others or counted is not None)
        return self.others
