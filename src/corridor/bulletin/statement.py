"""The sentences of a text, each with what its words mean and where it stands: heading, list, paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from corridor.bulletin.amounts import items
from corridor.bulletin.blocks import blocks, is_entry, is_heading, is_list_item, is_row, is_section, sentences
from corridor.bulletin.bodies import without_bodies
from corridor.bulletin.claims import Language
from corridor.bulletin.fiscal import Fiscal
from corridor.bulletin.grids import Grid
from corridor.bulletin.habits import habits
from corridor.bulletin.layout import announced, exemplified, laid_out, repeats
from corridor.bulletin.marks import find
from corridor.bulletin.neighbours import as_year
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Pieces, with_places
from corridor.bulletin.quantities import WIDE
from corridor.bulletin.tokens import Token, tokenise
from corridor.bulletin.words import looks_back, rule_words

_UNTIL = "until"
_EXCESS_REACH = 6
_OTHER_SIGN = {"surplus": "deficit", "deficit": "surplus"}
_SIGN_OF = {"export": "surplus", "import": "deficit"}
# What an excess keeps of the words between the two flows: with whom they are.
_BESIDE_FLOW = frozenset({"area", "demonym", "period"})
_AMOUNTS = frozenset({"quantity", "bare"})
# Tables in prose and lists repeat themselves: what the same words mean is asked once. Who and when is asked each time.
_Understood: TypeAlias = "tuple[Pieces, Mark | None]"


@dataclass(frozen=True)
class Statement:
    """A sentence and what its words mean by themselves.

    ``heading``: it is a title; ``section``: it stands over a section; it ``opens`` a paragraph; ``listed``: an item;
    ``under``: the flow that its goods are of, unless it names one; ``headed``: a line over them names it.
    """

    tokens: Sequence[Token]
    pieces: Pieces
    language: Language
    heading: bool = False
    section: bool = False
    opens: bool = False
    listed: bool = False
    under: str = ""
    headed: bool = False

    @property
    def announces(self) -> bool:
        """ "Trade picks up in August", "Exports that rose:": it only leads to what the text then tells with figures."""
        return self.heading or (self.section and "quantity" not in self.kinds)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its pieces."""
        return self.pieces.kinds


def statements(text: str, tables: Iterable[Grid]) -> tuple[list[Statement], Fiscal]:
    """The sentences of a text beside its ``tables``, in order, and when its years begin that do not in January."""
    read = _read(text, tables)
    years = Fiscal.of(sentence.pieces for sentence in read)
    return _with_layouts(_with_fiscal_years(read, years)), years


def _read(text: str, tables: Iterable[Grid]) -> list[Statement]:
    """The sentences alone; a unit told in a heading holds for the list under it."""
    found: list[Statement] = []
    known: dict[tuple[str, int, Language, Mark | None], _Understood] = {}
    header: Mark | None = None
    told: Mark | None = None
    wide: Mark | None = None
    for block in blocks(text, tables):
        tokens = tokenise(text, block.start, block.end, block.language)
        listed = is_list_item(tokens) or is_row(tokens) or is_entry(text[block.start : block.end])
        heading, opens = is_heading(text, block.start, block.end), True
        section = is_section(text, block.start, block.end)
        # "(million USD)", "Exports:" and a list.
        header = header if listed or section else wide
        for each in sentences(tokens, block.language):
            asked = (text[each[0].start : each[-1].end], len(each), block.language, header)
            if asked not in known:
                known[asked] = _understood(each, block.language, header)
            pieces, header = known[asked]
            if header is None and told is not None and repeats(pieces):
                pieces, header = _understood(each, block.language, told)
            told = header or told
            wide = _holds_throughout(pieces) or wide
            found.append(Statement(each, pieces, block.language, heading, section, opens, is_list_item(tokens)))
            opens = False
    return found


def _holds_throughout(pieces: Pieces) -> Mark | None:
    """ "(Value in million US dollars)", "Foreign trade, 2025 (mln USD)": the unit of all that looks like an amount."""
    if "header" not in pieces.kinds or pieces.kinds & _AMOUNTS or pieces[-1].value != ")":
        return None
    header = next(piece for piece in pieces if piece.kind == "header")
    return replace(header, slots={**header.slots, WIDE: (1,)}) if isinstance(header, Mark) else None


def _with_layouts(read: list[Statement]) -> list[Statement]:
    """What is announced of the numbers in brackets holds till another is; of a note under a list, for that list."""
    said = [exemplified(*announced(sentence.pieces)) for sentence in read]
    now = next((told for told, _ in said if told), None)
    if now is None:
        return read
    found: list[Statement] = []
    for sentence, (told, pieces) in zip(read, said, strict=True):
        now = told or now
        if pieces:
            found.append(_with(sentence, laid_out(pieces, now)))
    return found


def _with_fiscal_years(read: list[Statement], years: Fiscal) -> list[Statement]:
    """Years such as "FY 2024/25" with the month that they begin in, which the whole text tells."""
    return [_with(each, years.dated(each.pieces)) for each in read] if years.spoken else read


def _with(sentence: Statement, pieces: Pieces) -> Statement:
    return sentence if pieces is sentence.pieces else replace(sentence, pieces=pieces)


def _understood(tokens: Sequence[Token], lang: Language, header: Mark | None) -> _Understood:
    """What the words of a sentence mean by themselves, and the unit that holds after it."""
    marks = _with_base_years(without_bodies(find(tokens, lang), tokens, lang), tokens)
    marks = _without_excess(_with_excess_named(_looking_back(marks, tokens, lang)))
    pieces = with_places(items(marks, tokens, lang, header), tokens, lang)
    return pieces, next((mark for mark in reversed(marks) if mark.kind == "header"), header)


def _with_base_years(marks: list[Mark], tokens: Sequence[Token]) -> list[Mark]:
    """ "Lower than that recorded in the corresponding period | of 2023": one base, whatever words lead to it."""
    found: list[Mark] = []
    for mark in marks:
        base = found[-1] if found else mark
        open_ended = (
            base.kind in ("base", "then") and base.value == "same" and tokens[base.j - 1].key in rule_words("span")
        )
        if open_ended and mark.kind == "period" and mark.value == "year":
            found[-1] = replace(base, value="same_year", j=mark.j, slots={**base.slots, **mark.slots})
        else:
            found.append(mark)
    return found


def _without_excess(marks: list[Mark]) -> list[Mark]:
    """ "Sold 90 million | more to Russia than it bought": a surplus, and no growth."""
    told = next((at for at, mark in enumerate(marks) if mark.slot("excess")), 0)
    turn = next((at for at in range(told - 1, max(told - _EXCESS_REACH, 0), -1) if marks[at].kind == "direction"), None)
    if turn is None:
        return marks
    less = marks[turn].value == "down"
    sign = _OTHER_SIGN[marks[told].value] if less else marks[told].value
    excess = replace(marks[told], value=sign, i=marks[turn].i, j=marks[turn].j)
    return [*marks[:turn], excess, *marks[turn + 1 : told], *marks[told + 1 :]]


def _with_excess_named(marks: list[Mark]) -> list[Mark]:
    """ "The excess of | imports from Russia over exports": a deficit."""
    start = next((at for at, mark in enumerate(marks) if mark.kind == "excess"), None)
    if start is None:
        return marks
    near = range(start + 1, min(start + _EXCESS_REACH * 2, len(marks)))
    flows = [at for at in near if marks[at].kind == "flow" and marks[at].value in _SIGN_OF]
    if len(flows) < 2 or marks[flows[0]].value == marks[flows[1]].value:
        return marks
    first, second = flows[:2]
    named = replace(marks[first], value=_SIGN_OF[marks[first].value], slots={})
    kept = [mark for mark in marks[first + 1 : second] if mark.kind in _BESIDE_FLOW]
    return [*marks[:start], *marks[start + 1 : first], named, *kept, *marks[second + 1 :]]


def _looking_back(marks: list[Mark], tokens: Sequence[Token], lang: Language) -> list[Mark]:
    """ "By 2025 exports had risen": the year of a sentence in the past is a plain one, unless it tells a plan."""
    untold = any(mark.kind == "modal" or (mark.kind == "mute" and mark.value != _UNTIL) for mark in marks)
    if untold or not any(token.key in looks_back(lang) for token in tokens):
        return marks
    # «К 2024 году» may be a base; «к концу 2024 года» is none.
    slot = "end" if habits(lang).dates_are_bases else "Y"
    return [as_year(mark) if mark.kind == "mute" and mark.slot(slot) else mark for mark in marks]
