"""Texts on several partners: which of their amounts are of the trade with all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corridor.bulletin.bites import bites
from corridor.bulletin.claims import BOTH, Claim
from corridor.bulletin.later_bases import Told
from corridor.bulletin.places import PARTNERS, Piece, Pieces, Place
from corridor.bulletin.quantities import LEVELS, Quantity
from corridor.bulletin.scene import WORLD
from corridor.bulletin.statement import Statement
from corridor.bulletin.telling import Telling
from corridor.bulletin.when import When
from corridor.codes import areas

# So much more than what was told of one partner is the trade with all, by what is said of it.
_WHOLE, _MUCH = 1.2, 3.0
# How much nearer to the trade with all than to a partner's an amount must be.
_NEARER = math.log(2)
_LEVELS = frozenset({"value", "volume"})
_CHANGES = frozenset({"growth_value", "growth_volume", "multiple"})
# How far behind the trade with all its parts are listed.
_NEAR = 4
# A text that tells amounts of so many partners, and opens without one, is on the trade with all.
_SEVERAL = 2
_APART = frozenset({"turn", "alone"})


@dataclass
class Markets:
    """The claims of one sentence that names no partner: with whom the trade is that they tell.

    ``turned`` is the pair of the first one that turned out to be of the trade with all, as it was read; ``lanes`` are
    those of the pair that the sentence told.
    """

    telling: Telling
    turned: tuple[str, str] = ("", "")
    lanes: set[tuple[str, ...]] = field(default_factory=set)

    def with_all(self, claim: Claim) -> Claim:
        """The claim, of the trade with all if its words or its size tell that."""
        if claim.partner == WORLD and not claim.among:
            # "All foreign trade came to 40.1 billion: exports to 16.4, imports to 23.8"
            self.turned = (claim.reporter, self.telling.scene.partner)
        if self._names_partner(claim) or claim.among:
            return claim
        goes_on = (claim.reporter, claim.partner) == self.turned
        sums = not goes_on and lane_of(claim) not in self.lanes and self._sums(claim)
        if not (goes_on or sums or self._is_nearer(claim)):
            self.lanes.add(lane_of(claim))
            return claim
        self.turned = (claim.reporter, claim.partner)
        if sums:
            self.telling.scene.turn_to_all(claim.reporter)
        self.telling.subject.world = True
        return replace(claim, partner=WORLD)

    def with_changes(self, told: Sequence[Told]) -> list[Told]:
        """ "All foreign trade grew by 14.9 %, to 40.1 billion": the change is of what the level is of."""
        last = next((at for at, each in enumerate(told) if each.claim.partner == WORLD), len(told))
        if not all(self.turned) or last == len(told):
            return list(told)
        whole = told[last].claim
        return [
            each._replace(claim=replace(each.claim, partner=WORLD)) if at < last and self._leads_to(each.claim, whole)
            else each
            for at, each in enumerate(told)
        ]  # fmt: skip

    def _leads_to(self, change: Claim, level: Claim) -> bool:
        same = (change.flow, change.product) == (level.flow, level.product)
        return same and change.measure in _CHANGES and (change.reporter, change.partner) == self.turned

    def _names_partner(self, claim: Claim) -> bool:
        subject = self.telling.subject
        placed = subject.pair or subject.listed not in ("", claim.reporter) or subject.sides.mutual
        placed = placed or any(role != "of" for role in subject.roles)
        return bool(placed) or claim.partner in ("", WORLD) or claim.reporter == ""

    def _sums(self, claim: Claim) -> bool:
        """ "In all, Russia exported 192 million tonnes of coal", after 6.9 million to Viet Nam: with all partners."""
        before = [piece for piece in self.telling.pieces if self.telling.tokens[piece.i].start < claim.span[0]]
        if claim.measure not in _LEVELS or not any(piece.kind == "total" for piece in before):
            return False
        subject = self.telling.subject
        owned = claim.reporter in (subject.roles.get("of"), subject.listed)
        owned = owned or any(piece.kind == "whole_country" for piece in before)
        told, rate = self._rate_before(claim), rate_of(claim)
        return rate > (_WHOLE if owned else _MUCH) * told > 0

    def _rate_before(self, claim: Claim) -> float:
        rates = self.telling.scene.rates
        both = [replace(claim, flow="export"), replace(claim, flow="import")] if claim.flow == "turnover" else []
        return rates.get(lane_of(claim), 0.0) or sum(rates.get(lane_of(each), 0.0) for each in both)

    def _is_nearer(self, claim: Claim) -> bool:
        """ "Last year they earned 7.2 billion", after 1.1 billion to all in a quarter and 8.7 million to Russia."""
        rates, rate = self.telling.scene.rates, rate_of(claim)
        whole, own = rates.get(lane_of(replace(claim, partner=WORLD)), 0.0), rates.get(lane_of(claim), 0.0)
        if claim.measure not in _LEVELS or not (rate > 0 and whole > 0 and own > 0):
            return False
        return abs(math.log(rate / whole)) + _NEARER < abs(math.log(rate / own))


def lane_of(claim: Claim) -> tuple[str, ...]:
    """What goods go from where to where, whichever side tells it."""
    sides = (claim.reporter, claim.partner)
    ends = sides if claim.flow == "export" else sides[::-1] if claim.flow == "import" else sorted(sides)
    return ("" if claim.flow in BOTH else claim.flow, claim.product, claim.measure, *ends)


def rate_of(claim: Claim) -> float:
    """An amount by month, 0 where its period is not told."""
    return claim.number / When.parse(claim.period).length if claim.period else 0.0


def precedes_partners(read: Sequence[Statement], place: int, sides: tuple[str, str], *, told: bool) -> bool:
    """ "It imported milk for 1.1 billion. New Zealand (318 million) and Japan (175 million) earned most": the first
    amount is of the trade with all, where no partner of it is told and those are parts of it. ``told``: a partner was.
    """
    sentence = read[place]
    if sentence.heading or not _is_unplaced(sentence.pieces, sides[0]) or place + 1 == len(read):
        return False
    near = read[place + 1 : place + (2 if told else _NEAR)]
    following = next((each for each in near if "place" in each.kinds), near[0])
    if any(piece.kind in _APART for piece in following.pieces[:2]):
        return False
    parts = partners_in(following.pieces, sides[0])
    own = [piece.number.value for piece in sentence.pieces if isinstance(piece, Quantity) and piece.unit == "usd"]
    return bool(own) and len(parts) > 1 and parts.keys() - {*sides} != set() and sum(parts.values()) < _MUCH * max(own)


def opens_without_partner(read: Sequence[Statement], reporter: str) -> bool:
    """ "Japanese exports climbed 16.8 %. … Exports to China jumped 32 %, those to the US fell 5 %": the first amount
    has no partner, and no line before it names one alone; later ones have several.
    """
    first = next((at for at, each in enumerate(read) if "quantity" in each.kinds), len(read))
    before = {*(code for each in read[:first] for code in _others(each.pieces, reporter))}
    if not reporter or first == len(read) or len(before) == 1:
        return False
    pieces = read[first].pieces
    amount = next(at for at, piece in enumerate(pieces) if piece.kind == "quantity")
    traded = any(piece.kind in ("flow", "product") for piece in pieces[:amount])
    later = {code for each in read[first:] for code in partners_in(each.pieces, reporter)}
    return traded and not _others(pieces[:amount], reporter) and len(later) >= _SEVERAL


def _others(pieces: Sequence[Piece], reporter: str) -> list[str]:
    return [piece.code for piece in pieces if isinstance(piece, Place) and piece.code != reporter]


def partners_in(pieces: Sequence[Piece], reporter: str) -> dict[str, float]:
    """The countries of a list, each with what is told of the trade with it: "Japan (175 million) and China (90)"."""
    found: dict[str, float] = {}
    for bite in bites(pieces)[0]:
        named = [piece.code for piece in bite.lead if isinstance(piece, Place) and piece.code != reporter]
        if len(named) == 1 and bite.quantity.unit in (*LEVELS, "percent") and areas.area(named[0]).kind == "country":
            found[named[0]] = bite.quantity.number.value if bite.quantity.unit == "usd" else 0.0
    return found


def _is_unplaced(pieces: Pieces, reporter: str) -> bool:
    """Whether a sentence tells an amount of somebody's trade, and nobody with whom."""
    if "quantity" not in pieces.kinds or not {"flow", "product", "earned"} & pieces.kinds:
        return False
    places = [piece for piece in pieces if isinstance(piece, Place)]
    with_whom = [piece for piece in places if piece.role in PARTNERS or piece.code not in ("", reporter)]
    there = any(piece.kind == "anaphora" and piece.value.startswith(("place_", "partner")) for piece in pieces)
    return not with_whom and not there
