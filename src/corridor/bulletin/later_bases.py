"""The base of a change that the sentence tells with another amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from corridor.bulletin import said
from corridor.bulletin.claims import Base, Claim
from corridor.bulletin.when import When


class Told(NamedTuple):
    """A claim of a sentence. ``said_base``: the text says what it compares with; ``strong`` counts the clauses before;
    ``back``: it is a level that another one is compared with; ``dated``: its period stands beside it.
    """

    claim: Claim
    said_base: bool
    strong: int
    back: bool
    dated: bool


def with_later_bases(based: Sequence[Told]) -> list[Claim]:
    """ "Exports fell 17 %, imports 10 % from the month before": the base that is said last holds for both."""
    found: list[Claim] = []
    later: tuple[Claim, int] | None = None
    for claim, said_base, strong, *_ in reversed(_with_named_bases(_with_newest(based))):
        if claim.base is None:
            found.append(claim)
            continue
        if said_base:
            later = (claim, strong)
        elif later and later[1] == strong and _may_share(claim, later[0]):
            claim = replace(claim, base=later[0].base)
        found.append(claim)
    return found[::-1]


def _with_newest(based: Sequence[Told]) -> list[Told]:
    """ "2.25 billion in 2024 and 2.51 billion in 2025, a gain of 11.7 %": the change is that between the two levels."""
    found: list[Told] = []
    levels: list[Claim] = []
    for told in based:
        claim = told.claim
        levels = [each for each in levels if _subject(each) == _subject(claim)]
        if claim.base is None:
            levels.append(claim)
        elif len(levels) > 1 and not (told.dated or told.said_base) and claim.measure != "share":
            told = _between(told, levels[-2].period, levels[-1].period)
        found.append(told)
    return found


def _between(told: Told, first: str, last: str) -> Told:
    if not (first and last) or told.claim.period not in (first, last):
        return told
    # "361.2 million in 2025, 320 million in 2024, a gain of 12.9 %"
    first, last = sorted((first, last), key=When.parse)
    alike = When.parse(first).length == When.parse(last).length
    if told.claim.period == last or not alike:
        return told
    base = said.named_base(When.parse(first), When.parse(last))
    return told._replace(claim=replace(told.claim, period=last, base=base), said_base=True)


def _with_named_bases(based: Sequence[Told]) -> list[Told]:
    """ "Up by a third: from 1.89 billion in 2023 to 2.51 billion in 2025": the level it rose from names the base."""
    found = list(based)
    for place, (told, level) in enumerate(pairwise(based)):
        claim, first = told.claim, level.claim
        same = level.back and first.base is None and _subject(claim) == _subject(first)
        if same and not told.said_base and claim.is_growth and claim.period and first.period not in ("", claim.period):
            named = said.named_base(When.parse(first.period), When.parse(claim.period))
            found[place] = told._replace(claim=replace(claim, base=named), said_base=True)
    return found


def _subject(claim: Claim) -> tuple[str, ...]:
    return (claim.flow, claim.product, claim.reporter, claim.partner)


def _may_share(claim: Claim, later: Claim) -> bool:
    same_subject = (claim.flow, claim.product, claim.partner, claim.of) == (
        later.flow,
        later.product,
        later.partner,
        later.of,
    )
    return not same_subject and claim.period == later.period and isinstance(later.base, Base)
