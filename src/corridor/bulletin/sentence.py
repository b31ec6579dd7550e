"""One sentence: its amounts, each with the subject, the periods and the role that the words around it give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.bulletin.aftermath import Aftermath, level_of
from corridor.bulletin.asides import without_asides
from corridor.bulletin.bites import Bite, bites, falls_to
from corridor.bulletin.claims import BALANCES, BOTH, TOTAL, UNKNOWN, Claim, Language, Of
from corridor.bulletin.clock import TIMES
from corridor.bulletin.clues import Clues, heading, measure_of, with_next
from corridor.bulletin.directions import unbacked
from corridor.bulletin.echo import Echo
from corridor.bulletin.foretold import foretell
from corridor.bulletin.later_bases import Told, with_later_bases
from corridor.bulletin.leading import Leading
from corridor.bulletin.maker import Times, make
from corridor.bulletin.muting import Muting, falls_short
from corridor.bulletin.neighbours import (
    compared,
    compares_flows,
    dated_by_level,
    grows_on,
    is_dated,
    is_entry,
    is_item,
    is_list_item,
    parted_among_partners,
    parts_share,
    refers,
    restates,
    shared,
    sums_up,
    with_bracketed_periods,
)
from corridor.bulletin.parallel import Parallel, family_of, parallels
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.quantities import CARS, LEVELS, WEIGHED_AND_PAID
from corridor.bulletin.residue import unknown_before
from corridor.bulletin.roles import Memory, asserted
from corridor.bulletin.scene import WORLD, Scene
from corridor.bulletin.set_against import names_base
from corridor.bulletin.shares import Sharer, goes_on, lists_partner, refers_back, sharer, within_group
from corridor.bulletin.subject import Subject
from corridor.bulletin.telling import Telling
from corridor.bulletin.tokens import Token
from corridor.bulletin.trail import Trail
from corridor.bulletin.trends import opening_trend, parted_trend
from corridor.bulletin.words import rule_words

_SAME_HOLDER = frozenset({"prep", "adverb", "sep", "then", "and", "share", "hedge"})
# "…, rice – 5 million": what leads from one of the goods of a list to the next.
_NEXT_GOODS = frozenset({"sep", "product"})
_WEIGHED = frozenset({"amount", "value"})
_ADDS_UNIT = frozenset({",", "(", "và", "and", "и"})
_NEW_TIMES = frozenset({"period", "then", "base", "turn", "direction"})
# So much more than what was told of one partner is the trade with all.
_WHOLE = 1.2


def _ranks_anew(bite: Bite) -> bool:
    """ "26th among the markets …, and 22nd among the suppliers": a rank in something else than the one before."""
    joined = bool(bite.lead) and bite.lead[0].kind == "and"
    return "product" in bite.trail.kinds or (joined and "flow" in bite.trail.kinds)


class SentenceReader:
    """Reads one sentence against what the text said before, and leaves behind what later sentences may lean on."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        pieces: Pieces,
        language: Language,
        scene: Scene,
    ) -> None:
        self.pieces = pieces
        self.telling = Telling.of(text, tokens, pieces, language, scene)
        self.memory = Memory(
            role=scene.role if is_list_item(pieces) or is_entry(pieces) else "",
            unit=scene.unit if refers(pieces) or grows_on(pieces) else "",
        )
        trend = opening_trend(pieces) or (scene.trend if is_item(pieces) else 0.0)
        if trend:
            self.memory.direction, self.memory.role = trend, "growth"
        self.based: list[Told] = []
        self.echo = Echo(self.telling, self.memory, self.based, self.telling.clock.times)
        self.aftermath = Aftermath(self.telling, self.memory, self.based)
        self.held: Sharer | None = None
        self.headed: Of | None = None
        self.families: list[str] = []
        self.leading = Leading(self.telling, self.families)
        self.muting = Muting(self.telling)
        if scene.passing is not None and (self._turns_to_other_flow() or self._stays_with_month()):
            # "Riêng tháng 3 - XK: 243,5 triệu USD. NK: 193,6 triệu USD": of the same part.
            self.telling.clock.times.when = scene.passing
        if scene.flow in BOTH and any(piece.value in rule_words("rest") for piece in pieces[:2]):
            # "Four export groups shrank: …. The others expanded, notably cosmetics": of the same flow.
            self.telling.subject.fresh_flow = True
        # "The volume rose 12.3 %, the value 14.8 %": beside a value, a volume is one of goods.
        self.weighs = (
            "measure" in pieces.kinds and {piece.value for piece in pieces if piece.kind == "measure"} >= _WEIGHED
        )

    def _turns_to_other_flow(self) -> bool:
        """ "…. NK: 193,6 triệu USD": the other flow of all goods, and no period."""
        scene, pieces = self.telling.scene, self.pieces
        turned = pieces[0].kind == "flow" and {pieces[0].value, scene.flow} == BOTH and scene.product == TOTAL
        return turned and pieces.kinds.isdisjoint(TIMES)

    def _stays_with_month(self) -> bool:
        """ "In October alone …. Compared with September, coffee shed 8.5 %", "That was 2 % less": of the same part."""
        told = [(at, piece) for at, piece in enumerate(self.pieces) if piece.kind in TIMES]
        months = [piece.value in ("month", "previous") and compared(self.pieces, at) for at, piece in told]
        based = [piece.kind == "base" and piece.value == "previous" for _, piece in told]
        return refers(self.pieces) if not told else any(months) or any(based)

    def claims(self) -> list[Claim]:
        """The claims of the sentence's amounts, in order."""
        cut, rest = bites(self.pieces)
        cut = without_asides(with_bracketed_periods(cut))
        trend = parted_trend(cut[0].lead) if cut else 0.0
        if trend:
            self.memory.direction, self.memory.role = trend, "growth"
        lists = parallels(cut, rest, self.telling.scene.listed)
        foretell(self.telling, cut, rest)
        for order, bite in enumerate(cut):
            self._bite(bite, lists.get(order), cut[order + 1] if order + 1 < len(cut) else None)
        self.leading.read(rest, before_amount=False)
        self.aftermath.close(has_amounts=bool(cut))
        told = with_later_bases(self.based)
        return sorted([*told, *unbacked(self.leading.directions, told)], key=lambda claim: claim.span)

    # One amount

    def _bite(self, bite: Bite, listed: Parallel | None, following: Bite | None) -> None:
        self.leading.read(bite.lead, before_amount=True)
        if self._tells_of_whole(bite):
            self._take_whole(self.based[-1].claim)
        if listed is not None and listed.together:
            self._take_together(listed)
        self._subject_of(bite)
        self._bought(bite, following)
        before = self.echo.trail[-1].kind if self.echo.trail else ""
        if before == "whole_country" and [piece.value for piece in bite.lead] == ["("]:
            # "1,2% tổng xuất khẩu của cả nước (7,15 tỷ USD)": the whole.
            self.telling.subject.world = True
        clues = self._clues(bite, listed, following)
        clues, own = self.echo.in_time(bite, clues, Trail(self.telling, bite, clues).times())
        alone = self.telling.subject.is_placed or not parted_among_partners(bite, following)
        self.telling.subject.world = self.telling.subject.world or not alone
        later = dated_by_level(bite, following)
        if later is not None:
            self.telling.clock.set(own, later)
        if listed is not None and isinstance(listed.piece, Mark) and listed.piece.kind == "base":
            own.base_mark, own.named_base = listed.piece, None
        told = not compares_flows(bite, following)
        if told and not self.muting.covers(bite, looks_back=clues.at_base and is_dated(bite)):
            known = len(self.based)
            self._claim(bite, clues, own, listed)
            if restates(bite, following):
                del self.based[known:]
        self.telling.subject.world = self.telling.subject.world and alone
        if bite.quantity.unit in LEVELS:
            self.memory.unit = bite.quantity.unit
        self.telling.muted = self.telling.muted or falls_short(bite)
        if not self._goes_on_then(following):
            self.telling.clock.times.then_mark = None
        self.echo.last, self.echo.at_base = own, clues.at_base
        self.telling.subject.spent = True
        self.telling.named.clear()
        self.telling.foretold = False
        self.echo.trail = bite.trail

    def _goes_on_then(self, following: Bite | None) -> bool:
        """ "A year ago garments stood at 763 million and accounted for 32.6 %": the time that opens the sentence."""
        if following is None or self._repeats_in_other_unit(following):
            return following is not None
        lead = following.lead
        goes_on = bool(lead) and (lead[0].kind == "and" or lead.kinds <= _NEXT_GOODS)
        if not goes_on or self.telling.clock.times.said_here or lead.kinds & _NEW_TIMES:
            return False
        return next((piece.kind for piece in self.pieces if piece.kind not in ("sign", "sep")), "") == "then"

    def _repeats_in_other_unit(self, following: Bite) -> bool:
        """ "…; cùng tháng năm ngoái là 58 chiếc, 6,1 triệu USD": the same trade of that time."""
        if len(following.lead) != 1 or following.lead[0].value not in _ADDS_UNIT:
            return False
        dated = not following.trail.kinds.isdisjoint(TIMES)
        return {following.quantity.unit, self.memory.read} in WEIGHED_AND_PAID and not dated

    def _clues(self, bite: Bite, listed: Parallel | None, following: Bite | None) -> Clues:
        """What the words around an amount tell, with those of the sentence's heading and of a list it stands in."""
        clues = with_next(Clues.gather(bite), bite, following)
        # Only a period told before can differ from the one that follows.
        if clues.dated and not self.telling.clock.times.said_here:
            clues = replace(clues, dated=False)
        if names_base(self.echo.trail, bite.lead):
            clues = replace(clues, at_base=True, amount_role="against")
        self.headed = heading(bite.lead) or self.headed
        clues = clues if clues.of or not self.headed else replace(clues, of=self.headed)
        if self.weighs and clues.amount and not clues.of:
            clues = replace(clues, of="volume")
        if parts_share(bite, following):
            self.memory.role = "share"
        if not self.memory.role and "contribution" in bite.lead.kinds:
            self.memory.role = "share"
        if listed is not None and listed.piece.kind == "measure":
            clues = replace(clues, of=measure_of(listed.piece))
        # "Xuất khẩu từ 1,75 tỷ lên 2,34 tỷ, nhập khẩu từ 1,89 tỷ lên 2,25 tỷ": each from a level of before.
        goes_on = self._other_books(bite) or (clues.amount_role != "from" and self._turns_flow(bite))
        return replace(clues, at_base=False) if clues.at_base and goes_on else clues

    def _subject_of(self, bite: Bite) -> None:
        """What an amount speaks of, where no word of the lexicon tells it."""
        unit = bite.quantity.unit
        family = family_of(unit)
        unknown = unknown_before(bite.lead, self.telling.language, listed=family in self.families[-2:])
        self.families.append(family)
        if unknown is not None:
            self.telling.take_product(UNKNOWN, *unknown)
        if bite.quantity.words == "car" and not self.telling.subject.fresh_product:
            self.telling.take_product(CARS, bite.quantity.i, bite.quantity.j)
        if unit == "usd" and sums_up(bite.lead) and self._sums_both():
            self.telling.take_flow("turnover")
        if unit == "usd" and (exceeds := self._exceeds(bite)):
            self.telling.take_flow(exceeds)
        if unit == "usd" and bite.trail and bite.trail[0].value in BALANCES:
            # "Posted a 21 million USD surplus".
            self.telling.take_flow(bite.trail[0].value)

    def _exceeds(self, bite: Bite) -> str:
        """ "Exports of 1.86 billion exceeded imports of 1.75 billion by 110 million": the sign of the balance."""
        if not bite.lead.kinds <= {"prep", "sep"}:
            return ""
        led = [piece for piece in bite.lead if piece.value != ")"]
        if [piece.kind for piece in led] != ["prep"] or not led[0].value.startswith("of/by"):
            return ""
        before = [piece for piece in self.pieces if piece.i < bite.quantity.i]
        place = next((at for at, piece in enumerate(before) if piece.value in rule_words("exceeding")), 0)
        first = [piece.value for piece in before[:place] if piece.value in BOTH][-1:]
        second = [piece.value for piece in before[place:] if piece.value in BOTH]
        if not place or {*first, *second} != BOTH or first == second:
            return ""
        return "surplus" if first == ["export"] else "deficit"

    def _sums_both(self) -> bool:
        """ "Total: 3.61 billion", after exports and imports, or before anything else."""
        scene = self.telling.scene
        if not scene.opens and scene.product == TOTAL and scene.summed == {scene.flow} < BOTH:
            # "Imports: 152.6 million. Ten-month total: 1.52 billion": of the paragraph's own flow.
            return False
        return scene.told >= BOTH or not (scene.shown or scene.flow or scene.goods_only)

    def _take_together(self, listed: Parallel) -> None:
        """ "Cà phê, hạt điều và chè đạt 454 triệu USD, tăng 38%": one amount of all, and so is its change."""
        if listed.piece.kind == "flow":
            self.telling.take_flow("turnover")
        elif listed.piece.kind == "product":
            self.telling.take_product(UNKNOWN, listed.pieces[0].i, listed.pieces[-1].j)

    def _tells_of_whole(self, bite: Bite) -> bool:
        """ "37.1 % of all exports to the country, which reached 460.8 million": the whole, no more the part."""
        relative = len(bite.lead) > 1 and bite.lead[0].value == "," and self._is_relative(bite.lead[1])
        shared = bool(self.based) and self.based[-1].claim.measure == "share"
        return relative and shared and "flow" in self.echo.trail.kinds

    def _take_whole(self, share: Claim) -> None:
        """The whole of a share: of all goods, or of the trade in the goods with all partners."""
        subject = self.telling.subject
        if share.among == "partners":
            subject.product, subject.world = share.product, True
        else:
            subject.product, subject.word = TOTAL, ""

    def _is_relative(self, piece: Piece) -> bool:
        """ "…, which", «…, который»."""
        words = self.telling.words(piece.i, piece.j)
        return piece.value.startswith("котор") or words == "which"

    def _bought(self, bite: Bite, following: Bite | None) -> None:
        """ "Spent 315 million to import 680 thousand tonnes of fertilisers from Russia": on what, told after it."""
        subject = self.telling.subject
        if following is None or subject.fresh_product:
            return
        if not any(piece.slot("money") for piece in bite.lead):
            return
        told = (*bite.trail, *following.lead, *following.trail)
        product = next((piece for piece in told if piece.kind == "product"), None)
        weighed = following.quantity.unit in ("t", "piece")
        if product is not None and (weighed or any(piece.kind == "flow" for piece in (*bite.trail, *following.lead))):
            self.telling.take_product(product.value, product.i, product.j)
            for piece in told:
                if isinstance(piece, Place) and piece.role in ("of", "from", "made") and piece.i > product.i:
                    subject.take_place(piece.role, piece.code)

    def _claim(self, bite: Bite, clues: Clues, own: Times, listed: Parallel | None) -> None:
        self._part_of_balance(clues)
        subject = self.telling.subject
        balanced = subject.flow == "balance" and (subject.fresh_flow or not subject.fresh_product)
        balance = self.telling.balance if balanced else ""
        what = asserted(bite.quantity, clues, self.memory, balance=balance)
        if what is None:
            return
        if what.of in ("volume", "unit_value"):
            self.telling.subject.keep_product()
        if what.measure == "share" and self.telling.subject.product == TOTAL and not self._names_share(bite):
            return
        subject, held = self.telling.subject, Sharer("")
        if what.measure in ("share", "rank"):
            self.memory.role = "share" if what.measure == "share" else self.memory.role
            held = self._sharer(bite, subject, listed)
            subject = self.telling.subject = shared(subject, held)
        setting = self.telling.setting(subject, None if held.partner else listed)
        claim = make(setting, bite.quantity, what, own, held.among, held.whole)
        if claim is not None:
            claim = claim.mirrored() if claim.partner and self._other_books(bite) == claim.partner else claim
            if self._sums_partners(claim):
                claim = replace(claim, partner=WORLD)
                subject.world = True
            claim = self._as_told_at_home(claim)
            self.aftermath.take_pair(claim)
            self.telling.subject.flow = self.telling.subject.flow or claim.flow
            self.aftermath.take(claim)
            moved = claim.among == "" and {claim.flow, subject.flow} == BOTH
            if moved and subject.sides.moves:
                # "Deliveries to Russia: 1.78 billion, of which garments 616 million", told by Russia: its imports.
                self.telling.subject.view_as(claim.flow, claim.reporter, claim.partner)
            said_base = own.base_mark is not None or own.named_base is not None
            dated = own.said_after or "period" in bite.lead.kinds
            self.based.append(Told(claim, said_base, self.telling.strong, clues.at_base, dated))

    def _sums_partners(self, claim: Claim) -> bool:
        """ "In all, Russia exported 192 million tonnes of coal", after 6.9 million to Viet Nam: with all partners."""
        subject = self.telling.subject
        if not any(piece.kind == "total" for piece in self.pieces[:2]):
            return False
        placed = subject.pair or subject.listed or any(role != "of" for role in subject.roles)
        alone = subject.roles.get("of") == claim.reporter and not placed
        before = self.telling.scene.levels.get(level_of(claim), 0.0)
        return alone and claim.measure in ("value", "volume") and claim.number > _WHOLE * before > 0

    def _as_told_at_home(self, claim: Claim) -> Claim:
        """ "Nga nhập 58 triệu USD rau quả Việt Nam" in a text on Viet Nam's trade: its exports."""
        scene = self.telling.scene
        turned = bool(scene.teller) and claim.partner == scene.teller and claim.reporter not in ("", WORLD)
        if not turned or claim.among == "partners" or claim.office == claim.reporter:
            return claim
        seen = claim.seen_by_partner()
        if seen.flow in BOTH:
            self.telling.subject.view_as(seen.flow, seen.reporter, seen.partner)
            self.telling.subject.sides.bought = claim.flow == "import"
        return seen

    def _part_of_balance(self, clues: Clues) -> None:
        """ "The deficit was mainly due to machinery (8.3 billion)": what was imported of it."""
        subject = self.telling.subject
        if clues.bracketed and subject.flow == "balance" and subject.fresh_product and self.based:
            subject.flow = subject.trade = "import" if self.telling.balance == "deficit" else "export"

    def _names_share(self, bite: Bite) -> bool:
        """Whether a share of the whole is told by a word: "exports of 2.26 billion (5.9 %)" tells nothing."""
        if bite.trail and bite.trail[0].value.startswith("of/"):
            # "India: 62 million (35.7 % of total exports)"
            return True
        return [piece.value for piece in bite.lead] != ["("] or self.memory.role == "share"

    def _turns_flow(self, bite: Bite) -> bool:
        """ "Exports of 5.6 billion stood against imports of 2.8 billion": no level of before."""
        told = [piece.value for piece in bite.lead if piece.kind == "flow"][-1:]
        return bool(self.based) and {self.based[-1].claim.flow, *told} == BOTH

    def _other_books(self, bite: Bite) -> str:
        """ "3.1 billion, against 2.4 billion in Hanoi's own books": whose figures an amount is set against."""
        if "office" not in bite.trail.kinds or "prep" not in bite.lead.kinds:
            return ""
        partner = self.telling.scene.partner
        offices = [piece.value for piece in bite.trail if piece.kind == "office" and piece.value == partner]
        against = any(piece.value.endswith("/against") for piece in bite.lead if piece.kind == "prep")
        return offices[0] if offices and against and self.based else ""

    def _sharer(self, bite: Bite, subject: Subject, listed: Parallel | None) -> Sharer:
        """Who has the share; "…rose 1.2 points to 14.5 %" goes on about the same one."""
        if listed is not None and isinstance(listed.piece, Place):
            # "The shares of China, India and Russia were 70, 6 and 1 %."
            return Sharer("partners", listed.piece.code)
        names = bite.quantity.unit == "rank" and _ranks_anew(bite)
        names = names or falls_to(bite.trail)
        if self.held is not None and refers_back(bite, self.held):
            flows = [piece.value for piece in bite.lead if piece.kind == "flow" and piece.value in BOTH]
            self.held = replace(self.held, flow=flows[-1] if flows else self.held.flow)
        elif self.held is not None and self.held.partner and (partner := lists_partner(bite)):
            self.held = replace(self.held, partner=partner)
        elif self.held is None or names or not bite.lead.kinds <= _SAME_HOLDER:
            holder = goes_on(sharer(bite, subject), self.held, bite)
            self.held = within_group(holder, self.based[-1].claim.partner if self.based else "")
        return self.held
