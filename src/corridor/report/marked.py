"""A text cut where its claims stand: paragraph by paragraph for a page, sentence by sentence for a terminal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corridor.bulletin.blocks import Block, blocks, sentences
from corridor.bulletin.claims import Claim
from corridor.bulletin.grids import grids
from corridor.bulletin.tokens import Token, tokenise

# Signs that steer a terminal or turn the direction of writing: a stranger's text must not.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and the numbers of the claims that they make; mostly none."""

    words: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A paragraph or a sentence in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def claims(self) -> tuple[int, ...]:
        """The claims made in it, by number."""
        return tuple(claim for piece in self.pieces for claim in piece.claims)


def shown(text: str) -> str:
    """The text without signs that steer a terminal; as long as before."""
    return _STEERING.sub("\ufffd", text)


def paragraphs(text: str, claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """The whole text, lines that a program wrapped joined to paragraphs; empty lines are left out."""
    whole = [(block.start, block.end) for block in blocks(text, grids(text))]
    inner = {place for start, end in whole for place in _line_ends(text, start, end)}
    cuts = [place for place in _line_ends(text, 0, len(text)) if place not in inner]
    return tuple(each for each in _passages(text, claims, cuts) if each.pieces)


def claiming(text: str, claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """The sentences that claim something."""
    starts = sorted(claim.span[0] for claim in claims)
    cuts = [
        end
        for block in blocks(text, grids(text))
        if bisect_left(starts, block.start) < bisect_left(starts, block.end)
        for end in (block.start, *(each[-1].end for each in sentences(_tokens(text, block), block.language)), block.end)
    ]
    return tuple(each for each in _passages(text, claims, cuts) if each.claims)


def _tokens(text: str, block: Block) -> list[Token]:
    return tokenise(text, block.start, block.end, block.language)


def _line_ends(text: str, start: int, end: int) -> Iterator[int]:
    place = text.find("\n", start, end)
    while place >= 0:
        yield place
        place = text.find("\n", place + 1, end)


@dataclass(frozen=True)
class _Cluster:
    """Claims whose words overlap, from the first character to the last."""

    start: int
    end: int
    claims: tuple[int, ...]


def _clusters(claims: Sequence[Claim]) -> list[_Cluster]:
    found: list[_Cluster] = []
    for number, claim in sorted(enumerate(claims), key=lambda each: each[1].span):
        start, end = claim.span
        if found and start < found[-1].end:
            last = found.pop()
            found.append(_Cluster(last.start, max(last.end, end), (*last.claims, number)))
        else:
            found.append(_Cluster(start, end, (number,)))
    return found


def _passages(text: str, claims: Sequence[Claim], cuts: Iterable[int]) -> Iterator[Passage]:
    """The text between cuts, without the blanks that it begins with; a cut inside a claim's own words is none."""
    clusters = _clusters(claims)
    taken = 0
    for start, end in pairwise(_outside(sorted({0, *cuts, len(text)}), clusters)):
        first = taken
        while taken < len(clusters) and clusters[taken].start < end:
            taken += 1
        while start < end and text[start].isspace():
            start += 1
        yield Passage(tuple(_pieces(text, start, end, clusters[first:taken])))


def _outside(cuts: Sequence[int], clusters: Sequence[_Cluster]) -> Iterator[int]:
    place = 0
    for cut in cuts:
        while place < len(clusters) and clusters[place].end <= cut:
            place += 1
        if place == len(clusters) or cut <= clusters[place].start:
            yield cut


def _pieces(text: str, start: int, end: int, clusters: Sequence[_Cluster]) -> Iterator[Piece]:
    for cluster in clusters:
        if cluster.start > start:
            yield Piece(shown(text[start : cluster.start]))
        yield Piece(shown(text[cluster.start : cluster.end]), cluster.claims)
        start = cluster.end
    if start < end:
        yield Piece(shown(text[start:end]))
