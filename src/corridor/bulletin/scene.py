"""What a text has spoken of so far, and the subject of the sentence being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corridor.bulletin.claims import BOTH, TOTAL, UNKNOWN, Claim, Language, Level, mirrored
from corridor.bulletin.fiscal import Fiscal
from corridor.bulletin.habits import habits
from corridor.bulletin.when import When
from corridor.codes import areas, products

#: Whose trade a text speaks of where it names only the other side: a habit of offices that write in the language.
HOME: dict[Language, str] = {"vi": "VNM", "ru": "RUS", "en": ""}
WORLD = "WLD"
#: Whose customs office prints the groups: a group on its export table only is exported by it.
LISTER = "VNM"
_SEVERAL, _MANY = 2, 3
# Of what both tables of Viet Nam's customs office list, what it sells to Russia and what it buys there.
_USUAL = {
    "export": frozenset({"cashew", "fruit_vegetables", "telephones", "computers_electronics", "cinnamon"}),
    "import": frozenset({"coal", "fertilisers", "crude_oil", "petroleum", "meat"}),
}


@dataclass
class Scene:
    """The memory of a text: the flow, pair, product and period last spoken of.

    ``listed`` are the products of the last sentence, ``main_flow`` is the flow that it told first, ``unit`` what its
    last level was counted in. ``home`` is the first reporter of the text. ``outer`` is the period of which the last
    sentences told a part, ``told_when`` the last one of which figures were given, ``newest`` the latest one told,
    ``main`` the first one. ``about`` is the country spoken of last, ``opened`` the one that the last sentence opened
    with, ``written`` the year of the text's latest date, ``now`` what "this year" is. ``issued`` is the month of
    the date that alone tells the text's year.
    ``viewpoint`` is the country whose trade the nouns of the text tell, whoever acts, ``homeland`` the readers' own
    country once it was a subject, ``frame`` are the reporter and the partner that the whole text speaks for,
    ``framed``: it does so more than once, ``at_large``: of the trade with all; ``teller`` is the readers' own country
    where the text is on its trade.
    ``headed_pair`` is the pair of the heading above, ``headed_flow`` its flow, ``near_flow`` that or the one told
    before, ``section`` its period, ``chapter`` that of the last heading
    that told one and no flow, ``titled`` that of the text's title, ``passing`` one just told in passing,
    ``shown`` are those of figures, ``balance`` is the sign of the last balance.
    ``sole`` is the flow that deliveries are of, whoever tells of them: the only one named and told last.
    ``opens``: the sentence opens a paragraph, ``counted``: what the last table was counted in.
    ``trend`` is the direction that a line over a list told of all its items ("Growth was seen in:").
    ``goods_only``: nothing in the text speaks of the trade in all goods; ``bilateral``: it is on a trade of two.
    ``told`` are the flows of which a figure for all goods was given, ``summed`` those in this paragraph,
    ``named`` counts the countries of the text, ``partnered`` those said to be traded with, ``owners`` are those whose
    trade, or trade with each other, is told of, ``heard`` those named so far. ``ahead``: the year is that of the first
    period to come, no date's.
    ``led`` is the flow of the first figure of the sentence before.
    ``last_maker`` is the country whose product was last named, ``coming`` the flow that the next sentence tells,
    ``sold`` what those sell who were named last ("coffee growers"), ``topic`` the flow and the goods, the only ones,
    of which the whole text speaks, ``traded`` the flow that each group was last told in, ``levels`` the largest amount
    told of a group by period, measure and pair. ``fiscal`` tells when the years begin that do not in January.
    ``settled`` are the reporter and the partner that the sentences before told, ``two`` those whose trade with each
    other was told last.
    """

    language: Language = "en"
    flow: str = ""
    trade: str = ""
    product: str = TOTAL
    word: str = ""
    last_product: tuple[str, str] = (TOTAL, "")
    main_flow: str = ""
    last_maker: str = ""
    coming: str = ""
    listed: tuple[str, ...] = ()
    sold: tuple[str, str] = (TOTAL, "")
    led: str = ""
    reporter: str = ""
    partner: str = ""
    home: str = ""
    viewpoint: str = ""
    frame: tuple[str, str] = ("", "")
    framed: bool = False
    at_large: bool = False
    teller: str = ""
    headed_pair: tuple[str, str] = ("", "")
    headed_flow: str = ""
    near_flow: str = ""
    sole: str = ""
    outer: When | None = None
    told_when: When | None = None
    when: When | None = None
    year: int | None = None
    written: int | None = None
    issued: When | None = None
    now: int | None = None
    role: str = ""
    trend: float = 0.0
    balance: str = ""
    unit: str = ""
    latest: int | None = None
    newest: When | None = None
    main: When | None = None
    about: str = ""
    opened: str = ""
    homeland: str = ""
    base: When | None = None
    office: str = ""
    section: When | None = None
    chapter: When | None = None
    titled: When | None = None
    passing: When | None = None
    ahead: bool = False
    off_topic: bool = False
    opens: bool = False
    counted: tuple[Level, ...] = ()
    goods_only: bool = False
    bilateral: bool = False
    topic: tuple[str, str, str] = ("", TOTAL, "")
    settled: tuple[str, str] = ("", "")
    two: tuple[str, str] = ("", "")
    fiscal: Fiscal = field(default_factory=Fiscal)
    told: set[str] = field(default_factory=set)
    summed: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    traded: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, ...], float] = field(default_factory=dict)
    named: Counter[str] = field(default_factory=Counter)
    partnered: Counter[str] = field(default_factory=Counter)
    owners: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)

    def settle(self, told: Sequence[Claim], *, heading: bool) -> None:
        """After a sentence: a heading without figures settles nothing about whose books are told."""
        if not self.shown and told:
            self._dates_of_issue(When.parse(told[0].period) if told[0].period else None)
        self._refute_heading([When.parse(claim.period) for claim in told if claim.period])
        self.shown.update(claim.period for claim in told)
        self._return_to_side()
        if self.shown or not heading:
            self.settled = (self.reporter, self.partner)

    def _return_to_side(self) -> None:
        """ "Viet Nam bought 390,000 tonnes of Russian wheat", in a text on Russia's trade: it goes on about that."""
        sure = self.framed and all(self.frame)
        if sure and (self.partner, self.reporter) == self.frame:
            self.reporter, self.partner = self.frame
            self.flow, self.trade, self.main_flow = map(mirrored, (self.flow, self.trade, self.main_flow))
            self.traded = {product: mirrored(flow) for product, flow in self.traded.items()}

    def take_table(self, told: Sequence[Claim]) -> None:
        """ "Exports in 2025" over columns for January to June: what comes after goes on about those months."""
        periods = [When.parse(claim.period) for claim in told if claim.period and claim.base is None]
        latest = max(periods, key=lambda when: (when.last, when.length), default=None)
        when = self.when
        if latest is not None and when is not None and latest != when and when.first <= latest.first <= when.last:
            self.when = self.main = latest
            self.section = self.titled = None

    def _refute_heading(self, told: Sequence[When]) -> None:
        """ "Question to be answered in December 2024. … In April to September …": a heading's date of issue."""
        section = self.section
        if section is not None and section.code not in self.shown and told:
            apart = all(when.first < section.first or when.first > section.last for when in told)
            if apart:
                self.section = self.titled = None
                self.main = told[0] if self.main == section else self.main

    def _dates_of_issue(self, first: When | None) -> None:
        """ "Market brief, September. … in August": a title may tell when the text came out and not what it is on."""
        if first is None or self.main is None:
            return
        issued = self.main.length == 1 and first.last < self.main.first
        if issued or (first.length == self.main.length and first < self.main):
            self.main, self.section, self.titled = first, None, None

    def repeats_main(self, when: When) -> bool:
        """Whether a period that names no year has the months of the text's first one, in an earlier year."""
        main, now = self.main, self.when
        same = main is not None and now is not None and now.length == 12 and when.length == main.length < 12
        return same and main is not None and when < main and when.first % 12 == main.first % 12

    def return_to_pair(self) -> None:
        """ "Imports from China, for comparison, …": after such a paragraph, of the text's own pair again."""
        framed = (self.frame[0], WORLD) if self.at_large else self.frame if self._names_frame() else ("", "")
        pair = self.headed_pair if all(self.headed_pair) else framed
        if all(pair) and self.partner not in ("", *pair):
            self.reporter, self.partner = pair

    def _names_frame(self) -> bool:
        """Whether the text names both of those whom it speaks for, and has told of the partner."""
        return self.framed and all(self.named[code] for code in self.frame) and self.frame[1] in self.heard

    def enter_country(self, code: str) -> None:
        """A section headed by a country is on the trade with it, of the country told of, else of the readers' own."""
        known = (self.reporter, self.frame[0], HOME[self.language], LISTER)
        home = next((each for each in known if each not in ("", code)), "")
        if (code != HOME[self.language] or self.is_of_group) and self.named[home]:
            self.reporter, self.partner = home, code

    @property
    def is_of_group(self) -> bool:
        """Whether a group's trade is told: sections headed by its members are on each of them."""
        return bool(self.partner) and self.partner != WORLD and areas.area(self.partner).kind == "group"

    def year_for(self, period: str) -> int | None:
        """The year that a kind of period is counted from: "last year" of a text on 2025 that opens so is 2025."""
        last = period.endswith("_last_year") or period == "year_last"
        return self.year + 1 if last and self.ahead and self.year is not None else self.year

    def remember_period(self, when: When | None, base: When | None, *, told: bool = False) -> None:
        """Takes in a period that later sentences may leave unsaid, and the year it was set against by name.

        ``told``: figures of the period before it were given.
        """
        if when is not None:
            part = (
                self.when is not None
                and when != self.when
                and self.when.first <= when.first <= when.last <= self.when.last
            )
            self.outer = (self.outer or self.when) if part and told else None
            self.when, self.year, self.base = when, self._year_after(when), base
            self.latest = max(when.end_year, self.latest or when.end_year)
            self.main = self.main or when
            if self.newest is None or when.length != self.newest.length or when > self.newest:
                self.newest = when

    def _year_after(self, when: When) -> int:
        """ "Năm 2024 … đạt 2,34 tỷ USD. Dệt may tháng 4 …" in a text on April 2025: a year told for comparison."""
        main = self.main
        compares = main is not None and main.length < when.length == 12 and when.end_year < main.end_year
        return main.end_year if compares and main is not None else when.end_year

    def widen(self, *, dated: bool, listed: bool = False) -> None:
        """A new paragraph: after a part of a period it speaks of the whole again, unless it is ``dated``.

        Below a heading it is of the period that the heading tells, else of the title's; so is what is ``listed``.
        """
        if self.product == UNKNOWN and self.topic[1] != TOTAL:
            # After a narrower product, of the goods that the text is on.
            self.product, self.word = self.topic[1:]
        main, when = self.main, self.when
        if not dated and self.headed is not None:
            self.when, self.outer = self.headed, None
        elif self.outer is not None:
            # "Other goods exported in August:", and the list below it.
            self.when, self.outer = self.section if listed and self.section else self.outer, None
        elif dated:
            return
        elif (
            main is not None
            and when is not None
            and (when.last < main.first or (main.last == when.last and main.length > when.length))
        ):
            # After what was before it, and after a part of it.
            self.when = main

    @property
    def headed(self) -> When | None:
        """The period that the section's heading tells, else the title's, if figures of it were given."""
        titled = self.titled if self.titled is not None and self.titled.code in self.shown else None
        return self.section or titled

    def reporter_beside(self, partner: str) -> str:
        """Whose trade with ``partner`` is meant where the sentence does not say: the pair at hand, else who is told."""
        return _beside(partner, self._reporters(partner))

    def _reporters(self, partner: str) -> Iterator[str]:
        """Who may report a trade with ``partner``, the surest first."""
        if all(self.frame) and partner == self.frame[1] and partner not in (self.reporter, self.home):
            yield self.frame[0]
        unnamed = LISTER not in self.named and not self.office and not self.reporter
        if habits(self.language).nouns_tell_side and unnamed:
            # "Shipments to the United States slumped, those to Russia edged up."
            yield LISTER if self._all_partnered() else ""
        # "Armenia bought Vietnamese goods for 562 million. Exports to Kazakhstan …": those of whom the text tells.
        yield self.home if self.home in (self.reporter, self.partner) else ""
        yield from (self.reporter, self.partner)
        # The readers' own country reports where it is named, or nobody else is; Vietnamese readers need no name.
        home = HOME[self.language]
        yield home if home == LISTER or self.named[home] or not self.named.keys() - {partner} else ""
        yield self.office
        # Who is named without being traded with reports; where nobody is, the office whose groups are printed.
        yield from _by_number(self.named - self.partnered)
        yield from _by_number(self.named)
        yield LISTER

    def only_flow(self, product: str) -> str:
        """The flow of a product that Viet Nam's customs office lists in one table only, in a text on its trade."""
        reporter, partner = self.pair(self.flow)
        reporter, partner = self.reporter or reporter, self.partner or partner
        # Of two others the tables of Viet Nam's customs office tell nothing.
        return only_flow(product, swapped=partner == LISTER) if LISTER in (reporter, partner) else ""

    def usual_flow(self, product: str) -> str:
        """ "Imports were 203 million. ¶ Coal: 71 million": goods that go one way, after the flows of all goods."""
        usual = {self.reporter, self.partner} == {LISTER, HOME["ru"]}
        if self.product != TOTAL or not self.told >= BOTH or not usual:
            return ""
        flow = next((each for each, goods in _USUAL.items() if product in goods), "")
        return mirrored(flow) if self.partner == LISTER else flow

    def _all_partnered(self) -> bool:
        return len(self.named) > 1 and not self.owners and all(self.partnered[code] for code in self.named)

    def partner_beside(self, reporter: str, *, mutual: bool = False) -> str:
        """With whom ``reporter`` trades where the sentence does not say; ``mutual`` trade is with anyone named."""
        with_all = self.partner == WORLD and reporter == self.reporter and not mutual
        if with_all or (not (self.partner or mutual) and self._names_many(reporter)):
            return ""
        # "We closed 2025 with a turnover of 4.8 billion. Our exports …": with the same partner.
        return _beside(reporter, self._partners(reporter, mutual=mutual or reporter in self.two))

    def _partners(self, reporter: str, *, mutual: bool) -> Iterator[str]:
        """With whom ``reporter`` may trade, the surest first."""
        # "China bought 58 million tonnes" in a text on Russia's trade with Viet Nam: from Russia.
        third = self.reporter and reporter not in (self.reporter, self.partner)
        yield from (self.reporter, self.partner) if third else (self.partner, self.reporter)
        yield self.frame[1] if reporter == self.frame[0] else ""
        yield from _by_number(self.partnered)
        if mutual:
            yield from self.two
            yield from _by_number(self.named)

    def _names_many(self, reporter: str) -> bool:
        """A text that names many tells of the trade with all, until it says with whom."""
        others = self.named.keys() - {reporter, WORLD}
        return len(others) >= (_MANY if self.heard & others else _SEVERAL)

    def is_other_side(self, reporter: str, partner: str) -> bool:
        """Whether two parties are those of the text, seen from the other side."""
        return bool(reporter) and (partner, reporter) == self.settled

    def pair(self, flow: str, *, mutual: bool = False) -> tuple[str, str]:
        """Reporter and partner where a sentence names neither: exports may go to all the world, if not "there"."""
        told = (self.reporter, self.partner)
        if any(told):
            return told
        sure = next((pair for pair in (self.frame, self.two) if all(pair)), None)
        return sure or self._pair_of_office(flow) or self._pair_named(flow, mutual=mutual)

    def _pair_of_office(self, flow: str) -> tuple[str, str] | None:
        """«Таможня Вьетнама опубликовала данные …. Ниже – всё, что касается России. Экспорт 158,2 млн»."""
        beside = self.named.keys() - {self.office}
        alone = self.office and len(beside) == 1 < len(self.named) and flow != "turnover"
        return (self.office, next(iter(beside))) if alone else None

    def _pair_named(self, flow: str, *, mutual: bool) -> tuple[str, str]:
        # Who is named without being traded with reports.
        tellers = self.named - self.partnered if self.partnered[HOME[self.language]] else Counter()
        known = tellers or self.named
        home = HOME[self.language] if known[HOME[self.language]] or len(known) == 1 else ""
        # Of two named as often, the one whose customs office prints the groups.
        names = sorted(known, key=lambda code: (-known[code], code != LISTER))
        reporter = names[0] if tellers else home or (names[0] if names else "")
        # Whoever is traded with itself has those named for partners.
        wide = mutual or flow not in BOTH or self.partnered[reporter] > 0 or self.bilateral
        partners = (*_by_number(self.named if wide else self.partnered), *_by_number(self.partnered))
        if len(self.named.keys() - {reporter, WORLD}) >= _MANY and not mutual and reporter == self.frame[0]:
            # "Tea to the main markets. … Pakistan …, Taiwan …, Russia …": before the first of them, to all.
            return reporter, self.anyone
        other = next((each for each in partners if each != reporter), "")
        if not other and self.bilateral and reporter not in ("", LISTER):
            # "Russia Market: two-way trade …", by those who need not name themselves.
            return LISTER, reporter
        return reporter, other or (self.anyone if reporter else "")

    @property
    def anyone(self) -> str:
        """With whom somebody trades who is named alone: with all, unless the trade is of two."""
        return "" if self.bilateral else WORLD


def only_flow(product: str, *, swapped: bool) -> str:
    """The flow of a product that one of the two tables of Viet Nam's customs office lists alone."""
    if product in (TOTAL, UNKNOWN) or product not in products.codes():
        return ""
    flows: Sequence[str] = products.group(product).flows
    if len(flows) != 1:
        return ""
    return mirrored(flows[0]) if swapped else flows[0]


def _beside(code: str, witnesses: Iterable[str]) -> str:
    """The first country of those told, but for one."""
    return next((each for each in witnesses if each not in ("", code, WORLD)), "")


def _by_number(named: Counter[str]) -> Iterator[str]:
    return (each for each, _ in named.most_common())
