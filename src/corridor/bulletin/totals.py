"""Totals of a pair in a period and its base: exports, imports, turnover and balance, seen by the reporter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.codes.periods import Period
from corridor.study.comparisons import Comparison, Kind
from corridor.study.ledger import Ledger

Side = Literal["exports", "imports"]
SIDES: tuple[Side, Side] = ("exports", "imports")

_KINDS: Mapping[str, Kind] = {"A": "year", "M": "month", "YTD": "partial"}


@dataclass(frozen=True)
class Pair:
    """A reporter, its partner and the ledger of the series that speaks of both.

    Where the partner's own tables stand in for a reporter that publishes none, ``mirrored`` is true: the reporter's
    exports are then the partner's imports.
    """

    reporter: str
    partner: str
    ledger: Ledger

    @property
    def mirrored(self) -> bool:
        """Whether the figures are the partner's."""
        return self.ledger.series.reporter != self.reporter

    @property
    def counterpart(self) -> str:
        """The other side in the eyes of whoever publishes the figures."""
        return self.reporter if self.mirrored else self.partner

    def ends(self, side: Side) -> tuple[str, str]:
        """(exporter, importer) of the reporter's exports or imports."""
        return (self.reporter, self.partner) if side == "exports" else (self.partner, self.reporter)

    def flow(self, side: Side) -> str:
        """The publisher's word for the reporter's exports or imports."""
        return self.ledger.series.flow(self.ends(side)[0])


@dataclass(frozen=True)
class Amount:
    """US dollars in a period and its base; None with a reason (see `absence`) where there is no figure.

    ``made`` says how the figure came to be, in the words of `corridor.study.ledger`.
    """

    now: float | None
    before: float | None
    absence: str = ""
    base_absence: str = ""
    made: str = ""
    traces: tuple[str, ...] = ()

    @property
    def change(self) -> float | None:
        """The difference in US dollars."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def growth(self) -> float | None:
        """The difference over the base, 0.1 = +10 %; None without a base, and where the base is nothing."""
        return None if self.change is None or not self.before else self.change / self.before


@dataclass(frozen=True)
class Totals:
    """Exports and imports of one comparison, and what follows from them."""

    comparison: Comparison
    exports: Amount
    imports: Amount

    def side(self, side: Side) -> Amount:
        """Exports or imports."""
        return self.exports if side == "exports" else self.imports

    @property
    def turnover(self) -> Amount:
        """Exports plus imports; absent where one of them is."""
        return self._together(1.0)

    @property
    def balance(self) -> Amount:
        """Exports minus imports: above zero a surplus of the reporter; its growth means nothing, its change does."""
        return self._together(-1.0)

    def _together(self, sign: float) -> Amount:
        one, other = self.exports, self.imports
        return Amount(
            now=_sum(one.now, other.now, sign),
            before=_sum(one.before, other.before, sign),
            absence=one.absence or other.absence,
            base_absence=one.base_absence or other.base_absence,
            made=one.made if one.made == other.made else "",
            traces=(*one.traces, *other.traces),
        )


def totals(pair: Pair, comparison: Comparison) -> Totals:
    """Exports and imports of the period and its base."""
    return Totals(comparison, *(amount(pair, side, comparison) for side in SIDES))


def amount(pair: Pair, side: Side, comparison: Comparison) -> Amount:
    """The printed total of one side in a period and its base."""
    flow, ledger = pair.flow(side), pair.ledger
    now, before = (ledger.total(flow, period, pair.counterpart) for period in (comparison.current, comparison.base))
    held = [row for row in (now, before) if row is not None]
    return Amount(
        now=_value(now),
        before=_value(before),
        absence="" if now else absence(ledger, flow, comparison.current),
        base_absence="" if before else absence(ledger, flow, comparison.base),
        made=str(now["made"]) if now else "",
        traces=tuple(part for row in held for part in str(row["trace_id"]).split()),
    )


def absence(ledger: Ledger, flow: str, period: Period) -> str:
    """Why there is no figure: ``not_held`` without a table of the period, else ``row_absent``.

    Bundled figures are a few rows of a table and prove no absence.
    """
    rows = ledger.figures(flow, period)
    return "not_held" if rows.is_empty() or rows["bundled"].any() else "row_absent"


def against_last_year(period: Period) -> Comparison:
    """The period against the same one a year earlier."""
    return Comparison(period.same_period_last_year(), period, _kind(period))


def against_previous(period: Period) -> Comparison:
    """The period against the one of its kind just before; `UsageError` for a span from January."""
    return Comparison(period.previous(), period, _kind(period))


def _kind(period: Period) -> Kind:
    if period.freq == "YTD" and not period.is_partial_year:
        return "year"
    return _KINDS.get(period.freq, "period")


def _value(row: dict[str, object] | None) -> float | None:
    return None if row is None else float(str(row["value_usd"]))


def _sum(one: float | None, other: float | None, sign: float) -> float | None:
    return None if one is None or other is None else one + sign * other
