"""The text of an HTML page: what a reader sees, a line a paragraph."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from corridor.bulletin.spans import Spans, alone, columns_of

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body|article|p|div|h1|table)\b",
    re.IGNORECASE,
)
_NAMES = (".html", ".htm", ".xhtml")
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button"})
# Tags with a picture written into them are long; what is longer is no tag.
_LONGEST_TAG = 20_000
# No page has so many tables within tables.
_DEEPEST = 50
_BLANKS = re.compile(r"[ \f\v\u3000]+")


def is_html(text: str, name: str) -> bool:
    """Whether a text is a web page, by how it begins or by its name."""
    return bool(_HEAD.match(text[:2000])) or name.lower().endswith(_NAMES)


def html_text(text: str) -> str:
    """The visible text: blocks on lines of their own, cells of a row parted by tabs."""
    reader = _Reader()
    reader.feed(_without_endless(text))
    reader.close()
    lines = (alone(_BLANKS.sub(" ", line).strip(" ")) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    """How many columns or rows a cell takes."""
    return columns_of(next((value for key, value in attrs if key == name), None) or "")


def _without_endless(text: str) -> str:
    """The text with each ``<`` spelled out that begins neither tag nor comment.

    `HTMLParser` looks through the whole rest of a page for the end of every one that has none.
    """
    closed = {"<!--": max(text.rfind("-->"), text.rfind("-- >")), "<![": text.rfind("]>")}
    end = -1

    def spelled(match: re.Match[str]) -> str:
        nonlocal end
        start = match.start()
        if end < start:
            end = text.find(">", start)
            end = len(text) + _LONGEST_TAG if end < 0 else end
        unclosed = any(start > last and text.startswith(opening, start) for opening, last in closed.items())
        return "&lt;" if unclosed or end - start > _LONGEST_TAG else "<"

    return re.sub("<", spelled, text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []
        self._in_cell = 0
        self._spans = [Spans()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _CELLS:
            self._in_cell += 1
            self.parts.append("\t" * self._spans[-1].begin_cell(_span(attrs, "colspan"), _span(attrs, "rowspan")))
        elif tag == "tr" or (tag in _BLOCKS and not self._in_cell):
            self._begin(tag)
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self._begin(tag)
            self.parts.append(" ")

    def _begin(self, tag: str) -> None:
        if tag == "tr":
            self._spans[-1].begin_row()
        elif tag == "table" and len(self._spans) < _DEEPEST:
            self._spans.append(Spans())

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            # A page may forget to close what is inside; closing the outer tag closes it too.
            del self._hidden[self._hidden.index(tag) :]
        elif tag in _CELLS:
            self._in_cell = max(0, self._in_cell - 1)
            self.parts.append("\t" * self._spans[-1].wide)
        elif tag in _BLOCKS:
            if tag == "table" and len(self._spans) > 1:
                self._spans.pop()
            self.parts.append("\n" if not self._in_cell or tag == "tr" else " ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data.replace("\n", " ").replace("\t", " ").replace("\r", " "))
