"""The part an area plays in a sentence: whose trade, with whom, from where, to where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from corridor.bulletin.claims import Language
from corridor.bulletin.phrases import Mark, Slotless
from corridor.bulletin.quantities import Item, Quantity
from corridor.bulletin.tokens import DASHES, Token
from corridor.bulletin.words import nominatives, phrases, rule_stems, rule_words
from corridor.codes import areas

# Endings of a Russian name in the dative («Вьетнаму», «России»), which no instrumental has.
_DATIVE = ("у", "ю", "и", "е")
_DATIVES = ("им", "ым", "ому", "ему", "ам", "ям")
_UNBENT = frozenset({"рф", "срв", "сша", "кнр", "оаэ", "еаэс", "ес"})
_TO_MANY, _BY = ("им", "ым"), frozenset({"по", "к", "благодаря"})
_TO_PEOPLE = ("ам", "ям")
_PEOPLE = ("яне", "ане", "цы")
_GOODS = "hàng"
_KIND = "mặt"
# What may stand between the town of a dateline and its dash, and how much of it.
_IN_DATELINES = frozenset({"sep", "other", "ignore", "period", "number", "office"})
_DATELINE = 10
# A balance is in somebody's favour; "a gap of 26.8 million to Viet Nam's disadvantage" is its own.
_FAVOURS = {
    "favour": "favour",
    "favor": "favour",
    "disadvantage": "of",
    "detriment": "of",
    "expense": "of",
    "part": "with",
}
# What may stand between who acts and the verb, and how much of it.
_BEFORE_VERB = frozenset({"period", "adverb", "other", "sep", "then", "and"})
_ACTED = 5
# "China, Brazil, Mexico, Colombia and Saudi Arabia": as many names before the last two as no pair has, with commas.
_LONG_LIST = 4
_ARTICLE = "the"
#: The parts of those whom somebody trades with.
PARTNERS = frozenset({"to", "from", "with"})
#: Begins the value of an office that tells of the trade with the country where it stands.
ABOUT = "about "
_POSSESSIVE = frozenset({"'", "’", "'s", "’s"})


@dataclass(frozen=True)
class Place(Slotless):
    """An area and its role: ``of`` (whose), ``to``, ``from``, ``with``, ``pair``, ``made`` (whose goods), ``buyer``."""

    role: str
    code: str
    i: int
    j: int
    kind: str = "place"
    value: str = ""


Piece: TypeAlias = "Mark | Quantity | Place"


class Pieces(tuple[Piece, ...]):
    """Pieces in order, and of which kinds they are: most questions about them end with a kind that is not there."""

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind that is among them."""
        return frozenset([piece.kind for piece in self])


NOTHING = Pieces()


def with_places(items: Sequence[Item], tokens: Sequence[Token], lang: Language) -> Pieces:
    """The sentence with its areas' roles told; prepositions of areas are used up."""
    found: list[Piece] = []
    items = _with_offices(_without_articles(items))
    rivals = _rivals(items)
    for place, item in enumerate(items):
        if _names_an_office(items, place):
            kind = "office" if areas.area(item.value).kind == "country" else "other"
            found.append(Mark(kind, item.value, item.i, item.j))
            continue
        if item.kind not in ("area", "demonym"):
            found.append(_untold(item) if item.kind == "trader" else item)
            continue
        if place in rivals:
            found.append(Mark("other", item.value, item.i, item.j))
            continue
        role = _role(items, place, tokens, lang)
        if found and isinstance(found[-1], Mark) and found[-1].kind == "prep" and _area_role(found[-1]):
            found.pop()
        found.append(Place(role, item.value, item.i, item.j))
    found = _with_actors(found, tokens) if lang == "ru" else found
    return Pieces(_paired(_without_dateline(_without_source(found), tokens)))


def _with_offices(items: Sequence[Item]) -> list[Item]:
    """ "German customs", "India's trade office in Japan": whose figures they are."""
    found: list[Item] = []
    for item in items:
        if item.kind == "area" and _is_host(found):
            office = found[-2]
            found[-2:] = [Mark("office", office.value, office.i, item.j)]
            continue
        owner = len(found) - (2 if found and _possessive(found[-1]) else 1)
        owned = owner >= 0 and found[owner].kind in ("area", "demonym")
        abroad = item.kind == "office" and item.value.startswith(ABOUT)
        if owned and (item.kind == "bureau" or abroad):
            value = f"{ABOUT if abroad or item.value == 'abroad' else ''}{found[owner].value}"
            found[owner:] = [Mark("office", value, found[owner].i, item.j)]
        elif item.kind != "bureau":
            found.append(item)
        else:
            found.append(Mark("ignore" if item.value == "abroad" else "other", "bureau", item.i, item.j))
    return found


def _is_host(before: Sequence[Item]) -> bool:
    """ "The Japanese embassy in | Kazakhstan"."""
    named = len(before) > 1 and before[-1].kind == "prep" and before[-1].value.split("/")[0] in ("", "to")
    return named and before[-2].kind == "office" and before[-2].value.startswith(ABOUT)


def _names_an_office(items: Sequence[Item], place: int) -> bool:
    """«По информации китайской таможни», «таможни Китая»: whose figures, not whose trade."""
    beside = {"demonym": items[place + 1 : place + 2], "area": items[max(place - 1, 0) : place]}
    near = beside.get(items[place].kind, ())
    return any(each.kind == "other" and each.value.startswith(rule_stems("office")) for each in near)


def _with_actors(found: list[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """«Вьетнам в 2024 году торговал», «Россия за полгода ввезла»: who acts, where a verb of trade follows."""
    for place, piece in enumerate(found):
        if isinstance(piece, Place) and piece.role == "" and tokens[piece.i].key in nominatives():
            verb = next((each for each in found[place + 1 : place + _ACTED] if each.kind not in _BEFORE_VERB), None)
            if isinstance(verb, Mark) and verb.kind == "flow" and (verb.slot("verb") or verb.slot("acts")):
                found[place] = replace(piece, role="of")
    return found


def _rivals(items: Sequence[Item]) -> frozenset[int]:
    """ "Russia overtook Australia as the second-largest supplier", "the fifth after China, India and Japan"."""
    found: set[int] = set()
    for place in range(1, len(items)):
        joined = items[place - 1].kind == "and" or items[place - 1].value == ","
        after = items[place + 1] if place + 1 < len(items) else None
        # "Only behind China (41 %)": the bracket tells of it.
        named = items[place].kind == "area" and not (_possessive(after) or (after is not None and after.value == "("))
        # "Sau Đức, Ý và Nhật Bản": a name between two others may be a common word.
        listed = joined and (place - 2 in found or (items[place - 2].kind == "other" and place - 4 in found))
        if named and (items[place - 1].value in {"/after/", *rule_words("rival")} or listed):
            found.add(place)
    return frozenset(found)


def _without_articles(items: Sequence[Item]) -> list[Item]:
    """ "With the Russian Federation": an article does not part a little word from its area."""
    after = (*items[1:], None)
    return [
        item
        for item, named in zip(items, after, strict=True)
        if not (item.kind == "other" and item.value == _ARTICLE and named is not None and named.kind == "area")
    ]


def _without_source(found: list[Piece]) -> list[Piece]:
    """ "(Báo Thái Nguyên) …", "(Reuters, Singapore) - …": who reports, in brackets before the first word."""
    if not found or found[0].value != "(":
        return found
    end = next((at for at, piece in enumerate(found[:_DATELINE]) if piece.value == ")"), 0)
    named = all(isinstance(piece, Place) or piece.kind in _IN_DATELINES for piece in found[:end])
    if not end or not named or len(found) <= end + 1:
        return found
    return [*_dates(found[:end]), *found[end + 1 :]]


def _dates(line: Sequence[Piece]) -> list[Piece]:
    """What of a dateline tells when a text was written."""
    return [piece for piece in line if piece.kind == "ignore" or piece.slot("Y")]


def _without_dateline(found: list[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """ "HANOI, 12 February - Exports …", "MOSCOW (TASS) – …": where a report was written is no side of a trade."""
    if not found or not isinstance(found[0], Place):
        return found
    dash = next((at for at, piece in enumerate(found[:_DATELINE]) if at and piece.value in DASHES), 0)
    line = found[1:dash]
    # «Россия в 2024 году – шестой покупатель»: a country is told of, a town is written from.
    first = tokens[found[0].i]
    dated = bool(line) and (first.key in rule_words("town") or line[0].kind != "period")
    told = dated or first.text.isupper()
    if not found[dash + 1 :] or not dash or not told or any(piece.kind not in _IN_DATELINES for piece in line):
        return found
    if not line and _heads_a_pair(found[0], found[dash + 1 :], tokens):
        return found
    return [*_dates(line), *found[dash + 1 :]]


def _heads_a_pair(first: Place, after: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """ "VIETNAM - RUSSIA: trade in 2025": no town, and another country right behind the dash that owns nothing."""
    other = after[0] if after else None
    owns = len(after) > 1 and after[1].kind == "sign"
    return (
        isinstance(other, Place)
        and other.code != first.code
        and not owns
        and tokens[first.i].key not in rule_words("town")
    )


def _untold(trader: Item) -> Mark:
    """Buyers and sellers tell nothing beyond the role that they gave to the name before them."""
    return Mark("other", trader.value, trader.i, trader.j)


def _area_role(prep: Mark) -> str:
    return prep.value.split("/")[0]


def _role(items: Sequence[Item], place: int, tokens: Sequence[Token], lang: Language) -> str:
    item = items[place]
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    if before is not None and before.slot("from"):
        return "from"
    if _possessive(after) and place + 2 < len(items) and items[place + 2].value in _FAVOURS:
        return _FAVOURS[items[place + 2].value]
    if _is_given(items, place, tokens):
        return "to"
    if isinstance(before, Mark) and before.kind == "prep" and item.kind == "area":
        # "A note on Russia's trade", "on US trade"
        owns = _possessive(after) and _area_role(before) in ("", "with")
        owns = owns or (_area_role(before) == "" and _owns_flow(items[place + 1 :]))
        return "of" if owns else _area_role(before)
    if item.i and (swallowed := _last_word_role(tokens, item.i, lang)) and item.kind == "area":
        return swallowed
    if item.kind == "demonym":
        return _people_role(item, after, tokens) or _adjective_role(items, place)
    if lang == "vi" and (told := _role_before(before, item, after, tokens)):
        return told
    if _possessive(after) or _owns_flow(items[place + 1 :]):
        return "of"
    if before is not None and before.kind == "flow" and before.value == "turnover":
        return "of"
    # «В узбекском экспорте Казахстану досталось …»: the flow has its owner already.
    has_owner = place > 1 and items[place - 2].kind == "demonym" and before is not None and before.kind == "flow"
    return "of" if lang == "ru" and not has_owner and _owned(before, tokens[item.i]) else ""


def _owns_flow(after: Sequence[Item]) -> bool:
    """ "US exports", "Viet Nam coffee exports"."""
    goods = len(after) > 1 and after[0].kind in ("product", "goods") and after[1].kind == "flow"
    named = after[1] if goods else after[0] if after else None
    return named is not None and named.kind in ("flow", "total", "measure") and not _weak(named)


def _is_given(items: Sequence[Item], place: int, tokens: Sequence[Token]) -> bool:
    """«Продал Вьетнаму», «продавал кофе России»: to whom goods are given, told behind the verb or behind the goods."""
    people = items[place].kind == "demonym"
    before, verb = items[place - 1] if place else None, items[place - 2] if place > 1 else None
    given = before is not None and before.slot("gives") is not None
    after_goods = before is not None and before.kind == "product" and isinstance(verb, Mark) and not people
    if after_goods and isinstance(verb, Mark):
        given = verb.slot("gives") is not None and verb.slot("verb") is not None
    name = tokens[items[place].j - 1].key
    return given and (name in _UNBENT or name.endswith(_DATIVES if people else _DATIVE))


def _owned(before: Item | None, name: Token) -> bool:
    """«Экспорт России», «импорт Вьетнама»: a name right after the flow is whose it is, «по перцу Вьетнам …» acts."""
    if before is not None and before.kind == "other" and before.value.startswith(rule_stems("counterpart")):
        return name.key not in nominatives()
    if before is None or before.kind not in ("flow", "product", "goods"):
        return False
    return before.kind == "flow" or name.key not in nominatives()


def _people_role(item: Item, after: Item | None, tokens: Sequence[Token]) -> str:
    """«Продали россиянам», «россияне покупали»; "in Belarusian favour"."""
    if after is not None and _FAVOURS.get(after.value) == "favour":
        return "favour"
    if tokens[item.i].key.endswith(_PEOPLE) and after is not None and after.slot("buys"):
        return "buyer"
    given = after is not None and after.kind == "other" and after.value.endswith(_TO_PEOPLE)
    if given and tokens[item.i].key.endswith(_TO_MANY) and tokens[item.i - 1].key not in _BY:
        # «Отгрузки российским партнёрам», but «по российским данным»
        return "to"
    return "to" if tokens[item.i].key.endswith(_TO_PEOPLE) else ""


def _role_before(before: Item | None, item: Item, after: Item | None, tokens: Sequence[Token]) -> str:
    """ "Người Nga" are buyers; "hàng Nga": a name right after goods tells where they are from."""
    if before is not None and before.kind == "trader":
        return "buyer"
    if after is not None and after.slot("buys"):
        # "Sắt thép Việt Nam mua vào"
        return "of"
    goods = before is not None and before.kind == "product" and before.j == item.i
    return "made" if goods or _after_goods(item, tokens) else ""


def _after_goods(item: Item, tokens: Sequence[Token]) -> bool:
    """ "Hàng Nga"; but "mặt hàng Nga nhập" are the goods that Russia buys."""
    words = [token.key for token in tokens[max(0, item.i - 2) : item.i]]
    return words[-1:] == [_GOODS] and words != [_KIND, _GOODS]


def _last_word_role(tokens: Sequence[Token], place: int, lang: Language) -> str:
    """The role in a little word that a longer phrase swallowed: "shipments to", "nhập từ"."""
    found = (mark for mark in phrases(lang).at(tokens, place - 1) if mark.kind == "prep" and mark.j == place)
    return next((_area_role(mark) for mark in found), "")


def _adjective_role(items: Sequence[Item], place: int) -> str:
    """ "Russian exports" are Russia's, "imports of Russian coal" from there, "на вьетнамский рынок" to Viet Nam."""
    before = items[place - 1] if place else None
    after = _after_participle(items, place)
    beside = items[place + 1] if place + 1 < len(items) else None
    if beside is not None and beside.value in rule_words("party"):
        # "The Russian side pointed to …": who speaks or acts owns nothing yet.
        return ""
    if _is_origin(beside):
        return "made"
    if after is not None and after.kind in ("flow", "total", "measure"):
        return "of"
    trades = after is not None and after.kind == "trader"
    goods = after is not None and (after.kind in ("product", "goods") or after.value in rule_words("cargo"))
    # «Потратила на российскую пшеницу» tells of goods, «отгрузила на российский рынок» of a buyer.
    bought = goods and _flow_before(items, place)
    told = _area_role(before) if isinstance(before, Mark) and before.kind == "prep" and not bought else ""
    if told in ("to", "with", *("from",) * trades):
        return told
    if beside is not None and beside.value in rule_words("own_market"):
        # «Российский рынок принёс вьетнамским экспортёрам 60 млн»
        return "with"
    if after is not None and trades:
        return "buyer" if after.value == "buyer" else "of"
    if after is not None and after.kind in ("product", "goods", "other") and _flow_before(items, place):
        return "from"
    return "made" if goods else "of"


def _after_participle(items: Sequence[Item], place: int) -> Item | None:
    """What an adjective belongs to: "Russian-built cars", "Vietnamese grown coffee"."""
    following = items[place + 1 : place + 3]
    made = len(following) == 2 and following[0].kind == "other" and following[0].value in rule_words("made")
    return following[made] if following else None


def _is_origin(item: Item | None) -> bool:
    """ "Of Russian origin"."""
    return item is not None and item.kind == "other" and item.value in rule_words("origin")


def _flow_before(items: Sequence[Item], place: int) -> bool:
    """Whether a flow stands just before, so that the adjective tells the origin of its goods."""
    near = items[max(0, place - 4) : place]
    return any(item.kind == "flow" for item in near)


def _weak(item: Item) -> bool:
    """ "Of which Armenia took 562 million": a verb that tells a flow only where nothing else does."""
    return bool(item.slot("weak"))


def _possessive(item: Item | None) -> bool:
    return item is not None and item.kind == "sign" and item.value.lower() in _POSSESSIVE


def _paired(found: list[Piece]) -> list[Piece]:
    """Two areas joined by "and" or a dash after "between", or side by side, are the pair whose trade is meant."""
    for place, piece in enumerate(found):
        if isinstance(piece, Place):
            other = _partner_of(found, place)
            if other is not None:
                first, second = piece, found[other]
                if isinstance(second, Place) and first.code != second.code:
                    found[place] = Place("pair", first.code, first.i, first.j)
                    found[other] = Place("pair", second.code, second.i, second.j)
    return found


def _trades_between(found: Sequence[Piece], place: int) -> bool:
    """ "Vietnam, Russia trade up 4 percent"."""
    return place < len(found) and found[place].kind == "flow" and found[place].value == "turnover"


def _lists_places(found: Sequence[Piece], place: int) -> bool:
    """ "The shares of China, India | and Russia": three are no pair."""
    at = place
    while at > 1 and found[at - 1].value == "," and isinstance(found[at - 2], Place):
        at -= 2
    first = found[at]
    long = place - at >= _LONG_LIST
    return at < place and isinstance(first, Place) and (first.role != "" or long)


def _partner_of(found: Sequence[Piece], place: int) -> int | None:
    piece = found[place]
    if not isinstance(piece, Place) or piece.role == "pair":
        return None
    near = found[place + 1 : place + 3]
    if near and piece.role == "between" and isinstance(near[0], Place) and near[0].role == "with":
        # "Giữa Nga với Ấn Độ"
        return place + 1
    if near and isinstance(near[0], Place) and near[0].role in ("", "of") and near[0].i == piece.j:
        if areas.area(piece.code).kind == "region":
            # "Toàn tỉnh Đắk Lắk"
            return None
        return place + 1 if piece.role in ("", "of", "between") else None
    if len(near) < 2 or not isinstance(near[1], Place):
        return None
    if near[0].kind == "and" and _lists_places(found, place):
        return None
    joined = near[0].kind == "and" or (near[0].kind == "sep" and near[0].value in DASHES)
    both = near[0].kind == "prep" and piece.role == "between"
    if near[0].kind == "and" and piece.role not in ("between", "of", "", "with"):
        return None
    joined = joined or (near[0].value == "," and _trades_between(found, place + 3))
    return place + 2 if (joined or both) and near[1].role in ("", "of", "with") else None
