"""A text in paragraphs, each in one language, and paragraphs in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from corridor.bulletin.claims import Language
from corridor.bulletin.grids import Grid
from corridor.bulletin.numbering import OPENS_ITEM, numbering
from corridor.bulletin.tokens import BULLETS, Token
from corridor.bulletin.words import abbreviations

_LINE = re.compile(r"[^\n]+")
# Short for units, not for years: a capital after their point begins a sentence.
_UNITS = frozenset({"долл", "руб", "т", "шт", "ед", "тыс", "млн", "млрд", "проц", "mln", "bln", "mn", "bn", "mio"})
# "Trade in the first quarter (January to March 2024)", «Итоги 2024 г.»: how a heading may end.
_DATED = re.compile(r"(?:\s?\([^()\n]{0,40}\b\d{4}(?:\s?г\.)?\)|(?<=\d{4})\s?гг?\.)$")
_CURRENCIES = frozenset({"сша", "usd", "us"})
_STATES = "us"
_DOLLARS = frozenset({"$", "dollar", "dollars"})
_TABLE_ROW = re.compile(r"[^\t|]*(?:\t|\|)[^\t|]*(?:\t|\|)")
_LABEL = re.compile(r"\s*[^\W_][^:\n]{2,40}:\s")
_ENTRY = re.compile(r"[^:\n]{2,60}:\s*[-+−]?[0-9][0-9., \u00a0]{0,20}")
_SIGN = re.compile(r"\S")
# A word, and a number: what a cell that explains itself has.
_TELLS = re.compile(r"[^\W\d_]{3}")
_COUNTS = re.compile(r"[0-9]")
_ENDS_SENTENCE = (".", "!", "?", ":", ";", "…", "»", "”")
# A line shorter than this that is not continued by a small letter is a heading, not a wrapped line.
_SHORT_LINE = 60
# "The main goods that Viet Nam imported from the Russian Federation in the first nine months of 2025:"
_LONGEST_HEAD = 150
_SHORT_ITEM = 60
_SHORT_PARAGRAPH = 200
_LONGEST_ROW = 8
# A text with a line longer than this was not wrapped by a program: its lines end where its author ended them.
_WIDEST = 160
# Longer sentences are lists without end; they are read in pieces.
_LONGEST_SENTENCE = 400

_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềếểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|in|from|to|were|was)\b", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A paragraph: where it stands, and its language."""

    start: int
    end: int
    language: Language


def blocks(text: str, tables: Iterable[Grid]) -> Iterator[Block]:
    """The paragraphs of a text. Lines that a program wrapped are joined; rows of its ``tables`` are left to them."""
    language = whole = language_of(text, "en")
    for start, end in _paragraphs(text, {each.start for each in tables}):
        language = _language_of_item(text[start:end], language, whole)
        yield Block(start, end, language)


def language_of(text: str, otherwise: Language) -> Language:
    """The language by its letters; ``otherwise`` where there are hardly any."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin < 4:
        return otherwise
    if cyrillic > latin:
        return "ru"
    return "vi" if len(_VIETNAMESE.findall(text)) * 25 > latin else "en"


def _language_of_item(text: str, otherwise: Language, whole: Language) -> Language:
    """The language of a paragraph; a short one of a Vietnamese text may have few of its own letters."""
    item = OPENS_ITEM.match(text) is not None or is_entry(text)
    short = len(text) < _SHORT_ITEM and item and not _CYRILLIC.search(text)
    if otherwise == "vi" and short:
        return otherwise
    found = language_of(text, otherwise)
    brief = len(text) < _SHORT_PARAGRAPH and not _ENGLISH.search(text)
    return whole if whole == "vi" and found == "en" and brief else found


def is_list_item(tokens: Sequence[Token]) -> bool:
    """Whether a paragraph begins as an item of a list does: with a bullet, or with its number and a point."""
    return bool(tokens) and (tokens[0].text in BULLETS or numbering(tokens) > 0)


def is_row(tokens: Sequence[Token]) -> bool:
    """Whether a paragraph is a line of a list without bullets: "January 179.4", "Coffee 55.4 (+18.9%)"."""
    opened = next((place for place, token in enumerate(tokens[:_LONGEST_ROW]) if token.text == "("), 0)
    tokens = tokens[:opened] if opened and tokens[-1].text == ")" else tokens
    return 1 < len(tokens) <= _LONGEST_ROW and tokens[0].kind == "word" and tokens[-1].kind == "number"


def is_entry(line: str) -> bool:
    """Whether a line is a name, a colon and a bare number: "May: 202.6"."""
    return _ENTRY.fullmatch(line.strip()) is not None


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a heading: one line that no sign ends, with more to come."""
    line = _DATED.sub("", text[start:end].rstrip())
    return "\n" not in line and not line.endswith((*_ENDS_SENTENCE, ")", ",")) and _SIGN.search(text, end) is not None


def is_section(text: str, start: int, end: int) -> bool:
    """Whether a paragraph only announces what follows it: "II. Exports", "Exports:"."""
    line = text[start:end].strip()
    return (len(line) < _LONGEST_HEAD and line.endswith(":")) or is_heading(text, start, end)


def sentences(tokens: Sequence[Token], lang: Language) -> Iterator[list[Token]]:
    """The sentences of a paragraph."""
    sentence: list[Token] = []
    numbers = 0
    for place, token in enumerate(tokens):
        sentence.append(token)
        numbers += token.kind == "number"
        if _ends(tokens, place, numbers, lang) or len(sentence) >= _LONGEST_SENTENCE:
            yield sentence
            sentence, numbers = [], 0
    if sentence:
        yield sentence


def _paragraphs(text: str, tables: Set[int]) -> Iterator[tuple[int, int]]:
    """Where paragraphs stand; at ``tables`` one begins."""
    held: tuple[int, int] | None = None
    lines = list(_LINE.finditer(text))
    rows = [_is_table_row(line.group()) for line in lines]
    width = _wrapped_at([line.group() for line, row in zip(lines, rows, strict=True) if not row])
    for place, line in enumerate(lines):
        if not line.group().strip() or (rows[place] and _has_a_row_beside(rows, place)):
            if held:
                yield held
            held = None
        elif held and line.start() not in tables and _continues(text, held, line, width):
            held = (held[0], line.end())
        else:
            if held:
                yield held
            held = (line.start(), line.end())
    if held:
        yield held


def _wrapped_at(lines: Sequence[str]) -> int:
    """The width at which a program wrapped the lines, or 0 where none goes on in small letters from a long one."""
    width = max(map(len, lines), default=0)
    goes_on = any(
        after[:1].islower() and len(before) >= _SHORT_LINE and not before.rstrip().endswith(_ENDS_SENTENCE)
        for before, after in pairwise(lines)
    )
    return width if goes_on and width <= _WIDEST else 0


def _is_table_row(line: str) -> bool:
    """Whether a line's cells need a table's head; "Exports $526 mn | Imports $609 mn" explains itself."""
    if not _TABLE_ROW.match(line):
        return False
    cells = line.split("|")
    return "\t" in line or not all(_TELLS.search(cell) and _COUNTS.search(cell) for cell in cells)


def _has_a_row_beside(rows: Sequence[bool], place: int) -> bool:
    """ "TRADE FLASH | Korea: April exports | 2 May": a row alone is no table's."""
    return any(rows[max(0, place - 1) : place]) or any(rows[place + 1 : place + 2])


def _continues(text: str, held: tuple[int, int], line: re.Match[str], width: int) -> bool:
    if text.count("\n", held[1], line.start()) > 1 or OPENS_ITEM.match(line.group()):
        return False
    before = text[max(held[0], text.rfind("\n", held[0], held[1]) + 1) : held[1]].rstrip()
    first = line.group().lstrip()[0]
    if _LABEL.match(line.group()) and _LABEL.match(before):
        # Lines that each begin with what they tell of.
        return False
    if before.endswith(_ENDS_SENTENCE):
        return False
    if OPENS_ITEM.match(text[held[0] : held[1]]) and first.isupper() and line.group()[0] == first:
        # "- coal: 3 million" and, in the next line, "Imports by product": an item that no sign ends.
        return False
    # A program would have put the first word on the line before, had there been room.
    full = width - len(before) <= len(line.group().split(maxsplit=1)[0])
    return first.islower() or first.isdigit() or (bool(width) and full and len(before) >= _SHORT_LINE)


def _ends(tokens: Sequence[Token], place: int, numbers: int, lang: Language) -> bool:
    token = tokens[place]
    if token.text in "!?…":
        return True
    if token.text != "." or place + 1 == len(tokens):
        return False
    after, before = tokens[place + 1], tokens[place - 1] if place else token
    if after.start == token.end and after.kind != "sign":
        return False
    if before.key not in abbreviations(lang):
        return before.kind != "number" or place > 1
    if before.key in _UNITS and after.capital:
        return not _is_currency(tokens, place + 1)
    # «2024 г. Экспорт» may end a sentence, «в 2024 г. Россия» may not: one number so far is the year's own.
    return after.capital and numbers > 1 and not _is_currency(tokens, place + 1)


def _is_currency(tokens: Sequence[Token], place: int) -> bool:
    """ "3.59 bn. US dollars", but "3.59 bn. US exports"."""
    after = tokens[place + 1].key if place + 1 < len(tokens) else ""
    return tokens[place].key in _CURRENCIES and (tokens[place].key != _STATES or after in _DOLLARS)
