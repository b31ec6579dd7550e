"""What a list's head tells of the numbers in brackets: "(in brackets the first quarter of 2025): coal 246 (262.8)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.bulletin.clock import TIMES
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces
from corridor.bulletin.quantities import LEVELS, Quantity

_KIND = "layout"
_AGAIN = "same"
_CHANGE = Mark("ratio", "change", 0, 0)
_WHOLES = frozenset({"ytd", "ytd_to", "year"})
_STOPS = frozenset(",;:.()")
_DATED = frozenset({"period", "sep", "quantity"})


def announced(pieces: Pieces) -> tuple[Mark | None, Pieces]:
    """The period that a head says its brackets are of, or `change`, and the sentence without the announcement."""
    told_of = pieces if _KIND in pieces.kinds else ()
    place = next((at for at, piece in enumerate(told_of) if piece.kind == _KIND and piece.value != _AGAIN), None)
    place = _percent_beside_unit(pieces) if place is None else place
    if place is None:
        return None, pieces
    start, end = _bounds(pieces, place)
    said = pieces[start:end]
    times = (piece for piece in said if isinstance(piece, Mark) and piece.kind in TIMES)
    told = _CHANGE if _tells_change(said) else _year(pieces[place]) or next(times, None)
    if told is None:
        return None, pieces
    if told.kind == "period" and told.value in _WHOLES and told.slot("Y") is not None:
        # Of a list's single months, those of that year.
        told = Mark("then", "same_year", told.i, told.j, {"Y": (told.slot("Y") or 0,)})
    return told, Pieces((*pieces[:start], *pieces[end:]))


def _percent_beside_unit(pieces: Pieces) -> int | None:
    """ "Unit: million USD (change on the year before, %)": where the sign stands in a line without figures."""
    if not {"header", "direction"} <= pieces.kinds or pieces.kinds & {"quantity", "bare"}:
        return None
    return next((at for at, piece in enumerate(pieces) if piece.value == "%"), None)


def _tells_change(said: Sequence[Piece]) -> bool:
    """ "In brackets: change on 2023, %": whatever it is compared with."""
    shares = any(piece.kind == "share" for piece in said)
    return not shares and any(piece.kind == "ratio" or piece.value in ("percent", "%") for piece in said)


def exemplified(told: Mark | None, pieces: Pieces) -> tuple[Mark | None, Pieces]:
    """ "Turnover: 1,301 million (Q2 2025 – 1,228 million)": what the first bracket tells holds for the rest."""
    for place, piece in enumerate(pieces) if told is None and pieces.kinds >= _DATED else ():
        inside = pieces[place - 1 : place + 4] if place > 0 else ()
        if piece.value != "(" or [each.kind for each in inside[2:]] != ["period", "sep", "quantity"]:
            continue
        before, dated, amount = inside[0], inside[2], inside[4]
        alike = isinstance(before, Quantity) and isinstance(amount, Quantity) and before.unit == amount.unit
        if alike and isinstance(dated, Mark) and dated.slot("Y") is not None:
            return dated, pieces
    return told, pieces


def _year(piece: Piece) -> Mark | None:
    """ "2024 in brackets"."""
    return replace(piece, kind="period") if isinstance(piece, Mark) and piece.value == "year" else None


def repeats(pieces: Sequence[Piece]) -> bool:
    """ "(same layout)": what the list before it announced holds on."""
    return any(piece.kind == _KIND and piece.value == _AGAIN for piece in pieces)


def laid_out(pieces: Pieces, told: Mark) -> Pieces:
    """The sentence with the announced period, or change, in each bracket that holds nothing but an amount."""
    bracketed = {place for place in range(2, len(pieces)) if _is_bracketed(pieces, place)}
    if not bracketed:
        return pieces
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Quantity) and place in bracketed:
            found += [_as_change(piece)] if told is _CHANGE else [piece, replace(told, i=piece.j, j=piece.j)]
        else:
            found.append(piece)
    return Pieces(found)


def _bounds(pieces: Sequence[Piece], place: int) -> tuple[int, int]:
    """The bracket that an announcement fills, else its clause, up to the colon of the list."""
    opened = next((at for at in range(place, -1, -1) if pieces[at].value in ("(", ")")), -1)
    if opened >= 0 and pieces[opened].value == "(":
        closed = next((at for at in range(place, len(pieces)) if pieces[at].value == ")"), len(pieces) - 1)
        return opened, closed + 1
    start = next((at + 1 for at in range(place, -1, -1) if _parts(pieces[at])), 0)
    end = next((at for at in range(place, len(pieces)) if _parts(pieces[at])), len(pieces))
    return start, end


def _parts(piece: Piece) -> bool:
    """«Данные за 2024 год в млн долл., | в скобках изменение»: the unit takes the sign behind it along."""
    return piece.value in _STOPS or piece.kind == "header"


def _is_bracketed(pieces: Sequence[Piece], place: int) -> bool:
    """ "Coal 246.2 (262.8)": an amount alone in its brackets, behind another one of its kind."""
    amount, around = pieces[place], pieces[max(0, place - 2) : place + 2]
    if not isinstance(amount, Quantity):
        return False
    alone = [piece.value for piece in around[1:]] == ["(", "", ")"] and isinstance(around[0], Quantity)
    return alone and amount.unit in LEVELS and amount.unit == getattr(around[0], "unit", "")


def _as_change(amount: Quantity) -> Quantity:
    return replace(amount, unit="percent", number=amount.number.unscaled(amount.magnitude), magnitude=1.0)
