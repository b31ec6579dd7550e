"""A random forest that never saw the economy it predicts, nor any year after the base year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from corridor.codes.arrays import Numbers
from corridor.errors import UsageError
from corridor.recommend.backtest.design import Design

#: Economies are left out in so many parts, each predicted by a forest grown on the others.
FOLDS = 5
_TREES, _LEAF, _SAMPLE = 60, 5, 5_000


def forest(
    lessons: pl.DataFrame, candidates: pl.DataFrame, features: Sequence[str], design: Design, *, amounts: bool
) -> Numbers:
    """A score for each candidate, from forests grown on ``lessons`` of other economies.

    ``lessons`` are candidates of an earlier base year whose outcome the base year already knew; NaN for everybody where
    there is none, or where they hold no two different outcomes.

    Raises: UsageError if scikit-learn is not installed.
    """
    found: Numbers = np.full(candidates.height, np.nan)
    if lessons.is_empty() or lessons["outcome"].n_unique() < 2:
        return found
    economies = sorted(set(candidates["exporter"]) | set(lessons["exporter"]))
    fold = {code: at % FOLDS for at, code in enumerate(np.random.default_rng(design.seed).permutation(economies))}
    taught, asked = (_folds(table, fold) for table in (lessons, candidates))
    x, y = lessons.select(features).to_numpy(), lessons["outcome"].to_numpy()
    for out in range(FOLDS):
        others, own = taught != out, asked == out
        if own.any() and len(np.unique(y[others] if amounts else y[others] > 0)) > 1:
            found[own] = _predicted(x[others], y[others], candidates.select(features).to_numpy()[own], design, amounts)
    return found


def _folds(table: pl.DataFrame, fold: dict[Any, int]) -> Any:
    return np.array([fold[code] for code in table["exporter"]])


def _predicted(x: Numbers, y: Numbers, asked: Numbers, design: Design, amounts: bool) -> Numbers:
    try:
        from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    except ImportError as missing:
        raise UsageError(
            "the random forest needs scikit-learn, which is not installed", next_step="install corridor[backtest]"
        ) from missing
    given = {"n_estimators": _TREES, "min_samples_leaf": _LEAF, "random_state": design.seed, "n_jobs": 1}
    if amounts:
        # Outcomes span nine orders of magnitude; signed roots keep one giant from drowning the rest.
        grown = RandomForestRegressor(**given, max_samples=min(1.0, _SAMPLE / len(x))).fit(
            x, np.sign(y) * np.sqrt(abs(y))
        )
        return np.asarray(grown.predict(asked), dtype=np.float64)
    grown = RandomForestClassifier(**given).fit(x, y > 0)
    return np.asarray(grown.predict_proba(asked)[:, 1], dtype=np.float64)
