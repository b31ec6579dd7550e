"""The five-stage study of a pair of economies. It reads like its table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from corridor.codes.periods import Period
from corridor.errors import NothingFound
from corridor.study.collection import collection
from corridor.study.comparisons import Agenda, agenda
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
    periods = agenda(question.periods, _available(tables.flows, series), lambda period: _holds(ledger, period))
    groups = product_groups(question, ledger, periods)
    specifics = regional_specifics(tables, question)
    stages = (
        collection(tables, question, series),
        groups,
        export_regions(tables, question),
        specifics,
        recommendations(question, ledger, periods, groups, specifics),
    )
    return Study(question, series, periods, stages)


def _available(flows: pl.DataFrame, series: Series) -> tuple[Period, ...]:
    """The years, year-to-date spans and months for which both directions of the pair are held."""
    rows = series.rows(flows).filter(pl.col("partner") == series.partner)
    spans = (
        rows.group_by("period_start", "period_end", "cumulative")
        .agg(flows=pl.col("flow").n_unique())
        .filter(pl.col("flows") == 2)
    )
    found = {span(start, end) for start, end in spans.select("period_start", "period_end").iter_rows()}
    if not found:
        one = rows["flow"].unique().to_list()
        raise NothingFound(
            f"only the {' and '.join(one) or 'no'} side of {series.reporter} with {series.partner} is held",
            next_step="add the publisher's other table",
        )
    return tuple(sorted(found, key=lambda p: (p.end, p.start)))


def _holds(ledger: Ledger, period: Period) -> bool:
    return ledger.holds("export", period) and ledger.holds("import", period)
