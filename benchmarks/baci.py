"""Years of BACI into the store, and a pair's flows out of ten of them, each against a tool that does only that.

The files are made up in BACI's layout, 10.7 million rows a year (padded numbers, padded ``NA`` quantities), in a
temporary folder. Adding a year means: copied and summed, every row checked, its areas and goods known, no figure
twice, the tables committed. The yardstick is Polars, which sinks the same CSV into Parquet and checks nothing. The
flows are every figure of one economy on another in ten years; the yardstick is a query written by hand for DuckDB on
the store's own Parquet files. Every timing is of a process of its own.

    python benchmarks/baci.py [--rows N] [--years N]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import measuring

SECTION = "Ten years of BACI"
ROWS = 10_700_000
YEARS = tuple(range(2013, 2023))
PAIR = ("RUS", "VNM")
ADD_LIMIT, FLOWS_LIMIT, MEMORY_LIMIT = 2.5, 1.5, 1024
ROUNDS = 3
_PRODUCTS = 5300
#: BACI's own numbers of areas that are not those of ISO.
_OWN = {250: 251, 356: 699, 578: 579, 756: 757, 840: 842, 158: 490}
_AREAS = 226


def trade(rows: int):
    """Who sells what to whom, without repetition, in BACI's order: ``i, j, k``."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(1)
    numbers = _numbers()
    size = rng.pareto(1.0, len(numbers)) + 0.05
    goods = np.sort(rng.choice(np.arange(10111, 970700), _PRODUCTS, replace=False))
    drawn = np.empty(0, dtype=np.int64)
    while len(drawn) < rows:
        more = int((rows - len(drawn)) * 1.3) + 1000
        i, j = (rng.choice(len(numbers), more, p=size**power / (size**power).sum()) for power in (0.6, 0.5))
        key = (i.astype(np.int64) * 1000 + j) * 10000 + rng.integers(0, _PRODUCTS, more)
        drawn = np.unique(np.concatenate([drawn, key[i != j]]))
    key = np.sort(rng.choice(drawn, rows, replace=False))
    return pl.DataFrame({"i": numbers[key // 10_000_000], "j": numbers[key // 10_000 % 1000], "k": goods[key % 10_000]})


def write(path: Path, year: int, sold) -> None:
    """A year of what is ``sold``, with made-up values and tonnes, in BACI's layout."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(year)
    value = np.round(np.exp(rng.normal(3, 3, sold.height)), 3)
    tonnes = np.round(value * np.exp(rng.normal(-1, 1, sold.height)), 3)
    frame = sold.with_columns(v=value, q=tonnes, missing=rng.random(sold.height) < 0.04)
    printed = pl.when("missing").then(pl.lit("NA")).otherwise(pl.col("q").cast(pl.String)).str.pad_start(13)
    product = pl.col("k").cast(pl.String).str.zfill(6)
    frame.lazy().select(t=pl.lit(year), i="i", j="j", k=product, v="v", q=printed).sink_csv(path)


def _numbers():
    import numpy as np

    from corridor.codes import areas

    known = {int(area.numeric) for area in map(areas.area, areas.codes("country")) if area.numeric}
    needed = {int(areas.area(code).numeric) for code in PAIR}
    chosen = sorted(needed | set(sorted(known - needed)[: _AREAS - len(needed)]))
    return np.array(sorted(_OWN.get(number, number) for number in chosen))


def add(store: str, *files: str) -> None:
    """Adds files to a store, and prints how long that took."""
    from corridor import ingest
    from corridor.store import Store

    _timed(lambda: _whole(ingest.add(Store(Path(store)), map(Path, files), today=date(2026, 1, 1))))


def _whole(report) -> int:
    if len(report.of("added")) != len(report.outcomes) or report.not_understood:
        sys.exit(f"not wholly added: {[outcome.message for outcome in report.outcomes]}")
    return sum(outcome.rows["flows"] for outcome in report.outcomes)


def sink(csv: str, parquet: str) -> None:
    """Polars alone: the CSV into Parquet, nothing checked."""
    import polars as pl

    types = {"t": pl.Int32, "i": pl.Int32, "j": pl.Int32, "k": pl.String, "v": pl.Float64, "q": pl.String}

    def work() -> int:
        pl.scan_csv(csv, schema=types).sink_parquet(parquet)
        return pl.scan_parquet(parquet).select(pl.len()).collect().item()

    _timed(work)


def flows(store: str) -> None:
    """The pair's flows through the Python interface."""
    import polars as pl

    from corridor.store import Store

    held = Store(Path(store))
    pair = pl.col("reporter").is_in(PAIR) & pl.col("partner").is_in(PAIR)
    _timed(lambda: held.current("flows", where=pair).collect().height)


def query(store: str) -> None:
    """The same rows through DuckDB: all it has to know about the files is written into the query."""
    import duckdb

    files = sorted(map(str, (Path(store) / "tables" / "flows").glob("*.parquet")))
    # Of two equalities DuckDB passes over row groups by their statistics, of a list of values it does not.
    side = "select * from read_parquet(?) where reporter = ? and partner = ?"

    def work() -> int:
        with duckdb.connect() as session:
            found = session.execute(f"{side} union all {side}", [files, *PAIR, files, *reversed(PAIR)])
            return len(found.fetchall())

    _timed(work)


def _timed(work: Callable[[], int]) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    rows = work()
    took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    print(json.dumps({**took, "rows": rows, "peak": measuring.peak_megabytes()}))


def _apart(*arguments: str) -> dict[str, float]:
    found = measuring.apart(__file__, arguments)
    if "missing" in found:
        raise measuring.Unmeasured(found["missing"])
    return found


def run(rows: int = ROWS, years: tuple[int, ...] = YEARS) -> str:
    """The section: what adding and asking take beside the yardsticks."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        ten, sold, adding = str(folder / "ten"), trade(rows), []
        for year in years:
            csv = folder / f"BACI_HS12_Y{year}_V202601.csv"
            write(csv, year, sold)
            added = _apart("add", ten, str(csv))
            if len(adding) < ROUNDS:
                adding.append((added, _apart("sink", str(csv), str(folder / "sunk.parquet"))))
            csv.unlink()
        asking = [(_apart("flows", ten), _apart("query", ten)) for _ in range(5)]
    return _words(rows, len(years), adding, asking)


def _words(rows: int, years: int, adding: list, asking: list) -> str:
    lines = [
        measuring.beside(f"{rows:,} rows into the store; Polars into Parquet", adding, ADD_LIMIT),
        measuring.beside(f"flows of a pair over {years} such years; DuckDB", asking, FLOWS_LIMIT),
    ]
    for own, other in (*adding, *asking):
        if own["rows"] != other["rows"]:
            raise SystemExit(f"{own['rows']} rows here, {other['rows']} there")
    memory = max(own["peak"] or 0 for own, _ in adding)
    ratios = [measuring.ratio(adding, "seconds"), measuring.ratio(asking, "seconds")]
    header = ("what; the yardstick", "corridor, s", "yardstick, s", "ratio", "ratio of CPU time", "limit")
    return "\n\n".join(
        [
            (__doc__ or "").partition("\n\n")[2].rpartition("\n\n")[0],
            measuring.table(header, lines),
            measuring.kept(f"At most {ADD_LIMIT} times Polars alone ({ratios[0]:.2f})", yes=ratios[0] <= ADD_LIMIT),
            measuring.kept(f"Under 1 GiB at the peak of adding ({memory:.0f} MiB)", yes=memory < MEMORY_LIMIT),
            measuring.kept(
                f"At most {FLOWS_LIMIT} times the query by hand ({ratios[1]:.2f}, "
                f"{asking[0][0]['rows']:,} rows of the pair)",
                yes=ratios[1] <= FLOWS_LIMIT,
            ),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--years", type=int, default=len(YEARS))
    given = parser.parse_args()
    print(run(given.rows, YEARS[: given.years]))


if __name__ == "__main__":
    steps = {"add": add, "sink": sink, "flows": flows, "query": query}
    if len(sys.argv) > 1 and sys.argv[1] in steps:
        steps[sys.argv[1]](*sys.argv[2:])
    else:
        main()
