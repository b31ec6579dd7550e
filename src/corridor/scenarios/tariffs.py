"""Tariffs in force on a day, and what each partner really pays.

A schedule is rows of the stored table ``tariffs``. A partner's effective rate is the lowest of the MFN rate and
the rates of the agreements it belongs to: a preference above MFN is not paid. Where a cell that counts gives no
single rate (a divided line, a quota, words) the effective rate is unknown unless some regime gives zero; nothing is
averaged and nothing assumed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.codes import areas, schema
from corridor.codes.names import nearest
from corridor.errors import NothingFound, UnknownName

MFN = "mfn"
#: The partner of a rate that every partner gets.
EVERYBODY = "WLD"

#: Cells that say something of the duty and give no rate of the whole line.
_UNCERTAIN = ("split", "quota", "text", "reference", "times_mfn", "several")
#: Rows of equal key are one statement; a newer file's takes the older one's place.
_STATEMENT = ("reporter", "partner", "regime", "in_force_from")
#: What of a row in force decides who pays what.
_OFFER = (
    "product", "partner", "regime", "rate", "rate_kind", "excluded_partners", "legal_reference", "trace_id",
)  # fmt: skip


@dataclass(frozen=True)
class Schedule:
    """One importer's schedule from one source: which edition, and its rows (columns of ``tariffs``)."""

    reporter: str
    source: str
    table: str
    editions: tuple[str, ...]
    rows: pl.DataFrame


def schedule(tariffs: pl.DataFrame, reporter: str, *, source: str | None = None) -> Schedule:
    """The schedule of an importer, never a mix of sources.

    Of several sources the one with most regimes is taken, then the first in alphabetical order; ``source`` names
    another. Of a source's tables likewise. A statement printed in two files is taken from the later one.

    Raises: NothingFound if no schedule of the importer is held; UnknownName for a source without one.
    """
    held = tariffs.filter(pl.col("reporter") == reporter)
    if held.is_empty():
        raise NothingFound(f"no tariff schedule of {reporter} is held", next_step=_held(tariffs))
    if source is not None and source not in held["source"]:
        known = sorted(held["source"].unique())
        raise UnknownName(f"{source} has no tariff schedule of {reporter}", next_step=f"there are: {', '.join(known)}")
    chosen = _richest(held.filter(pl.col("source") == source) if source else held)
    rows = _newest(held.filter(pl.col("source") == chosen[0], pl.col("table") == chosen[1]))
    return Schedule(reporter, *chosen, tuple(rows["edition"].unique().sort()), rows)


def duty_lines(held: Schedule) -> pl.Series:
    """The codes of the lines of the schedule proper, sorted.

    Chapter 98 is left out: it repeats, under conditions, goods that have their line elsewhere.
    """
    codes = held.rows.filter(pl.col("regime").is_in([MFN, "applied"]))["product"].unique().sort()
    return codes.filter(~codes.str.starts_with("98"))


def _held(tariffs: pl.DataFrame) -> str:
    known = ", ".join(sorted(tariffs["reporter"].unique()))
    return f"schedules held: {known}" if known else "add one with: corridor add PATH"


def _richest(held: pl.DataFrame) -> tuple[str, str]:
    counted = held.group_by("source", "table").agg(regimes=pl.col("regime").n_unique())
    ranked = counted.sort("regimes", "source", "table", descending=[True, False, False])
    return ranked["source"][0], ranked["table"][0]


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    files = rows.select(*_STATEMENT, "published", "added", "snapshot").unique()
    latest = files.sort("published", "added", "snapshot").group_by(_STATEMENT, maintain_order=True).last()
    keys = [*_STATEMENT, "snapshot"]
    return rows.join(latest.select(keys), on=keys, how="semi", nulls_equal=True)


def in_force(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """The rows in force on a day: of a line and regime, those with the latest beginning.

    A row without a first day has always been in force, one without a last day still is; a temporary rate thereby
    goes before the lasting one. A code that the schedule prints on several lines keeps all of them.
    """
    begun = pl.col("in_force_from").fill_null(date.min)
    valid = rows.filter(begun <= on, pl.col("in_force_until").fill_null(date.max) >= on)
    return valid.filter(begun == begun.max().over("reporter", "partner", "regime", "product"))


def agreements(rows: pl.DataFrame, partners: Iterable[str], on: date) -> list[str]:
    """The named agreements, sorted, of which all ``partners`` are members on a day, among ``rows`` of ``tariffs``."""
    wanted = frozenset(partners)
    named = rows.filter(_is_duty(), ~pl.col("regime").is_in(list(schema.REGIMES))).select("regime", "partner").unique()
    return sorted({regime for regime, text in named.iter_rows() if wanted and wanted <= _countries(text, on)})


def effective_rates(rows: pl.DataFrame, partners: Iterable[str], on: date) -> pl.DataFrame:
    """What each partner pays on each line: one row a line and partner.

    ``rows`` are rows of ``tariffs`` of one importer. Returns ``product, partner, mfn`` (null where the schedule gives
    no single rate), ``preferential`` (lowest rate of an agreement, null without one), ``effective`` =
    min(preferential, mfn), all shares 0..; ``regime`` that gives it, its ``legal_reference`` and ``trace_id``; and
    ``rate_absence``: why ``effective`` is null (the kind of the cell, or ``no_rate``).

    Source: Free Trade Agreement between the Eurasian Economic Union and Viet Nam, article 2.3(4), for min().
    """
    valid = in_force(rows.filter(_is_duty()), on).select(_OFFER)
    alike = _treated_alike(valid, sorted(set(partners)), on)
    offered = _offers(valid.with_columns(_one_rate_a_line()), alike["like"].unique().sort().to_list(), on)
    paid = _best(offered).rename({"partner": "like"}).join(alike, on="like")
    return paid.select("product", "partner", pl.exclude("product", "partner", "like")).sort("product", "partner")


def _is_duty() -> pl.Expr:
    """MFN, an agreement, or a duty the publisher calls applied; no tax, no export duty, no general rate."""
    others = [name for name in schema.REGIMES if name not in (MFN, "applied", "preferential")]
    return ~pl.col("regime").is_in(others) & ~pl.col("regime").str.starts_with("export")


def _treated_alike(valid: pl.DataFrame, partners: list[str], on: date) -> pl.DataFrame:
    """``partner, like``: one partner for all those whom the same rows are for, and the same rows leave out.

    Most suppliers pay the MFN rate everywhere, so that few of them need looking at line by line.
    """
    groups = [_countries(text, on) for text in valid["partner"].unique().sort()]
    barred = [frozenset(text.split()) for text in valid["excluded_partners"].drop_nulls().unique().sort()]
    first: dict[tuple[bool, ...], str] = {}
    like = [first.setdefault(tuple(one in each for each in (*groups, *barred)), one) for one in partners]
    return pl.DataFrame({"partner": partners, "like": like}, schema={"partner": pl.String, "like": pl.String})


def _offers(valid: pl.DataFrame, partners: list[str], on: date) -> pl.DataFrame:
    """Each rate once for each partner it is for; ``offered`` tells whether the partner's goods get it."""
    groups = valid.select("partner").unique()
    pairs = [(text, country) for text in groups["partner"] for country in partners if country in _countries(text, on)]
    whom = pl.DataFrame(pairs, schema={"partner": pl.String, "country": pl.String}, orient="row")
    for_all = pl.DataFrame({"partner": [EVERYBODY] * len(partners), "country": partners})
    return (
        valid.join(pl.concat([whom, for_all]).cast(pl.String), on="partner")
        .filter(~left_out([pl.col("country")]))
        .drop("partner")
        .rename({"country": "partner"})
    )


def left_out(partners: Iterable[str | pl.Expr]) -> pl.Expr:
    """Whether an agreement's row gives nothing to at least one of some partners."""
    members = pl.col("excluded_partners").fill_null("").str.split(" ")
    return pl.any_horizontal(pl.col("rate_kind") == "excluded", *(members.list.contains(each) for each in partners))


def _one_rate_a_line() -> list[pl.Expr]:
    """A code printed on several lines with different rates is a divided line: nobody can say which applies."""
    of_line = pl.col("rate").over("product", "partner", "regime", mapping_strategy="join")
    divided = of_line.list.n_unique() > 1
    return [
        pl.when(~divided).then("rate").alias("rate"),
        pl.when(divided).then(pl.lit("split")).otherwise("rate_kind").alias("rate_kind"),
    ]


def _countries(text: str, on: date) -> frozenset[str]:
    """The economies behind the partner of a rate: codes of countries and groups, by a blank."""
    if text == EVERYBODY:
        return frozenset()
    named = (areas.members(code, on) if areas.area(code).kind == "group" else (code,) for code in text.split())
    return frozenset(member for members in named for member in members)


def _best(offered: pl.DataFrame) -> pl.DataFrame:
    is_mfn = pl.col("regime") == MFN
    of_line = ["product", "partner"]
    # Among equal rates the preference goes first: it is what an importer claims.
    ranked = offered.with_columns(is_mfn=is_mfn).sort(*of_line, "rate", "is_mfn", "regime", nulls_last=True)
    uncertain = pl.col("rate").is_null() & pl.col("rate_kind").is_in(_UNCERTAIN)
    first = {name: pl.col(name).first() for name in ("regime", "legal_reference", "trace_id")}
    grouped = ranked.group_by(of_line, maintain_order=True).agg(
        mfn=pl.col("rate").filter(is_mfn).max(),
        preferential=pl.col("rate").filter(~is_mfn).min(),
        effective=pl.col("rate").min(),
        doubt=pl.col("rate_kind").filter(uncertain).first(),
        **first,
    )
    known = pl.col("effective").is_not_null() & (pl.col("doubt").is_null() | (pl.col("effective") == 0))
    return grouped.select(
        *of_line,
        "mfn",
        "preferential",
        *(pl.when(known).then(name).alias(name) for name in ("effective", *first)),
        rate_absence=pl.when(~known).then(pl.col("doubt").fill_null("no_rate")),
    )


def line(rows: pl.DataFrame, product: str) -> str:
    """The code of a line as the schedule writes it, from one with dots, blanks or fewer digits where it is alone.

    Raises: UnknownName with the lines that begin so, or the nearest ones.
    """
    asked = product.replace(".", "").replace(" ", "")
    codes = rows["product"].unique().sort()
    if asked in codes:
        return asked
    inside = codes.filter(codes.str.starts_with(asked)).to_list() if asked else []
    if len(inside) == 1:
        return str(inside[0])
    near = inside[:8] or list(nearest(asked, {code: code for code in codes})) or ["none like it"]
    raise UnknownName(f"no line of the schedule has the code {product}", next_step=f"there are: {', '.join(near)}")
