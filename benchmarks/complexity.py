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
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

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


def peak_megabytes() -> float | None:
    """The most memory this process ever held, where the system tells."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


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


def in_own_process(name: str, python: str, path: Path, times: int) -> dict[str, Any]:
    command = [python, __file__, "--measure", name, "--world", str(path), "--times", str(times)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def table(results: dict[str, dict[str, Any]]) -> bool:
    """Print the results beside each other; whether every limit is kept."""
    own, kept = results["corridor"], True
    print(f"{'':<22}{'seconds':>9}{'x corridor':>12}{'peak MB':>9}{'x corridor':>12}   ECI, largest difference")
    for name, result in results.items():
        if "missing" in result:
            print(f"{name:<22}not measured: {result['missing']}")
            continue
        slower, larger = result["seconds"] / own["seconds"], (result["megabytes"] or 0) / (own["megabytes"] or 1)
        apart = np.abs(_scores(result["eci"]) - _scores(own["eci"])).max()
        print(
            f"{name:<22}{result['seconds']:>9.2f}{slower:>12.1f}{result['megabytes'] or 0:>9.0f}{larger:>12.2f}"
            f"   {apart:.1e}"
        )
        if name in LIMITS:
            faster, part = LIMITS[name]
            kept &= slower >= faster and larger >= 1 / part
    return kept


def _scores(values: list[float]) -> Any:
    numbers = np.array(values)
    return (numbers - numbers.mean()) / numbers.std()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the peers installed")
    parser.add_argument("--times", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--measure", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--world", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.world, given.times)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.npz"
        synthetic(path)
        print(f"SYNTHETIC world, seed {SEED}: {ECONOMIES} economies, {PRODUCTS:,} products, {CELLS:,} rows")
        print(
            f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, double precision"
        )
        results = {
            name: in_own_process(name, sys.executable if name == "corridor" else given.peers, path, given.times)
            for name in WAYS
        }
    return 0 if table(results) else 1


if __name__ == "__main__":
    sys.exit(main())
