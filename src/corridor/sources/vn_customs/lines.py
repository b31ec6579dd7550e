"""Words that stand on one baseline are one printed line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from corridor.sources.vn_customs.words import SAME_LINE, Word


@dataclass(frozen=True)
class Line:
    """One printed line: its words from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single blanks."""
        return " ".join(word.text for word in self.words)

    def places(self, text: str) -> list[Word]:
        """The words of the line that read ``text``, from left to right."""
        return [word for word in self.words if word.text == text]


def printed_lines(words: Iterable[Word]) -> list[Line]:
    """The lines of a page from top to bottom, whatever the order of the words in the file."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=attrgetter("baseline"), reverse=True):
        if not lines or lines[-1][0].baseline - word.baseline > SAME_LINE:
            lines.append([])
        lines[-1].append(word)
    return [Line(tuple(sorted(line, key=attrgetter("start")))) for line in lines]
