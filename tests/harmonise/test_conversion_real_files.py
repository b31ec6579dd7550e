"""Ten years of real flows over three revisions of the Harmonised System, by the real concordances."""

import math
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.harmonise.conversion import Conversion
from corridor.harmonise.lists import harmonise_list
from corridor.harmonise.panel import panel
from corridor.sources import read, recognise

TABLES = (
    "HS2022toHS2017ConversionAndCorrelationTables.xlsx",
    "HS2017toHS2012ConversionAndCorrelationTables.xlsx",
    "HS 2012 to HS 2007 Correlation and conversion tables.xls",
)


@pytest.fixture(scope="module")
def concordances(test_data: Path) -> pl.DataFrame:
    parts = []
    for name in TABLES:
        file = test_data / "concordances" / name
        listing = read(file, recognise(file), name)
        rows = harmonise_list(listing, snapshot=name.ljust(64, "0"), file=name, added=date(2026, 1, 1))
        assert rows["not_understood"].is_empty()
        parts.append(rows["concordances"])
    return pl.concat(parts)


@pytest.fixture(scope="module")
def flows(test_data: Path) -> pl.DataFrame:
    """Imports of the United States from Viet Nam, 2015 to 2025, subheadings: H4, H5 and H6."""
    files = sorted((test_data / "comtrade-bilateral-hs6").glob("us_vietnam_*.csv.gz"))
    rows = pl.concat([pl.read_csv(file, infer_schema=False) for file in files])
    return rows.filter(pl.col("aggr_level") == "6").select(
        pl.col("ref_year").alias("year"),
        pl.col("classification_code").alias("classification"),
        pl.col("cmd_code").alias("product"),
        pl.col("primary_value").cast(pl.Float64).alias("value_usd"),
        pl.col("net_wgt").cast(pl.Float64).alias("net_weight_kg"),
        reporter=pl.lit("USA"),
        partner=pl.lit("VNM"),
        flow=pl.lit("import"),
        period_end=pl.date(pl.col("ref_year").cast(pl.Int32), 12, 31),
        caveats=pl.lit(""),
        trace_id=pl.format("file/{}", pl.row_index()),
    )  # fmt: skip


def sums(table: pl.DataFrame) -> dict[str, float]:
    return {year: math.fsum(rows["value_usd"]) for (year,), rows in table.group_by("year")}


#: Goods not specified; and a code that the table of 2022 leaves out, which trade weights can reach from 300210 too.
NOT_IN_THE_TABLES = {"999999", "9999AA", "999900", "300210", "300219"}


@pytest.mark.parametrize(
    ("target", "method"),
    [
        *((target, method) for target in ("H3", "H4", "H5", "H6") for method in ("un_conversion", "equal_split")),
        # Nothing was reported in H3, so nothing can weigh the way into it.
        *((target, method) for target in ("H4", "H5", "H6") for method in ("trade_weighted", "largest")),
    ],
)
def test_a_panel_over_three_revisions_loses_no_dollar(
    flows: pl.DataFrame, concordances: pl.DataFrame, target: str, method: str
) -> None:
    assert sorted(flows["classification"].unique()) == ["H4", "H5", "H6"]
    weights = {
        code: flows.filter(pl.col("classification") == code).select("product", value="value_usd")
        for code in ("H4", "H5", "H6")
    }
    made: Conversion = panel(flows, target, concordances, method=method, weights=weights)
    assert set(made.flows["classification"]) == {target}
    for year, total in sums(flows).items():
        out = math.fsum([sums(made.flows)[year], sums(made.unmatched).get(year, 0.0)])
        assert out == pytest.approx(total, abs=0.01), year
    assert set(made.unmatched["product"]) <= NOT_IN_THE_TABLES


def test_computers_stay_computers(flows: pl.DataFrame, concordances: pl.DataFrame) -> None:
    """Waste of electrical goods (8549) has something in common with every machine; it must not take their trade."""
    portable = flows.filter(pl.col("product") == "847130")
    assert dict(panel(portable, "H6", concordances).flows.select("product", pl.len().over("product")).iter_rows()) == {
        "847130": portable.height
    }
    split = panel(portable.filter(pl.col("classification") == "H5"), "H6", concordances, method="equal_split")
    assert split.flows["product"].n_unique() == 7
