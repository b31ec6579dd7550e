"""What the tables of stage 2 say, as findings: totals, movers, causes, the place in the market."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name
from corridor.study import holiday
from corridor.study.comparisons import Agenda, Comparison
from corridor.study.ledger import MADE, Ledger
from corridor.study.question import Question
from corridor.study.series import Series

Tables = Mapping[str, pl.DataFrame]

#: A group whose value and quantity moved apart by more than this is worth a sentence.
DIVERGENCE = 0.25
#: Groups named in one sentence.
NAMED = 3


def findings(found: Tables, question: Question, ledger: Ledger, agenda: Agenda) -> tuple[Finding, ...]:
    """The findings of stage 2, for every shown comparison, the latest complete one first."""
    order = sorted(agenda.shown, key=lambda each: (each.partial, -each.current.end.toordinal()))
    return tuple(finding for each in order for finding in _of_comparison(found, question, ledger, each, order[0]))


def _of_comparison(
    found: Tables, question: Question, ledger: Ledger, comparison: Comparison, first: Comparison
) -> Iterator[Finding]:
    yield from holiday.findings(ledger, comparison)
    warned = (holiday.CAVEAT,) if holiday.disturbed(question.exporter, question.partner, comparison) else ()
    warned = (*warned, *made(ledger, comparison.base, comparison.current))
    for finding in _all(found, question, ledger, comparison, first):
        yield replace(finding, caveats=(*finding.caveats, *warned))


def made(ledger: Ledger, *periods: Period) -> tuple[str, ...]:
    """The caveats of figures of these periods that no side counted: estimates, the partner's figures, both made one."""
    told = {word for flow in ledger.sides for period in periods for word in ledger.caveats(flow, period)}
    return tuple(word for word in MADE if word in told)


def _all(
    found: Tables, question: Question, ledger: Ledger, comparison: Comparison, first: Comparison
) -> Iterator[Finding]:
    series = ledger.series
    yield from _totals(found["bilateral"], series, comparison)
    for exporter, importer in question.directions:
        # Shares in a sum of some goods are none in all trade.
        some = ("goods_held_only",) if ledger.lacks_total(series.flow(exporter), comparison.current) else ()
        for finding in _of_goods(found, exporter, importer, comparison, series, structure=comparison is first):
            yield replace(finding, caveats=(*finding.caveats, *some))


def _of_goods(
    found: Tables, exporter: str, importer: str, comparison: Comparison, series: Series, *, structure: bool
) -> Iterator[Finding]:
    yield from _movers(found["changes"], exporter, importer, comparison)
    yield from _rows_that_came_and_went(found["changes"], exporter, importer, comparison)
    yield from _unit_values(found["changes"], exporter, importer, comparison)
    yield from _places(found["places"], exporter, importer, comparison, series)
    yield from _market_split(found["constant_market_share"], exporter, importer, comparison)
    if structure:
        yield from _structure(found, exporter, importer, comparison)


def _of(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> pl.DataFrame:
    if table.is_empty():
        return table
    chosen = (pl.col("exporter") == exporter) & (pl.col("importer") == importer)
    chosen &= pl.col("period") == comparison.current.code
    if "base_period" in table.columns:
        chosen &= pl.col("base_period") == comparison.base.code
    return table.filter(chosen)


def _ends(exporter: str, importer: str, comparison: Comparison) -> dict[str, Name]:
    return {
        "exporter": Name("area", exporter),
        "importer": Name("area", importer),
        "period": Name("period", comparison.current.code),
        "base": Name("period", comparison.base.code),
    }


def _caveats(comparison: Comparison) -> tuple[str, ...]:
    return ("partial_period",) if comparison.partial else ()


def _totals(table: pl.DataFrame, series: Series, comparison: Comparison) -> Iterator[Finding]:
    rows = table.filter((pl.col("view") == series.reporter) & (pl.col("period") == comparison.current.code))
    if rows.is_empty():
        return
    row = rows.row(0, named=True)
    common = {
        "reporter": Name("area", series.reporter),
        "partner": Name("area", series.partner),
        "period": Name("period", comparison.current.code),
        "base": Name("period", comparison.base.code),
    }
    fragile = ("fragile_growth",) if row["fragile"] else ()
    if row["turnover"] is None:
        held = "exports" if row["imports"] is None else "imports"
        figures = _amount(row, held)
        yield Finding(
            f"product_groups.{held}_alone",
            {**common, held: figures["value"], f"{held}_growth": figures["growth"]},
            tuple(row["trace_id"].split()),
            _caveats(comparison),
        )
        return
    yield Finding(
        "product_groups.turnover",
        {**common, **_amount(row, "turnover")},
        tuple(row["trace_id"].split()),
        (*_caveats(comparison), "price_basis_mixed", *fragile),
    )
    yield Finding(
        "product_groups.flows",
        {
            **common,
            **{f"exports_{k}" if k != "value" else "exports": v for k, v in _amount(row, "exports").items()},
            **{f"imports_{k}" if k != "value" else "imports": v for k, v in _amount(row, "imports").items()},
        },
        tuple(row["trace_id"].split()),
        _caveats(comparison),
    )
    key = "product_groups.surplus" if row["balance"] >= 0 else "product_groups.deficit"
    yield Finding(
        key,
        {**common, "value": Measure(abs(row["balance"]), "usd")},
        tuple(row["trace_id"].split()),
        _caveats(comparison),
    )


def _amount(row: dict[str, float], name: str) -> dict[str, Measure]:
    return {"value": Measure(row[name], "usd"), "growth": Measure(row[f"{name}_growth"], "growth")}


def _movers(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> Iterator[Finding]:
    rows = _of(table, exporter, importer, comparison)
    if rows.is_empty():
        return
    named = rows.filter(~pl.col("residual"))
    for key, part in (
        ("product_groups.risers", _by_contribution(named.filter(pl.col("contribution") > 0), largest_first=True)),
        ("product_groups.fallers", _by_contribution(named.filter(pl.col("contribution") < 0), largest_first=False)),
    ):
        if part.height:
            yield Finding(
                key,
                {**_ends(exporter, importer, comparison), "groups": tuple(_mover(row) for row in _head(part))},
                _traces(part.head(NAMED)),
                _caveats(comparison),
            )


def _by_contribution(rows: pl.DataFrame, *, largest_first: bool) -> pl.DataFrame:
    return rows.sort("contribution", "product", descending=[largest_first, False])


def _mover(row: dict[str, object]) -> tuple[Name | Measure, ...]:
    return (
        Name("product", str(row["product"])),
        Measure(_number(row["change"]), "usd"),
        Measure(_number(row["contribution"]), "pp"),
    )


def _rows_that_came_and_went(
    table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison
) -> Iterator[Finding]:
    rows = _of(table, exporter, importer, comparison)
    if rows.is_empty():
        return
    for kind, side in (("vanished", "value_0"), ("new", "value_1")):
        part = rows.filter(pl.col("change_kind") == kind).sort(side, "product", descending=[True, False])
        if part.height:
            groups = tuple((Name("product", str(r["product"])), Measure(_number(r[side]), "usd")) for r in _head(part))
            yield Finding(
                f"product_groups.{kind}",
                {**_ends(exporter, importer, comparison), "groups": groups, "count": Measure(part.height, "count")},
                _traces(part.head(NAMED)),
                (*_caveats(comparison), "no_row"),
            )


def _unit_values(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> Iterator[Finding]:
    """The largest group whose value and quantity moved apart."""
    rows = _of(table, exporter, importer, comparison)
    if rows.is_empty():
        return
    apart = rows.filter((pl.col("growth") - pl.col("quantity_growth")).abs() > DIVERGENCE).sort(
        pl.max_horizontal("value_0", "value_1"), descending=True
    )
    if apart.height:
        row = apart.row(0, named=True)
        yield Finding(
            "product_groups.unit_value",
            {
                **_ends(exporter, importer, comparison),
                "product": Name("product", row["product"]),
                "value_growth": Measure(row["growth"], "growth"),
                "quantity_growth": Measure(row["quantity_growth"], "growth"),
                "unit_value_growth": Measure(row["unit_value_growth"], "growth"),
                "unit_value_effect": Measure(row["unit_value_effect"], "usd"),
                "quantity_effect": Measure(row["quantity_effect"], "usd"),
            },
            tuple(row["trace_id"].split()),
            (*_caveats(comparison), "unit_value_mix"),
        )


def _places(
    table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison, series: Series
) -> Iterator[Finding]:
    rows = _of(table, exporter, importer, comparison)
    if rows.is_empty():
        return
    kind = "suppliers" if series.flow(exporter) == "import" else "markets"
    named = rows.filter((pl.col("product") != "other_goods") & pl.col("share").is_not_null())
    largest = named.filter(pl.col("value_1") > 0).sort("value_1", "product", descending=[True, False])
    if largest.height:
        key = f"product_groups.place_among_{kind}" + ("" if largest["rank"].null_count() == 0 else "_unranked")
        groups = tuple(
            (
                Name("product", str(row["product"])),
                Measure(_number(row["rank"]), "count"),
                Measure(_number(row["share"]), "share"),
            )
            for row in _head(largest)
        )
        yield Finding(
            key,
            {**_ends(exporter, importer, comparison), "groups": groups},
            _traces(largest.head(NAMED)),
            (*_caveats(comparison), "listed_partners_sum"),
        )
    # By dollars, not points: a point of a small market is no news.
    lost = named.drop_nulls("gained_by").sort(pl.col("share_change") * pl.col("market_1"))
    if lost.height:
        row = lost.row(0, named=True)
        yield Finding(
            f"product_groups.lost_share_{kind}",
            {
                **_ends(exporter, importer, comparison),
                "product": Name("product", row["product"]),
                "share_change": Measure(row["share_change"], "pp"),
                "competitor": Name("area", row["gained_by"]),
                "competitor_change": Measure(row["gained_by_share_change"], "pp"),
            },
            tuple(row["trace_id"].split()),
            (*_caveats(comparison), "listed_partners_sum"),
        )


def _market_split(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> Iterator[Finding]:
    rows = _of(table, exporter, importer, comparison)
    if rows.is_empty():
        return
    sums = rows.select(pl.col("market_effect", "structure_effect", "residual_effect").sum()).row(0, named=True)
    # A group without a row on one side counts as nothing there, as it does in the effects.
    change = rows.select(pl.col("value_1").sum() - pl.col("value_0").sum()).item()
    yield Finding(
        "product_groups.constant_market_share",
        {
            **_ends(exporter, importer, comparison),
            "change": Measure(change, "usd"),
            **{name: Measure(value, "usd") for name, value in sums.items()},
        },
        caveats=(*_caveats(comparison), "listed_partners_sum"),
    )


def _structure(found: Tables, exporter: str, importer: str, comparison: Comparison) -> Iterator[Finding]:
    groups = _of(found["groups"], exporter, importer, comparison)
    if groups.is_empty():
        return
    largest = groups.filter(~pl.col("residual")).sort("share", descending=True).head(NAMED)
    yield Finding(
        "product_groups.largest_groups",
        {
            **_ends(exporter, importer, comparison),
            "groups": tuple(
                (Name("product", r["product"]), Measure(r["share"], "share")) for r in largest.iter_rows(named=True)
            ),
        },
        _traces(largest),
        _caveats(comparison),
    )
    index = _of(found["concentration"].drop("base_period"), exporter, importer, comparison)
    values = {row["residual_included"]: row["hhi"] for row in index.iter_rows(named=True)}
    yield Finding(
        "product_groups.concentration",
        {
            **_ends(exporter, importer, comparison),
            "hhi": Measure(values[True], "index"),
            # Where nothing but the residual was traded there is no index without it.
            "hhi_without_residual": Measure(values.get(False), "index"),
        },
        caveats=("residual_group",),
    )
    yield from _processing(found["processing_degree"], exporter, importer, comparison)


def _processing(table: pl.DataFrame, exporter: str, importer: str, comparison: Comparison) -> Iterator[Finding]:
    rows = {row["degree"]: row for row in _of(table, exporter, importer, comparison).iter_rows(named=True)}
    if not {"raw", "high"} <= rows.keys():
        return
    yield Finding(
        "product_groups.processing",
        {
            **_ends(exporter, importer, comparison),
            "raw_least": Measure(rows["raw"]["share_least"], "share"),
            "raw_most": Measure(rows["raw"]["share_most"], "share"),
            "high_least": Measure(rows["high"]["share_least"], "share"),
            "high_most": Measure(rows["high"]["share_most"], "share"),
        },
        caveats=("approximate_group",),
    )


def _head(rows: pl.DataFrame) -> list[dict[str, object]]:
    return list(rows.head(NAMED).iter_rows(named=True))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _traces(rows: pl.DataFrame) -> tuple[str, ...]:
    return tuple(part for traces in rows["trace_id"].drop_nulls() for part in traces.split())
