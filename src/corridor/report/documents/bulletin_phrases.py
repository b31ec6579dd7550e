"""How a bulletin says that something moved, and how sentences become a paragraph; rounding that would contradict."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from corridor.bulletin.totals import Amount
from corridor.codes.periods import Period
from corridor.codes.units import scale_name
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.catalogue import catalogue
from corridor.report.documents.document import Paragraph, direction
from corridor.report.numbers import FACTORS, SCALES, parted

#: From ten times as much on, a change is told as a multiple; offices print lower ones as a rate.
FOLD = 9.0

# A growth that prints as 0.0 % is told as no change.
_NOTHING = 0.0005

# A hundredth of a per cent.
_LEAST_PART = 0.0001

_SCALES = {scale_name(scale, "en"): FACTORS[scale] for scale in SCALES if scale != "one"}


def variant(growth: float | None) -> str:
    """``up``, ``down``, ``same``, ``fold`` (told as a multiple) or ``unknown`` (no growth)."""
    if growth is None:
        return "unknown"
    if abs(growth) < _NOTHING:
        return "same"
    return "fold" if growth >= FOLD else direction(Measure(growth, "growth"))


def moved(family: str, amount: Amount, base: Period) -> Finding:
    """A change in per cent and in US dollars, in the wording of ``family``; without a base the reason.

    Families: ``bulletin.moved`` (in a clause), ``bulletin.against`` (names the base), ``bulletin.item`` (in brackets).
    """
    which = variant(amount.growth)
    if which == "unknown":
        return Finding(f"{family}.unknown", {"reason": Finding(f"bulletin.reason.base.{why_unknown(amount)}")})
    given: dict[str, Parameter] = {"base": Name("period", base.code)} if family == "bulletin.against" else {}
    figures = _figures(which, amount.growth)
    change = {"change": usd(abs(amount.change or 0.0))} if which != "same" else {}
    return Finding(f"{family}.{which}", {**given, **figures, **change})


def grew(growth: float | None) -> Finding:
    """A rate alone: ``up 5.8%``; -100 % is told as having no row."""
    which = "vanished" if growth == -1.0 else variant(growth)
    return Finding(f"bulletin.grew.{which}", _figures(which, growth))


def _figures(which: str, growth: float | None) -> dict[str, Parameter]:
    if which in ("up", "down"):
        return {"growth": Measure(growth, "growth")}
    return {"ratio": Measure(1 + (growth or 0.0), "ratio")} if which == "fold" else {}


def why_unknown(amount: Amount) -> str:
    """Why an amount has no growth, as a message's ending."""
    return amount.base_absence or ("zero" if amount.before == 0 else "row_absent")


def part(share: float | None) -> Finding:
    """A share of a whole; one that would print as nothing is told as less than the least that prints."""
    if share is not None and 0 < share < _LEAST_PART / 2:
        return Finding("bulletin.tiny_part", {"least": Measure(_LEAST_PART, "share")})
    return Finding("bulletin.part", {"share": Measure(share, "share")})


def usd(value: float | None) -> Measure:
    """An amount in US dollars."""
    return Measure(value, "usd")


def paragraph(*sentences: Finding | None) -> list[Paragraph]:
    """Whole sentences one after the other, with the sources of them all; nothing where there are none."""
    found = [each for each in sentences if each is not None]
    if not found:
        return []
    if len(found) == 1:
        return [Paragraph(found[0])]
    return [
        Paragraph(
            Finding(
                f"bulletin.sentences.{len(found)}",
                {f"s{place}": each for place, each in enumerate(found, start=1)},
                tuple(dict.fromkeys(trace for each in found for trace in each.traces)),
                tuple(dict.fromkeys(caveat for each in found for caveat in each.caveats)),
            )
        )
    ]


def as_printed(value: float) -> tuple[Decimal, Decimal]:
    """The size of an amount as a sentence prints it, in US dollars, and what its last digit is worth."""
    number, unit = parted(usd(abs(value)), catalogue("en"))
    shown = Decimal(number.replace(",", "").removeprefix("<"))
    factor = next((factor for words, factor in _SCALES.items() if unit.startswith(words)), Decimal(1))
    return shown * factor, Decimal(1).scaleb(int(shown.as_tuple().exponent)) * factor


def rounding_contradicts(total: float, parts: Iterable[float]) -> bool:
    """Whether the printed parts add up to another number than the printed total, at the total's last digit."""
    shown, step = as_printed(total)
    added = sum((as_printed(part)[0] * (1 if part >= 0 else -1) for part in parts), Decimal(0))
    return abs(abs(added) - shown) > step / 2
