"""The direction that the head of a list tells of all its amounts."""

from __future__ import annotations

from corridor.bulletin.clock import TIMES
from corridor.bulletin.clues import sign_of
from corridor.bulletin.places import Pieces
from corridor.bulletin.words import rule_words

_LONGEST_TITLE = 8
_TOLD = frozenset({"quantity", "share"})
_PARTED = frozenset({"many", "direction", "product"})
# What the head of a list tells beside what moves and which way.
_WHERE_AND_WHEN = frozenset({*TIMES, "place", "prep", "adverb", "sign", "sep"})
_WHAT = frozenset({"flow", "goods", "many", "measure"})


def heads_trend(pieces: Pieces) -> float:
    """ "Growth was seen in:", "Fell:": the direction that a line without an amount tells of the list under it."""
    if "direction" not in pieces.kinds or pieces.kinds & _TOLD:
        return 0.0
    turns = {piece.value.partition("_")[0] for piece in pieces if piece.kind == "direction"}
    # «Что падает в вывозе. Уголь – на 3 %»
    titled = len(pieces) <= _LONGEST_TITLE and (pieces[0].value in rule_words("asking") or pieces[-1].value != ".")
    if len(turns) != 1 or not (titled or pieces[-1].value == ":"):
        return 0.0
    return sign_of(next(piece for piece in pieces if piece.kind == "direction"))


def opening_trend(pieces: Pieces) -> float:
    """ "Exports that fell in May against April: garments 38.1 million (26 %); …": the same, at the list's own head."""
    if "direction" not in pieces.kinds:
        return 0.0
    colon = next((at for at, piece in enumerate(pieces) if piece.value == ":"), 0)
    head = [piece for piece in pieces[:colon] if piece.kind not in _WHERE_AND_WHEN]
    if not head or any(piece.kind == "product" for piece in head):
        return 0.0
    # "Falling exports: …"
    attributed = head[0].kind == "direction" and all(piece.kind in _WHAT for piece in head[1:])
    return heads_trend(Pieces((*head, pieces[colon]))) if attributed or head[-1].kind == "direction" else 0.0


def parted_trend(lead: Pieces) -> float:
    """ "Products that expanded well were fruit (1,108 million, 28.5 %)": the direction of goods to come."""
    if not lead.kinds >= _PARTED:
        return 0.0
    verb = next((at for at, piece in enumerate(lead) if at > 1 and piece.value == "/level/"), 0)
    turns = [piece for piece in lead[:verb] if piece.kind == "direction"]
    many = any(piece.kind == "many" for piece in lead[:verb])
    named = any(piece.kind == "product" for piece in lead[:verb])
    goods = verb and any(piece.kind == "product" for piece in lead[verb:])
    if not goods or named or not many or len(turns) != 1:
        return 0.0
    return sign_of(turns[0])
