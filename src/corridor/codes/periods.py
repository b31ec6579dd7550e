"""Periods: months, quarters, years, half-months, and the span from January that publishers cumulate.

A period is written ``2025`` (year), ``2025Q3`` (quarter), ``2025-01`` (month), ``2025-04H1`` (first half of a month) or
``2025-01:2025-09`` (cumulative from January of one year; ``2025-01:2025-09H1`` to the middle of a month). Other ranges
name several periods: ``2023:2025`` three years, ``2025Q1:2025Q3`` three quarters, ``2025-03:2025-05`` and
``2024-11:2025-02`` months.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from corridor.codes.names import LANGUAGES, shorten
from corridor.errors import UsageError

Freq = Literal["M", "Q", "A", "YTD", "H"]

FREQS: tuple[Freq, ...] = get_args(Freq)

# There are no monthly statistics before, and a typing error such as 20225 or 0225 must not pass for a year.
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Viet Nam's customs office cuts a month after this day.
_MIDDLE = 15

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:[Qq](?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:[Hh](?P<half>[12]))?)?")
_YEAR = re.compile(r"[0-9]{4}")
_HOW = "write 2025, 2025Q3, 2025-01, 2025-01:2025-09 (from January) or 2023:2025"

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
    "ru of": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")

_NAMES: Mapping[tuple[str, str], str] = {
    ("en", "A"): "{year}",
    ("en", "Q"): "Q{quarter} {year}",
    ("en", "M"): "{en} {year}",
    ("en", "H"): "{first}–{last} {en} {year}",
    ("en", "YTD"): "January–{en} {year}",
    ("en", "YTDH"): "1 January–{last} {en} {year}",
    # The Russian abbreviation of the year never begins a line.
    ("ru", "A"): "{year}\u00a0г.",
    ("ru", "Q"): "{roman} квартал {year}\u00a0г.",
    ("ru", "M"): "{ru} {year}\u00a0г.",
    ("ru", "H"): "{first}–{last} {ru_of} {year}\u00a0г.",
    ("ru", "YTD"): "январь–{ru} {year}\u00a0г.",
    ("ru", "YTDH"): "1 января – {last} {ru_of} {year}\u00a0г.",
    ("vi", "A"): "năm {year}",
    ("vi", "Q"): "quý {roman}/{year}",
    ("vi", "M"): "tháng {month}/{year}",
    ("vi", "H"): "kỳ {half} tháng {month}/{year}",
    ("vi", "YTD"): "{month} tháng {of_year} {year}",
    ("vi", "YTDH"): "từ 1/1 đến {last}/{month}/{year}",
}


@dataclass(frozen=True)
class Period:
    """A span of days: ``start`` and ``end`` are the first and the last day covered.

    ``freq`` is M (month), Q (quarter), A (year), H (half-month) or YTD (1 January to the end, or the middle, of a month
    of that year); ``cumulative`` is true exactly for YTD. Days that do not fit ``freq`` are refused with `UsageError`.
    """

    freq: Freq
    start: date
    end: date
    cumulative: bool = False

    def __post_init__(self) -> None:
        _known(self.freq)
        if self.cumulative != (self.freq == "YTD"):
            raise UsageError(f"a period of frequency {self.freq} cannot be cumulative={self.cumulative}")
        if (self.start, self.end) not in (_days(self.freq, self.end), _to_middle(self.freq, self.end)):
            raise UsageError(f"{self.start} to {self.end} is not a period of frequency {self.freq}", next_step=_HOW)

    @classmethod
    def at(cls, freq: Freq, day: date) -> Period:
        """The period of a frequency in which a day lies; for YTD the span to the end of its month."""
        return cls(freq, *_days(_known(freq), day), cumulative=freq == "YTD")

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls.at("A", _first_day(year, 1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A calendar quarter, 1..4."""
        return cls.at("Q", _first_day(year, 3 * quarter))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month, 1..12."""
        return cls.at("M", _first_day(year, month))

    @classmethod
    def half_month(cls, year: int, month: int, half: Literal[1, 2]) -> Period:
        """Day 1 to 15 of a month (half 1), or day 16 to its end (half 2)."""
        return cls.at("H", _first_day(year, month) + timedelta(days=0 if half == 1 else _MIDDLE))

    @classmethod
    def year_to_date(cls, year: int, month: int) -> Period:
        """1 January to the end of a month, as cumulative columns count."""
        return cls.at("YTD", _first_day(year, month))

    @property
    def code(self) -> str:
        """The period as text that `parse` reads back."""
        year, month = f"{self.start:%Y}", f"{self.end:%Y-%m}"
        return {
            "A": year,
            "Q": f"{year}Q{_quarter(self.end)}",
            "M": month,
            "H": f"{month}H{_half(self.end)}",
            "YTD": f"{year}-01:{month}{'H1' if self.ends_mid_month else ''}",
        }[self.freq]

    def __str__(self) -> str:
        return self.code

    @property
    def ends_mid_month(self) -> bool:
        """Whether its last day is the middle of a month."""
        return self.end.day == _MIDDLE

    @property
    def is_partial_year(self) -> bool:
        """Whether it covers less than a calendar year; such a period is never compared with a full one."""
        return (self.start, self.end) != _days("A", self.end)

    def previous(self) -> Period:
        """The period of the same kind just before; `UsageError` for a cumulative one: none of its length is there."""
        if self.freq == "YTD":
            raise UsageError(
                f"no period of the same length comes just before {self.code}, which counts from January",
                next_step="compare it with the same period of the year before",
            )
        return Period.at(self.freq, self.start - timedelta(days=1))

    def next(self) -> Period:
        """The period of the same kind just after; for a cumulative one the span to the end of the next day's month."""
        return Period.at(self.freq, self.end + timedelta(days=1))

    def same_period_last_year(self) -> Period:
        """The same year, quarter, month, half-month or span from January, one year earlier."""
        if (self.start, self.end) == _to_middle(self.freq, self.end):
            last = self.end.replace(year=self.end.year - 1)
            return Period(self.freq, date(last.year, 1, 1), last, cumulative=True)
        # Day 1 or 16 of the last month is in every year, day 29 of February is not.
        day = self.end.replace(day=1 if _half(self.end) == 1 else _MIDDLE + 1)
        return Period.at(self.freq, day.replace(year=day.year - 1))

    def months(self) -> tuple[Period, ...]:
        """The whole months it covers, in order; a half-month covers none."""
        if self.freq == "H":
            return ()
        last = self.end.month - self.ends_mid_month
        return tuple(Period.month(self.start.year, month) for month in range(self.start.month, last + 1))

    def split(self, freq: Freq) -> tuple[Period, ...]:
        """The period as periods of another frequency, in order; `UsageError` where it does not divide without rest.

        A year is four quarters, twelve months, or one span from January to December.
        """
        return _regrouped((self,), freq)


def parse(text: str) -> Period:
    """One period from text; `UsageError` if it cannot be read or names several (see `parse_many`)."""
    found = parse_many(text)
    if len(found) > 1:
        raise UsageError(
            f'"{shorten(text)}" names {len(found)} periods ({found[0]} to {found[-1]}) where one is needed',
            next_step="give a year, a quarter, a month or a span from January such as 2025-01:2025-09",
        )
    return found[0]


def parse_many(text: str, freq: Freq | None = None) -> tuple[Period, ...]:
    """The periods that a text names, in order; with ``freq`` given as periods of that frequency.

    A range from January within one year is one cumulative period; any other range is as many periods as it has
    years, quarters, months or half-months. `UsageError` if it cannot be read, runs backwards or does not divide.
    """
    first, colon, last = text.partition(":")
    found = _range(_single(first, text), _single(last, text), text) if colon else (_single(first, text),)
    return found if freq is None else _regrouped(found, freq)


def year_in(text: str) -> int | None:
    """The year that four digits write; None for anything else, as for a year that no statistics are of."""
    year = int(text) if _YEAR.fullmatch(text) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def of_dates(start: date, end: date, *, cumulative: bool) -> Period:
    """The period that covers exactly these days, e.g. those of a stored row; `UsageError` if there is none.

    With ``cumulative`` a span from January, without it a half-month, month, quarter or year.
    """
    kinds: tuple[Freq, ...] = ("YTD",) if cumulative else ("H", "M", "Q", "A")
    for freq in kinds:
        if (start, end) in (_days(freq, end), _to_middle(freq, end)):
            return Period(freq, start, end, cumulative)
    kind = "a span from January" if cumulative else "a half-month, month, quarter or year"
    raise UsageError(f"{start} to {end} is not {kind}", next_step=_HOW)


def name(period: Period, lang: str) -> str:
    """The period as the language says it: ``tháng 1/2025``, ``январь 2025 г.``, ``January 2025``.

    Russian is in the nominative, which is also the form after «за». A span from January to January is said as the
    month; Vietnamese says ``12 tháng năm 2025`` of a full one.
    """
    if lang not in LANGUAGES:
        raise UsageError(f'no names in the language "{shorten(lang)}"', next_step=f"there are: {', '.join(LANGUAGES)}")
    return _NAMES[lang, _spoken(period)].format(**_words(period))


def _spoken(period: Period) -> str:
    if period.freq != "YTD":
        return period.freq
    if period.ends_mid_month:
        return "YTDH"
    return "M" if period.end.month == 1 else "YTD"


def _words(period: Period) -> dict[str, str | int]:
    month = period.end.month
    return {
        "year": period.end.year,
        "quarter": _quarter(period.end),
        "roman": _ROMAN[_quarter(period.end) - 1],
        "month": month,
        "of_year": "đầu năm" if period.is_partial_year else "năm",
        "half": _half(period.end),
        "first": period.start.day,
        "last": period.end.day,
        "en": _MONTHS["en"][month - 1],
        "ru": _MONTHS["ru"][month - 1],
        "ru_of": _MONTHS["ru of"][month - 1],
    }


def _known(freq: Freq) -> Freq:
    if freq not in FREQS:
        raise UsageError(f'no frequency "{shorten(str(freq))}"', next_step=f"there are: {', '.join(FREQS)}")
    return freq


def _first_day(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise UsageError(f"a year has no month {month}", next_step=_HOW)
    return date(_sound(year), month, 1)


def _sound(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError(f"the year {year:04} is not between {FIRST_YEAR} and {LAST_YEAR}", next_step=_HOW)
    return year


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _half(day: date) -> int:
    return 1 if day.day <= _MIDDLE else 2


def _days(freq: Freq, day: date) -> tuple[date, date]:
    """First and last day of the period of a frequency in which a day lies."""
    year, month, last_quarter_month = _sound(day.year), day.month, 3 * _quarter(day)
    if freq == "H" and _half(day) == 1:
        return date(year, month, 1), date(year, month, _MIDDLE)
    first, last = {
        "A": (1, 12),
        "YTD": (1, month),
        "Q": (last_quarter_month - 2, last_quarter_month),
        "M": (month, month),
        "H": (month, month),
    }[freq]
    return date(year, first, _MIDDLE + 1 if freq == "H" else 1), date(year, last, monthrange(year, last)[1])


def _to_middle(freq: Freq, day: date) -> tuple[date, date] | None:
    """First and last day of a span from January that ends in the middle of the day's month; None for other kinds."""
    return (date(day.year, 1, 1), date(day.year, day.month, _MIDDLE)) if freq == "YTD" else None


def _regrouped(periods: tuple[Period, ...], freq: Freq) -> tuple[Period, ...]:
    """Adjoining periods as periods of another frequency that cover the same days."""
    _known(freq)
    if all(each.freq == freq for each in periods):
        return periods
    found = _COVERING[freq](tuple(month for each in periods for month in each.months()))
    if not found or (found[0].start, found[-1].end) != (periods[0].start, periods[-1].end):
        span = f"{periods[0].start} to {periods[-1].end}"
        raise UsageError(f"{span} is not made of whole periods of frequency {freq}", next_step=_HOW)
    return found


def _spans(months: tuple[Period, ...]) -> tuple[Period, ...]:
    return tuple({month.end.year: Period.at("YTD", month.end) for month in months}.values())


def _halves(months: tuple[Period, ...]) -> tuple[Period, ...]:
    return tuple(Period.at("H", day) for month in months for day in (month.start, month.end))


_COVERING: Mapping[Freq, Callable[[tuple[Period, ...]], tuple[Period, ...]]] = {
    "A": lambda months: tuple(dict.fromkeys(Period.at("A", month.start) for month in months)),
    "Q": lambda months: tuple(dict.fromkeys(Period.at("Q", month.start) for month in months)),
    "M": lambda months: months,
    "YTD": _spans,
    "H": _halves,
}


def _single(text: str, whole: str) -> Period:
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise UsageError(f'the period "{shorten(whole)}" cannot be read', next_step=_HOW)
    year = int(form["year"])
    if form["quarter"]:
        return Period.quarter(year, int(form["quarter"]))
    if form["half"]:
        return Period.half_month(year, int(form["month"]), 1 if form["half"] == "1" else 2)
    return Period.month(year, int(form["month"])) if form["month"] else Period.year(year)


def _range(first: Period, last: Period, text: str) -> tuple[Period, ...]:
    if (first.freq, last.freq) == ("M", "H") and _to_middle("YTD", last.end) == (first.start, last.end):
        return (Period("YTD", first.start, last.end, cumulative=True),)
    if first.freq != last.freq:
        raise UsageError(f'the range "{shorten(text)}" begins and ends with different kinds of period', next_step=_HOW)
    if last.start < first.start:
        raise UsageError(f'the range "{shorten(text)}" runs backwards', next_step=f"write {last}:{first}")
    if first.freq == "M" and first.start.month == 1 and first.start.year == last.start.year:
        return (Period.at("YTD", last.end),)
    found = [first]
    while found[-1] != last:
        found.append(found[-1].next())
    return tuple(found)
