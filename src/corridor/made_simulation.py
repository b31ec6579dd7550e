"""A scenario that was run: ready to be printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from corridor.errors import NothingFound
from corridor.evidence import Finding, Measure, Parameter
from corridor.report.lines import area, lines, said, words
from corridor.report.rows import plain
from corridor.scenarios.simulation import Simulation
from corridor.scenarios.suppliers import economies

if TYPE_CHECKING:
    from corridor.scenarios.scenario import Elasticity
    from corridor.workspace import Workspace


@dataclass(frozen=True)
class MadeSimulation:
    """One simulation, with what a reader must know before its figures."""

    simulation: Simulation
    bundled: bool = False

    def notes(self, lang: str = "en") -> Iterator[str]:
        """Lines above the figures: what, on whose figures, under which duties, with which elasticities."""
        asked = self.simulation.scenario
        yield f"{asked.title}" + (f" ({asked.signed})" if asked.signed else "")
        yield from lines(self._findings(), lang)

    def _findings(self) -> Iterator[Finding]:
        made = self.simulation
        asked = made.scenario
        yield said(
            "simulation.baseline", importer=area(asked.importer), partner=area(asked.partner),
            year=str(asked.baseline.year), source=made.source, classification=made.classification,
            editions=words(made.schedule.editions),
        )  # fmt: skip
        if self.bundled:
            yield Finding("access.bundled")
        if made.approximate:
            yield Finding("simulation.approximate")
        yield from (_elasticity(name, getattr(asked.elasticities, name)) for name in _ELASTICITIES)
        yield Finding("simulation.half_double")
        for change, product, value, reason in made.not_simulated.iter_rows():
            yield said(
                "simulation.left_out", change=str(change), product=str(product), value=Measure(value, "usd"),
                reason=Finding(f"simulation.{reason}"),
            )  # fmt: skip

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


_ELASTICITIES = ("import_demand", "substitution", "export_supply")


def _elasticity(name: str, given: Elasticity) -> Finding:
    values: list[Parameter] = []
    if given.default is not None:
        known = given.default != "infinite"
        values.append(Measure(float(given.default), "index") if known else Finding("simulation.infinite"))
    if given.products:
        values.append(said("simulation.own", n=len(given.products)))
    if given.trade_elasticities:
        values.append(said("simulation.trade_elasticities", source=given.trade_elasticities))
    what = Finding(f"simulation.of.{name}")
    return said("simulation.elasticity", what=what, values=tuple(values), source=given.source)


def simulate(workspace: Workspace, text: str, name: str, as_of: date | None = None) -> MadeSimulation:
    """Run the scenario in a YAML text on what the store holds; ``name`` is for messages."""
    from corridor.scenarios import scenario, simulation, tariffs

    asked = scenario.parse(text, name)
    held = tariffs.schedule(
        workspace.tariffs(as_of), asked.importer, source=asked.schedule.source if asked.schedule else None
    )
    tables = workspace.tables(as_of, of=(asked.importer,))
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
