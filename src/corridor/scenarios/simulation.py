"""A scenario on a year of trade: before, after, difference, product by product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.errors import NothingFound
from corridor.scenarios import averages, tariffs
from corridor.scenarios.partial_equilibrium import Effects, Market, sensitivity
from corridor.scenarios.scenario import Change, Scenario
from corridor.scenarios.tariffs import Schedule


@dataclass(frozen=True)
class Simulation:
    """What a scenario gives.

    ``effects`` has one row a change and product; ``not_simulated`` the products left out, with the reason.
    ``approximate`` says that duties are simple averages over lines assigned to the office's groups by us.
    """

    scenario: Scenario
    schedule: Schedule
    source: str
    classification: str
    approximate: bool
    effects: pl.DataFrame
    not_simulated: pl.DataFrame

    def totals(self) -> pl.DataFrame:
        """One row a change: the sums over its products."""
        summed = [name for name in self.effects.columns if name.endswith(("_usd", "_half", "_double"))]
        return self.effects.group_by("change", "since", maintain_order=True).agg(pl.col(summed).sum())


def simulate(scenario: Scenario, schedule: Schedule, imports: pl.DataFrame) -> Simulation:
    """Run a scenario on a year of imports.

    ``imports`` has ``source, classification, product, partner, value_usd`` of the importer in the baseline year: one
    source and classification, no totals, no groups of economies. Each change is simulated against the same baseline;
    changes of different years are not added up.

    Raises: NothingFound where the partner sold nothing, a change names a product without a duty or trade, or an
    elasticity is missing.
    """
    mine = imports.filter(pl.col("partner") == scenario.partner, pl.col("value_usd") > 0)
    if mine.is_empty():
        raise NothingFound(
            f"no imports of {scenario.importer} from {scenario.partner} in {scenario.baseline.year} by product",
            next_step="corridor coverage shows what is held; corridor add PATH adds files",
        )
    classification = str(imports["classification"][0])
    holds = averages.lines_of(mine["product"], _lines(schedule), classification)
    rows = schedule.rows.filter(pl.col("product").is_in(holds["product"].unique().implode()))
    paid = tariffs.effective_rates(rows, imports["partner"], scenario.schedule_day)
    results = [
        row
        for number, change in enumerate(scenario.changes, 1)
        for row in _of_change(number, change, scenario, paid, holds, imports)
    ]
    effects = [row for row in results if "reason" not in row]
    if not effects:
        raise NothingFound(
            f"no product that {scenario.partner} sells has a known duty for all its suppliers",
            next_step="name products of a finer classification, or add the schedule's file",
        )
    return Simulation(
        scenario=scenario,
        schedule=schedule,
        source=str(imports["source"][0]),
        classification=classification,
        approximate=classification == averages.GROUPS,
        effects=pl.DataFrame(effects, infer_schema_length=None),
        not_simulated=pl.DataFrame(
            [row for row in results if "reason" in row],
            schema={"change": pl.Int64, "product": pl.String, "imports_usd": pl.Float64, "reason": pl.String},
        ),
    )


def _lines(schedule: Schedule) -> pl.Series:
    """The lines that carry a rate of duty; codes of headings stand for no line of their own."""
    codes = schedule.rows.filter(pl.col("regime") == tariffs.MFN)["product"].unique()
    # Chapter 98 repeats, under conditions, goods that have their line elsewhere.
    return codes.filter(~codes.str.starts_with("98"))


def _of_change(
    number: int, change: Change, scenario: Scenario, paid: pl.DataFrame, holds: pl.DataFrame, imports: pl.DataFrame
) -> Iterator[dict[str, object]]:
    rates = averages.average_rates(paid, holds, change=change.rate)
    sold = dict(imports.filter(partner=scenario.partner).select("product", "value_usd").iter_rows())
    if change.products != "all" and (unknown := [code for code in change.products if not sold.get(code)]):
        raise NothingFound(
            f"{scenario.partner} sold no {unknown[0]} to {scenario.importer} in {scenario.baseline.year}",
            next_step=f"products with trade: {', '.join(sorted(code for code, value in sold.items() if value))}",
        )
    for product, value in sorted(sold.items()):
        if not (value and change.covers(product)):
            continue
        reason = _obstacle(rates, product)
        if reason:
            yield {"change": number, "product": product, "imports_usd": value, "reason": reason}
        else:
            yield _row(number, change, scenario, rates.filter(pl.col("product") == product), imports)


def _obstacle(rates: pl.DataFrame, product: str) -> str:
    """Why a product cannot be simulated, or nothing."""
    found = rates.filter(pl.col("product") == product)
    if found.is_empty():
        return "no_line"
    return "no_single_rate" if found["rate"].null_count() or found["rate_after"].null_count() else ""


def _row(
    number: int, change: Change, scenario: Scenario, rates: pl.DataFrame, imports: pl.DataFrame
) -> dict[str, object]:
    product = str(rates["product"][0])
    mine = rates.row(by_predicate=pl.col("partner") == scenario.partner, named=True)
    market = _market(product, scenario.partner, mine, rates, imports)
    runs = sensitivity(market, *scenario.elasticities.typed(product))
    return {
        "change": number,
        "since": change.since,
        "product": product,
        "lines": mine["lines"],
        "lines_unknown": mine["lines_unknown"],
        "rate_before": market.rate_before,
        "rate_after": market.rate_after,
        **_before_and_after(market, runs["given"]),
        "trade_effect_half": runs["half"].trade_effect,
        "trade_effect_double": runs["double"].trade_effect,
        "revenue_change_half": runs["half"].revenue_change,
        "revenue_change_double": runs["double"].revenue_change,
    }


def _market(product: str, partner: str, mine: dict[str, float], rates: pl.DataFrame, imports: pl.DataFrame) -> Market:
    paid = dict(rates.select("partner", "rate").iter_rows())
    sold = imports.filter(pl.col("product") == product).group_by("partner").agg(pl.col("value_usd").sum())
    values = dict(sold.filter(pl.col("value_usd") > 0).iter_rows())
    return Market(
        partner_imports=values.pop(partner),
        rate_before=mine["rate"],
        rate_after=mine["rate_after"],
        others=values,
        other_rates={name: paid[name] for name in values},
    )


def _before_and_after(market: Market, effects: Effects) -> dict[str, float]:
    others = sum(market.others.values())
    return {
        "imports_before_usd": market.partner_imports,
        "imports_after_usd": market.partner_imports + effects.trade_effect,
        "imports_change_usd": effects.trade_effect,
        "others_before_usd": others,
        "others_after_usd": others - effects.trade_diversion,
        "trade_creation_usd": effects.trade_creation,
        "trade_diversion_usd": effects.trade_diversion,
        "price_effect_usd": effects.price_effect,
        "revenue_before_usd": effects.revenue_before,
        "revenue_after_usd": effects.revenue_after,
        "revenue_change_usd": effects.revenue_change,
        "welfare_change_usd": effects.welfare_change,
    }


def baseline(flows: pl.DataFrame, scenario: Scenario, *, preferred: str | None = None) -> pl.DataFrame:
    """The importer's year of imports by product and partner, of one source and classification, for `simulate`.

    ``flows`` are current rows of the stored table. A year is the cumulative column of December or an annual figure.
    ``preferred`` is the source taken where the scenario names none and the importer has several; else the one with the
    most rows.

    Raises: NothingFound where no such year is held.
    """
    year = scenario.baseline.year
    rows = flows.filter(
        pl.col("reporter") == scenario.importer,
        pl.col("flow") == "import",
        pl.col("period_start") == date(year, 1, 1),
        pl.col("period_end") == date(year, 12, 31),
        pl.col("product") != "TOTAL",
    )
    asked = {"source": scenario.baseline.source, "classification": scenario.baseline.classification}
    for column, value in asked.items():
        rows = rows.filter(pl.col(column) == value) if value else rows
    if rows.is_empty():
        named = ", ".join(value for value in asked.values() if value)
        raise NothingFound(
            f"no imports of {scenario.importer} by product are held for the whole of {year}"
            + (f" ({named})" if named else ""),
            next_step="corridor coverage shows what is there; corridor add PATH adds files",
        )
    key = ["source", "release", "table", "classification"]
    counted = rows.group_by(key).agg(rows=pl.len(), first=(pl.col("source") == (preferred or "")).any())
    chosen = counted.sort("first", "rows", *key, descending=[True, True, *[False] * 4]).head(1)
    return rows.join(chosen.select(key), on=key, how="semi").select(
        "source", "classification", "product", "partner", "value_usd", "snapshot"
    )
