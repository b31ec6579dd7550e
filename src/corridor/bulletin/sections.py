"""The flow that goods are of where no word of their own clause tells it: a heading's, a list's, the paragraph's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import BOTH
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece
from corridor.bulletin.statement import Statement

# What a line that only announces may tell of besides a flow.
_SUBHEADS = frozenset({"direction", "product"})


@dataclass
class _Section:
    """The flow of the heading above, of the list announced, and of the goods that the paragraph tells of."""

    headed: str = ""
    announced: str = ""
    local: str = ""

    @property
    def flow(self) -> str:
        """The nearest one that was told."""
        return self.local or self.announced or self.headed

    def head(self, paragraph: Sequence[Statement]) -> None:
        """ "II. Imports from Russia:"; "Down:" is a part of the section that it stands in."""
        told = _flows(paragraph)
        under = not told and any(_announces(each) or _tells(each, _SUBHEADS) for each in paragraph)
        self.headed = self.flow if under else _only(told)
        self.announced = self.local = ""

    def enter(self, paragraph: Sequence[Statement]) -> None:
        """A list goes on, a paragraph begins."""
        self.local = ""
        if not paragraph[0].listed:
            self.announced = ""

    def pass_by(self, sentence: Statement) -> None:
        """ "Imports of tea came to 3 million.": so are the goods told after it; what names another flow ends one."""
        goods = _tells(sentence, {"product"})
        # "Coal: 3 million, 39.5 % of the total turnover": a whole is none of the goods'.
        told = _flows([sentence]) & BOTH if goods else _flows([sentence])
        if not told:
            return
        if told != {self.headed}:
            self.headed = ""
        if told != {self.announced}:
            self.announced = ""
        self.local = _only(told) if goods else ""

    def leave(self, paragraph: Sequence[Statement]) -> None:
        """ "Imports reached 203 million. Among them:" and a list."""
        if _announces(paragraph[-1]):
            self.announced = _only(_flows(paragraph[-1:]) or _flows(paragraph)) or self.announced
        self.local = ""


def in_sections(read: Sequence[Statement]) -> list[Statement]:
    """The sentences, each with the flow that its goods are of unless it names one."""
    found: list[Statement] = []
    section = _Section()
    for paragraph in _paragraphs(read):
        if _heads(paragraph):
            section.head(paragraph)
            found += (replace(each, under=section.flow) for each in paragraph)
            continue
        section.enter(paragraph)
        for sentence in paragraph:
            found.append(replace(sentence, under=section.flow) if section.flow else sentence)
            section.pass_by(sentence)
        section.leave(paragraph)
    return found


def _paragraphs(read: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    starts = [at for at, sentence in enumerate(read) if sentence.opens or not at]
    for at, start in enumerate(starts):
        yield read[start : starts[at + 1] if at + 1 < len(starts) else len(read)]


def _heads(paragraph: Sequence[Statement]) -> bool:
    """Whether a line stands over others: it tells no figure, and no goods alone."""
    lines = all(each.section and not _tells(each, {"quantity"}) for each in paragraph)
    goods = any(_tells(each, {"product"}) for each in paragraph)
    return lines and (not goods or bool(_flows(paragraph)) or _announces(paragraph[-1]))


def _announces(sentence: Statement) -> bool:
    return sentence.tokens[-1].text == ":"


def _tells(sentence: Statement, kinds: frozenset[str] | set[str]) -> bool:
    return any(piece.kind in kinds for piece in sentence.pieces)


def _flows(sentences: Sequence[Statement]) -> set[str]:
    return {piece.value for each in sentences for piece in each.pieces if _trades(piece)}


def _trades(piece: Piece) -> bool:
    """A word for a flow; "tổng kim ngạch" is of whatever was told of, and deliveries of the flow that places tell."""
    told = isinstance(piece, Mark) and piece.kind == "flow"
    return told and isinstance(piece, Mark) and not (piece.slot("sum") or piece.slot("moves"))


def _only(flows: set[str]) -> str:
    return next(iter(flows)) if len(flows) == 1 and flows <= BOTH else ""
