"""What a title, a section's heading or a new paragraph tells of the sentences under it."""

from __future__ import annotations

from corridor.bulletin.bites import is_stop
from corridor.bulletin.claims import BOTH, TOTAL
from corridor.bulletin.habits import habits
from corridor.bulletin.neighbours import compared
from corridor.bulletin.outlook import when_told
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.scene import HOME, Scene
from corridor.bulletin.sections import flows_named
from corridor.bulletin.statement import Statement
from corridor.bulletin.when import When
from corridor.bulletin.words import rule_words
from corridor.codes import areas

# No heading holds a figure, or goods alone.
_FIGURES = frozenset({"quantity"})
_BESIDE_NAMES = frozenset({"sign", "sep", "number", "prep"})
_IN_ITEMS = _FIGURES | {"product"}
_DATING = frozenset({"period", "sep", "sign", "prep", "hedge", "alone", "adverb"})


def enter(scene: Scene, sentence: Statement) -> None:
    """A new paragraph begins; a title or a section's heading may tell the period of what stands under it."""
    dated = _is_dated(sentence)
    # Who acts may be the other side: "Russia bought goods worth 5 billion. Coffee …".
    scene.near_flow = (scene.trade or sentence.under) if sentence.under else ""
    scene.headed_flow = sentence.under if sentence.headed else ""
    named = flows_named(sentence) & BOTH or {sentence.under} & {scene.trade}
    scene.sole = named.pop() if len(named) == 1 else ""
    if sentence.section and not _tells_items(sentence):
        when = _heading_period(sentence, scene)
        if when is not None and scene.shown and not flows_named(sentence) & BOTH:
            # "Since the beginning of the year", over "Exports" and "Imports".
            scene.chapter = when
        scene.section = when or (scene.chapter if sentence.opens else scene.section)
        _head(scene, sentence)
        if scene.section is not None and not scene.shown and any(_tells_year(piece) for piece in sentence.pieces):
            scene.titled = scene.titled or scene.section
        elif not scene.shown:
            # "Trade picks up in August": the headline of a story.
            scene.section = None
    scene.opens = sentence.opens
    if sentence.opens:
        scene.return_from_all()
        scene.off_topic = scene.off_topic and not _tells_trade(sentence)
        scene.passing = None
        scene.summed = set()
        if habits(sentence.language).paragraphs_return and not sentence.section:
            scene.return_to_pair()
        if not _turns_list(scene, sentence):
            scene.widen(dated=dated or sentence.listed, listed=sentence.listed)
        if scene.told >= {"turnover", *BOTH} and _sums_all(sentence):
            scene.product, scene.word, scene.flow = TOTAL, "", "turnover"


def _tells_trade(sentence: Statement) -> bool:
    """ "1.2 million tourists came. ¶ - 518 thousand USD of ores", "… ¶ They count 2 billion of imports"."""
    goods = sentence.listed and "product" in sentence.kinds
    return goods or any(piece.kind == "flow" and not piece.slot("weak") for piece in sentence.pieces)


def _is_dated(sentence: Statement) -> bool:
    """Whether a sentence tells when its first amount was, as «отгружено 31 тыс. тонн, год назад было 57» does not."""
    pieces = sentence.pieces
    if "period" not in pieces.kinds:
        return False
    amount = next((at for at, piece in enumerate(pieces) if piece.kind == "quantity"), len(pieces))
    end = next((at for at in range(amount, len(pieces)) if is_stop(pieces[at])), len(pieces))
    return any(piece.kind == "period" and not compared(pieces, at) for at, piece in enumerate(pieces[:end]))


def _heading_period(sentence: Statement, scene: Scene) -> When | None:
    """The first period that a heading tells; «экспорт за год по группам» tells of the whole year."""
    told = (when_told(sentence, place, scene) for place in range(len(sentence.pieces)))
    first = next((when for when in told if when), None)
    spans = any(piece.slot("span") for piece in sentence.pieces)
    return When.year(scene.year) if first is None and spans and scene.year else first


def heads_country(sentence: Statement) -> str:
    """ "ВЬЕТНАМ. Exports for the quarter: …", "* Kazakhstan: …": the country that a paragraph is headed by; no town."""
    if "place" not in sentence.kinds:
        return ""
    pieces = [piece for piece in sentence.pieces if piece.kind != "sign"]
    ended = next((at for at, piece in enumerate(pieces) if piece.value == ":"), 0) if sentence.opens else 0
    head = pieces[:ended] or pieces
    places = [piece for piece in head if isinstance(piece, Place)]
    alone = len(places) == 1 and all(piece.kind in ("place", "sep") for piece in head)
    if not alone or areas.area(places[0].code).kind != "country":
        return ""
    return places[0].code if sentence.tokens[places[0].i].key not in rule_words("town") else ""


def _turns_list(scene: Scene, sentence: Statement) -> bool:
    """ "Main exports in the month: …" and, in the next paragraph, "Main import items: …": lists of one period."""
    if "flow" not in sentence.kinds:
        return False
    kinds = [piece.kind for piece in sentence.pieces]
    if sentence.pieces[-1].value == "?":
        # "What sold in November? Garments …" and, in the next one, "What did we buy? Coal …"
        turned = any({piece.value, scene.trade} == BOTH for piece in sentence.pieces if piece.kind == "flow")
        return turned and scene.product != TOTAL
    colon = next((at for at, piece in enumerate(sentence.pieces) if piece.value == ":"), 0)
    turned = any({piece.value, scene.flow} == BOTH for piece in sentence.pieces[:colon] if piece.kind == "flow")
    return turned and scene.product != TOTAL and "product" in kinds[colon:] and "product" not in kinds[:colon]


def _tells_items(sentence: Statement) -> bool:
    """Whether a line tells of goods itself, or figures; "Other farm goods exported in August:" announces them."""
    announces = sentence.pieces[-1].value == ":"
    kinds = _FIGURES if announces else _IN_ITEMS
    return bool(sentence.kinds & kinds)


def _tells_year(piece: Piece) -> bool:
    return piece.kind == "period" and bool(piece.slot("Y") or piece.slot("mY"))


def _head(scene: Scene, sentence: Statement) -> None:
    """ "BÊ-LA-RÚT", "II. Kazakhstan": a heading that only names a country is on the trade with it."""
    named = [piece for piece in sentence.pieces if isinstance(piece, Place)]
    little = all(isinstance(piece, Place) or piece.kind in _BESIDE_NAMES for piece in sentence.pieces)
    if len(named) != 1 or not little or named[0].role not in ("", "with", "of"):
        return
    code = named[0].code
    reporter = next((each for each in (scene.reporter, HOME[sentence.language], scene.frame[0]) if each), "")
    if reporter not in ("", code) and areas.area(code).kind == "country":
        scene.reporter, scene.partner = scene.headed_pair = reporter, code


def _sums_all(sentence: Statement) -> bool:
    """ "Bốn tháng đầu năm 2025: kim ngạch đạt 29,7 triệu USD": of both flows, where no other word tells."""
    kinds = [piece.kind for piece in sentence.pieces]
    opening = sentence.pieces[: kinds.index("quantity")] if "quantity" in kinds else ()
    told = any(piece.kind in ("flow", "product", "anaphora", "share") for piece in opening)
    return not told and any(piece.slot("all") for piece in opening)


def opens_on_all(sentence: Statement) -> bool:
    """Whether a paragraph that follows several goods turns to the trade in all of them."""
    return _opens_with_period(sentence) or _ranks_country(sentence)


def _ranks_country(sentence: Statement) -> bool:
    """ "Indonesia was the tenth largest supplier of India"."""
    ranked = any(isinstance(piece, Quantity) and piece.unit == "rank" for piece in sentence.pieces)
    return ranked and sentence.pieces[0].kind == "place" and not sentence.kinds & {"product", "anaphora"}


def _opens_with_period(sentence: Statement) -> bool:
    """ "January to October: 1.88 billion USD": of all goods, where the text spoke of several."""
    if not sentence.kinds >= {"quantity", "period"}:
        return False
    kinds = [piece.kind for piece in sentence.pieces]
    amount = kinds.index("quantity")
    # "Quý IV/2023 sáng hơn cả: 498 triệu USD"
    headed = amount > 0 and sentence.pieces[amount - 1].value == ":"
    words = {"other"} if headed else set()
    return amount > 0 and "period" in kinds[:amount] and set(kinds[:amount]) <= _DATING | words
