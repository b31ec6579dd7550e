"""What stands over a table: its title, the line that tells the unit, and what the text has spoken of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin import said
from corridor.bulletin.claims import BOTH, Language, Level
from corridor.bulletin.grids import Cell, Grid, holds_amount
from corridor.bulletin.heads import Kind, Told, flow_of_listed, read
from corridor.bulletin.phrases import Mark
from corridor.bulletin.scene import Scene
from corridor.bulletin.when import YEAR, When
from corridor.bulletin.words import head_pattern

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NEAR = 700
_MOST_LINES = 3
_LONGEST_TITLE = 220
# "Table 3. Imports …", «Bảng 1. …»: the number of a title.
_BEFORE_NUMBER, _NUMBER = r"\W*", r"\W{0,2}[\w.-]{0,8}[.:]\s"
# A longer word before a point ends a sentence, «2025 г.» does not.
_SENTENCE = re.compile(r"[^\W\d_]{4}[.!?;](?:\s*$|\s+[^\W\d_])|[0-9%)][.!?;]\s*$")


@dataclass(frozen=True)
class Title:
    """``told``: by the table's own title and first head; ``levels``: the unit told once for it.

    ``when`` is the period spoken of, by the title if it is ``dated``, else by the text before.
    """

    told: Told
    levels: tuple[Level, ...]
    scene: Scene
    when: When | None
    dated: bool
    mute: bool = False
    whole_years: bool = False

    @property
    def rate(self) -> Kind:
        """What rates are that no head tells of: "(million USD; % growth)"."""
        return self.told.kind if self.told.kind in ("growth", "share", "ratio") else "mute"

    def beside(self, heads: Sequence[Told]) -> Title:
        """The title of columns with these heads: "Dec 2025 | 2025" sets a month beside a whole year."""
        told = [when for head in heads if head.when and (when := _period(head.when, self.scene, self._year, self.when))]
        lengths = {when.length for when in told}
        return replace(self, whole_years=YEAR in lengths and min(lengths) < YEAR)

    @property
    def _year(self) -> int | None:
        return self.when.end_year if self.when else None

    def period(self, mark: Mark, year: int | None = None) -> When | None:
        """The period of a head or a row. A year beside a shorter period means that year's same months."""
        when = _period(mark, self.scene, year or self._year, self.when)
        months = self.when
        if when is None or months is None or when.length != YEAR or not self._runs(months):
            return when
        return months.shifted(when.first - YEAR * months.start_year)

    def _runs(self, months: When) -> bool:
        """Whether a year is told beside months of one: of a title's, else of the year that is not over yet."""
        within = not self.whole_years and months.length < YEAR and months.start_year == months.end_year
        return within and (self.dated or (months.last % YEAR < YEAR - 1 and self.scene.section is not None))


def title(text: str, grid: Grid, heads: Sequence[Told], lang: Language, scene: Scene) -> Title:
    """What a table with these ``heads`` stands under."""
    own = read(text, [line[grid.label] for line in grid.heads], lang)
    above = [(cell, read(text, [cell], lang)) for cell in _above(text, grid.start)]
    units = (own, *(_unit(text, cell, told, lang) for cell, told in above))
    levels = next((told.levels for told in units if told.levels), ())
    titles = list(_titles(above))
    told = _merged([own, *titles])
    mute = any(each.kind == "mute" for each in titles) and not any(each.flow for each in titles)
    listed = flow_of_listed(" ".join(line[grid.label].text for line in grid.heads))
    told = replace(told, flow=told.flow or ("" if scene.flow else listed))
    years = [year for head in heads if head.when and (year := head.when.slot("Y"))]
    year = scene.year or max(years, default=None)
    when = _period(told.when, scene, year, scene.when) if told.when else None
    if levels or not _follows_table(above):
        scene.counted = levels
    found = Title(told, scene.counted, scene, when or scene.when, when is not None, mute)
    return found.beside(heads[grid.label + 1 :])


def _above(text: str, start: int) -> Iterator[Cell]:
    """The lines over a table, the nearest first."""
    begin = max(0, start - _NEAR)
    lines = [match for match in _LINE.finditer(text, begin, start) if not begin or match.start() > begin]
    for line in lines[: -_MOST_LINES - 1 : -1]:
        yield Cell(line.start(), line.end(), line.group().strip())


def _follows_table(above: Sequence[tuple[Cell, Told]]) -> bool:
    """Whether another table ends right over this one: its unit may hold on."""
    return any("|" in cell.text or "\t" in cell.text or ";" in cell.text for cell, _ in above)


def _unit(text: str, cell: Cell, told: Told, lang: Language) -> Told:
    """What a line tells of the unit, prose in its last sentence: "… was uneven. Figures in USD million:"."""
    if not holds_amount(cell.text):
        return told
    begin = max(cell.text.rfind(sign) for sign in (". ", ": ")) + 2
    last = cell.text[begin:] if begin > 1 else cell.text
    return Told() if holds_amount(last) else read(text, [Cell(cell.end - len(last), cell.end, last)], lang)


def _titles(above: Sequence[tuple[Cell, Told]]) -> Iterator[Told]:
    """The lines that are titles, up to the first that is prose; the unit may stand between."""
    for cell, told in above:
        words = head_pattern("numbered", _BEFORE_NUMBER, _NUMBER).sub("", cell.text)
        if len(words) > _LONGEST_TITLE or _SENTENCE.search(words) or "|" in words or "\t" in words:
            return
        yield told


def _merged(told: Sequence[Told]) -> Told:
    """What several lines tell, the nearest one first."""
    found = Told()
    for each in told:
        trade = each.flow if each.flow in BOTH else ""
        found = replace(
            found,
            flow=found.flow or trade,
            goods=found.goods or each.goods,
            when=found.when or each.when,
            roles=found.roles or each.roles,
            of=found.of or each.of,
            kind=found.kind or each.kind,
            place=found.place or each.place,
        )
    return replace(found, product=found.goods[0] if len(found.goods) == 1 else "")


def _period(mark: Mark, scene: Scene, year: int | None, when: When | None) -> When | None:
    return said.period(scene.fiscal.dated_mark(mark), year if year is not None else scene.year, when)
