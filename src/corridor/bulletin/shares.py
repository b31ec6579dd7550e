"""Whose share in what: a product's in the trade of a pair, or a partner's in the trade of a reporter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corridor.bulletin.bites import Bite, falls_to, is_strong_stop
from corridor.bulletin.claims import MIRROR, TOTAL, Among, mirrored
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import PARTNERS, Piece, Place
from corridor.bulletin.subject import Subject
from corridor.bulletin.tokens import DASHES
from corridor.bulletin.words import rule_words
from corridor.codes import areas

_ITS = frozenset({"its", "their"})
# Where the goods of a flow go to, or come from.
_AWAY = {"export": ("to",), "import": ("from", "made")}
_OWNS = ("of", "made", "from")
_BUYER = "buyer"
_JOINS = frozenset({"sep", "and", "prep", "turn", "hedge"})
_FLOWS = ("export", "import", "turnover")
_NAMED = ("product", "place")
_ON_MARKET = frozenset({"to", "made"})
# A little word before the whole: "tỷ trọng trong tổng xuất khẩu".
_WITHIN = "//"


@dataclass(frozen=True)
class Sharer:
    """Who has a share: a product among the products, or ``partner`` among the partners of ``reporter``.

    ``sure``: the words for buyer or market tell the flow.
    """

    among: Among
    partner: str = ""
    reporter: str = ""
    product: str = ""
    flow: str = ""
    whole: str = ""
    sure: bool = False


def sharer(bite: Bite, subject: Subject) -> Sharer:
    """Who has the share or the rank that an amount tells."""
    clause = _clause(bite.lead)
    if falls_to(bite.trail):
        return Sharer("products", product=bite.trail[2].value)
    holder, after = _holder(clause), _holder_after(bite.trail)
    if (market := _on_market(clause)) is not None:
        return market
    owner = isinstance(holder, Place) and holder.role == "of"
    if isinstance(holder, Place) and owner and _owns_flow(clause, holder, bite.trail):
        return Sharer("products")
    # «В структуре российского экспорта первое место занимают удобрения»
    holder = None if owner and isinstance(after, Mark) else holder
    after = None if holder else after
    if isinstance(after, Mark):
        return Sharer("products", product=after.value)
    holder = (
        _maker(clause, bite.trail)
        or _supplier(clause, bite.trail)
        or _buyer(clause)
        or _partner_of_alike(clause, bite.trail)
        or holder
        or after
    )
    if holder is None and bite.quantity.unit == "rank" and not subject.fresh_product:
        holder = _first([piece for piece in bite.trail if not (isinstance(piece, Place) and piece.role == "of")])
    told = [piece for at, piece in enumerate(clause) if not _does(clause, at)]
    whole = [piece for piece in (*told, *_without_rivals(bite.trail)) if piece is not holder]
    if isinstance(holder, Place) and (acted := _acted(clause, bite.trail)):
        # "China took 72.4 % of Viet Nam's rubber": of Viet Nam's exports.
        return replace(_among_partners(holder, whole, subject), flow=acted)
    everywhere = subject.world or any(piece.kind == "whole_country" for piece in whole)
    everywhere = everywhere and not any(piece.kind == "anaphora" and piece.value == "partner" for piece in bite.trail)
    if isinstance(holder, Place) or everywhere:
        return _among_partners(holder, whole, subject)
    if holder is None and _is_within(clause) and subject.before != TOTAL:
        return Sharer("products", product=subject.before)
    if holder is None and subject.product == TOTAL:
        return Sharer("partners")
    return Sharer("products")


def _owns_flow(clause: Sequence[Piece], owner: Place, trail: Sequence[Piece]) -> bool:
    """ "Phần xuất khẩu của Việt Nam chiếm 60,2%": the flow has the share, in the turnover."""
    at = clause.index(owner)
    told = at > 0 and clause[at - 1].kind == "flow" and clause[at - 1].value in MIRROR
    return told and clause[at + 1 : at + 2] != [] and not any(isinstance(piece, Place) for piece in trail)


def _on_market(clause: Sequence[Piece]) -> Sharer | None:
    """«На российском рынке вьетнамский чай занимает пятое место»: whose goods they are, among those who sell there."""
    places = [piece for piece in clause if isinstance(piece, Place)]
    roles = {place.role: place.code for place in places}
    goods = [piece.value for piece in clause if piece.kind == "product"]
    flows = any(piece.kind == "flow" for piece in clause)
    told = len(places) == len(roles) == len(_ON_MARKET) and roles.keys() == _ON_MARKET and len(goods) == 1
    return Sharer("partners", roles["made"], roles["to"], goods[0], "import", sure=True) if told and not flows else None


def _supplier(clause: Sequence[Piece], trail: Sequence[Piece]) -> Piece | None:
    """«По перцу Вьетнам сохранил первое место среди поставщиков в Россию»: who acts, not where the goods go."""
    sells = any(piece.kind == "flow" and piece.slot("seller") for piece in trail)
    there = {piece.code for piece in trail if isinstance(piece, Place)}
    acting = [piece for piece in clause if isinstance(piece, Place) and piece.role in ("", "of")]
    found = [piece for piece in acting if piece.code not in there]
    return found[-1] if sells and there and found else None


def _is_within(clause: Sequence[Piece]) -> bool:
    return any(one.kind == "share" and other.value == _WITHIN for one, other in pairwise(clause))


def _buyer(clause: Sequence[Piece]) -> Piece | None:
    """«В списке покупателей вьетнамской одежды Россия занимает 8-е место»: one of the buyers."""
    place = next((at for at, piece in enumerate(clause) if piece.kind == "other" and piece.value == _BUYER), None)
    after = () if place is None else clause[place + 1 :]
    found = [piece for piece in after if isinstance(piece, Place) and piece.role in ("", "of")]
    return found[-1] if found else None


def _acted(clause: Sequence[Piece], trail: Sequence[Piece]) -> str:
    """The owner's flow, where only the word for what the partner does tells one."""
    acts = [piece.value for piece in clause if isinstance(piece, Mark) and piece.kind == "flow" and _is_act(piece)]
    owned = bool(trail[1:]) and any(isinstance(piece, Place) and piece.role in _OWNS for piece in trail[:3])
    told = any(piece.kind == "flow" for piece in trail)
    return mirrored(acts[-1]) if acts and owned and not told else ""


def _is_act(flow: Mark) -> bool:
    return flow.value in MIRROR and bool(flow.slot("weak") or flow.slot("verb"))


def _does(clause: Sequence[Piece], place: int) -> bool:
    """ "Germany took 12.9 % of the value": what somebody does is not whose trade is told."""
    flow, before = clause[place], clause[place - 1] if place else None
    acts = isinstance(flow, Mark) and flow.kind == "flow" and _is_act(flow)
    return acts and isinstance(before, Place) and before.role in ("", "of")


def lists_partner(bite: Bite) -> str:
    """ "Germany took 12.9 %, Italy 7.2 % and Russia 4.8 %": the next one of the partners, else nothing."""
    places = [piece for piece in bite.lead if isinstance(piece, Place)]
    alone = len(places) == 1 and all(piece.kind in _JOINS or piece is places[0] for piece in bite.lead)
    return places[0].code if alone and not bite.trail[1:] else ""


def _without_rivals(trail: Sequence[Piece]) -> Sequence[Piece]:
    """ "The second largest supplier after China": who comes first reports nothing."""
    end = next(
        (at for at, piece in enumerate(trail) if piece.value == "/after/" or piece.value in rule_words("behind")),
        len(trail),
    )
    return trail[:end]


def _maker(clause: Sequence[Piece], trail: Sequence[Piece]) -> Piece | None:
    """ "Than Nga chiếm 8,6% trị giá than nhập khẩu": where the goods come from, in the imports of the same goods."""
    made = next((piece for piece in clause if isinstance(piece, Place) and piece.role == "made"), None)
    goods = {piece.value for piece in clause if piece.kind == "product"}
    alike = goods == {piece.value for piece in trail if piece.kind == "product"}
    imported = any(piece.kind == "flow" and piece.value == "import" for piece in trail)
    apart = any(isinstance(piece, Place) for piece in trail)
    return made if goods and alike and imported and not apart else None


def _partner_of_alike(clause: Sequence[Piece], trail: Sequence[Piece]) -> Piece | None:
    """ "Coal imports from Russia were 15 % of Viet Nam's coal imports": the partner, because the goods are the same."""
    alike = [
        {(piece.kind, piece.value) for piece in pieces if piece.kind in ("product", "flow")}
        for pieces in (clause, trail)
    ]
    traded = [each for each in clause if isinstance(each, Place) and each.role in PARTNERS]
    wholly = not any(isinstance(each, Place) and each.role in PARTNERS for each in trail)
    return traded[0] if len(alike[0]) > 1 and alike[0] == alike[1] and wholly and traded else None


def goes_on(held: Sharer, before: Sharer | None, bite: Bite) -> Sharer:
    """ "Russia has 0.5 % … and is the 26th largest partner of Viet Nam": the same partner, where no other is told."""
    told = any(isinstance(piece, Place) for piece in bite.lead)
    if before is None or not before.partner:
        return held
    return held if told or held.among != "partners" or held.partner else replace(held, partner=before.partner)


def within_group(held: Sharer, group: str) -> Sharer:
    """ "3.32 billion to the Eurasian union, of which Russia 68 %": the whole is the trade just told."""
    apart = held.whole or held.flow or held.product not in ("", TOTAL)
    if apart or not held.partner or not group or areas.area(group).kind != "group":
        return held
    return replace(held, whole=group)


def refers_back(bite: Bite, held: Sharer) -> bool:
    """ "Its share of imports", «…; её доля в экспорте»: who had the share or the rank told before."""
    its = [one for one, other in pairwise(bite.lead) if other.kind == "share"]
    partners = bool(held.partner)
    return any(one.value in _ITS or (partners and (one.kind, one.value) == ("anaphora", "product")) for one in its)


def _clause(lead: Sequence[Piece]) -> Sequence[Piece]:
    start = next((place + 1 for place in range(len(lead) - 1, -1, -1) if _starts_over(lead, place)), 0)
    return lead[start:]


def _starts_over(lead: Sequence[Piece], place: int) -> bool:
    """Whether another holder may be named: "the structure of exports: coffee 20 %"."""
    colon = lead[place].kind == "sep" and lead[place].value == ":"
    return is_strong_stop(lead[place]) or (colon and any(piece.kind in _NAMED for piece in lead[place + 1 :]))


def _holder(clause: Sequence[Piece]) -> Piece | None:
    """The product or area that has the share: before a verb ("makes up"), after a noun unless it owns it."""
    shares = [at for at, piece in enumerate(clause) if piece.kind == "share"]
    nouns = [at for at in shares if clause[at].value == "noun"]
    # «В структуре импорта на долю угля приходится 35 %»: the last noun names whose share it is.
    place = nouns[-1] if nouns else shares[0] if shares else None
    if place and clause[place].value == "noun" and (product := _possessive(clause[:place])):
        return product
    told = clause[place + 1 : place + 2] if place is not None and clause[place].value == "noun" else ()
    if told and told[0].value == _WITHIN:
        # "…, nâng tỷ trọng trong tổng xuất khẩu sang Nga": what follows is the whole.
        return _last(clause[:place])
    if told and told[0].kind == "anaphora" and told[0].value == "product":
        # «Доля этой группы в поставках из России»
        return told[0]
    bracketed = _before_bracket(clause)
    if bracketed is not None:
        return bracketed
    if place is not None and clause[place].value == "verb" and (listed := _product(clause[place + 1 :])):
        return listed
    opening = _opening(clause if place is None else clause[:place])
    if opening is not None:
        return opening
    if place is None and clause and isinstance(clause[-1], Place) and clause[-1].role == "":
        # "Nga đứng thứ năm"
        return clause[-1]
    if place is None:
        partners = [piece for piece in clause if not (isinstance(piece, Place) and piece.role == "of")]
        # «Для Вьетнама Россия – шестой покупатель кофе»
        alone = [piece for piece in partners if isinstance(piece, Place) and piece.role == ""]
        return _first(alone if len(alone) < len(partners) else partners) or _first(partners) or _first(clause)
    if clause[place].value == "noun" and not _owned(clause, place):
        return _first(_without_owners(clause[place + 1 :])) or _last(clause[:place])
    return _last(clause[:place])


def _before_bracket(clause: Sequence[Piece]) -> Piece | None:
    """ "Garments (22.3 %)", "dệt may (chiếm 22,3%)": the product right before the bracket."""
    inside = [piece for piece in clause if piece.kind != "share" or piece.value != "verb"]
    told = len(inside) > 1 and inside[-1].value == "(" and inside[-2].kind == "product"
    return inside[-2] if told else None


def _holder_after(trail: Sequence[Piece]) -> Piece | None:
    """ "34.9 % of imports fell to coal": what follows the verb has the share."""
    # «В экспорте 28,6 % занимает уголь, 12,9 % – удобрения», «две трети импорта (64,5 %) – телефоны»
    told = [piece for piece in trail[:4] if piece.kind != "flow" and piece.value != ")"]
    if [piece.kind for piece in told[:2]] == ["sep", "product"] and told[0].value in DASHES:
        return told[1]
    place = next((at for at, piece in enumerate(trail) if _gives(piece) or _comes_from_goods(trail, at)), None)
    near = () if place is None else [piece for piece in trail[place + 1 : place + 4] if piece.kind != "prep"]
    return near[0] if near and near[0].kind in _NAMED else None


def _comes_from_goods(trail: Sequence[Piece], at: int) -> bool:
    """ "13.1 % of exports came from coffee"."""
    after = trail[at + 1 : at + 2]
    return trail[at].value.startswith("from/") and bool(after) and after[0].kind == "product"


def _gives(piece: Piece) -> bool:
    # "4.2 % of the coffee went to Russia", «треть экспорта принёс кофе»
    moved = piece.kind == "earned" or (piece.kind == "flow" and bool(piece.slot("weak")))
    return moved or (piece.kind == "share" and piece.value in ("verb", "given")) or piece.value == "/level/"


def _possessive(before: Sequence[Piece]) -> Piece | None:
    """ "Coffee's share", "the coffee share", "its share": a product right before the noun."""
    near = before[-1] if before[-1].kind != "sign" or len(before) == 1 else before[-2]
    return near if near.kind == "product" or (near.kind == "anaphora" and near.value == "product") else None


def _opening(clause: Sequence[Piece]) -> Piece | None:
    """ "Philippines là thị trường gạo lớn nhất, chiếm …": an area that opens the clause is its subject."""
    first = next((piece for piece in clause if piece.kind in ("product", "place", "flow", "share")), None)
    return first if isinstance(first, Place) and first.role == "" else None


def _owned(clause: Sequence[Piece], place: int) -> bool:
    return any(isinstance(piece, Place) and piece.role == "of" for piece in clause[max(0, place - 3) : place])


def _product(pieces: Sequence[Piece]) -> Piece | None:
    """ "Imports consisted of coal (34.9 %)": a product between the verb and its amount."""
    return next((piece for piece in pieces if piece.kind == "product"), None)


def _without_owners(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """ "Its share in Viet Nam's exports": whose exports they are is not who has the share."""
    owners = {place - 1 for place, piece in enumerate(pieces) if piece.kind == "sign" and piece.value == "'s"}
    return [piece for place, piece in enumerate(pieces) if place not in owners]


def _first(pieces: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in pieces if piece.kind in _NAMED), None)


def _last(pieces: Sequence[Piece]) -> Piece | None:
    products = [piece for piece in pieces if piece.kind == "product"]
    places = [piece for piece in pieces if piece.kind == "place"]
    return products[-1] if products else (places[0] if places else None)


def _imports(whole: Sequence[Piece], place: int) -> bool:
    """ "Its share in Russian coffee imports": what Russia imports, not where the coffee is from."""
    return [piece.kind for piece in whole[place + 1 : place + 3]] == ["product", "flow"]


def _among_partners(holder: Piece | None, whole: Sequence[Piece], subject: Subject) -> Sharer:
    places = [piece.code for piece in whole if isinstance(piece, Place)]
    products = [piece.value for piece in whole if piece.kind == "product"]
    traded = [piece for piece in whole if piece.kind == "flow" and piece.value in _FLOWS]
    flows = [piece.value for piece in traded if not piece.slot("market")]
    # "The second largest supplier" goes on about the same goods.
    sells = bool(traded) and all(piece.slot("seller") for piece in traded)
    partner = holder.code if isinstance(holder, Place) else ""
    groups = [code for code in places if areas.area(code).kind == "group" and code != partner]
    reporter = next((code for code in places if code != partner and code not in groups), "")
    flow = flows[-1] if flows else ""
    # "Its share of the Russian tea market" is one in what Russia buys.
    # "The fifth among the suppliers of goods to Viet Nam": of all of them.
    whole_trade = any(piece.kind == "goods" for piece in whole)
    in_market = flow or any(piece.kind == "share" for piece in whole)
    buyers = {_BUYER} if in_market else {_BUYER, *rule_words("market")}
    if reporter and any(piece.kind == "other" and piece.value in buyers for piece in whole):
        # «Россия на пятом месте среди покупателей вьетнамского кофе», "26th among the markets for Vietnamese goods"
        product = TOTAL if whole_trade else subject.product
        product = products[0] if products else product
        # "By two-way trade it is third among the trading partners of Korea"
        both = subject.flow == "turnover" and subject.fresh_flow and product == TOTAL
        sold = "turnover" if both else "export"
        return Sharer("partners", partner, reporter, product, sold, sure=_acts_itself(holder))
    if flow in MIRROR and any(
        isinstance(piece, Place) and piece.code == reporter and piece.role in _AWAY[flow] and not _imports(whole, at)
        for at, piece in enumerate(whole)
    ):
        # "Viet Nam is the 17th among those who export to Russia": Russia imports.
        flow = mirrored(flow)
    # A partner's share with a flow and no product named is of all goods, whatever was spoken of before.
    whole_trade = whole_trade or (bool(flows) and not subject.fresh_product and not sells)
    own = subject.topic[1] if flow == subject.topic[0] and not _names_all(whole) else TOTAL
    product = products[0] if products else own if whole_trade else subject.product
    return Sharer("partners", partner, reporter, product, flow, groups[0] if groups else "")


def _names_all(whole: Sequence[Piece]) -> bool:
    """ "4 % of all exports"; but «28 % экспортной выручки», in a text on cosmetics alone."""
    return any(piece.kind in ("goods", "total") for piece in whole)


def _acts_itself(holder: Piece | None) -> bool:
    """«Россия — четвёртый покупатель»: no owner of a share."""
    return isinstance(holder, Place) and holder.role == ""
