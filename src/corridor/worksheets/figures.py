"""The figures of one flow that an indicator is asked of: one series, one direction, chosen periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.errors import NothingFound, UsageError
from corridor.study.ledger import LISTED, Ledger
from corridor.study.question import Question
from corridor.study.series import Series, choose, of_reporter
from corridor.study.spans import span
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking

#: The partner of a series that was asked about none.
_EVERYBODY = "WLD"


@dataclass(frozen=True)
class Figures:
    """One series' figures on one flow; ``partner`` None: with all listed partners together."""

    asking: Asking
    tables: Tables
    ledger: Ledger
    flow: str
    partner: str | None

    @property
    def series(self) -> Series:
        """Whose figures these are."""
        return self.ledger.series

    @cached_property
    def held(self) -> tuple[Period, ...]:
        """Every period of the series, in order of time."""
        rows = self.series.rows(self.tables.flows).filter(flow=self.flow)
        if self.partner:
            rows = rows.filter(partner=self.partner)
        spans = {span(*ends) for ends in rows.select("period_start", "period_end").unique().iter_rows()}
        return tuple(sorted(spans, key=lambda period: (period.end, period.start)))

    def periods(self, freq: str = "A") -> tuple[Period, ...]:
        """The periods asked for, else every held one of a frequency, else every one held."""
        return self.asking.periods or tuple(each for each in self.held if each.freq == freq) or self.held

    def latest(self) -> tuple[Period, ...]:
        """The periods asked for, else the latest year, or whatever is the latest."""
        return self.asking.periods or self.periods()[-1:]

    def pairs(self) -> tuple[tuple[Period, Period], ...]:
        """Base and current periods: each of several asked for against the one before, a single one a year before."""
        asked = self.asking.periods or self.periods()[-2:]
        if len(asked) == 1:
            return ((asked[0].same_period_last_year(), asked[0]),)
        return tuple(pairwise(asked))

    def groups(self, period: Period, flow: str | None = None) -> pl.DataFrame:
        """``product, value_usd, quantity, quantity_unit`` of the pair, or of the listed partners together."""
        way = flow or self.flow
        rows = self.ledger.pair(way, period) if self.partner else self.ledger.market(way, period)
        chosen = rows.filter(product=self.asking.product) if self.asking.product else rows
        if "trace_id" not in chosen.columns:
            chosen = chosen.with_columns(trace_id=pl.lit(""))
        return self.some(chosen, period, way).sort("product")

    def partners(self, period: Period, product: str = TOTAL, flow: str | None = None) -> pl.DataFrame:
        """``partner, product, value_usd`` of every single partner in one product, or of all goods."""
        way = flow or self.flow
        return self.some(self.ledger.partners(way, period).filter(product=product), period, way).sort("partner")

    def total(self, period: Period, flow: str | None = None) -> float:
        """All goods, or the product asked for, with the partner or with all listed partners together."""
        way, product = flow or self.flow, self.asking.product or TOTAL
        rows = self.ledger.figures(way, period).filter(product=product)
        one = rows.filter(partner=self.partner or LISTED)
        if one.is_empty() and not self.partner:
            one = self.ledger.partners(way, period).filter(product=product)
        return float(self.some(one, period, way)["value_usd"].sum())

    def whole(self, period: Period) -> float:
        """All goods with all listed partners together."""
        return Figures(self.asking, self.tables, self.ledger, self.flow, None).total(period)

    def some(self, rows: pl.DataFrame, period: Period, flow: str) -> pl.DataFrame:
        """The rows; `NothingFound` where there are none."""
        if rows.height:
            return rows
        whom = f"with {self.partner}" if self.partner else "with its listed partners (the bundled figures name a few)"
        of = f" of {self.asking.product}" if self.asking.product else ""
        raise NothingFound(
            f"no {flow}s{of} of {self.series.reporter} {whom} are held for {period.code}",
            next_step=f"corridor coverage {self.series.reporter} PARTNER shows what is; corridor add PATH adds files",
        )


def figures(tables: Tables, asking: Asking) -> Figures:
    """The figures asked for: of the pair, or of one economy's trade with all.

    Raises: UsageError if nobody is named; NothingFound if no table holds such a series.
    """
    if not (asking.exporter or asking.importer):
        raise UsageError(
            "whose trade?", next_step="name --exporter and --importer, or one of them, e.g. --exporter VNM"
        )
    if asking.exporter and asking.importer:
        series = _of_pair(tables, asking, asking.exporter, asking.importer)
        partner: str | None = series.partner
    else:
        series, partner = _of_one(tables, asking), None
    flow = "export" if series.reporter == asking.exporter else "import"
    return Figures(asking, tables, Ledger(tables.flows, series), flow, partner)


def _of_pair(tables: Tables, asking: Asking, exporter: str, importer: str) -> Series:
    question = _question(asking, exporter, importer)
    if asking.reporter is None:
        return choose(tables, question)
    theirs = tables.flows.filter(reporter=asking.reporter)
    return choose(Tables(theirs, tables.quantities, tables.coverage, tables.facts, tables.publishers), question)


def _of_one(tables: Tables, asking: Asking) -> Series:
    economy = asking.exporter or asking.importer or ""
    found = of_reporter(tables, _question(asking, economy, _EVERYBODY))
    if found:
        return found[0]
    others = tables.flows.filter(partner=economy)["reporter"].unique().sort().to_list()
    raise NothingFound(
        f"{economy} itself reports nothing here",
        next_step=f"others report on it: name the other side too, one of {', '.join(others)}"
        if others
        else "corridor sources shows what is there; corridor add PATH adds files",
    )


def _question(asking: Asking, exporter: str, partner: str) -> Question:
    return Question(
        exporter, partner, source=asking.source, release=asking.release, classification=asking.classification
    )
