"""A study as its report looks at it: its tables by name, its directions and comparisons, how much is shown."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.evidence import Finding, Name, Parameter
from corridor.report.documents.grid import chosen, traces_in
from corridor.report.documents.wording import base_of, incomplete, spoken
from corridor.study.comparisons import Agenda, Comparison
from corridor.study.series import Series
from corridor.study.study import Study

#: Comparisons told in full at most; a study of every month has more, which stay in its data.
TOLD = 12

#: (exporter, importer).
Direction = tuple[str, str]


@dataclass(frozen=True)
class View:
    """A study and the detail of its report; ``short`` cuts tables to the rows that matter."""

    study: Study
    short: bool

    @property
    def series(self) -> Series:
        """The series the study stands on."""
        return self.study.series

    @property
    def agenda(self) -> Agenda:
        """The periods compared."""
        return self.study.agenda

    @property
    def out(self) -> Direction:
        """The studied direction."""
        return self.study.question.directions[0]

    @property
    def back(self) -> Direction:
        """The return direction."""
        return self.study.question.directions[1]

    @property
    def main(self) -> Comparison | None:
        """The latest comparison of whole periods; an incomplete year or a month only where there is nothing else."""
        order = sorted(self.agenda.shown, key=lambda each: (not each.partial, each.current.end))
        months = sorted(self.agenda.months, key=lambda each: each.current.end)
        found = order or months
        return found[-1] if found else None

    @property
    def latest(self) -> str:
        """The code of the period that the first screen speaks of."""
        return self.main.current.code if self.main else self.agenda.latest.code

    @property
    def partial(self) -> Comparison | None:
        """The comparison of the incomplete year, if there is one beside the main one."""
        found = [each for each in self.agenda.shown if each.partial and each is not self.main]
        return found[-1] if found else None

    @property
    def ordered(self) -> tuple[Comparison, ...]:
        """The comparisons in the order of the report: the main one, the incomplete year, then earlier ones."""
        first = [each for each in (self.main, self.partial) if each is not None]
        rest = [each for each in reversed(self.agenda.shown) if each not in first]
        return (*first, *rest)

    @property
    def shown(self) -> tuple[Comparison, ...]:
        """The comparisons told in full: in a short report the main one and the incomplete year, else the latest."""
        return self.ordered[: 2 if self.short else TOLD]

    def label(self, period: str) -> Name | Finding:
        """A period in a row of a table: an incomplete year and the same months of the year before are called so."""
        if not incomplete(period):
            return Name("period", period)
        bases = {each.base.code for each in self.agenda.shown if each.partial}
        return Finding(f"row.{'same_months' if period in bases else 'incomplete'}", {"period": Name("period", period)})

    def most(self, rows: int) -> int | None:
        """How many rows a table may have: so many in a short report, any number in a full one."""
        return rows if self.short else None

    def table(self, stage: str, name: str) -> pl.DataFrame:
        """A table of a stage."""
        return self.study.stage(stage).tables[name]

    def findings(self, stage: str, *keys: str) -> tuple[Finding, ...]:
        """The findings of a stage with these keys (without the stage's name), in the study's order."""
        wanted = {f"{stage}.{key}" for key in keys}
        return tuple(finding for finding in self.study.stage(stage).findings if finding.key in wanted)

    def finding(self, stage: str, key: str, direction: Direction, comparison: Comparison) -> Finding | None:
        """The finding of one direction and comparison."""
        wanted = {
            "exporter": Name("area", direction[0]),
            "period": Name("period", comparison.current.code),
            "base": Name("period", comparison.base.code),
        }
        for finding in self.findings(stage, key):
            if all(finding.parameters.get(name) == value for name, value in wanted.items()):
                return finding
        return None

    def compared(self, name: str, direction: Direction, comparison: Comparison) -> pl.DataFrame:
        """The rows of a table of stage 2 for one direction and comparison."""
        return chosen(
            self.table("product_groups", name),
            exporter=direction[0],
            importer=direction[1],
            period=comparison.current.code,
            base_period=comparison.base.code,
        )

    def described(self, name: str, direction: Direction, period: str | None = None) -> pl.DataFrame:
        """The rows of a table of stage 2 for one direction and period; every period where none is named."""
        rows = chosen(self.table("product_groups", name), exporter=direction[0], importer=direction[1])
        return rows if period is None else chosen(rows, period=period)

    def of_some_goods(self, direction: Direction, period: str) -> tuple[str, ...]:
        """The caveat of shares in a direction and period of which goods are held and their total is not."""
        groups = self.described("groups", direction, period)
        return ("goods_held_only",) if groups.height and not groups["total_held"].all() else ()

    def basket(self, direction: Direction, period: str) -> tuple[str, ...]:
        """The publisher's rows of all groups of a direction and period: what every index of them stands on."""
        return traces_in(self.described("groups", direction, period))


def ends(direction: Direction) -> dict[str, Parameter]:
    """Exporter and importer as a message names them."""
    return {"exporter": Name("area", direction[0]), "importer": Name("area", direction[1])}


def against(comparison: Comparison) -> dict[str, Parameter]:
    """Period and base as a title names them."""
    return {"period": spoken(comparison.current.code), "base": base_of(comparison.base.code)}


def compared_ends(direction: Direction, comparison: Comparison) -> dict[str, Parameter]:
    """Exporter, importer, period and base of a title."""
    return {**ends(direction), **against(comparison)}
