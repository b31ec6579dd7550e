"""A scenario on a year of trade: before, after, difference, product by product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from corridor.codes.whole_years import is_whole_year
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


def simulate(
    scenario: Scenario, schedule: Schedule, imports: pl.DataFrame, *, trade: Mapping[str, float] | None = None
) -> Simulation:
    """Run a scenario on a year of imports.

    ``imports`` has ``source, classification, product, partner, value_usd`` of the importer in the baseline year: one
    source and classification, no totals, no groups of economies. Each change is simulated against the same baseline;
    changes of different years are not added up. ``trade`` are trade elasticities (negative) by product, for a scenario
    that takes substitution from them.

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
    holds = averages.lines_of(mine["product"], tariffs.duty_lines(schedule), classification)
    rows = schedule.rows.filter(pl.col("product").is_in(holds["product"].unique().implode()))
    paid = tariffs.effective_rates(rows, imports["partner"], scenario.schedule_day)
    ground = _Ground(scenario, paid, holds, _sold(imports), trade or {})
    results = [row for number, change in enumerate(scenario.changes, 1) for row in _of_change(number, change, ground)]
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


#: What one supplier pays for one product, see `averages.average_rates`.
_Paid = Mapping[str, Any]


@dataclass(frozen=True)
class _Ground:
    """What every change of a scenario stands on; ``sold`` is imports by product, then by supplier, none of zero."""

    scenario: Scenario
    paid: pl.DataFrame
    holds: pl.DataFrame
    sold: Mapping[str, Mapping[str, float]]
    trade: Mapping[str, float]

    def rates(self, change: Change) -> Mapping[str, Mapping[str, _Paid]]:
        """What each supplier pays before and the partner after the change, by product, then by supplier."""
        table = averages.average_rates(self.paid, self.holds, change=change.rate)
        found: dict[str, dict[str, _Paid]] = {}
        for row in table.drop_nulls(["rate", "rate_after"]).iter_rows(named=True):
            found.setdefault(row["product"], {})[row["partner"]] = row
        return found

    def own(self) -> Mapping[str, float]:
        """What the partner sells, by product."""
        partner = self.scenario.partner
        return {product: by[partner] for product, by in sorted(self.sold.items()) if partner in by}


def _sold(imports: pl.DataFrame) -> Mapping[str, Mapping[str, float]]:
    sums = imports.group_by("product", "partner").agg(pl.col("value_usd").sum()).filter(pl.col("value_usd") > 0)
    found: dict[str, dict[str, float]] = {}
    for product, partner, value in sums.sort("product", "partner").iter_rows():
        found.setdefault(product, {})[partner] = value
    return found


def _of_change(number: int, change: Change, ground: _Ground) -> Iterator[dict[str, object]]:
    asked, own = ground.scenario, ground.own()
    if change.products != "all" and (unknown := [code for code in change.products if code not in own]):
        raise NothingFound(
            f"{asked.partner} sold no {unknown[0]} to {asked.importer} in {asked.baseline.year}",
            next_step=f"products with trade: {', '.join(list(own)[:60])}",
        )
    held = set(ground.holds["group"])
    rates = ground.rates(change)
    for product, value in own.items():
        if not change.covers(product):
            continue
        known = rates.get(product, {})
        if ground.sold[product].keys() <= known.keys():
            yield _row(number, change, product, known, ground)
        else:
            reason = "no_single_rate" if product in held else "no_line"
            yield {"change": number, "product": product, "imports_usd": value, "reason": reason}


def _row(number: int, change: Change, product: str, rates: Mapping[str, _Paid], ground: _Ground) -> dict[str, object]:
    partner = ground.scenario.partner
    market = _market(partner, rates, ground.sold[product])
    runs = sensitivity(market, *ground.scenario.elasticities.typed(product, ground.trade))
    return {
        "change": number,
        "since": change.since,
        "product": product,
        "lines": rates[partner]["lines"],
        "lines_unknown": rates[partner]["lines_unknown"],
        "rate_before": market.rate_before,
        "rate_after": market.rate_after,
        **_before_and_after(market, runs["given"]),
        "trade_effect_half": runs["half"].trade_effect,
        "trade_effect_double": runs["double"].trade_effect,
        "revenue_change_half": runs["half"].revenue_change,
        "revenue_change_double": runs["double"].revenue_change,
    }


def _market(partner: str, rates: Mapping[str, _Paid], sold: Mapping[str, float]) -> Market:
    others = {name: value for name, value in sold.items() if name != partner}
    return Market(
        partner_imports=sold[partner],
        rate_before=rates[partner]["rate"],
        rate_after=rates[partner]["rate_after"],
        others=others,
        other_rates={name: rates[name]["rate"] for name in others},
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
        is_whole_year(year),
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
