"""Takes in the pieces of a sentence one by one: what each tells of whose trade in what."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.bulletin.claims import BOTH, TOTAL, UNKNOWN, mirrored
from corridor.bulletin.clock import TIMES
from corridor.bulletin.flow_words import take_flow_word
from corridor.bulletin.habits import habits
from corridor.bulletin.neighbours import as_year, is_topic
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import ABOUT, Piece, Place
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.residue import excluded_from, narrowed_from
from corridor.bulletin.scene import HOME
from corridor.bulletin.telling import Telling
from corridor.bulletin.when import When
from corridor.bulletin.words import phrases, rule_words

# "Xuất sang nước này": the flow took its little word in.
_TOWARDS = {"export": "to", "import": "from"}
_MUTUAL = frozenset({"pair", "between", "with"})
# What may stand before a country that heads an entry.
_OPENS = frozenset({";", "-", "–", "—", "."})
_BRACKETS = frozenset("()")
# «Оба потока прибавили: первый – 15,1 %, второй – 3,6 %»
_ORDERED = frozenset({"former", "latter"})
#: Pieces that only switch something on.
_FLAGS = {"duty": "duty", "off_topic": "off_topic", "counted": "counted", "per_day": "daily"}


def take(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> None:
    """Takes in what one piece tells, which stands at ``place`` of the pieces ``around`` it."""
    if piece.kind == "flow":
        take_flow_word(telling, piece, around, place)
    elif piece.kind == "product":
        _goods(telling, piece, around, place)
    elif isinstance(piece, Place):
        _place(telling, piece, around, place)
    elif _goes_on_earning(telling, piece, around, place):
        return
    elif piece.kind == "anaphora" and piece.value.startswith("place"):
        # "Nước này đã nhập khẩu 58.400 tấn"
        after = next((each for each in around[place + 1 : place + 3] if each.kind not in ("other", "adverb")), piece)
        _same_place(telling, piece, around[place - 1] if place else piece, acts=after.kind == "flow")
    elif isinstance(piece, Mark) and piece.kind in TIMES:
        telling.clock.take(piece, around, place)
    elif place and piece.value == "first" and around[place - 1].value.startswith("of/"):
        # "Exports of it"
        telling.subject.take_same_product()
    else:
        _hint(telling, piece)


def _place(telling: Telling, piece: Place, around: Sequence[Piece], place: int) -> None:
    """An area and the part that the words around it give it."""
    before = around[place - 1] if place else None
    # "Earned in Russia": there are the buyers.
    at = before is not None and before.value == "//"
    if at and telling.tokens[piece.i].key in rule_words("town"):
        # "The talks in Moscow" are no trade.
        return
    if _is_aside(telling, around, place):
        return
    sold = telling.subject.sides.earned and at and not piece.role
    entry = _heads_entry(telling, piece, around, place)
    if entry and telling.scene.led in {"turnover", *BOTH} and telling.subject.product == TOTAL:
        # "+ Nga: tổng kim ngạch 4,59 tỷ USD (xuất khẩu 2,34 tỷ; nhập khẩu 2,25 tỷ)", "+ Kazakhstan: 464 triệu USD (…)"
        telling.subject.flow = telling.scene.led
    role = "with" if entry else piece.role
    after = around[place + 1].value if place + 1 < len(around) else ""
    if before is not None and before.kind == "earned" and after == "seller" and telling.subject.flow == "import":
        # «Сумки принесли вьетнамским поставщикам 3,3 млн», told among imports: they came from there.
        role = "from"
    telling.subject.take_place("to" if sold else role, piece.code)
    if role == "to" and not any(each.kind in ("flow", "earned") for each in around):
        telling.subject.take_goods_moved(HOME[telling.language])
    telling.speak_of(piece)


def _is_aside(telling: Telling, around: Sequence[Piece], place: int) -> bool:
    """ "Trung Quốc xếp thứ hai (chỉ kém Hàn Quốc), kim ngạch …": a bracket without an amount goes on about nobody."""
    closed = next((piece.value for piece in around[place + 1 :] if piece.value in _BRACKETS), "") == ")"
    opened = next((piece.value for piece in reversed(around[:place]) if piece.value in _BRACKETS), "") == "("
    subject = telling.subject
    return opened and closed and bool(subject.roles or subject.listed or subject.pair)


def _heads_entry(telling: Telling, piece: Place, around: Sequence[Piece], place: int) -> bool:
    """ "Kazakhstan: exports 41.3 million, imports 3.6 million": an entry in a list of partners."""
    before, after = around[place - 1] if place else None, around[place + 1 : place + 2]
    opens = before is None or before.kind == "sign" or before.value in _OPENS
    headed = bool(after) and after[0].value == ":" and opens and not piece.role
    return headed and piece.code not in (HOME[telling.language], telling.scene.reporter)


def _goes_on_earning(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> bool:
    """ "April brought 460 million": of what was told of the months before, unless it brought it to somebody."""
    months = piece.kind == "earned" and place > 0 and around[place - 1].kind == "period" and telling.subject.flow
    return bool(months) and not any(isinstance(each, Place) for each in around[place + 1 : place + 3])


def _goods(telling: Telling, piece: Piece, around: Sequence[Piece], place: int) -> None:
    """A group is named: it may be the topic, what somebody sells, or wider than what is meant."""
    named = (piece.value, telling.words(piece.i, piece.j))
    if is_topic(around, place):
        telling.topic = named
    if place + 1 < len(around) and around[place + 1].value == "seller":
        telling.scene.sold = named
    # "The acreage of coffee" is no trade in it.
    telling.off_topic = telling.off_topic and telling.off_fresh
    bracketed = any(piece.value == "(" for piece in around[place + 1 : place + 2])
    if place and around[place - 1].value in rule_words("overtaking") and not bracketed:
        # "Cà phê vượt dệt may để đứng đầu"
        return
    telling.counted = False
    start = excluded_from(around, place)
    start = narrowed_from(around, place, telling.language) if start is None else start
    telling.take_product(piece.value if start is None else UNKNOWN, piece.i if start is None else start, piece.j)


def _same_place(telling: Telling, piece: Piece, before: Piece, *, acts: bool) -> None:
    """ "Exports to this country": the one spoken of before, in the role that the little word gives."""
    told = piece.value.partition("_")[2] or _TOWARDS.get(before.value, "")
    told = before.value.split("/")[0] if before.kind == "prep" else told
    if acts and not told:
        # "Nước này nhập 30.180 tấn": who trades.
        told = "of"
    owner = "" if acts else telling.subject.roles.get("of", "")
    scene = telling.scene
    # "Nhật Bản mua của Việt Nam 2,29 tỷ USD …; xuất khẩu sang thị trường này": never the readers' own country.
    known: tuple[str, ...] = (scene.about, scene.homeland, scene.frame[1] if scene.teller else "")
    traded_with = {telling.subject.roles.get(role) for role in ("to", "from", "with")}
    if told == "of" and scene.about in traded_with:
        # "Xuất khẩu sang Nga của nước này": of the other one.
        known = (scene.office, scene.reporter, scene.homeland)
    place = next((code for code in known if code not in ("", owner, scene.teller)), "")
    # «Страна продала вьетнамским партнерам»: not the country that it sold to; "về phía Ba Lan, nước này bán" is.
    after = [each for each in telling.pieces if isinstance(each, Place) and each.i > piece.i]
    traded = acts and any(each.code == place for each in after)
    if place and told and not traded:
        telling.subject.take_place(told, place)


def _hint(telling: Telling, piece: Piece) -> None:
    if piece.kind == "off_topic" and piece.value == "arrivals":
        _arrivals(telling)
    elif piece.value == "yearly":
        # "Mỗi năm", "10.000 tấn/năm": of any year, till the clause ends.
        telling.muted = True
    elif piece.kind in _FLAGS:
        setattr(telling, _FLAGS[piece.kind], True)
        telling.off_fresh = telling.off_fresh or piece.kind == "off_topic"
    elif piece.kind == "mute":
        _mute(telling, piece)
    elif piece.kind == "office" and not piece.value:
        telling.body = _product_of(telling, piece)
    elif piece.kind == "office" and not piece.value.startswith(ABOUT):
        telling.scene.office = telling.subject.office = piece.value
        _opens_books(telling, piece)
    elif piece.kind == "balance_sign":
        _balance_sign(telling, piece.value)
    elif piece.kind == "measure" and piece.slot("all"):
        _both_flows(telling, piece)
    elif piece.kind == "measure" and piece.slot("flow"):
        telling.take_flow("export" if piece.slot("flow") == 1 else "import")
    else:
        _subject_hint(telling, piece)


def _opens_books(telling: Telling, office: Piece) -> None:
    """ "Số liệu của phía Việt Nam cho thấy kim ngạch hai chiều …": from here on by the other side's figures.

    A source named behind the figures is only theirs: «Поставки достигли 358 млн, следует из данных Вьетнама».
    """
    scene = telling.scene
    opens = not any(isinstance(piece, Quantity) and piece.i < office.i for piece in telling.pieces)
    turned = office.value == scene.partner and bool(scene.reporter and scene.shown) and opens
    if habits(telling.language).books_change and turned:
        scene.reporter, scene.partner = scene.partner, scene.reporter


def _both_flows(telling: Telling, measure: Piece) -> None:
    """ "Xuất khẩu …, nhập khẩu …. Kim ngạch 9 tháng đạt 3,6 tỷ USD": that of both, if nothing else is named."""
    place = _place_of(telling, measure)
    after = telling.pieces[place + 1 : place + 2]
    if after and isinstance(after[0], Place) and after[0].role in _MUTUAL:
        # "Kim ngạch Việt – Nga năm 2025 đạt 4,77 tỷ USD"
        telling.take_flow("turnover")
        return
    named = {piece.kind for piece in telling.pieces[: place + 3]}
    apart = named & {"flow", "product", "anaphora", "share"} or telling.subject.product != TOTAL
    scene = telling.scene
    # "Góc thị trường – Belarus. Kim ngạch 4 tháng: 71,2 triệu USD": before any flow was told.
    if (scene.main_flow or not (scene.flow or scene.shown or scene.topic[0])) and not apart:
        telling.take_flow("turnover")


def _place_of(telling: Telling, piece: Piece) -> int:
    return next(at for at, each in enumerate(telling.pieces) if each is piece)


def _arrivals(telling: Telling) -> None:
    """Of goods, where goods were spoken of; else of tourists."""
    if telling.scene.product == TOTAL:
        telling.off_topic = telling.off_fresh = True
    else:
        telling.take_flow("import")
        telling.subject.take_product(telling.scene.product, telling.scene.word)


def _subject_hint(telling: Telling, piece: Piece) -> None:
    if piece.kind == "whole_country":
        telling.subject.begin()
        telling.subject.take_whole(piece.value)
    elif piece.kind == "total" and _measures(telling, piece):
        return
    elif piece.kind == "total" or (piece.kind == "goods" and telling.subject.product == telling.subject.topic[1]):
        _total(telling)
    elif piece.kind == "earned":
        telling.subject.earn(gives=bool(piece.slot("gives")))
    elif piece.kind == "swap":
        telling.subject.swap()
    elif piece.kind == "thus":
        telling.clock.conclude(change=piece.value == "change")
    elif piece.kind == "anaphora":
        _refer(telling, piece)


def _refer(telling: Telling, piece: Piece) -> None:
    """ "This product", "there", "it", "they": what was spoken of before."""
    if piece.value == "product":
        telling.subject.take_same_product()
    elif piece.value == "partner":
        telling.subject.sides.mutual = True
    elif piece.value in _ORDERED and telling.scene.main_flow:
        flow = telling.scene.main_flow
        telling.take_flow(flow if piece.value == "former" else mirrored(flow))
    elif piece.value == "first" and telling.scene.opened and _it_acts(telling, piece):
        # "Vietnam is becoming a bigger customer. It bought 5.6 million tonnes."
        telling.subject.take_place("", telling.scene.opened)
    elif piece.value == "first" and len(telling.named) > 1:
        telling.subject.take_product(*telling.named[0])
    elif piece.value == "several" or telling.words(piece.i, piece.j).lower() == "they":
        _several(telling, piece)


def _it_acts(telling: Telling, pronoun: Piece) -> bool:
    """ "It bought …": a sentence that opens so tells of who opened the last one."""
    opens = telling.pieces[0] is pronoun and telling.words(pronoun.i, pronoun.j).lower() == "it"
    after = telling.pieces[1] if len(telling.pieces) > 1 else None
    return opens and after is not None and after.kind == "flow" and bool(after.slot("verb"))


def _several(telling: Telling, piece: Piece) -> None:
    """ "Coffee (462.3 million) and garments (504.2 million). They made up 42.7 %": no group is all of these."""
    if "two" in telling.words(piece.i, piece.j) and _told_both(telling):
        # "Exports rose to 1.74 billion; imports fell to 1.89 billion; the two together make 3.63 billion".
        telling.take_flow("turnover")
        return
    if (
        len({*telling.scene.listed, *(telling.scene.traded if piece.value == "several" else ())} - {TOTAL}) > 1
        and not telling.subject.fresh_product
        and not telling.subject.fresh_flow
    ):
        telling.take_product(UNKNOWN, piece.i, piece.j)


def _told_both(telling: Telling) -> bool:
    """Whether both flows of all goods were told, in this sentence or before it."""
    named = {piece.value for piece in telling.pieces if piece.kind == "flow"} | telling.scene.told
    return named >= BOTH and not any(piece.kind == "product" for piece in telling.pieces)


def _balance_sign(telling: Telling, sign: str) -> None:
    if telling.subject.flow == "balance":
        telling.balance = sign
    if telling.subject.flow != "balance" or telling.subject.spent:
        telling.sign_before = sign


def _measures(telling: Telling, total: Piece) -> bool:
    """ "Total value: 214.5 million": of what the text speaks of."""
    after = [each for each in telling.pieces if each.i >= total.j][:4]
    if bool(after) and after[0].value == ":" and telling.scene.topic[1] != TOTAL:
        # "Seafood exports to Russia … - Total: 218.4"
        return True
    return bool(after) and after[0].kind == "measure" and not any(each.kind == "flow" for each in after)


def _total(telling: Telling) -> None:
    telling.subject.whole = True
    if not telling.subject.fresh_product:
        telling.subject.begin()
        telling.subject.product, telling.subject.word = TOTAL, ""


def _is_compared(telling: Telling, estimate: Piece) -> bool:
    """ "Ước đạt 505 triệu USD, giảm 1,6%": who compares an estimate has counted."""
    after = (piece for piece in telling.pieces if piece.i > estimate.i and isinstance(piece, Quantity))
    asked = estimate.slot("compared")
    return not asked or any(piece.unit in ("percent", "times") for piece in after)


def _mute(telling: Telling, piece: Piece) -> None:
    if piece.value == "estimate" and telling.subject.flow and not telling.muted and _is_compared(telling, piece):
        # "Exports for the twelve months are estimated at 2.52 billion": offices tell the last figures so.
        telling.estimated = True
        return
    if not telling.clock.is_past(piece):
        telling.muted = True
    elif habits(telling.language).dates_are_bases:
        telling.clock.times.named_base = When.year(as_year(piece).slot("Y") or 0)
    else:
        telling.clock.set(telling.clock.times, as_year(piece))


def _product_of(telling: Telling, office: Piece) -> tuple[str, str] | None:
    """ "The Viet Nam Coffee and Cocoa Association said exports …" speaks of coffee."""
    found = (mark for at in range(office.i, office.j) for mark in phrases(telling.language).at(telling.tokens, at))
    named = next((mark for mark in found if mark.kind == "product" and mark.j <= office.j), None)
    return (named.value, telling.words(named.i, named.j)) if named else None
