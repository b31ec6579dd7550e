"""How a finding of the study is told: verbs chosen by the sign, incomplete years named, places told as places.

The study's findings hold bare figures and codes. `told` gives the finding that the message of the same key
speaks: a growth becomes a phrase (``growth.up``, ``growth.down``, ...), a year that is not over says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corridor.codes import periods
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.document import direction

#: From this growth on (+400 %) a change is told as a multiple: "5 times as much" instead of "+400 %".
FOLD = 4.0

# A growth that prints as 0.0 % is told as no change.
_NOTHING = 0.0005

#: Families of phrases whose verb agrees with a feminine subject (in Russian стоимость and средняя цена).
_FEMININE = ("value_growth", "unit_value_growth")

#: What a message of these keys leaves unsaid, because the heading over it says it or it is no news.
_UNSAID: Mapping[str, tuple[str, ...]] = {
    "product_groups.january_february": ("period",),
    "product_groups.surplus": ("base",),
    "product_groups.deficit": ("base",),
    "product_groups.largest_groups": ("base",),
    "product_groups.concentration": ("base",),
    "product_groups.processing": ("base",),
    "product_groups.place_among_suppliers": ("base",),
    "product_groups.place_among_suppliers_unranked": ("base",),
    "product_groups.place_among_markets": ("base",),
    "product_groups.place_among_markets_unranked": ("base",),
    "recommendations.demand": (
        "id", "rank", "score", "stability", "product", "weakest", "would_change", "regions", "headings",
    ),
    "recommendations.supply": (
        "id", "rank", "score", "stability", "product", "weakest", "would_change", "regions", "headings",
        "growth_to_partner",
    ),
    **dict.fromkeys(("record.better", "record.no_better"), ("exporter", "importer", "economies")),
    **dict.fromkeys(("record.too_few", "record.no_years", "record.too_large"), ("exporter", "importer")),
}  # fmt: skip

#: Counts that choose a plural form.
_COUNTED = ("count", "facts", "groups")

#: Endings of keys whose sentence has its period somewhere inside.
_PERIOD_INSIDE = ("totals_only", "lunar_new_year", "january_february")

#: Parameters that name a day or two months read together: told as they are, never as an incomplete year.
_PLAIN_TIMES = ("day", "base_day", "months", "base_months")


def told(finding: Finding) -> Finding:
    """The finding as its message speaks it; traces and caveats stay."""
    unsaid = _UNSAID.get(finding.key, ())
    given = {name: _inner(value) for name, value in finding.parameters.items() if name not in unsaid}
    given = _timed(_places(_counted(given), finding.key), finding.key)
    key = f"{finding.key}_alone" if _none_published(given, finding.key) else finding.key
    return replace(finding, key=key, parameters=_grown(given, finding.key))


def spoken(period: str) -> Name | Finding:
    """A period in a title, a label or a sentence; a part of a year from January is called an incomplete year."""
    name = Name("period", period)
    return Finding("period.incomplete", {"period": name}) if incomplete(period) else name


def base_of(base: str) -> Name | Finding:
    """The base period; that of an incomplete year is called the same months."""
    name = Name("period", base)
    return Finding("period.same_months", {"period": name}) if incomplete(base) else name


def when(period: str) -> Finding:
    """The beginning of a sentence: in which period, and whether that is an incomplete year."""
    return Finding(f"when.{'incomplete' if incomplete(period) else 'whole'}", {"period": Name("period", period)})


def incomplete(period: str) -> bool:
    """Whether a period is the beginning of a year rather than a whole year, quarter or month."""
    return any(each.freq == "YTD" and each.is_partial_year for each in periods.parse_many(period))


def phrase(family: str, growth: Measure, **others: Parameter) -> Finding:
    """The variant of a family of phrases that the sign of ``growth`` asks for.

    Variants: ``up``, ``down``, ``same``, ``unknown`` (no figure) and ``fold`` (told as a multiple).
    """
    variant = _variant(growth)
    figures: dict[str, Parameter] = {}
    if variant in ("up", "down"):
        figures["growth"] = growth
    if variant == "fold" and growth.value is not None:
        figures["ratio"] = Measure(1 + growth.value, "ratio")
    return Finding(f"{family}.{variant}", {**figures, **others})


def _variant(growth: Measure) -> str:
    if growth.value is not None and abs(growth.value) < _NOTHING:
        return "same"
    if growth.value is not None and growth.value >= FOLD:
        return "fold"
    return direction(growth)


def _inner(value: Parameter) -> Parameter:
    return told(value) if isinstance(value, Finding) else value


def _counted(given: dict[str, Parameter]) -> dict[str, Parameter]:
    """The number that chooses a plural form is called n in every message."""
    return {"n" if name in _COUNTED and isinstance(value, Measure) else name: value for name, value in given.items()}


def _none_published(given: dict[str, Parameter], key: str) -> bool:
    """Whether a statement of absence has not even a published figure to offer; the count is then left unsaid."""
    if not key.endswith(".not_held") or given.get("n") != Measure(0, "count"):
        return False
    del given["n"]
    return True


def _places(given: dict[str, Parameter], key: str) -> dict[str, Parameter]:
    """(product, rank, share) as one phrase."""
    groups = given.get("groups")
    if not key.startswith("product_groups.place_among") or not isinstance(groups, tuple):
        return given
    return {**given, "groups": tuple(place(group) for group in groups)}


def place(group: Parameter) -> Parameter:
    """A group with its rank and share in a market, as one phrase; without a rank where it is not known."""
    if not isinstance(group, tuple):
        return group
    product, rank, share = group
    ranked = isinstance(rank, Measure) and rank.value is not None
    given = {"product": product, "share": share} | ({"rank": rank} if ranked else {})
    return Finding(f"place.{'ranked' if ranked else 'unranked'}", given)


def _timed(given: dict[str, Parameter], key: str) -> dict[str, Parameter]:
    """Periods with their label; in a finding on product groups or regions the period begins the sentence."""
    found: dict[str, Parameter] = {}
    for name, value in given.items():
        if not isinstance(value, Name) or value.kind != "period" or name in _PLAIN_TIMES:
            found[name] = value
        elif name == "base":
            found[name] = base_of(value.code)
        elif name == "period" and _begins_with_period(key):
            found["when"] = when(value.code)
        else:
            found[name] = spoken(value.code)
    return found


def _begins_with_period(key: str) -> bool:
    return key.startswith(("product_groups.", "export_regions.")) and not key.endswith(_PERIOD_INSIDE)


def _grown(given: dict[str, Parameter], key: str) -> dict[str, Parameter]:
    """Growth rates as phrases, joined with the amount they belong to, or with the base, where the finding names it."""
    found = dict(given)
    for name, value in given.items():
        if not isinstance(value, Measure) or value.unit != "growth" or not name.endswith("growth"):
            continue
        amount = name.removesuffix("_growth")
        if key == "product_groups.turnover":
            found[name] = phrase("growth", value, base=found.pop("base"))
        elif amount in given and amount != name:
            found[amount] = phrase("grew_to", value, value=given[amount])
            del found[name]
        else:
            found[name] = phrase(_family(name, key), value)
    return found


def _family(name: str, key: str) -> str:
    if key.startswith("recommendations"):
        return "changed"
    return "grew_f" if name in _FEMININE else "grew"
