"""The flow that goods are of where no word of their own clause tells it: a heading's, a list's, the paragraph's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from corridor.bulletin.claims import BOTH
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece
from corridor.bulletin.statement import Statement

# What a line that only announces may tell of besides a flow.
_SUBHEADS = frozenset({"direction", "product"})


@dataclass
class _Section:
    """The flows that goods told without one may be of: after "Exports …. Imports …." either.

    ``began``: the paragraph has named none yet, ``went_on``: goods were told since the last one was named.
    """

    flows: set[str] = field(default_factory=set)
    began: bool = True
    went_on: bool = False

    @property
    def flow(self) -> str:
        """The only one."""
        return next(iter(self.flows)) if len(self.flows) == 1 else ""

    def head(self, paragraph: Sequence[Statement]) -> None:
        """ "II. Imports from Russia:"; "Down:" is a part of the section that it stands in."""
        told = _flows(paragraph)
        under = not told and any(_announces(each) or _tells(each, _SUBHEADS) for each in paragraph)
        self.flows = self.flows if under else told & BOTH
        self.went_on = True

    def pass_by(self, sentence: Statement) -> None:
        """ "Imports of tea came to 3 million.": so are the goods told after it, until another flow is named."""
        goods = _tells(sentence, {"product"})
        if told := self._told(sentence):
            anew = goods or self.began or self.went_on or _announces(sentence)
            self.flows = told if anew else self.flows | told
            self.began = self.went_on = False
        self.went_on = self.went_on or goods

    def _told(self, sentence: Statement) -> set[str]:
        told = _flows([sentence]) & BOTH
        turns = not told and bool(self.flow) and _tells(sentence, {"swap"})
        return BOTH - self.flows if turns else told


def in_sections(read: Sequence[Statement]) -> list[Statement]:
    """The sentences, each with the flow that its goods are of unless it names one."""
    found: list[Statement] = []
    section, listed = _Section(), False
    for paragraph in _paragraphs(read):
        if _heads(paragraph):
            section.head(paragraph)
            found += (replace(each, under=section.flow) for each in paragraph)
            continue
        # "- Exports: …" and "- Imports: …" of one list are told together.
        section.began = not (listed and paragraph[0].listed)
        listed = paragraph[0].listed
        for sentence in paragraph:
            found.append(replace(sentence, under=section.flow) if section.flow else sentence)
            section.pass_by(sentence)
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


def _tells(sentence: Statement, kinds: AbstractSet[str]) -> bool:
    return any(piece.kind in kinds for piece in sentence.pieces)


def _flows(sentences: Sequence[Statement]) -> set[str]:
    return {piece.value for each in sentences for piece in each.pieces if _trades(piece)}


def _trades(piece: Piece) -> bool:
    """A word for a flow; "tổng kim ngạch" is of whatever was told of, and deliveries of the flow that places tell."""
    told = isinstance(piece, Mark) and piece.kind == "flow"
    return told and isinstance(piece, Mark) and not (piece.slot("sum") or piece.slot("moves"))
