"""From a text to its claims, in one pass over its sentences and one look ahead for who and when it speaks of."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from corridor.bulletin import said
from corridor.bulletin.blocks import (
    blocks,
    is_entry,
    is_heading,
    is_list_item,
    is_row,
    is_section,
    language_of,
    sentences,
)
from corridor.bulletin.bodies import without_bodies
from corridor.bulletin.claims import BALANCES, BOTH, FLOWS, MIRROR, TOTAL, UNKNOWN, Claim, Language, one_of
from corridor.bulletin.clock import TIMES
from corridor.bulletin.directions import without_repeated
from corridor.bulletin.fiscal import Fiscal
from corridor.bulletin.frame import Evidence, from_one_side
from corridor.bulletin.layout import announced, laid_out, repeats
from corridor.bulletin.marks import find
from corridor.bulletin.neighbours import as_year, compared
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place, with_places
from corridor.bulletin.quantities import WIDE, Quantity, items
from corridor.bulletin.scene import HOME, LISTER, Scene
from corridor.bulletin.sentence import SentenceReader
from corridor.bulletin.tables import Table, table_claims, tables
from corridor.bulletin.telling import ABOUT
from corridor.bulletin.tokens import Token, tokenise, word_key
from corridor.bulletin.when import When
from corridor.bulletin.words import looks_back, phrases
from corridor.codes import areas

# What a text speaks of that does not open with one group of goods.
_WHOLES = frozenset({"quantity", "total", "goods"})
_DASHES = frozenset("–—")
_UNTIL = "until"
_SIDE = "side"
# "The same period" may go on with its year.
_SPANS = frozenset({"period", "month", "quarter", "months", "span", "stretch", "half", "interval", "time", "season"})
# What a sentence without a verb may hold.
_VERBLESS = frozenset(
    {"direction", "sep", "sign", "quantity", "product", "and", "adverb", "prep", "period", "measure", "base"}
)
# What only the trade in all goods is told by.
_OF_ALL_GOODS = BALANCES | {"turnover"}
_BESIDE_NAMES = frozenset({"sign", "sep", "number", "prep"})
# No heading holds a figure, or goods alone.
_IN_ITEMS = frozenset({"quantity", "product"})
_DATING = frozenset({"period", "sep", "sign", "prep", "hedge", "alone", "adverb"})
# What may part trade from prices told beside it.
_PARTS = frozenset(",;")
_PLANS = frozenset({"mute", "duty"})
_PARTNERED = frozenset({"to", "from", "with", "for", "pair", "between"})


@dataclass(frozen=True)
class _Sentence:
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    language: Language
    heading: bool = False
    section: bool = False
    opens: bool = False
    listed: bool = False


# Tables in prose and lists repeat themselves: what the same words mean is asked once. Who and when is asked each time.
_Understood: TypeAlias = "tuple[Sequence[Piece], Mark | None]"


def claims(text: str) -> tuple[Claim, ...]:
    """What the sentences of a text assert about trade, in order; empty where they assert nothing.

    Vietnamese, Russian and English, told apart paragraph by paragraph. Spans count characters of ``text``. Dates,
    duty rates, quotas, article numbers, targets, estimates and what is no trade in goods are left out.
    """
    read = _read(text)
    years = Fiscal.of(sentence.pieces for sentence in read)
    read = _with_layouts(_with_fiscal_years(read, years))
    waiting = deque(tables(text))
    scene = Scene(language=read[0].language if read else language_of(text, "en"))
    scene.fiscal = years
    _look_ahead(scene, read)
    found: list[Claim] = []
    for place, whole in enumerate(read):
        start = whole.tokens[0].start
        found += _passed(waiting, start, text, scene)
        sentence = _without_quotation(whole)
        if (waiting and waiting[0].start <= start < waiting[0].end) or sentence is None:
            continue
        scene.language = sentence.language
        scene.coming = _coming_flow(read, place)
        _enter(scene, sentence)
        if sentence.opens and _opens_with_period(sentence) and len(scene.traded) > 1 and not scene.topic[0]:
            scene.product, scene.word = TOTAL, ""
        if sentence.language == "ru" and (country := _heads_country(sentence)):
            scene.enter_country(country)
        if _precedes_side(scene, read, place):
            scene.flow = scene.trade = MIRROR[one_of(FLOWS, scene.trade)]
        reader = SentenceReader(text, sentence.tokens, sentence.pieces, sentence.language, scene)
        # A heading only announces what the text then tells with figures.
        told = [claim for claim in reader.claims() if not (sentence.heading and claim.measure == "direction")]
        # A question asserts nothing.
        told = [] if sentence.tokens[-1].text == "?" else told
        found += told
        scene.settle(told, heading=sentence.heading)
    found += _passed(waiting, len(text) + 1, text, scene)
    return tuple(without_repeated(from_one_side(found)))


def _heads_country(sentence: _Sentence) -> str:
    """ "ВЬЕТНАМ. Exports for the quarter: …": the country that a sentence is all of; no town."""
    places = [piece for piece in sentence.pieces if isinstance(piece, Place)]
    alone = len(places) == 1 and all(piece.kind in ("place", "sep", "sign") for piece in sentence.pieces)
    if not alone or areas.area(places[0].code).kind != "country":
        return ""
    named = word_key(areas.name(places[0].code, "ru")) == sentence.tokens[places[0].i].key
    return places[0].code if named else ""


def _enter(scene: Scene, sentence: _Sentence) -> None:
    """A new paragraph begins; a title or a section's heading may tell the period of what stands under it."""
    dated = any(piece.kind in TIMES for piece in sentence.pieces)
    if sentence.section and not any(piece.kind in _IN_ITEMS for piece in sentence.pieces):
        told = (_when(sentence, place, scene) for place in range(len(sentence.pieces)))
        when = next((when for when in told if when), None)
        scene.section = when or (None if sentence.opens else scene.section)
        _head(scene, sentence)
        if scene.section is not None and not scene.shown and any(_tells_year(piece) for piece in sentence.pieces):
            scene.titled = scene.titled or scene.section
        elif not scene.shown:
            # "Trade picks up in August": the headline of a story.
            scene.section = None
    scene.opens = sentence.opens
    if sentence.opens:
        scene.passing = None
        if sentence.language == "en" and not sentence.section:
            scene.return_to_pair()
        if not _turns_list(scene, sentence):
            scene.widen(dated=dated or sentence.listed)
        if scene.told >= {"turnover", *BOTH} and _sums_all(sentence):
            scene.product, scene.word, scene.flow = TOTAL, "", "turnover"


def _turns_list(scene: Scene, sentence: _Sentence) -> bool:
    """ "Main exports in the month: …" and, in the next paragraph, "Main import items: …": lists of one period."""
    kinds = [piece.kind for piece in sentence.pieces]
    if sentence.pieces[-1].value == "?":
        # "What sold in November? Garments …" and, in the next one, "What did we buy? Coal …"
        turned = any({piece.value, scene.trade} == BOTH for piece in sentence.pieces if piece.kind == "flow")
        return turned and scene.product != TOTAL
    colon = next((at for at, piece in enumerate(sentence.pieces) if piece.value == ":"), 0)
    turned = any({piece.value, scene.flow} == BOTH for piece in sentence.pieces[:colon] if piece.kind == "flow")
    return turned and scene.product != TOTAL and "product" in kinds[colon:] and "product" not in kinds[:colon]


def _tells_year(piece: Piece) -> bool:
    return isinstance(piece, Mark) and piece.kind == "period" and bool(piece.slot("Y") or piece.slot("mY"))


def _head(scene: Scene, sentence: _Sentence) -> None:
    """ "BÊ-LA-RÚT", "II. Kazakhstan": a heading that only names a country is on the trade with it."""
    named = [piece for piece in sentence.pieces if isinstance(piece, Place)]
    little = all(isinstance(piece, Place) or piece.kind in _BESIDE_NAMES for piece in sentence.pieces)
    if len(named) != 1 or not little or named[0].role not in ("", "with", "of"):
        return
    code = named[0].code
    reporter = next((each for each in (scene.reporter, HOME[sentence.language], scene.frame[0]) if each), "")
    if reporter not in ("", code) and areas.area(code).kind == "country":
        scene.reporter, scene.partner = scene.headed_pair = reporter, code


def _without_quotation(sentence: _Sentence) -> _Sentence | None:
    """ "…, even as robusta was up 1.1 % in London": prices of an exchange are no trade; what is told before may be."""
    pieces = sentence.pieces
    quoted = next((at for at, piece in enumerate(pieces) if piece.kind == "quotation"), None)
    if quoted is None:
        return sentence
    parted = next((at for at in range(quoted - 1, -1, -1) if pieces[at].value in _PARTS), 0)
    before = pieces[:parted]
    told = any(piece.kind == "flow" for piece in before) and any(isinstance(piece, Quantity) for piece in before)
    return replace(sentence, pieces=before) if told else None


def _sums_all(sentence: _Sentence) -> bool:
    """ "Bốn tháng đầu năm 2025: kim ngạch đạt 29,7 triệu USD": of both flows, where no other word tells."""
    kinds = [piece.kind for piece in sentence.pieces]
    opening = sentence.pieces[: kinds.index("quantity")] if "quantity" in kinds else ()
    told = any(piece.kind in ("flow", "product", "anaphora", "share") for piece in opening)
    return not told and any(isinstance(piece, Mark) and piece.slot("all") for piece in opening)


def _opens_with_period(sentence: _Sentence) -> bool:
    """ "January to October: 1.88 billion USD": of all goods, where the text spoke of several."""
    kinds = [piece.kind for piece in sentence.pieces]
    amount = kinds.index("quantity") if "quantity" in kinds else 0
    # "Quý IV/2023 sáng hơn cả: 498 triệu USD"
    headed = amount > 0 and sentence.pieces[amount - 1].value == ":"
    words = {"other"} if headed else set()
    return amount > 0 and "period" in kinds[:amount] and set(kinds[:amount]) <= _DATING | words


def _passed(waiting: deque[Table], place: int, text: str, scene: Scene) -> Iterator[Claim]:
    """The claims of the tables that end before a place."""
    while waiting and waiting[0].end <= place:
        table = waiting.popleft()
        told = list(table_claims(text, table, scene.language, scene))
        scene.take_table(told)
        yield from told


def _read(text: str) -> list[_Sentence]:
    """The sentences of a text; a unit told in a heading holds for the list under it."""
    found: list[_Sentence] = []
    known: dict[tuple[str, int, Language, Mark | None], _Understood] = {}
    header: Mark | None = None
    told: Mark | None = None
    wide: Mark | None = None
    for block in blocks(text):
        tokens = tokenise(text, block.start, block.end, block.language)
        listed = is_list_item(tokens) or is_row(tokens) or is_entry(text[block.start : block.end])
        header = header if listed else wide
        heading, opens = is_heading(text, block.start, block.end), True
        section = is_section(text, block.start, block.end)
        for each in sentences(tokens, block.language):
            asked = (text[each[0].start : each[-1].end], len(each), block.language, header)
            if asked not in known:
                known[asked] = _understood(each, block.language, header)
            pieces, header = known[asked]
            if header is None and told is not None and repeats(pieces):
                pieces, header = _understood(each, block.language, told)
            told = header or told
            wide = _holds_throughout(pieces) or wide
            found.append(_Sentence(each, pieces, block.language, heading, section, opens, is_list_item(tokens)))
            opens = False
    return found


def _holds_throughout(pieces: Sequence[Piece]) -> Mark | None:
    """ "(Value in million US dollars)" on a line of its own: the unit of all that has none and looks like an amount."""
    told = [piece for piece in pieces if piece.kind not in ("sep", "sign", "measure")]
    alone = len(told) == 1 and told[0].kind == "header" and len(pieces) > 1 and pieces[-1].value == ")"
    return replace(told[0], slots={**told[0].slots, WIDE: (1,)}) if alone and isinstance(told[0], Mark) else None


def _with_layouts(read: list[_Sentence]) -> list[_Sentence]:
    """What is announced of the numbers in brackets holds till another is; of a note under a list, for that list."""
    said = [announced(sentence.pieces) for sentence in read]
    now = next((told for told, _ in said if told), None)
    if now is None:
        return read
    found: list[_Sentence] = []
    for sentence, (told, pieces) in zip(read, said, strict=True):
        now = told or now
        if pieces:
            found.append(replace(sentence, pieces=laid_out(pieces, now)))
    return found


def _with_fiscal_years(read: list[_Sentence], years: Fiscal) -> list[_Sentence]:
    """Years such as "FY 2024/25" with the month that they begin in, which the whole text tells."""
    return [replace(each, pieces=years.dated(each.pieces)) for each in read] if years.spoken else read


def _understood(tokens: Sequence[Token], lang: Language, header: Mark | None) -> _Understood:
    """What the words of a sentence mean by themselves, and the unit that holds after it."""
    marks = _with_base_years(without_bodies(find(tokens, lang), tokens, lang), tokens)
    marks = _looking_back(marks, tokens, lang)
    pieces = with_places(items(marks, tokens, lang, header), tokens, lang)
    return pieces, next((mark for mark in reversed(marks) if mark.kind == "header"), header)


def _with_base_years(marks: list[Mark], tokens: Sequence[Token]) -> list[Mark]:
    """ "Lower than that recorded in the corresponding period | of 2023": one base, whatever words lead to it."""
    found: list[Mark] = []
    for mark in marks:
        base = found[-1] if found else mark
        open_ended = base.kind in ("base", "then") and base.value == "same" and tokens[base.j - 1].key in _SPANS
        if open_ended and mark.kind == "period" and mark.value == "year":
            found[-1] = replace(base, value="same_year", j=mark.j, slots={**base.slots, **mark.slots})
        else:
            found.append(mark)
    return found


def _looking_back(marks: list[Mark], tokens: Sequence[Token], lang: Language) -> list[Mark]:
    """ "By 2025 exports had risen": the year of a sentence in the past is a plain one, unless it tells a plan."""
    untold = any(mark.kind == "modal" or (mark.kind == "mute" and mark.value != _UNTIL) for mark in marks)
    if untold or not any(token.key in looks_back(lang) for token in tokens):
        return marks
    return [as_year(mark) if mark.kind == "mute" and mark.slot("Y") else mark for mark in marks]


def _look_ahead(scene: Scene, read: Sequence[_Sentence]) -> None:
    """Who is named most, and the first year and period spoken of: what the first sentences may leave unsaid."""
    for sentence in read:
        _count_countries(scene, sentence)
    marks = _without_history([(sentence, place) for sentence in read for place in _times_of(sentence)], read)
    plain = [mark for mark in marks if not any(piece.kind == "mute" for piece in mark[0].pieces)]
    dated = next((mark for mark in (*plain, *marks) if _year(*mark) and not _dates_a_start(*mark)), None)
    recalled = dated is not None and _recalls(marks, *dated)
    bare = _bare_year(read) if dated not in plain else None
    year = bare or (_year(*dated) if dated else _year_after(read))
    year = year + 1 if recalled and year is not None else year
    scene.year = scene.latest = _year_told_as_last(plain, dated, year)
    scene.written = _year_written(marks, scene.year)
    scene.now = scene.written or max(filter(None, (_year(*mark) for mark in plain)), default=None)
    told = dated is not None and dated[0].pieces[dated[1]].kind == "period"
    this = any(piece.kind == "period" and piece.value == "year_this" for each in read for piece in each.pieces)
    # "Last year …. This year, till October 2025, …": the year that is told is this one.
    scene.ahead = not this and (dated is None or recalled or (told and dated in plain))
    beside = _year_beside_last(read)
    if beside is not None and not this:
        scene.year, scene.ahead = beside + 2, False
    scene.when = _first_period(marks, scene)
    if bare is not None and (scene.when is None or _bare_year(read[:1])):
        # "Summing up 2025, …", "Ten facts about 2025".
        scene.when = When.year(bare)
    scene.topic = _topic(read)
    scene.goods_only = not any(piece.value in _OF_ALL_GOODS for each in read for piece in each.pieces)
    scene.bilateral = any(isinstance(piece, Mark) and piece.slot("mutual") for each in read for piece in each.pieces)
    evidence = _evidence(read)
    scene.frame, scene.framed = evidence.frame((LISTER, HOME["ru"])), evidence.is_sure
    scene.viewpoint = _viewpoint(read, scene) or _implied(scene)


def _year_beside_last(read: Sequence[_Sentence]) -> int | None:
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


def _without_history(marks: list[tuple[_Sentence, int]], read: Sequence[_Sentence]) -> list[tuple[_Sentence, int]]:
    """The times of a text but the dates before the years that it compares with: "The agreement of 29 May 2015"."""
    told = _year_after(read)
    return [mark for mark in marks if not _is_date(*mark) or told is None or (_year(*mark) or told) + 1 >= told]


def _year_written(marks: Sequence[tuple[_Sentence, int]], told: int | None) -> int | None:
    """The year of the latest date, none that is planned or long past."""
    plain = [mark for mark in marks if _is_date(*mark) and not any(piece.kind in _PLANS for piece in mark[0].pieces)]
    year = max(filter(None, (_year(*mark) for mark in plain)), default=None)
    return year if year is not None and (told is None or year >= told) else None


def _implied(scene: Scene) -> str:
    """Whose trade a text tells that names only the other side, or speaks for one more than once."""
    return scene.frame[0] if scene.framed or not scene.named[scene.frame[0]] else ""


def _evidence(read: Sequence[_Sentence]) -> Evidence:
    """What all the sentences of a text tell of whose trade with whom it speaks of."""
    evidence = Evidence()
    for sentence in read:
        if sentence.language == "ru":
            # Its verbs tell whose trade is meant, and they are read one by one.
            return Evidence()
        evidence.add(sentence.pieces)
    return evidence


def _viewpoint(read: Sequence[_Sentence], scene: Scene) -> str:
    """Whose trade an English text tells by its nouns: "Viet Nam's trade", "deliveries to Russia"; of one side only."""
    owners: set[str] = set()
    others: set[str] = set()
    for sentence in read:
        nouns = [at for at, piece in enumerate(sentence.pieces) if _is_trade(piece)]
        if sentence.language != "en" or not nouns:
            continue
        places = [piece for piece in sentence.pieces if isinstance(piece, Place)]
        before = [piece for at in nouns for piece in sentence.pieces[max(0, at - 3) : at] if isinstance(piece, Place)]
        owners |= {piece.code for piece in before if piece.role == "of"}
        others |= {piece.code for piece in places if piece.role in ("to", "from", "with")}
    known = owners or scene.named.keys()
    left = [code for code in known if code not in others and areas.area(code).kind == "country"]
    return left[0] if len(left) == 1 and (owners or others) and not owners & others else ""


def _is_trade(piece: Piece) -> bool:
    told = isinstance(piece, Mark) and piece.kind == "flow"
    # "Russia's fourth supplier": that is told of whoever supplies.
    return told and isinstance(piece, Mark) and not any(piece.slot(each) for each in ("weak", "verb", "seller"))


def _is_date(sentence: _Sentence, place: int) -> bool:
    return sentence.pieces[place].kind == "ignore"


def _bare_year(read: Sequence[_Sentence]) -> int | None:
    """The first number of a text that looks like a year of this century, where no period is told."""
    words = (
        sentence.tokens[piece.j - 1].text for sentence in read for piece in sentence.pieces if piece.kind == "bare"
    )
    return next((int(word) for word in words if len(word) == 4 and word.isdigit() and word.startswith("20")), None)


def _first_period(marks: Sequence[tuple[_Sentence, int]], scene: Scene) -> When | None:
    """The first period told; of a text that tells only where it started from, the one a year later."""
    told = [(when, _dates_a_start(*mark)) for mark in marks if (when := _when(*mark, scene))]
    first = next((when for when, starts in told if not starts), None)
    return first or (told[0][0].shifted(12) if told else None)


def _times_of(sentence: _Sentence) -> list[int]:
    return [
        place for place, piece in enumerate(sentence.pieces) if piece.kind in ("period", "ignore") or _relative(piece)
    ]


def _relative(piece: Piece) -> bool:
    """ "Last year", "в прошлом году"."""
    return isinstance(piece, Mark) and (piece.value == "year_last" or (piece.kind == "then" and "year" in piece.slots))


def _topic(read: Sequence[_Sentence]) -> tuple[str, str, str]:
    """The flow and the goods of a text that opens with them and names no others."""
    goods = {piece.value for sentence in read for piece in sentence.pieces if piece.kind == "product"} - {UNKNOWN}
    flow = next((piece.value for sentence in read for piece in _trades(sentence)), "")
    opening = next(
        (piece.kind for each in read for piece in each.pieces if piece.kind in _WHOLES or piece.value in goods), ""
    )
    return (flow, goods.pop(), "") if len(goods) == 1 and opening == "product" else ("", TOTAL, "")


def _trades(sentence: _Sentence) -> list[Piece]:
    return [piece for piece in sentence.pieces if piece.kind == "flow" and piece.value in BOTH]


def _coming_flow(read: Sequence[_Sentence], place: int) -> str:
    """ "Down 7.3 %: seafood. Exports to Russia …": the flow told after sentences that have no verb."""
    for at in range(place, len(read)):
        sentence = read[at]
        flow = next((piece.value for piece in _trades(sentence)), "")
        if flow or any(piece.kind not in _VERBLESS for piece in sentence.pieces):
            return flow
    return ""


def _precedes_side(scene: Scene, read: Sequence[_Sentence], place: int) -> bool:
    """ "Machinery led (8 million). On the import side, coal …": what stands before the turn is of the other flow."""
    kinds = {piece.kind for piece in read[place].pieces}
    if scene.trade not in BOTH or scene.product != TOTAL or not scene.told >= BOTH:
        return False
    if "flow" in kinds or not {"product", "quantity"} <= kinds:
        return False
    following = next((read[at] for at in range(place + 1, len(read)) if _trades(read[at])), None)
    pairs = pairwise(following.pieces) if following is not None else ()
    return any(one.kind == "flow" and one.value == scene.trade and other.value == _SIDE for one, other in pairs)


def _year_told_as_last(
    marks: Sequence[tuple[_Sentence, int]], dated: tuple[_Sentence, int] | None, year: int | None
) -> int | None:
    """ "Last year … They had peaked in 2024. January 2026 …": "last year" lies between the others."""
    if dated is None or dated not in marks or year is None:
        return year
    before = marks[: marks.index(dated)]
    relative = any(isinstance(mark := each.pieces[at], Mark) and mark.value == "year_last" for each, at in before)
    latest = max(filter(None, (_year(*each) for each in marks)), default=year)
    return latest - 1 if relative and latest > year + 1 else year


def _recalls(marks: Sequence[tuple[_Sentence, int]], sentence: _Sentence, place: int) -> bool:
    """ "6.99 million tonnes last year. In 2024 they stood at 5.40": a year that "last year" is set against."""
    before = marks[: marks.index((sentence, place))]
    relative = any(_relative(each.pieces[at]) for each, at in before)
    after = sentence.pieces[place + 1 : place + 3]
    # "Last year (2024: 70.2 million)"
    beside = place > 0 and sentence.pieces[place - 1].value == "(" and bool(after) and after[0].value == ":"
    set_back = beside or any(piece.kind == "anaphora" or piece.value in _DASHES for piece in after)
    return (relative and set_back) or _repeats_months(sentence, place)


def _repeats_months(sentence: _Sentence, place: int) -> bool:
    """ "In September 171 million, and in September 2024 205 million": a month of the year after, told without it."""
    months = _months(sentence.pieces[place])
    before = (piece for piece in sentence.pieces[:place] if isinstance(piece, Mark) and piece.kind == "period")
    return bool(months) and any(piece.slot("Y") is None and _months(piece) == months for piece in before)


def _months(piece: Piece) -> dict[str, tuple[int, ...]]:
    held = piece.slots if isinstance(piece, Mark) else {}
    return {name: numbers for name, numbers in held.items() if name != "Y"}


def _count_countries(scene: Scene, sentence: _Sentence) -> None:
    for piece in sentence.pieces:
        if isinstance(piece, Place) and areas.area(piece.code).kind == "country":
            scene.named[piece.code] += 1
            if piece.role in _PARTNERED:
                scene.partnered[piece.code] += 1
        elif isinstance(piece, Mark) and piece.kind == "office":
            scene.named.update(piece.value.split()[-1:] or _countries(sentence, piece))
            if piece.value.startswith(ABOUT):
                # "Viet Nam's trade office in Russia" speaks of the trade with Russia.
                scene.partnered.update(_countries(sentence, piece) - {piece.value.split()[-1]})


def _countries(sentence: _Sentence, office: Mark) -> set[str]:
    """ "The Embassy of Russia in Viet Nam": the countries in an office's name."""
    found = phrases(sentence.language)
    marks = (mark for place in range(office.i, office.j) for mark in found.at(sentence.tokens, place))
    named = {mark.value for mark in marks if mark.kind in ("area", "demonym")}
    return {code for code in named if areas.area(code).kind == "country"}


def _year_after(read: Sequence[_Sentence]) -> int | None:
    """ "Last year, down from 231 million in 2024": the year after the one that it is compared with."""
    marks = (piece for sentence in read for piece in sentence.pieces if isinstance(piece, Mark))
    years = [year for mark in marks if mark.kind in ("period", "base") and (year := mark.slot("Y"))]
    return max(years) + 1 if years else None


def _year(sentence: _Sentence, place: int) -> int | None:
    """The year of a date or of a period that nothing is compared with."""
    piece = sentence.pieces[place]
    if isinstance(piece, Mark) and piece.kind == "ignore" and piece.value == "date":
        return piece.slot("Y") or piece.slot("dmY")
    when = _when(sentence, place, Scene())
    return when.end_year if when else None


def _when(sentence: _Sentence, place: int, scene: Scene) -> When | None:
    piece = sentence.pieces[place]
    if (
        not isinstance(piece, Mark)
        or piece.kind != "period"
        or piece.value == "year_level"
        or compared(sentence.pieces, place)
    ):
        return None
    return said.period(piece, scene.year_for(piece.value), None)


def _dates_a_start(sentence: _Sentence, place: int) -> bool:
    """ "From 2.34 billion in 2024": the year of the level that the present one is set against."""
    before = sentence.pieces[max(0, place - 2) : place]
    started = len(before) == 2 and before[0].kind == "prep" and before[0].value.split("/")[1:2] == ["from"]
    # "From 609 million in Q1 2026 to 944 million in Q2" stays in the year.
    ends = any(piece.kind == "period" for piece in sentence.pieces[place + 1 :])
    return started and isinstance(before[1], Quantity) and not ends
