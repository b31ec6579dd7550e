"""The official figures of a claim: every source, release and side that can tell, the one to be asked first in front."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import polars as pl

from corridor.bulletin.claims import MIRROR, mirrored
from corridor.bulletin.when import When
from corridor.codes import areas
from corridor.codes.periods import Period
from corridor.codes.products import RESIDUAL, TOTAL
from corridor.study.ledger import CUMULATIVE, PRINTED, SUMMED, Ledger
from corridor.study.series import RELEASES, Series
from corridor.study.tables import Publisher, Tables

WORLD, LISTED = "WLD", "_LISTED"
_NATIONAL = 1
_COLUMNS = (
    "source", "release", "flow", "product", "period_start", "period_end", "cumulative", "value_usd", "quantity",
    "quantity_unit", "maturity", "trace_id",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One figure: what is asked for, of whose trade with whom, in which months."""

    flow: str
    product: str
    reporter: str
    partner: str
    when: When


@dataclass(frozen=True)
class Official:
    """A figure that somebody published, or that follows from what somebody published.

    ``side`` is the area that reported it; ``mirrored``: that is the partner of the claim. ``firm``: where it differs
    from a claim, the claim is wrong; otherwise it can only confirm. ``trace`` holds the rows' ids, separated by blanks.
    """

    value: float
    source: str
    release: str
    side: str
    trace: str
    made: str
    mirrored: bool = False
    firm: bool = True

    def with_(self, other: Official, value: float) -> Official:
        """What follows from two figures."""
        return replace(
            self,
            value=value,
            release=self.release if self.release == other.release else f"{self.release}/{other.release}",
            source=self.source if self.source == other.source else f"{self.source}/{other.source}",
            trace=" ".join(dict.fromkeys((*self.trace.split(), *other.trace.split()))),
            firm=self.firm and other.firm,
        )

    @property
    def series(self) -> tuple[str, str, str]:
        """Who published it, in which edition, from which side."""
        return (self.side, self.source, self.release)


@dataclass(frozen=True)
class _Row:
    value: float
    quantity: float | None
    unit: str | None
    estimated: bool
    trace: str


_Span = tuple[date, date, bool]
_Spans = dict[_Span, _Row]
#: The figures of a pair: (flow, product) -> (source, release) -> what they say of each span.
_Book = dict[tuple[str, str], dict[tuple[str, str], _Spans]]


class Figures:
    """The tables, asked figure by figure. ``office`` of a question is the area whose statistics a text names."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._books: dict[tuple[str, str], _Book] = {}
        self._ledgers: dict[tuple[str, str, str, str], Ledger] = {}
        self._ledgers_by_pair: dict[tuple[str, str], tuple[Ledger, ...]] = {}
        self._listed: dict[tuple[Ledger, str, str, str], pl.DataFrame] = {}
        self._known: dict[tuple[Asked, str, str], list[Official]] = {}

    def values(self, asked: Asked, office: str = "") -> list[Official]:
        """The value in US dollars of a flow, a turnover or a balance."""
        if asked.flow in ("turnover", "balance"):
            sign = 1.0 if asked.flow == "turnover" else -1.0
            return self._joined(asked, sign, office)
        return self._of_flow(asked, "value", office)

    def volumes(self, asked: Asked, unit: str, office: str = "") -> list[Official]:
        """The quantity, in ``t`` or ``piece``."""
        return self._of_flow(asked, unit, office)

    def unit_values(self, asked: Asked, unit: str, office: str = "") -> list[Official]:
        """US dollars per ``t`` or ``piece``."""
        values, volumes = self.values(asked, office), self.volumes(asked, unit, office)
        return [
            value.with_(volume, value.value / volume.value)
            for value in values
            for volume in volumes
            if value.series == volume.series and value.made == volume.made and volume.value
        ]

    def whole(self, asked: Asked, office: str = "") -> list[Official]:
        """The reporter's trade with all partners: the publisher's total, else the sum over the listed ones."""
        totals = self.values(replace(asked, partner=WORLD), office) + self.values(
            replace(asked, partner=LISTED), office
        )
        return totals + [replace(each, firm=False) for each in self._listed_sums(asked)]

    def rank(self, asked: Asked) -> list[Official]:
        """The partner's place among the reporter's partners, the largest first."""
        found = []
        for ledger, figures in self._turnovers(asked) if asked.flow == "turnover" else self._partners(asked):
            mine = figures.filter(pl.col("partner") == asked.partner)
            if mine.height:
                place = figures.filter(pl.col("value_usd") > mine["value_usd"][0]).height + 1
                found.append(_of_series(ledger.series, float(place), str(mine["trace_id"][0])))
        return found

    def rank_of_product(self, asked: Asked, office: str = "") -> list[Official]:
        """The product's place among the groups of the pair's flow, the residual group left out."""
        found = []
        for official in self.values(asked, office):
            rows = self._book(*self._sides(asked, official))
            flow = mirrored(asked.flow) if official.mirrored else asked.flow
            rivals = [
                each[0][0]
                for (of, product), series in rows.items()
                if of == flow
                and product not in (TOTAL, RESIDUAL)
                and (each := _levels(series.get((official.source, official.release), {}), asked.when, "value"))
            ]
            found.append(replace(official, value=float(sum(value > official.value for value in rivals) + 1)))
        return found

    # One flow of one pair

    def _of_flow(self, asked: Asked, what: str, office: str) -> list[Official]:
        key = (asked, what, office)
        if key not in self._known:
            self._known[key] = self._told(asked, what, office)
        return self._known[key]

    def _told(self, asked: Asked, what: str, office: str) -> list[Official]:
        if areas.area(asked.partner).kind == "group":
            return self._of_group(asked, what, office)
        own = self._reported(asked, what, mirrored=False)
        mirror = self._reported(
            Asked(mirrored(asked.flow), asked.product, asked.partner, asked.reporter, asked.when), what, mirrored=True
        )
        return sorted((_firm(each, office) for each in (*own, *mirror)), key=lambda each: self._rank(each, office))

    def _reported(self, asked: Asked, what: str, *, mirrored: bool) -> Iterator[Official]:
        product = TOTAL if asked.product == "total" else asked.product
        held = self._book(asked.reporter, asked.partner).get((asked.flow, product), {})
        for (source, release), spans in held.items():
            for value, row, made in _levels(spans, asked.when, what):
                firm = not row.estimated and (not mirrored or self._publisher(source).rank == _NATIONAL)
                yield Official(value, source, release, asked.reporter, row.trace, made, mirrored, firm)

    def _of_group(self, asked: Asked, what: str, office: str) -> list[Official]:
        """The sum over a group's members that the table lists."""
        last = asked.when.each_month()[-1].period()
        members = areas.members(asked.partner, last.end) if last else ()
        sums: dict[tuple[object, ...], Official] = {}
        for member in members:
            for each in self._of_flow(replace(asked, partner=member), what, office):
                key = (*each.series, each.made)
                if not each.mirrored:
                    sums[key] = sums[key].with_(each, sums[key].value + each.value) if key in sums else each
        return sorted(sums.values(), key=lambda each: self._rank(each, office))

    def _joined(self, asked: Asked, sign: float, office: str) -> list[Official]:
        exports = self._of_flow(replace(asked, flow="export"), "value", office)
        imports = self._of_flow(replace(asked, flow="import"), "value", office)
        return [
            out.with_(into, out.value + sign * into.value)
            for out in exports
            for into in imports
            if out.series == into.series and out.made == into.made
        ]

    def _book(self, reporter: str, partner: str) -> _Book:
        if (reporter, partner) not in self._books:
            flows = self._tables.flows
            rows = flows.filter((pl.col("reporter") == reporter) & (pl.col("partner") == partner)).select(_COLUMNS)
            book: _Book = {}
            for row in rows.iter_rows():
                source, release, flow, product, start, end, cumulative, value, quantity, unit, maturity, trace = row
                figure = _Row(value, quantity, unit, maturity == "estimated", trace)
                spans = book.setdefault((flow, product), {}).setdefault((source, release), {})
                spans[start, end, cumulative] = figure
            self._books[reporter, partner] = book
        return self._books[reporter, partner]

    @staticmethod
    def _sides(asked: Asked, official: Official) -> tuple[str, str]:
        return (asked.partner, asked.reporter) if official.mirrored else (asked.reporter, asked.partner)

    def _publisher(self, source: str) -> Publisher:
        return self._tables.publishers.get(source, Publisher(source, "", 9))

    def _rank(self, official: Official, office: str) -> tuple[object, ...]:
        publisher = self._publisher(official.source)
        release = RELEASES.index(official.release) if official.release in RELEASES else len(RELEASES)
        return (
            office not in ("", official.side),
            official.mirrored,
            publisher.rank,
            release,
            _MADE.index(official.made),
        )

    # All partners

    def _partners(self, asked: Asked) -> Iterator[tuple[Ledger, pl.DataFrame]]:
        period = asked.when.period()
        if period is None or asked.flow not in MIRROR:
            return
        product = TOTAL if asked.product == "total" else asked.product
        for ledger in self._ledgers_of(asked.reporter, asked.partner):
            figures = self._of_all(ledger, asked.flow, product, period)
            if figures.height > 1:
                yield ledger, figures

    def _of_all(self, ledger: Ledger, flow: str, product: str, period: Period) -> pl.DataFrame:
        key = (ledger, flow, product, period.code)
        if key not in self._listed:
            self._listed[key] = ledger.partners(flow, period).filter(pl.col("product") == product)
        return self._listed[key]

    def _turnovers(self, asked: Asked) -> Iterator[tuple[Ledger, pl.DataFrame]]:
        """Exports and imports added, partner by partner."""
        exports = dict(_by_series(self._partners(replace(asked, flow="export"))))
        for series, (ledger, imports) in _by_series(self._partners(replace(asked, flow="import"))):
            if series in exports:
                both = pl.concat([exports[series][1], imports])
                sums = both.group_by("partner").agg(pl.col("value_usd").sum(), pl.col("trace_id").str.join(" "))
                yield ledger, sums

    def _listed_sums(self, asked: Asked) -> Iterator[Official]:
        for ledger, figures in self._partners(asked):
            yield _of_series(ledger.series, float(figures["value_usd"].sum()), str(figures["trace_id"][0]))

    def _ledgers_of(self, reporter: str, partner: str) -> tuple[Ledger, ...]:
        if (reporter, partner) not in self._ledgers_by_pair:
            self._ledgers_by_pair[reporter, partner] = tuple(self._ledgers_with(reporter, partner))
        return self._ledgers_by_pair[reporter, partner]

    def _ledgers_with(self, reporter: str, partner: str) -> Iterator[Ledger]:
        """The ledgers of every series that tells of the pair; of one series one ledger, whoever the partner is."""
        flows = self._tables.flows.filter((pl.col("reporter") == reporter) & (pl.col("partner") == partner))
        kinds = flows.select("source", "release", "classification").unique().sort("release", "source", "classification")
        for source, release, classification in kinds.iter_rows():
            key = (reporter, source, release, classification)
            if key not in self._ledgers:
                series = Series(reporter, partner, source, release, classification)
                self._ledgers[key] = Ledger(self._tables.flows, series)
            yield self._ledgers[key]


_MADE: Sequence[str] = (CUMULATIVE, PRINTED, SUMMED)


def _by_series(
    found: Iterator[tuple[Ledger, pl.DataFrame]],
) -> Iterator[tuple[Series, tuple[Ledger, pl.DataFrame]]]:
    yield from ((ledger.series, (ledger, figures)) for ledger, figures in found)


def _of_series(series: Series, value: float, trace: str) -> Official:
    return Official(value, series.source, series.release, series.reporter, trace, PRINTED)


def _firm(official: Official, office: str) -> Official:
    """A text that names whose statistics it quotes is refuted by those alone."""
    return official if office in ("", official.side) else replace(official, firm=False)


def _levels(spans: Mapping[_Span, _Row], when: When, what: str) -> list[tuple[float, _Row, str]]:
    """The figures of one series for these months: as printed, as a year-to-date column, as a sum of months."""
    rows = [(spans.get(_span(when, cumulative=True)), CUMULATIVE), (spans.get(_span(when, cumulative=False)), PRINTED)]
    rows = rows[::-1] if when.length == 1 else rows
    months = [spans.get(_span(month, cumulative=False)) for month in when.each_month()] if when.length > 1 else []
    if months and all(month is not None for month in months):
        rows.append((_sum([month for month in months if month is not None]), SUMMED))
    found = [(_amount(row, what), row, made) for row, made in rows if row is not None]
    return [(value, row, made) for value, row, made in found if value is not None]


@lru_cache(maxsize=10_000)
def _span(when: When, *, cumulative: bool) -> _Span:
    first = date(when.start_year, when.first % 12 + 1, 1)
    return (first, Period.month(when.end_year, when.last % 12 + 1).end, cumulative)


def _sum(rows: Sequence[_Row]) -> _Row:
    quantities = [row.quantity for row in rows if row.quantity is not None]
    whole = sum(quantities) if len(quantities) == len(rows) else None
    traces = " ".join(row.trace for row in rows)
    return _Row(sum(row.value for row in rows), whole, rows[0].unit, any(row.estimated for row in rows), traces)


def _amount(row: _Row, what: str) -> float | None:
    if what == "value":
        return row.value
    return row.quantity if row.unit == what else None


__all__ = ["LISTED", "WORLD", "Asked", "Figures", "Official"]
