"""What a sentence tells only after its first amounts, but of them too: a period, a subject, a flow."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin import said
from corridor.bulletin.bites import Bite, is_dated_aside, is_strong_stop
from corridor.bulletin.claims import BALANCES, BOTH, TOTAL
from corridor.bulletin.intake import take
from corridor.bulletin.neighbours import compared, named_last, named_later, opens_with_share
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.set_against import names_base
from corridor.bulletin.subject import Subject
from corridor.bulletin.telling import Telling

_LITTLE = frozenset({"prep", "other", "adverb", "measure"})
_NAMING = frozenset({"product", "place", "anaphora", "share"})
_SUBJECTS = frozenset({"flow", "product", "earned", "total"})
_TELLS_FLOW = frozenset({"flow", "earned", "swap", "anaphora"})


def foretell(telling: Telling, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
    """Takes in what the amounts of a sentence lean on and what only later words tell; ``rest`` follows the last one."""
    _period(telling, cut)
    _subject(telling, cut, rest)
    _flow(telling, cut, rest)
    _later_flow(telling, cut, rest)
    _listed_flow(telling, cut)
    _traded_with(telling, cut, rest)


def _period(telling: Telling, cut: Sequence[Bite]) -> None:
    """ "Fell 60 % to 205 million USD in January": a period told late holds for the amounts before it too."""
    depth = 0
    for order, bite in enumerate(cut):
        depth += _opened(bite.lead)
        inside, depth = depth > 0 and order > 0, depth + _opened(bite.trail)
        if "period" in bite.lead.kinds or any(map(_parts, bite.lead)):
            return
        apart = is_dated_aside(bite.trail) or (order > 0 and names_base(cut[order - 1].trail, bite.lead))
        if bite.at_base or apart or inside or _recalls(telling, bite):
            # "Rubber 3.9 million (three times the 1.3 million of 2023)": nor does what a bracket tells.
            continue
        if bite.quantity.unit == "fraction" and not _turned(bite):
            # "Not a third of the 139.7 million in 2022": what follows is what it is compared with.
            return
        after = next((piece.kind for piece in bite.trail if piece.kind not in ("other", "anaphora", "adverb")), "")
        if bite.quantity.unit == "times" and after == "period" and telling.clock.times.when:
            # "Gấp 1,6 lần năm 2023": what it is a multiple of.
            continue
        if "period" not in bite.trail.kinds:
            continue
        told = next((piece for place, piece in enumerate(bite.trail) if _dates(bite.trail, place)), None)
        if isinstance(told, Mark):
            telling.clock.foretell(told)
            return


def _parts(piece: Piece) -> bool:
    """ "48 million; …", "48 million, of which 20.4 million in March": whether what follows has a period of its own."""
    return piece.kind == "of_which" or is_strong_stop(piece)


def _opened(pieces: Pieces) -> int:
    """How many more brackets open than close."""
    if "sep" not in pieces.kinds:
        return 0
    return sum((piece.value == "(") - (piece.value == ")") for piece in pieces if piece.kind == "sep")


def _turned(bite: Bite) -> bool:
    return "direction" in bite.lead.kinds


def _recalls(telling: Telling, bite: Bite) -> bool:
    """ "At 252 USD per tonne (278 USD in 2024)": a bracket that tells of a time before the one spoken of."""
    now = telling.clock.times.when
    if now is None or "period" not in bite.trail.kinds or "(" not in [piece.value for piece in bite.lead]:
        return False
    told = next(piece for piece in bite.trail if piece.kind == "period")
    if not isinstance(told, Mark):
        return False
    when = said.period(told, telling.scene.year, now)
    return when is not None and when < now


def _dates(trail: Sequence[Piece], place: int) -> bool:
    """Whether a period after an amount is its own, not what it is compared with."""
    dated = trail[place].kind == "period" and trail[place].value != "year_level"
    # "Replaced the surplus of 90 million that had been registered in 2024"
    dated = dated and not any(piece.value == "had" for piece in trail[:place])
    return dated and not compared(trail, place, "/against", "/over")


def _subject(telling: Telling, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
    """ "After growing 34 % in 2024, exports to Russia fell 3 %": one subject for both."""
    if not cut or not _opens_without_subject(cut[0]):
        return
    telling.foretold = True
    following = cut[1].lead if len(cut) > 1 else rest
    if len(cut) > 1 and cut[1].quantity.unit == "rank":
        # "… Russia became the third-largest coal supplier": what a rank is of stands behind it.
        following = (*cut[1].lead, *cut[1].trail)
    end = next((place for place, piece in enumerate(following) if is_strong_stop(piece)), len(following))
    # "Their value was 295 million (2024: 236 million)": a bracket tells of another time.
    bracketed = bool(following) and following[0].value == "("
    for piece in following[:end]:
        if isinstance(piece, Place):
            telling.subject.take_place(piece.role, piece.code)
        elif piece.kind in ("flow", "product"):
            take(telling, piece, (piece,), 0)
        elif isinstance(piece, Mark) and piece.kind == "period" and not (bracketed or telling.clock.times.said_here):
            telling.clock.take(piece, (piece,), 0)


def _flow(telling: Telling, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
    """ "Plastics (130 million) and rubber (43.6 million) led imports from Russia": the flow is told last."""
    if not cut or not (named_last(cut) or (not telling.scene.flow and named_later(cut))):
        return
    after = (*cut[-1].trail, *rest) if named_last(cut) else (*cut[1].lead, *cut[1].trail)
    end = next((place for place, piece in enumerate(after) if is_strong_stop(piece)), len(after))
    # "48 million after 60.4 million in January 2025": that period is not the first amount's.
    dated = not cut[-1].at_base and cut[-1].quantity.unit != "times"
    # "Cars: 1,482 units; 2,310 units in 2024"
    dated = dated and not any(_parts(piece) for bite in cut[1:] for piece in bite.lead)
    told = Subject.of(telling.scene)
    headed = "product" not in cut[0].lead.kinds
    for place, piece in enumerate(after[:end]):
        if isinstance(piece, Place):
            told.take_place(piece.role, piece.code)
        elif piece.kind == "flow" and piece.value not in BALANCES:
            goods = (told.product, told.word) if headed and _is_part(cut[-1]) else (TOTAL, "")
            told.take_flow(telling.flow_of(piece))
            # "Palm oil. 466 million, that is 59.7 % of all imports from Indonesia": of the goods that head it.
            told.product, told.word = goods if told.product == TOTAL else (told.product, told.word)
        elif piece.kind == "product" and headed:
            told.take_product(piece.value, telling.words(piece.i, piece.j))
        elif isinstance(piece, Mark) and piece.kind == "period" and dated:
            telling.clock.take(piece, after, place)
    if told.fresh_flow and (told.roles or told.pair):
        telling.scene.reporter, telling.scene.partner = told.parties(told.flow, telling.scene)
        telling.scene.flow, telling.scene.trade, telling.scene.product = told.flow, told.trade, told.product
        telling.scene.word = told.word
        telling.subject = Subject.of(telling.scene)
    elif told.fresh_flow and told.flow in BOTH and telling.scene.partner and named_last(cut):
        # "Rubber (241 million) and cars (118 million) topped the list of exports."
        telling.scene.flow = telling.scene.trade = told.flow
        telling.subject = Subject.of(telling.scene)
    elif told.fresh_product and not told.flow:
        # "Down 7.3 %: seafood." The next sentence tells the flow.
        telling.subject = told


def _is_part(bite: Bite) -> bool:
    """Whether an amount is a share of the flow that is told behind it."""
    told = bool(bite.trail) and bite.trail[0].kind in ("total", "flow")
    return told and bite.quantity.unit in ("percent", "fraction")


def _later_flow(telling: Telling, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
    """ "Coffee and seafood made up 20.4 % and 9.5 % of exports to Russia": the flow of what was named before."""
    if not cut or cut[0].lead.kinds & {"flow", "earned"}:
        return
    first = cut[0].lead.kinds | (cut[0].trail.kinds if opens_with_share(cut[0].lead) else set())
    shares = "share" in first
    if "product" not in first or (telling.subject.flow and not shares):
        return
    later = [*cut[0].trail, *(piece for bite in cut[1:] for piece in (*bite.lead, *bite.trail)), *rest]
    if telling.subject.flow:
        # Whatever was told before, it is a share of what follows.
        later = later[: next((at for at, piece in enumerate(later) if is_strong_stop(piece)), len(later))]
    told = next((at for at, piece in enumerate(later) if piece.value in BOTH or piece.kind == "earned"), None)
    if told is None:
        return
    if later[told].kind == "earned":
        telling.subject.earn()
    else:
        telling.subject.flow = telling.subject.trade = later[told].value
        telling.subject.fresh_flow = telling.subject.fresh_flow or shares
    if "place" not in cut[0].lead.kinds:
        for piece in later[max(0, told - 1) : told + 5]:
            if isinstance(piece, Place):
                telling.subject.take_place(piece.role, piece.code)


def _is_participle(piece: Piece) -> bool:
    return bool(piece.slot("verb"))


def _listed_flow(telling: Telling, cut: Sequence[Bite]) -> None:
    """Goods listed after both flows were told: of the flow that their clause names, or that some are only traded in."""
    if not cut or not telling.scene.told >= BOTH or "product" not in cut[0].lead.kinds:
        return
    if cut[0].lead.kinds & _TELLS_FLOW:
        return
    pieces = [piece for bite in cut for piece in (*bite.lead, *bite.trail)]
    end = next((place for place, piece in enumerate(pieces) if is_strong_stop(piece)), len(pieces))
    named = [piece.value for at, piece in enumerate(pieces[:end]) if _is_told(pieces, at, telling)]
    only = [telling.scene.only_flow(piece.value) for piece in pieces if piece.kind == "product"]
    alike = {flow for flow in only if flow}
    flow = named[0] if named else alike.pop() if len(alike) == 1 and not _trades(pieces) else ""
    if flow:
        telling.subject.flow = telling.subject.trade = flow


def _traded_with(telling: Telling, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
    """ "Only China, with 271 billion, and the US, with 199 billion, traded more with Korea": of the trade."""
    leads = [bite.lead for bite in cut]
    named = bool(leads) and all("place" in lead.kinds and not lead.kinds & _SUBJECTS for lead in leads)
    after = (*cut[-1].trail, *rest) if named else ()
    flow = next((at for at, piece in enumerate(after) if piece.kind == "flow" and piece.value == "turnover"), None)
    with_whom = after[flow + 1 : flow + 2] if flow is not None else ()
    if with_whom and isinstance(with_whom[0], Place) and with_whom[0].role == "with":
        telling.take_flow("turnover")


def _is_told(pieces: Sequence[Piece], place: int, telling: Telling) -> bool:
    """Whether a word tells the flow of a list; "wheat, of which Viet Nam bought 214,000 tonnes" is the other side's."""
    before = pieces[place - 1] if place else None
    partner = isinstance(before, Place) and before.code == telling.scene.partner
    return pieces[place].kind == "flow" and pieces[place].value in BOTH and not partner


def _trades(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind in _TELLS_FLOW for piece in pieces)


def _adds_adverb(bite: Bite) -> bool:
    """«Заметно, в 1,8 раза, выросли продажи пшеницы»: an adverb, and the change between commas."""
    return [piece.kind for piece in bite.lead] == ["adverb", "sep", "prep"] and not bite.trail


def _opens_without_subject(bite: Bite) -> bool:
    """Whether a sentence opens with a change or a level ("At 193 million, exports …") and tells of what after."""
    named = (bite.lead.kinds | bite.trail.kinds) & _NAMING
    if named and "share" not in bite.lead.kinds:
        return False
    lead = _after_period(bite.lead)
    around = (*lead, *bite.trail)
    parted = _adds_adverb(bite)
    changes = parted or any(piece.kind == "direction" for piece in lead)
    changes = changes or (bool(lead) and all(piece.kind in ("prep", "turn", "hedge") for piece in lead))
    little = [piece for piece in lead if piece.kind == "prep"]
    changes = changes or (bool(little) and all(piece.kind in _LITTLE for piece in lead))
    told = bool(named) or (not parted and any(piece.kind == "sep" for piece in around))
    # "Worth 709 million, rice …"
    changes = changes or ([piece.kind for piece in lead] == ["measure"] and not bite.trail)
    # "With 6.99 million tonnes shipped, Russia became …"
    told = told or any(piece.kind == "flow" and not _is_participle(piece) for piece in around)
    # "Accounting for 29 % of the value, coal …"
    whole = all(piece.kind in ("measure", "total", "prep") for piece in bite.trail)
    return (changes and not told) or (opens_with_share(bite.lead) and whole)


def _after_period(lead: Sequence[Piece]) -> Sequence[Piece]:
    """ "In 2024, up 35 %, exports …": what stands behind the period that opens a sentence."""
    opens = [piece.value if piece.kind == "sep" else piece.kind for piece in lead[:2]] == ["period", ","]
    return lead[2:] if opens else lead
