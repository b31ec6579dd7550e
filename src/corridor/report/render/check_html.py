"""A check as one self-contained page: the text itself, marked, with the reason at each mark; no script, no request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from corridor.bulletin.check import Checked
from corridor.bulletin.claims import Claim
from corridor.bulletin.serialise import claim_id
from corridor.bulletin.verdicts import Judgement
from corridor.evidence import Finding, Name
from corridor.report.checked_texts import VERDICTS, CheckedTexts, traces_of
from corridor.report.documents.document import Document, Meta, Source, Texts, gather_sources
from corridor.report.marked import Passage, Piece, paragraphs, shown
from corridor.report.references import Reference, references
from corridor.report.render.html import environment, place_in_words, style_hash, stylesheet

# Longer strings without a blank may break anywhere.
_LONGEST_TOUCH = 20
_TO_BLANK = re.compile(rf"\S{{0,{_LONGEST_TOUCH}}}(?=\s|$)")


@dataclass(frozen=True)
class Told:
    """One claim as the page tells it; ``noted``: its reason stands beside the text, not only behind its mark."""

    id: str
    number: str
    verdict: str
    noted: bool
    text: str
    words: str
    meaning: str
    stated: str
    official: str
    reason: str
    caveats: bool
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Run:
    """Words of a paragraph, or the words of claims with what touches them before and after."""

    words: str
    claims: tuple[Told, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def verdict(self) -> str:
        """The verdict that the mark shows: of several the gravest."""
        return next(verdict for verdict in VERDICTS if verdict in {each.verdict for each in self.claims})

    @property
    def unlike(self) -> bool:
        """Whether something must be known beside a verdict, such as a comparison of unlike months."""
        return any(each.caveats for each in self.claims)


@dataclass(frozen=True)
class TextPage:
    """One text of the page, ready to be set."""

    name: str
    passages: tuple[Passage, ...]
    claims: tuple[Told, ...]
    counts: tuple[tuple[str, str, int], ...]
    relations: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]

    def runs(self, passage: Passage) -> Iterator[Run]:
        """The words of a paragraph; what touches a mark without a blank stays on its line."""
        words = [piece.words for piece in passage.pieces]
        for place, piece in enumerate(passage.pieces):
            if piece.claims:
                before = _last_word(words[place - 1]) if place else ""
                after = _first_word(words[place + 1]) if place + 1 < len(words) else ""
                yield Run(piece.words, self.told(piece), before, after)
            else:
                start = len(_first_word(piece.words)) if place else 0
                rest = piece.words[start:]
                end = len(_last_word(rest)) if place + 1 < len(words) else 0
                yield Run(rest[: len(rest) - end])

    def told(self, piece: Piece) -> tuple[Told, ...]:
        """The claims that some words make."""
        return tuple(self.claims[number] for number in piece.claims)

    def notes(self, passage: Passage) -> tuple[Told, ...]:
        """What stands beside a paragraph."""
        return tuple(self.claims[number] for number in passage.claims if self.claims[number].noted)


def page(told: CheckedTexts) -> str:
    """The check as one HTML file."""
    document = _document(told)
    texts = [_text(told, document, place) for place in range(len(told.checks))]
    style = stylesheet("style.css", "check.css")
    return (
        environment()
        .get_template("check.html.j2")
        .render(
            told=told,
            document=document,
            texts=texts,
            title=_title(told),
            place=lambda reference: place_in_words(reference, told.voice.words),
            ui=lambda key: told.voice.words.say(f"ui.{key}"),
            style=Markup(style),
            style_hash=style_hash(style),
        )
    )


def _first_word(text: str) -> str:
    """What stands before the first blank; in a text without blanks nothing stands together."""
    found = _TO_BLANK.match(text)
    return found.group() if found else ""


def _last_word(text: str) -> str:
    return _first_word(text[: -_LONGEST_TOUCH - 2 : -1])[::-1]


def _title(told: CheckedTexts) -> str:
    if len(told.names) > 1:
        return told.say("title_of_several")
    return told.voice.text(Finding("check.title", {"name": Name("text", shown(told.names[0]))}))


def _document(told: CheckedTexts) -> Document:
    return Document(Finding("check.title"), Meta(), (), (), _sources(told), told.traces)


def _sources(told: CheckedTexts) -> tuple[Source, ...]:
    """The publishers' files behind the official figures, under the publishers' names in the page's language."""
    named: dict[str, Texts] = {}
    for judgement in (each for checked in told.checks for each in checked.judgements):
        official = judgement.official
        if official is not None and official.source in told.publishers:
            named |= {
                told.traces[trace].publisher: told.publishers[official.source] for trace in official.trace.split()
            }
    return gather_sources(told.traces.values(), named)


def _text(told: CheckedTexts, document: Document, place: int) -> TextPage:
    checked = told.checks[place]
    return TextPage(
        name=shown(told.names[place]),
        passages=paragraphs(checked.text, checked.claims),
        claims=tuple(_claims(told, document, place)),
        counts=tuple(told.counts(checked)),
        relations=tuple(_relations(told, checked)),
        caveats=told.caveats(checked),
    )


def _claims(told: CheckedTexts, document: Document, place: int) -> Iterator[Told]:
    """The claims of a text; what a text says again is worded once."""
    checked = told.checks[place]
    known: dict[tuple[Claim, int], Told] = {}
    for number, (claim, judgement) in enumerate(zip(checked.claims, checked.judgements, strict=True)):
        # Equal claims have one and the same judgement, unless a relation gave one of them its own.
        asked = (replace(claim, span=(0, 0)), id(judgement))
        if asked not in known:
            known[asked] = _claim(told, document, place, number, claim, judgement)
        name = claim_id(number)
        yield replace(known[asked], id=f"t{place + 1}{name}", number=name[1:])


def _relations(told: CheckedTexts, checked: Checked) -> Iterable[tuple[str, str]]:
    for failure in checked.failed:
        yield ", ".join(claim_id(member)[1:] for member in failure.members), shown(told.reason(failure))


def _claim(told: CheckedTexts, document: Document, place: int, number: int, claim: Claim, judgement: Judgement) -> Told:
    name = claim_id(number)
    return Told(
        id=f"t{place + 1}{name}",
        number=name[1:],
        verdict=judgement.verdict,
        noted=judgement.verdict != "agrees",
        text=shown(claim.text),
        words=told.verdict(judgement),
        meaning=shown(told.meaning(claim)),
        stated=told.stated(claim),
        official=told.official(claim, judgement),
        reason=shown(told.reason(judgement)),
        caveats=bool(judgement.reason.caveats),
        references=references(document, traces_of(judgement)),
    )
