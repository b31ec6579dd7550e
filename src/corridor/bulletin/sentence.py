"""One sentence: its amounts, each with the subject, the periods and the role that the words around it give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corridor.bulletin import said
from corridor.bulletin.bites import Bite, bites, is_stop, is_strong_stop
from corridor.bulletin.claims import TOTAL, UNKNOWN, Claim, Language, Of
from corridor.bulletin.clues import Clues, heading, with_next
from corridor.bulletin.directions import assertion, base_of, direction, unbacked
from corridor.bulletin.maker import Setting, Times, make
from corridor.bulletin.neighbours import (
    Told,
    adds_change,
    as_year,
    changed_since,
    compared,
    compares_flows,
    compares_partners,
    dated_by_level,
    explained,
    holds_share,
    in_measure,
    is_close,
    is_dated,
    is_list_item,
    is_topic,
    leads_to,
    named_last,
    named_later,
    opens_with_share,
    shared,
    sums_up,
    with_bracketed_periods,
    with_later_bases,
    without_asides,
)
from corridor.bulletin.numbers import whole
from corridor.bulletin.parallel import Parallel, parallels
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.quantities import LEVELS, Counted, Quantity
from corridor.bulletin.residue import excluded_from, narrowed_from, unknown_after, unknown_before
from corridor.bulletin.roles import Memory, asserted
from corridor.bulletin.scene import HOME, WORLD, Scene, Subject
from corridor.bulletin.shares import Sharer, refers_back, sharer, within_group
from corridor.bulletin.tokens import Token
from corridor.bulletin.when import When
from corridor.codes import areas

_BALANCES = frozenset({"surplus", "deficit", "balance"})
# "Xuất sang nước này": the flow took its little word in.
_TOWARDS = {"export": "to", "import": "from"}
_OWNERS = frozenset({"of", "made", "for", "pair", "between"})
#: Begins the value of an office that tells of the trade with the country where it stands.
ABOUT = "about "
# «Квота – 800 шт.» is one clause.
_KEEP_DUTY = frozenset("-–—:(")
_BOTH = frozenset({"export", "import"})
_SILENT = frozenset({"other", "sign", "number", "bare", "prep", "adverb"})
# Nobody puts so many brackets within brackets.
_DEEPEST = 10
_SAME_HOLDER = frozenset({"prep", "adverb", "sep", "then", "and", "share", "hedge"})
_CARS = "motor_vehicles"
_TIMES = ("period", "base", "then")
#: Pieces that only switch something on.
_FLAGS = {"duty": "duty", "off_topic": "off_topic", "counted": "counted", "per_day": "daily"}


@dataclass
class SentenceReader:
    """Reads one sentence against what the text said before, and leaves behind what later sentences may lean on."""

    text: str
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    language: Language
    scene: Scene
    memory: Memory = field(default_factory=Memory)
    balance: str = ""
    muted: bool = False
    duty: bool = False
    strong: int = 0

    def __post_init__(self) -> None:
        self.subject = Subject.of(self.scene)
        self.times = self.last = Times(self.scene.when, between=self.scene.base)
        self.off_topic = self.scene.off_topic
        self.based: list[Told] = []
        self.directions: list[Claim] = []
        self.held: Sharer | None = None
        self.headed: Of | None = None
        self.topic: tuple[str, str] | None = None
        self.units: list[Counted] = []
        self.named: list[tuple[str, str]] = []
        self.sign_before = ""
        self.last_at_base = self.counted = self.daily = self.off_fresh = self.kept = False
        self.outside: list[Times] = []
        if is_list_item(self.pieces):
            self.memory.role = self.scene.role

    def claims(self) -> list[Claim]:
        """The claims of the sentence's amounts, in order."""
        cut, rest = bites(self.pieces)
        cut = without_asides(with_bracketed_periods(cut))
        lists = parallels(cut, rest)
        self._look_for_period(cut)
        self._look_for_subject(cut)
        self._look_for_flow(cut, rest)
        self._look_for_later_flow(cut, rest)
        for order, bite in enumerate(cut):
            self._bite(bite, lists.get(order), cut[order + 1] if order + 1 < len(cut) else None)
        self._lead(rest, before_amount=False)
        self._remember(has_amounts=bool(cut))
        told = with_later_bases(self.based)
        return sorted([*told, *unbacked(self.directions, told)], key=lambda claim: claim.span)

    # What leads to an amount

    def _lead(self, pieces: Sequence[Piece], *, before_amount: bool) -> None:
        start = 0
        for place, piece in enumerate(pieces):
            if piece.kind in _SILENT:
                continue
            if is_stop(piece):
                self.duty = self.duty and piece.value in _KEEP_DUTY
                self.off_fresh = False
            if is_strong_stop(piece):
                self._direction(pieces[start:place], before_amount=False)
                self._part()
                start = place + 1
            if piece.kind == "sep" and piece.value == ":" and self.units:
                self.muted = False
            self._bracket(piece)
            self._piece(piece, pieces, place)
        self._direction(pieces[start:], before_amount=before_amount)

    def _bracket(self, piece: Piece) -> None:
        """A period told within brackets does not hold after them."""
        if piece.kind == "sep" and piece.value == "(":
            if len(self.outside) < _DEEPEST:
                self.outside.append(replace(self.times))
        elif piece.kind == "sep" and piece.value == ")" and self.outside:
            self.times = self.outside.pop()

    def _part(self) -> None:
        self.subject.part()
        self.muted = self.counted = False
        self.strong += 1

    def _direction(self, clause: Sequence[Piece], *, before_amount: bool) -> None:
        turn = direction(clause, before_amount=before_amount)
        if turn is None or self.muted or self.off_topic or self.daily:
            return
        if not self.times.said_here and sum(piece.kind == "period" for piece in self.pieces) > 1:
            # «Импорт растет: 17,6 тыс. т в 2024 г., 25,9 тыс. т в 2025 г.»: the levels tell it.
            return
        times = replace(self.times, base_mark=base_of(clause) or self.times.base_mark, then_mark=None)
        setting = Setting(self.text, self.tokens, self.language, self.scene, self.subject, None)
        claim = make(setting, Quantity("percent", whole(0.0, 0.0), turn.i, turn.j), assertion(turn), times)
        if claim is not None:
            self.directions.append(claim)

    def _piece(self, piece: Piece, around: Sequence[Piece], place: int) -> None:
        if piece.kind == "flow":
            weak = isinstance(piece, Mark) and bool(piece.slot("weak"))
            if not (weak and (self.subject.fresh_flow or self.off_fresh)):
                kept = self._kept_product(piece, around[place + 1 : place + 4]) or self._their_product(around, place)
                spoken = self.off_topic and weak
                self._flow(piece.value)
                # "Tourists spent 950 million": a weak word does not bring back the topic.
                self.off_topic = spoken
                self.kept = kept is not None and self.subject.product == TOTAL
                if kept and self.kept:
                    self.subject.take_product(*kept)
                self._trader(piece)
        elif piece.kind == "product":
            self._goods(piece, around, place)
        elif isinstance(piece, Place):
            self.subject.take_place(piece.role, piece.code)
            self._speaks_of(piece)
        elif piece.kind == "anaphora" and piece.value.startswith("place"):
            self._same_place(piece, around[place - 1] if place else piece)
        elif isinstance(piece, Mark) and piece.kind in _TIMES:
            self._time(piece, around, place)
        elif place and piece.value == "first" and around[place - 1].value.startswith("of/"):
            # "Exports of it"
            self.subject.take_same_product()
        else:
            self._hint(piece)

    def _goods(self, piece: Piece, around: Sequence[Piece], place: int) -> None:
        """A group is named: it may be the topic, what somebody sells, or wider than what is meant."""
        named = (piece.value, self._words(piece.i, piece.j))
        if is_topic(around, place):
            self.topic = named
        if place + 1 < len(around) and around[place + 1].value == "seller":
            self.scene.sold = named
        # "The acreage of coffee" is no trade in it.
        self.off_topic = self.off_topic and self.off_fresh
        start = excluded_from(around, place)
        start = narrowed_from(around, place, self.language) if start is None else start
        self._product(piece.value if start is None else UNKNOWN, piece.i if start is None else start, piece.j)

    def _kept_product(self, flow: Piece, after: Sequence[Piece]) -> tuple[str, str] | None:
        """ "Imported fish for 115 million and exported it for 214": a verb without goods of its own keeps the last."""
        subject = self.subject
        goes_on = isinstance(flow, Mark) and flow.slot("verb") and subject.spent and subject.fresh_product
        told = any(piece.kind == "goods" for piece in after)
        return (subject.product, subject.word) if goes_on and not told else self.topic

    def _their_product(self, around: Sequence[Piece], place: int) -> tuple[str, str] | None:
        """ "Garment makers had a bad year. Their sales …": what those sell who were named last."""
        their = bool(place) and around[place - 1].value == "their" and self.scene.sold[0] != TOTAL
        return self.scene.sold if their else None

    def _speaks_of(self, place: Place) -> None:
        """Keeps in mind the country that "there", "this country" means: no owner, whose trade is told anyway."""
        told = place.role in _OWNERS or place.code == HOME[self.language]
        if not told and areas.area(place.code).kind == "country":
            self.scene.about = place.code

    def _same_place(self, piece: Piece, before: Piece) -> None:
        """ "Exports to this country": the one spoken of before, in the role that the little word gives."""
        told = piece.value.partition("_")[2] or _TOWARDS.get(before.value, "")
        told = before.value.split("/")[0] if before.kind == "prep" else told
        if self.scene.about and told:
            self.subject.take_place(told, self.scene.about)

    def _trader(self, flow: Piece) -> None:
        """What else a word for a flow tells of the two sides."""
        told = flow.slots if isinstance(flow, Mark) else {}
        self.subject.buys, self.subject.mutual, self.subject.sells = "buys" in told, "mutual" in told, "seller" in told
        self.subject.moves, self.subject.gives = "moves" in told, False

    def _hint(self, piece: Piece) -> None:
        if piece.kind in _FLAGS:
            setattr(self, _FLAGS[piece.kind], True)
            self.off_fresh = self.off_fresh or piece.kind == "off_topic"
        elif piece.kind == "mute":
            self._mute(piece)
        elif piece.kind == "office" and piece.value and not piece.value.startswith(ABOUT):
            self.scene.office = piece.value
        elif piece.kind == "balance_sign":
            self._balance_sign(piece.value)
        elif piece.kind == "measure" and isinstance(piece, Mark) and piece.slot("flow"):
            self._flow("export" if piece.slot("flow") == 1 else "import")
        else:
            self._subject_hint(piece)

    def _subject_hint(self, piece: Piece) -> None:
        if piece.kind == "whole_country":
            self.subject.world = True
        elif piece.kind == "total":
            self._total()
        elif piece.kind == "earned":
            self.subject.earn(gives=isinstance(piece, Mark) and bool(piece.slot("gives")))
        elif piece.kind == "swap":
            self.subject.swap()
        elif piece.kind == "thus" and not self.times.said_here:
            self.times.when = self.scene.newest or self.times.when
        elif piece.kind == "anaphora" and piece.value == "product":
            self.subject.take_same_product()
        elif piece.kind == "anaphora" and piece.value == "partner":
            self.subject.mutual = True
        elif piece.kind == "anaphora" and piece.value == "first" and len(self.named) > 1:
            self.subject.take_product(*self.named[0])

    def _flow(self, value: str) -> None:
        self.off_topic = False
        if (
            value == "turnover"
            and self.subject.flow == "balance"
            and self.subject.fresh_flow
            and not self.subject.spent
        ):
            return
        if value in _BALANCES:
            # «Сальдо … отрицательное», "cán cân … thâm hụt": the sign may come in a second word.
            told = self.sign_before or ("" if self.subject.spent else self.balance)
            self.balance = value if value != "balance" else told or value
            self.sign_before, value = "", "balance"
        self.subject.take_flow(value)

    def _balance_sign(self, sign: str) -> None:
        if self.subject.flow == "balance":
            self.balance = sign
        if self.subject.flow != "balance" or self.subject.spent:
            self.sign_before = sign

    def _product(self, code: str, i: int, j: int) -> None:
        self.named.append((code, self._words(i, j)))
        self.subject.take_product(*self.named[-1])

    def _total(self) -> None:
        if not self.subject.fresh_product:
            self.subject.begin()
            self.subject.product, self.subject.word = TOTAL, ""

    def _mute(self, piece: Piece) -> None:
        if not self._is_past(piece):
            self.muted = True
        elif self.language == "ru":
            self.times.named_base = When.year(as_year(piece).slot("Y") or 0)
        else:
            self._period(self.times, as_year(piece))

    def _is_past(self, piece: Piece) -> bool:
        """Whether "by 2023", «к 2023 году» looks back: the text speaks of that year or a later one."""
        year = piece.slot("Y") if isinstance(piece, Mark) and piece.kind == "mute" else None
        return year is not None and self.scene.latest is not None and year <= self.scene.latest

    def _time(self, mark: Mark, around: Sequence[Piece], place: int) -> None:
        against = compared(around, place, "/against")
        meant = explained(around, place)
        if mark.kind != "period" and meant:
            self._period(self.times, meant)
        elif mark.kind == "base" or (mark.kind == "then" and against):
            self.times.base_mark, self.times.named_base = mark, None
        elif mark.kind == "then" and any(piece.value == "had" for piece in around[place:]):
            # "In the same quarter of 2025 they had risen 2.9 %".
            self._then(said.base(mark, self.times.when).period)
        elif mark.kind == "then":
            self.times.then_mark = mark
        elif against:
            self.times.named_base = self._compared_with(mark)
        else:
            self._period(self.times, mark)

    def _compared_with(self, mark: Mark) -> When | None:
        """The period that one is compared with: of a January, "December" is that of the year before."""
        when, told = said.period(mark, self.scene.year, self.times.when), self.times.when
        ahead = when is not None and told is not None and when > told and mark.slot("Y") is None
        return when.year_before() if when is not None and ahead else when

    def _then(self, code: str) -> None:
        self.times.when = When.parse(code) if code else self.times.when

    def _period(self, times: Times, mark: Mark) -> None:
        when = said.period(mark, self.scene.year_for(mark.value), times.when)
        if when is None:
            return
        times.when, times.said_here = when, True
        years = said.compared_years(mark)
        times.between = years[0] if years else None
        if times is self.times:
            self.scene.year, self.scene.ahead = when.end_year, False

    # One amount

    def _bite(self, bite: Bite, listed: Parallel | None, following: Bite | None) -> None:
        self._lead(bite.lead, before_amount=True)
        self._subject_of(bite)
        clues = with_next(Clues.gather(bite.lead, bite.trail, bite.quantity), bite, following)
        # Only a period told before can differ from the one that follows.
        clues = replace(clues, dated=clues.dated and self.times.said_here)
        self.headed = heading(bite.lead) or self.headed
        clues = clues if clues.of or not self.headed else replace(clues, of=self.headed)
        if not self.memory.role and any(piece.kind == "contribution" for piece in bite.lead):
            self.memory.role = "share"
        if listed is not None and listed.piece.kind == "measure":
            clues = replace(clues, of=listed.piece.value)  # type: ignore[arg-type]  # a measure of the lexicon
        other = self._other_books(bite)
        clues = replace(clues, at_base=clues.at_base and not other)
        clues, own = self._in_time(bite, clues, self._trail(bite, clues))
        later = dated_by_level(bite, following)
        if later is not None:
            self._period(own, later)
        if listed is not None and isinstance(listed.piece, Mark) and listed.piece.kind == "base":
            own.base_mark, own.named_base = listed.piece, None
        told = not compares_flows(bite, following)
        if told and not self._is_muted(bite, looks_back=clues.at_base and is_dated(bite)):
            self._claim(bite, clues, own, listed)
        if bite.quantity.unit in LEVELS:
            self.memory.unit = bite.quantity.unit
        self.times.then_mark, self.last, self.last_at_base = None, own, clues.at_base
        self.subject.spent = True
        self.named.clear()

    def _subject_of(self, bite: Bite) -> None:
        """What an amount speaks of, where no word of the lexicon tells it."""
        unit = bite.quantity.unit
        unknown = unknown_before(bite.lead, self.language, listed=unit in self.units[-2:])
        self.units.append(unit)
        if unknown is not None:
            self._product(UNKNOWN, *unknown)
        if bite.quantity.words == "car" and not self.subject.fresh_product:
            self._product(_CARS, bite.quantity.i, bite.quantity.j)
        if unit == "usd" and sums_up(bite.lead) and self.scene.told >= _BOTH:
            self._flow("turnover")
        if unit == "usd" and bite.trail and bite.trail[0].value in _BALANCES:
            # "Posted a 21 million USD surplus".
            self._flow(bite.trail[0].value)

    def _in_time(self, bite: Bite, clues: Clues, own: Times) -> tuple[Clues, Times]:
        """The periods of an amount that only repeats, or leads on from, the one before it."""
        if self._repeats_base(bite):
            return replace(clues, at_base=True), self.last
        if self._goes_with(bite) and not own.said_after:
            return clues, replace(own, when=self.last.when, said_after=True)
        if self._repeats_level(bite):
            return replace(clues, at_base=self.last_at_base), self.last
        return clues, own

    def _goes_with(self, bite: Bite) -> bool:
        """ "More than halved in 2025 to 3.4 million", "7.7 million in 2025, a 37.5 % fall": the period holds on."""
        return self.last.said_after and not self.last_at_base and (leads_to(bite) or adds_change(bite))

    def _repeats_base(self, bite: Bite) -> bool:
        """ "13.8 % less than in January 2024 (435 million)": the brackets tell the level compared with."""
        opened = [piece.value for piece in bite.lead] in ([], ["("])
        level = bite.quantity.unit in ("usd", "t", "piece") and not bite.quantity.signed
        # "($875.1 million) than in 2024 ($913.2 million)".
        own = self.last.base_mark is not None and self.last.base_mark is not self.times.base_mark
        told = bool(self.based) and self.based[-1].claim.base is not None and self.based[-1][1]
        return opened and level and (told or (own and bool(bite.lead)))

    def _repeats_level(self, bite: Bite) -> bool:
        """ "130 thousand tonnes (18.6 million USD) a year before": the brackets tell the same thing in another unit."""
        kinds = [piece.kind for piece in bite.lead if piece.kind != "measure"]
        opened = kinds in (["sep"], ["sep", "prep"]) and bite.lead[0].value == "("
        # "A year before, 70,566 tonnes and 306.2 million".
        opened = opened or kinds == ["and"]
        unlike = {bite.quantity.unit, self.memory.unit} in ({"t", "usd"}, {"piece", "usd"})
        dated = any(piece.kind in ("period", "then", "base") for piece in bite.trail)
        if self.last_at_base and not kinds and bite.lead:
            # "Down from 10,947 tonnes worth 7.8 million USD".
            return unlike and not dated
        return opened and unlike and not bite.trail and not bite.quantity.signed

    def _is_muted(self, bite: Bite, *, looks_back: bool) -> bool:
        muted_after = any(piece.kind == "mute" and not self._is_past(piece) for piece in bite.trail)
        after = muted_after or any(piece.kind in ("duty", "off_topic") for piece in bite.trail[:3])
        after = after or compares_partners(bite)
        daily = self.daily or any(piece.kind == "per_day" for piece in bite.trail)
        contributes = bite.quantity.unit == "pp" and any(piece.kind == "contribution" for piece in self.pieces)
        after = after or contributes or changed_since(bite)
        passed = self.counted and bite.quantity.hedge in ("more", "below")
        # "To 15 billion by 2030, up from 4.77 billion in 2025": what a plan is measured against is no plan.
        return (
            (self.muted and not looks_back)
            or self.duty
            or after
            or self.off_topic
            or daily
            or passed
            or not bite.quantity.unit
        )

    def _trail(self, bite: Bite, clues: Clues) -> Times:
        """Takes in what follows the amount; gives the periods that hold for this amount alone."""
        own = replace(self.times)
        self.subject.spent = False
        for place, piece in enumerate(bite.trail):
            self._bracket(piece)
            if isinstance(piece, Place):
                self.subject.take_place(piece.role, piece.code)
                self._speaks_of(piece)
            elif isinstance(piece, Mark) and piece.kind in _TIMES:
                self._time_after(own, piece, bite, place, clues)
            elif self._is_past(piece):
                self._past_after(own, as_year(piece), bite, place, clues)
            elif piece.kind == "product" and (holds_share(bite) if clues.share else is_close(bite, place)):
                self._product(piece.value, piece.i, piece.j)
            elif piece.kind == "flow" and piece.value not in _BALANCES and not in_measure(bite.trail, place):
                self._flow_after(piece.value, clues)
            else:
                self._refer_after(piece, bite.trail[place - 1] if place else piece)
        unknown = unknown_after(bite, self.language)
        if unknown is not None:
            self._product(UNKNOWN, *unknown)
        return own

    def _refer_after(self, piece: Piece, before: Piece) -> None:
        """ "77.9 million of it", "to the world", "there": what the words after an amount refer to."""
        if piece.kind == "whole_country":
            self.subject.world = True
        elif piece.kind == "goods" and self.kept:
            # "Exported coffee … and imported 2.51 billion of goods".
            self.subject.product, self.subject.word = TOTAL, ""
        elif piece.kind == "anaphora" and piece.value == "partner":
            self.subject.mutual, self.subject.world = True, False
        elif piece.kind == "anaphora" and piece.value == "first" and before.value.startswith("of/"):
            self.subject.take_same_product()

    def _past_after(self, own: Times, mark: Mark, bite: Bite, place: int, clues: Clues) -> None:
        """A year told as a date: in Russian the base («к 2024 году»), elsewhere the period ("vào năm 2022")."""
        if self.language == "ru":
            own.named_base, own.base_mark = When.year(mark.slot("Y") or 0), None
        else:
            self._time_after(own, mark, bite, place, clues)

    def _flow_after(self, flow: str, clues: Clues) -> None:
        """A flow told after its amount; of a share it is the whole, which may be told as "the total turnover"."""
        of_balance = flow == "turnover" and self.subject.flow == "balance"
        if not of_balance and (not clues.share or flow != "turnover"):
            if {flow, self.subject.flow} == _BOTH and not clues.share:
                # "2.26 billion in exports to Russia and 2.51 billion in imports": nobody imports to Russia here.
                self.subject.turn_back()
            self.subject.flow, self.subject.fresh_flow = flow, True

    def _precedes(self, when: When | None) -> bool:
        return when is not None and self.times.said_here and self.times.when is not None and when < self.times.when

    def _time_after(self, own: Times, mark: Mark, bite: Bite, place: int, clues: Clues) -> None:
        trail, at_base = bite.trail, clues.at_base
        if mark.kind in ("base", "then"):
            own.base_mark, own.named_base = mark, None
            own.then_mark = mark if mark.kind == "then" and not compared(trail, place, "against", "over") else None
            if at_base:
                self.times.base_mark, self.times.named_base = mark, None
        elif compared(trail, place, "/against", "/over"):
            own.named_base, own.base_mark = self._compared_with(mark), None
        else:
            if self._names_its_year(mark):
                return
            self._period(own, mark)
            own.said_after = True
            multiple = bite.quantity.unit == "times" or clues.ratio
            if multiple and (mark.value == "year_level" or self._precedes(own.when)):
                # "13.7 times as much as in 2024", "gấp 13,7 lần năm 2024".
                own.named_base, own.base_mark, own.when, own.said_after = own.when, None, self.times.when, False
            elif at_base and bite.quantity.unit in LEVELS:
                # "from 1.74 billion in 2023 to 2.34 billion in 2024": the first year is the base of what follows.
                self.times.named_base, self.times.base_mark = own.when, None
            elif not self.times.said_here:
                self._period(self.times, mark)

    def _names_its_year(self, mark: Mark) -> bool:
        """ "In June: 203.6 million (2025)": the year of a shorter period that was told before."""
        when = self.times.when
        shorter = self.times.said_here and when is not None and when.length < 12
        return shorter and when is not None and mark.value.startswith("year") and mark.slot("Y") == when.end_year

    def _claim(self, bite: Bite, clues: Clues, own: Times, listed: Parallel | None) -> None:
        balance = self.balance if self.subject.flow == "balance" else ""
        what = asserted(bite.quantity, clues, self.memory, balance=balance)
        if what is None:
            return
        if what.of in ("volume", "unit_value"):
            self.subject.keep_product()
        subject, held = self.subject, Sharer("")
        if what.measure in ("share", "rank"):
            self.memory.role = "share" if what.measure == "share" else self.memory.role
            held = self._sharer(bite, subject)
            subject = self.subject = shared(subject, held)
        setting = Setting(self.text, self.tokens, self.language, self.scene, subject, listed)
        claim = make(setting, bite.quantity, what, own, held.among, held.whole)
        if claim is not None:
            claim = claim.mirrored() if self._other_books(bite) == claim.partner else claim
            self._remember_pair(claim)
            self.subject.flow = self.subject.flow or claim.flow
            if claim.product == TOTAL:
                self.scene.told.add(claim.flow)
            said_base = own.base_mark is not None or own.named_base is not None
            dated = own.said_after or any(piece.kind == "period" for piece in bite.lead)
            self.based.append(Told(claim, said_base, self.strong, clues.at_base, dated))

    def _other_books(self, bite: Bite) -> str:
        """ "3.1 billion, against 2.4 billion in Hanoi's own books": whose figures an amount is set against."""
        offices = [piece.value for piece in bite.trail if piece.kind == "office" and piece.value == self.scene.partner]
        against = any(piece.value.endswith("/against") for piece in bite.lead if piece.kind == "prep")
        return offices[0] if offices and against and self.based else ""

    def _sharer(self, bite: Bite, subject: Subject) -> Sharer:
        """Who has the share; "…rose 1.2 points to 14.5 %" goes on about the same one."""
        if self.held is not None and refers_back(bite):
            flows = [piece.value for piece in bite.lead if piece.kind == "flow" and piece.value in _BOTH]
            self.held = replace(self.held, flow=flows[-1] if flows else self.held.flow)
        elif self.held is None or not all(piece.kind in _SAME_HOLDER for piece in bite.lead):
            self.held = within_group(sharer(bite, subject), self.based[-1].claim.partner if self.based else "")
        return self.held

    def _remember_pair(self, claim: Claim) -> None:
        named = (self.subject.roles or self.subject.pair or self.subject.favoured) and claim.among != "partners"
        if named and claim.reporter and claim.partner and claim.partner != WORLD:
            self.scene.reporter, self.scene.partner = claim.reporter, claim.partner

    def _look_for_period(self, cut: Sequence[Bite]) -> None:
        """ "Fell 60 % to 205 million USD in January": a period told late holds for the amounts before it too."""
        for bite in cut:
            if any(piece.kind == "period" or is_strong_stop(piece) for piece in bite.lead):
                return
            if Clues.gather(bite.lead, (), bite.quantity).at_base:
                continue
            told = [
                place
                for place, piece in enumerate(bite.trail)
                if piece.kind == "period"
                and piece.value != "year_level"
                and not compared(bite.trail, place, "/against", "/over")
            ]
            if told:
                mark = bite.trail[told[0]]
                self.times.when = said.period(mark, self.scene.year_for(mark.value), self.times.when) or self.times.when  # type: ignore[arg-type]
                return

    def _look_for_subject(self, cut: Sequence[Bite]) -> None:
        """ "After growing 34 % in 2024, exports to Russia fell 3 %": one subject for both."""
        if len(cut) < 2 or not self._opens_without_subject(cut[0]):
            return
        following = cut[1].lead
        end = next((place for place, piece in enumerate(following) if is_strong_stop(piece)), len(following))
        for piece in following[:end]:
            if isinstance(piece, Place):
                self.subject.take_place(piece.role, piece.code)
            elif piece.kind in ("flow", "product"):
                self._piece(piece, (piece,), 0)
            elif isinstance(piece, Mark) and piece.kind == "period" and not self.times.said_here:
                self._time(piece, (piece,), 0)

    def _look_for_flow(self, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
        """ "Plastics (130 million) and rubber (43.6 million) led imports from Russia": the flow is told last."""
        if not cut or not (named_last(cut) or (not self.scene.flow and named_later(cut))):
            return
        after = (*cut[-1].trail, *rest) if named_last(cut) else (*cut[1].lead, *cut[1].trail)
        end = next((place for place, piece in enumerate(after) if is_strong_stop(piece)), len(after))
        told = Subject.of(self.scene)
        headed = not any(piece.kind == "product" for piece in cut[0].lead)
        for place, piece in enumerate(after[:end]):
            if isinstance(piece, Place):
                told.take_place(piece.role, piece.code)
            elif piece.kind == "flow" and piece.value not in _BALANCES:
                told.take_flow(piece.value)
            elif piece.kind == "product" and headed:
                told.take_product(piece.value, self._words(piece.i, piece.j))
            elif isinstance(piece, Mark) and piece.kind == "period":
                self._time(piece, after, place)
        if told.fresh_flow and (told.roles or told.pair):
            self.scene.reporter, self.scene.partner = told.parties(told.flow, self.scene)
            self.scene.flow, self.scene.trade, self.scene.product = told.flow, told.trade, told.product
            self.scene.word = told.word
            self.subject = Subject.of(self.scene)
        elif told.fresh_product and not told.flow:
            # "Down 7.3 %: seafood." The next sentence tells the flow.
            self.subject = told

    def _look_for_later_flow(self, cut: Sequence[Bite], rest: Sequence[Piece]) -> None:
        """ "Coffee and seafood made up 20.4 % and 9.5 % of exports to Russia": the flow of what was named before."""
        first = (*cut[0].lead, *cut[0].trail) if cut and opens_with_share(cut[0].lead) else cut[0].lead if cut else ()
        if self.subject.flow or not any(piece.kind == "product" for piece in first):
            return
        if any(piece.kind in ("flow", "earned") for piece in cut[0].lead):
            return
        later = [*cut[0].trail, *(piece for bite in cut[1:] for piece in (*bite.lead, *bite.trail)), *rest]
        told = next((at for at, piece in enumerate(later) if piece.value in _BOTH or piece.kind == "earned"), None)
        if told is None:
            return
        if later[told].kind == "earned":
            self.subject.earn()
        else:
            self.subject.flow = self.subject.trade = later[told].value
        if not any(isinstance(piece, Place) for piece in cut[0].lead):
            for piece in later[max(0, told - 1) : told + 5]:
                if isinstance(piece, Place):
                    self.subject.take_place(piece.role, piece.code)

    def _opens_without_subject(self, bite: Bite) -> bool:
        """Whether a sentence opens with a change or a level ("At 193 million, exports …") and tells of what after."""
        around = (*bite.lead, *bite.trail)
        changes = any(piece.kind == "direction" for piece in bite.lead)
        changes = changes or (bool(bite.lead) and all(piece.kind == "prep" for piece in bite.lead))
        named = any(piece.kind in ("flow", "product", "place", "anaphora", "share", "sep") for piece in around)
        return (changes and not named) or (opens_with_share(bite.lead) and not bite.trail)

    # After the sentence

    def _remember(self, *, has_amounts: bool) -> None:
        scene, subject = self.scene, self.subject
        hypothetical = any(piece.kind in ("modal", "mute", "duty") for piece in self.pieces)
        if hypothetical and not self.based:
            return
        if not has_amounts and subject.fresh_flow and (subject.roles.keys() - {"made"} or subject.pair):
            scene.reporter, scene.partner = subject.parties(subject.flow, scene)
        scene.flow, scene.trade, scene.product, scene.word = subject.flow, subject.trade, subject.product, subject.word
        scene.last_product = (subject.before, subject.before_word)
        scene.last_maker = subject.roles.get("made", "") if subject.fresh_product else subject.maker
        scene.off_topic, scene.role = self.off_topic, self.memory.role
        if self.times.said_here:
            scene.remember_period(self.times.when, self.times.between)

    def _words(self, i: int, j: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]
