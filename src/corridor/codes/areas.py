"""What areas are called: countries, former states, groups, regions and publishers' totals.

Codes:

- countries: ISO 3166-1 alpha-3 (``RUS``); regions: ISO 3166-2 (``RU-VLG``, ``VN-SG``);
- Russia's federal districts: ``RU-FD-`` and CENTRAL, NORTHWEST, SOUTH, NORTHCAUCASUS, VOLGA, URALS, SIBERIA or FAREAST;
- what only publishers print: ``RU-X35`` (OKATO 35000) and the like, ``XKX``; see `Area.publisher_code`;
- former states: their withdrawn ISO code (``SUN``), else ``X`` and the UN number (``X868``);
- groups: ``EAEU``, ``ASEAN``, ``EU`` (by date), ``EU27`` and ``EU28`` (fixed), ``CIS``, ``BRICS``, ``APEC``, ``WTO``,
  ``CPTPP``, ``RCEP``;
- partners that a publisher does not tell apart: ``X`` and the UN number (``X899``, areas not elsewhere specified);
- totals: ``WLD`` (the publisher's own), ``_LISTED`` (the partners listed in the table), ``_V03`` (the countries shown
  in table V03).

Nothing is read before the first question; then everything is one look-up in a dictionary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from corridor.codes import area_tables as tables
from corridor.codes.area_tables import Area, Kind, Membership
from corridor.codes.names import LANGUAGES, bare, key, nearest, shorten
from corridor.errors import UnknownName, UsageError

__all__ = [
    "Area",
    "Kind",
    "Membership",
    "area",
    "as_of",
    "codes",
    "contained",
    "country_of",
    "find",
    "first_mention",
    "from_publisher",
    "groups_of",
    "is_region",
    "members",
    "memberships",
    "name",
    "official_name",
    "regions",
    "successors",
]


def area(code: str) -> Area:
    """The area of an exact code; `UnknownName` otherwise. Regions of any country by their ISO 3166-2 code."""
    found = tables.areas().get(code) or tables.subdivision(code)
    if found is None:
        raise _unknown(code, "no area has the code")
    return found


def find(text: str) -> Area:
    """The area that somebody means: by code, number or whole name in English, Russian or Vietnamese.

    In this order: a code as written (``NGA`` is Nigeria); an ISO two-letter code in capitals; a number (ISO 3166-1 or
    UN M49, then a publisher's, leading zeros may be missing); a withdrawn or publisher's code in capitals (``ROM``);
    a name in any case (``Nga`` and ``nga`` are Russia in Vietnamese); a code of three or more letters in small letters
    (``rus``). Never a part of a name. Raises `UnknownName` with the nearest names, or with the areas that share it.
    """
    asked = text.strip()
    code = _code(asked) or _one_of(asked, _by_name().get(key(asked), ())) or _small_code(asked)
    if code is None:
        raise _unknown(asked, "no area is called")
    return area(code)


def name(code: str, lang: str) -> str:
    """The short name of an area, as running text uses it: ``Nga``, ``Россия``, ``Russia``."""
    names = area(code).names
    if lang not in names:
        raise UnknownName(f'no names in the language "{shorten(lang)}"', next_step=f"there are: {', '.join(LANGUAGES)}")
    return names[lang]


def official_name(code: str, lang: str) -> str:
    """The official name of a state (``Cộng hòa Nhân dân Trung Hoa``); its short name where none is known."""
    short = name(code, lang)
    return tables.official_names().get((code, lang), short)


def first_mention(code: str, lang: str) -> str:
    """The form for the first mention in a text, e.g. ``Liên bang Nga`` for Russia; mostly the short name."""
    short = name(code, lang)
    return tables.first_mentions().get((code, lang), short)


def codes(kind: Kind, *, publisher_codes: bool = False) -> tuple[str, ...]:
    """All codes of a kind in alphabetical order; publishers' own codes outside ISO only on demand."""
    found = (each for each in tables.areas().values() if each.kind == kind)
    return tuple(sorted(each.code for each in found if publisher_codes or not each.publisher_code))


def is_region(code: str) -> bool:
    """Whether an area is a part of a country (a federal district is a group of regions, not a region)."""
    return area(code).kind == "region"


def country_of(code: str) -> str:
    """The country that a region or federal district belongs to; a country, group or total is its own."""
    found = area(code)
    return found.code if found.parent is None else country_of(found.parent)


def regions(
    country: str, *, on: date | None = None, nested: bool = False, publisher_codes: bool = False
) -> tuple[str, ...]:
    """The regions of a country, so chosen that their sum counts nothing twice.

    Autonomous okrugs that lie within another region (RU-NEN in RU-ARK, RU-KHM and RU-YAN in RU-TYU) come only with
    ``nested`` - or as the regions of that other region. ``on`` keeps those that existed on that day;
    ``publisher_codes`` adds codes that are not in ISO 3166-2. Empty for an area without regions.
    """
    return tuple(
        sorted(
            each.code
            for each in _within(area(country), nested=nested)
            if (on is None or each.existed(on)) and (publisher_codes or not each.publisher_code)
        )
    )


def memberships(group: str) -> tuple[Membership, ...]:
    """Who has ever belonged to a group, with dates; `UsageError` if the area is not a group."""
    if area(group).kind != "group":
        raise UsageError(f"{shorten(group)} is not a group of areas", next_step=f"groups: {', '.join(codes('group'))}")
    return _memberships_by(of="group").get(group, ())


def members(group: str, on: date, *, publisher_codes: bool = False) -> tuple[str, ...]:
    """The members of a group on a day, accession and last day included. EU27 and EU28 never change.

    Of a federal district: its regions without nested ones (they lie in their parents), and without codes outside
    ISO 3166-2 unless ``publisher_codes``.
    """
    found = (each.member for each in memberships(group) if tables.covers(each.since, each.until, on))
    return tuple(sorted(code for code in found if publisher_codes or not area(code).publisher_code))


def groups_of(code: str, on: date) -> tuple[str, ...]:
    """The groups an area belongs to on a day; a nested region belongs where its parent does."""
    found = area(code)
    all_time = _memberships_by(of="member").get(code, ())
    own = [each.group for each in all_time if tables.covers(each.since, each.until, on)]
    if found.kind == "region" and found.parent is not None and is_region(found.parent):
        own += groups_of(found.parent, on)
    return tuple(sorted(own))


def successors(code: str) -> tuple[str, ...]:
    """The areas that a former state became, directly; empty for one that still exists."""
    area(code)
    return tuple(sorted(each.successor for each in tables.successions() if each.former == code))


def as_of(code: str, on: date) -> str:
    """The area that stood on a day where ``code`` stands: ``RUS`` in 1990 is ``SUN``, ``SRB`` in 2000 is ``SCG``.

    The code itself where it existed then, and where nothing is known. Of two (Viet Nam before 1976) none is chosen:
    `UsageError`.
    """
    area(code)
    before = sorted(
        each.former for each in tables.successions() if each.successor == code and not each.existed and on < each.since
    )
    if len(before) > 1:
        raise UsageError(
            f"{code} was {' and '.join(before)} on {on}", next_step="add the two up, or begin the series later"
        )
    return as_of(before[0], on) if before else code


def contained(code: str, on: date) -> frozenset[str]:
    """Every area that lies within ``code`` on a day, however deep: members, regions, successors of a former state.

    Empty for a single country without regions that have codes here, and for a publisher's total, which contains all.
    A former state contains its successors on any day: a table may tell of both.
    """
    found = area(code)
    inner = {each.code for each in _children().get(code, ())}
    if found.kind == "group":
        inner.update(members(code, on, publisher_codes=True))
    if found.kind == "former":
        inner.update(successors(code))
    if found.kind == "country":
        inner.update(each for each in codes("group") if area(each).parent == code)
    return frozenset(inner).union(*(contained(each, on) for each in inner))


def from_publisher(publisher: str, code: str, on: date | None = None) -> Area:
    """The area for which a publisher uses a code: ``("un_comtrade", "251")`` is France, ``("okato", "19000")`` RU-VLG.

    Publishers: un_comtrade (also BACI's numbers), wits, imf, iso3166_3 (withdrawn codes), okato (five digits or
    more). A code outside the publisher's own list is read as ISO or UN M49. ``on`` is the first day of the data;
    without it the newest use counts. `UnknownName` for another publisher, an unknown code, or a day out of its use.
    """
    okato = publisher == "okato"
    asked = code.strip()[:5] if okato else code.strip()
    uses = _codes_of(publisher).get(asked, ())
    found = uses[-1].area if uses else None if okato else _iso_code(asked)
    if on is not None:
        found = _in_use(uses, found, on)
    if found is None:
        raise UnknownName(f'{publisher} has no area of the code "{shorten(code)}"{f" on {on}" if on else ""}')
    return area(found)


def _in_use(uses: tuple[tables.PublisherCode, ...], plain: str | None, on: date) -> str | None:
    if uses:
        return next((each.area for each in uses if tables.covers(each.since, each.until, on)), None)
    return plain if plain and area(plain).existed(on) else None


def _within(outer: Area, *, nested: bool) -> list[Area]:
    inner = _children().get(outer.code, ())
    # What lies in a region of our own tables stands there too; the standard's list takes a while to read.
    if not inner and not (outer.kind == "region" and outer.code in tables.areas()):
        inner = tables.subdivisions(outer.iso2 or outer.code[:2])
    direct = [each for each in inner if each.parent == outer.code]
    return direct + [deeper for each in direct if nested for deeper in _within(each, nested=True)]


def _code(asked: str) -> str | None:
    return _iso_code(asked) or _one_of(asked, _by_publisher_code().get(asked, ()))


def _iso_code(asked: str) -> str | None:
    if asked in tables.areas() or tables.subdivision(asked):
        return asked
    if asked.isascii() and asked.isdigit():
        return _by_number().get(asked.zfill(3)) if len(asked) <= 3 else None
    return _by_iso2().get(asked)


def _small_code(asked: str) -> str | None:
    # Two small letters are left alone: «my», «ao», «bi» are more often Vietnamese names typed without their accents.
    return _iso_code(asked.upper()) if len(asked) > 2 and asked.isascii() and asked.islower() else None


def _one_of(asked: str, found: tuple[str, ...]) -> str | None:
    if len(found) > 1:
        both = ", ".join(f"{name(code, 'en')} ({code})" for code in found)
        raise UnknownName(f'"{shorten(asked)}" is the name of more than one area', next_step=f"give a code: {both}")
    return found[0] if found else None


def _unknown(asked: str, what: str) -> UnknownName:
    spelt: dict[tuple[str, ...], str] = {}
    for text in nearest(asked, _hints(), count=9):
        spelt.setdefault(_by_name()[key(text)], text)
    close = [f"{text} ({' or '.join(found)})" for found, text in spelt.items()][:3]
    return UnknownName(
        f'{what} "{shorten(asked)}"',
        next_step=f"nearest: {', '.join(close)}" if close else "give an ISO code such as RUS or a name in en, ru or vi",
    )


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text, code in tables.spellings():
        found[key(text)][code] = None
    return {text: tuple(each) for text, each in found.items() if text}


@cache
def _by_number() -> Mapping[str, str]:
    return {each.numeric: each.code for each in tables.areas().values() if each.numeric}


@cache
def _by_iso2() -> Mapping[str, str]:
    return {each.iso2: each.code for each in tables.areas().values() if each.iso2}


@cache
def _by_publisher_code() -> Mapping[str, tuple[str, ...]]:
    # OKATO is left out: five digits say nothing about an area to somebody who did not ask for OKATO.
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for each in tables.publisher_codes():
        if each.publisher != "okato":
            found[each.code][each.area] = None
    return {code: tuple(each) for code, each in found.items()}


@cache
def _codes_of(publisher: str) -> Mapping[str, tuple[tables.PublisherCode, ...]]:
    found: dict[str, tuple[tables.PublisherCode, ...]] = {}
    for each in tables.publisher_codes():
        if each.publisher == publisher:
            found[each.code] = (*found.get(each.code, ()), each)
    if not found:
        there = dict.fromkeys(each.publisher for each in tables.publisher_codes())
        raise UnknownName(
            f'no codes of the publisher "{shorten(publisher)}"', next_step=f"there are: {', '.join(there)}"
        )
    return found


@cache
def _children() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for each in tables.areas().values():
        if each.kind == "region" and each.parent:
            found[each.parent] = (*found.get(each.parent, ()), each)
    return found


@cache
def _memberships_by(*, of: str) -> Mapping[str, tuple[Membership, ...]]:
    found: dict[str, tuple[Membership, ...]] = {}
    for each in tables.memberships():
        which = each.group if of == "group" else each.member
        found[which] = (*found.get(which, ()), each)
    return found


@cache
def _hints() -> Mapping[str, str]:
    return {bare(text): text for text, _ in tables.spellings()}
