"""LaTeX: every table of the report with booktabs, its notes and sources; for XeLaTeX or LuaLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corridor.report.catalogue import Catalogue, Lang
from corridor.report.documents.document import Block, Chart, Document, Heading, Table
from corridor.report.layout import Head, Laid
from corridor.report.render.columns import columns
from corridor.report.render.spoken import Spoken, heading, printable
from corridor.report.text import voice

#: Width of the text in millimetres, letters of a table in points.
_WIDTH, _SIZE = 160.0, 8.0
_BABEL: Mapping[Lang, str] = {"en": "british", "ru": "russian", "vi": "vietnamese"}
#: Fonts with all letters of the three languages, the first that is installed is used.
_FONTS = ("Times New Roman", "Libertinus Serif", "Noto Serif", "DejaVu Serif", "FreeSerif", "CMU Serif")
_SIGNS: Mapping[str, str] = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "[": "{[}", "]": "{]}", "\"": r"\textquotedbl{}", "-": "{-}", "`": "{`}", "'": "{'}", "\N{NO-BREAK SPACE}": "~",
    "\N{MINUS SIGN}": r"\ensuremath{-}", "≈": r"\ensuremath{\approx}", "●": r"\ensuremath{\bullet}",
    "○": r"\ensuremath{\circ}", "×": r"\ensuremath{\times}", "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}",
}  # fmt: skip
#: Where an address may be broken.
_JOINT = re.compile(r"/(?!/)|\{-\}|\\_")
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))


def tex(document: Document, lang: Lang, extra: Catalogue | None = None) -> str:
    """The tables of the document as one LaTeX source in that language; ``extra`` adds messages to the catalogue."""
    spoken = Spoken(document, voice(lang, extra, document.publishers()))
    lines = [*_preamble(lang), rf"\title{{{escaped(spoken.text(document.title))}}}", r"\author{}", r"\date{}"]
    lines += ["", r"\begin{document}", r"\maketitle"]
    lines += [f"{escaped(spoken.sentence(scope))}\n" for scope in document.meta.scope]
    lines += _blocks(document.front, spoken)
    for chapter in document.chapters:
        found = [*_blocks(chapter.blocks, spoken)]
        lines += [rf"\section{{{escaped(spoken.sentence(chapter.title))}}}", *found] if found else []
    lines += [rf"\section*{{{escaped(spoken.say('ui.sources'))}}}", r"\begin{enumerate}\small\raggedright"]
    lines += [rf"\item {_breakable(escaped(spoken.source(source)))}" for source in document.sources]
    # A list without an item does not compile.
    lines += [*([] if document.sources else [r"\item --"]), r"\end{enumerate}"]
    lines += [escaped(spoken.program()), r"\end{document}"]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that TeX prints as it stands."""
    return _SIGN.sub(lambda match: _SIGNS[match[0]], printable(text))


def _breakable(text: str) -> str:
    """Words of TeX whose addresses may go on in the next line: after a slash, a hyphen or a low line."""
    return _JOINT.sub(lambda match: match[0] + r"\allowbreak{}", text)


def _preamble(lang: Lang) -> Iterator[str]:
    fonts = "".join(rf"\IfFontExistsTF{{{font}}}{{\setmainfont{{{font}}}}}{{" for font in _FONTS) + "}" * len(_FONTS)
    yield r"\documentclass[10pt,a4paper]{article}"
    yield r"\usepackage{fontspec}"
    yield fonts
    yield rf"\usepackage[{_BABEL[lang]}]{{babel}}"
    yield r"\usepackage[margin=25mm]{geometry}"
    yield r"\usepackage{amsmath,array,booktabs,longtable,caption}"
    yield r"\captionsetup{justification=raggedright,singlelinecheck=false}"
    yield r"\setlength{\tabcolsep}{1.2mm}"
    yield r"\newcolumntype{L}[1]{>{\raggedright\arraybackslash}p{#1}}"
    yield r"\newcolumntype{R}[1]{>{\raggedleft\arraybackslash}p{#1}}"


def _blocks(blocks: Iterable[Block], spoken: Spoken) -> Iterator[str]:
    """Tables, the data of charts, and the headings over them."""
    waiting = ""
    for block in blocks:
        if isinstance(block, Heading):
            waiting = rf"\subsection*{{{escaped(spoken.sentence(block.text))}}}"
        elif isinstance(block, Table | Chart):
            yield from filter(None, (waiting,))
            yield from _table(block if isinstance(block, Table) else block.figures, spoken)
            waiting = ""


def _table(table: Table, spoken: Spoken) -> Iterator[str]:
    laid = spoken.laid(table)
    rows = [spoken.cells(line, laid) for line in laid.lines]
    feet = [spoken.cells(line, laid) for line in laid.footers]
    heads = [heading(head) for head in laid.heads]
    fitted = columns([heads, *rows, *feet], _WIDTH, _SIZE)
    yield r"\begingroup\scriptsize"
    yield rf"\begin{{longtable}}{{@{{}}{_columns(laid.heads, fitted.widths)}@{{}}}}"
    yield rf"\caption{{{escaped(spoken.caption(table, laid))}}}\\"
    yield r"\toprule"
    yield from _groups(laid)
    yield _row(heads) + r" \midrule\endhead"
    yield r"\bottomrule\endfoot"
    yield from map(_row, rows)
    if feet:
        yield r"\midrule"
        yield from map(_row, feet)
    yield r"\end{longtable}"
    yield from (f"\\noindent {escaped(note)}\\par" for note in spoken.notes(table, laid))
    yield r"\endgroup"


def _columns(heads: Sequence[Head], widths: Sequence[float]) -> str:
    gaps = 2.4 * (len(heads) - 1)
    room = (_WIDTH - gaps) / _WIDTH
    return "".join(
        f"{'R' if head.numeric else 'L'}{{{width * room:.1f}mm}}" for head, width in zip(heads, widths, strict=True)
    )


def _groups(laid: Laid) -> Iterator[str]:
    if laid.grouped:
        spans = (rf"\multicolumn{{{span}}}{{c}}{{{escaped(words)}}}" for words, span in laid.groups())
        yield " & ".join(spans) + r" \\"


def _row(cells: Iterable[str]) -> str:
    return " & ".join(map(escaped, cells)) + r" \\"
