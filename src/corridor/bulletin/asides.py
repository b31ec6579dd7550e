"""What the words before an amount name in passing, and what is left without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.bulletin.bites import Bite
from corridor.bulletin.places import Piece, Pieces

_SAID_OF_GOODS = frozenset({"other", "prep", "adverb", "many", "alone"})
_NAMING = frozenset({"product", "and", "other", "goods"})


def without_asides(cut: Sequence[Bite]) -> list[Bite]:
    """ "Purchases, including coal and plastics, increased by 262.6 million": goods named in passing are no subject."""
    return [bite if (lead := _without_aside(bite.lead)) is bite.lead else replace(bite, lead=lead) for bite in cut]


def _without_aside(lead: Pieces) -> Pieces:
    lead = _without_apposition(_without_besides(lead))
    parts = (at for at, piece in enumerate(lead) if at and piece.kind == "of_which" and _is_comma(lead[at - 1]))
    opens = next(parts, None) if "of_which" in lead.kinds else None
    if opens is None:
        return lead
    end = next(
        (at for at in range(opens + 1, len(lead)) if lead[at].kind not in _NAMING and not _is_comma(lead[at])), 0
    )
    closed = bool(end) and lead[end].kind in ("direction", "share") and _is_comma(lead[end - 1])
    return Pieces((*lead[: opens - 1], *lead[end:])) if closed else lead


def _without_besides(lead: Pieces) -> Pieces:
    """ "Besides cashews, pepper brought 40.8 million": what is left aside."""
    if "besides" not in lead.kinds:
        return lead
    place = next(at for at, piece in enumerate(lead) if piece.kind == "besides")
    end = next((at for at in range(place + 1, len(lead)) if lead[at].kind not in _NAMING), len(lead))
    if end == len(lead) - 1 and lead[end].value == "(":
        # "Ngoài than (58,7 triệu USD) còn có …": told in its own bracket.
        return lead
    named = any(piece.kind == "product" for piece in lead[place:end])
    return Pieces((*lead[:place], *lead[end:])) if named else lead


def _without_apposition(lead: Pieces) -> Pieces:
    """ "Meat, once the star of the trade, fell": what is said of the goods between two commas names no flow."""
    if "product" not in lead.kinds:
        return lead
    commas = [at for at, piece in enumerate(lead) if _is_comma(piece)]
    if len(commas) < 2 or not commas[0] or lead[commas[0] - 1].kind != "product":
        return lead
    within = lead[commas[0] + 1 : commas[1]]
    little = all(piece.kind in _SAID_OF_GOODS or piece.value == "turnover" for piece in within)
    return Pieces((*lead[: commas[0]], *lead[commas[1] + 1 :])) if little and within else lead


def _is_comma(piece: Piece) -> bool:
    return piece.kind == "sep" and piece.value == ","
