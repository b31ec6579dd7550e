"""Whose trade with whom a whole text tells, from everything in it that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corridor.bulletin.claims import BALANCES, MIRROR, Claim
from corridor.bulletin.habits import habits
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import ABOUT, PARTNERS, Piece, Place
from corridor.codes import areas

# How far after an owner the word for its trade may stand: "Viet Nam's total seafood exports".
_OWNED = 5
# What a flow says of an area that goods go to, come from or are traded with: "exports to Russia" are a partner's.
_PARTNERS = frozenset({("export", "to"), ("import", "from"), ("turnover", "with"), ("balance", "with")})
_REPORTERS = frozenset({("export", "from"), ("import", "to")})
#: Kinds of pieces that speak for somebody.
SPEAKING = frozenset({"place", "whole_country", "office"})
_GOODS = frozenset({"goods", "product"})
_SURE, _LIKELY = 2, 1
# So many times as often a text tells its own side's trade as the other's, where the other's is its own in disguise.
_RARE = 2
_MANY = 4
_PAIR, _OFTEN = 2, 3


@dataclass
class Evidence:
    """How much of a text speaks for an area as the one whose trade is told, and for one as its partner.

    ``actors`` are those who are said to trade, whoever tells of it: "what Japan bought", or whose
    goods are told of: "where Indonesian goods went".
    ``at_large``: the text begins with somebody's trade and no partner, so it is with all: "Japan's exports picked up".
    ``home`` is the readers' own country, which a text may never name: "cả nước".
    """

    home: str = ""
    reporters: Counter[str] = field(default_factory=Counter)
    partners: Counter[str] = field(default_factory=Counter)
    paired: set[str] = field(default_factory=set)
    actors: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    led: bool = False
    at_large: bool = False

    def add(self, pieces: Sequence[Piece], *, heads: bool = False) -> None:
        """Takes in one sentence; what the first one that names sides says, the headline or lead, counts twice.

        One that ``heads`` a text may name only the partner: "Đối tác: Liên bang Nga".
        """
        if self._is_mirror(pieces):
            return
        if not self.named and any(_trades(pieces)):
            self.at_large = _tells_of_all(pieces)
        names = heads and all(flow.value == "turnover" for flow in _trades(pieces))
        leads = None if self.led else (Counter(self.reporters), Counter(self.partners))
        for at, piece in enumerate(pieces):
            if isinstance(piece, Place) and areas.area(piece.code).kind == "country":
                self.named[piece.code] += 1
                self._place(piece, pieces, at)
                if names and piece.role == "" and self.home not in ("", piece.code):
                    self.partners[piece.code] += _LIKELY
            elif piece.kind == "whole_country" and piece.value == "home" and self.home:
                self.reporters[self.home] += _LIKELY
        if leads is not None:
            self._lead(*leads)
        self._offices(pieces)

    def _is_mirror(self, pieces: Sequence[Piece]) -> bool:
        """ "Uzbek exports, by Uzbek customs data, were 5.9 billion": the books of the partner, beside the text's."""
        offices = {piece.value for piece in pieces if piece.kind == "office" and piece.value != self.home}
        told = any(piece.kind == "quantity" for piece in pieces) and any(_trades(pieces))
        return told and self.led and any(self.partners[code] >= self.reporters[code] > 0 for code in offices)

    def _lead(self, reporters: Counter[str], partners: Counter[str]) -> None:
        """Counts once more what a sentence added to these, if it did."""
        said = self.reporters - reporters, self.partners - partners
        self.led = any(said)
        self.reporters.update(said[0])
        self.partners.update(said[1])

    def _offices(self, pieces: Sequence[Piece]) -> None:
        for at, piece in enumerate(pieces):
            if piece.kind == "office" and piece.value:
                # "With the Vietnamese side": the other one.
                met = at > 0 and pieces[at - 1].value.startswith("with/")
                side = self.partners if met else self.reporters
                # An office abroad tells of its own country's trade; one beside a pair may be anybody's.
                weight = _SURE + _SURE if piece.value.startswith(ABOUT) else _LIKELY if self.paired else _SURE
                # "Egypt's statistics put imports from Russia at …", told last of all.
                code = piece.value.removeprefix(ABOUT)
                weight = 0 if self.is_sure and self.partners[code] > self.reporters[code] else weight
                side[code] += weight

    @property
    def is_sure(self) -> bool:
        """Whether more than one word tells it, a pair's order and an office aside."""
        weights = [self.reporters[code] - self.partners[code] for code in {*self.reporters, *self.partners}]
        return max((*weights, 0)) - min((*weights, 0)) > _SURE

    def tells_home(self, *, alone: bool) -> bool:
        """Whether a text is on the readers' own trade: as something tells, or nothing in more than one sentence."""
        others = {*self.reporters, *self.partners} - {self.home}
        told = any(self.partners[code] > self.reporters[code] for code in others)
        told = told or self.reporters[self.home] > self.partners[self.home]
        owned = any(self.reporters[code] > self.partners[code] for code in others)
        known = self.named[self.home] or len(self.named) == 1
        return bool(self.home) and (told or bool(known and not (alone or owned)))

    def _place(self, place: Place, pieces: Sequence[Piece], at: int) -> None:
        beside = pieces[at - 1] if at else place
        if place.role == "with" and isinstance(beside, Place) and areas.area(beside.code).kind == "country":
            # «Сотрудничество Киргизии с Китаем»
            self.reporters[beside.code] += _LIKELY
        if place.role == "pair":
            self.actors[place.code] += not self.paired
            self.paired.add(place.code)
            self.reporters[place.code] += _LIKELY
            self.partners[place.code] += _LIKELY
        elif place.role == "buyer":
            # "Sold to Russian importers"
            self.partners[place.code] += _LIKELY
        elif place.role == "of" and self.home not in ("", place.code) and at and pieces[at - 1].j == place.i:
            # "7 tháng, Nga nhập khẩu …": who acts, whoever tells of it.
            self.actors[place.code] += 1
        elif place.role in ("of", "made"):
            # "Xuất khẩu hàng hóa của Nga"
            nearest = [piece for piece in pieces[max(0, at - 2) : at] if piece.kind != "goods"][-1:]
            owned = next(_trades((*nearest, *pieces[at + 1 : at + _OWNED])), None)
            # "Indian suppliers" are rivals or partners, as it happens.
            goods = self.home or any(piece.kind in _GOODS for piece in pieces[at + 1 : at + 3])
            if owned is not None or (goods and place.role == "made"):
                self.actors[place.code] += 1
            noun = owned is not None and not any(owned.slot(told) for told in ("verb", "moves", "seller", "buys"))
            # "Russian pork exports", but "Russian coal imports" are somebody else's.
            noun = noun and (place.role == "of" or (owned is not None and owned.value == "export"))
            # "The pepper that Russia imports": a verb.
            noun = noun and not (at and pieces[at - 1].value == "figure")
            if at and pieces[at - 1].kind == "office":
                # "Ministry of Agriculture of the Russian Federation"
                self.reporters[place.code] += _LIKELY
            # "Russia sold coal to Viet Nam" is told by the seller; of buyers both sides tell.
            sells = owned is not None and owned.value == "export" and bool(owned.slot("verb")) and place.role == "of"
            self.reporters[place.code] += _SURE if noun else _LIKELY if sells or _signs(pieces) else 0
        elif place.role in PARTNERS:
            flow = next(_trades((*pieces[:at][::-1], *pieces[at:])), None)
            told = (_name(flow), place.role) if flow is not None else ("", "")
            if flow is not None and flow.slot("moves") and place.role in ("to", "from"):
                # Who sends tells of "supplies to Viet Nam", who receives of "supplies from Russia".
                sent = any(isinstance(piece, Place) and piece.role == "to" for piece in pieces)
                self.partners[place.code] += _LIKELY if place.role == "to" or not sent else 0
                return
            side = self.partners if told in _PARTNERS else self.reporters if told in _REPORTERS else Counter()
            side[place.code] += _weight(flow, pieces) if flow is not None else 0

    def _acts(self, others: Sequence[str]) -> bool:
        """ "Nga xuất khẩu sang Ấn Độ" in a text that never names the readers' own country: on somebody else's trade."""
        traded = bool(others or self.paired) and not self.named[self.home]
        return traded and any(code not in others for code in self.actors)

    def _is_minor(self, code: str) -> bool:
        """ "Third comes Saudi Arabia, which sold India fertilisers", in a text on two others."""
        oftener = [other for other in self.named if self.named[other] >= _OFTEN * max(1, self.named[code])]
        return self.reporters[code] <= _LIKELY and len(oftener) >= _PAIR

    def frame(self, homes: Sequence[str]) -> tuple[str, str]:
        """Reporter and partner, empty where nothing tells; if nobody reports, the first of ``homes`` may."""
        known = list(dict.fromkeys((*self.reporters, *self.partners)))
        weight = {code: self.reporters[code] - self.partners[code] for code in known}
        owners = sorted((code for code in known if weight[code] > 0), key=lambda code: -weight[code])
        owners = [code for code in owners if not self._is_minor(code)]
        others = sorted((code for code in known if weight[code] < 0), key=lambda code: weight[code])
        even = [code for code in known if weight[code] == 0]
        # "India-Russia trade …, exports to Russia": the other one of the pair, before who is not named at all.
        paired = (code for code in even if code in self.paired and others)
        # "Belarus increased exports to Vietnam": who is named again and again, before who is not named at all.
        often = (code for code in self.named if self.named[code] > 1)
        named = sorted(often, key=lambda code: -self.named[code])
        known_homes = (code for code in homes if self.named[code] or (code == self.home and not self._acts(others)))
        # Who acts goes before who is not named at all.
        left_over = (code for code in (*known_homes, *self.actors, *named, *homes) if code not in ("", *others))
        reporter = next(iter((*owners, *(() if homes[0] in known else paired), *left_over)), "")
        # Of several that are only named none is the partner.
        told = [code for code in even if self.partners[code] or len(self.named) < _MANY]
        left = [code for code in (*others, *told) if code != reporter]
        several = len(others) > 1 and weight[others[1]] <= weight[others[0]] / 2
        alone = several or self.at_large or not left
        return (reporter, "" if alone else left[0]) if known else ("", "")


def _tells_of_all(pieces: Sequence[Piece]) -> bool:
    """ "Kazakhstan's exports fell as shipments to Uzbekistan …": whose flow is named first, and no partner with it."""
    flows = [at for at, piece in enumerate(pieces) if piece.kind == "flow"]
    if [pieces[at].value for at in flows[:2]] in (["turnover", "export"], ["turnover", "import"]):
        # "India's foreign trade: exports"
        flows = flows[1:]
    first, end = flows[0], flows[1] if len(flows) > 1 else len(pieces)
    flow = pieces[first]
    noun = flow.value in MIRROR and not any(map(flow.slot, ("verb", "moves", "seller", "weak")))
    places = [piece for piece in pieces[:end] if isinstance(piece, Place)]
    # "Exports to and imports from Japan"
    open_ended = any(piece.kind == "prep" and piece.value.startswith(("to/", "from/")) for piece in pieces[first:end])
    return noun and not open_ended and [(place.role, place.i < flow.i) for place in places] == [("of", True)]


def from_one_side(found: Sequence[Claim], frame: tuple[str, str] = ("", "")) -> list[Claim]:
    """ "Russia took 29,400 tonnes" in a text on Viet Nam's trade: its exports, as all else in the text.

    ``frame`` are the reporter and the partner that the whole text surely speaks for. A share or a rank among partners
    stays: it is counted in the trade of the one who is named.
    """
    told = [claim for claim in found if claim.flow in MIRROR]
    pairs = Counter((claim.reporter, claim.partner) for claim in told)
    tellers = Counter(claim.reporter for claim in told)
    return [_of_the_side(claim, pairs, tellers, frame) for claim in found]


def _of_the_side(claim: Claim, told: Counter[tuple[str, str]], tellers: Counter[str], frame: tuple[str, str]) -> Claim:
    own, other = (claim.reporter, claim.partner), (claim.partner, claim.reporter)
    books = not habits(claim.language).verbs_tell_side and claim.office == claim.reporter
    if not all(own) or books or claim.among == "partners":
        return claim
    # "Viet Nam bought 5.6 million tonnes … Russian deliveries grew": its trade with all tells the side too.
    one_sided = tellers[claim.partner] >= _RARE * tellers[claim.reporter]
    rare = own != frame and claim.flow != "turnover" and told[other] > 0 and one_sided
    turned = 0 < told[other] >= told[own] if other == frame else rare
    # "China bought 58 million tonnes" in a text on what Russia sells to Viet Nam.
    third = frame[0] != "" and claim.partner == frame[0] and claim.reporter not in frame and claim.flow in MIRROR
    turned = turned or third
    return claim.seen_by_partner() if turned else claim


def _signs(pieces: Sequence[Piece]) -> bool:
    """ "Exporters' Assembly of Türkiye": a line that tells only who speaks."""
    ends = isinstance(pieces[-1], Place) and pieces[-1].role == "of"
    return ends and all(piece.kind in ("other", "prep", "place", "sign") for piece in pieces)


def _trades(pieces: Sequence[Piece]) -> Iterator[Mark]:
    """The words for a flow, but those that tell one only where nothing else does."""
    for piece in pieces:
        if isinstance(piece, Mark) and piece.kind == "flow" and not piece.slot("weak"):
            yield piece


def _weight(flow: Mark, pieces: Sequence[Piece]) -> int:
    """Nouns tell whose trade a text is on; verbs only who acts, if nobody else is said to: "we shipped to Russia"."""
    acted = any(isinstance(piece, Place) and piece.role in ("", "of") for piece in pieces)
    return (0 if acted else _LIKELY) if flow.slot("verb") else _SURE


def _name(mark: Mark) -> str:
    return "balance" if mark.value in BALANCES else mark.value
