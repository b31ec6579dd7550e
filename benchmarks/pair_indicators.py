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
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from measuring import PEERS, apart, kept, machine, peak_megabytes, table

SECTION = "All indicators of one pair over ten world years"
#: Years of ten million flows each.
YEARS, FLOWS = int(os.environ.get("CORRIDOR_BENCH_YEARS") or 10), 10_000_000
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


def spark_sum(folder: Path) -> dict[str, Any]:
    """What Spark needs for the yardstick's sum itself, after its start."""
    begun = perf_counter()
    session = spark_session()
    started = perf_counter()
    flows = session.read.parquet(str(folder)).groupBy("exporter", "product")
    rows = flows.agg({"value_usd": "sum"}).toArrow().num_rows
    return {"start": started - begun, "reduce": perf_counter() - started, "index": 0.0, "numbers": rows}


def corridor(folder: Path, engine: str) -> dict[str, Any]:
    import polars  # noqa: F401  imported before the clock starts

    import corridor.codes.pairs
    import corridor.indicators  # noqa: F401

    if engine == "duckdb":
        import duckdb  # noqa: F401

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
        sums = {"yardstick": yardstick, "spark_sum": spark_sum}
        found = sums[name](folder) if name in sums else corridor(folder, name)
    except ImportError as missing:
        return {"missing": str(missing)}
    return {**found, "megabytes": peak_megabytes()}


def compare(folder: Path, spark: str) -> dict[str, dict[str, Any]]:
    """Each engine in a process of its own, over the same files."""
    engines = dict.fromkeys(("yardstick", "polars", "duckdb"), sys.executable) | {"spark_sum": spark, "spark": spark}
    return {
        name: apart(__file__, ["--measure", name, "--data", str(folder)], python) for name, python in engines.items()
    }


def rows(results: dict[str, dict[str, Any]]) -> list[list[str]]:
    found = []
    for name, result in results.items():
        label = SUMS.get(name, f"corridor on {name}")
        if "missing" in result:
            found.append([label, f"not measured: {result['missing']}", "", "", "", "", ""])
            continue
        times = [f"{result[part]:.2f} s" for part in ("start", "reduce", "index")]
        memory = f"{result['megabytes'] or 0:,.0f} MB"
        found.append([label, *times, f"{_ratio(result, results):.2f} x", memory, f"{result['numbers']:,}"])
    return found


def _ratio(result: dict[str, Any], results: dict[str, dict[str, Any]], unit_of: str = "yardstick") -> float:
    unit = results[unit_of].get("reduce")
    return (result["reduce"] + result["index"]) / unit if unit else float("nan")


def limits(results: dict[str, dict[str, Any]]) -> list[str]:
    said = []
    for name, result in results.items():
        if name in SUMS or "missing" in result:
            continue
        inside = _ratio(result, results) <= LIMIT and (result["megabytes"] or 0) < MEMORY
        said.append(kept(f"Asked for, at most {LIMIT:g} times the sum in under {MEMORY:,} MB, on {name}", yes=inside))
        if name == "spark":
            own = _ratio(result, results, "spark_sum")
            said.append(kept(f"Beside Spark's own sum it is {own:.2f} times; at most {LIMIT:g}", yes=own <= LIMIT))
    return said


SUMS = {"yardstick": "one sum by exporter and product, DuckDB", "spark_sum": "the same sum, Spark"}
HEADER = ["", "start", "reduce", "index", "of the sum", "peak memory", "rows made"]


def run() -> str:
    """The section of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("CORRIDOR_BENCH_FLOWS") or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        synthetic(folder, YEARS, FLOWS)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1e6
        results = compare(folder, PEERS)
    return "\n\n".join(
        [
            "`benchmarks/pair_indicators.py`: every index of one pair of economies that is made of sums, by year, over "
            f"{YEARS * FLOWS:,} flows of {YEARS} years as Parquet ({size:,.0f} MB, SYNTHETIC, seed {SEED}). The "
            "yardstick is DuckDB adding up value by exporter and product over the same files once. Corridor makes of "
            "the world the pair, all other suppliers and all other markets in one pass, and indexes what is left. "
            "Spark's start is shown apart; its Java machine's memory is not in the figure.",
            table(HEADER, rows(results)),
            " ".join(limits(results)),
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="where the files are kept; else made anew and removed")
    parser.add_argument("--rows", type=int, default=FLOWS, help="flows a year")
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--spark", default=PEERS, help="the Python that has PySpark installed")
    parser.add_argument(
        "--measure", choices=("yardstick", "polars", "duckdb", "spark_sum", "spark"), help=argparse.SUPPRESS
    )
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.data)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        synthetic(folder, given.years, given.rows)
        print(f"SYNTHETIC flows, seed {SEED}: {given.years} years of {given.rows:,} rows; {machine()}")
        results = compare(folder, given.spark)
    said = limits(results)
    print(table(HEADER, rows(results)), *said, sep="\n")
    return 0 if said and all(line.endswith(": kept.") for line in said) else 1


if __name__ == "__main__":
    sys.exit(main())
