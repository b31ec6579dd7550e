"""A scenario that was run: ready to be printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from corridor.errors import NothingFound
from corridor.report.rows import plain
from corridor.scenarios.simulation import Simulation
from corridor.scenarios.suppliers import BUNDLED, economies

if TYPE_CHECKING:
    from corridor.workspace import Workspace


@dataclass(frozen=True)
class MadeSimulation:
    """One simulation, with what a reader must know before its figures."""

    simulation: Simulation
    bundled: bool = False

    def notes(self) -> Iterator[str]:
        """Lines above the figures: what, on whose figures, under which duties, with which elasticities."""
        made = self.simulation
        asked = made.scenario
        yield f"{asked.title}" + (f" ({asked.signed})" if asked.signed else "")
        yield (
            f"imports of {asked.importer} from {asked.partner} in {asked.baseline.year}: {made.source},"
            f" classification {made.classification}; duties: {', '.join(made.schedule.editions)}"
        )
        if self.bundled:
            yield BUNDLED
        if made.approximate:
            yield (
                "approximate: a group's duty is the simple average over the lines of its headings, which are our own"
                " assignment; the office's definition of its groups was not found"
            )
        for name in ("import_demand", "substitution", "export_supply"):
            given = getattr(asked.elasticities, name)
            some = f", {len(given.products)} products of their own" if given.products else ""
            some += f", else trade elasticities of {given.trade_elasticities}" if given.trade_elasticities else ""
            yield f"elasticity of {name.replace('_', ' ')}: {given.default}{some} ({given.source})"
        yield "half and double: the same with import demand half and twice as elastic"
        for change, product, value, reason in made.not_simulated.iter_rows():
            yield f"change {change}: {product} ({value:,.0f} USD) is left out: {_REASONS[reason]}"

    def rows(self) -> pl.DataFrame:
        """One row a change and product, and a last one a change with the sums, product TOTAL."""
        total = self.simulation.totals().with_columns(product=pl.lit("TOTAL"))
        return pl.concat([self.simulation.effects, total], how="diagonal").sort(
            "change", pl.col("product") == "TOTAL", "imports_change_usd", descending=[False, False, True]
        )

    def shown(self) -> pl.DataFrame:
        """`rows` for a person: whole dollars."""
        money = pl.col("^.*_(usd|half|double)$")
        return self.rows().with_columns(money.round().cast(pl.Int64))

    def json(self) -> str:
        """One object with the scenario, the notes and the unrounded figures."""
        made = self.simulation
        return json.dumps(
            {
                "schema": "corridor.simulation/1",
                "scenario": made.scenario.model_dump(mode="json", by_alias=True),
                "source": made.source,
                "classification": made.classification,
                "approximate": made.approximate,
                "schedule": {"source": made.schedule.source, "editions": list(made.schedule.editions)},
                "effects": plain(self.rows()),
                "not_simulated": plain(made.not_simulated),
            },
            ensure_ascii=False,
            indent=1,
            allow_nan=False,
        )


_REASONS = {
    "no_line": "no tariff line is assigned to it",
    "no_single_rate": "no line of it has a single rate for every supplier",
}


def simulate(workspace: Workspace, text: str, name: str, as_of: date | None = None) -> MadeSimulation:
    """Run the scenario in a YAML text on what the store holds; ``name`` is for messages."""
    from corridor.scenarios import scenario, simulation, tariffs

    asked = scenario.parse(text, name)
    held = tariffs.schedule(
        workspace.tariffs(as_of), asked.importer, source=asked.schedule.source if asked.schedule else None
    )
    tables = workspace.tables(as_of)
    national = [each.source for each in tables.publishers.values() if each.area == asked.importer and each.rank == 1]
    imports = simulation.baseline(tables.flows, asked, preferred=min(national, default=None))
    bundled = bool(imports["snapshot"].str.starts_with("sample:").all())
    trade = _trade_elasticities(workspace, asked.elasticities.substitution.trade_elasticities)
    return MadeSimulation(simulation.simulate(asked, held, economies(imports), trade=trade), bundled)


def _trade_elasticities(workspace: Workspace, source: str | None) -> dict[str, float]:
    """A source's trade elasticities below zero, by product. Raises: NothingFound where none of it are held."""
    if source is None:
        return {}
    rows = workspace.store.scan("elasticities").filter(
        pl.col("source") == source, pl.col("parameter") == "trade", pl.col("elasticity") < 0
    )
    found: dict[str, float] = dict(rows.select("product", "elasticity").collect().iter_rows())
    if not found:
        raise NothingFound(f"no trade elasticities of {source} are held", next_step="corridor add PATH adds its file")
    return found
