"""The study of a pair, made once for the pages that ask for it, and the argument of one of its recommendations."""

from __future__ import annotations

from dataclasses import replace

from corridor.errors import NothingFound
from corridor.made_study import MadeStudy
from corridor.web.asked import Asked

#: What the page of the study asks.
_QUESTIONS = ("exporter", "partner", "period", "source", "as_of", "reconcile", "cif_margin")


def study(asked: Asked) -> MadeStudy:
    """The study of a question, made once."""
    return asked.memory.studies.get(
        asked.key(),
        lambda: asked.workspace.study(
            asked["exporter"],
            asked["partner"],
            period=asked.given("period"),
            source=asked.given("source"),
            as_of=asked.day("as_of"),
            reconcile=asked.given("reconcile"),
            cif_margin=asked.decimal("cif_margin"),
        ),
    )


def recommending(asked: Asked) -> MadeStudy:
    """The study that makes the recommendation of the id asked for. Raises `NothingFound` for what is no such id."""
    exporter, partner, *rest = [*asked["id"].split("-", 2), "", ""][:3]
    period = rest[0].partition("-")[2]
    if not period:
        raise NothingFound(
            f"“{asked['id']}” is neither a recommendation nor a trace",
            next_step="a recommendation looks like RUS-VNM-coal-2025, a trace like 9862892aaa20b99d/3/17",
        )
    made = study(_of(asked, exporter, partner))
    return made if asked["id"] in made.recommended else study(_of(asked, exporter, partner, period))


def _of(asked: Asked, exporter: str, partner: str, period: str = "") -> Asked:
    """The question of the study's own page, so that both share what was made."""
    said = {"exporter": exporter, "partner": partner, "period": period}
    return replace(asked, values={**dict.fromkeys(_QUESTIONS, ""), **said})
