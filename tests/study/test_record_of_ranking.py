"""The record a study prints beside its advice: counted, not judged on too little, never told better than it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl
import pytest

from corridor.codes.periods import Period
from corridor.recommend.backtest import candidates, scores
from corridor.recommend.backtest.design import Design
from corridor.study.record import MOST_CELLS, record
from corridor.study.series import Series


@dataclass
class Held:
    """A ledger that holds these cells of VNM: year, partner, product, value."""

    cells: list[tuple[int, str, str, float]]
    series: Series = field(default_factory=lambda: Series("VNM", "RUS", "vn_customs", "first", "VNC"))

    def years(self, flow: str) -> tuple[int, ...]:
        return tuple(sorted({year for year, *_ in self.cells}))

    def partners(self, flow: str, period: Period) -> pl.DataFrame:
        rows = [each[1:] for each in self.cells if each[0] == period.end.year]
        columns = {"partner": pl.String, "product": pl.String, "value_usd": pl.Float64}
        return pl.DataFrame(rows, schema=columns, orient="row")


def told(cells: list[tuple[int, str, str, float]], exporter: str = "RUS") -> tuple[Any, pl.DataFrame]:
    return record(cast(Any, Held(cells)), exporter, "VNM" if exporter == "RUS" else "RUS")


def world(years: tuple[int, ...], partners: int, products: int) -> list[tuple[int, str, str, float]]:
    """Every cell differs; those of odd partners double in the last year, the others halve."""
    return [
        (year, f"P{at:02}", f"g{good:02}", (10.0 + at * 7 + good) * (1 if year < years[-1] else 0.5 + 1.5 * (at % 2)))
        for year in years
        for at in range(partners)
        for good in range(products)
    ]


def test_fewer_than_three_years_in_a_row_give_no_record() -> None:
    for years, held in (((2024, 2025), 2), ((2022, 2024, 2025), 2)):
        line, table = told(world(years, 3, 3))
        assert line.key == "record.no_years"
        assert line.parameters["years"].value == held
        assert table.is_empty()


def test_too_few_candidates_are_counted_and_not_judged() -> None:
    line, table = told(world((2023, 2024, 2025), 5, 4))
    assert line.key == "record.too_few"
    assert (line.parameters["candidates"].value, line.parameters["economies"].value) == (20, 5)
    assert line.parameters["enough"].value == 200
    assert table.is_empty()


@pytest.mark.parametrize("exporter", ["RUS", "VNM"])
def test_the_chance_is_the_share_of_all_that_succeeded(exporter: str) -> None:
    """16 partners x 15 groups, half of the partners double: what a ranking must beat is the share of those."""
    line, table = told(world((2022, 2023, 2024, 2025), 16, 15), exporter)
    assert line.key in {"record.better", "record.no_better"}
    given = line.parameters
    assert (given["candidates"].value, given["successes"].value) == (240, 120)
    assert given["chance"].value == pytest.approx(0.5)
    assert (given["advised_on"].code, given["judged_by"].code) == ("2024", "2025")
    ours = table.filter(pl.col("method") == "weighted_sum", pl.col("measure") == "hit_rate")
    assert ours["value"].item() == given["rate"].value
    assert given["free_rate"].value < given["rate"].value or line.key == "record.no_better"


def test_a_world_too_large_for_a_report_is_left_to_the_backtest() -> None:
    cells = world((2023, 2024, 2025), 250, MOST_CELLS // 250 + 1)
    assert told(cells)[0].key == "record.too_large"


def test_one_seller_is_judged_by_the_criteria_of_supply() -> None:
    """Two buyers, two goods, the second year. Sold: x 30 (from 20), y 30 (from 30).

    Of A, x grew from 10 to 20 and y from 10 to 10; A leans to x: 20/30 / (30/60) = 4/3, to y: 10/30 / (30/60) = 2/3.
    supply size equal (1/2), its growth x (1), own growth x (1), room y (1), deliveries x (1):
    x 0.1 + 0.2 + 0.25 + 0 + 0.2 = 0.75, y 0.1 + 0 + 0 + 0.15 + 0 = 0.25.
    """
    values = {2023: (10, 10, 10, 20), 2024: (20, 10, 10, 20), 2025: (1, 1, 1, 1)}
    names = [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")]
    panel = pl.DataFrame(
        [
            ("S", *name, year, float(value))
            for year, row in values.items()
            for name, value in zip(names, row, strict=True)
        ],
        schema=["exporter", "importer", "product", "year", "value_usd"],
        orient="row",
    )
    design = Design(2024, (2025,))
    found = candidates.growth(panel, design)
    scored = found.select("importer", "product").with_columns(
        scores.of_growth(found, panel, design)["weighted_sum"].alias("score")
    )
    assert scored.filter(pl.col("importer") == "A").select("product", "score").rows() == [
        ("x", pytest.approx(0.75)), ("y", pytest.approx(0.25))
    ]  # fmt: skip
