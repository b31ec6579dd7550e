"""How good a ranking was: precision, recall, rank correlation; every candidate may count several times, or not at all.

Weights are what makes resampling cheap: a resample of economies gives each candidate the number of times its economy
was drawn, and the order of the candidates stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from corridor.codes.arrays import Numbers, Places


@dataclass(frozen=True)
class Ranking:
    """Candidates in the order of a score, ties broken by chance, with what became of each.

    ``outcome``: 0 or 1, or an amount; ``economy``: the place of each candidate's economy.
    """

    order: Places
    score_rank: Numbers
    outcome: Numbers
    outcome_rank: Numbers
    economy: Places

    @classmethod
    def of(cls, score: Numbers, outcome: Numbers, economy: Places, seed: int) -> Ranking:
        """The ranking of a score: the highest first."""
        chance = np.random.default_rng(seed).random(len(score))
        return cls(np.lexsort((chance, -score)), _mean_ranks(score), outcome, _mean_ranks(outcome), economy)


def _mean_ranks(values: Numbers) -> Numbers:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks: Numbers = (last - (count - 1) / 2)[place]
    return ranks


def _ends_of_ties(ranking: Ranking) -> Places:
    """The last place of each group of equal scores: a cut can only be made there."""
    ranks = ranking.score_rank[ranking.order]
    return np.flatnonzero(np.append(ranks[1:] != ranks[:-1], True))


def average_precision(ranking: Ranking, weights: Numbers) -> float:
    """The area under precision over recall, as a sum of steps; equal scores are one step. NaN without successes."""
    precision, recall = _curve(ranking, weights)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision)) if len(recall) else np.nan


def best_f1(ranking: Ranking, weights: Numbers) -> float:
    """The largest harmonic mean of precision and recall over all cuts."""
    precision, recall = _curve(ranking, weights)
    return float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300))) if len(recall) else np.nan


def _curve(ranking: Ranking, weights: Numbers) -> tuple[Numbers, Numbers]:
    counts = weights[ranking.order]
    successes = np.cumsum(counts * (ranking.outcome[ranking.order] > 0))
    if not len(successes) or successes[-1] == 0:
        return np.zeros(0), np.zeros(0)
    ends = _ends_of_ties(ranking)
    return successes[ends] / np.maximum(np.cumsum(counts)[ends], 1.0), successes[ends] / successes[-1]


def precision_at(count: int) -> Callable[[Ranking, Numbers], float]:
    """Successes among the first ``count``."""

    def precision(ranking: Ranking, weights: Numbers) -> float:
        counts = weights[ranking.order]
        taken = np.clip(count - (np.cumsum(counts) - counts), 0.0, counts)
        return float(np.sum(taken * (ranking.outcome[ranking.order] > 0)) / max(np.sum(taken), 1.0))

    return precision


def mean_precision_at(count: int) -> Callable[[Ranking, Numbers], float]:
    """Successes among the first ``count`` of each economy, the mean over economies that have a success at all."""

    def precision(ranking: Ranking, weights: Numbers) -> float:
        economy, success = ranking.economy[ranking.order], ranking.outcome[ranking.order] > 0
        by_economy = np.argsort(economy, kind="stable")
        starts = np.searchsorted(economy[by_economy], economy[by_economy])
        first = np.arange(len(economy)) - starts < count
        size = int(economy.max()) + 1 if len(economy) else 0
        hits = np.bincount(economy[by_economy], first & success[by_economy], size)
        taken = np.bincount(economy[by_economy], first, size)
        any_success = np.bincount(economy, success, size) > 0
        times = np.zeros(size)
        times[economy] = weights[ranking.order]
        times = times * any_success
        return float(np.sum(times * hits / np.maximum(taken, 1)) / times.sum()) if times.sum() else np.nan

    return precision


def rank_correlation(ranking: Ranking, weights: Numbers) -> float:
    """Spearman's correlation of score and outcome; NaN where either does not vary."""
    total = weights.sum()
    apart = [each - np.sum(weights * each) / total for each in (ranking.score_rank, ranking.outcome_rank)]
    both, one, other = (
        float(np.sum(weights * a * b)) for a, b in ((apart[0], apart[1]), (apart[0],) * 2, (apart[1],) * 2)
    )
    return both / np.sqrt(one * other) if one > 0 and other > 0 else np.nan


def hit_rate(part: float) -> Callable[[Ranking, Numbers], float]:
    """The share of the first ``part`` of candidates (0.1 = a tenth) whose outcome is above zero."""

    def rate(ranking: Ranking, weights: Numbers) -> float:
        return precision_at(max(1, round(part * float(weights.sum()))))(ranking, weights)

    return rate


#: What is measured of a ranking of candidates that may succeed or not, and of one whose outcome is an amount.
def of_activations(first: int) -> Mapping[str, Callable[[Ranking, Numbers], float]]:
    """The measures of a ranking of new products, by name."""
    return {
        "best_f1": best_f1,
        "average_precision": average_precision,
        "precision_at_10": precision_at(10),
        "precision_at_100": precision_at(100),
        f"mean_precision_at_{first}": mean_precision_at(first),
    }


def of_growth() -> Mapping[str, Callable[[Ranking, Numbers], float]]:
    """The measures of a ranking by growth in USD, by name."""
    return {"rank_correlation": rank_correlation, "hit_rate": hit_rate(0.1)}


def interval(
    measure: Callable[[Ranking, Numbers], float], ranking: Ranking, times: int, seed: int
) -> tuple[float, float]:
    """The middle 95 % of a measure over resamples of economies, each drawn as often as there are economies."""
    draw = np.random.default_rng(seed)
    size = int(ranking.economy.max()) + 1
    held = np.unique(ranking.economy)
    found = []
    for _ in range(times):
        counts = np.bincount(draw.choice(held, len(held)), minlength=size).astype(np.float64)
        found.append(measure(ranking, counts[ranking.economy]))
    known = [value for value in found if not np.isnan(value)]
    return (float(np.quantile(known, 0.025)), float(np.quantile(known, 0.975))) if known else (np.nan, np.nan)
