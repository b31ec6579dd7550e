"""The last chapter of the study's report: how indices are read, caveats, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corridor.codes.caveats import vocabulary
from corridor.evidence import Finding
from corridor.report.documents.document import (
    Block,
    Chapter,
    Chart,
    FigureTiles,
    Heading,
    List,
    Note,
    Paragraph,
    Row,
    Sources,
    Table,
    Tile,
)

#: The lines of the chapter, in order; each is the message ``method.<key>``.
LINES = (
    "series", "incomplete", "contribution", "unit_value", "bennet", "hhi", "structural_change", "export_similarity",
    "grubel_lloyd", "market_share", "constant_market_share", "location_quotient", "processing", "mirror", "score",
)  # fmt: skip


def method(blocks: Iterable[Block], *, fold: bool) -> Chapter:
    """Method notes, the caveats met in ``blocks``, and the numbered sources."""
    met = {key for block in blocks for key in caveats_in(block)}
    ordered = tuple(key for key in vocabulary() if key in met)
    return Chapter(
        "method",
        Finding("chapter.method"),
        (
            Heading(Finding("heading.method")),
            List(tuple(Finding(f"method.{line}") for line in LINES)),
            *((Heading(Finding("heading.caveats")), Note(ordered)) if ordered else ()),
            Heading(Finding("heading.sources")),
            Sources(),
        ),
        fold=fold,
    )


def traces_of(block: Block) -> Iterator[str]:
    """The trace ids of a block."""
    for holder in _holders(block):
        yield from holder.traces


def caveats_in(block: Block) -> Iterator[str]:
    """The caveats of a block."""
    found = _table_of(block)
    if found is not None:
        yield from found.caveats
    if isinstance(block, Note):
        yield from block.caveats
    for holder in _holders(block):
        yield from holder.caveats


def _table_of(block: Block) -> Table | None:
    if isinstance(block, Chart):
        return block.figures
    return block if isinstance(block, Table) else None


def _holders(block: Block) -> Iterator[Finding | Row | Tile]:
    """Whatever in a block carries traces and caveats of its own."""
    found = _table_of(block)
    if found is not None:
        yield found.title
        yield from found.notes
        yield from (*found.rows, *found.footers)
    elif isinstance(block, FigureTiles):
        yield from block.tiles
    elif isinstance(block, List):
        yield from block.items
    elif isinstance(block, Heading | Paragraph):
        yield block.text
