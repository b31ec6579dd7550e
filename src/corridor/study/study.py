"""The five-stage study of a pair of economies. It reads like its table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.codes.periods import Freq, Period
from corridor.errors import NothingFound
from corridor.study.collection import collection
from corridor.study.comparisons import Agenda, NotHeld, agenda
from corridor.study.elsewhere import hint
from corridor.study.export_regions import export_regions
from corridor.study.ledger import Ledger
from corridor.study.product_groups import product_groups
from corridor.study.question import Question
from corridor.study.recommendations import recommendations
from corridor.study.regional_specifics import regional_specifics
from corridor.study.result import StageResult
from corridor.study.series import Series, choose
from corridor.study.spans import span
from corridor.study.tables import Tables


@dataclass(frozen=True)
class Study:
    """A question, the series its answer stands on, the periods compared, and the result of each stage."""

    question: Question
    series: Series
    agenda: Agenda
    stages: tuple[StageResult, ...]

    def stage(self, name: str) -> StageResult:
        """The result of one stage by its name."""
        return next(stage for stage in self.stages if stage.stage == name)

    def last_printed(self) -> date | None:
        """The date of the newest table of the study's series; None where none is held."""
        coverage = self.stage("collection").tables["coverage"]
        ends = [period.end for period in self.agenda.periods]
        own = coverage.filter(
            (pl.col("source") == self.series.source)
            & pl.col("period_end").is_in(ends)
            & pl.col("value_usd").is_not_null()
        )
        return own.select(pl.col("published").max()).item() if own.height else None

    def trace_ids(self) -> Iterator[str]:
        """The address of every publisher's row that a number of the study came from."""
        for stage in self.stages:
            for table in stage.tables.values():
                for column in (name for name in table.columns if name.startswith("trace")):
                    for traces in table[column].drop_nulls():
                        yield from traces.split()
            for finding in (*stage.findings, *stage.missing):
                yield from finding.traces


def study(tables: Tables, question: Question) -> Study:
    """Runs the five stages; `NothingFound` where no table holds the pair, or not the periods asked for."""
    series = choose(tables, question)
    ledger = Ledger(tables.flows, series)
    available = _available(tables.flows, series)
    asked = question.periods or _of_freq(question.freq, available, ledger)
    periods = _agenda(tables, question, asked, available, ledger)
    groups = product_groups(tables, question, ledger, periods)
    specifics = regional_specifics(tables, question)
    stages = (
        collection(tables, question, series, periods),
        groups,
        export_regions(tables, question),
        specifics,
        recommendations(question, ledger, periods, groups, specifics),
    )
    return Study(question, series, periods, stages)


def _agenda(
    tables: Tables, question: Question, asked: tuple[Period, ...], available: tuple[Period, ...], ledger: Ledger
) -> Agenda:
    try:
        return agenda(asked, available, lambda period: _holds(ledger, period))
    except NotHeld as fault:
        elsewhere = hint(tables, question, asked)
        raise NotHeld(fault.what, next_step=elsewhere or fault.next_step) from None


def _available(flows: pl.DataFrame, series: Series) -> tuple[Period, ...]:
    """The years, year-to-date spans and months for which both directions of the pair are held.

    Where only one direction is held at all, its periods: a publisher's table may not list the partner, and a
    selection may hold what somebody asked for and no more.
    """
    rows = series.rows(flows).filter(pl.col("partner") == series.partner)
    spans = rows.group_by("period_start", "period_end", "cumulative").agg(flows=pl.col("flow").n_unique())
    both = spans.filter(pl.col("flows") == 2)
    held = both if both.height else spans
    found = {span(start, end) for start, end in held.select("period_start", "period_end").iter_rows()}
    return tuple(sorted(found, key=lambda p: (p.end, p.start)))


def _of_freq(freq: Freq | None, available: tuple[Period, ...], ledger: Ledger) -> tuple[Period, ...]:
    """Every period of the kind asked for that the series can answer; quarters are made of their months."""
    if freq is None:
        return ()
    if freq == "Q":
        ends = {month.end for month in available if month.freq == "M"}
        made = {Period.at("Q", end) for end in ends}
        found = tuple(sorted((each for each in made if _holds(ledger, each)), key=lambda each: each.end))
    else:
        found = tuple(each for each in available if each.freq == freq)
    if not found:
        raise NothingFound(f"no period of frequency {freq} is held", next_step="corridor coverage shows what is held")
    return found


def _holds(ledger: Ledger, period: Period) -> bool:
    return all(ledger.holds(flow, period) for flow in ledger.sides)
