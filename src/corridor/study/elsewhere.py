"""Where a figure that one series lacks is held: another release or source of the same pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.codes.periods import Period
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import Series, candidates, choose
from corridor.study.tables import Tables


def hint(tables: Tables, question: Question, periods: Sequence[Period]) -> str:
    """What to ask with to get the first of these periods that another series holds; empty where none does.

    A series of both directions before one that holds one of them.
    """
    free = replace(question, source=None, release=None)
    ledgers = [Ledger(tables.flows, series) for series in candidates(tables, free)]
    for period in periods:
        for ledger in sorted(ledgers, key=lambda each: -len(each.sides)):
            if all(ledger.holds(flow, period) for flow in ledger.sides):
                return f"{period.code} is held with {_options(tables, ledger.series, question)}"
    return ""


def _options(tables: Tables, series: Series, question: Question) -> str:
    """The release, and whatever else it takes to get this series."""
    options = [f"--release {series.release}"]
    chosen = choose(tables, replace(question, source=None, release=series.release))
    if question.source or chosen.source != series.source:
        options.insert(0, f"--source {series.source}")
    if question.classification not in (None, series.classification):
        options.append(f"--classification {series.classification}")
    return " ".join(options)
