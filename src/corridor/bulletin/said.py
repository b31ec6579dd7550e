"""Periods as a text says them: with a year or without, by name or by "last year"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corridor.bulletin.claims import Base
from corridor.bulletin.phrases import Mark
from corridor.bulletin.when import YEAR, When

#: The slot that holds the first month of a year which begins in any, counted as `When` does.
FISCAL_START = "from"


def period(mark: Mark, year: int | None, current: When | None) -> When | None:
    """The months that a ``period`` mark means; ``year`` is the one last spoken of. None where it cannot be told."""
    return _READERS[mark.value](mark, year, current)


def compared_years(mark: Mark) -> tuple[When, When] | None:
    """The two years of a ``between`` mark ("from 2003 to 2021"): the base, then the period."""
    first, last = mark.slot("Y", 0), mark.slot("Y", 1)
    if mark.value != "between" or first is None or last is None or first >= last:
        return None
    return When.year(first), When.year(last)


def base(mark: Mark, when: When | None) -> Base:
    """What a ``base`` or ``then`` mark compares a period with."""
    if mark.value == "previous":
        return Base("previous", when.before().code if when else "")
    year = mark.slot("Y")
    if year is not None:
        return named_base(When.year(year), when)
    return Base("same_period", same_period(when))


def same_period(when: When | None) -> str:
    """The code of the same period one year earlier; of several years, that many years earlier."""
    if when is None:
        return ""
    return (when.before() if when.length > 12 else when.year_before()).code


def named_base(named: When, when: When | None) -> Base:
    """A base said by name. A year beside a shorter period means that year's same months."""
    if when is not None and named.length == 12 and when.length < 12 and named.first % 12 == 0:
        named = when.shifted(12 * (named.start_year - when.end_year))
    if when is not None and named == when.year_before():
        return Base("same_period", named.code)
    if when is not None and named == when.before():
        return Base("previous", named.code)
    return Base("period", named.code)


def _year_of(mark: Mark, year: int | None) -> int | None:
    said = mark.slot("Y")
    said = mark.slot("y") if said is None else said
    return year if said is None else said


def _month_of(mark: Mark, place: int = 0) -> int | None:
    told = (mark.slot(name, place) for name in ("m", "M", "O"))
    return next((number for number in told if number is not None), None)


def _span(year: int | None, first: int | None, last: int | None) -> When | None:
    if year is None or first is None or last is None or not 1 <= first <= last <= 12:
        return None
    return When.months(year, first, last)


def _month(mark: Mark, year: int | None, current: When | None) -> When | None:
    both = mark.slot("mY")
    if both is not None:
        return When(both, both)
    month = _month_of(mark)
    return _span(_year_of(mark, year), month, month)


def _range(mark: Mark, year: int | None, current: When | None) -> When | None:
    first, last = _month_of(mark), _month_of(mark, 1)
    told = mark.slot("Y")
    if mark.slot("Y", 1) is not None:
        return _over_years(mark, first, last)
    if told is not None and first and last and first > last:
        # "November to January 2025"
        return When(12 * told + first - 13, 12 * told + last - 1)
    return _span(_year_of(mark, year), first, last)


def _over_years(mark: Mark, first: int | None, last: int | None) -> When | None:
    """ "April 2024 to March 2025"; "from May 2024 to May 2025" sets the second beside the first."""
    start, end = mark.slot("Y"), mark.slot("Y", 1)
    if start is None or end is None or first is None or last is None:
        return None
    begun, ended = 12 * start + first - 1, 12 * end + last - 1
    begun = ended if first == last else begun
    return When(begun, ended) if begun <= ended else None


def _fiscal(mark: Mark, year: int | None, current: When | None) -> When | None:
    """A year that begins in any month, or a part of it: "first quarter of FY 2024/25", "April-September 2024-25"."""
    first = mark.slot(FISCAL_START)
    if first is None:
        return None
    quarter = next((found for found in (mark.slot("q"), mark.slot("O"), mark.slot("o")) if found), None)
    if mark.slot("M") is not None:
        begun, ended = ((each - 1 - first) % 12 for each in mark.slots["M"])
        return When(first + begun, first + ended) if begun <= ended else None
    if quarter:
        return When(first + 3 * quarter - 3, first + 3 * quarter - 1) if quarter <= 4 else None
    half = mark.slot("half")
    if half:
        return When(first + 6 * half - 6, first + 6 * half - 1)
    return When(first, first + (mark.slot("n") or 12) - 1)


def _to_date(mark: Mark, year: int | None, current: When | None) -> When | None:
    return _span(_year_of(mark, year), 1, mark.slot("n"))


def _to_date_past(mark: Mark, year: int | None, current: When | None) -> When | None:
    """ "Bốn tháng qua": those from January on, where the text speaks of the fourth month."""
    ends = current is not None and current.last % 12 + 1 == mark.slot("n")
    return _span(current.end_year, 1, mark.slot("n")) if ends and current is not None else None


def _to_month(mark: Mark, year: int | None, current: When | None) -> When | None:
    """ "January to May 2025"; "the twelve months to June 2025" are as many as told."""
    count, month = mark.slot("n"), _month(mark, year, current)
    if count is None or month is None:
        return _span(_year_of(mark, year), 1, _month_of(mark))
    return When(month.last - count + 1, month.last)


def _this_fiscal(mark: Mark, year: int | None, current: When | None) -> When | None:
    """ "The first six months of this fiscal": of a year of books that begins in April."""
    count = mark.slot("n")
    return None if count is None or count > _FISCAL else _span(year, 13 - _FISCAL, 12 - _FISCAL + count)


def _to_quarter(mark: Mark, year: int | None, current: When | None) -> When | None:
    number = next((found for found in (mark.slot("q"), mark.slot("O"), mark.slot("n")) if found), None)
    return _span(_year_of(mark, year), 1, 3 * number) if number and number <= 4 else None


def _to_now(mark: Mark, year: int | None, current: When | None) -> When | None:
    return None if current is None else When.months(current.end_year, 1, current.last % 12 + 1)


def _last_months(mark: Mark, year: int | None, current: When | None) -> When | None:
    count = mark.slot("n")
    return None if count is None else _span(_year_of(mark, year), 13 - count, 12)


def _quarter(mark: Mark, year: int | None, current: When | None) -> When | None:
    number = next((found for found in (mark.slot("q"), mark.slot("O"), mark.slot("o")) if found), None)
    return _span(_year_of(mark, year), 3 * number - 2, 3 * number) if number and number <= 4 else None


def _quarter_now(mark: Mark, year: int | None, current: When | None) -> When | None:
    """The quarter of the month spoken of."""
    number = 0 if current is None else current.last % 12 // 3 + 1
    return None if current is None else When.months(current.end_year, 3 * number - 2, 3 * number)


def _half(first: int, last: int) -> _Reader:
    return lambda mark, year, current: _span(_year_of(mark, year), first, last)


def _years(mark: Mark, year: int | None, current: When | None) -> When | None:
    told = mark.slots.get("Y", ())
    first, last = (told[0], told[-1]) if len(told) > 1 else (None, None)
    if first is None or last is None or first >= last:
        return None
    return When(When.year(first).first, When.year(last).last)


def _between(mark: Mark, year: int | None, current: When | None) -> When | None:
    years = compared_years(mark)
    return years[1] if years else None


def _last_year(reader: _Reader) -> _Reader:
    return lambda mark, year, current: reader(mark, None if year is None else year - 1, current)


def _last_or_past(mark: Mark, year: int | None, current: When | None) -> When | None:
    """ "Năm ngoái", and "năm qua": the year before, or the one spoken of where that is a whole year."""
    past = mark.slot("past") and current is not None and current.length == YEAR
    return current if past else _last_year(_half(1, YEAR))(mark, year, current)


def _this_month(mark: Mark, year: int | None, current: When | None) -> When | None:
    """The last month of what is spoken of."""
    return None if current is None else When(current.last, current.last)


# So many months of a year of books that begins in April lie in one calendar year.
_FISCAL = 9

_Reader = Callable[[Mark, "int | None", "When | None"], "When | None"]
_READERS: Mapping[str, _Reader] = {
    "month": _month,
    "month_last_year": _last_year(_month),
    "range": _range,
    "range_last_year": _last_year(_range),
    "ytd": _to_date,
    "ytd_past": _to_date_past,
    "ytd_last_year": _last_year(_to_date),
    "ytd_to": _to_month,
    "ytd_fiscal": _this_fiscal,
    "ytd_to_quarter": _to_quarter,
    "ytd_now": _to_now,
    "last_months": _last_months,
    "fiscal": _fiscal,
    "quarter": _quarter,
    "quarter_now": _quarter_now,
    "quarter_last_year": _last_year(_quarter),
    "half1": _half(1, 6),
    "half2": _half(7, 12),
    "half1_last_year": _last_year(_half(1, 6)),
    "half2_last_year": _last_year(_half(7, 12)),
    "year": _half(1, 12),
    "year_level": _half(1, 12),
    "year_bare": _half(1, 12),
    "year_own": _half(1, 12),
    "year_last": _last_or_past,
    "year_this": _half(1, 12),
    "years": _years,
    "between": _between,
    "this_period": lambda mark, year, current: current,
    "this_month": _this_month,
}
