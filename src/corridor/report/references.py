"""From the traces of a statement to the references that a reader follows: which file, which page, which rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corridor.report.documents.document import Document, Source
from corridor.report.layout import Laid


@dataclass(frozen=True)
class Reference:
    """A source by its printed number, and the places in it: page (or sheet) and rows, as text."""

    number: int
    source: Source
    places: tuple[tuple[str, str], ...]


def references(document: Document, traces: Iterable[str]) -> tuple[Reference, ...]:
    """The references behind traces, by number of the source. Raises `UntracedNumber`."""
    rows: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for trace_id in dict.fromkeys(traces):
        trace = document.trace(trace_id)
        rows[document.source_number(trace)][trace.page].append(trace.row)
    return tuple(
        Reference(
            number, document.sources[number - 1], tuple((page, spans(found)) for page, found in rows[number].items())
        )
        for number in sorted(rows)
    )


def traces_of(laid: Laid) -> tuple[str, ...]:
    """The traces of all rows of a table."""
    return tuple(dict.fromkeys(trace for line in (*laid.lines, *laid.footers) for trace in line.row.traces))


def with_sources(document: Document, laid: Laid) -> Laid:
    """The table, told whether all its traced rows come from the same sources."""
    lines = [line for line in (*laid.lines, *laid.footers) if line.row.traces]
    same = len(lines) > 1 and len({_sources(document, line.row.traces) for line in lines}) == 1
    return replace(laid, same_sources=same)


def _sources(document: Document, traces: tuple[str, ...]) -> frozenset[int]:
    return frozenset(document.source_number(document.trace(trace)) for trace in traces)


def numbers_in_print(found: Sequence[Reference]) -> str:
    """The numbers of the sources, runs joined: ``1–3, 7``."""
    return spans(str(reference.number) for reference in found)


def spans(numbers: Iterable[str]) -> str:
    """Numbers in ascending order, runs of three or more joined: ``1–3, 7``. What is no number stands at the end."""
    texts = list(dict.fromkeys(text for text in numbers if text))
    known = sorted(int(text) for text in texts if text.isdigit())
    runs = [[n for _, n in run] for _, run in groupby(enumerate(known), key=lambda pair: pair[1] - pair[0])]
    return ", ".join([part for run in runs for part in _run(run)] + [text for text in texts if not text.isdigit()])


def _run(numbers: Sequence[int]) -> list[str]:
    return [f"{numbers[0]}–{numbers[-1]}"] if len(numbers) > 2 else [str(n) for n in numbers]
