"""A check on a terminal: each sentence that claims something, its marks, the verdicts, then the count."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from corridor.bulletin.check import Checked
from corridor.bulletin.serialise import claim_id
from corridor.bulletin.verdicts import Verdict
from corridor.report.checked_texts import CheckedTexts
from corridor.report.marked import Passage, claiming, shown

#: What stands before a verdict; the word follows, for terminals that lack the sign.
SIGNS: Mapping[Verdict, str] = {"agrees": "✓", "differs": "✗", "inconsistent": "✗", "unverifiable": "?"}
_INDENT = "  "
_NARROWEST = 40


def lines(told: CheckedTexts, width: int) -> Iterator[str]:
    """The lines of a check, wrapped at ``width`` columns."""
    wide = max(width, _NARROWEST)
    for place, (name, checked) in enumerate(zip(told.names, told.checks, strict=True)):
        if place:
            yield ""
        yield from _text(told, name, checked, wide)


def _text(told: CheckedTexts, name: str, checked: Checked, width: int) -> Iterator[str]:
    if len(told.checks) > 1:
        yield f"== {shown(name)}"
    if not checked.claims:
        yield from _wrapped(told.say("none"), "", width)
        return
    for sentence in claiming(checked.text, checked.claims):
        yield from _wrapped(_marked(sentence), "", width)
        for number in sentence.claims:
            yield from _claim(told, checked, number, width)
        yield ""
    yield from _relations(told, checked, width)
    for caveat in told.caveats(checked):
        yield from _wrapped(f"* {caveat}", "", width)
    yield "; ".join(f"{words}: {count}" for _, words, count in told.counts(checked))


def _marked(sentence: Passage) -> str:
    return "".join(f"[{piece.words}]" if piece.claims else piece.words for piece in sentence.pieces)


def _claim(told: CheckedTexts, checked: Checked, number: int, width: int) -> Iterator[str]:
    claim, judgement = checked.claims[number], checked.judgements[number]
    caveat = "*" if judgement.reason.caveats else ""
    yield from _wrapped(
        f"{SIGNS[judgement.verdict]} {claim_id(number)} [{shown(claim.text)}] {told.verdict(judgement)}{caveat}",
        _INDENT,
        width,
    )
    figures = f"{told.say('stated')} {told.stated(claim)} · {told.say('official')} {told.official(claim, judgement)}"
    yield from _wrapped(f"{shown(told.meaning(claim))} · {figures}", 2 * _INDENT, width)
    if judgement.verdict != "agrees":
        yield from _wrapped(shown(told.reason(judgement)), 2 * _INDENT, width)


def _relations(told: CheckedTexts, checked: Checked, width: int) -> Iterator[str]:
    if not checked.failed:
        return
    yield f"{told.say('relations')}:"
    for failure in checked.failed:
        members = ", ".join(claim_id(member) for member in failure.members)
        yield from _wrapped(f"✗ {members}: {shown(told.reason(failure))}", _INDENT, width)
    yield ""


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    words = text.replace("\n", " ").replace("\t", " ").strip(" ")
    if words.isascii() and words.isprintable() and len(indent) + len(words) <= width:
        return [indent + words] if words else []
    return textwrap.wrap(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("" if not indent else _INDENT),
        break_on_hyphens=False,
    )
