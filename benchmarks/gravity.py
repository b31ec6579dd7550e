"""Gravity on 220 x 220 economies and ten years, next to the estimating package called bare.

The world is SYNTHETIC: drawn at random from a fixed seed, a third of its pairs without trade. Both are timed in one
process, after a first call that loads what is loaded once, from the same table in memory to the coefficients.

    python benchmarks/gravity.py
"""

from __future__ import annotations

import sys
import warnings
from statistics import median
from time import perf_counter

import measuring
import numpy as np
import polars as pl

SECTION = "Gravity next to the package it estimates with"

ECONOMIES, YEARS, SEED, TIMES = 220, 10, 2024, 3
#: At most so many times the package alone.
SLOWER = 1.10


def synthetic() -> pl.DataFrame:
    draw = np.random.default_rng(SEED)
    i, j, year = (each.ravel() for each in np.meshgrid(*(np.arange(n) for n in (ECONOMIES, ECONOMIES, YEARS))))
    abroad = i != j
    i, j, year = i[abroad], j[abroad], year[abroad]
    away = draw.normal(8, 1, (ECONOMIES, ECONOMIES))[i, j]
    size = draw.normal(0, 1.5, (2, ECONOMIES, YEARS))
    rta = (draw.random((ECONOMIES, ECONOMIES, YEARS)) < 0.2)[i, j, year]
    mean = np.exp(size[0, i, year] + size[1, j, year] - 0.9 * away + 0.3 * rta + 8)
    trade = np.where(draw.random(len(i)) < 0.34, 0.0, mean * draw.lognormal(0, 1, len(i)))
    names = np.array([f"C{at:03d}" for at in range(ECONOMIES)])
    return pl.DataFrame(
        {
            "exporter": names[i],
            "importer": names[j],
            "year": year + 2010,
            "trade": trade,
            "ldist": away,
            "rta": rta * 1.0,
        }
    )


def ours(table: pl.DataFrame) -> float:
    from corridor.potential.gravity import Model, gravity

    return gravity(table, Model(("ldist", "rta"), ("exporter^year", "importer^year"))).estimate("ldist")


def bare(table: pl.DataFrame) -> float:
    import pyfixest

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = pyfixest.fepois(
            "trade ~ ldist + rta | exporter^year + importer^year", data=table.to_pandas(), vcov="hetero",
            separation_check=["fe"],
        )  # fmt: skip
    return float(found.coef()["ldist"])


def run() -> str:
    return measuring.printed("gravity.py")


def main() -> int:
    table = synthetic()
    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    answers = {"ours": ours(table), "bare": bare(table)}
    for _ in range(TIMES):
        for name, work in (("ours", ours), ("bare", bare)):
            begun = perf_counter()
            work(table)
            seconds[name].append(perf_counter() - begun)
    ratio = median(seconds["ours"]) / median(seconds["bare"])
    apart = abs(answers["ours"] - answers["bare"])
    print(f"SYNTHETIC world, seed {SEED}: {table.height:,} rows, {(table['trade'] == 0).mean():.0%} without trade")
    print(
        f"corridor {median(seconds['ours']):.2f} s, the package alone {median(seconds['bare']):.2f} s: {ratio:.2f} x;"
        f" the coefficients differ by {apart:.0e}"
    )
    return 0 if ratio <= SLOWER and apart < 1e-6 else 1


if __name__ == "__main__":
    sys.exit(main())
