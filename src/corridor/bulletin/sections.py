"""The flow that goods are of where no word of their own clause tells it: a heading's, a list's, the paragraph's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from corridor.bulletin.claims import BOTH
from corridor.bulletin.places import Piece, Place
from corridor.bulletin.statement import Statement

# What a line that only announces may tell of besides a flow.
_SUBHEADS = frozenset({"direction", "product"})


@dataclass
class _Section:
    """The flows that goods told without one may be of: after "Exports …. Imports …." either.

    ``named`` are those of the paragraph, ``began``: it has named none yet, ``went_on``: goods were told since the last
    one was named, ``headed``: a line over them named it, not a sentence before them, ``sure``: whoever tells of it.
    """

    flows: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    began: bool = True
    went_on: bool = False
    headed: bool = False
    sure: bool = True

    def over(self, sentence: Statement) -> Statement:
        """A sentence with the flow that its goods are of."""
        return replace(sentence, under=self.flow, headed=self.headed) if self.flow else sentence

    @property
    def flow(self) -> str:
        """The only one."""
        return next(iter(self.flows)) if len(self.flows) == 1 else ""

    def head(self, paragraph: Sequence[Statement]) -> None:
        """ "II. Imports from Russia:"; "Down:" is a part of the section that it stands in."""
        told = _flows(paragraph)
        under = not told and any(_announces(each) or _tells(each, _SUBHEADS) for each in paragraph)
        self.named = set()
        if not under:
            # Deliveries are of the flow that the one who tells of them sees.
            self.flows, self.sure = told & BOTH, not all(map(_moves, paragraph))
            self.headed = self.sure
        self.went_on = True

    def enter(self, *, goes_on: bool) -> None:
        """A paragraph begins: after one that told both flows, of either; a list ``goes_on``."""
        self.began = not goes_on
        if self.began:
            self.flows = self.named if len(self.named) > 1 else self.flows
            self.named = set()

    def pass_by(self, sentence: Statement) -> None:
        """ "Imports of tea came to 3 million.": so are the goods told after it, until another flow is named."""
        goods = _tells(sentence, {"product"})
        if told := self._told(sentence):
            anew = goods or self.began or self.went_on or _announces(sentence)
            self.flows = told if anew else self.flows | told
            self.headed, self.sure = False, not _moves(sentence)
            self.named = self.named | told
            self.began = self.went_on = False
        # "Imports reached 203 million. Among them:" and a list.
        self.headed = self.headed or (self.sure and _announces(sentence))
        self.went_on = self.went_on or goods

    def _told(self, sentence: Statement) -> set[str]:
        told = _flows([sentence]) & BOTH
        if _tells(sentence, {"earned"}):
            # "May brought exporters 213 million."
            told = told | {"export"}
        turns = not told and bool(self.flow) and _tells(sentence, {"swap"})
        return {*BOTH} - self.flows if turns else told


def in_sections(read: Sequence[Statement]) -> list[Statement]:
    """The sentences, each with the flow that its goods are of unless it names one."""
    found: list[Statement] = []
    section, listed = _Section(), False
    for paragraph in _paragraphs(read):
        if _heads(paragraph):
            section.head(paragraph)
            found += map(section.over, paragraph)
            continue
        # "- Exports: …" and "- Imports: …" of one list are told together.
        section.enter(goes_on=listed and paragraph[0].listed)
        listed = paragraph[0].listed
        for sentence in paragraph:
            found.append(section.over(sentence))
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


def _moves(sentence: Statement) -> bool:
    return all(piece.slot("moves") for piece in sentence.pieces if _trades(piece))


def _tells(sentence: Statement, kinds: AbstractSet[str]) -> bool:
    return not sentence.kinds.isdisjoint(kinds)


def _flows(sentences: Sequence[Statement]) -> set[str]:
    return set().union(*map(flows_named, sentences))


def flows_named(sentence: Statement) -> set[str]:
    """The flows that a sentence names; deliveries nobody knows where to are of whatever was told of."""
    flows = [piece for piece in sentence.pieces if _trades(piece)]
    placed = any(isinstance(piece, Place) for piece in sentence.pieces)
    moved = all(piece.slot("moves") for piece in flows)
    return set() if moved and not placed else {piece.value for piece in flows}


def _trades(piece: Piece) -> bool:
    """A word for a flow; "tổng kim ngạch" is of whatever was told of, and who "brought in" money bought nothing."""
    return piece.kind == "flow" and not (piece.slot("sum") or piece.slot("brings"))
