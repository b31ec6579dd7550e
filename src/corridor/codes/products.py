"""Viet Nam customs' main commodity groups (classification VNC) and the chapters of the Harmonized System.

Labels, order, units and the dated break are the customs office's, from its tables 020.T and 021.T. English and
Russian names, HS ranges and degrees of processing are ours: the office's own definition of its groups was not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Literal, get_args

from corridor.codes._lookup import in_language, unknown
from corridor.codes._resources import yaml_table
from corridor.codes.names import LANGUAGES, key
from corridor.errors import UnknownName

Flow = Literal["export", "import"]
Degree = Literal["raw", "low", "middle", "high"]

#: Classes of processing, least first.
DEGREES: tuple[Degree, ...] = get_args(Degree)
#: The code of all goods together.
TOTAL = "TOTAL"
#: The code of the group that holds what no named group holds.
RESIDUAL = "other_goods"

#: What Russia's customs writes for the code of goods that it keeps secret.
CONFIDENTIAL = "XXXXXXXXXX"

_TOTAL_NAMES: Mapping[str, str] = {"en": "All goods", "ru": "Все товары", "vi": "Tất cả hàng hóa"}
_CONFIDENTIAL_NAMES: Mapping[str, str] = {
    "en": "Goods kept confidential", "ru": "Товары, код которых не раскрывается", "vi": "Hàng hóa không công bố mã số",
}  # fmt: skip
_FLOWS: tuple[Flow, ...] = get_args(Flow)


@dataclass(frozen=True)
class Row:
    """One row of a printed table: its place, its exact label, its unit (t, piece or none), the dates it was printed."""

    code: str
    flow: Flow
    order: int
    label: str
    unit: str
    since: date | None = None
    until: date | None = None

    def printed(self, on: date) -> bool:
        """Whether the table of the period holding that day has the row."""
        return (self.since or date.min) <= on <= (self.until or date.max)


@dataclass(frozen=True)
class Group:
    """One group. ``hs`` are chapters, headings, subheadings or ranges of them, as text; ``degrees`` least first.

    ``approximate`` says that ``hs`` and ``degrees`` are our own assignment, which holds for every group but the
    residual one, which has neither.
    """

    code: str
    names: Mapping[str, str]
    flows: tuple[Flow, ...]
    unit: str
    hs: tuple[str, ...]
    degrees: tuple[Degree, ...]
    energy: bool
    residual: bool
    approximate: bool
    rows: tuple[Row, ...]

    def label(self, flow: Flow) -> str:
        """The label exactly as printed in the table of the flow; raises `UnknownName` if it has no such row."""
        labels = [row.label for row in self.rows if row.flow == flow]
        if not labels:
            raise UnknownName(f"the {flow} table has no row {self.code}")
        return labels[0]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows_of(flow: Flow, labels: Mapping[str, str]) -> Iterator[Row]:
    order = 0
    for entry in yaml_table("vnc_groups.yml")["lists"][flow]:
        since, until = _date(entry.get("from")), _date(entry.get("until"))
        # A row that starts on a date stands in the place of the row above it.
        order += since is None
        label = entry.get("label", labels[entry["code"]])
        yield Row(entry["code"], flow, order, label, entry["unit"], since, until)


@cache
def rows(flow: Flow) -> tuple[Row, ...]:
    """All rows the table of a flow ever had, in printed order. Source: forms 020.T and 021.T of Viet Nam customs."""
    labels = {entry["code"]: entry["vi"] for entry in yaml_table("vnc_groups.yml")["groups"]}
    return tuple(_rows_of(flow, labels))


def _group(entry: Mapping[str, Any]) -> Group:
    own = tuple(row for flow in _FLOWS for row in rows(flow) if row.code == entry["code"])
    residual = entry.get("residual", False)
    return Group(
        code=entry["code"],
        names={lang: entry[lang] for lang in LANGUAGES},
        flows=tuple(flow for flow in _FLOWS if any(row.flow == flow for row in own)),
        unit=own[0].unit if own else entry["unit"],
        hs=tuple(entry["hs"]),
        degrees=tuple(entry["degrees"]),
        energy=entry.get("energy", False),
        residual=residual,
        approximate=not residual,
        rows=own,
    )


@cache
def _groups() -> Mapping[str, Group]:
    return {entry["code"]: _group(entry) for entry in yaml_table("vnc_groups.yml")["groups"]}


def codes() -> tuple[str, ...]:
    """The codes of all groups: of both tables, then those of the statistics office alone."""
    return tuple(_groups())


def group(code: str) -> Group:
    """The group of a code, or the HS code as a group of its own; raises `UnknownName` with the nearest codes.

    `TOTAL` is no group; goods kept confidential are a residual one.
    """
    if is_hs(code) or code == CONFIDENTIAL:
        return _of_hs(code)
    try:
        return _groups()[code]
    except KeyError:
        raise unknown("product group", code, _groups()) from None


def is_hs(code: str) -> bool:
    """Whether a code is one of the Harmonized System or of a national tariff built on it: 2 to 10 digits."""
    return code.isascii() and code.isdigit() and 2 <= len(code) <= 10


@cache
def _of_hs(code: str) -> Group:
    """An HS code told as a group; what was not specified by kind (9999 and the like), or not told, is a residual."""
    secret = code == CONFIDENTIAL
    chapter = _chapters().get(code[:2])
    named = chapter if chapter and len(code) == 2 else dict.fromkeys(LANGUAGES, f"HS {code}")
    named = _CONFIDENTIAL_NAMES if secret else named
    return Group(
        code=code,
        names={lang: named[lang] for lang in LANGUAGES},
        flows=_FLOWS,
        unit="",
        hs=() if secret else (code,),
        degrees=(),
        energy=code.startswith("27"),
        residual=secret or code.startswith("99"),
        approximate=False,
        rows=(),
    )


def groups(flow: Flow, on: date | None = None) -> tuple[Group, ...]:
    """The groups of a flow's table in printed order.

    With a day, those printed for the period holding it (46 exports, 53 imports); without, all the table ever had
    (47 exports: `base_metals_and_articles` up to February 2026 and `base_metals` from March 2026 on).
    """
    return tuple(group(row.code) for row in rows(flow) if on is None or row.printed(on))


def name(code: str, lang: str) -> str:
    """The name of a group, or of all goods, in en, ru or vi; in Vietnamese the exact printed label.

    The two tables print one label with and without a comma; `Group.label` gives each table's own.
    """
    return in_language(_TOTAL_NAMES if code == TOTAL else group(code).names, lang)


def is_residual(code: str) -> bool:
    """Whether the group holds what the publisher put in no named group."""
    return code != TOTAL and group(code).residual


def paired(code: str, on: date | None = None) -> bool:
    """Whether both tables print the group, so that trade in it can go both ways.

    With a day, at that day; without, at any time. A group on one table only is one-way trade.
    """
    printed = {row.flow for row in group(code).rows if on is None or row.printed(on)}
    return len(printed) == len(_FLOWS)


@cache
def _by_name() -> Mapping[str, str]:
    index = {key(code): code for code in _groups()}
    for code, found in _groups().items():
        spellings = (*found.names.values(), *(row.label for row in found.rows))
        index.update({key(spelling): code for spelling in spellings})
    return index


def find(text: str) -> Group:
    """The group of a code, a name in any language or a printed label, letter case, blanks and commas apart.

    Never by part of a word; raises `UnknownName` with the nearest names.
    """
    code = _by_name().get(key(text))
    if code is None:
        raise unknown("product group", text, _by_name())
    return group(code)


# Chapters and headings of the Harmonized System


@cache
def _chapters() -> Mapping[str, Mapping[str, str]]:
    return {entry["code"]: entry for entry in yaml_table("hs_chapters.yml")["chapters"]}


def hs_chapters() -> tuple[str, ...]:
    """The codes of the 97 chapters, "01" to "97"; chapter 77 is reserved and holds nothing."""
    return tuple(_chapters())


def _chapter(code: str) -> Mapping[str, str]:
    try:
        return _chapters()[code]
    except KeyError:
        raise unknown("HS chapter", code, _chapters()) from None


def hs_chapter(code: str, lang: str) -> str:
    """The short name, in our words, of an HS chapter ("01".."97", text) in en, ru or vi."""
    return in_language(_chapter(code), lang)


def _ends(span: str) -> tuple[str, str]:
    first, _, last = span.partition("-")
    return first, last or first


def _chapter_headings(code: str) -> range:
    first, last = _ends(_chapter(code)["headings"])
    return range(int(first), int(last) + 1) if first else range(0)


@cache
def _headings(span: str) -> frozenset[int]:
    first, last = _ends(span)
    if len(first) == 2:
        inside = (f"{number:02}" for number in range(int(first), int(last) + 1))
        return frozenset(heading for code in inside for heading in _chapter_headings(code))
    return frozenset(range(int(first[:4]), int(last[:4]) + 1))


def _overlap(one: Row, other: Row) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def _rivals(row: Row) -> Iterator[frozenset[int]]:
    """What the other groups printed beside this row claim as whole headings."""
    for other in rows(row.flow):
        if other.code != row.code and _overlap(row, other):
            yield from (_headings(span) for span in group(other.code).hs if len(_ends(span)[0]) <= 4)


def _kept(row: Row) -> set[int]:
    kept: set[int] = set()
    rivals = tuple(_rivals(row))
    for span in group(row.code).hs:
        claim = _headings(span)
        # A claim to subheadings never yields: it is the narrowest there is.
        narrower = (rival for rival in rivals if len(rival) < len(claim)) if len(_ends(span)[0]) <= 4 else ()
        kept |= claim.difference(*narrower)
    return kept


def _as_text(headings: set[int]) -> Iterator[str]:
    runs = groupby(enumerate(sorted(headings)), key=lambda pair: pair[1] - pair[0])
    for _, run in runs:
        numbers = [number for _, number in run]
        yield f"{numbers[0]:04}" if len(numbers) == 1 else f"{numbers[0]:04}-{numbers[-1]:04}"


@cache
def headings(code: str, flow: Flow | None = None) -> tuple[str, ...]:
    """The HS headings a group holds, as "0901" or "2701-2704", approximately; empty for the residual group.

    Chapters are spelt out; where two groups of one table claim a heading, the narrower claim has it. With a flow,
    by the groups of that table; without, by either. A heading claimed only in part (cashew nuts, 0801) is shown whole.
    """
    kept = (_kept(row) for row in group(code).rows if flow in (None, row.flow))
    return tuple(_as_text(set().union(*kept)))
