"""What the study of the pair recommends to look at: taken over, never invented here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corridor.bulletin.totals import SIDES, Pair, Side
from corridor.codes.periods import Period
from corridor.errors import NothingFound
from corridor.evidence import Finding, Measure, Name
from corridor.study.question import Question
from corridor.study.study import study
from corridor.study.tables import Tables

#: Recommendations told for each direction.
TOLD = 3


@dataclass(frozen=True)
class Advice:
    """The first recommendations of the study of one span, by side; each is a finding of stage 5."""

    period: Period
    base: Period
    first: Mapping[Side, tuple[Finding, ...]]


def advice(tables: Tables, pair: Pair, period: Period) -> Advice | None:
    """The recommendations on the last complete year before the end of the period, else on the year to date.

    None where neither can be compared with the year before, or the whole market is not held.
    """
    for basis in _bases(period):
        found = _of(tables, pair, basis)
        if found is not None:
            return found
    return None


def _bases(period: Period) -> tuple[Period, ...]:
    ended = period.end.month == 12
    year = Period.year(period.end.year if ended else period.end.year - 1)
    return (year,) if ended else (year, Period.year_to_date(period.end.year, period.end.month))


def _of(tables: Tables, pair: Pair, basis: Period) -> Advice | None:
    series = pair.ledger.series
    question = Question(
        exporter=pair.reporter,
        partner=pair.partner,
        periods=(basis,),
        source=series.source,
        release=series.release,
        classification=series.classification,
    )
    try:
        findings = study(tables, question).stage("recommendations").findings
    except NothingFound:
        return None
    first = {side: _first(findings, pair.ends(side)) for side in SIDES}
    return Advice(basis, basis.same_period_last_year(), first) if any(first.values()) else None


def _first(findings: tuple[Finding, ...], ends: tuple[str, str]) -> tuple[Finding, ...]:
    wanted = {"exporter": Name("area", ends[0]), "importer": Name("area", ends[1])}
    # Beside its recommendations the stage tells the record of its ranking, which has no rank of its own.
    ranked = [each for each in findings if "rank" in each.parameters]
    mine = [each for each in ranked if all(each.parameters.get(name) == value for name, value in wanted.items())]
    return tuple(sorted(mine, key=_rank)[:TOLD])


def _rank(finding: Finding) -> float:
    rank = finding.parameters["rank"]
    return rank.value or 0.0 if isinstance(rank, Measure) else 0.0
