"""A change of one duty as a form asks it, and the scenario that it makes."""

from __future__ import annotations

import json

from corridor.codes import areas
from corridor.made_simulation import simulate
from corridor.report.lines import area, joined, said
from corridor.web.asked import Asked
from corridor.web.fields import Field
from corridor.web.shown import Shown, grid

#: The questions of which a scenario is made; no elasticity has a value of ours.
QUESTIONS = (
    Field("importer", role="market"),
    Field("partner", role="seller"),
    Field("product", "words", "all"),
    Field("duty", "decimal"),
    Field("since", "date"),
    Field("year", "number"),
    Field("import_demand", "decimal"),
    Field("substitution", "decimal"),
)


_ELASTICITIES = ("import_demand", "substitution")


def enough(asked: Asked) -> bool:
    """Whether there is a scenario, or all that one is made of."""
    return bool(asked["scenario"]) or all(asked[each.name] for each in QUESTIONS)


def changed(asked: Asked) -> Shown:
    """What the scenario does, with its text to keep."""
    text = asked["scenario"] or as_scenario(asked)
    made = simulate(asked.workspace, text, "scenario.yml", asked.day("as_of"))
    return Shown(
        made.json,
        notes=tuple(made.notes(asked.lang)),
        grids=(grid(made.shown(), "simulation", asked.lang),),
        text=text,
    )


def as_scenario(asked: Asked) -> str:
    """The answers as the file that a ministry could sign."""
    importer, partner = (areas.find(asked[side]).code for side in ("importer", "partner"))
    duty = asked.decimal("duty")
    title = joined(
        (said("web.simulate.of", importer=area(importer), partner=area(partner), duty=f"{duty:g}"),), asked.lang
    )
    products = asked["product"].replace(",", " ").split()
    reason = json.dumps(joined((said("web.simulate.form"),), asked.lang), ensure_ascii=False)
    return "\n".join(
        (
            f"title: {json.dumps(title, ensure_ascii=False)}",
            f'importer: "{importer}"',
            f'partner: "{partner}"',
            f"baseline: {{year: {asked.number('year')}}}",
            "elasticities:",
            *(f"  {name}: {{default: {asked.decimal(name)}, source: {reason}}}" for name in _ELASTICITIES),
            f"  export_supply: {{default: infinite, source: {reason}}}",
            "changes:",
            f"  - {{products: {'all' if products == ['all'] else json.dumps(products)}, duty_percent: {duty:g},"
            f" from: {asked['since']}, reason: {reason}}}",
            "",
        )
    )
