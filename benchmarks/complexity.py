"""Complexity of a whole world, next to the two packages of PyPI that compute it.

RCA, ECI, PCI, proximity and density of 220 economies in 5,000 products. The world is SYNTHETIC: drawn at random from
a fixed seed, so that it has the size of a year of six-digit trade and nothing of its content. Each implementation has
a process of its own and is timed from a data frame in memory to its results, imports excluded; ``ecomplexity`` and
``economic-complexity`` want other versions of pandas than most, so they may live in an environment of their own:

    python benchmarks/complexity.py --peers PATH_TO_ITS_PYTHON

Printed are seconds, peak memory of the process, and both as ratios to corridor's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from measuring import PEERS, apart, kept, machine, peak_megabytes, table

SECTION = "Complexity of a world, next to the two packages of PyPI"
#: Runs of each; the median counts.
TIMES = int(os.environ.get("CORRIDOR_BENCH_TIMES") or 3)
ECONOMIES, PRODUCTS, CELLS, SEED = 220, 5_000, 783_383, 2024
#: At least so many times faster than the peer, and at most such a part of its memory.
LIMITS = {"ecomplexity": (40.0, 0.5), "economic-complexity": (5.0, 1.0)}


def synthetic(path: Path) -> None:
    """A world in which able economies sell what is difficult, and everybody some of what is easy."""
    draw = np.random.default_rng(SEED)
    size, easy = draw.normal(0, 2.0, ECONOMIES), draw.normal(0, 1.3, PRODUCTS)
    ability, difficulty = draw.normal(0, 1, ECONOMIES), draw.normal(0, 1, PRODUCTS)
    fit = (ability + 0.35 * size)[:, None] - difficulty + draw.gumbel(0, 1, (ECONOMIES, PRODUCTS))
    traded = fit >= np.partition(fit.ravel(), -CELLS)[-CELLS]
    value = np.exp(draw.normal(0, 1.8, fit.shape) + size[:, None] + easy + 0.5 * fit) * 1e3
    economy, product = np.nonzero(traded)
    np.savez(path, economy=economy, product=product, value=np.round(value[economy, product], 2))


def columns(path: Path) -> dict[str, Any]:
    world = np.load(path)
    economies = np.array([f"C{at:03d}" for at in range(ECONOMIES)], dtype=object)
    products = np.array([f"{at:06d}" for at in range(PRODUCTS)], dtype=object)
    return {
        "exporter": economies[world["economy"]],
        "product": products[world["product"]],
        "value_usd": world["value"],
    }


def with_corridor(path: Path) -> Callable[[], Any]:
    import polars as pl

    from corridor.indicators import density, eci, pci, proximity, rca

    frame = pl.DataFrame(columns(path), schema={"exporter": pl.String, "product": pl.String, "value_usd": pl.Float64})

    def work() -> Any:
        results = [rca(frame), eci(frame), pci(frame), proximity(frame, pairs="matrix"), density(frame)]
        return results[1].select("exporter", "eci").unique().sort("exporter")["eci"].to_list()

    return work


def with_ecomplexity(path: Path) -> Callable[[], Any]:
    import warnings

    import pandas as pd
    from ecomplexity import ecomplexity

    warnings.simplefilter("ignore")
    frame = pd.DataFrame(columns(path)).assign(year=2024)
    names = {"time": "year", "loc": "exporter", "prod": "product", "val": "value_usd"}

    def work() -> Any:
        result = ecomplexity(frame, names, check_logsupermodularity=False, verbose=False)
        return result.groupby("exporter")["eci"].first().sort_index().to_list()

    return work


def with_economic_complexity(path: Path) -> Callable[[], Any]:
    import economic_complexity as ec
    import pandas as pd

    frame = pd.DataFrame(columns(path))

    def work() -> Any:
        index = ec.rca(frame.pivot(index="exporter", columns="product", values="value_usd"))
        economies, _products = ec.complexity(index)
        near = ec.proximity(index)
        ec.relatedness(index, proximities=near)
        return economies.sort_index().to_list()

    return work


WAYS = {
    "corridor": with_corridor,
    "ecomplexity": with_ecomplexity,
    "economic-complexity": with_economic_complexity,
}


def measure(name: str, path: Path, times: int) -> dict[str, Any]:
    """Run in a process of its own."""
    try:
        work = WAYS[name](path)
    except ImportError as missing:
        return {"missing": str(missing)}
    seconds = []
    for _ in range(times):
        begun = perf_counter()
        found = work()
        seconds.append(perf_counter() - begun)
    return {"seconds": sorted(seconds)[len(seconds) // 2], "megabytes": peak_megabytes(), "eci": found}


def compare(peers: str, times: int) -> dict[str, dict[str, Any]]:
    """Each implementation in a process of its own, on one and the same world."""
    # One thread each: on cores that others use too, threads of the linear algebra wait for one another.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.npz"
        synthetic(path)
        return {
            name: apart(
                __file__,
                ["--measure", name, "--world", str(path), "--times", str(times)],
                sys.executable if name == "corridor" else peers,
            )
            for name in WAYS
        }


def rows(results: dict[str, dict[str, Any]]) -> list[list[str]]:
    own = results["corridor"]
    found = []
    for name, result in results.items():
        if "missing" in result:
            found.append([name, f"not measured: {result['missing']}", "", "", "", ""])
            continue
        slower, larger = _ratios(result, own)
        apart_by = np.abs(_scores(result["eci"]) - _scores(own["eci"])).max()
        memory = f"{result['megabytes'] or 0:,.0f} MB"
        found.append(
            [name, f"{result['seconds']:.2f} s", f"{slower:.1f} x", memory, f"{larger:.2f} x", f"{apart_by:.0e}"]
        )
    return found


def limits(results: dict[str, dict[str, Any]]) -> list[str]:
    own, said = results["corridor"], []
    for name, (faster, part) in LIMITS.items():
        if "missing" in results[name] or "missing" in own:
            continue
        slower, larger = _ratios(results[name], own)
        asked = f"at least {faster:.0f} times faster than `{name}` in at most {part:g} of its memory"
        said.append(kept(f"Asked for, {asked}", yes=slower >= faster and larger >= 1 / part))
    return said


def run() -> str:
    """The section of docs/benchmarks.md."""
    results = compare(PEERS, TIMES)
    header = ["", "time", "of corridor's", "peak memory", "of corridor's", "ECI apart by"]
    return "\n\n".join(
        [
            f"`benchmarks/complexity.py`: RCA, ECI, PCI, proximity and density of {ECONOMIES} economies and "
            f"{PRODUCTS:,} products in double precision, from a data frame in memory ({CELLS:,} rows, SYNTHETIC, seed "
            f"{SEED}) to the results; imports excluded, one thread, the median of {TIMES} runs, each in a process of "
            "its own. "
            "`economic-complexity` stops after 20 reflections, so its ECI is another one.",
            table(header, rows(results)),
            " ".join(limits(results)),
        ]
    )


def _ratios(result: dict[str, Any], own: dict[str, Any]) -> tuple[float, float]:
    return result["seconds"] / own["seconds"], (result["megabytes"] or 0) / (own["megabytes"] or 1)


def _scores(values: list[float]) -> Any:
    numbers = np.array(values)
    return (numbers - numbers.mean()) / numbers.std()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peers", default=PEERS, help="the Python that has the peers installed")
    parser.add_argument("--times", type=int, default=TIMES, help="runs of each; the median counts")
    parser.add_argument("--measure", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--world", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.world, given.times)))
        return 0
    print(f"SYNTHETIC world, seed {SEED}; {machine()}")
    results = compare(given.peers, given.times)
    said = limits(results)
    print(table(["", "time", "x", "peak", "x", "ECI apart"], rows(results)), *said, sep="\n")
    return 0 if all(line.endswith(": kept.") for line in said) else 1


if __name__ == "__main__":
    sys.exit(main())
