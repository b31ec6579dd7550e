"""Statements without a number: "imports grew strongly" - a direction that the figures bear out or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corridor.bulletin.bites import is_stop
from corridor.bulletin.claims import BALANCES, UNKNOWN, Claim, Interval
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece
from corridor.bulletin.roles import Asserted

_FINITE = ("up", "down")
# Words in whose clause a direction is a wish, a condition, or about many things of which none is named.
_VETOES = frozenset(
    {"modal", "mute", "many", "duty", "off_topic", "counted", "contribution", "share", "ratio", "ignore", "rank"}
)


def direction(clause: Sequence[Piece], *, before_amount: bool) -> Mark | None:
    """The one direction that a clause without amounts asserts of a subject it names, or None."""
    if any(piece.kind in _VETOES for piece in clause):
        return None
    turns = [
        piece for piece in clause if isinstance(piece, Mark) and piece.kind == "direction" and piece.value in _FINITE
    ]
    if len(turns) != 1 or (before_amount and _leads_on(clause, turns[0])):
        return None
    if turns[0].slot("than") and base_of(clause) is None and not any(_is_past(piece) for piece in clause):
        # "Larger than those to Kazakhstan": no change is told.
        return None
    return turns[0] if _has_subject(clause, turns[0]) else None


def assertion(turn: Mark) -> Asserted:
    """A rise or fall of any size."""
    up = turn.value == "up"
    stated = Interval(0.0 if up else None, None if up else 0.0, "percent")
    return Asserted("direction", stated, 1.0 if up else -1.0, 0.0, compares=True)


def base_of(clause: Sequence[Piece]) -> Mark | None:
    """What the clause compares with, where it says so."""
    return next((piece for piece in clause if isinstance(piece, Mark) and piece.kind == "base"), None)


def unbacked(found: Sequence[Claim], told: Sequence[Claim]) -> Iterator[Claim]:
    """The directions that no growth rate of the same subject repeats."""
    backed = {_turned(claim) for claim in told if claim.base}
    for claim in found:
        if _turned(claim) not in backed:
            yield claim


def without_repeated(found: Sequence[Claim]) -> list[Claim]:
    """The claims of a text without directions whose rate is told elsewhere: "Trade contracted. … 19.6 % less"."""
    backed = {(*_turned(claim), claim.period) for claim in found if claim.base and claim.measure != "direction"}
    return [claim for claim in found if claim.measure != "direction" or (*_turned(claim), claim.period) not in backed]


def _turned(claim: Claim) -> tuple[str, str, str, bool]:
    return (claim.flow, claim.product, claim.partner, claim.number > _middle(claim))


def _is_past(piece: Piece) -> bool:
    return piece.kind == "then" or (piece.kind == "prep" and piece.value.endswith("/against"))


def _middle(claim: Claim) -> float:
    """The number that means no change."""
    return 1.0 if claim.measure == "multiple" else 0.0


def _leads_on(clause: Sequence[Piece], turn: Mark) -> bool:
    """Whether the direction belongs to the amount after the clause: nothing parts them."""
    after = [piece for piece in clause if piece.i >= turn.j]
    return not any(is_stop(piece) for piece in after)


def _has_subject(clause: Sequence[Piece], turn: Mark) -> bool:
    before = [piece for piece in clause if piece.i < turn.i]
    named = [piece for piece in before if piece.kind in ("flow", "product")]
    if named:
        return named[-1].value not in (*BALANCES, UNKNOWN)
    # "…reached 179 million USD, down sharply": the subject is the amount's.
    return bool(before) and all(is_stop(piece) for piece in before)
