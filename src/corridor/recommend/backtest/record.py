"""The record of a method: what its advice was worth, next to advice that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from corridor.codes.arrays import Numbers
from corridor.recommend.backtest import candidates, measures, scores
from corridor.recommend.backtest.design import ENOUGH, Design
from corridor.recommend.backtest.forest import forest

Task = Literal["activations", "growth"]

#: What a forest is told of a candidate.
_FEATURES: Mapping[Task, tuple[str, ...]] = {
    "activations": ("rca", "density", "share", "market_usd", "market_growth", "past_growth"),
    "growth": (
        "rca", "density", "share", "market_usd", "market_growth", "past_growth", "cell_usd", "cell_share",
        "cell_growth", "demand_usd", "demand_growth", "location_quotient",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """How one task went.

    ``measures``: a row a method and measure: ``method, measure, value, low, high`` (95 % over resampled economies).
    ``calibration``: a row a method and tenth of its candidates, the best first: ``method, tenth, candidates, score``
    (mean), ``outcome`` (mean: share that succeeded, or USD), ``succeeded`` (share above zero).
    """

    task: Task
    design: Design
    candidates: int
    successes: int
    economies: int
    measures: pl.DataFrame
    calibration: pl.DataFrame

    @property
    def too_few(self) -> bool:
        """Whether nothing can be judged: too few candidates, or none of them succeeded."""
        return self.candidates < ENOUGH or self.successes == 0


def backtest(panel: pl.DataFrame, design: Design, task: Task, *, with_forest: bool = True) -> Record:
    """Advises on the years up to ``design.base`` and compares with the judged years, over all pairs of the panel.

    ``panel``: ``exporter, importer, product, year, value_usd``, one release, the panel being the world. A record with
    fewer than 200 candidates has counts and no measures. Bases: Albora, Pietronero, Tacchella and Zaccaria (2023),
    Scientific Reports 13, for the out-of-sample design; International Monetary Fund WP/20/175 for the recommender.

    Raises: MissingColumns, UnfitTable, UsageError.
    """
    found = _candidates(panel, design, task)
    successes = int((found["outcome"] > 0).sum())
    economies = found[_side(found)].n_unique()
    empty = Record(task, design, found.height, successes, economies, _NONE, _NO_CALIBRATION)
    if empty.too_few:
        return empty
    table = scores.of_activations(found, design) if task == "activations" else scores.of_growth(found, panel, design)
    if with_forest:
        lessons, said = _lessons(panel, design, task), _FEATURES[task]
        grown = forest(lessons, found, said, design, amounts=task == "growth")
        table = table.with_columns(random_forest=pl.Series(grown, nan_to_null=True))
    told = _measures(table, found, design, task)
    return replace(empty, measures=told, calibration=_calibration(table, found["outcome"].to_numpy()))


def _candidates(panel: pl.DataFrame, design: Design, task: Task) -> pl.DataFrame:
    return candidates.activations(panel, design) if task == "activations" else candidates.growth(panel, design)


def _lessons(panel: pl.DataFrame, design: Design, task: Task) -> pl.DataFrame:
    """The same task one horizon earlier: its outcome was known in the base year."""
    seen = candidates.known(panel, design)
    years = sorted(seen["year"].unique().to_list())
    # As far back as the judged years lie ahead, or as far as the panel reaches.
    horizon = max(design.judged) - design.base
    earlier = [year for year in years if year <= design.base - horizon] or years[:-1]
    if not earlier:
        return pl.DataFrame(schema={"exporter": pl.String, "outcome": pl.Float64})
    return _candidates(seen, replace(design, base=max(earlier), judged=(design.base,)), task)


_NONE = pl.DataFrame(
    schema={"method": pl.String, "measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
)
_NO_CALIBRATION = pl.DataFrame(
    schema={
        "method": pl.String, "tenth": pl.Int64, "candidates": pl.Int64, "score": pl.Float64, "outcome": pl.Float64,
        "succeeded": pl.Float64,
    }
)  # fmt: skip


def _measures(table: pl.DataFrame, found: pl.DataFrame, design: Design, task: Task) -> pl.DataFrame:
    economy = found[_side(found)].rank("dense").to_numpy().astype(np.intp) - 1
    asked = measures.of_activations(design.first) if task == "activations" else measures.of_growth()
    outcome = found["outcome"].to_numpy()
    rows = []
    for method in _informative(table):
        ranking = measures.Ranking.of(table[method].to_numpy().astype(np.float64), outcome, economy, design.seed)
        rows += _measured(method, asked, ranking, design)
    return pl.DataFrame(rows, schema=_NONE.schema, orient="row")


def _side(found: pl.DataFrame) -> str:
    """Whose economies are drawn again: the exporters', or the importers' where one exporter's reports are all."""
    return "importer" if "importer" in found.columns and found["exporter"].n_unique() < 2 else "exporter"


def _informative(table: pl.DataFrame) -> Sequence[str]:
    """Methods that say something of every candidate and not of all the same: the others have no ranking."""
    return [name for name in table.columns if not table[name].null_count() and table[name].n_unique() > 1]


def _measured(
    method: str,
    asked: Mapping[str, Callable[[measures.Ranking, Numbers], float]],
    ranking: measures.Ranking,
    design: Design,
) -> list[tuple[str, str, float, float, float]]:
    once = np.ones(len(ranking.outcome))
    return [
        (method, name, measure(ranking, once), *measures.interval(measure, ranking, design.bootstrap, design.seed))
        for name, measure in asked.items()
    ]


def _calibration(table: pl.DataFrame, outcome: Numbers) -> pl.DataFrame:
    parts = []
    for method in _informative(table):
        place = (table[method].rank("ordinal", descending=True) - 1) * 10 // table.height + 1
        rows = pl.DataFrame({"tenth": place.cast(pl.Int64), "score": table[method], "outcome": outcome})
        parts.append(
            rows.group_by("tenth")
            .agg(
                candidates=pl.len().cast(pl.Int64),
                score=pl.col("score").mean(),
                outcome=pl.col("outcome").mean(),
                succeeded=(pl.col("outcome") > 0).mean(),
            )
            .sort("tenth")
            .select(pl.lit(method).alias("method"), *_NO_CALIBRATION.columns[1:])
        )
    return pl.concat(parts) if parts else _NO_CALIBRATION
