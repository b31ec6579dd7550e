"""The figures of one flow that an indicator is asked of: one series, one direction, chosen periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import polars as pl

from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.errors import NothingFound, UsageError
from corridor.study.ledger import LISTED, WORLD, Ledger
from corridor.study.question import Question
from corridor.study.series import Series, candidates, choose, of_reporter
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

    @cached_property
    def has_total(self) -> bool:
        """Whether the series holds a total of all goods; a selection may hold some goods and no more."""
        rows = self.series.rows(self.tables.flows).filter(pl.col("product") == TOTAL, flow=self.flow)
        return (rows.filter(partner=self.partner) if self.partner else rows).height > 0

    def lacks_total(self, period: Period) -> bool:
        """Whether goods of the period are held, and no total of all goods."""
        rows = self.ledger.figures(self.flow, period)
        rows = rows.filter(partner=self.partner) if self.partner else rows
        return rows.height > 0 and not bool((rows["product"] == TOTAL).any())

    @cached_property
    def whom(self) -> str:
        """With whom these figures are, in words."""
        if self.partner:
            return f"with {self.partner}"
        partners = self.series.rows(self.tables.flows).filter(flow=self.flow)["partner"].unique().to_list()
        return "with the world" if partners == [WORLD] else "with all listed partners"

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
        rows = self.ledger.pair(way, period) if self.partner else self._of_all(way, period)
        chosen = rows.filter(product=self.asking.product) if self.asking.product else rows
        if "trace_id" not in chosen.columns:
            chosen = chosen.with_columns(trace_id=pl.lit(""))
        return self.some(chosen, period, way).sort("product")

    def _of_all(self, way: str, period: Period) -> pl.DataFrame:
        """The sum over the listed partners; where none is listed, what the publisher prints of the world."""
        market = self.ledger.market(way, period)
        if market.height:
            return market
        return self.ledger.figures(way, period).filter(pl.col("product") != TOTAL, partner=WORLD)

    def partners(self, period: Period, product: str = TOTAL, flow: str | None = None) -> pl.DataFrame:
        """``partner, product, value_usd`` of every single partner in one product, or of all goods."""
        way = flow or self.flow
        every = self.ledger.partners(way, period)
        rows = every.filter(product=product)
        if rows.is_empty() and product == TOTAL and not self.has_total:
            rows = every.group_by("partner").agg(pl.col("value_usd").sum(), pl.col("trace_id").str.join(" "))
        return self.some(rows, period, way).sort("partner")

    def total(self, period: Period, flow: str | None = None) -> float:
        """All goods, or the product asked for, with the partner or with all listed partners together."""
        way, product = flow or self.flow, self.asking.product or TOTAL
        rows = self.ledger.figures(way, period).filter(product=product)
        one = rows.filter(partner=self.partner or LISTED)
        if one.is_empty() and not self.partner:
            one = self.ledger.partners(way, period).filter(product=product)
        if one.is_empty() and not self.partner:
            one = rows.filter(partner=WORLD)
        if one.is_empty() and not self.has_total:
            one = self.groups(period, way)
        return float(self.some(one, period, way)["value_usd"].sum())

    def whole(self, period: Period) -> float:
        """All goods with all listed partners together."""
        return Figures(self.asking, self.tables, self.ledger, self.flow, None).total(period)

    def some(self, rows: pl.DataFrame, period: Period, flow: str) -> pl.DataFrame:
        """The rows; `NothingFound` where there are none."""
        if rows.height:
            return rows
        if not self.partner and self.ledger.figures(flow, period)["chosen"].any():
            raise NothingFound(
                f"{flow}s of {self.series.reporter} are held with some partners for {period.code}, which somebody"
                " chose: nothing tells whether they are all",
                next_step="add the source's rows of the world too, or name the other side (--exporter, --importer)",
            )
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
    return Figures(asking, tables, Ledger(tables.flows, series), _flow(asking, series), partner)


def _flow(asking: Asking, series: Series) -> str:
    return "export" if series.reporter == asking.exporter else "import"


def _of_pair(tables: Tables, asking: Asking, exporter: str, importer: str) -> Series:
    question = _question(asking, exporter, importer)
    if asking.reporter is not None:
        theirs = tables.flows.filter(reporter=asking.reporter)
        tables = Tables(theirs, tables.quantities, tables.coverage, tables.facts, tables.publishers)
    return _first_that_holds(tables, asking, candidates(tables, question), None) or choose(tables, question)


def _of_one(tables: Tables, asking: Asking) -> Series:
    economy = asking.exporter or asking.importer or ""
    found = of_reporter(tables, _question(asking, economy, _EVERYBODY))
    if found:
        return _first_that_holds(tables, asking, found, WORLD) or found[0]
    others = tables.flows.filter(partner=economy)["reporter"].unique().sort().to_list()
    raise NothingFound(
        f"{economy} itself reports nothing here",
        next_step=f"others report on it: name the other side too, one of {', '.join(others)}"
        if others
        else "corridor sources shows what is there; corridor add PATH adds files",
    )


def _first_that_holds(tables: Tables, asking: Asking, series: list[Series], whole: str | None) -> Series | None:
    """The best series with goods of every period asked for, else with most of them; None where none has any.

    The best series of all may be of other years, or of the other flow. ``whole`` is a partner that stands for all.
    """
    told = [(_held_of(tables, asking, each, whole), each) for each in series]
    most = max((held for held, _ in told), default=(0, 0))
    return next((each for held, each in told if held == most), None) if any(most) else None


def _held_of(tables: Tables, asking: Asking, series: Series, whole: str | None) -> tuple[int, int]:
    """Of how many of the periods asked for a series holds goods, and of how many anything."""
    ledger, flow = Ledger(tables.flows.filter(reporter=series.reporter), series), _flow(asking, series)
    partner = pl.col("partner") == series.partner if whole is None else pl.lit(value=True)
    rows = [ledger.figures(flow, period).filter(partner) for period in asking.periods]
    return sum(bool((each["product"] != TOTAL).any()) for each in rows), sum(bool(each.height) for each in rows)


def _question(asking: Asking, exporter: str, partner: str) -> Question:
    return Question(
        exporter, partner, source=asking.source, release=asking.release, classification=asking.classification
    )
