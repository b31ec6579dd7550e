"""What stands beside an amount and changes its meaning: the amount after it, a comparison, a later base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corridor.bulletin.bites import Bite, falls_to
from corridor.bulletin.claims import Of
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import PARTNERS, Piece, Pieces, Place
from corridor.bulletin.shares import Sharer
from corridor.bulletin.subject import Subject, is_part
from corridor.bulletin.tokens import BULLETS
from corridor.bulletin.words import rule_words

_BEFORE_PRODUCT = frozenset(
    {"prep", "earned", "share", "period", "other", "goods", "place", "flow", "measure", "direction", "adverb"}
)
_SUMMING = frozenset({"total", "sep", "sign", "prep", "adverb", "and", "other", "modal", "turn", "period"})
_ADDING = frozenset({"sep", "and", "other", "direction", "adverb", "prep"})
_ANNOUNCING = frozenset({"other", "prep", "adverb", "anaphora"})
_ANNOUNCED = 8
_APPOSED = frozenset({"()", ",,"})
_THOSE = "those"
_ARTICLES = frozenset({"a", "the"})
_TIMES = frozenset({"period", "base", "then"})
_TOLD = frozenset({"flow", "product", "goods", "share"})
_NAMED_FIRST = frozenset({"flow", "place", "anaphora", "share", "mute", "off_topic"})
_NAMED_ANEW = frozenset({"flow", "product", "measure", "earned", "share", "total", "goods"})
# «Треть (32,2 %)», «треть – 32,2 %»
_RESTATING = (["("], ["–"], ["—"])


def shared(subject: Subject, held: Sharer) -> Subject:
    """The subject of a share: the partner who has it, in the trade of the reporter who is told."""
    if held.among != "partners":
        return replace(subject, product=held.product, word="") if held.product else subject
    if not (held.partner or held.reporter):
        return replace(subject, world=False, product=held.product or subject.product)
    region = subject.roles.get("of", "")
    roles = {"of": held.reporter or (region if is_part(region) else ""), "with": held.partner}
    return replace(
        subject,
        roles={role: code for role, code in roles.items() if code},
        pair=[],
        listed="",
        world=False,
        product=held.product or subject.product,
        word=subject.word if held.product in ("", subject.product) else "",
        flow=held.flow or subject.flow,
        fresh_flow=subject.fresh_flow or held.sure or bool(held.flow),
    )


def compared(pieces: Sequence[Piece], place: int, *roles: str) -> bool:
    """Whether a period stands after "compared with" or, with ``roles``, after another such word."""
    told = pieces[place]
    named = place > 1 and pieces[place - 1].value.startswith("of/") and pieces[place - 2].value == _THOSE
    if named or (place and pieces[place - 1].value == _THOSE):
        # "Beat those of April 2024 by 1.7 % and those of March by 4.8 %"
        return True
    if place and pieces[place - 1].kind == "direction" and told.slot("adj"):
        # «Ниже октябрьских 361 млн»
        return True
    if place and pieces[place - 1].kind == "direction" and pieces[place - 1].slot("than"):
        # "Cao hơn năm ngoái 35,7%"
        return True
    for piece in reversed(pieces[max(0, place - 3) : place]):
        if piece.kind == "prep" and piece.value.endswith(roles or ("/against", "/over")):
            return True
        if piece.kind == "direction" and piece.slot("against"):
            return True
        if piece.kind not in ("prep", "other", "measure", "flow", "goods"):
            return False
    return False


def compares_partners(bite: Bite) -> bool:
    """ "70 billion, over 30 times those to Russia": a multiple of another partner's trade."""
    if bite.quantity.unit != "times" or "direction" in bite.lead.kinds:
        return False
    after = next((piece for piece in bite.trail if piece.kind not in ("anaphora", "other", "flow", "goods")), None)
    return isinstance(after, Place)


def compares_flows(bite: Bite, following: Bite | None) -> bool:
    """ "Imports of 381 million were almost double exports": a multiple of the other flow."""
    if bite.quantity.unit != "times":
        return False
    after = (*bite.trail, *(following.lead if following else ()))
    flow = after[0].value if after and after[0].kind == "flow" else ""
    told = [piece.value for piece in bite.lead if piece.kind == "flow"]
    grows = "direction" in bite.lead.kinds
    # "Viet Nam doubled deliveries of coffee": what somebody does is no comparison.
    acts = not told and any(isinstance(piece, Place) and piece.role == "" for piece in bite.lead)
    return not (grows or acts) and bool(flow) and flow not in told[-1:]


def following_of(bite: Bite, following: Bite | None) -> Of | None:
    """ "Fell 41.5 % to 305.7 thousand tonnes": a change is of what the level it leads to is of."""
    if (
        following is None
        or following.quantity.unit not in ("t", "piece")
        or bite.quantity.unit not in ("percent", "times")
    ):
        return None
    between = [
        piece for piece in (*bite.trail, *following.lead) if piece.kind not in ("base", "period", "hedge", "adverb")
    ]
    # "USD 402.3 million, plus 27.7 %, for 76,400 tonnes": beside the change, not what it led to.
    beside = any(piece.value.startswith("for/") for piece in between)
    leads_on = any(piece.kind == "prep" for piece in between) and not beside
    return "volume" if leads_on and all(piece.kind in ("prep", "sep", "and") for piece in between) else None


def with_bracketed_periods(cut: Sequence[Bite]) -> list[Bite]:
    """ "10,947 tonnes (7.8 million USD) in 2024": the period after the brackets is that of both amounts."""
    found = list(cut)
    for place, (bite, following) in enumerate(pairwise(cut)):
        if "period" not in following.trail.kinds or len(following.lead) != 1:
            continue
        bracketed = [piece.value for piece in following.lead] == ["("] and _closes_dated(following.trail)
        # "5.40 million tonnes worth 913.2 million (2024)".
        worth = [piece.kind for piece in following.lead] == ["measure"] and _brackets_period(following.trail)
        if (bracketed or worth) and "period" not in bite.trail.kinds:
            found[place] = replace(bite, trail=Pieces((*bite.trail, following.trail[1])))
    return found


def _closes_dated(trail: Sequence[Piece]) -> bool:
    return len(trail) > 1 and trail[0].value == ")" and trail[1].kind == "period"


def _brackets_period(trail: Sequence[Piece]) -> bool:
    return len(trail) > 1 and trail[0].value == "(" and trail[1].kind == "period"


def explained(pieces: Sequence[Piece], place: int) -> Mark | None:
    """ "Last month (July 2026)", «годом ранее, в 2022-м, …»: the period that the brackets or the commas tell."""
    after = pieces[place + 1 : place + 4]
    if [piece.kind for piece in after] != ["sep", "period", "sep"] or after[0].value + after[2].value not in _APPOSED:
        return None
    return after[1] if isinstance(after[1], Mark) else None


def leads_to(bite: Bite) -> bool:
    """ "More than halved in 2025 to 3.4 million": the level that a change led to, in the period of the change."""
    return bool(bite.lead) and bite.lead[0].value.startswith("to/") and all(piece.kind == "prep" for piece in bite.lead)


def dated_by_level(bite: Bite, following: Bite | None) -> Mark | None:
    """ "Which were worth 762 million in 2024, shrank by 33.9 % to 504 million in 2025": the change has the period of
    the level that it leads to.
    """
    if following is None or bite.quantity.unit not in ("percent", "times", "fraction") or bite.trail:
        return None
    leads = bool(following.lead) and all(piece.value.startswith(("to/", "/level/")) for piece in following.lead)
    turned = "direction" in bite.lead.kinds
    dated = not bite.lead.kinds.isdisjoint(_TIMES)
    told = following.trail[0] if following.trail else None
    found = leads and turned and not dated
    return told if found and isinstance(told, Mark) and told.kind == "period" else None


def adds_change(bite: Bite) -> bool:
    """ "…in 2025, a 37.5 % fall", "…in 2025 (-37.5 %)": a change that nothing but a sign parts from its level."""
    changes = bite.quantity.unit in ("percent", "pp", "times", "fraction") or bite.quantity.signed
    if not changes or not bite.lead:
        return False
    parted = bite.lead[0].kind == "sep" and bite.lead[0].value in ",("
    return parted and bite.lead.kinds <= _ADDING


def changed_since(bite: Bite) -> bool:
    """ "Has more than doubled since the agreement took effect": a change from a day that nobody told."""
    change = bite.quantity.unit in ("percent", "pp", "times", "fraction")
    return change and ("since" in bite.lead.kinds or "since" in bite.trail.kinds)


def holds_share(bite: Bite) -> bool:
    """ "The 34.9 % share of coal in imports", «с долей 20,4 % кофе»: a product named after its share."""
    if not bite.trail or "product" in bite.lead.kinds:
        return False
    told = bite.trail[0].kind == "share" and bite.trail[0].value == "noun"
    dashed = [piece.kind for piece in bite.trail[:2]] == ["sep", "product"] and bite.trail[0].value in BULLETS
    return told or dashed or (bite.trail[0].kind == "product" and opens_with_share(bite.lead))


def parted_among_partners(bite: Bite, following: Bite | None) -> bool:
    """ "Coffee exports came to 5.6 billion, of which 306 million went to Russia": the amount of all partners."""
    if following is None or following.quantity.unit != bite.quantity.unit:
        return False
    if "of_which" not in following.lead.kinds or following.lead.kinds & _TOLD:
        return False
    near = (*following.lead, *following.trail[:2])
    return any(isinstance(piece, Place) and piece.role in PARTNERS for piece in near)


def opens_with_share(lead: Pieces) -> bool:
    """ "With a share of 20.4 %, coffee …": nobody is named before the share."""
    if "share" not in lead.kinds:
        return False
    return {piece.kind for piece in lead if piece.value not in _ARTICLES} <= {"share", "prep", "adverb", "hedge"}


def sums_up(lead: Pieces) -> bool:
    """ "Total: 3.61 billion", "4.77 billion in all": nothing but a word for the whole leads to the amount."""
    return "total" in lead.kinds and lead.kinds <= _SUMMING


def named_last(cut: Sequence[Bite]) -> bool:
    """Whether no amount of a sentence has a flow or an area before it, though products or nothing at all are named."""
    if any(bite.lead.kinds & _NAMED_FIRST for bite in cut) or any(bite.trail.kinds & _NAMED_FIRST for bite in cut[:-1]):
        return False
    return "product" in cut[0].lead.kinds or cut[0].lead.kinds <= {"direction", "sep", "sign", "adverb"}


def named_later(cut: Sequence[Bite]) -> bool:
    """ "Steel multiplied sevenfold: Viet Nam shipped 9,516 tonnes": a product whose flow the next amount tells."""
    first = cut[0].lead.kinds | cut[0].trail.kinds
    return len(cut) > 1 and "product" in first and not first & {"flow", "place", "mute", "off_topic", "duty"}


def is_list_item(pieces: Sequence[Piece]) -> bool:
    """Whether the sentence is an item of a list, which goes on where the one before left off."""
    return bool(pieces) and pieces[0].kind in ("sep", "sign") and pieces[0].value in BULLETS


def is_entry(pieces: Sequence[Piece]) -> bool:
    """ "Japan: 19 billion (9 %)": an entry in a list of countries."""
    return len(pieces) > 1 and pieces[0].kind == "place" and pieces[1].value == ":"


def is_item(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence stands in a list, with a bullet or as a line that begins with its goods."""
    return is_list_item(pieces) or (bool(pieces) and pieces[0].kind == "product")


def refers(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence opens by pointing back at a figure: "That is 14.7 % more"."""
    return bool(pieces) and pieces[0].kind == "anaphora" and pieces[0].value == "figure"


def grows_on(pieces: Pieces) -> bool:
    """«По сравнению с тем же периодом прирост составил 27 %»: of the amount told last, where nothing else is named."""
    if pieces.kinds & _NAMED_ANEW or "quantity" not in pieces.kinds:
        return False
    amount = next(at for at, piece in enumerate(pieces) if piece.kind == "quantity")
    return any(piece.value.endswith("_noun") for piece in pieces[:amount])


def as_year(piece: Piece) -> Mark:
    """A year told as a date to be reached, as a plain one."""
    return replace(piece, kind="period", value="year") if isinstance(piece, Mark) else Mark("period", "year", 0, 0)


def is_close(bite: Bite, place: int) -> bool:
    """Whether a product follows its amount closely: "39 million USD of coffee"; a rank may be farther."""
    if bite.quantity.unit == "rank":
        return True
    # "A rise in Viet Nam's coffee exports"
    before = [piece for piece in bite.trail[:place] if piece.value != "'s"]
    if len(before) == 1 and before[0].kind == "sep":
        # "462 million - coffee"
        return before[0].value in BULLETS
    if (before and before[-1].kind == "flow") or falls_to(bite.trail):
        return True
    return len(before) <= 4 and all(piece.kind in _BEFORE_PRODUCT for piece in before)


def is_topic(pieces: Sequence[Piece], place: int) -> bool:
    """ "As to seafood, …", "Về thủy sản, …", «По углю: …»: what the whole sentence speaks of."""
    opens = place == 1 and (pieces[0].kind == "prep" or pieces[0].value in rule_words("as_to"))
    if place <= 1 and _announced(pieces[place + 1 :]):
        return True
    return opens and len(pieces) > 2 and pieces[2].kind == "sep" and pieces[2].value in ",:"


def _announced(after: Sequence[Piece]) -> bool:
    """ "Wheat tells a different tale: …": a product and what a colon ends, without a figure or a flow."""
    colon = next((at for at, piece in enumerate(after[:_ANNOUNCED]) if piece.value == ":"), 0)
    words = after[:colon]
    return any(piece.kind == "other" for piece in words) and all(piece.kind in _ANNOUNCING for piece in words)


def parts_share(bite: Bite, following: Bite | None) -> bool:
    """ "Coffee - 238 million (15.3 %; +18 %)": a rate without a sign beside one that has it."""
    if following is None or bite.quantity.unit != "percent" or bite.quantity.signed or bite.trail:
        return False
    opened = [piece.value for piece in bite.lead] == ["("]
    beside = [piece.value for piece in following.lead] in ([";"], [","], ["/"])
    return opened and beside and following.quantity.signed and following.quantity.unit == "percent"


def restates(bite: Bite, following: Bite | None) -> bool:
    """ "Gained about a third (32.2 %)": the bracket tells the same number, and better."""
    if following is None or bite.quantity.unit != "fraction" or bite.trail:
        return False
    return following.quantity.unit == "percent" and [piece.value for piece in following.lead] in _RESTATING


def is_dated(bite: Bite) -> bool:
    """Whether a period follows the amount."""
    return not bite.trail.kinds.isdisjoint(("period", "then"))


def in_measure(trail: Sequence[Piece], place: int) -> bool:
    """Whether a flow only says what a measure is of: "về khối lượng xuất khẩu"."""
    return place > 0 and trail[place - 1].kind == "measure"
