"""What the tables say in the claim's own terms and unit: a level, a change, a multiple, a share or a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import TOTAL, Base, Claim, Flow, Interval, MeasureName, Of
from corridor.bulletin.figures import Asked, Figures, Official
from corridor.bulletin.when import When

_PERCENT = 100.0


@dataclass(frozen=True)
class Answer:
    """An official figure in the claim's unit, with the two figures it was made from where it compares periods."""

    official: Official
    current: float | None = None
    base: float | None = None


def answers(claim: Claim, figures: Figures) -> list[Answer]:
    """Every official answer to a claim whose subject and period are known, the first one first."""
    asked = Asked(claim.flow, claim.product, claim.reporter, claim.partner, When.parse(claim.period))
    return _ANSWERS[_kind(claim)](claim, asked, figures)


def of_flow(claim: Claim, flow: Flow, figures: Figures) -> list[Answer]:
    """The answers if the claim spoke of another flow."""
    return answers(replace(claim, flow=flow), figures)


def at(claim: Claim, period: When, figures: Figures) -> list[Answer]:
    """The answers if the claim spoke of another period."""
    return answers(replace(claim, period=period.code), figures)


def against(claim: Claim, base: When, figures: Figures) -> list[Answer]:
    """The answers if the claim compared with another period."""
    return answers(replace(claim, base=Base("period", base.code)), figures)


def levels(claim: Claim, asked: Asked, figures: Figures) -> list[Official]:
    """The levels that a claim tells or compares: of value, volume, unit value, or of a share in per cent."""
    if claim.of == "volume":
        # A change of volume is told in per cent: tonnes are tried first, pieces where the group is counted so.
        units = {"t": ("t",), "pieces": ("piece",)}.get(claim.stated.unit, ("t", "piece"))
        return [each for unit in units for each in figures.volumes(asked, unit, claim.office)]
    if claim.of == "unit_value":
        units = (claim.per,) if claim.per else ("t", "piece")
        return [each for unit in units for each in figures.unit_values(asked, unit, claim.office)]
    if claim.of == "share":
        return _shares(claim, asked, figures)
    return figures.values(asked, claim.office)


def _kind(claim: Claim) -> str:
    if claim.change:
        return "share_change"
    if claim.measure == "unit_value" and claim.stated.unit == "percent":
        return "growth"
    if claim.measure in ("growth_value", "growth_volume") and claim.stated.unit not in ("percent", "percentage_point"):
        return "difference"
    return {"growth_value": "growth", "growth_volume": "growth", "direction": "growth"}.get(
        claim.measure, claim.measure
    )


_OF_LEVEL: Mapping[MeasureName, Of] = {"volume": "volume", "unit_value": "unit_value"}


def _level(claim: Claim, asked: Asked, figures: Figures) -> list[Answer]:
    of = _OF_LEVEL.get(claim.measure, "value")
    return [Answer(each) for each in levels(replace(claim, of=of), asked, figures)]


def _compared(how: Callable[[float, float], float | None]) -> Callable[[Claim, Asked, Figures], list[Answer]]:
    def made(claim: Claim, asked: Asked, figures: Figures) -> list[Answer]:
        if claim.base is None or not claim.base.period:
            return []
        current = levels(claim, asked, figures)
        base = levels(claim, replace(asked, when=When.parse(claim.base.period)), figures)
        pairs = [(one, other) for one in current for other in base if one.side == other.side]
        # One edition at both ends goes before a mixture of two.
        ranked = sorted(pairs, key=lambda pair: (pair[0].series != pair[1].series, pair[0].made != pair[1].made))
        found = []
        for one, other in ranked:
            value = how(one.value, other.value)
            if value is not None:
                found.append(Answer(one.with_(other, value), one.value, other.value))
        return found

    return made


def _growth(current: float, base: float) -> float | None:
    return (current / base - 1) * _PERCENT if base else None


def _ratio(current: float, base: float) -> float | None:
    return current / base if base else None


def _share(claim: Claim, asked: Asked, figures: Figures) -> list[Answer]:
    return [Answer(each) for each in _shares(claim, asked, figures)]


def _shares(claim: Claim, asked: Asked, figures: Figures) -> list[Official]:
    parts = levels(replace(claim, of="value" if claim.of == "share" else claim.of), asked, figures)
    if claim.among == "products":
        wholes = levels(replace(claim, of="value"), replace(asked, product=TOTAL), figures)
    elif claim.whole:
        wholes = figures.values(replace(asked, partner=claim.whole), claim.office)
    else:
        wholes = figures.whole(asked, claim.office)
    return [
        part.with_(whole, _PERCENT * part.value / whole.value)
        for part in parts
        for whole in wholes
        if part.side == whole.side and whole.value and (part.series == whole.series or claim.among == "partners")
    ]


def _share_change(claim: Claim, asked: Asked, figures: Figures) -> list[Answer]:
    how = _growth if claim.stated.unit == "percent" else _difference
    return _compared(how)(replace(claim, of="share"), asked, figures)


def _difference(current: float, base: float) -> float | None:
    return current - base


def _rank(claim: Claim, asked: Asked, figures: Figures) -> list[Answer]:
    if claim.among == "partners" or claim.product == TOTAL:
        return [Answer(each) for each in figures.rank(asked)]
    return [Answer(each) for each in figures.rank_of_product(asked, claim.office)]


_ANSWERS: Mapping[str, Callable[[Claim, Asked, Figures], list[Answer]]] = {
    "value": _level,
    "volume": _level,
    "unit_value": _level,
    "balance": _level,
    "growth": _compared(_growth),
    "difference": _compared(_difference),
    "multiple": _compared(_ratio),
    "share": _share,
    "share_change": _share_change,
    "rank": _rank,
}


def firm(found: Sequence[Answer]) -> bool:
    """Whether a claim that differs from the first answer is wrong for that."""
    return bool(found) and found[0].official.firm


def holds(claim: Claim, answer: Answer, factor: float = 1.0) -> bool:
    """Whether a reading of the claim, ``factor`` times as large, has the official figure in it."""
    return any(interval.times(factor).holds(answer.official.value) for interval in _comparable(claim))


def _comparable(claim: Claim) -> Iterator[Interval]:
    """The readings in the unit of the answer: a change in points is not one in per cent."""
    for interval in claim.intervals:
        if interval.unit == claim.stated.unit and (claim.stated.unit != "percentage_point" or claim.change):
            yield interval
