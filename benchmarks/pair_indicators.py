"""All indicators of one pair over ten world years, next to one sum over the same files.

A hundred million flows as Parquet, SYNTHETIC: drawn at random from a fixed seed, so that they have the size of ten
years of six-digit world trade and nothing of their content. The yardstick is DuckDB, in the same run, adding up value
by exporter and product over the files once. Corridor reduces first, then indexes: one pass makes of the world the pair,
all other suppliers and all other markets, and every index of the pair is computed on what is left. Each engine has a
process of its own; Spark's start-up is shown apart, and its Java machine's memory is not in the figure.

    python benchmarks/pair_indicators.py [--data DIR] [--rows 10000000] [--years 10] [--spark PATH_TO_ITS_PYTHON]
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
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

ECONOMIES, PRODUCTS, FIRST, SEED = 220, 5_000, 2015, 2024
ONE, OTHER = "C007", "C042"
#: At most so many times the yardstick, in at most so many megabytes.
LIMIT, MEMORY = 3.0, 4096


def synthetic(folder: Path, years: int, rows: int) -> None:
    """A file a year, sorted by exporter, importer and product, as published files are."""
    import numpy as np
    import polars as pl

    economies = pl.Series([f"C{at:03d}" for at in range(ECONOMIES)])
    products = pl.Series([f"{at:06d}" for at in range(PRODUCTS)])
    for year in range(FIRST, FIRST + years):
        path = folder / f"{year}.parquet"
        if path.is_file():
            continue
        draw = np.random.default_rng(SEED + year)
        cells = np.unique(draw.integers(0, ECONOMIES * (ECONOMIES - 1) * PRODUCTS, size=int(rows * 1.2)))
        cells = np.sort(draw.choice(cells, size=rows, replace=False))
        pair, product = np.divmod(cells, PRODUCTS)
        exporter, importer = np.divmod(pair, ECONOMIES - 1)
        # Nobody exports to itself.
        importer = importer + (importer >= exporter)
        table = pl.DataFrame(
            {
                "exporter": economies[exporter],
                "importer": economies[importer],
                "product": products[product],
                "value_usd": np.round(np.exp(draw.normal(9, 2.5, rows)), 0),
            }
        )
        table.with_columns(year=pl.lit(year)).write_parquet(path, row_group_size=1_000_000)


def indices(world: Any) -> int:
    """Every index of the pair that is made of sums, for every year; how many numbers they are."""
    import polars as pl

    from corridor import indicators as i

    years = {"by": "year"}
    value = pl.col("value_usd")

    def sums(table: Any, name: str, *keys: str) -> Any:
        return table.group_by("year", *keys).agg(value.sum().alias(name))

    by_exporter, by_importer = (
        sums(world, "value_usd", "exporter", "product"),
        sums(world, "value_usd", "importer", "product"),
    )
    pair, back = (world.filter(exporter=a, importer=b) for a, b in ((ONE, OTHER), (OTHER, ONE)))
    bought = sums(world.filter(importer=OTHER), "market", "product")
    sold = sums(world.filter(exporter=ONE), "whole", "product")
    key = ["year", "product"]
    both = sums(pair, "exports", "product").join(sums(back, "imports", "product"), on=key, how="full", coalesce=True)
    fit = sold.rename({"whole": "exports"}).join(
        bought.rename({"market": "imports"}), on=key, how="full", coalesce=True
    )
    fit = fit.join(sums(world, "world", "product"), on=key, how="left")
    deliveries = bought.join(pair.select(*key, "value_usd"), on=key, how="left")
    parts = sold.join(pair.select(*key, "value_usd"), on=key, how="left")
    later = deliveries.with_columns(year=pl.col("year") - 1).rename({"market": "market_1", "value_usd": "value_1"})
    change = deliveries.rename({"market": "market_0", "value_usd": "value_0"}).join(
        later, on=key, how="full", coalesce=True
    )
    change = change.filter(pl.col("year").is_between(world["year"].min(), world["year"].max() - 1))
    two_sided = by_exporter.rename({"exporter": "reporter", "value_usd": "exports"}).join(
        by_importer.rename({"importer": "reporter", "value_usd": "imports"}),
        on=["year", "reporter", "product"],
        how="full",
        coalesce=True,
    )
    yearly = sums(pair, "value_usd")
    results = [
        i.share(pair, **years), i.hhi(pair, **years), i.entropy(pair, **years), i.theil(pair, **years),
        i.gini(pair, **years), i.lorenz(pair, **years), i.concentration_ratio(pair, **years),
        i.smallest_set(pair, **years), i.cagr(yearly), i.trend_growth(yearly), i.cagr(pair, by="product"),
        i.balance(both.group_by("year").agg(pl.col("exports", "imports").fill_null(0).sum())),
        i.grubel_lloyd(both, **years), i.grubel_lloyd(both, aggregate=True, **years), i.lafay(both, **years),
        i.rsca(i.rca(by_exporter, **years)), i.normalised_rca(by_exporter, **years),
        i.additive_rca(by_exporter, **years),
        i.relative_export_advantage(by_exporter, **years), i.relative_import_penetration(by_importer, **years),
        i.relative_trade_advantage(two_sided, **years), i.revealed_competitiveness(two_sided, **years),
        i.trade_intensity(sums(world, "value_usd", "exporter", "importer"), **years),
        i.drysdale_garnaut_intensity(world, **years), i.rca_complementarity(fit, **years),
        i.trade_complementarity(fit, **years),
        i.export_similarity(parts, value_a="value_usd", value_b="whole", **years),
        i.location_quotient(parts, **years), i.partner_dependence(parts),
        i.extensive_margin(deliveries, **years), i.intensive_margin(deliveries, **years),
        i.growth(change), i.contribution(change, **years), i.growth_margins(change, **years),
        i.structural_change(change, **years), i.constant_market_share(change, **years),
    ]  # fmt: skip
    return sum(result.height for result in results)


def reduced_by_polars(folder: Path) -> Any:
    import polars as pl

    from corridor.codes.pairs import pair_world

    return pair_world(pl.scan_parquet(folder / "*.parquet"), ONE, OTHER, by="year").collect()


def reduced_by_duckdb(folder: Path) -> Any:
    import duckdb

    from corridor.codes.pairs import pair_world

    with duckdb.connect() as connection:
        flows = connection.read_parquet(str(folder / "*.parquet"))
        return pair_world(flows, ONE, OTHER, by="year").pl()


def reduced_by_spark(folder: Path, session: Any) -> Any:
    import polars as pl

    from corridor.codes.pairs import pair_world

    rows = pair_world(session.read.parquet(str(folder)), ONE, OTHER, by="year").toArrow()
    return pl.from_arrow(rows)


def spark_session() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    return builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "3g").getOrCreate()


def yardstick(folder: Path) -> dict[str, Any]:
    import duckdb

    query = "select exporter, product, sum(value_usd) from read_parquet(?) group by all"
    with duckdb.connect() as connection:
        begun = perf_counter()
        rows = len(connection.execute(query, [str(folder / "*.parquet")]).fetchnumpy()["exporter"])
        return {"start": 0.0, "reduce": perf_counter() - begun, "index": 0.0, "numbers": rows}


def corridor(folder: Path, engine: str) -> dict[str, Any]:
    import polars  # noqa: F401  imported before the clock starts

    import corridor.indicators  # noqa: F401

    begun = perf_counter()
    reduce: Callable[[Path], Any] = {"polars": reduced_by_polars, "duckdb": reduced_by_duckdb}.get(
        engine, reduced_by_polars
    )
    if engine == "spark":
        reduce = partial(reduced_by_spark, session=spark_session())
    started = perf_counter()
    world = reduce(folder)
    reduced = perf_counter()
    numbers = indices(world)
    return {
        "start": started - begun,
        "reduce": reduced - started,
        "index": perf_counter() - reduced,
        "numbers": numbers,
    }


def measure(name: str, folder: Path) -> dict[str, Any]:
    """Run in a process of its own."""
    try:
        found = yardstick(folder) if name == "yardstick" else corridor(folder, name)
    except ImportError as missing:
        return {"missing": str(missing)}
    return {**found, "megabytes": peak_megabytes()}


def peak_megabytes() -> float | None:
    """The most memory this process ever held, where the system tells."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def in_own_process(name: str, python: str, folder: Path) -> dict[str, Any]:
    command = [python, __file__, "--measure", name, "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def report(results: dict[str, dict[str, Any]]) -> bool:
    """Print the results beside each other; whether the default engine keeps the limits."""
    unit = results["yardstick"].get("reduce")
    print(f"{'':<24}{'start s':>9}{'reduce s':>10}{'index s':>9}{'x sum':>8}{'peak MB':>9}{'rows made':>12}")
    for name, result in results.items():
        label = "one sum, DuckDB" if name == "yardstick" else f"corridor on {name}"
        if "missing" in result:
            print(f"{label:<24}not measured: {result['missing']}")
            continue
        work = result["reduce"] + result["index"]
        ratio = f"{work / unit:8.2f}" if unit else f"{'-':>8}"
        print(
            f"{label:<24}{result['start']:>9.2f}{result['reduce']:>10.2f}{result['index']:>9.2f}{ratio}"
            f"{result['megabytes'] or 0:>9.0f}{result['numbers']:>12,}"
        )
    own = results["polars"]
    if "missing" in own or not unit:
        return False
    return own["reduce"] + own["index"] <= LIMIT * unit and (own["megabytes"] or 0) < MEMORY


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="where the files are kept; else made anew and removed")
    parser.add_argument("--rows", type=int, default=10_000_000, help="flows a year")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--spark", default=sys.executable, help="the Python that has PySpark installed")
    parser.add_argument("--measure", choices=("yardstick", "polars", "duckdb", "spark"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.data)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        synthetic(folder, given.years, given.rows)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1e6
        print(f"SYNTHETIC flows, seed {SEED}: {given.years} years of {given.rows:,} rows, {size:,.0f} MB of Parquet")
        print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        engines = dict.fromkeys(("yardstick", "polars", "duckdb"), sys.executable) | {"spark": given.spark}
        results = {name: in_own_process(name, python, folder) for name, python in engines.items()}
    return 0 if report(results) else 1


if __name__ == "__main__":
    sys.exit(main())
