"""What a sentence has told so far: whose trade in what, when, and what its next amounts cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corridor.bulletin.claims import BALANCES, BOTH, FLOWS, MIRROR, TOTAL, UNKNOWN, Language, one_of
from corridor.bulletin.clock import TIMES, Clock
from corridor.bulletin.maker import Setting
from corridor.bulletin.neighbours import as_year, is_topic
from corridor.bulletin.parallel import Parallel
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.residue import excluded_from, narrowed_from
from corridor.bulletin.scene import HOME, Scene
from corridor.bulletin.subject import Subject
from corridor.bulletin.tokens import Token
from corridor.bulletin.when import When
from corridor.bulletin.words import phrases
from corridor.codes import areas

#: Begins the value of an office that tells of the trade with the country where it stands.
ABOUT = "about "
# "Xuất sang nước này": the flow took its little word in.
_TOWARDS = {"export": "to", "import": "from"}
_OWNERS = frozenset({"of", "made", "for", "pair", "between"})
# Beside a word for moving goods, they tell what moves.
# How far behind a verb stands whom one trades with.
_ACTS_ON = 8
_CAPITALS = frozenset({"moscow", "moskva", "hanoi"})
# What may stand before a country that heads an entry.
_OPENS = frozenset({";", "-", "–", "—", "."})
_OF = frozenset({"của", "phía"})
_OVERTAKING = frozenset({"vượt", "vượt qua", "thế", "sau"})
# «Оба потока прибавили: первый – 15,1 %, второй – 3,6 %»
_ORDERED = frozenset({"former", "latter"})
_NEWLY = frozenset({"goods", "product", "total", "other"})
#: Pieces that only switch something on.
_FLAGS = {"duty": "duty", "off_topic": "off_topic", "counted": "counted", "per_day": "daily"}


def _names_place(piece: Piece) -> bool:
    """ "Nga nhập", "nước này bán"."""
    return isinstance(piece, Place) or (piece.kind == "anaphora" and piece.value == "place")


def _names_whole(piece: Piece) -> bool:
    return piece.kind in ("goods", "total") or isinstance(piece, Place)


@dataclass
class Telling:
    """One sentence against what the text said before.

    ``balance`` is the sign of the balance, ``sign_before`` one told before the balance was named. ``muted``, ``duty``,
    ``off_topic``, ``counted`` and ``daily`` say why the next amounts are no claims; ``off_fresh``: the clause itself
    left the topic; ``estimated``: they are claims if they are of all goods; ``paid``: what was spent is told, what was
    bought comes; ``supplied``: a supplier was told of.
    ``strong`` counts the clauses so far. ``topic`` is what the whole sentence speaks of, ``kept``: a flow went on about
    it; ``foretold``: the first amount's subject is what follows it. ``named`` are the products since the last amount,
    ``body`` what an association that speaks is one of, ``actor`` who bought or sold in a text on another's trade.
    """

    text: str
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    language: Language
    scene: Scene
    subject: Subject
    clock: Clock
    balance: str = ""
    sign_before: str = ""
    muted: bool = False
    duty: bool = False
    off_topic: bool = False
    counted: bool = False
    estimated: bool = False
    daily: bool = False
    off_fresh: bool = False
    kept: bool = False
    foretold: bool = False
    body: tuple[str, str] | None = None
    paid: bool = False
    supplied: bool = False
    actor: str = ""
    strong: int = 0
    topic: tuple[str, str] | None = None
    named: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(
        cls, text: str, tokens: Sequence[Token], pieces: Sequence[Piece], language: Language, scene: Scene
    ) -> Telling:
        """What holds before a sentence's first word: what the last one left."""
        told = (Subject.of(scene), Clock.of(scene))
        return cls(text, tokens, pieces, language, scene, *told, off_topic=scene.off_topic, balance=scene.balance)

    def setting(self, subject: Subject, listed: Parallel | None) -> Setting:
        """What a claim about ``subject``, or about a list's member, is made from."""
        return Setting(self.text, self.tokens, self.language, self.scene, subject, listed)

    def part(self) -> None:
        """A clause ended: what follows may speak of something else."""
        self.subject.part()
        self.muted = self.counted = self.estimated = False
        self.strong += 1

    def take(self, piece: Piece, around: Sequence[Piece], place: int) -> None:
        """Takes in what one piece tells, which stands at ``place`` of the pieces ``around`` it."""
        if piece.kind == "flow":
            self._flow_word(piece, around, place)
        elif piece.kind == "product":
            self._goods(piece, around, place)
        elif isinstance(piece, Place):
            before = around[place - 1].value if place else ""
            if before == "//" and self.tokens[piece.i].key in _CAPITALS:
                # "The talks in Moscow" are no trade.
                return
            sold = self.subject.sides.earned and before == "//" and not piece.role
            # "Earned in Russia": there are the buyers.
            role = "with" if self._heads_entry(piece, around, place) else piece.role
            self.subject.take_place("to" if sold else role, piece.code)
            if role == "to" and not any(each.kind in ("flow", "earned") for each in around):
                self.subject.take_goods_moved(HOME[self.language])
            self.speak_of(piece)
        elif self._goes_on_earning(piece, around, place):
            return
        elif piece.kind == "anaphora" and piece.value.startswith("place"):
            acts = next((each for each in around[place + 1 : place + 2] if each.kind == "flow"), None)
            self._same_place(piece, around[place - 1] if place else piece, acts=acts is not None)
        elif isinstance(piece, Mark) and piece.kind in TIMES:
            self.clock.take(piece, around, place)
        elif place and piece.value == "first" and around[place - 1].value.startswith("of/"):
            # "Exports of it"
            self.subject.take_same_product()
        else:
            self._hint(piece)

    def _heads_entry(self, piece: Place, around: Sequence[Piece], place: int) -> bool:
        """ "Kazakhstan: exports 41.3 million, imports 3.6 million": an entry in a list of partners."""
        before, after = around[place - 1] if place else None, around[place + 1 : place + 2]
        opens = before is None or before.kind == "sign" or before.value in _OPENS
        headed = bool(after) and after[0].value == ":" and opens and not piece.role
        return headed and piece.code not in (HOME[self.language], self.scene.reporter)

    def _flow_word(self, piece: Piece, around: Sequence[Piece], place: int) -> None:
        """A flow, what it goes on about, and what else its word tells; a weak one gives way to one told before."""
        weak = isinstance(piece, Mark) and bool(piece.slot("weak"))
        # "Shipments reached 2.26 billion, while it spent 2.51 billion": money spent tells another flow.
        anew = isinstance(piece, Mark) and piece.slot("money") and self.subject.spent and self.subject.strong
        # "Russia took 2,240 tonnes, but paid 14.9 million for it": one purchase, seen from the seller's side.
        anew = anew and (MIRROR[one_of(FLOWS, piece.value)] if self.actor else piece.value) != self.subject.flow
        if weak and ((self.subject.fresh_flow and not anew) or self.off_fresh):
            return
        if isinstance(piece, Mark) and piece.slot("goes") and self.off_fresh:  # "Retail coffee sales grew"
            return
        if isinstance(piece, Mark) and piece.slot("brings") and self._brings_money(around, place):
            self.subject.earn()
            return
        if self.supplied and piece.value == "export" and self.subject.flow == "import":
            # "… became the second-largest supplier, shipping 720,000 tonnes": seen from the buyer's side.
            self.supplied = False
            return
        if isinstance(piece, Mark) and piece.slot("sum") and self._sums_goods(around, place):
            return
        if isinstance(piece, Mark) and piece.slot("market") and self.subject.flow in BOTH:
            return
        self._brings_home(piece)
        if self._acts_again(piece, around[:place]):
            self.paid = self.subject.spent = False
            return
        self.paid = isinstance(piece, Mark) and bool(piece.slot("money"))
        goes_on = self._goes_on(around, place)
        going_on = self._going_on(piece, around, place)
        kept = (
            self._kept_product(piece, around[place + 1 : place + 4])
            or self._their_product(around, place)
            or going_on
            or self._of_the_body(around, place)
            or ((self.subject.product, self.subject.word) if goes_on else None)
            or self._of_goods_told(piece, around, place)
            or self._measured_on()
        )
        spoken = self.off_topic and weak
        told = goes_on or (going_on is not None and self.subject.flow in BOTH) or self._moves_on(piece, around, place)
        actor = self._actor(piece, around[:place])
        self.take_flow(self.subject.flow if told else MIRROR[one_of(FLOWS, piece.value)] if actor else piece.value)
        if actor:
            self.subject.view(actor)
        # "Tourists spent 950 million": a weak word does not bring back the topic.
        self.off_topic = spoken
        self.kept = kept is not None and self.subject.product == TOTAL
        if kept and self.kept:
            self.subject.take_product(*kept)
        self._trader(piece)

    def _brings_home(self, flow: Piece) -> None:
        """ "Bia của Nga nhập về": bought from the owner."""
        owner = self.subject.roles.get("of", "")
        if isinstance(flow, Mark) and flow.slot("home") and owner not in ("", HOME[self.language]):
            self.subject.roles["from"] = self.subject.roles.pop("of")

    def _sums_goods(self, around: Sequence[Piece], place: int) -> bool:
        """ "Cà phê …, nâng tổng kim ngạch của mặt hàng này lên 203,9 triệu USD": the total of the goods' flow."""
        after = around[place + 1 : place + 5]
        goods = self.subject.fresh_product or any(piece.kind in ("product", "flow") for piece in after)
        return goods or any(piece.kind == "anaphora" and piece.value == "product" for piece in after)

    def _acts_again(self, flow: Piece, before: Sequence[Piece]) -> bool:
        """ "Spent 76 million to buy 11 thousand tonnes", "Russian roasters paid 4,310, whereas they had paid 5,655"."""
        they = any(piece.kind == "anaphora" and piece.value == "first" for piece in before[-3:])
        acts = isinstance(flow, Mark) and bool(flow.slot("money") or flow.slot("verb"))
        return (self.paid and flow.value == self.subject.flow) or (they and acts and self.subject.sides.bought)

    def _actor(self, flow: Piece, before: Sequence[Piece]) -> str:
        """ "Russia took 2,240 tonnes", "… and sold goods for 60.5 million" in a text on Viet Nam's trade: Russia."""
        home, subject = self.scene.viewpoint or self._home(), self.subject
        if not home or not self._acts(flow, before):
            return ""
        named = "" if subject.spent else subject.listed or subject.roles.get("of", "")
        actor = named or (self.actor if subject.spent else "")
        if self._trades_elsewhere(flow, home) or (self.language != "en" and actor != self.scene.settled[1]):
            return ""
        self.actor = actor if actor != home else ""
        return self.actor

    def _acts(self, flow: Piece, before: Sequence[Piece]) -> bool:
        """Whether a word for a flow tells that somebody trades; a Vietnamese one does behind a name: "Nga nhập"."""
        if not isinstance(flow, Mark) or flow.value not in BOTH:
            return False
        named = self.language == "vi" and bool(before) and _names_place(before[-1]) and before[-1].j == flow.i
        return bool(flow.slot("weak") or flow.slot("verb")) or (named and not self._owned(before[-1]))

    def _owned(self, place: Piece) -> bool:
        """ "Của Nga": the trade is Russia's, whoever acts."""
        return place.i > 0 and self.tokens[place.i - 1].key in _OF

    def _goes_on_earning(self, piece: Piece, around: Sequence[Piece], place: int) -> bool:
        """ "April brought 460 million": of what was told of the months before, unless it brought it to somebody."""
        months = piece.kind == "earned" and place > 0 and around[place - 1].kind == "period" and self.subject.flow
        return bool(months) and not any(isinstance(each, Place) for each in around[place + 1 : place + 3])

    def _home(self) -> str:
        """Whose trade the sentences before told first, in a text whose nouns do not say."""
        scene = self.scene
        known = scene.settled == scene.frame if self.language == "en" else bool(scene.shown)
        return (scene.home or (scene.settled[0] if known else "")) if scene.settled[0] else ""

    def _trades_elsewhere(self, flow: Piece, home: str) -> bool:
        """ "Viet Nam bought coal from Russia" in a text on China's trade: with another than the one told of."""
        after = [piece for piece in self.pieces if piece.i > flow.i][:_ACTS_ON]
        places = [piece.code for piece in after if isinstance(piece, Place) and piece.role in ("to", "from")]
        return bool(places) and home not in places

    def _brings_money(self, around: Sequence[Piece], place: int) -> bool:
        """ "Seafood brought in 21 million", "exporters received 5,710 a tonne": money comes in, no goods."""
        subject = self.subject
        goods = not (subject.roles or subject.listed or subject.pair) or (subject.spent and not subject.fresh_flow)
        sellers = any(piece.value == "seller" for piece in around[max(0, place - 3) : place])
        leads = all(piece.kind in ("adverb", "hedge", "prep") for piece in around[place + 1 :])
        return sellers or (goods and leads)

    def _goods(self, piece: Piece, around: Sequence[Piece], place: int) -> None:
        """A group is named: it may be the topic, what somebody sells, or wider than what is meant."""
        named = (piece.value, self.words(piece.i, piece.j))
        if is_topic(around, place):
            self.topic = named
        if place + 1 < len(around) and around[place + 1].value == "seller":
            self.scene.sold = named
        # "The acreage of coffee" is no trade in it.
        self.off_topic = self.off_topic and self.off_fresh
        bracketed = any(piece.value == "(" for piece in around[place + 1 : place + 2])
        if place and around[place - 1].value in _OVERTAKING and not bracketed:
            # "Cà phê vượt dệt may để đứng đầu"
            return
        self.counted = False
        start = excluded_from(around, place)
        start = narrowed_from(around, place, self.language) if start is None else start
        self.take_product(piece.value if start is None else UNKNOWN, piece.i if start is None else start, piece.j)

    def _kept_product(self, flow: Piece, after: Sequence[Piece]) -> tuple[str, str] | None:
        """ "Imported fish for 115 million and exported it for 214": a verb without goods of its own keeps the last."""
        subject = self.subject
        goes_on = isinstance(flow, Mark) and flow.slot("verb") and subject.spent and subject.fresh_product
        told = any(piece.kind == "goods" for piece in after)
        if self._lists_flows(flow, after):
            return subject.before, subject.before_word
        return (subject.product, subject.word) if goes_on and not told else self.topic

    def _lists_flows(self, flow: Piece, after: Sequence[Piece]) -> bool:
        """ "Thủy sản xuất 61,0 triệu USD, nhập 27,3 triệu USD, tức thặng dư 33,7 triệu USD": all of the same goods."""
        goods = bool(self.pieces) and self.pieces[0].kind == "product" and self.subject.spent
        alone = [piece.kind for piece in self.pieces].count("product") == 1
        bare = flow.j == flow.i + 1 or flow.value in BALANCES
        return self.language == "vi" and goods and alone and bare and not any(map(_names_whole, after))

    def _going_on(self, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
        """ "Coffee … Sales rose 6 %": what was told of goods goes on, unless the whole or another partner is named."""
        told = isinstance(flow, Mark) and (flow.slot("goes") or flow.slot("moves")) and self.language == "en"
        near = {piece.kind for piece in around[max(0, place - 2) : place + 4]}
        if (
            self.scene.opens
            and flow.value in self.scene.told
            and any(piece.kind == "period" for piece in around[:place])
        ):
            # A new paragraph that opens with its period: "In January 2026 sales came to 194 million".
            return None
        if not told or self.subject.fresh_product or self.scene.product == TOTAL or near & {"total", "goods", "place"}:
            return None
        return self.scene.product, self.scene.word

    def _of_goods_told(self, flow: Piece, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
        """ "In January shipments from Russia went on: 8.7 million", where a text tells of goods and never of all."""
        subject, scene = self.subject, self.scene
        verb = isinstance(flow, Mark) and flow.slot("verb")
        moves = isinstance(flow, Mark) and flow.slot("moves") and subject.before in scene.traded
        alone = moves or scene.traded.keys() - {UNKNOWN} == {subject.before}
        verb = verb and any(piece.kind in ("product", "goods") for piece in self.pieces)
        told = scene.goods_only and alone and not scene.told and not verb
        near = {piece.kind for piece in (*around[:place], *around[place + 1 : place + 4])}
        return (subject.before, subject.before_word) if told and not near & {"total", "goods", "product"} else None

    def _measured_on(self) -> tuple[str, str] | None:
        """ "27.6 million garments were imported. By value, the imports amounted to 215 million": of the same goods."""
        opened = self.pieces[0]
        measured = isinstance(opened, Mark) and opened.kind == "measure" and opened.slot("by") and self.language == "en"
        goes_on = measured and self.scene.product != TOTAL and not self.subject.fresh_product
        return (self.scene.product, self.scene.word) if goes_on else None

    def _product_of(self, office: Piece) -> tuple[str, str] | None:
        """ "The Viet Nam Coffee and Cocoa Association said exports …" speaks of coffee."""
        found = (mark for at in range(office.i, office.j) for mark in phrases(self.language).at(self.tokens, at))
        named = next((mark for mark in found if mark.kind == "product" and mark.j <= office.j), None)
        return (named.value, self.words(named.i, named.j)) if named else None

    def _of_the_body(self, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
        whole = any(piece.kind in ("total", "goods") for piece in around[max(0, place - 2) : place + 3])
        return self.body if not whole and not self.subject.fresh_product else None

    def _moves_on(self, flow: Piece, around: Sequence[Piece], place: int) -> bool:
        """«Половину ввоза дали телефоны; поставки обуви достигли 63 млн»: of the flow that the sentence is on."""
        moves = self.language == "ru" and isinstance(flow, Mark) and flow.slot("moves") and not flow.slot("verb")
        near = (*around[max(0, place - 2) : place], *around[place + 1 : place + 5])
        told = self.subject.fresh_flow and self.subject.flow in BOTH
        return bool(moves) and told and not any(isinstance(piece, Place) for piece in near)

    def _goes_on(self, around: Sequence[Piece], place: int) -> bool:
        """ "Deliveries reached 54.8 million": of what was spoken of, seen from the side that was told."""
        flow, subject = around[place], self.subject
        moves = isinstance(flow, Mark) and flow.slot("moves") and subject.flow in BOTH and subject.product != TOTAL
        if subject.fresh_product or (isinstance(flow, Mark) and flow.slot("verb") and subject.topic[1] == TOTAL):
            # What a verb tells of may be named after the amount.
            return False
        near = (*around[max(0, place - 1) : place], *around[place + 1 : place + 4])
        return bool(moves) and not any(isinstance(piece, Place) or piece.kind in _NEWLY for piece in near)

    def _their_product(self, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
        """ "Garment makers had a bad year. Their sales …": what those sell who were named last."""
        their = bool(place) and around[place - 1].value == "their" and self.scene.sold[0] != TOTAL
        return self.scene.sold if their else None

    def speak_of(self, place: Place) -> None:
        """Keeps in mind the country that "there", "this country" means: no owner, whose trade is told anyway."""
        told = place.role in _OWNERS or place.code == HOME[self.language]
        if not told and areas.area(place.code).kind == "country":
            self.scene.about = place.code
        elif place.role == "" and place.code == HOME[self.language]:
            self.scene.homeland = place.code

    def _same_place(self, piece: Piece, before: Piece, *, acts: bool) -> None:
        """ "Exports to this country": the one spoken of before, in the role that the little word gives."""
        told = piece.value.partition("_")[2] or _TOWARDS.get(before.value, "")
        told = before.value.split("/")[0] if before.kind == "prep" else told
        if acts and not told:
            # "Nước này nhập 30.180 tấn": who trades.
            told = "of"
        owner = self.subject.roles.get("of", "")
        place = next((code for code in (self.scene.about, self.scene.homeland) if code not in ("", owner)), "")
        if place and told:
            self.subject.take_place(told, place)

    def _trader(self, flow: Piece) -> None:
        """What else a word for a flow tells of the two sides."""
        told = flow.slots if isinstance(flow, Mark) else {}
        sides = self.subject.sides
        sides.buys, sides.mutual, sides.sells = "buys" in told, "mutual" in told, "seller" in told
        sides.moves, sides.gives = "moves" in told, False
        sides.supplies = sides.moves and "verb" not in told
        if sides.buys and self.subject.roles.get("to") and not self.subject.roles.get("from"):
            # «В России куплено товаров»
            self.subject.roles["from"] = self.subject.roles.pop("to")

    def _hint(self, piece: Piece) -> None:
        if piece.kind == "off_topic" and piece.value == "arrivals":
            self._arrivals()
        elif piece.value == "yearly":
            # "Mỗi năm", "10.000 tấn/năm": of any year, till the clause ends.
            self.muted = True
        elif piece.kind in _FLAGS:
            setattr(self, _FLAGS[piece.kind], True)
            self.off_fresh = self.off_fresh or piece.kind == "off_topic"
        elif piece.kind == "mute":
            self._mute(piece)
        elif piece.kind == "office" and not piece.value:
            self.body = self._product_of(piece)
        elif piece.kind == "office" and not piece.value.startswith(ABOUT):
            self.scene.office = piece.value
            self._opens_books(piece.value)
        elif piece.kind == "balance_sign":
            self._balance_sign(piece.value)
        elif piece.kind == "measure" and isinstance(piece, Mark) and piece.slot("all"):
            self._both_flows(piece)
        elif piece.kind == "measure" and isinstance(piece, Mark) and piece.slot("flow"):
            self.take_flow("export" if piece.slot("flow") == 1 else "import")
        else:
            self._subject_hint(piece)

    def _opens_books(self, country: str) -> None:
        """ "Số liệu của phía Việt Nam cho thấy kim ngạch hai chiều …": from here on by the other side's figures."""
        scene = self.scene
        if self.language != "en" and country == scene.partner and scene.reporter and scene.shown:
            scene.reporter, scene.partner = scene.partner, scene.reporter

    def _both_flows(self, measure: Mark) -> None:
        """ "Xuất khẩu …, nhập khẩu …. Kim ngạch 9 tháng đạt 3,6 tỷ USD": that of both, if nothing else is named."""
        named = {piece.kind for piece in self.pieces[: self._place_of(measure) + 3]}
        apart = named & {"flow", "product", "anaphora", "share"} or self.subject.product != TOTAL
        if self.scene.main_flow and not apart:
            self.take_flow("turnover")

    def _place_of(self, piece: Piece) -> int:
        return next(at for at, each in enumerate(self.pieces) if each is piece)

    def _arrivals(self) -> None:
        """Of goods, where goods were spoken of; else of tourists."""
        if self.scene.product == TOTAL:
            self.off_topic = self.off_fresh = True
        else:
            self.take_flow("import")
            self.subject.take_product(self.scene.product, self.scene.word)

    def _subject_hint(self, piece: Piece) -> None:
        if piece.kind == "whole_country":
            self.subject.begin()
            self.subject.take_whole(piece.value)
        elif piece.kind == "total" and self._measures(piece):
            return
        elif piece.kind == "total" or (piece.kind == "goods" and self.subject.product == self.subject.topic[1]):
            self._total()
        elif piece.kind == "earned":
            self.subject.earn(gives=isinstance(piece, Mark) and bool(piece.slot("gives")))
        elif piece.kind == "swap":
            self.subject.swap()
        elif piece.kind == "thus" and not self.clock.times.said_here:
            self.clock.times.when = self.scene.newest or self.clock.times.when
        elif piece.kind == "anaphora":
            self._refer(piece)

    def _refer(self, piece: Piece) -> None:
        """ "This product", "there", "it", "they": what was spoken of before."""
        if piece.value == "product":
            self.subject.take_same_product()
        elif piece.value == "partner":
            self.subject.sides.mutual = True
        elif piece.value in _ORDERED and self.scene.main_flow:
            flow = self.scene.main_flow
            self.take_flow(flow if piece.value == "former" else MIRROR[one_of(FLOWS, flow)])
        elif piece.value == "first" and self.scene.opened and self._it_acts(piece):
            # "Vietnam is becoming a bigger customer. It bought 5.6 million tonnes."
            self.subject.take_place("", self.scene.opened)
        elif piece.value == "first" and len(self.named) > 1:
            self.subject.take_product(*self.named[0])
        elif piece.value == "several" or self.words(piece.i, piece.j).lower() == "they":
            self._several(piece)

    def _it_acts(self, pronoun: Piece) -> bool:
        """ "It bought …": a sentence that opens so tells of who opened the last one."""
        opens = self.pieces[0] is pronoun and self.words(pronoun.i, pronoun.j).lower() == "it"
        after = self.pieces[1] if len(self.pieces) > 1 else None
        return opens and isinstance(after, Mark) and after.kind == "flow" and bool(after.slot("verb"))

    def take_flow(self, value: str) -> None:
        """A flow is named, or a balance with its sign."""
        self.off_topic = False
        if (
            value == "turnover"
            and self.subject.flow == "balance"
            and self.subject.fresh_flow
            and not self.subject.spent
        ):
            return
        if value in BALANCES:
            # «Сальдо … отрицательное», "cán cân … thâm hụt": the sign may come in a second word.
            told = self.sign_before or ("" if self.subject.spent else self.balance)
            self.balance = value if value != "balance" else told or value
            self.sign_before, value = "", "balance"
        self.subject.take_flow(value)

    def _several(self, piece: Piece) -> None:
        """ "Coffee (462.3 million) and garments (504.2 million). They made up 42.7 %": no group is all of these."""
        if "two" in self.words(piece.i, piece.j) and self._told_both():
            # "Exports rose to 1.74 billion; imports fell to 1.89 billion; the two together make 3.63 billion".
            self.take_flow("turnover")
            return
        if len({*self.scene.listed} - {TOTAL}) > 1 and not self.subject.fresh_product and not self.subject.fresh_flow:
            self.take_product(UNKNOWN, piece.i, piece.j)

    def _told_both(self) -> bool:
        """Whether both flows of all goods were told, in this sentence or before it."""
        named = {piece.value for piece in self.pieces if piece.kind == "flow"} | self.scene.told
        return named >= BOTH and not any(piece.kind == "product" for piece in self.pieces)

    def _balance_sign(self, sign: str) -> None:
        if self.subject.flow == "balance":
            self.balance = sign
        if self.subject.flow != "balance" or self.subject.spent:
            self.sign_before = sign

    def take_product(self, code: str, i: int, j: int) -> None:
        """A group is named by tokens ``i`` up to, not including, ``j``."""
        self.named.append((code, self.words(i, j)))
        self.subject.take_product(*self.named[-1])

    def _measures(self, total: Piece) -> bool:
        """ "Total value: 214.5 million": of what the text speaks of."""
        after = [each for each in self.pieces if each.i >= total.j][:4]
        if bool(after) and after[0].value == ":" and self.scene.topic[1] != TOTAL and self.language == "en":
            # "Seafood exports to Russia … - Total: 218.4"
            return True
        return bool(after) and after[0].kind == "measure" and not any(each.kind == "flow" for each in after)

    def _total(self) -> None:
        self.subject.whole = True
        if not self.subject.fresh_product:
            self.subject.begin()
            self.subject.product, self.subject.word = TOTAL, ""

    def _mute(self, piece: Piece) -> None:
        if piece.value == "estimate" and self.subject.flow and not self.muted:
            # "Exports for the twelve months are estimated at 2.52 billion": offices tell the last figures so.
            self.estimated = True
            return
        if not self.clock.is_past(piece):
            self.muted = True
        elif self.language == "ru":
            self.clock.times.named_base = When.year(as_year(piece).slot("Y") or 0)
        else:
            self.clock.set(self.clock.times, as_year(piece))

    def words(self, i: int, j: int) -> str:
        """The text of tokens ``i`` up to, not including, ``j``."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]
