"""The subject of the sentence being read: what is traded, which way, between whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from corridor.bulletin.claims import BOTH, TOTAL, UNKNOWN, mirrored
from corridor.bulletin.habits import habits
from corridor.bulletin.places import PARTNERS
from corridor.bulletin.scene import LISTER, WORLD, Scene, only_flow
from corridor.codes import areas

# With whom the whole country trades: "cả nước, thương mại Việt - Nga …".
_BESIDE_NATION = frozenset({"to", "from", "with", "made", "pair"})


@dataclass
class Sides:
    """What the words for a flow tell of its two sides.

    ``earned``: goods brought money in, which ``gives`` went to the seller; ``bought``: the other side's buyers are
    named; ``swapped``: it is the opposite flow; ``buys``: the word is one of purchase, ``sells``: of a seller;
    ``moves``: goods move, seen from either side, ``either``: no word tells which way, ``supplies``: a noun tells it;
    ``mutual``: the trade is of both; ``opens``: an area opens the clause.
    """

    earned: bool = False
    gives: bool = False
    bought: bool = False
    swapped: bool = False
    buys: bool = False
    sells: bool = False
    moves: bool = False
    either: bool = False
    supplies: bool = False
    mutual: bool = False
    opens: bool = False


@dataclass
class Subject:
    """Whose trade in what, as the sentence has told so far. ``spent``: an amount was already said of it."""

    flow: str
    trade: str
    product: str
    word: str
    roles: dict[str, str] = field(default_factory=dict)
    pair: list[str] = field(default_factory=list)
    listed: str = ""
    world: bool = False
    nationwide: bool = False
    spent: bool = True
    fresh_product: bool = False
    fresh_flow: bool = False
    strong: bool = True
    before: str = TOTAL
    before_word: str = ""
    maker: str = ""
    favoured: str = ""
    office: str = ""
    topic: tuple[str, str, str] = ("", TOTAL, "")
    whole: bool = False
    at: str = ""
    sides: Sides = field(default_factory=Sides)

    @classmethod
    def of(cls, scene: Scene) -> Subject:
        """The subject that a new sentence begins with: the last one's, until it names its own."""
        before = (scene.product, scene.word) if scene.product != TOTAL else scene.last_product
        told = (scene.flow, scene.trade, scene.product, scene.word)
        # Once the trade in all goods was told, "imports" are those of all.
        topic = ("", TOTAL, "") if scene.told and habits(scene.language).totals_end_topic else scene.topic
        return cls(*told, before=before[0], before_word=before[1], maker=scene.last_maker, topic=topic)

    def take_whole(self, value: str) -> None:
        """The world is named; "the whole country" (``home``) means it only where no partner is told."""
        self.nationwide = value == "home"
        if self.nationwide and is_part(self.roles.get("of", "")):
            del self.roles["of"]
        self.world = not (self.nationwide and any(self.roles.get(role) for role in PARTNERS))

    def part(self) -> None:
        """A clause ended: what follows may be about something else."""
        self.strong = True

    def begin(self) -> None:
        """Something new is named after an amount: the old roles no longer hold."""
        if self.spent:
            # "The province's exports reached 785 million, of which 9.6 million to Russia"
            region = {role: code for role, code in self.roles.items() if role == "of" and is_part(code)}
            self.roles, self.pair, self.listed, self.world = region, [], "", False
            self.spent = self.fresh_product = False
            self.favoured, self.sides = "", Sides()

    def earn(self, *, gives: bool = False) -> None:
        """Goods brought money in: they were exported, and who paid is the buyer; it ``gives`` it to the seller."""
        if not (self.fresh_flow and self.flow == "export" and self.world):
            # "Shipped 8 million tonnes abroad, earning 4.1 billion" goes on about the same partners.
            self.begin()
        self.sides.gives = gives
        if not (self.fresh_flow and self.flow in ("export", "import", "turnover")):
            self.flow = self.trade = "export"
            self.fresh_flow = True
        self.sides.earned = self.flow == "export"

    def take_flow(self, flow: str) -> None:
        """A flow is named. Unless its product was just named, or the clause goes on, it means all goods."""
        goes_on = self.spent and flow == self.flow and not self.strong
        self.begin()
        if flow == "balance" and self.at and self.roles.get("from") == self.at:
            # «У Вьетнама профицит»
            self.roles["of"] = self.roles.pop("from")
        self.at = ""
        if {flow, self.flow} == BOTH and self.fresh_flow and not self.sides.bought:
            # "XUẤT KHẨU SANG NGA TĂNG, NHẬP KHẨU GIẢM": with whom, whichever way the goods go.
            self.roles = {"with" if role in ("to", "from") else role: code for role, code in self.roles.items()}
        flow = "export" if flow == "import" and self.sides.bought else flow
        flow = self.flow if self.sides.swapped and flow in ("export", "import") else flow
        if not self.fresh_product and not goes_on:
            self.product, self.word = self.topic[1:] if flow == self.topic[0] and not self.whole else (TOTAL, "")
        self.whole = False
        self.flow, self.fresh_flow, self.strong = flow, True, False
        if flow in ("export", "import"):
            self.trade = flow

    def take_goods_moved(self, home: str) -> None:
        """ "Hàng Nga vào Việt Nam", "Russian goods to Viet Nam": a flow that origin and destination tell."""
        made = self.roles.get("made", "")
        if made and made != self.roles.get("to"):
            self.flow = self.trade = "import" if self.roles.get("to") == home else "export"
            self.fresh_flow = True
            if not self.fresh_product:
                self.product, self.word = TOTAL, ""

    def swap(self) -> None:
        """ "In the opposite direction": the other flow of the same pair, whatever word names it next."""
        if (self.fresh_flow or self.fresh_product) and not self.spent:
            # "Its imports from Russia went the other way", "Garments went the other way": told already, or a trend.
            return
        self.begin()
        if self.trade:
            self.flow = self.trade = mirrored(self.trade)
            self.fresh_flow = self.sides.swapped = True
            self.product, self.word = TOTAL, ""

    def turn_back(self) -> None:
        """The flow turned round: from where and to where the goods went no longer holds."""
        self.roles = {role: code for role, code in self.roles.items() if role not in ("to", "from")}

    def view(self, actor: str) -> None:
        """Who acts is the other side of a flow that is seen from the reporter's."""
        self.roles.pop("of", None)
        self.listed = ""
        self.roles["to" if self.flow == "export" else "from"] = actor

    def view_as(self, flow: str, reporter: str, partner: str) -> None:
        """Goes on in the books of the side whose share was told."""
        self.flow = self.trade = flow
        self.roles, self.pair, self.listed = {"of": reporter, "with": partner}, [], ""

    def take_product(self, code: str, word: str) -> None:
        """A product is named."""
        self.begin()
        self.product, self.word, self.fresh_product, self.strong = code, word, True, False
        self.before, self.before_word = code, word

    def take_same_product(self) -> None:
        """ "This product": the one spoken of before."""
        if self.before != TOTAL:
            self.take_product(self.before, self.before_word)
        if self.maker and not any(self.roles.get(role) for role in ("to", "from", "with", "made")):
            self.roles["made"] = self.maker

    def keep_product(self) -> None:
        """A weight of all goods is never told: "the volume reached" goes on about the last product."""
        if self.product == TOTAL and self.before != TOTAL:
            self.product, self.word = self.before, self.before_word

    def take_place(self, role: str, code: str) -> None:
        """An area is named in a role; one without a role may be the next partner of a list."""
        owner = self.roles.get("of", code)
        if self.spent and role == "of" and self.flow == "import" and owner != code and self.roles.get("from"):
            # "Mua của Indonesia 13,2 triệu tấn than, và của Australia 10,1 triệu tấn"
            role = "from"
        self.begin()
        self.world = self.world and not (self.nationwide and role in _BESIDE_NATION)
        role = self._at(code) if role == "at" else role
        role = "of" if role == "to" and self.sides.gives else role
        role = "to" if role == "from" and self.sides.earned else role
        role = "from" if role == "to" and self.sides.buys and not self.roles.get("from") else role
        buys = self.sides.buys and self.sides.opens and self.listed not in ("", code)
        if role == "of" and self.flow == "import" and (buys or self.roles.get("of", code) != code):
            # "Nga mua hạt điều của Việt Nam": a second owner is where the goods are from.
            role = "from"
        if role == "favour":
            self.favoured = code
        elif role == "buyer":
            # "Russian importers bought 462 million" tells what the other side sold to them.
            self.sides.bought = code != LISTER
            self.roles["to" if self.sides.bought else "of"] = code
        elif role in ("pair", "between"):
            self.pair.append(code)
        elif role == "with" and len(self.pair) == 1:
            # "giữa Việt Nam với Nga"
            self.pair.append(code)
        elif role in ("of", "to", "from", "with", "for", "made"):
            self.roles[role] = code
        elif not self._within_group(code) and (not self.listed or areas.area(self.listed).kind == "group"):
            self.sides.opens = not self.roles and not self.pair
            self.listed = code

    def _at(self, code: str) -> str:
        """«Купил у России», but «профицит у Вьетнама»: who sells, or whose balance it is."""
        self.at = code
        return "of" if self.flow == "balance" and (self.fresh_flow or self.spent) else "from"

    def _within_group(self, code: str) -> bool:
        """Whether an area specifies the group that was named in a role before: "the members: Armenia"."""
        role = next((each for each, named in self.roles.items() if areas.area(named).kind == "group"), "")
        if role:
            self.roles[role] = code
        return bool(role)

    def settle_flow(self, scene: Scene) -> None:
        """The flow of a product named without one: the heading's, the only one of its publisher's list, the last one.

        A product after a turnover or a balance is part of the trade last spoken of.
        """
        if (self.fresh_flow and not self.sides.swapped) or not self.fresh_product:
            return
        headed, near = ("", "") if self.sides.swapped else (scene.headed_flow, scene.near_flow)
        # What a publisher lists in one table only is hardly of another flow, unless a heading says so.
        told = near if scene.summed == {near} else ""
        only = headed or scene.only_flow(self.product) or told or scene.usual_flow(self.product) or near
        if only:
            self.flow = self.trade = only
        elif scene.main_flow:
            # "Exports fell, and imports rose. Coffee led with …": part of what was told first.
            self.flow = self.trade = scene.main_flow
        elif self.flow == "balance" and not self.trade:
            # "Xuất siêu 90 triệu USD. Thủy sản tăng ấn tượng: 231 triệu USD": offices tell their exports first.
            self.flow = self.trade = "export"
        elif self.flow in ("turnover", "balance", ""):
            self.flow = self.trade or self.flow

    def implied_flow(self) -> str:
        """ "Viet Nam took 7 million tonnes from Russia": a flow that no word but the places' tell."""
        told = [role for role in ("to", "from") if self.roles.get(role)]
        # "Hàng hóa từ Việt Nam sang Nga trị giá 1,92 tỷ USD"
        goods = self.product != TOTAL or (self.whole and len(told) == len(self.roles) > 1)
        if len(told) == 2:
            told = [role for role in told if self.roles[role] != LISTER]
        made = self.roles.get("made", "")
        if not told and made and self.roles.get("of", made) != made:
            # «Средняя цена тонны российских удобрений для вьетнамских покупателей»
            return "import"
        return {"to": "export", "from": "import"}[told[0]] if len(told) == 1 and goods else ""

    def flow_moved(self, flow: str, scene: Scene) -> str:
        """ "Deliveries of footwear", in a text that told of its imports: the flow of that text, if no place tells."""
        return flow if self.product == TOTAL else self.flow_going_on(flow, scene)

    def flow_going_on(self, flow: str, scene: Scene) -> str:
        """ "The main deliveries are listed below": the flow that goods of which no place is told moved in."""
        placed = self.roles or self.pair or self.listed
        if placed or self.sides.swapped or not self.sides.moves or not scene.settled[0]:
            return flow
        if scene.sole and self.sides.either:
            return scene.sole
        flows = ({*scene.traded.values()} | scene.told) & BOTH
        known = scene.traded.get(self.product, "") if self.product != UNKNOWN else ""
        # "Imports fell 18 %. Coal: its deliveries shrank": of the only flow told so far.
        known = known or (flows.pop() if len(flows) == 1 else "")
        if not known:
            # "Wheat deliveries collapsed": of goods that are only imported.
            known = only_flow(self.product, swapped=scene.partner == LISTER)
        return known if known in BOTH else flow

    @property
    def is_placed(self) -> bool:
        """Whether a partner was told."""
        named = any(self.roles.get(role) for role in PARTNERS)
        return named or bool(self.pair or self.listed) or self.world

    def arrives(self, scene: Scene) -> bool:
        """Whether "deliveries from Russia" are told by those to whom they come: no word tells of a seller's view."""
        if self.flow != "export" or self.listed or not self.sides.moves:
            return False
        origin, told = self.roles.get("from", ""), any(self.roles.get(role) for role in ("to", "of", "for", "with"))
        return origin not in ("", LISTER, scene.reporter, scene.frame[0]) and not told and len(self.pair) < 2

    def _owns(self, flow: str, scene: Scene) -> bool:
        """Whether an area without a role is the one whose trade is told: known as such, alone, or the subject."""
        if self.listed in self.roles.values():
            # «Nga từng là bạn hàng, … xuất sang nước này»: the partner, named before.
            return False
        if self.sides.opens and not self.sides.sells and any(self.roles.get(role) for role in ("to", "from")):
            return True
        moved = self.roles.get({"export": "to", "import": "from"}.get(flow, ""))
        acts = bool(self.listed) and areas.area(self.listed).kind == "country" and not self.sides.sells
        if moved and acts and not self.roles.get("of"):
            # «Из Казахстана Вьетнам получил 21,3 тыс. тонн»
            return True
        alone = not self.pair and not any(self.roles.get(role) for role in PARTNERS)
        # "Pakistan vẫn là bạn hàng chủ lực" in a text that speaks for Viet Nam: no owner.
        unknown = scene.reporter == "" and scene.frame[0] in ("", self.listed)
        return self.listed == scene.reporter or (unknown and alone)

    def parties(self, flow: str, scene: Scene) -> tuple[str, str]:
        """Reporter and partner, from the roles said, else from what the text is about."""
        if len(self.pair) > 1 and scene.settled[0] and not {*self.pair} & {*scene.settled}:
            # Two others, compared with each other: no pair of the text.
            return "", ""
        reporter, partner = self._said(flow, scene)
        if self.world:
            partner = WORLD
        if reporter and partner:
            return (reporter, partner) if reporter != partner else (reporter, scene.partner_beside(reporter))
        if reporter:
            # Whose trade with each other was told exports to the other.
            mutual = self.sides.mutual or "turnover" in scene.told
            return reporter, scene.partner_beside(reporter, mutual=mutual) or scene.anyone
        if partner:
            # "India's own statistics put imports from Japan at …": by whose books.
            books = self.office if self.office != partner else ""
            return books or scene.reporter_beside(partner), partner
        return scene.pair(flow, mutual=self.sides.mutual)

    def _said(self, flow: str, scene: Scene) -> tuple[str, str]:
        of, to, from_, with_, for_ = (self.roles.get(role, "") for role in ("of", "to", "from", "with", "for"))
        made = self.roles.get("made", "")
        if flow == "import":
            from_ = from_ or made
        else:
            of = of or made
        if len(self.pair) >= 2 and not (of or to or from_):
            if scene.framed and {*self.pair[:2]} == {*scene.frame}:
                # "Russia - Viet Nam: …": whoever is named first.
                return scene.frame
            return self.pair[0], self.pair[1]
        # An area without a role is the next partner of a list, unless it is the one whose trade is told.
        owner = of or (self.listed if self._owns(flow, scene) else "")
        listed = self.listed if self.listed != owner else ""
        if flow == "export":
            return owner or from_ or (for_ if to else ""), to or with_ or for_ or listed
        if flow == "import":
            return owner or for_ or to, from_ or with_ or listed
        return owner or for_ or (from_ if to else ""), with_ or to or from_ or listed


def is_part(code: str) -> bool:
    """Whether an area is a part of a country, whose trade no table tells."""
    return bool(code) and (areas.area(code).kind == "region" or "-" in code)
