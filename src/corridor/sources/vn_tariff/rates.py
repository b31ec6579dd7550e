"""The grammar of a rate cell in Viet Nam's schedule.

    0   5,4   7.5   10%        one rate, in per cent, decimal comma or point
    *                          the agreement leaves the line out: MFN is paid
    Q                          only within a quota that another act opens
    40 (NHN: 80)               40 inside the quota, 80 outside it (ngoài hạn ngạch)
    0 (-CN, TH)                not for goods of these members
    0/5   0/*                  the line is divided, the parts are not told apart
    28; M: 35                  another rate for one member, here Mexico
    7 (0% từ 09/3-30/4 …)      another rate for some weeks; the year is not printed
    5%. Từ ngày 01/01/2027 áp dụng mức thuế suất 10%.    another rate from a day on
    150% thuế MFN              a multiple of the MFN rate
    Theo hướng dẫn …           see another provision
    10 (THN)                   10 inside a quota (trong hạn ngạch), nothing said of the rest
    0 (GIC)                    a condition named by its letters

What fits nothing of this is kept as words and gives no rate. Nothing is averaged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: No rate takes more characters; what is longer is a sentence.
LONGEST = 300
#: Members of ASEAN and its partners as the cells abbreviate them.
MEMBERS = {
    "BN": "BRN", "CN": "CHN", "ID": "IDN", "KH": "KHM", "KR": "KOR", "LA": "LAO", "MM": "MMR", "MY": "MYS",
    "PH": "PHL", "SG": "SGP", "TH": "THA",
}  # fmt: skip
#: The member named before a colon: "M" stands for Mexico, the only signatory it can mean.
OWN_RATE = {"M": "MEX"}

_NUMBER = r"\d+(?:[.,]\d+)?"
_SLASH = re.compile(r"/(?![^(]*\))")
_PART = re.compile(rf"(?P<rate>{_NUMBER}|\*|Q)\s*%?\s*(?P<rest>(?:\([^)]*\)\s*)*)")
_BRACKET = re.compile(r"\(([^)]*)\)")
_EXCLUDED = re.compile(r"-\s*([A-Z]{2}(?:\s*,\s*[A-Z]{2})*),?")
_OUTSIDE = re.compile(rf"NHN:\s*({_NUMBER})")
_FOR_WEEKS = re.compile(rf"({_NUMBER})%\s+từ\s+(\d\d?)/(\d\d?)-(\d\d?)/(\d\d?)\s+theo\s+\S+")
_FROM_A_DAY = re.compile(
    rf"({_NUMBER})\s*%\.\s*Từ ngày (\d\d)/(\d\d)/(\d{{4}}) áp dụng mức thuế suất ({_NUMBER})\s*%\."
)
_OWN = re.compile(r"(?P<common>[^;]+);\s*(?P<member>[A-Z]+):\s*(?P<own>[^;]+)")
_TIMES_MFN = re.compile(rf"({_NUMBER})%\s+thuế MFN")
_INSIDE = "THN"
_REFERENCE = "Theo hướng dẫn"


@dataclass(frozen=True)
class Rate:
    """What one cell, or one part of it, says. Rates are shares: 0.05 = 5 per cent.

    ``partner`` names the one member the rate is for, where the cell singles one out; ``kind`` is a key of
    `corridor.codes.schema.RATE_KINDS`; the dates are None where the cell prints none.
    """

    kind: str
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    outside: float | None = None
    excluded: tuple[str, ...] = ()
    condition: str = ""
    partner: str = ""
    since: date | None = None
    until: date | None = None


def read_rates(text: str, *, year: int | None = None) -> tuple[Rate, ...]:
    """The rates of a cell; none for an empty one.

    ``year`` completes the days that are printed without one; None leaves such a temporary rate in words.
    """
    text = " ".join(text.split())
    if not text:
        return ()
    if len(text) > LONGEST:
        return (Rate("text", condition=text),)
    if own := _OWN.fullmatch(text):
        return _two_rates(own)
    if stepped := _FROM_A_DAY.fullmatch(text):
        return _stepped(stepped)
    rate = _whole_cell(text)
    weeks = _for_weeks(rate.condition, year)
    return (rate, weeks) if weeks else (rate,)


def _two_rates(found: re.Match[str]) -> tuple[Rate, ...]:
    member = OWN_RATE.get(found["member"])
    if member is None:
        return (Rate("text", condition=found.group()),)
    common = _whole_cell(found["common"].strip())
    return (
        replace(common, excluded=(*common.excluded, member)),
        replace(_whole_cell(found["own"].strip()), partner=member),
    )


def _stepped(found: re.Match[str]) -> tuple[Rate, ...]:
    first, day, month, year, then = found.groups()
    start = calendar_day(year, month, day)
    if start is None:
        return (Rate("text", condition=found.group()),)
    return (replace(_plain(first), until=start - timedelta(days=1)), replace(_plain(then), since=start))


def _whole_cell(text: str) -> Rate:
    if text.startswith(_REFERENCE):
        return Rate("reference", condition=text)
    if _TIMES_MFN.fullmatch(text):
        return Rate("times_mfn", condition=text)
    parts = [_part(each.strip()) for each in _SLASH.split(text)]
    if any(part is None for part in parts):
        return Rate("text", condition=text)
    read = [part for part in parts if part]
    return read[0] if len(read) == 1 else _split(read)


def _part(text: str) -> Rate | None:
    """One rate with what stands in brackets behind it; None where it is neither."""
    found = _PART.fullmatch(text)
    if not found:
        return None
    rate = {"*": Rate("excluded"), "Q": Rate("quota")}.get(found["rate"]) or _plain(found["rate"])
    for bracket in _BRACKET.findall(found["rest"]):
        rate = _with_bracket(rate, bracket.strip())
    return rate


def _plain(number: str) -> Rate:
    value = share(number)
    return Rate("ad_valorem", value, value, value)


def _with_bracket(rate: Rate, bracket: str) -> Rate:
    if outside := _OUTSIDE.fullmatch(bracket):
        return replace(rate, kind="quota", rate=None, outside=share(outside[1]))
    if bracket == _INSIDE:
        return replace(rate, kind="quota", rate=None)
    members = _members(bracket)
    if members:
        return replace(rate, excluded=members)
    return replace(rate, condition=" ".join(filter(None, [rate.condition, bracket])))


def _members(bracket: str) -> tuple[str, ...]:
    found = _EXCLUDED.fullmatch(bracket)
    named = [each.strip() for each in found[1].split(",")] if found else []
    return tuple(MEMBERS[each] for each in named) if set(named) <= MEMBERS.keys() else ()


def _split(parts: Sequence[Rate]) -> Rate:
    """A divided line has a rate only where all its parts agree in everything."""
    same = len(set(parts)) == 1
    numbers = [part.rate for part in parts if part.rate is not None]
    excluded = dict.fromkeys(member for part in parts for member in part.excluded)
    return Rate(
        "split",
        rate=parts[0].rate if same else None,
        low=min(numbers, default=None),
        high=max(numbers, default=None),
        excluded=tuple(excluded),
        condition=" ".join(dict.fromkeys(part.condition for part in parts if part.condition)),
    )


def _for_weeks(condition: str, year: int | None) -> Rate | None:
    found = _FOR_WEEKS.fullmatch(condition)
    if not found or year is None:
        return None
    number, day, month, last_day, last_month = found.groups()
    since, until = calendar_day(str(year), month, day), calendar_day(str(year), last_month, last_day)
    return replace(_plain(number), condition=condition, since=since, until=until) if since and until else None


def calendar_day(year: str, month: str, day: str) -> date | None:
    """The day that three printed numbers name; None where the calendar has none."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def share(number: str) -> float:
    """A printed per cent as a share, rounded where binary fractions would show: "5,4" is 0.054."""
    return round(float(number.replace(",", ".")) / 100, 10)
