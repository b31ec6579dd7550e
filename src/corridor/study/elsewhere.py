"""Where a figure that one series lacks is held: another release or source of the same pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.codes.periods import Period
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import Series, candidates
from corridor.study.tables import Tables


def hint(tables: Tables, question: Question, periods: Sequence[Period]) -> str:
    """What to ask with to get the first of these periods that another series holds; empty where none does."""
    free = replace(question, source=None, release=None)
    for period in periods:
        for series in candidates(tables, free):
            ledger = Ledger(tables.flows, series)
            if all(ledger.holds(flow, period) for flow in ("export", "import")):
                return f"{period.code} is held with {_options(series, question)}"
    return ""


def _options(series: Series, question: Question) -> str:
    options = [f"--release {series.release}"]
    if question.source:
        options.insert(0, f"--source {series.source}")
    if question.classification not in (None, series.classification):
        options.append(f"--classification {series.classification}")
    return " ".join(options)
