"""Survival of trade relationships."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.codes.arrays import Numbers, Rows
from corridor.errors import UsageError


def survival(
    frame: IntoFrameT,
    relationship: frames.Names = ("exporter", "importer", "product"),
    value: str = "value_usd",
    year: str = "year",
    by: frames.Names = (),
    *,
    gap: int = 0,
    begun_before: Literal["leave_out", "keep"] = "leave_out",
) -> IntoFrameT:
    """What part of trade relationships is still alive after so many years (Kaplan and Meier).

    A spell is a run of years in which a relationship has trade. ``S(d) = Π_{t<=d} (1 - ended_t / at_risk_t)``, 0..1,
    the part that outlives d years; a spell still running in the last year is censored: it is at risk as long as it was
    seen, and did not end. ``survival_error`` is Greenwood's standard error, ``S √(Σ ended / (at_risk (at_risk -
    ended)))``. ``gap``: interruptions of so many years do not end a spell. Spells running in the first year began
    nobody knows when: they are left out, or kept as if they had begun then; say which. A relationship may have several
    spells, each counted by itself.

    Takes a row a ``relationship`` (one column or several, text) and ``year`` (a whole number) with ``value`` (USD, none
    missing; 0 and no row both mean no trade); ``by`` for groups that are compared. Returns a row a duration in years:
    ``by, duration, at_risk, ended, censored, survival, survival_error``; nothing where there are no spells.

    Raises: UnfitTable if a year between the first and the last has no row at all: what was not reported did not end;
    UsageError for a negative ``gap`` or another ``begun_before``.

    Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457-481; on trade Besedeš and
    Prusa (2006), Ins, outs, and the duration of trade, Canadian Journal of Economics 39, 266-295. Checked by hand: the
    worked example.

    Worked example: four spells of 1, 1, 2 and 3 years, the last censored: S(1) = 1 - 2/4 = 1/2, S(2) = 1/2 · (1 - 1/2)
    = 1/4, S(3) = 1/4 · (1 - 0/1) = 1/4.

    In Stata: ``stset length, failure(ended)`` and ``sts list``. In R: ``survival::survfit(Surv(length, ended) ~ 1)``.
    """
    frames.check_choice("begun_before", begun_before, "leave_out", "keep")
    if gap < 0:
        raise UsageError(f"a gap of {gap} years is none", next_step="give 0 or more")
    by, relationship = frames.names(by), frames.names(relationship)
    table = frames.enter(frame)
    frames.check(table, values=[value, year], codes=relationship, groups=by)
    frames.check_unique(table, (*by, *relationship, year))
    _check_years(table, year, by)
    time = nw.col(year).cast(nw.Int64)
    dated = table.with_columns(
        _year=time, _first=frames.within(time.min(), by), _last=frames.within(time.max(), by)
    ).filter(frames.number(value) > 0)
    spells = _spells(dated, (*by, *relationship), gap)
    if begun_before == "leave_out":
        spells = spells.filter(nw.col("_start") > nw.col("_first"))
    return frames.leave(_estimates(_lengths(spells, by, gap), by), frame)


def _check_years(table: frames.Table, year: str, by: tuple[str, ...]) -> None:
    years = frames.each(table.with_columns(_year=nw.col(year).cast(nw.Int64)), (*by, "_year"), _rows=nw.len())
    spans = frames.each(years, by, _years=nw.len(), _first=nw.col("_year").min(), _last=nw.col("_year").max())
    frames.check_never(
        spans,
        nw.col("_last") - nw.col("_first") + 1 > nw.col("_years"),
        "(of all groups) have years without any row: what was not reported did not end",
        next_step="leave out the years before the gap",
    )


def _spells(dated: frames.Table, keys: tuple[str, ...], gap: int) -> frames.Table:
    """A row a spell: its first and last year, and those of the data."""
    before = nw.col("_year").shift(1).over(*keys, order_by="_year")
    begun = dated.with_columns(_new=nw.when(nw.col("_year") - before <= gap + 1).then(nw.lit(0)).otherwise(nw.lit(1)))
    numbered = begun.with_columns(_spell=nw.col("_new").cum_sum().over(*keys, order_by="_year"))
    year = nw.col("_year")
    ends = {"_first": nw.col("_first").min(), "_last": nw.col("_last").max()}
    return frames.each(numbered, (*keys, "_spell"), _start=year.min(), _end=year.max(), **ends)


def _lengths(spells: frames.Table, by: tuple[str, ...], gap: int) -> frames.Table:
    """A row a duration: how many spells of it ended and how many were censored."""
    running = nw.col("_end") + gap >= nw.col("_last")
    rows = spells.select(
        *by,
        duration=nw.col("_end") - nw.col("_start") + 1,
        ended=(~running).cast(nw.Int64),
        censored=running.cast(nw.Int64),
    )
    return frames.each(rows, (*by, "duration"), ended=nw.col("ended").sum(), censored=nw.col("censored").sum())


def _estimates(lengths: frames.Table, by: tuple[str, ...]) -> frames.Table:
    rows = Rows(lengths, (*by, "duration", "ended", "censored"))
    group, duration = rows.groups(by), rows.numbers("duration")
    found = {name: np.zeros(rows.count) for name in ("at_risk", "survival", "survival_error")}
    for place in np.unique(group):
        here = np.flatnonzero(group == place)
        here = here[np.argsort(duration[here])]
        ended, censored = rows.numbers("ended")[here], rows.numbers("censored")[here]
        for name, numbers in zip(found, _kaplan_meier(ended, censored), strict=True):
            found[name][here] = numbers
    columns = ("duration", "at_risk", "ended", "censored", "survival", "survival_error")
    counts = {name: nw.col(name).cast(nw.Int64) for name in columns[:4]}
    return rows.beside((*by, "duration"), found).with_columns(**counts).select(*by, *columns).sort(*by, "duration")


def _kaplan_meier(ended: Numbers, censored: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Who is at risk, what part survives, and its standard error, at each duration in rising order."""
    at_risk: Numbers = np.cumsum((ended + censored)[::-1])[::-1]
    alive: Numbers = np.multiply.accumulate(1 - ended / at_risk)
    left = at_risk - ended
    # Where all have ended, nothing is left to be uncertain about.
    terms = np.divide(ended, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    error: Numbers = alive * np.sqrt(np.cumsum(terms))
    return at_risk, alive, error
