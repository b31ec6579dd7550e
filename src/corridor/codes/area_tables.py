"""Where areas come from: ISO codes from pycountry, short names from the CLDR (Babel), the rest from our own tables.

Our own tables (``data/areas_*.csv``, every cell text) hold only what those packages lack or say differently from
trade statistics:

- ``names``: short and official names that differ, and further names by which people and publishers call a country;
- ``first_mention``: the form for the first mention in a text;
- ``own``: former states, groups, totals of publishers, codes outside ISO 3166;
- ``members``: who belongs to a group since and until which day (both days included);
- ``successors``: what became of a former state, and since when;
- ``regions``: Russia's federal subjects with OKATO (first five digits), Viet Nam's provinces, in three languages;
- ``codes``: codes that one publisher uses, with the days between which they are used.

Sources: ISO 3166-1, -2, -3; UN M49; OKATO (OK 019-95); Russian presidential decrees 849 (13 May 2000), 82 (19 January
2010) and 632 (3 November 2018) on the federal districts; resolution 202/2025/QH15 on Viet Nam's provinces; treaties of
accession of the groups; the code lists of UN Comtrade, WITS and the IMF.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from corridor.codes.names import LANGUAGES

if TYPE_CHECKING:
    from gettext import NullTranslations

#: ``rest``: partners that a publisher does not tell apart ("areas not elsewhere specified").
Kind = Literal["country", "former", "region", "group", "aggregate", "rest"]

_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True)
class Area:
    """Somebody who trades, or a set of them.

    ``parent`` is the area that contains it: the country of a region, or the region that an autonomous okrug lies in.
    ``since`` and ``until`` are the first and the last day on which the area existed under this code;
    ``successor`` took it over; ``changed`` is the day on which its territory changed under the same code.
    ``publisher_code`` marks codes outside ISO 3166 that exist because a publisher's file must be readable; they
    state nothing about the status of a territory. ``transliterated`` names the languages whose name is only a
    transliteration. ``okato`` is the five-digit code of Russian publishers.
    """

    code: str
    kind: Kind
    parent: str | None
    iso2: str | None
    numeric: str | None
    names: Mapping[str, str] = field(hash=False)
    okato: str | None = None
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    changed: date | None = None
    publisher_code: bool = False
    transliterated: tuple[str, ...] = ()

    def existed(self, on: date) -> bool:
        """Whether the area existed under this code on that day."""
        return covers(self.since, self.until, on)


@dataclass(frozen=True)
class Membership:
    """One member of a group; ``until`` is its last day; ``approximate`` where the day is not certain."""

    group: str
    member: str
    since: date | None
    until: date | None
    approximate: bool


@dataclass(frozen=True)
class PublisherCode:
    """A code that one publisher uses for an area, and the first and last day of its use."""

    publisher: str
    code: str
    area: str
    since: date | None
    until: date | None


def covers(since: date | None, until: date | None, on: date) -> bool:
    """Whether a day lies between two days, both included; None is open."""
    return (since is None or since <= on) and (until is None or on <= until)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one of our own tables, every cell text, an empty cell an empty text."""
    from importlib.resources import files

    text = files("corridor.codes").joinpath("data", f"areas_{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@cache
def areas() -> Mapping[str, Area]:
    """Every area with a name in three languages, by code."""
    own = [_own(row) for row in rows("own")]
    regions = [_region(row) for row in rows("regions")]
    return {area.code: area for area in (*_countries(), *own, *regions)}


def subdivision(code: str) -> Area | None:
    """A region of any country by its ISO 3166-2 code, named as the standard does; None if there is none."""
    if not _SUBDIVISION.fullmatch(code):
        return None
    entry = _pycountry().subdivisions.get(code=code)
    return _subdivision(entry) if entry else None


@cache
def subdivisions(iso2: str) -> tuple[Area, ...]:
    """All ISO 3166-2 regions of a country, named as the standard does."""
    return tuple(_subdivision(entry) for entry in _pycountry().subdivisions.get(country_code=iso2) or ())


@cache
def memberships() -> tuple[Membership, ...]:
    """Who belongs to which group, since when, until when."""
    return tuple(
        Membership(row["group"], row["member"], _day(row["since"]), _day(row["until"]), bool(row["approximate"]))
        for row in rows("members")
    )


@dataclass(frozen=True)
class Succession:
    """What took a former area's place, from which day; ``existed`` where it stood beside the former one before."""

    former: str
    successor: str
    since: date
    existed: bool


@cache
def successions() -> tuple[Succession, ...]:
    """Which areas took the place of which former ones."""
    return tuple(
        Succession(row["former"], row["successor"], date.fromisoformat(row["since"]), bool(row["existed"]))
        for row in rows("successors")
    )


@cache
def publisher_codes() -> tuple[PublisherCode, ...]:
    """The codes of publishers that differ from ISO; the regions' OKATO under the publisher ``okato``."""
    own = (
        PublisherCode(row["publisher"], row["code"], row["area"], _day(row["since"]), _day(row["until"]))
        for row in rows("codes")
    )
    okato = (PublisherCode("okato", row["okato"], row["code"], None, None) for row in rows("regions") if row["okato"])
    return (*own, *okato)


@cache
def official_names() -> Mapping[tuple[str, str], str]:
    """Official names of states by (code, language), where one is known."""
    known = {(code, language): text for code, language, text in _packaged_official_names()}
    for row in rows("names"):
        known |= {(row["code"], lang): row[f"official_{lang}"] for lang in LANGUAGES if row[f"official_{lang}"]}
    return known


@cache
def first_mentions() -> Mapping[tuple[str, str], str]:
    """Names for the first mention in a text by (code, language), where it differs from the short name."""
    return {(row["code"], language): row[language] for row in rows("first_mention") for language in LANGUAGES}


def spellings() -> Iterator[tuple[str, str]]:
    """Every (name, code) by which an area may be asked for."""
    for code, area in areas().items():
        yield from ((name, code) for name in area.names.values())
    for table in ("names", "own", "regions"):
        for row in rows(table):
            yield from ((name, row["code"]) for name in row["aliases"].split("|") if name)
    yield from ((text, code) for (code, _), text in official_names().items())
    yield from _packaged_names()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _pycountry() -> Any:
    # Imported late because it takes a tenth of a second; its records have no declared attributes.
    import pycountry

    return pycountry


def _countries() -> Iterator[Area]:
    ours = {row["code"]: row for row in rows("names")}
    cldr = {language: _cldr_names(language) for language in LANGUAGES}
    for entry in _pycountry().countries:
        row = ours.get(entry.alpha_3, {})
        names = {lang: row.get(lang) or cldr[lang].get(entry.alpha_2) or entry.name for lang in LANGUAGES}
        yield Area(entry.alpha_3, "country", None, entry.alpha_2, entry.numeric, names)


def _cldr_names(language: str) -> Mapping[str, str]:
    from babel import Locale

    conjunction = {"en": " and ", "ru": " и ", "vi": " và "}[language]
    names = ((code, str(name)) for code, name in Locale(language).territories.items())
    return {code: _spelled_out(name).replace(" & ", conjunction) for code, name in names}


def _spelled_out(name: str) -> str:
    # The CLDR abbreviates for maps and lists; a report is running text.
    return name.replace("о-ва", "острова").replace("о-в", "остров")


def _own(row: Mapping[str, str]) -> Area:
    return Area(
        row["code"],
        cast(Kind, row["kind"]),
        row["parent"] or None,
        row["iso2"] or None,
        row["numeric"] or None,
        {language: row[language] for language in LANGUAGES},
        since=_day(row["since"]),
        until=_day(row["until"]),
        successor=row["successor"] or None,
        publisher_code=bool(row["publisher_code"]),
    )


def _region(row: Mapping[str, str]) -> Area:
    return Area(
        row["code"],
        "region",
        row["parent"],
        None,
        None,
        {language: row[language] for language in LANGUAGES},
        okato=row["okato"] or None,
        since=_day(row["since"]),
        until=_day(row["until"]),
        successor=row["successor"] or None,
        changed=_day(row["changed"]),
        publisher_code=bool(row["publisher_code"]),
        transliterated=tuple(row["transliterated"].split()),
    )


def _subdivision(entry: Any) -> Area:
    names = dict.fromkeys(LANGUAGES, entry.name)
    parent = entry.parent_code or entry.country.alpha_3
    return Area(entry.code, "region", parent, None, None, names, transliterated=LANGUAGES)


def _translations(language: str) -> NullTranslations:
    import gettext

    return gettext.translation("iso3166-1", _pycountry().LOCALES_DIR, languages=[language])


def _packaged_official_names() -> Iterator[tuple[str, str, str]]:
    russian = _translations("ru")
    for entry in _pycountry().countries:
        if text := getattr(entry, "official_name", ""):
            yield entry.alpha_3, "en", text.removeprefix("the ")
            yield entry.alpha_3, "ru", _without_stress(russian.gettext(text))


def _packaged_names() -> Iterator[tuple[str, str]]:
    russian = _translations("ru")
    cldr = [_cldr_names(language) for language in LANGUAGES]
    for entry in _pycountry().countries:
        texts = {getattr(entry, kind, entry.name) for kind in ("name", "common_name", "official_name")}
        texts |= {_without_stress(russian.gettext(text)) for text in texts}
        texts |= {names[entry.alpha_2] for names in cldr if entry.alpha_2 in names}
        yield from ((text, entry.alpha_3) for text in sorted(texts))


def _without_stress(text: str) -> str:
    # Some Russian translations mark the stress by a combining acute accent, as dictionaries do.
    return unicodedata.normalize("NFC", text.replace("\u0301", ""))
