"""A year of regional declarations into the store, and a pair's chapter out of it, each beside DuckDB.

The files are made up in the layout of Russia's customs office: 85 regions, 5,000 codes, 200 partners, twelve months,
8.2 million rows. Adding them means: every row checked, its region, partner and code known, no figure twice, the tables
committed. The yardstick is DuckDB, which copies the same text into Parquet as text and checks nothing. The chapter is
what `corridor regions RUS VNM` tells: key regions, how concentrated they are, who came and went, districts, head
offices, who supplies what, who could, each sum with the rows that it is traced to. The yardstick gives the same tables
by queries written by hand for DuckDB over the store's own Parquet files (`regions_by_hand.py`), in which all that is
known of the files is written down; the bundled published facts alone are corridor's extra. Both sides' tables must have
the same rows and the same sums. Every timing is of a process of its own.

    python benchmarks/regions.py [--rows N]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import measuring

SECTION = "A year of regional declarations"
ROWS = 8_000_000
ADD_LIMIT, CHAPTER_LIMIT = 2.5, 2.0
ROUNDS = 3
#: How far two sums of the same figures in another order may be apart; of what depends on ties, which the last digit
#: of a sum makes or breaks, a little more.
_ROUNDING, _TIED = 1e-9, 1e-3
_BY_TIES = ("rank", "cumulative_share")


def write(folder: str, rows: str) -> None:
    """Writes the year's files."""
    sys.path.insert(0, str(measuring.ROOT / "tests"))
    from synthetic_regions import FULL, YEARS, Size, World

    world = World(Size(FULL.products, FULL.partners, int(rows)))
    year = world.year(YEARS[-1])
    files = list(world.write(year, Path(folder)))
    print(json.dumps({"rows": len(year), "bytes": sum(path.stat().st_size for path in files)}))


def add(store: str, folder: str) -> None:
    """Adds the files to a store, and prints how long that took."""
    from corridor import ingest
    from corridor.store import Store

    def work() -> int:
        report = ingest.add(Store(Path(store)), sorted(Path(folder).glob("*.csv")), today=date(2026, 1, 1))
        if len(report.of("added")) != len(report.outcomes) or report.not_understood:
            sys.exit(f"not wholly added: {[outcome.message for outcome in report.outcomes]}")
        return sum(outcome.rows["flows"] for outcome in report.outcomes)

    _timed(work)


def copy(folder: str, parquet: str) -> None:
    """DuckDB alone: the text into Parquet, nothing checked."""
    import duckdb

    def work() -> int:
        with duckdb.connect() as session:
            session.execute(
                "copy (select * from read_csv(?, delim='\t', header=true, all_varchar=true)) to '"
                + parquet.replace("'", "''") + "' (format parquet)",
                [f"{folder}/*.csv"],
            )  # fmt: skip
            return session.execute("select count(*) from read_parquet(?)", [parquet]).fetchone()[0]

    _timed(work)


def chapter(store: str) -> None:
    """The tables of `corridor regions RUS VNM`, from a workspace that has read nothing yet."""
    from corridor import made_regions  # noqa: F401
    from corridor.workspace import Workspace

    held = Workspace(store)
    _timed(lambda: held.regions("RUS", "VNM").tables, _told)


def query(store: str) -> None:
    """The same tables by queries written by hand."""
    import duckdb

    # DuckDB hands frames over by these two: our own side has imported them before its clock runs, too.
    import polars  # noqa: F401
    import pyarrow  # noqa: F401
    import regions_by_hand

    from corridor.codes import areas

    files = sorted(map(str, (Path(store) / "tables" / "flows").glob("*.parquet")))
    districts = [
        (region, group)
        for region in areas.regions("RUS", nested=True, publisher_codes=True)
        for group in areas.groups_of(region, date(2021, 12, 31))
        if areas.area(group).parent == "RUS"
    ]

    def work() -> dict:
        with duckdb.connect() as session:
            return dict(regions_by_hand.tables(session, files, districts))

    _timed(work, _told)


def _told(tables: Mapping) -> dict[str, dict[str, float]]:
    """The height and the sums of each table's numbers; texts that a sum is traced to are counted."""
    import polars as pl
    import polars.selectors as cs

    numbers = cs.numeric().cast(pl.Float64).fill_nan(0).sum()
    traced = cs.by_name("trace_id", require_all=False).count()
    return {
        name: {"rows": table.height, **table.select(numbers, traced).row(0, named=True)}
        for name, table in tables.items()
        if table.height
    }


def _timed(work: Callable[[], Any], told: Callable[[Any], Any] = lambda rows: rows) -> None:
    start = time.perf_counter()
    made = work()
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu": _cpu(), "rows": told(made)}))


def _cpu() -> float:
    """Seconds of processors that this process and those it started have used."""
    import os

    return sum(os.times()[:4])


def _apart(*arguments: str) -> dict[str, float]:
    found = measuring.apart(__file__, arguments)
    if "missing" in found:
        raise measuring.Unmeasured(found["missing"])
    return found


def run(rows: int = ROWS) -> str:
    """The section: what adding and telling take beside the yardsticks."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        files = str(folder / "files")
        written = _apart("write", files, str(rows))
        adding = [
            (_apart("add", str(folder / f"store{at}"), files), _apart("copy", files, str(folder / "copy.parquet")))
            for at in range(ROUNDS)
        ]
        store = str(folder / "store0")
        telling = [(_apart("chapter", store), _apart("query", store)) for _ in range(5)]
    return _words(written, adding, telling)


def _words(written: dict[str, float], adding: list, telling: list) -> str:
    for own, other in adding:
        if own["rows"] != other["rows"]:
            raise SystemExit(f"{own['rows']} rows here, {other['rows']} there")
    for own, other in telling:
        _compare(own["rows"], other["rows"])
    megabytes = written["bytes"] / 1e6
    gaps = telling[0][0]["rows"]["gaps"]["rows"]
    lines = [
        measuring.beside(
            f"{written['rows']:,} rows ({megabytes:,.0f} MB) into the store; DuckDB into Parquet", adding, ADD_LIMIT
        ),
        measuring.beside(f"the chapter of a pair ({gaps:,} gaps); DuckDB", telling, CHAPTER_LIMIT),
    ]
    ratios = [measuring.ratio(pairs, "seconds") for pairs in (adding, telling)]
    header = ("what; the yardstick", "corridor, s", "yardstick, s", "ratio", "ratio of CPU time", "limit")
    return "\n\n".join(
        [
            (__doc__ or "").partition("\n\n")[2].rpartition("\n\n")[0],
            measuring.table(header, lines),
            measuring.kept(f"At most {ADD_LIMIT} times DuckDB alone ({ratios[0]:.2f})", yes=ratios[0] <= ADD_LIMIT),
            measuring.kept(
                f"At most {CHAPTER_LIMIT} times the queries by hand ({ratios[1]:.2f})", yes=ratios[1] <= CHAPTER_LIMIT
            ),
            "CPU time is of whole processes, imports included; seconds are of the work alone.",
        ]
    )


def _compare(own: Mapping[str, Mapping], other: Mapping[str, Mapping]) -> None:
    """Leaves where a table of the yardstick, or a sum of its numbers, is not the chapter's."""
    for name, theirs in other.items():
        for column, number in own[name].items():
            apart = _TIED if column in _BY_TIES else _ROUNDING
            if column in theirs and not isclose(number or 0, theirs[column] or 0, rel_tol=apart):
                raise SystemExit(f"{name}, {column}: {number} here, {theirs[column]} there")


def main() -> None:
    """A part of the measuring in its own process, else the whole."""
    parts = {"write": write, "add": add, "copy": copy, "chapter": chapter, "query": query}
    if len(sys.argv) > 1 and sys.argv[1] in parts:
        parts[sys.argv[1]](*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    print(run(parser.parse_args().rows))


if __name__ == "__main__":
    main()
