"""A sentence cut around its amounts: what leads to each of them, and what is said after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corridor.bulletin.claims import BALANCES
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.set_against import amount_role, stands_at_base
from corridor.bulletin.tokens import DASHES

_STOPS = frozenset(",;():–—")
# «Половину этой суммы (50,3 %)»
_OF_IT = frozenset({"other", "anaphora", "measure", "flow"})
_HEADED = frozenset({"product", "flow", "place", "total"})
_AFTERTHOUGHTS = frozenset({"base", "then", "ratio", "respectively", "adverb"})
_JOINTS = frozenset({"why", "because", "so", "as"})
# A clause that only dates an amount, and how long one is.
_ASIDE_WORDS, _ASIDE = frozenset({"other", "relative", "place", "prep", "adverb", "period", "anaphora"}), 8
_TRAILING = frozenset(
    {"measure", "base", "then", "period", "place", "product", "goods", "respectively", "ratio", "other", "unit", "flow",
     "office", "of_which", "many", "total", "ignore", "adverb", "hedge", "share", "until", "mute", "duty", "sign",
     "foreign_unit", "anaphora", "sep", "since"}
)  # fmt: skip


@dataclass(frozen=True)
class Bite:
    """One amount with its surroundings. ``lead`` stands before it, ``trail`` after it, up to the next one's lead."""

    lead: Pieces
    quantity: Quantity
    trail: Pieces

    @cached_property
    def role(self) -> str:
        """What the little word before the amount makes it, see `amount_role`."""
        return amount_role(self.lead)

    @cached_property
    def at_base(self) -> bool:
        """Whether what leads to the amount makes it the level that another is compared with."""
        return stands_at_base(self.lead, self.quantity, self.role)


def bites(pieces: Sequence[Piece]) -> tuple[list[Bite], Pieces]:
    """The amounts of a sentence with their surroundings, and what is left after the last one."""
    places = [place for place, piece in enumerate(pieces) if isinstance(piece, Quantity)]
    found: list[Bite] = []
    start = 0
    for order, place in enumerate(places):
        following = places[order + 1] if order + 1 < len(places) else None
        quantity = pieces[place]
        gap = pieces[place + 1 : following]
        within = _is_apposed(pieces, place, gap)
        percent = _counts_change(quantity)
        cut = within + _cut(gap[within:], last=following is None, percent=percent, ranked=_ranks(quantity))
        if not order and (named := _names_behind(pieces[:place], gap)):
            cut = named
        if following is not None and _heads_its_own(gap, cut, quantity, pieces[following]):
            cut -= 1
        if isinstance(quantity, Quantity):
            found.append(Bite(Pieces(pieces[start:place]), quantity, Pieces(gap[:cut])))
        if within:
            found[-2] = _with_trail(found[-2], found[-1].trail)
        start = place + 1 + cut
    return found, Pieces(pieces[start:])


def is_stop(piece: Piece) -> bool:
    """Whether a piece parts clauses."""
    return piece.kind in ("and", "turn") or (piece.kind == "sep" and piece.value in _STOPS)


def falls_to(trail: Sequence[Piece]) -> bool:
    """«Около 10 % — на удобрения»: what an amount fell to, told after a dash."""
    return [piece.kind for piece in trail[:3]] == ["sep", "prep", "product"] and trail[1].value == "to/by/"


def is_dated_aside(trail: Sequence[Piece]) -> bool:
    """ "A deficit of 104 million, recorded in 2023, gave way to …": the clause dates the amount before it alone."""
    inside = [piece.kind for piece in trail[1:]]
    told = len(inside) > 1 and trail[0].value == "," and inside[0] in ("other", "relative")
    return told and inside[-1] == "period" and _ASIDE_WORDS.issuperset(inside)


def is_strong_stop(piece: Piece) -> bool:
    """Whether what comes after may have another subject."""
    return piece.kind == "turn" or (piece.kind == "sep" and piece.value == ";")


def _heads_its_own(gap: Sequence[Piece], cut: int, quantity: Piece, following: Piece) -> bool:
    """ "At 462.3 million it overtook seafood (233.4 million)": the product is the bracket's."""
    bracketed = cut > 1 and cut == len(gap) - 1 and gap[cut].value == "(" and gap[cut - 1].kind == "product"
    alike = isinstance(quantity, Quantity) and isinstance(following, Quantity) and quantity.unit == following.unit
    return bracketed and alike and any(piece.kind == "other" for piece in gap[: cut - 1])


def _counts_change(piece: Piece) -> bool:
    return isinstance(piece, Quantity) and piece.unit in ("percent", "pp", "times", "fraction")


def _ranks(piece: Piece) -> bool:
    return isinstance(piece, Quantity) and piece.unit == "rank"


def _is_apposed(pieces: Sequence[Piece], place: int, gap: Sequence[Piece]) -> int:
    """ "A third (34.9 %) of imports": 1 where the sentence goes on behind the bracket, else 0."""
    if place < 2 or not gap or gap[0].value != ")":
        return 0
    if _opens_with_change(pieces, place, gap):
        return 1
    if pieces[place - 1].value != "(":
        return 0
    before = next(
        (piece for piece in reversed(pieces[max(0, place - 5) : place - 1]) if piece.kind not in _OF_IT), None
    )
    return int(isinstance(before, Quantity) and before.unit == "fraction")


def _opens_with_change(pieces: Sequence[Piece], place: int, gap: Sequence[Piece]) -> bool:
    """«На 11,7 % (до 2,51 млрд долл.) увеличились поставки»: the bracket stands between a change and its direction."""
    bracket = place - 1 - (pieces[place - 1].kind == "prep")
    change = pieces[bracket - 1] if bracket > 1 and pieces[bracket].value == "(" else None
    turned = len(gap) > 1 and gap[1].kind == "direction"
    leads = bracket > 1 and pieces[bracket - 2].kind == "prep"
    first = bracket == 2 or (bracket > 2 and is_stop(pieces[bracket - 3]))
    return turned and leads and first and change is not None and _counts_change(change)


def _with_trail(bite: Bite, trail: tuple[Piece, ...]) -> Bite:
    """ "A third (34.9 %) of imports": both amounts are of what follows the bracket."""
    moved = "direction" in bite.lead.kinds
    told = tuple(piece for piece in bite.trail if piece.kind == "flow")
    return bite if moved else Bite(bite.lead, bite.quantity, Pieces((*told, *trail)))


def _cut(gap: Sequence[Piece], *, last: bool, percent: bool, ranked: bool) -> int:
    if _names_after_dash(gap) or (ranked and [piece.kind for piece in gap[:2]] == ["sep", "product"]):
        return 2
    if _falls_after_dash(gap):
        return 3
    if _parted_giver(gap):
        return 3
    if _gives_after(gap):
        return 2
    if aside := _dated_aside(gap):
        return aside
    stop = next((place for place, piece in enumerate(gap) if is_stop(piece)), None)
    if stop is None:
        return len(gap) if last else _typed_cut(gap, percent=percent or ranked)
    if _dated_after_dash(gap, stop):
        return stop + 2
    if [piece.kind for piece in gap[stop : stop + 3]] == ["sep", "period", "sep"] and gap[stop + 2].value == ")":
        # "33.9 % (2024), then …": the period stands behind its amount.
        stop += 3
    if [piece.kind for piece in gap[:2]] == ["sep", "period"] and gap[0].value == ")":
        # "… (7.8 million USD) in 2024 and …": so does one behind the brackets around it.
        stop = 2
    return _with_afterthoughts(gap, stop, last=last)


def _dated_aside(gap: Sequence[Piece]) -> int:
    """How long the clause between commas is that only dates the amount before it, 0 where there is none."""
    closed = next((at for at, piece in enumerate(gap[1:_ASIDE], 1) if piece.value == ","), 0)
    return closed if is_dated_aside(gap[:closed]) else 0


def _dated_after_dash(gap: Sequence[Piece], stop: int) -> bool:
    """«…в 2024 году и 2,51 млрд — в 2025-м;»: the period of the amount before the dash."""
    told = gap[stop].value in DASHES and len(gap) > stop + 1 and gap[stop + 1].kind == "period"
    return told and (len(gap) == stop + 2 or (gap[stop + 2].kind == "sep" and gap[stop + 2].value in ",;."))


def _names_after_dash(gap: Sequence[Piece]) -> bool:
    """ "…504 million, over 462 million - coffee, 214 million - seafood": each product follows its amount."""
    named = len(gap) > 1 and gap[0].kind == "sep" and gap[0].value in DASHES and gap[1].kind == "product"
    return named and (len(gap) == 2 or gap[2].kind == "and" or (gap[2].kind == "sep" and gap[2].value in ",;."))


def _names_behind(before: Sequence[Piece], gap: Sequence[Piece]) -> int:
    """ "1) 63.9 million – garments (+4.1 %)": what a sentence's first amount is of, up to the bracket; else 0."""
    first = all(piece.kind in ("sign", "sep") for piece in before)
    dashed = len(gap) > 2 and gap[0].kind == "sep" and gap[0].value in DASHES and gap[1].kind in _HEADED
    bracket = next((at for at, piece in enumerate(gap) if piece.value == "("), 0)
    parted = any(piece.kind == "sep" for piece in gap[1:bracket])
    return bracket if first and dashed and not parted else 0


def _gives_after(gap: Sequence[Piece]) -> bool:
    """«52,8 млн долл. принесла одежда, а 30,15 млн — кофе»: what brought the amount, behind the verb."""
    told = len(gap) > 1 and gap[1].kind == "product" and gap[0].kind in ("earned", "share") and gap[0].value != "noun"
    return told and (len(gap) == 2 or is_stop(gap[2]) or gap[2].value == ".")


def _parted_giver(gap: Sequence[Piece]) -> bool:
    """«315 млн — приходится на удобрения, …»: the same behind a dash."""
    return bool(gap) and gap[0].value in DASHES and _gives_after(gap[1:])


def _falls_after_dash(gap: Sequence[Piece]) -> bool:
    """«2,26 млрд пришлось на экспорт, а 2,51 млрд — на импорт»: what an amount fell to."""
    if len(gap) < 3 or gap[0].value not in DASHES or gap[1].value != "to/by/":
        return False
    return gap[2].kind in ("flow", "product", "place") and (len(gap) == 3 or is_stop(gap[3]) or gap[3].value == ".")


def _with_afterthoughts(gap: Sequence[Piece], stop: int, *, last: bool) -> int:
    """ "down 19.3 %, compared with a year earlier; imports": the comparison still belongs to the amount."""
    while stop < len(gap) and gap[stop].kind == "sep" and gap[stop].value in ",)":
        end = next((place for place in range(stop + 1, len(gap)) if is_stop(gap[place])), None)
        chunk = gap[stop + 1 : end]
        closed = end is not None or last
        if len(chunk) == 1 and chunk[0].kind == "then" and end is not None and gap[end].value in DASHES:
            # «…составил 5,66 млрд, годом ранее — 4,92 млрд»
            return stop
        dated = end is None and last and [piece.kind for piece in chunk if piece.value != "."] == ["period"]
        if not closed or not chunk or not (dated or all(_is_afterthought(chunk, place) for place in range(len(chunk)))):
            return stop
        stop = len(gap) if end is None else end
    return stop


def _is_afterthought(chunk: Sequence[Piece], place: int) -> bool:
    piece = chunk[place]
    if piece.kind in _AFTERTHOUGHTS or (piece.kind == "sep" and piece.value == "."):
        return True
    compared = any(each.kind == "prep" and each.value.endswith("/against") for each in chunk)
    return compared and piece.kind in ("prep", "period", "then", "other", "measure")


def _typed_cut(gap: Sequence[Piece], *, percent: bool) -> int:
    """Without a comma: modifiers belong to the amount before, whatever leads to a number to the one after."""
    if [piece.value for piece in gap] == ["the"]:
        # "2.1 times | the 79.7 million recorded in July 2022".
        return 0
    for place, piece in enumerate(gap):
        if piece.kind == "direction":
            if not (_leads_on(gap, place) and (percent or _to_a_base(gap, place))):
                return _clause_start(gap, place)
        elif piece.kind == "prep":
            if place == len(gap) - 1 or _opens_the_next(gap, place):
                return _of_what(gap, place)
        elif piece.kind not in _TRAILING or _names_the_next(gap, place) or _begins_the_next(gap, place, percent):
            return place
    return len(gap)


def _clause_start(gap: Sequence[Piece], turn: int) -> int:
    """ "The 31.4 % slump was why total exports contracted by a quarter": what turned is named behind the joint."""
    joint = next((at for at in range(turn - 1, -1, -1) if gap[at].value in _JOINTS), None)
    if joint is None or not any(piece.kind in ("flow", "product") for piece in gap[joint:turn]):
        return turn
    return joint


def _begins_the_next(gap: Sequence[Piece], place: int, percent: bool) -> bool:
    """ "…in 2024 to a deficit of 248 million", «…в 2024 году сменился в 2025 году дефицитом в 248 млн»."""
    piece = gap[place]
    if piece.kind == "flow" and (piece.value in BALANCES or not percent):
        return all(each.kind in ("prep", "hedge", "adverb") for each in gap[place + 1 :])
    again = piece.kind == "period" and any(each.kind == "period" for each in gap[:place])
    return again and any(each.kind == "flow" for each in gap[place + 1 :])


def _of_what(gap: Sequence[Piece], place: int) -> int:
    """ "…outpacing exports of 2.26 billion": what stands before "of" goes with the amount after it."""
    if not gap[place].value.startswith("of"):
        return place
    while place and gap[place - 1].kind in ("flow", "measure", "total"):
        place -= 1
    return place


def _names_the_next(gap: Sequence[Piece], place: int) -> bool:
    """ "…of 27 % for a volume of 954,000 tonnes", "7.502 tấn trị giá 39 triệu": the measure is the next amount's."""
    piece = gap[place]
    if piece.kind != "measure" or piece.slot("by"):
        return False
    rest = [each.kind for each in gap[place + 1 :] if each.kind not in ("adverb", "hedge")]
    return all(kind == "prep" for kind in rest) or rest in (["direction"], ["direction", "prep"])


def _leads_on(gap: Sequence[Piece], place: int) -> bool:
    """Whether a direction follows its number ("10 % higher than") and does not open the next ("10 % up 5 %")."""
    before = all(piece.kind in ("measure", "base", "adverb", "sign", "then") for piece in gap[:place])
    return before and (place < len(gap) - 1 or place == 0)


def _to_a_base(gap: Sequence[Piece], place: int) -> bool:
    """ "169 tonnes fewer than a year earlier": an amount of change, told by what follows it."""
    following = gap[place + 1 : place + 3]
    return any(piece.kind in ("base", "then") or piece.value.endswith("/against") for piece in following)


def _opens_the_next(gap: Sequence[Piece], place: int) -> bool:
    rest = gap[place + 1 :]
    if len(rest) > 1 and rest[0].kind == "flow" and rest[0].value in BALANCES:
        rest = rest[1:]
    if [piece.value for piece in rest] == ["year_own"]:
        # "Down 7.3 % from 2024's 231 million".
        return True
    if [piece.kind for piece in rest] == ["share"]:
        # "The fourth among the suppliers with a share of 9.5 %".
        return True
    if gap[place].value.endswith(("/against", "/after/")):
        return not any(piece.kind in ("period", "base", "then") for piece in rest)
    return all(piece.kind in ("adverb", "hedge") for piece in rest)


__all__ = ["Bite", "Mark", "bites", "falls_to", "is_dated_aside", "is_stop", "is_strong_stop"]
