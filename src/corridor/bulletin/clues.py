"""The words around an amount that tell what it says: directions, little words, measures, comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corridor.bulletin.bites import Bite
from corridor.bulletin.claims import OFS, Of, one_of
from corridor.bulletin.neighbours import following_of
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.quantities import LEVELS, Quantity
from corridor.bulletin.set_against import (
    comes_after,
    dates_back,
    is_other_level,
    recalls,
    role_of,
    sets_against,
)
from corridor.bulletin.tokens import DASHES

UP, DOWN = 1.0, -1.0
# How far from a percentage the whole may stand that it is a part of.
_NEAR = 7
_POINTING = frozenset({"the", "this", "that", "figure"})
_COMPARING = frozenset({"base", "then"})
_DATING = frozenset({"period", "then"})
_GAPPED = frozenset({"and", "product", "sep"})
_JOINING = frozenset({"and", "turn", "sep", "prep", "measure"})
# «На» before an amount of money tells a change, whatever stands between it and the direction.
_BY_ONLY = "to/by/"
_BEFORE_TURN = frozenset({"measure", "base", "adverb", "sign", "then", "flow", "product", "goods", "period"})
_BETWEEN = frozenset({"adverb", "prep", "flow", "product", "goods", "place", "measure", "period"})


@dataclass(frozen=True)
class Clues:
    """The words around an amount that tell its role.

    ``lead`` and ``trail`` stand before and after it. ``near`` is the direction that no comma parts from it. What few
    amounts are asked for is looked up only when it is.
    """

    lead: Pieces
    trail: Pieces
    direction: float
    near: float
    turned_after: bool
    amount_role: str
    share: bool
    share_moves: bool
    at_base: bool
    dated: bool
    of: Of | None
    next_of: Of | None
    explained: bool = False
    itemised: bool = False

    @classmethod
    def gather(cls, bite: Bite) -> Clues:
        """Reads what leads to an amount and what follows it."""
        lead, trail, quantity = bite.lead, bite.trail, bite.quantity
        turns = _places(lead, "direction")
        shares = _places(lead, "share")
        compared = bool(trail.kinds & _COMPARING) or any(sets_against(piece) for piece in trail)
        turned = compared or _ends_with_turn(trail)
        after = _direction_after(trail) if quantity.unit not in LEVELS or turned else 0.0
        direction = after or (sign_of(lead[turns[-1]]) if turns else 0.0)
        share = bool(shares) and not after and (not turns or shares[-1] > turns[-1])
        share = share or (not after and not turns and _part_of(quantity, trail))
        moves = bool(shares) and bool(turns or after) and not share and lead[shares[-1]].value == "noun"
        return cls(
            lead=lead,
            trail=trail,
            direction=direction,
            near=after or (sign_of(lead[turns[-1]]) if turns and not any(map(_parts, lead[turns[-1] :])) else 0.0),
            turned_after=bool(after),
            amount_role=bite.role,
            share=share,
            share_moves=moves,
            at_base=bite.at_base,
            dated=not trail.kinds.isdisjoint(_DATING),
            of=_of((*trail[:5], *filter(_measured_by, trail[5:]))) or _of(lead),
            next_of=None,
        )

    @property
    def sign(self) -> float:
        """The direction of a word that stands for a sign: «минус 144 млн»."""
        return sign_of(self.lead[-1]) if self.lead and self.lead[-1].slot("sign") else 0.0

    @property
    def over(self) -> float:
        """The direction of "still 19 % over December 2023", "4.1 % below the first quarter": 0 where none is told."""
        first = self.trail[0] if self.trail else None
        timed = len(self.trail) > 1 and self.trail[1].kind in ("period", "then", "base")
        if not timed or first is None:
            return 0.0
        return UP if first.slot("up") else DOWN if first.slot("down") else 0.0

    @property
    def adds(self) -> bool:
        """ "Added 16 million"."""
        turn = _last_turn(self.lead)
        return turn is not None and bool(self.lead[turn].slot("adds"))

    @property
    def adjacent(self) -> bool:
        """Whether nothing but little words parts the last direction from the amount."""
        turn = _last_turn(self.lead)
        return turn is not None and _adjacent(self.lead, turn)

    @property
    def named(self) -> bool:
        """Whether the last direction is a noun: «прирост составил 5 млн»."""
        turn = _last_turn(self.lead)
        return turn is not None and self.lead[turn].value.endswith("_noun")

    @property
    def ratio(self) -> bool:
        """ "Equal to 85 %", "85 % of the level of"; but "tương đương 38,6% kim ngạch xuất sang đây" is a share."""
        before = "ratio" in self.lead.kinds and _is_ratio(self.lead) and not (self.share and self.equals)
        return before or ("ratio" in self.trail.kinds and _has(self.trail, "ratio", "after"))

    @property
    def equals(self) -> bool:
        """ "Equivalent to 35 %"."""
        return "ratio" in self.lead.kinds and _has(self.lead[-2:], "ratio", "equal")

    @property
    def amount(self) -> bool:
        """Whether the amount is called one: «объем»."""
        return "measure" in self.lead.kinds and _has(self.lead, "measure", "amount")

    @property
    def pace(self) -> bool:
        """«Темп роста»."""
        return "ratio" in self.lead.kinds and _has(self.lead, "ratio", "pace")

    @property
    def compared_after(self) -> bool:
        """Whether what follows names what the amount is compared with."""
        told = any(piece.kind == "base" or sets_against(piece) or dates_back(piece) for piece in self.trail)
        return told or recalls(self.trail)

    @property
    def than_level(self) -> bool:
        """ "Cao hơn mức 20,4%": the other level."""
        return is_other_level(self.lead)

    @property
    def after(self) -> bool:
        """ "…, after falling 3 %"."""
        return comes_after(self.lead)

    @property
    def bare_lead(self) -> bool:
        """Whether what leads to the amount only joins it to the one before."""
        return bool(self.lead) and all(map(_is_bare, self.lead))

    @property
    def closed(self) -> bool:
        """Whether a bracket was closed before it."""
        return "sep" in self.lead.kinds and _has(self.lead, "sep", ")")

    @property
    def likewise(self) -> bool:
        """ "Whereas that of coffee rose to 20.4 %"."""
        return "anaphora" in self.lead.kinds and _likewise(self.lead)

    @property
    def gapped(self) -> bool:
        """ "…, and pepper 7.5 million"."""
        return self.lead.kinds <= _GAPPED and _is_gapped(self.lead)

    @property
    def of_change(self) -> bool:
        """«Две трети прироста импорта»: a part of a change."""
        noun = len(self.trail) > 1 and self.trail[0].kind == "direction" and self.trail[0].value.endswith("_noun")
        return noun and self.trail[1].kind in ("flow", "product", "total")

    @property
    def bracketed_than(self) -> bool:
        """ "Nhiều hơn hàng dệt may (18,1%)": the share of the goods compared with."""
        turn = _last_turn(self.lead)
        mark = None if turn is None else self.lead[turn]
        return self.bracketed and mark is not None and bool(mark.slot("than"))

    @property
    def bracketed_by(self) -> bool:
        """ "(by 5 million"."""
        lead = self.lead
        return len(lead) > 1 and lead[-1].kind == "prep" and role_of(lead[-1]) == "by" and lead[-2].value == "("

    @property
    def bracketed(self) -> bool:
        """ "Coffee (": the amount stands in brackets behind its goods."""
        return len(self.lead) > 1 and self.lead[-2].kind == "product" and self.lead[-1].value == "("


def _places(pieces: Pieces, kind: str) -> list[int]:
    return [place for place, piece in enumerate(pieces) if piece.kind == kind] if kind in pieces.kinds else []


def _last_turn(lead: Pieces) -> int | None:
    turns = _places(lead, "direction")
    return turns[-1] if turns else None


def _is_bare(piece: Piece) -> bool:
    """Whether a piece only joins two amounts; a dash leads on to what the first one came to."""
    return piece.kind in ("prep", "and", "adverb") or (piece.kind == "sep" and piece.value not in DASHES)


def with_next(clues: Clues, bite: Bite, following: Bite | None) -> Clues:
    """The clues with what the next amount tells: what its level is of, a direction that stands after both."""
    if following is None:
        return clues
    explained, itemised = not bite.trail and _explains(following), _itemises(bite, following)
    if explained or itemised:
        clues = replace(clues, explained=explained, itemised=itemised)
    if not clues.amount_role and _goes_up_to(bite, following):
        clues = replace(clues, amount_role="from", at_base=True)
    if not clues.of and bite.quantity.unit == "percent" and _contrasts_value(bite.lead, following.lead):
        clues = replace(clues, of="volume")
    if bite.quantity.unit == "usd" and not clues.direction and _restates(bite, following):
        # "12.7 million or 6.4 per cent more than in July"
        clues = replace(clues, direction=sign_of(following.trail[0]), turned_after=True)
    of = following_of(bite, following)
    clues = replace(clues, next_of=of) if of else clues
    if bite.trail or clues.direction or not _joins_changes(bite, following):
        return clues
    # "In volume by 5.2 %, and in value by 19.4 % more"
    after = _direction_after(following.trail)
    return replace(clues, direction=after, near=after, share=False) if after else clues


def _joins_changes(bite: Bite, following: Bite) -> bool:
    """Whether nothing but "and", and what measures them, parts two changes told alike."""
    if bite.quantity.unit != following.quantity.unit or bite.quantity.unit in LEVELS:
        return False
    kinds = {piece.kind for piece in following.lead if piece.value not in _POINTING}
    return bool(kinds & {"and", "turn"}) and kinds <= _JOINING


def _goes_up_to(bite: Bite, following: Bite) -> bool:
    """ "Выросли поставки кофе с 5 до 7 млн, чая с 3 | до 4": where it started from."""
    since = bool(bite.lead) and bite.lead[-1].value.startswith("with/from")
    return since and [piece.value for piece in following.lead] == ["/to/"]


def _itemises(bite: Bite, following: Bite) -> bool:
    """ "Coal – 35.3 % (191 million USD)", "coal – 35.3 %, rice – 3 % of the whole": a bare rate of goods is a share."""
    if bite.trail or not _names_goods(bite.lead):
        return False
    opened = [piece.value for piece in following.lead] == ["("] and following.quantity.unit in LEVELS
    return opened or (_names_goods(following.lead) and _part_of(following.quantity, following.trail))


def _names_goods(lead: Pieces) -> bool:
    """ "- Coal –": goods and a sign alone."""
    if "product" not in lead.kinds:
        return False
    kinds = [piece.kind for piece in lead if piece.kind not in ("sep", "sign", "number")]
    return kinds == ["product"] and lead[-1].kind == "sep"


def _explains(following: Bite) -> bool:
    """ "(plus 44.6 %)", ", up 5 %", «, что на 3,4 % ниже уровня»: how the amount before changed."""
    lead = following.lead
    told = bool(lead) and (lead[0].value == "(" or [piece.value for piece in lead[:2]] == [",", "что"])
    turns = (*lead[1:2], *following.trail[:1])
    told = told or (bool(lead) and lead[0].value == "," and any(piece.kind == "direction" for piece in turns))
    return told and following.quantity.unit == "percent"


def _restates(bite: Bite, following: Bite) -> bool:
    joined = [piece.kind for piece in following.lead] == ["and"] and not bite.trail
    return (
        joined and following.quantity.unit == "percent" and bool(following.trail) and bool(sign_of(following.trail[0]))
    )


def _contrasts_value(lead: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """ "Coal arrivals were 22.8 % higher, but their value fell": goods that move are counted by weight."""
    moves = any(piece.slot("moves") or piece.slot("after_product") for piece in lead)
    turned = any(piece.kind == "turn" for piece in after) and not any(piece.kind == "product" for piece in after)
    return moves and turned and any(piece.kind == "measure" and piece.value == "value" for piece in after)


def heading(lead: Pieces) -> Of | None:
    """ "In volume: coal +29 %, rubber +47 %": what all that follows is of."""
    if "measure" not in lead.kinds:
        return None
    for before, sign in pairwise(lead):
        if before.kind == "measure" and before.value != "amount" and sign.kind == "sep" and sign.value == ":":
            return measure_of(before)
    return None


def measure_of(piece: Piece) -> Of:
    """What a measure speaks of; beside another one, «объем» is the volume."""
    return "volume" if piece.value == "amount" else one_of(OFS, piece.value)


def _direction_after(trail: Sequence[Piece]) -> float:
    for piece in trail[1:] if trail and trail[0].value == ")" else trail:
        if piece.kind == "direction" and piece.value != "flat":
            return sign_of(piece)
        if piece.kind not in _BEFORE_TURN:
            return 0.0
    return 0.0


def _ends_with_turn(trail: Sequence[Piece]) -> bool:
    """ "Were 38 million USD higher."."""
    ended = len(trail) == 1 or (len(trail) > 1 and trail[1].kind == "sep")
    return ended and trail[0].kind == "direction" and trail[0].value in ("up", "down")


def _part_of(quantity: Quantity, trail: Sequence[Piece]) -> bool:
    """ "26.9 % of all imports", «26,9 % экспорта»: a share told without a word for it."""
    if quantity.unit not in ("percent", "fraction") or quantity.signed:
        return False
    if len(trail) > 1 and trail[0].value.startswith("of/") and trail[1].value == "them":
        return True
    if [piece.kind for piece in trail[:2]] == ["of_which", "measure"]:
        # "41 % of this volume"
        return True
    near = [piece for piece in trail[:_NEAR] if piece.kind not in ("measure", "other", "adverb") and piece.value != ")"]
    if near and near[0].kind == "share" and near[0].value == "noun":
        return True
    if len(near) > 1 and near[1].kind == "product":
        # «Половину (50,3 %) обеспечил уголь», "một nửa (50,3%) là than", "16 % of all fertiliser that Viet Nam bought".
        return near[0].kind == "share" or near[0].value.startswith(("/level/", "of/by"))
    owned = bool(near) and isinstance(near[0], Place) and near[0].role in ("of", "made")
    # «23 % от всего экспорта»
    of = bool(near) and near[0].kind == "prep" and near[0].value.startswith(("of", "with/from/"))
    if near and (owned or of):
        return _is_measured(trail) or any(piece.kind in ("flow", "total", "product") for piece in near[1:])
    return bool(near) and near[0].kind in ("flow", "total")


def _is_measured(trail: Sequence[Piece]) -> bool:
    """ "34 % of volume", "67 % of the earnings"."""
    named = [piece.kind for piece in trail[:3] if piece.value not in _POINTING]
    return len(named) > 1 and named[1] == "measure"


def sign_of(piece: Piece) -> float:
    """+1 or -1 for a direction up or down, else 0."""
    return {"up": UP, "down": DOWN}.get(piece.value.partition("_")[0], 0.0)


def _parts(piece: Piece) -> bool:
    return piece.kind in ("turn", "and") or (piece.kind == "sep" and piece.value in ",;():")


def _adjacent(lead: Sequence[Piece], place: int) -> bool:
    """Whether nothing but adverbs and little words parts a direction from its amount («рост экспорта на 8 млн» too)."""
    between = lead[place + 1 :]
    if between and between[-1].kind == "prep" and between[-1].value == _BY_ONLY:
        return all(piece.kind in _BETWEEN or piece.value in DASHES for piece in between)
    # "Fell in value by 38 million"
    terms = [piece for piece in between if not (piece.kind == "measure" and piece.slot("by"))]
    turn = lead[place]
    if turn.slot("than"):
        # "Hơn cùng kỳ năm ngoái 12,7 triệu USD"
        terms = [piece for piece in terms if piece.kind not in ("base", "then")]
    return all(piece.kind in ("adverb", "prep", "respectively") for piece in terms)


def _is_ratio(lead: Sequence[Piece]) -> bool:
    """ "Bằng 85 %"; but not "tương đương giảm 35 %"."""
    told = _has(lead[-2:], "ratio", "before") or _has(lead[-2:], "ratio", "equal")
    return told and lead[-1].kind != "direction"


def _has(pieces: Sequence[Piece], kind: str, value: str) -> bool:
    return any(piece.kind == kind and piece.value == value for piece in pieces)


def _of(pieces: Iterable[Piece]) -> Of | None:
    named = ""
    turn: Mark | None = None
    for piece in pieces:
        if piece.slot("head"):
            # "A tonne fetched 4,100 USD"
            return "unit_value"
        if piece.kind == "measure" and piece.value != "amount":
            named = piece.value
        elif _tells_money(piece):
            named = "value"
        if isinstance(piece, Mark) and piece.kind == "direction":
            turn = piece
    if named:
        return one_of(OFS, named)
    # "Became dearer and surpassed last year's result by 33.8 %": the last word tells what changed.
    return "unit_value" if turn is not None and turn.slot("price") else None


def _is_gapped(lead: Sequence[Piece]) -> bool:
    """ "…, and pepper 7.5 million": nothing but the next goods, so that the verb before goes on."""
    kinds = [piece.kind for piece in lead if not (piece.kind == "sep" and piece.value == ",")]
    return kinds in (["and", "product"], ["product"]) and len(kinds) < len(lead)


def _measured_by(piece: Piece) -> bool:
    """ "2.1 % less of it was shipped by weight": this needs to stand nowhere near."""
    return piece.kind == "measure" and bool(piece.slot("by"))


def _likewise(lead: Sequence[Piece]) -> bool:
    """ "Whereas that of coffee rose to 20.4 %": what was told of the last goods is told of these."""
    kinds = [(piece.kind, piece.value.partition("/")[0]) for piece in lead]
    return any(one[0] == "anaphora" and other == ("prep", "of") for one, other in pairwise(kinds))


def _tells_money(piece: Piece) -> bool:
    """ "Paid 4 % less", "earned 20 % more" speak of value."""
    return piece.kind == "earned" or bool(piece.slot("money"))
