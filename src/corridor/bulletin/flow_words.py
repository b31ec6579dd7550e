"""What a word for a flow tells in its sentence: which flow, of what goods, seen from whose side."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.claims import BOTH, TOTAL, mirrored
from corridor.bulletin.going_on import going_on
from corridor.bulletin.habits import habits
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.scene import HOME, WORLD
from corridor.bulletin.telling import Telling
from corridor.bulletin.words import rule_words
from corridor.codes import areas

# How far behind a verb stands whom one trades with.
_ACTS_ON = 8
# "Nga từng mua", "Nga đã nhập": what may stand between who acts and the verb.
_BEFORE_VERB, _ACTED = frozenset({"other", "adverb"}), 3


def _names_place(piece: Piece) -> bool:
    """ "Nga nhập", "nước này bán"."""
    return isinstance(piece, Place) or (piece.kind == "anaphora" and piece.value == "place")


def take_flow_word(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> None:
    """A flow, what it goes on about, and what else its word tells; a weak one gives way to one told before."""
    weak = bool(piece.slot("weak"))
    if (weak and _gives_way(telling, piece)) or _adds_to_flow(telling, piece, around, place):
        return
    _brings_home(telling, piece)
    if _acts_again(telling, piece, around[:place]):
        telling.paid = telling.subject.spent = False
        return
    telling.paid = bool(piece.slot("money"))
    kept = going_on(telling, piece, around, place)
    spoken = telling.off_topic and weak
    actor = _actor(telling, piece, around[:place])
    if kept.turned:
        telling.subject.topic = ("", TOTAL, "")
    told = mirrored(piece.value) if actor else piece.value
    telling.subject.sides.swapped = telling.subject.sides.swapped and not _names_own_side(telling, around[place + 1 :])
    telling.take_flow(telling.subject.flow if kept.flow else told)
    if actor:
        telling.subject.view(actor)
    elif owner := _its_owner(telling, piece, around[:place]):
        telling.subject.roles.setdefault("of", owner)
    # "Tourists spent 950 million": a weak word does not bring back the topic.
    telling.off_topic = spoken
    telling.kept = kept.goods is not None and telling.subject.product == TOTAL
    if kept.goods and telling.kept:
        telling.subject.take_product(*kept.goods)
    _trader(telling, piece)


def _names_own_side(telling: Telling, after: Sequence[Piece]) -> bool:
    """ "Ở chiều ngược lại, nhập khẩu từ Nga …": with the partner told before, the flow is the one that is named."""
    places = [piece for piece in after[:_ACTS_ON] if isinstance(piece, Place) and piece.role in ("to", "from")]
    return bool(places) and places[0].code == telling.scene.settled[1] != ""


def _its_owner(telling: Telling, flow: Piece, before: Sequence[Piece]) -> str:
    """ "Indian shipments to Indonesia came to 1.2 billion and its purchases …": the owner that the sentence named."""
    if not before or before[-1].value not in rule_words("its"):
        return ""
    named = (each for each in telling.pieces if isinstance(each, Place) and each.i < flow.i and each.role in ("of", ""))
    return next((each.code for each in named if areas.area(each.code).kind == "country"), "")


def _gives_way(telling: Telling, piece: Piece) -> bool:
    """Whether a weak word tells nothing beside the flow told before."""
    # "Shipments reached 2.26 billion, while it spent 2.51 billion": money spent tells another flow.
    anew = piece.slot("money") and telling.subject.spent and telling.subject.strong
    # "Russia took 2,240 tonnes, but paid 14.9 million for it": one purchase, seen from the seller's side.
    anew = anew and (mirrored(piece.value) if telling.actor else piece.value) != telling.subject.flow
    return (telling.subject.fresh_flow and not anew) or telling.off_fresh


def _adds_to_flow(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> bool:
    """Whether a word only tells more of the flow told before, and takes that in; or speaks of none."""
    if piece.slot("goes") and telling.off_fresh:  # "Retail coffee sales grew"
        return True
    if piece.slot("brings") and _brings_money(telling, around, place):
        telling.subject.earn()
        return True
    if telling.supplied and piece.value == "export" and telling.subject.flow == "import":
        # "… became the second-largest supplier, shipping 720,000 tonnes": seen from the buyer's side.
        telling.supplied = False
        return True
    summed = piece.slot("sum") and _sums(telling, around, place)
    return bool(summed) or _tells_where(telling, piece)


def _tells_where(telling: Telling, flow: Piece) -> bool:
    """ "A market", «экспортная выручка в торговле с Россией»: beside the flow told, with whom or where."""
    subject = telling.subject
    within = bool(flow.slot("within")) and subject.fresh_flow and not subject.spent
    if within:
        told = {piece.value for piece in telling.pieces if piece.kind == "flow" and piece.i < flow.i}
        within = not told >= BOTH
    return within or (bool(flow.slot("market")) and subject.flow in BOTH)


def _brings_home(telling: Telling, flow: Piece) -> None:
    """ "Bia của Nga nhập về": bought from the owner."""
    owner = telling.subject.roles.get("of", "")
    if flow.slot("home") and owner not in ("", HOME[telling.language]):
        telling.subject.roles["from"] = telling.subject.roles.pop("of")


def _sums(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "II. Nhập khẩu. Tổng kim ngạch đạt 664 triệu USD": of what is told of, before both flows were."""
    goods = _sums_goods(telling, around, place)
    headed = telling.scene.headed_flow if not telling.scene.told >= BOTH else ""
    flow = around[place]
    if flow.slot("raised") and telling.subject.fresh_flow and telling.subject.flow in BOTH:
        # "Xuất khẩu rau quả tháng 9 đạt 1,3 tỷ USD, nâng tổng kim ngạch 9 tháng lên 6,2 tỷ USD"
        return True
    if not goods and headed:
        telling.take_flow(headed)
    return goods or bool(headed)


def _sums_goods(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Cà phê …, nâng tổng kim ngạch của mặt hàng này lên 203,9 triệu USD": the total of the goods' flow."""
    after = around[place + 1 : place + 5]
    goods = telling.subject.fresh_product or any(piece.kind in ("product", "flow") for piece in after)
    return goods or any(piece.kind == "anaphora" and piece.value == "product" for piece in after)


def _acts_again(telling: Telling, flow: Piece, before: Sequence[Piece]) -> bool:
    """ "Spent 76 million to buy 11 thousand tonnes", "Russian roasters paid 4,310, whereas they had paid 5,655"."""
    they = any(piece.kind == "anaphora" and piece.value == "first" for piece in before[-3:])
    acts = bool(flow.slot("money") or flow.slot("verb"))
    # "Người Nga chi 96 triệu USD để mua 18 nghìn tấn cà phê": the same purchase, told as the seller's export.
    turned = telling.subject.sides.bought or bool(telling.actor)
    seen = mirrored(flow.value) if turned else flow.value
    return (telling.paid and seen == telling.subject.flow) or (they and acts and telling.subject.sides.bought)


def _actor(telling: Telling, flow: Piece, before: Sequence[Piece]) -> str:
    """ "Russia took 2,240 tonnes", "… and sold goods for 60.5 million" in a text on Viet Nam's trade: Russia."""
    home, subject = telling.scene.viewpoint or telling.scene.teller or _home(telling), telling.subject
    if not home or not _acts(telling, flow, before):
        return ""
    named = "" if subject.spent else subject.listed or subject.roles.get("of", "")
    actor = named or (telling.actor if subject.spent else "")
    if habits(telling.language).books_change and actor == telling.scene.office:
        # "Theo Bộ Năng lượng Nga, năm 2025 Nga xuất khẩu …": told by its own figures.
        return ""
    if _trades_elsewhere(telling, flow, home) or (
        habits(telling.language).only_partner_acts and actor != (telling.scene.settled[1] or telling.scene.frame[1])
    ):
        return ""
    telling.actor = actor if actor != home else ""
    return telling.actor


def _acts(telling: Telling, flow: Piece, before: Sequence[Piece]) -> bool:
    """Whether a word for a flow tells that somebody trades; a Vietnamese one does behind a name: "Nga nhập"."""
    if not isinstance(flow, Mark) or flow.value not in BOTH:
        return False
    told = [piece for piece in before[-_ACTED:] if piece.kind not in _BEFORE_VERB]
    named = habits(telling.language).name_acts and bool(told) and _names_place(told[-1])
    return bool(flow.slot("weak") or flow.slot("verb")) or (named and not _owned(telling, told[-1]))


def _owned(telling: Telling, place: Piece) -> bool:
    """ "Của Nga": the trade is Russia's, whoever acts."""
    return place.i > 0 and telling.tokens[place.i - 1].key in rule_words("owned_by")


def _home(telling: Telling) -> str:
    """Whose trade the sentences before told first, in a text whose nouns do not say."""
    scene = telling.scene
    framed = scene.settled in (scene.frame, (scene.frame[0], WORLD))
    return (scene.home or (scene.settled[0] if framed else "")) if scene.settled[0] else ""


def _trades_elsewhere(telling: Telling, flow: Piece, home: str) -> bool:
    """ "Viet Nam bought coal from Russia" in a text on China's trade: with another than the one told of."""
    after = [piece for piece in telling.pieces if piece.i > flow.i][:_ACTS_ON]
    places = [piece.code for piece in after if isinstance(piece, Place) and piece.role in ("to", "from")]
    everywhere = any(piece.kind == "whole_country" and not piece.value for piece in after)
    return (bool(places) and home not in places) or everywhere


def _brings_money(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Seafood brought in 21 million", "exporters received 5,710 a tonne": money comes in, no goods."""
    subject = telling.subject
    goods = not (subject.roles or subject.listed or subject.pair) or (subject.spent and not subject.fresh_flow)
    sellers = any(piece.value == "seller" for piece in around[max(0, place - 3) : place])
    leads = all(piece.kind in ("adverb", "hedge", "prep") for piece in around[place + 1 :])
    return sellers or (goods and leads)


def _trader(telling: Telling, flow: Piece) -> None:
    """What else a word for a flow tells of the two sides."""
    told = flow.slots if isinstance(flow, Mark) else {}
    sides = telling.subject.sides
    sides.buys, sides.mutual, sides.sells = "buys" in told, "mutual" in told, "seller" in told
    sides.moves, sides.gives = "moves" in told, False
    sides.supplies = sides.moves and "verb" not in told
    sides.either = sides.moves and "sure" not in told
    roles = telling.subject.roles
    if sides.buys and not (sides.bought or telling.actor) and roles.get("to") and not roles.get("from"):
        # «В России куплено товаров»
        roles["from"] = roles.pop("to")
