"""A claim put together: what an amount asserts, of which subject, for which period, against which base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.bulletin import said
from corridor.bulletin.claims import FLOWS, MIRROR, UNKNOWN, Among, Base, Claim, Flow, Language, one_of
from corridor.bulletin.parallel import Parallel
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.quantities import Quantity
from corridor.bulletin.roles import Asserted
from corridor.bulletin.scene import WORLD, Scene
from corridor.bulletin.subject import Subject, is_part
from corridor.bulletin.tokens import Token
from corridor.bulletin.when import When


@dataclass
class Times:
    """The periods of a sentence or of one amount: what is spoken of, and what it is compared with."""

    when: When | None
    base_mark: Mark | None = None
    named_base: When | None = None
    then_mark: Mark | None = None
    said_here: bool = False
    said_after: bool = False
    between: When | None = None


@dataclass(frozen=True)
class Setting:
    """What a claim is made from, besides the amount's own role."""

    text: str
    tokens: Sequence[Token]
    language: Language
    scene: Scene
    subject: Subject
    listed: Parallel | None


def make(
    setting: Setting, quantity: Quantity, what: Asserted, times: Times, among: Among = "", whole: str = ""
) -> Claim | None:
    """The claim, or None where the text never said whose trade it speaks of."""
    subject = _listed_subject(setting)
    subject.settle_flow(setting.scene)
    flow = _flow(subject, setting.scene)
    if not flow:
        return None
    reporter, partner = subject.parties(flow, setting.scene)
    if not (reporter or partner):
        return None
    if is_part(reporter) or is_part(partner):
        # "The coal of Kuzbass", "a container from Haiphong": no table tells of a part of a country.
        return None
    if subject.sides.moves and flow in MIRROR and setting.scene.is_other_side(reporter, partner):
        # «Россия поставила в Китай …» in a text on China's trade: its imports.
        flow, reporter, partner = MIRROR[flow], partner, reporter
    product, word = _product(subject, setting)
    when, base = _periods(times, what, setting)
    if what.measure == "balance" and subject.favoured:
        what = _in_favour(what, of_reporter=subject.favoured == reporter)
    start, end = setting.tokens[quantity.i].start, _last_token(setting.tokens, quantity).end
    return Claim(
        text=setting.text[start:end],
        span=(start, end),
        language=setting.language,
        flow=flow,
        product=product,
        reporter=reporter,
        partner=partner,
        period=when.code if when else "",
        measure=what.measure,
        stated=what.stated,
        number=what.number,
        step=what.step,
        magnitude=quantity.magnitude,
        hedge=quantity.hedge,
        word=word,
        of=what.of,
        of_said=what.of_said,
        base=base,
        readings=what.readings,
        among=among,
        whole=whole,
        change=what.change,
        per=what.per,
        office=setting.scene.office,
    )


def _last_token(tokens: Sequence[Token], quantity: Quantity) -> Token:
    """The last token of an amount; a point that also ends the sentence is not part of it."""
    last = quantity.j - 1
    return tokens[last - 1] if tokens[last].text == "." and quantity.j == len(tokens) else tokens[last]


def _in_favour(what: Asserted, *, of_reporter: bool) -> Asserted:
    """A balance "in favour of" somebody is that side's surplus, and the other side's deficit."""
    as_told = (what.number > 0) == of_reporter
    return what if as_told else replace(what, number=-what.number, stated=what.stated.times(-1))


def _listed_subject(setting: Setting) -> Subject:
    """The subject with the list's member that this amount speaks of."""
    subject, listed = setting.subject, setting.listed
    if listed is None or listed.piece.kind not in ("product", "flow", "place"):
        return subject
    if listed.together:
        flows = {piece.value for piece in listed.pieces if piece.kind == "flow"}
        return replace(subject, flow="turnover", fresh_flow=True) if flows else replace(subject, product=UNKNOWN)
    if isinstance(listed.piece, Place):
        return _with_place(subject, listed.piece, listed.pieces)
    if listed.piece.kind == "flow":
        turned = replace(subject, flow=listed.piece.value, fresh_flow=True)
        if subject.flow != turned.flow:
            turned.turn_back()
        return turned
    return replace(subject, product=listed.piece.value)


def _with_place(subject: Subject, place: Place, places: Sequence[Piece]) -> Subject:
    role = next((each.role for each in places if isinstance(each, Place) and each.role), "with")
    return replace(subject, roles={**subject.roles, role: place.code}, listed="", pair=[])


def _flow(subject: Subject, scene: Scene) -> Flow | None:
    flow = "balance" if subject.flow in ("surplus", "deficit") else subject.flow or subject.implied_flow()
    flow = "import" if subject.arrives(scene) else subject.flow_moved(flow, scene)
    flow = flow or (scene.coming if subject.fresh_product and subject.product != UNKNOWN else "")
    return one_of(FLOWS, flow) if flow else None


def _product(subject: Subject, setting: Setting) -> tuple[str, str]:
    listed = setting.listed
    if listed is not None and listed.piece.kind == "product":
        i, j = (listed.pieces[0].i, listed.pieces[-1].j) if listed.together else (listed.piece.i, listed.piece.j)
        return subject.product, setting.text[setting.tokens[i].start : setting.tokens[j - 1].end]
    return subject.product, subject.word


def _periods(times: Times, what: Asserted, setting: Setting) -> tuple[When | None, Base | None]:
    when = times.when
    listed = setting.listed
    if listed is not None and isinstance(listed.piece, Mark) and listed.piece.kind == "period":
        when = said.period(listed.piece, setting.scene.year, times.when) or when
    if what.at_base and times.said_after:
        return when, Base("same_period", said.same_period(when)) if what.compares else None
    if what.at_base and what.compares:
        base = _base(times, when)
        earlier = When.parse(base.period) if base.period else None
        return earlier, Base("same_period", said.same_period(earlier))
    if what.compares and times.then_mark is not None and times.then_mark.slot("year"):
        # «Поставки за прошлый год возросли на 31,4 %»: the growth of that year.
        base = _base(times, when)
        earlier = When.parse(base.period) if base.period else None
        return earlier, Base("same_period", said.same_period(earlier))
    if what.at_base or (times.then_mark is not None and not what.compares):
        base = _base(times, when)
        return (When.parse(base.period) if base.period else None), None
    return when, _base(times, when) if what.compares else None


def _base(times: Times, when: When | None) -> Base:
    mark = times.then_mark or times.base_mark
    if times.named_base is not None:
        return said.named_base(times.named_base, when)
    if mark is not None:
        return said.base(mark, when)
    if times.between is not None:
        return said.named_base(times.between, when)
    return Base("same_period", said.same_period(when))


__all__ = ["WORLD", "Setting", "Times", "make"]
