"""One look ahead over a whole text: who and when it speaks of, which its first sentences may leave unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corridor.bulletin import said
from corridor.bulletin.claims import BALANCES, BOTH, TOTAL, UNKNOWN
from corridor.bulletin.frame import SPEAKING, Evidence
from corridor.bulletin.habits import habits
from corridor.bulletin.markets import opens_without_partner
from corridor.bulletin.neighbours import compared
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import ABOUT, PARTNERS, Piece, Place
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.scene import HOME, LISTER, Scene
from corridor.bulletin.statement import Statement
from corridor.bulletin.when import When
from corridor.bulletin.words import phrases, rule_words
from corridor.codes import areas

# What a text speaks of that does not open with one group of goods.
_WHOLES = frozenset({"quantity", "total", "goods"})
_DASHES = frozenset("–—")
_HEADS = frozenset(":-–—")
_SIDE = "side"
# What a sentence without a verb may hold.
_VERBLESS = frozenset(
    {"direction", "sep", "sign", "quantity", "product", "and", "adverb", "prep", "period", "measure", "base"}
)
# What only the trade in all goods is told by.
_OF_ALL_GOODS = BALANCES | {"turnover"}
_PLANS = frozenset({"mute", "duty"})
_DATING = frozenset({"period", "ignore"})
_TELL_TIME = _DATING | {"then"}
_COMPARED = frozenset({"period", "base"})
_NAMING = frozenset({"place", "office"})
_OWNERS = frozenset({"of", "pair", "between"})
_PARTNERED = frozenset({"to", "from", "with", "for", "pair", "between", "buyer"})


class _Time(NamedTuple):
    """A time at a ``place`` of a sentence; the ``year`` of a date, or of a period that nothing is compared with."""

    sentence: Statement
    place: int
    year: int | None


def look_ahead(scene: Scene, read: Sequence[Statement]) -> None:
    """Who is named most, and the first year and period spoken of: what the first sentences may leave unsaid."""
    for sentence in read:
        _count_countries(scene, sentence)
    _date(scene, read)
    scene.topic = _topic(read)
    scene.goods_only = not any(piece.value in _OF_ALL_GOODS for each in read for piece in each.pieces)
    scene.bilateral = any(piece.slot("mutual") for each in read for piece in each.pieces)
    evidence = _evidence(read)
    scene.frame, scene.framed = evidence.frame((LISTER, HOME["ru"])), evidence.is_sure
    scene.at_large = evidence.at_large and not scene.bilateral
    if scene.frame[1] and not scene.bilateral and opens_without_partner(read, scene.frame[0]):
        scene.frame = (scene.frame[0], "")
    home = evidence.tells_home(alone=len(read) == 1) and evidence.home == scene.frame[0]
    scene.teller = evidence.home if home else ""
    scene.viewpoint = _viewpoint(read, scene) or _implied(scene)


def _date(scene: Scene, read: Sequence[Statement]) -> None:
    """The year and the period that a text opens with, and when it was written."""
    after = _year_after(read)
    marks = _without_history([time for sentence in read for time in _times_of(sentence)], after)
    plain = [mark for mark in marks if "mute" not in mark.sentence.kinds]
    this = any(_is_this_year(piece) for each in read if "period" in each.kinds for piece in each.pieces)
    # "… of this year, against 13.9 million in 2024": no forecast "for the 2025/26 harvest" dates such a text.
    dating = plain if this and after else (*plain, *marks)
    dated = next((mark for mark in dating if mark.year and not _dates_a_start(mark)), None)
    recalled = dated is not None and _recalls(marks, dated)
    bare = _bare_year(read) if dated not in plain else None
    year = bare or (dated.year if dated else after)
    year = year + 1 if recalled and year is not None else year
    scene.year = scene.latest = _year_told_as_last(plain, dated, year)
    scene.written = _year_written(marks, scene.year)
    scene.issued = _month_written(dated) if dated is not None and bare is None else None
    scene.now = scene.written or max(filter(None, (mark.year for mark in plain)), default=None)
    told = dated is not None and dated.sentence.pieces[dated.place].kind == "period"
    # "Last year …. This year, till October 2025, …": the year that is told is this one.
    scene.ahead = not this and (dated is None or recalled or (told and dated in plain))
    beside = _year_beside_last(read)
    if beside is not None and not this:
        scene.year, scene.ahead = beside + 2, False
    scene.when = _first_period(marks, scene)
    if bare is not None and (scene.when is None or _bare_year(read[:1])):
        # "Summing up 2025, …", "Ten facts about 2025".
        scene.when = When.year(bare)


def _is_this_year(piece: Piece) -> bool:
    """ "This year", "5 tháng năm nay"."""
    return piece.kind == "period" and bool(piece.value == "year_this" or piece.slot("now"))


def _year_beside_last(read: Sequence[Statement]) -> int | None:
    """ "Last year they shipped 7.6 million tonnes, a million more than in 2023": the year that the last one follows."""
    for sentence in read:
        pieces = sentence.pieces
        last = next((at for at, piece in enumerate(pieces) if _relative(piece)), None)
        if last is None:
            continue
        after = range(last + 1, len(pieces))
        told = (pieces[at] for at in after if pieces[at].kind == "period" and compared(pieces, at))
        mark = next(told, None)
        return mark.slot("Y") if isinstance(mark, Mark) and mark.value.startswith("year") else None
    return None


def _without_history(marks: list[_Time], told: int | None) -> list[_Time]:
    """The times of a text but the dates before the years that it compares with: "The agreement of 29 May 2015"."""
    return [mark for mark in marks if told is None or not _is_date(mark) or (mark.year or told) + 1 >= told]


def _year_written(marks: Sequence[_Time], told: int | None) -> int | None:
    """The year of the latest date, none that is planned or long past."""
    plain = [mark for mark in marks if _is_date(mark) and not mark.sentence.kinds & _PLANS]
    year = max(filter(None, (mark.year for mark in plain)), default=None)
    return year if year is not None and (told is None or year >= told) else None


def _month_written(time: _Time) -> When | None:
    """The month of "Hanoi, 15 January 2025", where a date alone tells the year."""
    mark = time.sentence.pieces[time.place]
    told = mark.kind == "ignore" and mark.slot("M") is not None
    return said.period(replace(mark, value="month"), None, None) if told and isinstance(mark, Mark) else None


def _implied(scene: Scene) -> str:
    """Whose trade a text tells that names only the other side, or speaks for one more than once."""
    return scene.frame[0] if scene.framed or not scene.named[scene.frame[0]] else ""


def _evidence(read: Sequence[Statement]) -> Evidence:
    """What all the sentences of a text tell of whose trade with whom it speaks of."""
    # Russian verbs tell whose trade is meant, and they are read one by one, unless the whole text is sure.
    verbs = any(habits(sentence.language).verbs_tell_side for sentence in read)
    evidence = Evidence(HOME[read[0].language] if read and not verbs else "")
    heads = True
    for sentence in read:
        heads = heads and "quantity" not in sentence.kinds
        if sentence.kinds & SPEAKING:
            evidence.add(sentence.pieces, heads=heads)
    return Evidence() if verbs and not evidence.is_sure else evidence


def _viewpoint(read: Sequence[Statement], scene: Scene) -> str:
    """Whose trade an English text tells by its nouns: "Viet Nam's trade", "deliveries to Russia"; of one side only."""
    owners: set[str] = set()
    others: set[str] = set()
    for sentence in read:
        if not habits(sentence.language).nouns_tell_side or "flow" not in sentence.kinds:
            continue
        owning, other = _sides(sentence)
        owners |= owning
        others |= other
    known = owners or scene.named.keys()
    left = [code for code in known if code not in others and areas.area(code).kind == "country"]
    return left[0] if len(left) == 1 and (owners or others) and not owners & others else ""


def _sides(sentence: Statement) -> tuple[set[str], set[str]]:
    """Those whose trade the nouns of a sentence tell, and those with whom."""
    nouns = [at for at, piece in enumerate(sentence.pieces) if _is_trade(piece) and not _acts(sentence, at)]
    if not nouns:
        return set(), set()
    places = [piece for piece in sentence.pieces if isinstance(piece, Place)]
    before = [piece for at in nouns for piece in sentence.pieces[max(0, at - 3) : at] if isinstance(piece, Place)]
    # "Exports of tea from Viet Nam to Russia" are Viet Nam's.
    sent = sentence.pieces[nouns[0]].value == "export" and {"from", "to"} <= {piece.role for piece in places}
    senders = {piece.code for piece in places if sent and piece.role == "from"}
    others = {piece.code for piece in places if piece.role in PARTNERS and not (sent and piece.role == "from")}
    return {piece.code for piece in before if piece.role == "of"} | senders, others


def _acts(sentence: Statement, place: int) -> bool:
    """ "The pepper that Russia | imports": a verb, which tells only who acts."""
    before = sentence.pieces[max(0, place - 2) : place]
    return len(before) == 2 and before[0].value == "figure" and isinstance(before[1], Place)


def _is_trade(piece: Piece) -> bool:
    # "Russia's fourth supplier": that is told of whoever supplies.
    return piece.kind == "flow" and not any(piece.slot(each) for each in ("weak", "verb", "seller"))


def _is_date(time: _Time) -> bool:
    return time.sentence.pieces[time.place].kind == "ignore"


def _bare_year(read: Sequence[Statement]) -> int | None:
    """The first number of a text that looks like a year of this century, where no period is told."""
    words = (
        sentence.tokens[piece.j - 1].text for sentence in read for piece in sentence.pieces if piece.kind == "bare"
    )
    return next((int(word) for word in words if len(word) == 4 and word.isdigit() and word.startswith("20")), None)


def _first_period(marks: Sequence[_Time], scene: Scene) -> When | None:
    """The first period told; of a text that tells only where it started from, the one a year later."""
    start: When | None = None
    for mark in marks:
        when = when_told(mark.sentence, mark.place, scene)
        if when and not _dates_a_start(mark):
            return when
        start = start or when
    return start.shifted(12) if start else None


def _times_of(sentence: Statement) -> Iterator[_Time]:
    for place, piece in enumerate(sentence.pieces) if sentence.kinds & _TELL_TIME else ():
        if piece.kind in _DATING or _relative(piece):
            yield _Time(sentence, place, _year(sentence, place))


def _relative(piece: Piece) -> bool:
    """ "Last year", "в прошлом году"."""
    return isinstance(piece, Mark) and (piece.value == "year_last" or (piece.kind == "then" and "year" in piece.slots))


def _topic(read: Sequence[Statement]) -> tuple[str, str, str]:
    """The flow and the goods of a text that opens with them and names no others."""
    named = (sentence.pieces for sentence in read if "product" in sentence.kinds)
    goods = {piece.value for pieces in named for piece in pieces if piece.kind == "product"} - {UNKNOWN}
    flow = next((piece.value for sentence in read for piece in _trades(sentence)), "")
    opening = next(
        (piece.kind for each in read for piece in each.pieces if piece.kind in _WHOLES or piece.value in goods), ""
    )
    return (flow, goods.pop(), "") if len(goods) == 1 and opening == "product" else ("", TOTAL, "")


def _trades(sentence: Statement) -> list[Piece]:
    if "flow" not in sentence.kinds:
        return []
    return [piece for piece in sentence.pieces if piece.kind == "flow" and piece.value in BOTH]


def coming_flow(read: Sequence[Statement], place: int) -> str:
    """ "Down 7.3 %: seafood. Exports to Russia …": the flow told after sentences that have no verb."""
    for at in range(place, len(read)):
        sentence = read[at]
        flow = next((piece.value for piece in _trades(sentence)), "")
        if flow or not sentence.kinds <= _VERBLESS:
            return flow
    return ""


def precedes_side(scene: Scene, read: Sequence[Statement], place: int) -> bool:
    """ "Machinery led (8 million). On the import side, coal …": what stands before the turn is of the other flow."""
    kinds = read[place].kinds
    if scene.trade not in BOTH or scene.product != TOTAL or not scene.told >= BOTH:
        return False
    if "flow" in kinds or not {"product", "quantity"} <= kinds:
        return False
    following = next((read[at] for at in range(place + 1, len(read)) if _trades(read[at])), None)
    pairs = pairwise(following.pieces) if following is not None else ()
    return any(one.kind == "flow" and one.value == scene.trade and other.value == _SIDE for one, other in pairs)


def _year_told_as_last(marks: Sequence[_Time], dated: _Time | None, year: int | None) -> int | None:
    """ "Last year … They had peaked in 2024. January 2026 …": "last year" lies between the others."""
    if dated is None or dated not in marks or year is None:
        return year
    before = marks[: marks.index(dated)]
    relative = any(each.sentence.pieces[each.place].value == "year_last" for each in before)
    latest = max(filter(None, (each.year for each in marks)), default=year)
    return latest - 1 if relative and latest > year + 1 else year


def _recalls(marks: Sequence[_Time], time: _Time) -> bool:
    """ "6.99 million tonnes last year. In 2024 they stood at 5.40": a year that "last year" is set against."""
    before = marks[: marks.index(time)]
    relative = any(_relative(each.sentence.pieces[each.place]) for each in before)
    sentence, place, _ = time
    after = sentence.pieces[place + 1 : place + 3]
    # "Last year (2024: 70.2 million)"
    beside = place > 0 and sentence.pieces[place - 1].value == "(" and bool(after) and after[0].value == ":"
    set_back = beside or any(piece.kind == "anaphora" or piece.value in _DASHES for piece in after)
    return (relative and set_back) or _repeats_months(sentence, place)


def _repeats_months(sentence: Statement, place: int) -> bool:
    """ "In September 171 million, and in September 2024 205 million": a month of the year after, told without it."""
    months = _months(sentence.pieces[place])
    before = (piece for piece in sentence.pieces[:place] if isinstance(piece, Mark) and piece.kind == "period")
    return bool(months) and any(piece.slot("Y") is None and _months(piece) == months for piece in before)


def _months(piece: Piece) -> dict[str, tuple[int, ...]]:
    held = piece.slots if isinstance(piece, Mark) else {}
    return {name: numbers for name, numbers in held.items() if name != "Y"}


def _count_countries(scene: Scene, sentence: Statement) -> None:
    for piece in sentence.pieces if sentence.kinds & _NAMING else ():
        if isinstance(piece, Place) and areas.area(piece.code).kind == "country":
            scene.named[piece.code] += 1
            if piece.role in _PARTNERED:
                scene.partnered[piece.code] += 1
            if piece.role in _OWNERS:
                scene.owners.add(piece.code)
        elif isinstance(piece, Mark) and piece.kind == "office":
            scene.named.update(piece.value.split()[-1:] or _countries(sentence, piece))
            if piece.value.startswith(ABOUT):
                # "Viet Nam's trade office in Russia" speaks of the trade with Russia.
                scene.partnered.update(_countries(sentence, piece) - {piece.value.split()[-1]})


def _countries(sentence: Statement, office: Mark) -> set[str]:
    """ "The Embassy of Russia in Viet Nam": the countries in an office's name."""
    found = phrases(sentence.language)
    tokens = sentence.tokens
    places = (
        place
        for place in range(office.i, office.j)
        if not place or tokens[place - 1].key not in rule_words("continent")
    )
    marks = (mark for place in places for mark in found.at(tokens, place))
    named = {mark.value for mark in marks if mark.kind in ("area", "demonym")}
    return {code for code in named if areas.area(code).kind == "country"}


def _year_after(read: Sequence[Statement]) -> int | None:
    """ "Last year, down from 231 million in 2024": the year after the one that it is compared with."""
    told = (sentence.pieces for sentence in read if sentence.kinds & _COMPARED)
    marks = (piece for pieces in told for piece in pieces if isinstance(piece, Mark) and piece.kind in _COMPARED)
    years = [year for mark in marks if (year := mark.slot("Y"))]
    return max(years) + 1 if years else None


def _year(sentence: Statement, place: int) -> int | None:
    """The year of a date or of a period that nothing is compared with."""
    piece = sentence.pieces[place]
    if isinstance(piece, Mark) and piece.kind == "ignore" and piece.value == "date":
        return piece.slot("Y") or piece.slot("dmY")
    mark = _period_told(sentence, place)
    when = said.period(mark, None, None) if mark is not None else None
    return when.end_year if when else None


def when_told(sentence: Statement, place: int, scene: Scene) -> When | None:
    """The period at a place of a sentence, if one is told there that nothing is compared with."""
    mark = _period_told(sentence, place)
    return said.period(mark, scene.year_for(mark.value), scene.when) if mark is not None else None


def _period_told(sentence: Statement, place: int) -> Mark | None:
    piece = sentence.pieces[place]
    if not isinstance(piece, Mark) or piece.kind != "period" or piece.value == "year_level":
        return None
    return None if compared(sentence.pieces, place) else piece


def _dates_a_start(time: _Time) -> bool:
    """ "From 2.34 billion in 2024", "618 million (2024: 553 million)": what the present level is set against."""
    sentence, place, _ = time
    if _opens_bracket_of_base(sentence.pieces, place):
        return True
    before = sentence.pieces[max(0, place - 2) : place]
    started = len(before) == 2 and before[0].kind == "prep" and before[0].value.split("/")[1] in ("from", "against")
    # "From 609 million in Q1 2026 to 944 million in Q2" stays in the year.
    ends = any(piece.kind == "period" for piece in sentence.pieces[place + 1 :])
    return started and isinstance(before[1], Quantity) and not ends


def _opens_bracket_of_base(pieces: Sequence[Piece], place: int) -> bool:
    before, after = pieces[max(0, place - 2) : place], pieces[place + 1 : place + 2]
    opened = len(before) == 2 and isinstance(before[0], Quantity) and before[1].value == "("
    return opened and bool(after) and after[0].value in _HEADS
