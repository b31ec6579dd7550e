"""Charts as files of their own: SVG, PNG at the size of a slide, data as CSV.

Each stands by itself: a title that says the finding, what is drawn, the unit, the chart, who published the
figures and in which release, a text alternative.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator
from xml.sax.saxutils import escape

from corridor.evidence import Finding
from corridor.report.catalogue import Catalogue, Lang
from corridor.report.charts.figures import figures_of
from corridor.report.charts.look import FONT, INK, MUTED, Look
from corridor.report.charts.png import pngs
from corridor.report.charts.svg import drawing, size
from corridor.report.documents.document import Chart, Document
from corridor.report.layout import lay_out
from corridor.report.references import references, traces_of
from corridor.report.text import Voice, voice

#: A slide of 16 to 9, its margins, its letters, in pixels.
SLIDE = (1280, 720)
_MARGIN, _TITLE, _FOOT = 48, 28, 15
#: Letters of a line of the title, and of a line under it that says what is drawn.
_LETTERS, _UNDER = 78, 150
#: Dots to the inch that make a slide 1920 dots wide.
_PPI = 144.0


def saved(document: Document, lang: Lang, extra: Catalogue | None = None) -> dict[str, bytes]:
    """The files of every chart by their names: ``figure-01-structure.svg``, ``.png``, ``.csv``."""
    words = voice(lang, extra, document.publishers())
    charts = document.charts()
    slides = [slide(chart, document, words) for chart in charts]
    made: dict[str, bytes] = {}
    for number, (chart, drawn, dots) in enumerate(zip(charts, slides, pngs(slides, _PPI), strict=True), start=1):
        name = f"figure-{number:02}-{chart.kind.replace('_', '-')}"
        made |= {f"{name}.svg": drawn.encode(), f"{name}.png": dots, f"{name}.csv": _csv(chart, words)}
    return made


def slide(chart: Chart, document: Document, words: Voice) -> str:
    """The chart on a slide, as SVG."""
    title = textwrap.wrap(words.text(chart.figures.title), _LETTERS) or [""]
    under = [line for note in chart.figures.notes for line in textwrap.wrap(words.text(note), _UNDER)]
    below = _MARGIN + len(title) * (_TITLE + 8)
    top = below + len(under) * (_FOOT + 5)
    room = (SLIDE[0] - 2 * _MARGIN, SLIDE[1] - top - _MARGIN - 2 * _FOOT)
    drawn, scale = _filling(chart, words, room)
    inner = drawn.partition(">")[2].removesuffix("</svg>")
    head = "".join(
        _words(line, _MARGIN, _MARGIN + (place + 1) * (_TITLE + 4) - 8, _TITLE, INK) for place, line in enumerate(title)
    )
    head += "".join(
        _words(line, _MARGIN, below + place * (_FOOT + 5) + 4, _FOOT, MUTED) for place, line in enumerate(under)
    )
    foot = _words(source_line(chart, document, words), _MARGIN, SLIDE[1] - _MARGIN / 2, _FOOT, MUTED)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{SLIDE[0]}" '
        f'height="{SLIDE[1]}" viewBox="0 0 {SLIDE[0]} {SLIDE[1]}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(words.text(chart.figures.title))}</title>'
        f'<desc id="d">{escape(words.text(chart.alt))}</desc>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{head}'
        f'<g transform="translate({_MARGIN},{top}) scale({scale:.4f})" fill="none">{inner}</g>{foot}</svg>'
    )


def _filling(chart: Chart, words: Voice, room: tuple[int, int]) -> tuple[str, float]:
    """The chart and the scale at which it fills its room: a high chart is drawn wider."""
    drawn = figures_of(chart, words)
    first = drawing(chart.kind, drawn, Look(words.lang))
    width, height = size(first)
    scale = min(room[0] / width, room[1] / height)
    wide = int(room[0] / scale) - 8
    if wide <= width:
        return first, scale
    again = drawing(chart.kind, drawn, Look(words.lang, wide))
    return again, min(room[0] / size(again)[0], room[1] / size(again)[1])


def source_line(chart: Chart, document: Document, words: Voice) -> str:
    """Who published the figures, and in which release."""
    found = references(document, traces_of(lay_out(chart.figures, words)))
    publishers = dict.fromkeys(each.source.publisher[words.lang] for each in found)
    parts = ["; ".join(publishers), *_release(document, words), document.meta.generator]
    return f"{words.words.say('ui.source')}: {', '.join(filter(None, parts))}"


def _release(document: Document, words: Voice) -> Iterator[str]:
    for fact in document.meta.facts:
        if fact.key == "release" and not isinstance(fact.value, Finding):
            yield "".join(run.text for run in words.filled(fact.value))


def _words(text: str, x: float, y: float, letters: int, colour: str) -> str:
    return f'<text x="{x}" y="{y}" font-family="{FONT}" font-size="{letters}" fill="{colour}">{escape(text)}</text>'


def _csv(chart: Chart, words: Voice) -> bytes:
    """The chart's data: labels in the language, unrounded numbers."""
    laid = lay_out(chart.figures, words)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([head.words for head in laid.heads])
    for line in laid.lines:
        first, *rest = line.cells
        values = ["" if cell.measure is None or cell.measure.value is None else cell.measure.value for cell in rest]
        writer.writerow([first.text, *values])
    return ("\ufeff" + out.getvalue()).encode()
