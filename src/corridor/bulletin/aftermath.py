"""What a sentence leaves behind that later ones may lean on: flow, pair, goods and period."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corridor.bulletin.claims import BOTH, TOTAL, Claim, mirrored
from corridor.bulletin.habits import habits
from corridor.bulletin.later_bases import Told
from corridor.bulletin.neighbours import is_item, is_list_item
from corridor.bulletin.places import Place
from corridor.bulletin.roles import Memory
from corridor.bulletin.scene import HOME, WORLD
from corridor.bulletin.subject import is_part
from corridor.bulletin.telling import Telling
from corridor.bulletin.trends import heads_trend
from corridor.bulletin.when import When

_NO_CLAIMS = frozenset({"modal", "mute", "duty"})
_MONTH_ALONE = frozenset({"period", "alone"})

# What numbers of no trade are told with.
_COUNTS = frozenset({"foreign_unit", "bare", "off_topic"})


def _is_within(part: When, year: When) -> bool:
    return year.length == 12 and part.length < 12 and year.first <= part.first and part.last <= year.last


def level_of(claim: Claim) -> tuple[str, ...]:
    """What a level is of, whichever side tells it."""
    return (claim.product, claim.period, claim.measure, *sorted((claim.reporter, claim.partner)))


@dataclass(frozen=True)
class Aftermath:
    """What the claims of a sentence leave in the scene of its text; ``based`` are those told so far."""

    telling: Telling
    memory: Memory
    based: list[Told]

    def take(self, claim: Claim) -> None:
        """What later words may lean on: the flow of the goods, and that all goods were told of."""
        scene = self.telling.scene
        if claim.among != "partners":
            scene.traded[claim.product] = claim.flow
        elif scene.is_other_side(claim.reporter, claim.partner):
            # "First among the suppliers to Russia: 1,960 tonnes": what follows is told by the supplier again.
            self.telling.subject.view_as(mirrored(claim.flow), claim.partner, claim.reporter)
        if claim.product == TOTAL:
            scene.told.add(claim.flow)
            scene.summed.add(claim.flow)
        key = level_of(claim)
        scene.levels[key] = max(claim.number, scene.levels.get(key, 0.0))

    def take_pair(self, claim: Claim) -> None:
        """Whose trade with whom the claim told, where its words named them: of those the text goes on."""
        scene, subject = self.telling.scene, self.telling.subject
        named = (subject.roles or subject.pair or subject.favoured) and claim.among != "partners"
        named = named or (claim.among == "partners" and not scene.partner)
        if claim.flow in ("turnover", "balance") and claim.partner not in ("", WORLD):
            scene.two = (claim.reporter, claim.partner)
        if (subject.world or subject.roles.get("of")) and claim.partner == WORLD and not scene.partner:
            scene.reporter, scene.partner = claim.reporter, WORLD
        # "American importers bought …" in a text on the trade of the United States: its books still.
        if subject.sides.bought and scene.is_other_side(claim.reporter, claim.partner):
            subject.view_as(mirrored(claim.flow), claim.partner, claim.reporter)
            return
        aside = bool(scene.partner) and self._stands_alone("aside")
        if named and claim.reporter and claim.partner and claim.partner != WORLD and not aside:
            scene.reporter, scene.partner = claim.reporter, claim.partner
            scene.home = scene.home or claim.reporter

    def close(self, *, has_amounts: bool) -> None:
        """The sentence is read: its subject and period are what the next one goes on about."""
        scene, subject = self.telling.scene, self.telling.subject
        scene.trend = heads_trend(self.telling.pieces) or (scene.trend if is_item(self.telling.pieces) else 0.0)
        if not self.based and self.telling.pieces.kinds & _NO_CLAIMS:
            scene.last_product = (subject.before, subject.before_word)
            if scene.when is not None and scene.latest is not None and (scene.year or 0) > scene.latest:
                # "Mục tiêu 15 tỷ USD năm 2030": nothing that comes after is of that year.
                scene.year = scene.when.end_year
            if has_amounts and subject.fresh_flow and self.telling.muted:
                # "An estimated 3.3 billion": no claim, but what comes after goes on about it.
                self._remember_subject()
                parties = subject.parties(subject.flow, scene) if subject.roles.keys() - {"made"} else ("", "")
                if any(parties) and parties != (scene.partner, scene.reporter):
                    # "The government of Kazakhstan hopes for a billion" turns nothing round.
                    scene.reporter, scene.partner = parties
            return
        rivals = habits(self.telling.language).sellers_are_rivals and subject.sides.sells
        if not self.based and not rivals and subject.fresh_flow and (subject.roles.keys() - {"made"} or subject.pair):
            parties = subject.parties(subject.flow, scene)
            if subject.sides.moves and scene.is_other_side(*parties):
                # "Supplies from Viet Nam to Russia", a heading in a text on Russia's trade.
                subject.flow = subject.trade = mirrored(subject.flow)
            elif not any(is_part(code) for code in parties):
                # "The export centre of Perm" trades for nobody.
                scene.reporter, scene.partner = parties
        made = subject.roles.get("made", "")
        if not has_amounts and made and not (subject.fresh_flow or subject.fresh_product):
            # "Hàng Nga", "Russian goods": a heading of what comes from there.
            home = scene.reporter or HOME[scene.language]
            subject.flow = subject.trade = "export" if made == home else "import"
            subject.fresh_flow = True
        self._remember_subject()
        first = self.telling.pieces[0] if self.telling.pieces else None
        scene.opened = first.code if isinstance(first, Place) and first.role == "" else ""
        scene.listed = tuple(dict.fromkeys(each.claim.product for each in self.based))
        scene.off_topic, scene.role = self.telling.off_topic, self.memory.role
        scene.passing = None
        scene.unit = self.memory.unit or scene.unit
        self._remember_main_flow()
        self._remember_period()
        if self.based:
            scene.told_when, scene.led = scene.when, self.based[0].claim.flow

    def _remember_period(self) -> None:
        scene = self.telling.scene
        if self.telling.clock.times.said_here and not self._tells_in_passing():
            known = scene.when == scene.told_when
            scene.remember_period(self._main_period(), self.telling.clock.times.between, told=known)
        elif scene.when is not None and scene.told_when is not None:
            # "Quý 4/2024 con số này là 588 triệu USD": the year of what comes after stays.
            scene.year = scene.when.end_year
            scene.passing = self.telling.clock.times.when if self._stands_alone("part") else None

    def _stands_alone(self, value: str) -> bool:
        """Whether the sentence tells something apart: "in June alone", "China aside"."""
        pieces = self.telling.pieces
        return "alone" in pieces.kinds and any(piece.kind == "alone" and piece.value == value for piece in pieces)

    def _remember_subject(self) -> None:
        scene, subject = self.telling.scene, self.telling.subject
        scene.balance = self.telling.balance if subject.flow == "balance" else ""
        moved = subject.flow_going_on(subject.flow, scene)
        scene.flow, scene.trade, scene.product, scene.word = subject.flow, subject.trade, subject.product, subject.word
        if subject.sides.moves and self.based:
            # The books of the side that the text tells of.
            scene.flow = self.based[-1].claim.flow
        elif subject.sides.supplies and subject.fresh_flow:
            scene.flow = scene.trade = moved
        scene.last_product = (subject.before, subject.before_word)
        scene.last_maker = subject.roles.get("made", "") if subject.fresh_product else subject.maker

    def _remember_main_flow(self) -> None:
        """ "Exports …, and imports …": what comes next is part of the first, unless it says otherwise."""
        told = [each.claim.flow for each in self.based if each.claim.flow in BOTH]
        whole = all(each.claim.product == TOTAL for each in self.based)
        if told:
            self.telling.scene.main_flow = told[0] if whole and set(told) == BOTH else ""
        elif self.telling.subject.fresh_flow and self.telling.subject.flow in BOTH:
            self.telling.scene.main_flow = ""

    def _tells_in_passing(self) -> bool:
        """ "In July alone …", "in 2024 this figure was …": a period that only this sentence speaks of."""
        before, told = self.telling.scene.when, self.telling.clock.times.when
        if before is None or told is None:
            return False
        if self._stands_alone("aside"):
            return True
        if self.based and told == before.year_before() and before.code in self.telling.scene.shown:
            # "In July 2022 they were 79.7 million", after figures of July 2023.
            return True
        if self._tells_parts(before) or self._counts_others(told, before):
            return True
        if self._tells_part_alone():
            return before.first <= told.first and told.last <= before.last
        told_before = any(piece.kind == "other" and piece.value == "had" for piece in self.telling.pieces)
        if told_before and told.length == before.length and told < before:
            # "In 2023 Viet Nam had bought 27,500 tonnes."
            return True
        # "They had peaked at 762.5 million in 2024."
        back = {"figure", "first"} if told_before else {"figure"}
        if told.length != before.length or not told < before or "anaphora" not in self.telling.pieces.kinds:
            return False
        return any(piece.kind == "anaphora" and piece.value in back for piece in self.telling.pieces)

    def _tells_parts(self, whole: When) -> bool:
        """ "Of which 168 million in the first quarter, 201 million in the second": what follows is of the whole."""
        parts = {When.parse(each.claim.period) for each in self.based if each.claim.period}
        told = self.telling.scene.told_when == whole and "of_which" in self.telling.pieces.kinds
        return told and len(parts) > 1 and all(whole.first <= each.first <= each.last <= whole.last for each in parts)

    def _counts_others(self, told: When, before: When) -> bool:
        """ "The number of firms grew to 2,310 from 2,154 in 2024": of no trade, and of no time to go on about."""
        return not self.based and told < before and not self.telling.pieces.kinds.isdisjoint(_COUNTS)

    def _tells_part_alone(self) -> bool:
        """ "In June alone", «только в июле», but not "coffee alone"."""
        if not self.telling.pieces.kinds >= _MONTH_ALONE:
            return False
        told = [piece.kind for piece in self.telling.pieces if piece.kind != "prep"]
        return any({one, other} == {"period", "alone"} for one, other in pairwise(told))

    def _main_period(self) -> When | None:
        """The period that the next sentence goes on about: of those told, the longest that ends last."""
        told = [When.parse(each.claim.period) for each in self.based if each.claim.period and not each.back]
        if told and is_list_item(self.telling.pieces) and all(each.first <= told[0].first for each in told):
            # "- Ores: 115 million in May, 427 million in five months;" and the next item.
            return told[0]
        last = self.telling.clock.times.when
        if told and last is not None and all(_is_within(when, last) for when in told):
            # "For nine months …, say the customs data for 2025": the months are what it is on.
            return max(told, key=lambda when: (when.last, when.length))
        told = told or self.telling.clock.told
        return max((*told, last), key=lambda when: (when.last, when.length)) if last is not None else None
