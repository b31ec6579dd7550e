"""A target put to the store: what it asks for in each side's statistics, and of each group."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from corridor.codes.whole_years import is_whole_year
from corridor.errors import NothingFound
from corridor.evidence import Finding, Measure, Name
from corridor.potential.factors import MissingFactor
from corridor.report.lines import area, lines, said
from corridor.report.rows import plain
from corridor.scenarios import target
from corridor.scenarios.target import Base, Path

if TYPE_CHECKING:
    from corridor.study.tables import Tables
    from corridor.workspace import Workspace


@dataclass(frozen=True)
class MadeTarget:
    """A target: the paths in both sides' statistics, those it is counted in first, and what each group must add."""

    target_usd: float
    year: int
    paths: tuple[Path, ...]
    groups: pl.DataFrame
    lacking: tuple[str, ...] = ()
    unmeasured: tuple[tuple[str, str], ...] = ()

    def notes(self, lang: str = "en") -> Iterator[str]:
        """One line a side, then how the table of groups is to be read."""
        yield from lines(self._findings(), lang)

    def _findings(self) -> Iterator[Finding]:
        for number, path in enumerate(self.paths):
            yield self._path(path, "target.beside" if number else "target.counted")
        if self.groups.is_empty():
            base = self.paths[0]
            yield said("target.no_products", year=str(base.base.year), whose=area(base.whose))
            return
        yield Finding("target.needed")
        for exporter, importer in self.unmeasured:
            yield said("target.lacking", exporter=area(exporter), importer=area(importer))

    def _path(self, path: Path, key: str) -> Finding:
        base = path.base
        source = said("target.estimate", source=base.source) if base.estimated else Name("text", base.source)
        return said(
            key, target=Measure(self.target_usd, "usd"), year=str(self.year), whose=area(path.whose),
            growth=Measure(path.growth, "growth"), base=Measure(base.value_usd, "usd"), base_year=str(base.year),
            source=source, multiple=Measure(path.multiple, "ratio"), missing=Measure(path.missing_usd, "usd"),
        )  # fmt: skip

    def json(self) -> str:
        """One object, unrounded."""
        return json.dumps(
            {
                "schema": "corridor.target/1",
                "target_usd": self.target_usd,
                "year": self.year,
                "paths": [asdict(path) for path in self.paths],
                "lacking": list(self.lacking),
                "rows": plain(self.groups),
            },
            ensure_ascii=False,
            indent=1,
            allow_nan=False,
        )


def make(workspace: Workspace, one: str, other: str, target_usd: float, year: int, statistics: str) -> MadeTarget:
    """The target of the turnover between two economies; ``statistics`` is the one whose figures it is counted in."""
    tables = workspace.tables(of=(one, other))
    found = {whose: _years(tables, whose, partner) for whose, partner in ((one, other), (other, one))}
    bases = {whose: _base(rows) for whose, rows in found.items() if rows.height}
    if not bases:
        raise NothingFound(f"no whole year of trade between {one} and {other} is held", next_step="corridor add PATH")
    paths = target.paths(target_usd, year, bases, statistics=statistics)
    partner = other if statistics == one else one
    groups = _groups(tables, found[statistics], partner)
    unrealised, missing = _unrealised(workspace, groups, statistics, partner, paths[0].base.year)
    groups = groups.join(unrealised, on=["flow", "product"], how="left").drop("classification")
    needed = target.by_group(groups, target_usd, paths[0].years) if groups.height else groups
    return MadeTarget(
        target_usd, year, paths, needed.sort("value_usd", descending=True), tuple(missing), tuple(missing.values())
    )


def _unrealised(
    workspace: Workspace, groups: pl.DataFrame, whose: str, partner: str, year: int
) -> tuple[pl.DataFrame, dict[str, tuple[str, str]]]:
    """``flow, product, unrealised_usd`` of both directions from trade alone, and what a direction lacks for it.

    The second: exporter and importer by the line that says what is missing.
    """
    from corridor.made_advice import potential
    from corridor.panels import Choice

    parts = [pl.DataFrame(schema={"flow": pl.String, "product": pl.String, "unrealised_usd": pl.Float64})]
    lacking = {}
    for flow, exporter, importer in (("export", whose, partner), ("import", partner, whose)):
        for classification in groups.filter(pl.col("flow") == flow)["classification"].unique().sort():
            choice = Choice(classification=classification)
            try:
                found = potential(
                    workspace, exporter, importer, choice, year=year, formula="trade_only/1", neutral=(), factors={},
                    this_year=year,
                )  # fmt: skip
            except MissingFactor as missing:
                lacking[missing.line()] = (exporter, importer)
                continue
            parts.append(found.table.select(pl.lit(flow).alias("flow"), "product", "unrealised_usd"))
    return pl.concat(parts), lacking


_SERIES = ("source", "release", "table", "period_end", "maturity")


def _years(tables: Tables, whose: str, partner: str) -> pl.DataFrame:
    """Turnover by whole year and series, both directions present, the newest and nearest to the publisher last."""
    ranks = {each.source: each.rank for each in tables.publishers.values()}
    rows = tables.flows.filter(
        pl.col("reporter") == whose,
        pl.col("partner") == partner,
        pl.col("product") == "TOTAL",
        pl.col("flow").is_in(["export", "import"]),
        is_whole_year(),
    )
    # The directions may stand in two tables of one publisher.
    by = [name for name in _SERIES if name != "table"]
    both = rows.group_by(by).agg(pl.col("value_usd").sum(), flows=pl.col("flow").n_unique(), rows=pl.len())
    rank = pl.col("source").replace_strict(ranks, default=3, return_dtype=pl.Int64)
    newest_first = both.filter(pl.col("flows") == 2, pl.col("rows") == 2).with_columns(rank=rank)
    return newest_first.sort("period_end", "rank", "release", descending=[True, False, False])


def _base(rows: pl.DataFrame) -> Base:
    best = rows.row(0, named=True)
    return Base(best["period_end"].year, best["value_usd"], best["maturity"] == "estimated", best["source"])


def _groups(tables: Tables, years: pl.DataFrame, partner: str) -> pl.DataFrame:
    """The groups of the base year in the series that the target is counted in; none where it has no products."""
    return (
        tables.flows.join(years.head(1).drop("value_usd", "rank"), on=["source", "release", "period_end"], how="semi")
        .filter(
            pl.col("partner") == partner,
            pl.col("product") != "TOTAL",
            pl.col("flow").is_in(["export", "import"]),
            is_whole_year(),
        )
        .group_by("flow", "product", "classification")
        .agg(pl.col("value_usd").sum())
        .filter(pl.col("value_usd") > 0)
    )
