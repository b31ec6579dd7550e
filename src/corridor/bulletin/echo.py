"""The amount before, and what another one that only repeats it, or leads on from it, takes over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corridor.bulletin.bites import Bite
from corridor.bulletin.clock import TIMES
from corridor.bulletin.clues import Clues
from corridor.bulletin.later_bases import Told
from corridor.bulletin.maker import Times
from corridor.bulletin.neighbours import adds_change, compared, leads_to
from corridor.bulletin.places import NOTHING, Pieces
from corridor.bulletin.quantities import LEVELS, WEIGHED_AND_PAID
from corridor.bulletin.roles import Memory
from corridor.bulletin.telling import Telling
from corridor.bulletin.when import When

_OF_OTHER_TIMES = frozenset({"from", "against", "to", "level"})
# What may stand between the weight of goods and what was paid for them.
_JOINS = frozenset({"measure", "prep", "hedge", "adverb", "product", "goods", "other"})


@dataclass
class Echo:
    """The amount told last in a sentence.

    ``last`` are its periods, ``trail`` is what followed it; ``at_base``: another was compared with it.
    """

    telling: Telling
    memory: Memory
    based: list[Told]
    last: Times
    at_base: bool = False
    trail: Pieces = NOTHING

    def in_time(self, bite: Bite, clues: Clues, own: Times) -> tuple[Clues, Times]:
        """The periods of an amount that only repeats, or leads on from, the one before it."""
        recalled = self._recalled(bite)
        if recalled is not None:
            return clues, replace(own, when=recalled, said_after=True)
        if self._repeats_base(bite) or self._tells_of_base(bite):
            return replace(clues, at_base=True), replace(self.last, said_after=False)
        if self._brackets_base(bite):
            return replace(clues, at_base=True), own
        if (dated := self._dated_by_bracket(bite)) is not None:
            return replace(clues, at_base=False), replace(own, when=dated, said_after=True)
        if self._goes_with(bite) and not own.said_after:
            return clues, replace(own, when=self.last.when, said_after=True)
        if self._repeats_level(bite) or (self._tells_on(bite, clues) and not own.said_after):
            return replace(clues, at_base=self.at_base), self.last
        return clues, own

    def _dated_by_bracket(self, bite: Bite) -> When | None:
        """ "More than in the whole of 2025 (6.99 million)": the level of the whole period compared with."""
        mark = bite.lead[-2] if len(bite.lead) > 1 and bite.lead[-1].value == "(" else None
        whole = mark is not None and mark.slot("whole") and bite.quantity.unit in LEVELS
        return When.year(mark.slot("Y") or 0) if mark is not None and whole else None

    @staticmethod
    def _brackets_base(bite: Bite) -> bool:
        """ "Higher than May 2025 (202.6 million)": the level compared with."""
        opened = len(bite.lead) > 2 and bite.lead[-1].value == "(" and bite.quantity.unit in LEVELS
        mark = bite.lead[-2] if opened else None
        told = mark is not None and mark.kind in TIMES and not mark.slot("whole")
        return told and compared(bite.lead, len(bite.lead) - 2)

    def _goes_with(self, bite: Bite) -> bool:
        """ "More than halved in 2025 to 3.4 million", "7.7 million in 2025, a 37.5 % fall": the period holds on."""
        if not self.last.said_after or self.at_base:
            return False
        return leads_to(bite) or (adds_change(bite) and not bite.at_base)

    def _repeats_base(self, bite: Bite) -> bool:
        """ "13.8 % less than in January 2024 (435 million)": the brackets tell the level compared with."""
        opened = not bite.lead or (len(bite.lead) == 1 and bite.lead[0].value == "(")
        # "13.8 % to RM 22.4 billion (5.30 billion USD)": the level in another money.
        opened = opened and "bare" not in self.trail.kinds
        level = bite.quantity.unit in ("usd", "t", "piece") and not bite.quantity.signed
        # "($875.1 million) than in 2024 ($913.2 million)".
        own = self.last.base_mark is not None and self.last.base_mark is not self.telling.clock.times.base_mark
        told = bool(self.based) and self.based[-1].claim.base is not None and self.based[-1][1]
        # "Tăng cao so với cùng kỳ gồm: cà phê tăng 32,3% (51,6 triệu USD)": the base was told of all, before them.
        told = told and bool(self.trail.kinds & {"base", *TIMES})
        return opened and level and (told or (own and bool(bite.lead)))

    def _tells_of_base(self, bite: Bite) -> bool:
        """ "14.7 % more than in 2024, when deliveries were 70.6 thousand tonnes": the level of the base."""
        opened = [piece.kind for piece in bite.lead[:2]] == ["sep", "relative"]
        return opened and (self.last.named_base is not None or self.last.base_mark is not None)

    def _recalled(self, bite: Bite) -> When | None:
        """ "The best result since 2021, when the figure was 5.54 billion"."""
        if "relative" not in self.trail.kinds | bite.lead.kinds:
            return None
        told = (*self.trail, *bite.lead)
        place = next((at for at in range(len(told) - 1, 1, -1) if told[at].kind == "relative"), 0)
        since = told[place - 2] if place and told[place - 1].kind == "sep" else None
        year = since.slot("Y") if since is not None and since.kind == "ignore" else None
        return When.year(year) if year is not None else None

    def _tells_on(self, bite: Bite, clues: Clues) -> bool:
        """ "A year earlier it was 12,900 tonnes | for 3.5 million": the same goods in another unit."""
        if not self._in_other_unit(bite):
            return False
        between = all(piece.kind in _JOINS or piece.value == "," for piece in (*self.trail, *bite.lead))
        # "For 5.6 million, down from 9,120 tonnes"
        told = not bite.quantity.signed and clues.amount_role not in _OF_OTHER_TIMES
        return between and told

    def _in_other_unit(self, bite: Bite) -> bool:
        return {bite.quantity.unit, self.memory.unit} in WEIGHED_AND_PAID

    def _repeats_level(self, bite: Bite) -> bool:
        """ "130 thousand tonnes (18.6 million USD) a year before": the brackets tell the same thing in another unit."""
        if not self._in_other_unit(bite):
            return False
        kinds = [piece.kind for piece in bite.lead if piece.kind != "measure"]
        opened = kinds in (["sep"], ["sep", "prep"]) and bite.lead[0].value == "("
        # "A year before, 70,566 tonnes and 306.2 million".
        opened = opened or kinds == ["and"] or [piece.value for piece in (*self.trail, *bite.lead)] == ["/"]
        # "… (a year before: 61 thousand tonnes, 34.9 million USD)"
        listed = self.at_base and [piece.value for piece in bite.lead if piece.kind != "measure"] == [","]
        opened = opened or (listed and not self.trail)
        dated = not bite.trail.kinds.isdisjoint(TIMES)
        if self.at_base and not kinds and bite.lead:
            # "Down from 10,947 tonnes worth 7.8 million USD".
            return not dated
        # "A year earlier 3,050 tonnes and USD 5.2 million were shipped"
        bare = all(piece.kind == "sep" or piece.slot("verb") for piece in bite.trail)
        return opened and bare and not bite.quantity.signed
