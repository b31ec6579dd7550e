"""The record of the advice on real figures: the imports of wood of 27 economies, advised to 2020, judged by 2021-22.

    python benchmarks/record.py FILE

FILE: eu27_wood_imports_hs4.csv.gz of the R package comtradr (UN Comtrade, 27 importers x all partners x 39 codes).
Printed are the tables of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path

import measuring
import polars as pl

from corridor.recommend.backtest.design import Design
from corridor.recommend.backtest.record import Record, backtest

SECTION = "The record of the advice"


def run() -> str:
    pack = measuring.packs() / "comtrade-reference"
    return measuring.printed("record.py", str(pack / "eu27_wood_imports_hs4.csv.gz"))


def cube(path: Path) -> pl.DataFrame:
    raw = pl.read_csv(gzip.decompress(path.read_bytes()), infer_schema=False)
    return raw.select(
        exporter="partner_iso",
        importer="reporter_iso",
        product="cmd_code",
        year=pl.col("ref_year").cast(pl.Int64),
        value_usd=pl.col("primary_value").cast(pl.Float64),
    )


def printed(found: Record) -> None:
    """One row a method, one column a measure with its interval."""
    names = found.measures["measure"].unique(maintain_order=True).to_list()
    counts = f"{found.candidates:,} candidates of {found.economies} economies, {found.successes:,} successes"
    print(f"\n{found.task}: {counts}\n")
    print("| method | " + " | ".join(name.replace("_", " ") for name in names) + " |")
    print("| --- |" + " ---: |" * len(names))
    cells = {(row[0], row[1]): row[2:] for row in found.measures.rows()}
    for method in found.measures["method"].unique(maintain_order=True):
        told = [
            f"{value:.3f} ({low:.3f} to {high:.3f})" for value, low, high in (cells[method, name] for name in names)
        ]
        print(f"| {method.replace('_', ' ')} | " + " | ".join(told) + " |")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    world = cube(parser.parse_args().file)
    for task in ("activations", "growth"):
        printed(backtest(world, Design(2020, (2021, 2022)), task))
    return 0


if __name__ == "__main__":
    sys.exit(main())
