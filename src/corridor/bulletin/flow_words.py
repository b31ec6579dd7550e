"""What a word for a flow tells in its sentence: which flow, of what goods, seen from whose side."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.claims import BALANCES, BOTH, FLOWS, MIRROR, TOTAL, UNKNOWN, one_of
from corridor.bulletin.habits import habits
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.scene import HOME, WORLD
from corridor.bulletin.telling import Telling

# How far behind a verb stands whom one trades with.
_ACTS_ON = 8
# "Nga từng mua", "Nga đã nhập": what may stand between who acts and the verb.
_BEFORE_VERB, _ACTED = frozenset({"other", "adverb"}), 3
_OF = frozenset({"của", "phía"})
# Beside a word for moving goods, they tell what moves.
_NEWLY = frozenset({"goods", "product", "total", "other"})


def _names_place(piece: Piece) -> bool:
    """ "Nga nhập", "nước này bán"."""
    return isinstance(piece, Place) or (piece.kind == "anaphora" and piece.value == "place")


def _names_whole(piece: Piece) -> bool:
    return piece.kind in ("goods", "total") or isinstance(piece, Place)


def take_flow_word(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> None:
    """A flow, what it goes on about, and what else its word tells; a weak one gives way to one told before."""
    weak = isinstance(piece, Mark) and bool(piece.slot("weak"))
    # "Shipments reached 2.26 billion, while it spent 2.51 billion": money spent tells another flow.
    anew = isinstance(piece, Mark) and piece.slot("money") and telling.subject.spent and telling.subject.strong
    # "Russia took 2,240 tonnes, but paid 14.9 million for it": one purchase, seen from the seller's side.
    anew = anew and (MIRROR[one_of(FLOWS, piece.value)] if telling.actor else piece.value) != telling.subject.flow
    if weak and ((telling.subject.fresh_flow and not anew) or telling.off_fresh):
        return
    if isinstance(piece, Mark) and piece.slot("goes") and telling.off_fresh:  # "Retail coffee sales grew"
        return
    if isinstance(piece, Mark) and piece.slot("brings") and _brings_money(telling, around, place):
        telling.subject.earn()
        return
    if telling.supplied and piece.value == "export" and telling.subject.flow == "import":
        # "… became the second-largest supplier, shipping 720,000 tonnes": seen from the buyer's side.
        telling.supplied = False
        return
    if isinstance(piece, Mark) and piece.slot("sum") and _sums(telling, around, place):
        return
    if isinstance(piece, Mark) and _tells_where(telling, piece):
        return
    _brings_home(telling, piece)
    if _acts_again(telling, piece, around[:place]):
        telling.paid = telling.subject.spent = False
        return
    telling.paid = isinstance(piece, Mark) and bool(piece.slot("money"))
    goes_on = _goes_on(telling, around, place)
    going_on = _going_on(telling, piece, around, place)
    kept = _kept_goods(telling, piece, around, place, going_on, goes_on=goes_on)
    spoken = telling.off_topic and weak
    told = (
        goes_on or (going_on is not None and telling.subject.flow in BOTH) or _moves_on(telling, piece, around, place)
    )
    actor = _actor(telling, piece, around[:place])
    telling.take_flow(telling.subject.flow if told else MIRROR[one_of(FLOWS, piece.value)] if actor else piece.value)
    if actor:
        telling.subject.view(actor)
    # "Tourists spent 950 million": a weak word does not bring back the topic.
    telling.off_topic = spoken
    telling.kept = kept is not None and telling.subject.product == TOTAL
    if kept and telling.kept:
        telling.subject.take_product(*kept)
    _trader(telling, piece)


def _kept_goods(
    telling: Telling,
    flow: Piece,
    around: Sequence[Piece],
    place: int,
    going_on: tuple[str, str] | None,
    *,
    goes_on: bool,
) -> tuple[str, str] | None:
    """The goods that a word for a flow goes on about, if it does."""
    turned = _turns_round(telling, around)
    if turned:
        telling.subject.topic = ("", TOTAL, "")
    return (
        _kept_product(telling, flow, around[place + 1 : place + 4])
        or _their_product(telling, around, place)
        or going_on
        or _of_the_body(telling, around, place)
        or ((telling.subject.product, telling.subject.word) if goes_on else None)
        or (None if turned else _of_goods_told(telling, flow, around, place))
        or _weighed(telling, around, place)
        or _measured_on(telling)
    )


def _tells_where(telling: Telling, flow: Mark) -> bool:
    """ "A market", «экспортная выручка в торговле с Россией»: beside the flow told, with whom or where."""
    subject = telling.subject
    told = {piece.value for piece in telling.pieces if piece.kind == "flow" and piece.i < flow.i}
    within = bool(flow.slot("within")) and subject.fresh_flow and not (subject.spent or told >= BOTH)
    return within or (bool(flow.slot("market")) and subject.flow in BOTH)


def _brings_home(telling: Telling, flow: Piece) -> None:
    """ "Bia của Nga nhập về": bought from the owner."""
    owner = telling.subject.roles.get("of", "")
    if isinstance(flow, Mark) and flow.slot("home") and owner not in ("", HOME[telling.language]):
        telling.subject.roles["from"] = telling.subject.roles.pop("of")


def _sums(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "II. Nhập khẩu. Tổng kim ngạch đạt 664 triệu USD": the total of what is told of, no turnover."""
    goods = _sums_goods(telling, around, place)
    if not goods and telling.scene.headed_flow:
        telling.take_flow(telling.scene.headed_flow)
    return goods or bool(telling.scene.headed_flow)


def _sums_goods(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Cà phê …, nâng tổng kim ngạch của mặt hàng này lên 203,9 triệu USD": the total of the goods' flow."""
    after = around[place + 1 : place + 5]
    goods = telling.subject.fresh_product or any(piece.kind in ("product", "flow") for piece in after)
    return goods or any(piece.kind == "anaphora" and piece.value == "product" for piece in after)


def _acts_again(telling: Telling, flow: Piece, before: Sequence[Piece]) -> bool:
    """ "Spent 76 million to buy 11 thousand tonnes", "Russian roasters paid 4,310, whereas they had paid 5,655"."""
    they = any(piece.kind == "anaphora" and piece.value == "first" for piece in before[-3:])
    acts = isinstance(flow, Mark) and bool(flow.slot("money") or flow.slot("verb"))
    # "Người Nga chi 96 triệu USD để mua 18 nghìn tấn cà phê": the same purchase, told as the seller's export.
    mirrored = telling.subject.sides.bought or bool(telling.actor)
    seen = MIRROR[one_of(FLOWS, flow.value)] if mirrored and flow.value in BOTH else flow.value
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
    return place.i > 0 and telling.tokens[place.i - 1].key in _OF


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


def _kept_product(telling: Telling, flow: Piece, after: Sequence[Piece]) -> tuple[str, str] | None:
    """ "Imported fish for 115 million and exported it for 214": a verb without goods of its own keeps the last."""
    subject = telling.subject
    goes_on = isinstance(flow, Mark) and flow.slot("verb") and subject.spent and subject.fresh_product
    told = any(piece.kind == "goods" for piece in after)
    if _lists_flows(telling, flow, after):
        return subject.before, subject.before_word
    return (subject.product, subject.word) if goes_on and not told else telling.topic


def _lists_flows(telling: Telling, flow: Piece, after: Sequence[Piece]) -> bool:
    """ "Thủy sản xuất 61,0 triệu USD, nhập 27,3 triệu USD, tức thặng dư 33,7 triệu USD": all of the same goods."""
    goods = bool(telling.pieces) and telling.pieces[0].kind == "product" and telling.subject.spent
    alone = [piece.kind for piece in telling.pieces].count("product") == 1
    bare = flow.j == flow.i + 1 or flow.value in BALANCES
    return goods and alone and bare and not any(map(_names_whole, after))


def _going_on(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Coffee … Sales rose 6 %": what was told of goods goes on, unless the whole or another partner is named."""
    told = isinstance(flow, Mark) and (flow.slot("goes") or flow.slot("moves"))
    near = {piece.kind for piece in around[max(0, place - 2) : place + 4]}
    if (
        telling.scene.opens
        and flow.value in telling.scene.told
        and any(piece.kind == "period" for piece in around[:place])
    ):
        # A new paragraph that opens with its period: "In January 2026 sales came to 194 million".
        return None
    if [piece.kind for piece in around[place + 1 : place + 3]] == ["prep", "product"]:
        # "The biggest purchases were coal, …": goods of their own.
        return None
    if (
        not told
        or telling.subject.fresh_product
        or telling.scene.product == TOTAL
        or near & {"total", "goods", "place"}
    ):
        return None
    return telling.scene.product, telling.scene.word


def _of_goods_told(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "In January shipments from Russia went on: 8.7 million", where a text tells of goods and never of all."""
    subject, scene = telling.subject, telling.scene
    verb = isinstance(flow, Mark) and flow.slot("verb")
    moves = isinstance(flow, Mark) and flow.slot("moves") and subject.before in scene.traded
    alone = moves or scene.traded.keys() - {UNKNOWN} == {subject.before}
    verb = verb and any(piece.kind in ("product", "goods") for piece in telling.pieces)
    told = scene.goods_only and alone and not scene.told and not verb
    near = {piece.kind for piece in (*around[:place], *around[place + 1 : place + 4])}
    return (subject.before, subject.before_word) if told and not near & {"total", "goods", "product"} else None


def _turns_round(telling: Telling, around: Sequence[Piece]) -> bool:
    """ "Viet Nam shipped coffee to Russia. Russian deliveries to Viet Nam …": not of the goods that went there."""
    scene = telling.scene
    sides = scene.settled if scene.traded.get(telling.subject.before) == "export" else scene.settled[::-1]
    told = {piece.role: piece.code for piece in around if isinstance(piece, Place)}
    sender = told.get("from") or told.get("made") or told.get("of")
    return all(sides) and (sender, told.get("to")) == sides[::-1]


def _weighed(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Xuất khẩu gạo … Lượng bán cho Nga mới chiếm 0,44%": a weight is one of goods."""
    subject = telling.subject
    weighs = place > 0 and around[place - 1].kind == "measure" and around[place - 1].value == "volume"
    return (subject.before, subject.before_word) if weighs and subject.before != TOTAL else None


def _measured_on(telling: Telling) -> tuple[str, str] | None:
    """ "27.6 million garments were imported. By value, the imports amounted to 215 million": of the same goods."""
    opened = telling.pieces[0]
    measured = isinstance(opened, Mark) and opened.kind == "measure" and opened.slot("by")
    goes_on = measured and telling.scene.product != TOTAL and not telling.subject.fresh_product
    return (telling.scene.product, telling.scene.word) if goes_on else None


def _of_the_body(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    whole = any(piece.kind in ("total", "goods") for piece in around[max(0, place - 2) : place + 3])
    return telling.body if not whole and not telling.subject.fresh_product else None


def _moves_on(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> bool:
    """«Половину ввоза дали телефоны; поставки обуви достигли 63 млн»: of the flow that the sentence is on."""
    moves = isinstance(flow, Mark) and flow.slot("moves") and not flow.slot("verb")
    near = (*around[max(0, place - 2) : place], *around[place + 1 : place + 5])
    told = telling.subject.fresh_flow and telling.subject.flow in BOTH
    return bool(moves) and told and not any(isinstance(piece, Place) for piece in near)


def _goes_on(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Deliveries reached 54.8 million": of what was spoken of, seen from the side that was told."""
    flow, subject = around[place], telling.subject
    moves = isinstance(flow, Mark) and flow.slot("moves") and subject.flow in BOTH and subject.product != TOTAL
    if subject.fresh_product or (isinstance(flow, Mark) and flow.slot("verb") and subject.topic[1] == TOTAL):
        # What a verb tells of may be named after the amount.
        return False
    near = (*around[max(0, place - 1) : place], *around[place + 1 : place + 4])
    return bool(moves) and not any(isinstance(piece, Place) or piece.kind in _NEWLY for piece in near)


def _their_product(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Garment makers had a bad year. Their sales …": what those sell who were named last."""
    their = bool(place) and around[place - 1].value == "their" and telling.scene.sold[0] != TOTAL
    return telling.scene.sold if their else None


def _trader(telling: Telling, flow: Piece) -> None:
    """What else a word for a flow tells of the two sides."""
    told = flow.slots if isinstance(flow, Mark) else {}
    sides = telling.subject.sides
    sides.buys, sides.mutual, sides.sells = "buys" in told, "mutual" in told, "seller" in told
    sides.moves, sides.gives = "moves" in told, False
    sides.supplies = sides.moves and "verb" not in told
    if sides.buys and not sides.bought and telling.subject.roles.get("to") and not telling.subject.roles.get("from"):
        # «В России куплено товаров»
        telling.subject.roles["from"] = telling.subject.roles.pop("to")
