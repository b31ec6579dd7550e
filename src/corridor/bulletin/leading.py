"""What leads to an amount: the subject, the periods and the directions that the words before it tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corridor.bulletin.bites import is_stop, is_strong_stop
from corridor.bulletin.claims import Claim
from corridor.bulletin.clock import TIMES
from corridor.bulletin.directions import assertion, base_of, direction
from corridor.bulletin.intake import take
from corridor.bulletin.maker import make
from corridor.bulletin.muting import compares_goods
from corridor.bulletin.numbers import whole
from corridor.bulletin.places import Piece, Pieces
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.telling import Telling

# «Квота – 800 шт.» is one clause.
_KEEP_DUTY = frozenset("-–—:(")
_SILENT = frozenset({"other", "sign", "number", "bare", "prep", "adverb"})
_PARTICIPLES = ("вший", "вшая", "вшее", "вшие", "вшего", "вшей", "вших", "вшему", "вшую")
_LATER = "later"


def _is_aside(pieces: Sequence[Piece], place: int) -> bool:
    """ "A group that a few years ago was worth …,", "pork, which was nil two years ago,": a clause apart."""
    relative = any(piece.kind == "anaphora" and piece.value == "figure" for piece in pieces[:place])
    return relative or (place + 1 < len(pieces) and not is_stop(pieces[place + 1]))


@dataclass
class Leading:
    """The words that lead to the amounts of a sentence.

    ``families`` are those of the amounts so far, ``directions`` the claims of a direction alone; ``within``: a clause
    apart is open, whose period ends with it, ``parted``: a part of what the sentence is on is told.
    """

    telling: Telling
    families: list[str]
    directions: list[Claim] = field(default_factory=list)
    within: bool = False
    parted: bool = False

    def read(self, pieces: Pieces, *, before_amount: bool) -> None:
        """Takes in the words before an amount, or after the last one."""
        start = 0
        passing = False
        for place, piece in enumerate(pieces):
            if piece.kind == "mute":
                passing = piece.value == _LATER and _is_aside(pieces, place)
            elif passing and piece.value == ",":
                # "Telephones, a group that a few years ago was worth hundreds of millions, came to …"
                self.telling.muted = passing = False
            if piece.kind in _SILENT:
                self._participle(pieces, place)
                continue
            if self.within and piece.value == ",":
                self.telling.clock.close()
                self.within = False
            self._relative(pieces, place)
            if is_stop(piece):
                self.telling.duty = self.telling.duty and self._keeps_duty(piece, pieces[place + 1 :])
                self.telling.off_fresh = False
            self._part_told(pieces, place)
            if is_strong_stop(piece):
                self._direction(pieces[start:place], before_amount=False)
                self.telling.part()
                start = place + 1
            if piece.kind == "sep" and piece.value == ":" and self.families:
                self.telling.muted = False
            self.telling.clock.bracket(piece)
            take(self.telling, piece, pieces, place)
        self._direction(pieces[start:] if "direction" in pieces.kinds else (), before_amount=before_amount)

    def _keeps_duty(self, stop: Piece, after: Sequence[Piece]) -> bool:
        """ "The quota on exports of fertilisers to 31 May, 18.6 million tonnes in all": no trade is named again."""
        quota = any(piece.kind == "duty" and piece.value == "quota" for piece in self.telling.pieces)
        named = any(piece.kind in ("flow", "product", "measure") for piece in after)
        return stop.value in _KEEP_DUTY or (quota and stop.value == "," and not named)

    def _participle(self, pieces: Sequence[Piece], place: int) -> None:
        """ "Viet Nam, which had in 2024 a surplus of 90 million, …": a period told in such a clause ends with it."""
        if place and pieces[place - 1].value == "," and pieces[place].value.endswith(_PARTICIPLES):
            self.telling.clock.begin()
            self.within = True

    def _part_told(self, pieces: Sequence[Piece], place: int) -> None:
        """ "Exports: 5 million, of which 1 million in June; imports …": the month of a part ends with its clause."""
        if self.parted and is_strong_stop(pieces[place]):
            self.telling.clock.close()
            self.parted = False
        elif pieces[place].kind == "of_which" and any(
            piece.kind == "period" for piece in pieces[place + 1 : place + 3]
        ):
            self.telling.clock.begin()
            self.parted = True

    def _relative(self, pieces: Sequence[Piece], place: int) -> None:
        """ "Imports, which in May 2024 had stood at 187 million, grew to 210": so does that one."""
        if not place or pieces[place].value != "figure" or pieces[place - 1].value != ",":
            return
        dated = any(piece.kind in TIMES for piece in pieces[place + 1 : place + 3])
        # "Crude oil, which Viet Nam did not buy in 2024, came to 118 million"
        closed = any(piece.value == "," for piece in pieces[place + 1 :])
        dated = dated or (closed and any(piece.kind in TIMES for piece in pieces[place + 1 :]))
        if dated and (closed or any(piece.value == "had" for piece in pieces[place + 1 :])):
            self.telling.clock.begin()
            self.within = True

    def _direction(self, clause: Sequence[Piece], *, before_amount: bool) -> None:
        turn = direction(clause, before_amount=before_amount)
        if turn is not None and before_amount and turn.slot("than") and clause[-1].value == "(":
            # "More than in 2025 (6.99 million)": the levels tell it.
            return
        if turn is not None and compares_goods(clause):
            return
        if turn is None or self.telling.muted or self.telling.off_topic or self.telling.daily:
            return
        if not self.telling.clock.times.said_here and sum(piece.kind == "period" for piece in self.telling.pieces) > 1:
            # «Импорт растет: 17,6 тыс. т в 2024 г., 25,9 тыс. т в 2025 г.»: the levels tell it.
            return
        told = self.telling.clock.times
        times = replace(told, base_mark=base_of(clause) or told.base_mark, then_mark=None)
        setting = self.telling.setting(self.telling.subject, None)
        claim = make(setting, Quantity("percent", whole(0.0, 0.0), turn.i, turn.j), assertion(turn), times)
        if claim is not None:
            self.directions.append(claim)
