"""The words of a PDF page with their places.

Only here is the PDF library spoken to. The text of a page is asked for once and cut at its blanks; a place is
asked for only where a word begins and ends, which takes less than half as long as the box of every character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import c_double
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from corridor.errors import BrokenLayout, UnreadableFile, Where

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

#: The longest form seen has 62 pages and 2,400 characters on a page. A file far beyond that is something else.
MOST_PAGES = 200
MOST_CHARACTERS = 20_000

#: Points by which the baselines of one printed line may differ; two lines are at least three points apart.
SAME_LINE = 2.0
#: From one character to the next, in points: more than the first on the average is worth a closer look, and more
#: than the second, wider than any letter of the forms, is a gap between two words.
WIDE_ADVANCE, WIDEST_ADVANCE = 7.0, 16.0

_WORD = re.compile(r"\S+")


class Word(NamedTuple):
    """A run of characters without a blank, in points from the page's lower left corner.

    ``end`` is where its last character begins: all digits being equally wide, it tells the column of a
    right-aligned number as well as the right edge does.
    """

    text: str
    start: float
    end: float
    baseline: float


@contextmanager
def opened(path: Path, name: str) -> Iterator[PdfDocument]:
    """The PDF document at ``path``. Raises `UnreadableFile` if it is damaged or asks for a password."""
    # The library takes longer to load than the terminal takes to answer --help.
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as fault:
        raise UnreadableFile(
            f"the PDF cannot be opened: {str(fault).rstrip('.')}",
            where=Where(file=name),
            next_step="it is damaged, incomplete or locked by a password; fetch it again from the publisher",
        ) from None
    with closing(document):
        yield document


def page_words(document: PdfDocument, index: int, name: str) -> list[Word]:
    """The words of one page in the file's own order, which need not be the order of reading.

    ``index`` counts from 0. An empty page gives an empty list. Raises `UnreadableFile` for a page that the
    library cannot load and `BrokenLayout` for one with more text than any form has.
    """
    from pypdfium2 import PdfiumError

    where = Where(file=name, page=index + 1)
    try:
        with closing(document[index]) as page, closing(page.get_textpage()) as text:
            return _words(text, where)
    except PdfiumError as fault:
        raise UnreadableFile(
            f"the page cannot be loaded: {str(fault).rstrip('.')}",
            where=where,
            next_step="the file is incomplete; fetch it again",
        ) from None


def _words(page: Any, where: Where) -> list[Word]:
    count = page.count_chars()
    if count > MOST_CHARACTERS:
        raise BrokenLayout(
            f"{count} characters on one page, far more than a form has",
            where=where,
            next_step="check that this is the customs office's table",
        )
    places = _Places(page.raw)
    words: list[Word] = []
    for match in _WORD.finditer(_text(page, count)):
        words.extend(_placed(places, match.group(), match.start()))
    return words


def _text(page: Any, count: int) -> str:
    """The page's text with one character a place, whatever the library leaves out of its running text."""
    text = str(page.get_text_range()) if count else ""
    if len(text) == count:
        return text
    from pypdfium2 import raw

    return "".join(_character(raw.FPDFText_GetUnicode(page.raw, index)) for index in range(count))


def _character(code: int) -> str:
    """A character that can be written again: a blank for no character, a mark for what is none of Unicode's."""
    if code == 0:
        return " "
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


class _Places:
    """Where characters stand on one page, asked for one by one."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self._ask = raw.FPDFText_GetCharOrigin
        self._page = page
        self._x, self._y = c_double(), c_double()

    def of(self, index: int) -> tuple[float, float]:
        self._ask(self._page, index, self._x, self._y)
        return self._x.value, self._y.value


def _placed(places: _Places, text: str, at: int) -> list[Word]:
    start, baseline = places.of(at)
    end, last_baseline = places.of(at + len(text) - 1)
    apart = end - start
    if 0 <= apart <= WIDE_ADVANCE * (len(text) - 1) and abs(baseline - last_baseline) <= SAME_LINE:
        return [Word(normalize("NFC", text), start, end, baseline)]
    return list(_torn_apart(places, text, at))


def _torn_apart(places: _Places, text: str, at: int) -> Iterator[Word]:
    """Words that the file's text stream glues together although they stand in different places.

    One publisher's file writes the footer's "trang" and then, to the left of it, "020.T" without a blank.
    """
    spots = [places.of(at + offset) for offset in range(len(text))]
    first = 0
    for here in range(1, len(text) + 1):
        if here == len(text) or not _follows(spots[here - 1], spots[here]):
            yield Word(normalize("NFC", text[first:here]), spots[first][0], spots[here - 1][0], spots[first][1])
            first = here


def _follows(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return 0 <= other[0] - one[0] <= WIDEST_ADVANCE and abs(other[1] - one[1]) <= SAME_LINE
