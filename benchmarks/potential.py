"""Export potential of a whole world, next to a query written by hand and to the bare product of its factors.

220 economies, 5,000 products, 10.7 million rows. The world is SYNTHETIC: drawn at random from a fixed seed, with the
size of a year of six-digit trade, nothing of its content, and every economy selling and buying nearly every product,
which is the most cells there can be. Measured are one pair from the world, against the same formula in DuckDB over the
same Parquet file, and all 242 million cells streamed to Parquet files, against the product of the same factors in
NumPy, which keeps nothing. Each has a process of its own.

    python benchmarks/potential.py [--out DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import measuring
import numpy as np
import polars as pl

SECTION = "Export potential of a whole world"

ECONOMIES, PRODUCTS, ROWS, SEED = 220, 5_000, 10_700_000, 2024
#: At most so many times the query by hand, and so many megabytes for all pairs.
SLOWER, MEMORY = 2.0, 6 * 1024
PAIR = ("C007", "C011")
NEUTRAL = ("income_elasticity", "tariffs", "substitution")
#: Exporters whose cells are computed at a time.
BLOCK = 4


def synthetic(folder: Path) -> None:
    draw = np.random.default_rng(SEED)
    size = draw.lognormal(0, 1.5, ECONOMIES)
    cell = np.unique(draw.integers(0, ECONOMIES * ECONOMIES * PRODUCTS, ROWS))
    i, rest = np.divmod(cell, ECONOMIES * PRODUCTS)
    j, k = np.divmod(rest, PRODUCTS)
    value = np.round(draw.lognormal(8, 2, len(cell)) * size[i] * size[j], 2)
    kept = i != j
    names = np.array([f"C{at:03d}" for at in range(ECONOMIES)])
    codes = np.array([f"{at:06d}" for at in range(PRODUCTS)])
    pl.DataFrame(
        {"exporter": names[i[kept]], "importer": names[j[kept]], "product": codes[k[kept]], "value_usd": value[kept]}
    ).write_parquet(folder / "trade.parquet")
    growth = {"gdp_growth": draw.uniform(0.9, 1.4, ECONOMIES), "population_growth": draw.uniform(0.95, 1.15, ECONOMIES)}
    pl.DataFrame({"economy": names, **growth}).write_parquet(folder / "outlook.parquet")
    first, second = np.divmod(np.arange(ECONOMIES * ECONOMIES), ECONOMIES)
    away = draw.uniform(300, 18_000, len(first))
    pl.DataFrame({"exporter": names[first], "importer": names[second], "distance_km": away}).write_parquet(
        folder / "distance.parquet"
    )


def factors(folder: Path) -> Any:
    from corridor.potential.factors import Factors

    return Factors(
        outlook=pl.scan_parquet(folder / "outlook.parquet"), distance=pl.scan_parquet(folder / "distance.parquet")
    )


def one_pair(folder: Path) -> dict[str, Any]:
    from corridor.potential.export_potential import export_potential

    def work() -> pl.DataFrame:
        trade = pl.scan_parquet(folder / "trade.parquet")
        found = export_potential(trade, factors(folder), neutral=NEUTRAL, exporters=[PAIR[0]], importers=[PAIR[1]])
        return found.collect()

    return timed(work)


QUERY = """
with t as (select * from read_parquet('{0}/trade.parquet') where exporter <> importer),
o as (select * from read_parquet('{0}/outlook.parquet')),
d as (select * from read_parquet('{0}/distance.parquet')),
w as (select product, sum(value_usd * gdp_growth) as grown, sum(value_usd) as plain
      from t join o on t.exporter = o.economy group by product),
s as (select product, sum(value_usd) as v from t where exporter = '{1}' group by product),
m as (select product, sum(value_usd) as m from t where importer = '{1}' group by product),
b as (select t.product, sum(value_usd) as v, sum(value_usd * ln(d.distance_km)) / sum(value_usd) as away
      from t join d using (exporter, importer) where importer = '{2}' group by t.product),
r as (select product, sum(value_usd) as v from t where exporter = '{1}' and importer = '{2}' group by product),
e as (select (select sum(v) from r) / sum(s.v / w.plain * b.v) as ease from s join w using (product)
      join b using (product))
select product,
       s.v * oi.gdp_growth / w.grown * least(1, s.v / coalesce(nullif(m.m, 0), s.v))
       * b.v * oj.population_growth * exp(b.away - ln(dij.distance_km)) * e.ease as potential_usd,
       coalesce(r.v, 0) as realised_usd
from s join w using (product) join b using (product) left join m using (product) left join r using (product)
cross join e join o oi on oi.economy = '{1}' join o oj on oj.economy = '{2}'
join d dij on dij.exporter = '{1}' and dij.importer = '{2}' order by product
"""


def by_hand(folder: Path) -> dict[str, Any]:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    return timed(lambda: connection.sql(QUERY.format(folder, *PAIR)).pl())


def all_pairs(folder: Path) -> dict[str, Any]:
    from corridor.potential.export_potential import cells, measured

    begun = perf_counter()
    world = measured(pl.scan_parquet(folder / "trade.parquet"), factors(folder), neutral=NEUTRAL)
    prepared = perf_counter() - begun
    names = [f"C{at:03d}" for at in range(ECONOMIES)]
    total = size = 0
    for at in range(0, ECONOMIES, BLOCK):
        path = folder / f"{names[at]}.parquet"
        cells(world.of(names[at : at + BLOCK])).to_native().sink_parquet(path, compression="lz4")
        total += pl.scan_parquet(path).select(pl.len()).collect().item()
        size += path.stat().st_size
        path.unlink()  # Twenty gigabytes that nobody asked for.
    seconds = perf_counter() - begun
    return {"seconds": seconds, "prepared": prepared, "cells": total, "size": size, "megabytes": peak_megabytes()}


def bare_product(folder: Path) -> dict[str, Any]:
    draw = np.random.default_rng(SEED)
    supply, demand = draw.random((ECONOMIES, PRODUCTS)), draw.random((ECONOMIES, PRODUCTS))
    away, ease, log = draw.random((ECONOMIES, PRODUCTS)), draw.random((ECONOMIES, ECONOMIES)), draw.random((220, 220))
    begun, total = perf_counter(), 0.0
    for i in range(ECONOMIES):
        total += float((supply[i] * demand * np.exp(away - log[i, :, None]) * ease[i, :, None]).sum())
    return {"seconds": perf_counter() - begun, "cells": ECONOMIES * ECONOMIES * PRODUCTS, "sum": total}


def timed(work: Any, times: int = 5) -> dict[str, Any]:
    seconds = []
    for _ in range(times):
        begun = perf_counter()
        found = work()
        seconds.append(perf_counter() - begun)
    return {
        "seconds": sorted(seconds)[times // 2],
        "rows": found.height,
        "sum": found["potential_usd"].sum(),
        "megabytes": peak_megabytes(),
    }


def peak_megabytes() -> float:
    """The most memory this process ever held, where the system tells; else 0."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


WAYS = {"one_pair": one_pair, "by_hand": by_hand, "all_pairs": all_pairs, "bare_product": bare_product}


def in_own_process(way: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--measure", way, "--world", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def told(found: dict[str, dict[str, Any]]) -> bool:
    pair, hand, every, bare = (found[way] for way in WAYS)
    ratio = pair["seconds"] / hand["seconds"]
    apart = abs(pair["sum"] / hand["sum"] - 1)
    print(f"one pair from the world: {pair['seconds']:.2f} s, by hand in DuckDB {hand['seconds']:.2f} s: {ratio:.2f} x")
    print(f"  {pair['rows']:,} and {hand['rows']:,} products; the sums differ by {apart:.1e} of themselves")
    print(
        f"all pairs to Parquet: {every['cells']:,} cells in {every['seconds']:.0f} s (of it {every['prepared']:.0f} s"
        f" before the first), {every['cells'] / every['seconds'] / 1e6:.1f} million cells a second, peak"
        f" {every['megabytes']:,.0f} MB, {every['size'] / 1e9:.1f} GB of files"
    )
    print(
        f"the bare product of the factors in NumPy, kept nowhere: {bare['seconds']:.1f} s,"
        f" {bare['cells'] / bare['seconds'] / 1e6:.0f} million cells a second"
    )
    return ratio <= SLOWER and every["megabytes"] <= MEMORY and apart < 1e-9


def run() -> str:
    return measuring.printed("potential.py")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, help="a folder with a gigabyte of room; default: a temporary one")
    parser.add_argument("--measure", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--world", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(WAYS[given.measure](given.world)))
        return 0
    with tempfile.TemporaryDirectory(dir=given.out) as folder:
        synthetic(Path(folder))
        print(f"SYNTHETIC world, seed {SEED}: {ECONOMIES} economies, {PRODUCTS:,} products, {ROWS:,} rows drawn")
        print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        return 0 if told({way: in_own_process(way, Path(folder)) for way in WAYS}) else 1


if __name__ == "__main__":
    sys.exit(main())
