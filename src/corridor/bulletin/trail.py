"""What follows an amount: its own periods, the goods, the flow and the areas that are told after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corridor.bulletin.bites import Bite, is_dated_aside
from corridor.bulletin.claims import BALANCES, BOTH, TOTAL, UNKNOWN
from corridor.bulletin.clock import TIMES
from corridor.bulletin.clues import Clues
from corridor.bulletin.habits import habits
from corridor.bulletin.maker import Times
from corridor.bulletin.neighbours import as_year, compared, holds_share, in_measure, is_close
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.quantities import LEVELS
from corridor.bulletin.residue import unknown_after
from corridor.bulletin.telling import Telling
from corridor.bulletin.when import When

_LEVELS_AND_SHARES = LEVELS | {"percent", "fraction"}


@dataclass(frozen=True)
class Trail:
    """An amount whose followers ``telling`` takes in; ``clues`` are the words around it."""

    telling: Telling
    bite: Bite
    clues: Clues

    def times(self) -> Times:
        """Takes in what follows the amount; gives the periods that hold for this amount alone."""
        telling, bite = self.telling, self.bite
        own = replace(telling.clock.times)
        telling.subject.spent = False
        for place, piece in enumerate(bite.trail):
            telling.clock.bracket(piece)
            if isinstance(piece, Place):
                telling.subject.take_place(piece.role, piece.code)
                telling.speak_of(piece)
            elif isinstance(piece, Mark) and piece.kind in TIMES:
                if not self._is_of_outer(place):
                    self._time_after(own, piece, place)
            elif telling.clock.is_past(piece):
                self._past_after(own, as_year(piece), place)
            elif piece.kind == "product" and (holds_share(bite) if self.clues.share else is_close(bite, place)):
                telling.take_product(piece.value, piece.i, piece.j)
            elif self._tells_flow(piece, place):
                telling.supplied = bool(piece.slot("seller"))
                self._flow_after(self._flow_told(piece, place))
            else:
                self._refer_after(piece, bite.trail[place - 1] if place else piece)
        unknown = unknown_after(bite, telling.language)
        if unknown is not None:
            telling.take_product(UNKNOWN, *unknown)
        return own

    def _is_of_outer(self, place: int) -> bool:
        """ "295 million (2024: 236 million) in 2025": after a bracket with its own time, that of what is before it."""
        opened = [at for at, piece in enumerate(self.bite.lead) if piece.value == "("]
        own = bool(opened) and any(piece.kind in TIMES for piece in self.bite.lead[opened[-1] :])
        return own and any(piece.value == ")" for piece in self.bite.trail[:place])

    def _tells_flow(self, piece: Piece, place: int) -> bool:
        """Whether a flow is told: the whole of a share, or one that no measure is only of."""
        if not isinstance(piece, Mark) or piece.kind != "flow" or piece.value in BALANCES:
            return False
        if piece.slot("market") and self.telling.subject.flow in BOTH:
            # "Nga ở vị trí thứ 6 trong các nước nhập khẩu cà phê": beside the flow told.
            return False
        whole = self.clues.share and not piece.slot("moves")
        return whole or not in_measure(self.bite.trail, place)

    def _flow_told(self, piece: Piece, place: int) -> str:
        """ "Đứng đầu các nước nhập khẩu gạo": who buys it there sees an import, the text its export."""
        goods = self.bite.trail[place + 1 : place + 2]
        buys = piece.slot("market") and bool(goods) and goods[0].kind == "product"
        return self.telling.scene.only_flow(goods[0].value) or "export" if buys else self.telling.flow_of(piece)

    def _refer_after(self, piece: Piece, before: Piece) -> None:
        """ "77.9 million of it", "to the world", "there": what the words after an amount refer to."""
        subject = self.telling.subject
        if piece.kind == "whole_country":
            subject.take_whole(piece.value)
        elif piece.kind == "goods" and self.telling.kept:
            # "Exported coffee … and imported 2.51 billion of goods".
            subject.product, subject.word = TOTAL, ""
        elif piece.kind == "anaphora" and piece.value == "partner":
            subject.sides.mutual, subject.world = True, False
        elif piece.kind == "anaphora" and piece.value == "first" and before.value.startswith("of/"):
            subject.take_same_product()

    def _past_after(self, own: Times, mark: Mark, place: int) -> None:
        """A year told as a date: in Russian the base («к 2024 году»), elsewhere the period ("vào năm 2022")."""
        if habits(self.telling.language).dates_are_bases:
            own.named_base, own.base_mark = When.year(mark.slot("Y") or 0), None
        else:
            self._time_after(own, mark, place)

    def _flow_after(self, flow: str) -> None:
        """A flow told after its amount; of a share it is the whole, which may be told as "the total turnover"."""
        subject, share = self.telling.subject, self.clues.share
        if subject.sides.bought and flow == "import":
            # "Người Nga chi 462,3 triệu USD mua cà phê": the other side's purchase, told already.
            return
        balance = subject.flow == "balance" and self.bite.quantity.unit != "rank"
        of_balance = balance and (flow == "turnover" or subject.fresh_flow)
        if not of_balance and (not share or flow != "turnover" or self._names_all()):
            if {flow, subject.flow} == BOTH and self.telling.foretold:
                return
            if self._names_all():
                subject.product, subject.word = TOTAL, ""
            if {flow, subject.flow} == BOTH and not share:
                # "2.26 billion in exports to Russia and 2.51 billion in imports": nobody imports to Russia here.
                subject.turn_back()
            subject.flow, subject.fresh_flow = flow, True
            subject.trade = flow if flow in BOTH else subject.trade

    def _names_all(self) -> bool:
        """ "The figures are 49.2 million of exports", "402.7 million of two-way trade": no goods are named with it."""
        of = bool(self.bite.trail) and self.bite.trail[0].value.startswith("of/")
        flow = len(self.bite.trail) > 1 and self.bite.trail[1].kind == "flow"
        return of and flow and self.bite.quantity.unit == "usd" and not self.telling.subject.fresh_product

    def _time_after(self, own: Times, mark: Mark, place: int) -> None:
        trail, clock = self.bite.trail, self.telling.clock
        if mark.slot("open") and not (self.clues.at_base or compared(trail, place, "/against", "/over")):
            return
        if mark.kind in ("base", "then"):
            own.base_mark, own.named_base = mark, None
            own.then_mark = mark if mark.kind == "then" and not compared(trail, place, "against", "over") else None
            if self.clues.at_base:
                clock.times.base_mark, clock.times.named_base = mark, None
        elif compared(trail, place, "/against", "/over"):
            own.named_base, own.base_mark = clock.compared_with(mark), None
        elif not clock.names_its_year(mark):
            self._period_after(own, mark)

    def _period_after(self, own: Times, mark: Mark) -> None:
        clock = self.telling.clock
        clock.set(own, mark)
        own.said_after = True
        if self.clues.at_base and mark.slot("Y") is None:
            # "In January 96,000 tonnes, down from 142,000 in December": of the year before.
            own.when = clock.before(own.when)
        multiple = self.bite.quantity.unit == "times" or self.clues.ratio
        if multiple and (mark.value == "year_level" or clock.precedes(own.when)):
            # "13.7 times as much as in 2024", "gấp 13,7 lần năm 2024".
            own.named_base, own.base_mark, own.when, own.said_after = own.when, None, clock.times.when, False
        elif self.clues.at_base and self.bite.quantity.unit in _LEVELS_AND_SHARES:
            # "from 1.74 billion in 2023 to 2.34 billion in 2024": the first year is the base of what follows.
            own.when = _same_months(own.when, clock.times.when, self.bite)
            clock.times.named_base, clock.times.base_mark = own.when, None
        elif not (clock.times.said_here or is_dated_aside(self.bite.trail)):
            clock.set(clock.times, mark)


def _same_months(told: When | None, now: When | None, bite: Bite) -> When | None:
    """ "In the first half, below the 2.00 billion for 2022": the same months of a year told beside shorter ones."""
    whole = any(piece.slot("whole") for piece in bite.trail)
    whole = whole or bite.quantity.unit not in LEVELS
    if told is None or now is None or told.length != 12 or now.length >= 12 or whole:
        return told
    return now.shifted(12 * (told.end_year - now.end_year)) if told.end_year < now.end_year else told
