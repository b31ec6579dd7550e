"""The first screen of the study's report: ten figures and five sentences."""

from __future__ import annotations

from itertools import islice

from corridor.report.documents.document import Block, FigureTiles, List
from corridor.report.documents.study_sentences import sentences
from corridor.report.documents.study_tiles import tiles
from corridor.report.documents.study_view import View

#: Figures and sentences of the first screen.
TILES, SENTENCES = 10, 5


def front(view: View) -> tuple[Block, ...]:
    """The figures that matter most among those that exist, and the sentences that tell most."""
    return (
        FigureTiles(tuple(islice(tiles(view), TILES))),
        List(tuple(islice(sentences(view), SENTENCES)), ordered=True),
    )
