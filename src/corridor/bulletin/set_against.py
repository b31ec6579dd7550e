"""What an amount is set against: the words that make it the level before, or name that level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corridor.bulletin.claims import BALANCES
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.quantities import LEVELS, Quantity
from corridor.bulletin.words import rule_words

_FROM = frozenset({"from", "từ"})


def stands_at_base(lead: Pieces, quantity: Quantity, role: str) -> bool:
    """Whether what leads to an amount, and its ``role``, make it the level that another is compared with."""
    told = role in ("from", "against") or _compares_level(lead) or _is_multiplied(lead, quantity)
    return told or _was_ranked(lead, quantity) or is_other_level(lead)


def names_base(trail: Sequence[Piece], lead: Sequence[Piece]) -> bool:
    """ "19.6 % below the corresponding figure | of 2.00 billion": the level that the change before is set against."""
    if len(lead) != 1 or not lead[0].value.startswith("of/"):
        return False
    against = any(sets_against(piece) or piece.slot("against") for piece in trail)
    return against and trail[-1].value in rule_words("level")


def _is_multiplied(lead: Sequence[Piece], quantity: Quantity) -> bool:
    """ "2.1 times | the 79.7 million recorded in July 2022": the level that another is a multiple of."""
    return quantity.unit in LEVELS and len(lead) == 1 and lead[0].value == "the"


def is_other_level(lead: Pieces) -> bool:
    """ "Cao hơn mức 20,4%": the other level, not by how much."""
    if "direction" not in lead.kinds:
        return False
    turned = [piece for piece in lead[-4:] if piece.kind == "direction" and piece.slot("than")]
    return bool(turned) and lead[-1].value in rule_words("level")


def amount_role(lead: Sequence[Piece]) -> str:
    """What the little word before an amount makes it: "from", "to", "by", "against", … or "" for none."""
    if lead and lead[-1].kind == "direction" and lead[-1].slot("against"):
        # "Above the level of 3 million a year earlier"
        return "against"
    place = _prep_before(lead, len(lead))
    if place is None and lead and lead[-1].value in BALANCES:
        # "Từ thặng dư 51,6 triệu USD sang thâm hụt …"
        first = _prep_before(lead, len(lead) - 1)
        return "from" if first is not None and lead[first].value.startswith("from/from") else ""
    if place is None:
        return ""
    if place and lead[place].value.startswith("of/") and lead[place - 1].value in BALANCES:
        # "From a surplus of 90 million": the level of before.
        first = _prep_before(lead, place - 1)
        return "from" if first is not None and role_of(lead[first]) == "from" else role_of(lead[place])
    return "" if _holds(lead, place) else role_of(lead[place])


def _holds(lead: Sequence[Piece], place: int) -> bool:
    """«Россия с 712 тыс. тонн – вторая», «лидируют кофе с 5 млн и рис с 4 млн»: no level that it started from."""
    named = place > 0 and (isinstance(lead[place - 1], Place) or lead[place - 1].kind == "product")
    holder = named and lead[place].value.startswith("with/from")
    return holder and not any(piece.kind == "direction" for piece in lead)


def _prep_before(lead: Sequence[Piece], end: int) -> int | None:
    """Where the little word stands that leads to ``end``, None where something else parts them."""
    for place in range(end - 1, -1, -1):
        if lead[place].kind == "prep":
            return place
        if lead[place].kind not in ("adverb", "measure", "other"):
            return None
    return None


def role_of(prep: Piece) -> str:
    """What a little word makes of the amount behind it."""
    return prep.value.split("/")[1]


def sets_against(piece: Piece) -> bool:
    """ "Against", "compared with": what follows is what an amount is set against."""
    return piece.kind == "prep" and piece.value.endswith("/against")


def dates_back(piece: Piece) -> bool:
    """«120,6 % к 2023 году»: of a year to come no amount is told."""
    return piece.kind == "mute" and piece.slot("Y") is not None


def recalls(trail: Sequence[Piece]) -> bool:
    """«87,7 % (от) прошлогоднего объема»"""
    first = next((piece for piece in trail if piece.kind != "prep"), None)
    return first is not None and first.kind == "then" and first.slot("adj") is not None


def _after(piece: Piece) -> bool:
    return piece.kind == "prep" and piece.value == "/after/"


def _compares_level(lead: Pieces) -> bool:
    """ "…, against a surplus of 42.1 million": the amount is what is compared with, not what is compared."""
    if _dates_base(lead) or _had_been(lead):
        return True
    for piece in reversed(lead):
        if piece.slot("adj"):
            continue
        if piece.slot("after"):
            return True
        if (sets_against(piece) and piece.value.startswith("/")) or _after(piece) or piece.value == "/having/":
            return True
        if piece.kind in ("period", "base", "then", "direction", "sep", "turn", "share"):
            return False
    return False


def _was_ranked(lead: Sequence[Piece], quantity: Quantity) -> bool:
    """ "Seventh, down from fifth": a rank takes its "from" in."""
    return quantity.words in _FROM and bool(lead) and lead[-1].kind == "direction"


def _dates_base(lead: Sequence[Piece]) -> bool:
    """ "Down from 2024's 231 million", "compared with 2024's 231 million": the other period's own level."""
    owned = len(lead) > 1 and lead[-1].value == "'s"
    if owned and lead[-2].kind == "base":
        return True
    before = lead[:-1] if owned else lead
    dated = len(before) > 1 and before[-1].kind == "period"
    return dated and (sets_against(before[-2]) or _turns_against(before[-2]))


def _turns_against(piece: Piece) -> bool:
    """ "Above April's 540 million"."""
    return piece.kind == "direction" and bool(piece.slot("against"))


def _had_been(lead: Pieces) -> bool:
    """ "…, which had stood at 4.58 billion in 2024, rose": a level from before what the sentence tells."""
    if "anaphora" not in lead.kinds:
        return False
    near = [(piece.kind, piece.value) for piece in lead[-4:] if piece.kind != "adverb"]
    told = (("anaphora", "figure"), ("other", "had"))
    return any(pair == told for pair in pairwise(near)) and all(kind != "direction" for kind, _ in near)


def comes_after(lead: Sequence[Piece]) -> bool:
    """ "…, after falling 3 %": the change is one of the period before."""
    place = next((at for at in range(len(lead) - 1, -1, -1) if _after(lead[at])), None)
    return place is not None and not any(piece.kind in ("sep", "turn", "flow", "product") for piece in lead[place:])
