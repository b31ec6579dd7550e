"""What fills the reasons: the claim's subject, the official figure, and numbers in the units of the data."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.bulletin.claims import UNKNOWN, Claim
from corridor.bulletin.compare import Answer
from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name, Parameter


def told(key: str, claim: Claim, answer: Answer, **more: Parameter) -> Finding:
    """A reason about a claim and its official figure; ``more`` fills what the message names besides."""
    parameters: dict[str, Parameter] = {
        **subject_of(claim),
        "stated": Name("text", claim.text),
        "official": official_of(claim, answer),
        "source": Name("source", answer.official.source),
        "side": Name("area", answer.official.side),
        "release": Name("text", answer.official.release),
        **({"base_period": Name("period", claim.base.period)} if claim.base else {}),
        **more,
    }
    return Finding(key, parameters, traces=tuple(answer.official.trace.split()))


def official_of(claim: Claim, answer: Answer, unit: str = "") -> Measure:
    """The official figure in the claim's unit, or in ``unit``."""
    return measured(answer.official.value, unit or _unit_of(claim), claim)


def _unit_of(claim: Claim) -> str:
    """The unit of the official figure: per cent even where the text wrongly says points."""
    return "percent" if claim.stated.unit == "percentage_point" and not claim.change else claim.stated.unit


def subject_of(claim: Claim) -> dict[str, Parameter]:
    """What a claim is about, by name."""
    return {
        "flow": Name("text", claim.flow),
        "product": Name("text", claim.word) if claim.product == UNKNOWN else Name("product", claim.product),
        "reporter": Name("area", claim.reporter),
        "partner": Name("area", claim.partner),
        "period": Name("period", claim.period),
    }


def measured(value: float, unit: str, claim: Claim | None = None) -> Measure:
    """A number in the units of the data: shares 0..1, growth as a fraction, weights in kilograms."""
    if claim is not None and claim.measure == "unit_value" and claim.per == "t":
        return Measure(value, "usd_per_unit")
    if unit == "percent" and claim is not None and claim.measure == "share" and not claim.change:
        return Measure(value * 0.01, "share")
    kind, factor = _UNITS[unit]
    return Measure(value * factor, kind)


_UNITS: Mapping[str, tuple[Unit, float]] = {
    "USD": ("usd", 1.0),
    "t": ("kg", 1000.0),
    "pieces": ("count", 1.0),
    "percent": ("growth", 0.01),
    "percentage_point": ("pp", 0.01),
    "ratio": ("ratio", 1.0),
    "rank": ("index", 1.0),
}
