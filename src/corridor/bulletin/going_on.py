"""What a word for a flow goes on about: the goods spoken of before, and the flow that was told of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corridor.bulletin.claims import BALANCES, BOTH, TOTAL, UNKNOWN
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.telling import Telling

# Beside a word for moving goods, they tell what moves.
_NEWLY = frozenset({"goods", "product", "total", "other"})
_WHOLES = frozenset({"total", "goods", "place"})


class GoingOn(NamedTuple):
    """The group that goes on and its words, None where the flow is one of other goods; ``flow``: so does the flow.

    ``turned``: it is the flow of the other side's goods.
    """

    goods: tuple[str, str] | None
    flow: bool
    turned: bool


def going_on(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> GoingOn:
    """What the word for a flow at ``place`` goes on about."""
    moved = _moved_on(telling, around, place)
    told = _told_on(telling, piece, around, place)
    turned = _turns_round(telling, around)
    goods = (
        _kept_product(telling, piece, around[place + 1 : place + 4])
        or _their_product(telling, around, place)
        or told
        or _of_the_body(telling, around, place)
        or ((telling.subject.product, telling.subject.word) if moved else None)
        or (None if turned else _of_goods_told(telling, piece, around, place))
        or _weighed(telling, around, place)
        or _measured_on(telling)
    )
    same = (told is not None and telling.subject.flow in BOTH) or _moves_on(telling, piece, around, place)
    return GoingOn(goods, moved or same, turned)


def _names_whole(piece: Piece) -> bool:
    return piece.kind in ("goods", "total") or isinstance(piece, Place)


def _kept_product(telling: Telling, flow: Piece, after: Sequence[Piece]) -> tuple[str, str] | None:
    """ "Imported fish for 115 million and exported it for 214": a verb without goods of its own keeps the last."""
    subject = telling.subject
    goes_on = flow.slot("verb") and subject.spent and subject.fresh_product
    if _lists_flows(telling, flow, after):
        return subject.before, subject.before_word
    goes_on = goes_on and not any(piece.kind == "goods" for piece in after)
    return (subject.product, subject.word) if goes_on else telling.topic


def _lists_flows(telling: Telling, flow: Piece, after: Sequence[Piece]) -> bool:
    """ "Thủy sản xuất 61,0 triệu USD, nhập 27,3 triệu USD, tức thặng dư 33,7 triệu USD": all of the same goods."""
    bare = flow.j == flow.i + 1 or flow.value in BALANCES
    if not (bare and telling.pieces[0].kind == "product" and telling.subject.spent):
        return False
    alone = [piece.kind for piece in telling.pieces].count("product") == 1
    return alone and not any(map(_names_whole, after))


def _their_product(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Garment makers had a bad year. Their sales …": what those sell who were named last."""
    their = bool(place) and around[place - 1].value == "their" and telling.scene.sold[0] != TOTAL
    return telling.scene.sold if their else None


def _told_on(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Coffee … Sales rose 6 %": what was told of goods goes on, unless the whole or another partner is named."""
    told = flow.slot("goes") or flow.slot("moves")
    if not told or telling.subject.fresh_product or telling.scene.product == TOTAL:
        return None
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
    if any(piece.kind in _WHOLES for piece in around[max(0, place - 2) : place + 4]):
        return None
    return telling.scene.product, telling.scene.word


def _of_the_body(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    if telling.body is None or telling.subject.fresh_product:
        return None
    whole = any(piece.kind in ("total", "goods") for piece in around[max(0, place - 2) : place + 3])
    return None if whole else telling.body


def _moved_on(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Deliveries reached 54.8 million": of what was spoken of, seen from the side that was told."""
    flow, subject = around[place], telling.subject
    moves = flow.slot("moves") and subject.flow in BOTH and subject.product != TOTAL
    if subject.fresh_product or (flow.slot("verb") and subject.topic[1] == TOTAL):
        # What a verb tells of may be named after the amount.
        return False
    if not moves:
        return False
    near = (*around[max(0, place - 1) : place], *around[place + 1 : place + 4])
    return not any(isinstance(piece, Place) or piece.kind in _NEWLY for piece in near)


def _of_goods_told(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "In January shipments from Russia went on: 8.7 million", where a text tells of goods and never of all."""
    subject, scene = telling.subject, telling.scene
    if not scene.goods_only or scene.told:
        return None
    verb = flow.slot("verb")
    moves = flow.slot("moves") and subject.before in scene.traded
    alone = moves or scene.traded.keys() - {UNKNOWN} == {subject.before}
    verb = verb and bool(telling.pieces.kinds & {"product", "goods"})
    if verb or not alone:
        return None
    near = {piece.kind for piece in (*around[:place], *around[place + 1 : place + 4])}
    return None if near & {"total", "goods", "product"} else (subject.before, subject.before_word)


def _turns_round(telling: Telling, around: Sequence[Piece]) -> bool:
    """ "Viet Nam shipped coffee to Russia. Russian deliveries to Viet Nam …": not of the goods that went there."""
    scene = telling.scene
    sides = scene.settled if scene.traded.get(telling.subject.before) == "export" else scene.settled[::-1]
    if not all(sides):
        return False
    told = {piece.role: piece.code for piece in around if isinstance(piece, Place)}
    sender = told.get("from") or told.get("made") or told.get("of")
    return (sender, told.get("to")) == sides[::-1]


def _weighed(telling: Telling, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
    """ "Xuất khẩu gạo … Lượng bán cho Nga mới chiếm 0,44%": a weight is one of goods."""
    subject = telling.subject
    weighs = place > 0 and around[place - 1].kind == "measure" and around[place - 1].value == "volume"
    return (subject.before, subject.before_word) if weighs and subject.before != TOTAL else None


def _measured_on(telling: Telling) -> tuple[str, str] | None:
    """ "27.6 million garments were imported. By value, the imports amounted to 215 million": of the same goods."""
    opened = telling.pieces[0]
    measured = opened.kind == "measure" and opened.slot("by")
    goes_on = measured and telling.scene.product != TOTAL and not telling.subject.fresh_product
    return (telling.scene.product, telling.scene.word) if goes_on else None


def _moves_on(telling: Telling, flow: Piece, around: Sequence[Piece], place: int) -> bool:
    """«Половину ввоза дали телефоны; поставки обуви достигли 63 млн»: of the flow that the sentence is on."""
    moves = flow.slot("moves") and not flow.slot("verb")
    if not (moves and telling.subject.fresh_flow and telling.subject.flow in BOTH):
        return False
    near = (*around[max(0, place - 2) : place], *around[place + 1 : place + 5])
    return not any(isinstance(piece, Place) for piece in near)
