"""From tables to the statements of a bulletin, in the order a reader knows. It reads like the table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from corridor.bulletin.access import Access, access
from corridor.bulletin.advice import Advice, advice
from corridor.bulletin.annex import Annex, annex
from corridor.bulletin.assignment import Assignment
from corridor.bulletin.groups_of_partners import Membership, is_group, members_of, membership, with_group
from corridor.bulletin.later_release import LaterRelease, later_releases
from corridor.bulletin.lunar import Lunar, lunar
from corridor.bulletin.movers import Movement, movement
from corridor.bulletin.per_day import PerDay, per_day
from corridor.bulletin.standing import Standing, standings
from corridor.bulletin.totals import SIDES, Pair, Totals, against_last_year, against_previous, totals
from corridor.codes.periods import Period
from corridor.errors import NothingFound
from corridor.harmonise.coverage import SAMPLE_PREFIX
from corridor.study.comparisons import Comparison
from corridor.study.ledger import Ledger
from corridor.study.question import Question
from corridor.study.series import Series, candidates
from corridor.study.tables import Tables

_FLOWS = ("export", "import")


@dataclass(frozen=True)
class Print:
    """Whose file a row stands in, and the day it bears; None where the file prints none."""

    source: str
    published: date | None


@dataclass(frozen=True)
class Bulletin:
    """Everything a bulletin states, without a language.

    ``totals`` are those of the period against the same one a year before; ``to_date`` those of the year to date where
    that is a longer span, ``last_year`` those of the last complete year before it; ``previous`` and ``per_day`` only on
    request.
    ``printed`` is the day of print of the newest table of the period, ``prints`` the file of every trace id.
    """

    assignment: Assignment
    pair: Pair
    totals: Totals
    previous: Totals | None
    per_day: PerDay | None
    standings: tuple[Standing, ...]
    lunar: Lunar | None
    movements: tuple[Movement, ...]
    to_date: Totals | None
    movements_to_date: tuple[Movement, ...]
    last_year: Totals | None
    later: tuple[LaterRelease, ...]
    membership: Membership | None
    annexes: tuple[Annex, ...]
    advice: Advice | None
    access: Access | None
    maturity: str
    printed: date | None
    bundled: bool
    prints: Mapping[str, Print] = field(default_factory=dict)

    @property
    def comparison(self) -> Comparison:
        """The period and its base."""
        return self.totals.comparison

    def trace_ids(self) -> Iterator[str]:
        """The address of every publisher's row that a number of the bulletin came from."""
        for each in (self.totals, self.previous, self.to_date, self.last_year, *self._others()):
            if each is not None:
                yield from (*each.exports.traces, *each.imports.traces)
        for later in self.later:
            yield from later.later.traces
        if self.advice:
            yield from (trace for each in self.advice.first.values() for finding in each for trace in finding.traces)
        if self.access:
            yield from (trace for row in self.access.offer.together["trace_id"] for trace in row.split())
        for table in self._tables():
            for column in (name for name in table.columns if name.startswith("trace_id")):
                for traces in table[column].drop_nulls():
                    yield from traces.split()

    def _others(self) -> Iterator[Totals]:
        if self.lunar and self.lunar.together:
            yield self.lunar.together
        if self.membership:
            yield from (member.totals for member in self.membership.members)

    def _tables(self) -> Iterator[pl.DataFrame]:
        for each in (*self.movements, *self.movements_to_date):
            yield from (each.changes, each.largest)
        if self.lunar:
            yield from self.lunar.turned.values()
        yield from (each.rows for each in self.annexes)


def write(tables: Tables, assignment: Assignment, schedules: pl.DataFrame | None = None) -> Bulletin:
    """The bulletin of one pair and period; `NothingFound` where no table holds either direction of it.

    ``schedules`` are rows of the stored table ``tariffs``: with those of either side the bulletin also tells what the
    agreement in force offers on the last day of the period.
    """
    period, limits = assignment.period, assignment.thresholds
    group = _members(assignment)
    held = with_group(tables, assignment.reporter, assignment.partner, group) if group else tables
    pair = _pair(held, assignment)
    comparison = against_last_year(period)
    to_date = _to_date(period)
    own = totals(pair, comparison)
    previous = _held(totals(pair, against_previous(period))) if assignment.previous else None
    holiday = lunar(pair, comparison, limits)
    span = _held(totals(pair, to_date)) if to_date else None
    last_year = _held(totals(pair, against_last_year(Period.year(period.end.year - 1))))
    compared = tuple(each for each in (own, previous, span, holiday.together if holiday else None) if each)
    rows = _rows(held, pair, period)
    movements = tuple(movement(pair, side, comparison, limits) for side in SIDES)
    recommended = advice(held, pair, period) if assignment.advice and not group else None
    partners = group or (assignment.partner,)
    bulletin = Bulletin(
        assignment=assignment,
        pair=pair,
        totals=own,
        previous=previous,
        per_day=per_day(own, pair.ledger.series.reporter) if assignment.working_days else None,
        standings=standings(pair, period),
        lunar=holiday,
        movements=movements,
        to_date=span,
        movements_to_date=tuple(movement(pair, side, to_date, limits) for side in SIDES) if to_date else (),
        last_year=last_year,
        later=() if group else later_releases(held, pair, _once(compared), limits.tolerance),
        membership=membership(pair, assignment.partner, comparison, group) if group else None,
        annexes=tuple(
            found for side in SIDES for span in (comparison, to_date) if span and (found := annex(pair, side, span))
        ),
        advice=recommended,
        access=access(schedules, pair, partners, movements, recommended, period.end) if schedules is not None else None,
        maturity=str(rows["maturity"].mode().sort()[0]) if rows["maturity"].drop_nulls().len() else "",
        printed=rows.filter(~_undated()).select(pl.col("published").max()).item(),
        bundled=bool(rows["snapshot"].str.starts_with(SAMPLE_PREFIX).any()),
    )
    printed = [tables.flows, *([schedules] if bulletin.access and schedules is not None else [])]
    return replace(bulletin, prints=_prints(printed, set(bulletin.trace_ids())))


def _prints(tables: Iterable[pl.DataFrame], wanted: set[str]) -> dict[str, Print]:
    day = pl.when(~_undated()).then(pl.col("published"))
    found = [each.filter(pl.col("trace_id").is_in(wanted)).select("trace_id", "source", day) for each in tables]
    return {trace: Print(source, day) for rows in found for trace, source, day in rows.iter_rows()}


def _members(assignment: Assignment) -> tuple[str, ...]:
    """The members of a group of partners at the end of the period, in both periods; none for a country."""
    if not is_group(assignment.partner):
        return ()
    return members_of(assignment.partner, assignment.period.end, assignment.reporter)


def _pair(tables: Tables, assignment: Assignment) -> Pair:
    """The pair in the first series that holds a total of the period, in the order in which a study would choose.

    Of one publisher's series, which share its totals, the one whose goods are held of the period too.
    """
    question = Question(
        exporter=assignment.reporter,
        partner=assignment.partner,
        source=assignment.source,
        release=assignment.release,
        classification=assignment.classification,
    )
    goods = ""
    found = candidates(tables, question)
    for series in found:
        ledger = Ledger(tables.flows, series)
        if any(ledger.total(flow, assignment.period) for flow in _FLOWS):
            alike = [each for each in found if _edition(each) == _edition(series)]
            best = _with_goods(tables, alike, assignment.period) or ledger
            return Pair(assignment.reporter, assignment.partner, best)
        goods = goods or (series.source if any(ledger.holds(flow, assignment.period) for flow in _FLOWS) else "")
    ends = f"trade between {assignment.reporter} and {assignment.partner} in {assignment.period.code}"
    if goods:
        raise NothingFound(
            f"{goods} holds {ends} by goods, and no total of all goods, with which a bulletin opens",
            next_step="add a file that holds the total; corridor study and corridor flows tell of the goods",
        )
    raise NothingFound(
        f"no table holds {ends}",
        next_step="corridor coverage shows which periods are held; add the missing files or ask for another period",
    )


def _edition(series: Series) -> tuple[str, str, str]:
    """Whose totals a series has, whatever its goods are called."""
    return series.reporter, series.source, series.release


def _with_goods(tables: Tables, series: Sequence[Series], period: Period) -> Ledger | None:
    """The first series with goods of the period; None where none has any."""
    ledgers = (Ledger(tables.flows, each) for each in series)
    return next((each for each in ledgers if any(each.pair(flow, period).height for flow in _FLOWS)), None)


def _to_date(period: Period) -> Comparison | None:
    """The year to date where it is longer than the period."""
    span = Period.year_to_date(period.end.year, period.end.month)
    return against_last_year(span) if span.start != period.start else None


def _held(found: Totals) -> Totals | None:
    return found if any(found.side(side).now is not None for side in SIDES) else None


def _once(compared: tuple[Totals, ...]) -> tuple[Totals, ...]:
    """Each comparison once: of a February the two months together are the year to date."""
    return tuple({each.comparison: each for each in compared}.values())


def _rows(tables: Tables, pair: Pair, period: Period) -> pl.DataFrame:
    """The publisher's rows of the pair that end with the period."""
    rows = pair.ledger.series.rows(tables.flows)
    return rows.filter((pl.col("partner") == pair.counterpart) & (pl.col("period_end") == period.end))


def _undated() -> pl.Expr:
    return pl.col("caveats").fill_null("").str.contains("published_is_added")
