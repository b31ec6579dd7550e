"""What every indicator must do, whatever it measures."""

import inspect
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
import pytest

from corridor import indicators
from corridor.codes.frames import REASONS, UnfitTable
from corridor.codes.schema import MissingColumns


@dataclass(frozen=True)
class Case:
    """A toy table with an absence in it, and which of its columns may not be missing or not be absent."""

    columns: Mapping[str, list[Any]]
    values: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    by: str | None = "g"
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(self.columns)


G = ["a", "a", "a", "b", "b", "b", "z", "z"]
K = ["p1", "p2", "p3", "p1", "p2", "p3", "p1", "p2"]
LONG = {"g": [*G, "y"], "product": [*K, "p1"], "value_usd": [50, 30, 20, 7, 7, 1, 0, 0, 9]}
YEARS = {
    "g": [*G, "y"],
    "year": [2019, 2021, 2023, 2023, 2021, 2022, 2024, 2025, 2025],
    "value_usd": [100, 3, 121, 8, 2, 5, 0, 4, 9],
}
PAIR = {
    "g": G,
    "product": K,
    "value_0": [40, None, 60, 10, 0, 5, None, None],
    "value_1": [50, 20, None, 30, 0, 5, None, 0],
}
TWO_WAY = {
    "g": G,
    "product": K,
    "exports": [40, None, 60, 10, 0, 5, None, 0],
    "imports": [50, 20, None, 30, 0, 5, None, None],
}
MARKET = {
    **PAIR,
    "market_0": [100, 50, 150, 20, 0, 10, None, None],
    "market_1": [150, 80, 120, 40, 8, 10, None, 3],
}
WORLD = {
    "g": ["a"] * 7 + ["b"] * 2,
    "exporter": ["KAZ", "KAZ", "RUS", "RUS", "RUS", "VNM", "VNM", "KAZ", "RUS"],
    "product": ["p1", "p2", "p1", "p2", "p3", "p2", "p4", "p1", "p1"],
    "value_usd": [90, 10, 30, 70, 5, 0, 0, 5, 0],
}
BOTH_WAYS = {
    "g": ["a"] * 6 + ["b"] * 3,
    "reporter": ["KAZ", "KAZ", "RUS", "RUS", "VNM", "VNM", "KAZ", "KAZ", "RUS"],
    "product": ["p1", "p2", "p1", "p2", "p1", "p2", "p1", "p2", "p1"],
    "exports": [90, 10, 30, 70, None, 5, 4, 4, 9],
    "imports": [20, 60, 50, 50, 0, 5, None, 3, None],
}
FLOWS = {
    "g": ["a"] * 7 + ["b"] * 2,
    "exporter": ["RUS", "RUS", "RUS", "VNM", "VNM", "CHN", "KAZ", "RUS", "VNM"],
    "importer": ["VNM", "CHN", "CHN", "CHN", "RUS", "VNM", "RUS", "VNM", "RUS"],
    "product": ["p1", "p1", "p2", "p3", "p3", "p4", "p1", "p1", "p1"],
    "value_usd": [20, 10, 10, 15, 5, 8, 0, 4, 0],
}
DELIVERIES = {"g": G, "value_usd": [15, None, 5, 7, 0, 1, 0, None], "market": [60, 40, 5, 9, 3, 1, 0, None]}
MEASURED = {
    **PAIR,
    "quantity_0": [4.0, None, 6.0, 1.0, 0.0, 5.0, None, None],
    "quantity_1": [10.0, 2.0, None, 2.0, 1.0, 4.0, None, 0.0],
}
REGIONS = {
    "g": ["a"] * 4 + ["b"] * 2 + ["z"],
    "region": ["RU-VLG", "RU-MOW", "RU-VLG", "RU-MOW", "RU-VLG", "RU-MOW", "RU-VLG"],
    "product": ["p1", "p1", "p2", "p2", "p1", "p1", "p1"],
    "value_0": [60, 40, None, 100, 10, None, None],
    "value_1": [66, 54, 3, 80, None, 4, 7],
}
#: A has everything, D one product; E nothing, F and G share what nobody else has; in b the vector is not determined.
THERE = {
    "g": ["a"] * 14 + ["b"] * 3,
    "exporter": [*"AAAABBBCCDEFGAABB"],
    "product": ["p1", "p2", "p3", "p4", "p1", "p2", "p3", "p1", "p2", "p1", "p1", "p8", "p8", "p9", "p1", "p1", "p2"],
    "value_usd": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0],
}
GIVEN = {"presence": "given"}
MONTHS = {
    "g": ["a"] * 25 + ["b"] * 14,
    "period_end": [date(2023 + m // 12, m % 12 + 1, 28) for m in range(25)]
    + [date(2024 + m // 12, m % 12 + 1, 1) for m in (*range(12), 13, 14)],
    "value_usd": [10 + m % 5 for m in range(25)] + [5 + m for m in range(14)],
}
THREE_YEARS = {
    "g": ["a"] * 36 + ["b"] * 37 + ["c"] * 36,
    "period_end": [date(2022 + m // 12, m % 12 + 1, 28) for n in (36, 37, 36) for m in range(n)],
    "value_usd": [100 + m + 20 * (m % 12 == 11) - 3 * ((m * m) % 7) for m in range(73)] + [m % 3 for m in range(36)],
    "holiday_days": [7 if m in {1, 12, 25} else 0 for n in (36, 37) for m in range(n)] + [1] * 36,
}
CASES = {
    "share": Case(LONG, values=("value_usd",)),
    "growth": Case(PAIR, optional=("value_0", "value_1"), by=None),
    "difference": Case(
        {"g": ["a", "b", "c"], "value_0": [-10.0, 5.0, None], "value_1": [20.0, 5.0, 1.0]},
        signed=("value_0", "value_1"),
        by=None,
    ),
    "contribution": Case(PAIR, optional=("value_0", "value_1")),
    "cagr": Case(YEARS, values=("value_usd", "year")),
    "trend_growth": Case(YEARS, values=("value_usd", "year")),
    "balance": Case(
        {"g": ["a", "b", "c"], "exports": [30, 10, 0], "imports": [10, 0, 0]}, values=("exports", "imports"), by=None
    ),
    "hhi": Case(LONG, values=("value_usd",), codes=("product",)),
    "concentration_ratio": Case(LONG, values=("value_usd",), codes=("product",), arguments={"n": 2}),
    "entropy": Case(LONG, values=("value_usd",), codes=("product",)),
    "gini": Case(LONG, values=("value_usd",), codes=("product",)),
    "lorenz": Case(LONG, values=("value_usd",), codes=("product",)),
    "structural_change": Case(PAIR, optional=("value_0", "value_1")),
    "export_similarity": Case(
        {"g": G, "product": K, "value_a": PAIR["value_0"], "value_b": PAIR["value_1"]}, optional=("value_a", "value_b")
    ),
    "trade_complementarity": Case(TWO_WAY, optional=("exports", "imports")),
    "grubel_lloyd": Case(TWO_WAY, optional=("exports", "imports")),
    "grubel_lloyd aggregate": Case(TWO_WAY, optional=("exports", "imports"), arguments={"aggregate": True}),
    "lafay": Case(TWO_WAY, optional=("exports", "imports")),
    "location_quotient": Case(
        {"g": G, "product": K, "value_usd": [4, None, 6, 1, 2, 2, 0, 0], "whole": [10, 10, 20, None, 5, 5, 1, 0]},
        optional=("value_usd", "whole"),
    ),
    "partner_dependence": Case(
        {"g": G, "value_usd": [4, None, 6, 1, 2, 2, 0, 0], "whole": [10, 10, 20, None, 5, 1, 1, 0]},
        optional=("value_usd", "whole"),
        by=None,
    ),
    "rca": Case(
        {
            "g": ["a"] * 6 + ["b"] * 2,
            "exporter": ["KAZ", "KAZ", "RUS", "RUS", "BLR", "BLR", "KAZ", "RUS"],
            "product": ["p1", "p2", "p1", "p3", "p1", "p3", "p1", "p1"],
            "value_usd": [90, 10, 30, 70, 0, 0, 5, 0],
        },
        values=("value_usd",),
        codes=("exporter", "product"),
    ),
    "rca others": Case(
        {
            "g": ["a"] * 6 + ["b"] * 2,
            "exporter": ["KAZ", "KAZ", "RUS", "RUS", "BLR", "BLR", "KAZ", "RUS"],
            "product": ["p1", "p2", "p1", "p3", "p1", "p3", "p1", "p1"],
            "value_usd": [90, 10, 30, 70, 0, 0, 5, 0],
        },
        values=("value_usd",),
        codes=("exporter", "product"),
        arguments={"world": "others"},
    ),
    "rsca": Case({"rca": [3.0, 0.0, None, 1.0]}, optional=("rca",), by=None),
    "unit_value": Case(
        {"g": ["a", "b", "c"], "value_usd": [30, 10, 5], "quantity": [10.0, 0.0, None]},
        values=("value_usd",),
        optional=("quantity",),
        by=None,
    ),
    "bennet": Case(
        {
            **PAIR,
            "quantity_0": [4.0, None, 6.0, 1.0, 0.0, 5.0, None, None],
            "quantity_1": [10.0, 2.0, None, 2.0, 1.0, 0.0, None, 0.0],
        },
        optional=("value_0", "value_1", "quantity_0", "quantity_1"),
        by=None,
    ),
    "constant_market_share": Case(MARKET, optional=("value_0", "value_1", "market_0", "market_1")),
    "constant_market_share aggregate": Case(
        MARKET, optional=("value_0", "value_1", "market_0", "market_1"), arguments={"aggregate": True}
    ),
    "constant_market_share_by_market": Case(
        {**MARKET, "partner": ["VNM", "CHN", "VNM", "VNM", "CHN", "CHN", "VNM", "VNM"]},
        optional=("value_0", "value_1", "market_0", "market_1"),
        codes=("product", "partner"),
    ),
    "constant_market_share_by_market aggregate": Case(
        {**MARKET, "partner": ["VNM", "CHN", "VNM", "VNM", "CHN", "CHN", "VNM", "VNM"]},
        optional=("value_0", "value_1", "market_0", "market_1"),
        codes=("product", "partner"),
        arguments={"order": "market", "aggregate": True},
    ),
    "market_share": Case(
        {
            "g": G,
            "product": ["p1", "p1", "p1", "p1", "p1", "p2", "p1", "p1"],
            "exporter": ["RUS", "CHN", "AUS", "RUS", "CHN", "RUS", "RUS", "CHN"],
            "value_usd": [50, 30, 20, 7, 7, 1, 0, 0],
        },
        values=("value_usd",),
        codes=("product", "exporter"),
    ),
    "mirror_asymmetry": Case(
        {
            "product": [f"p{i}" for i in range(7)],
            "value_exporter": [100.0, None, 10.0, 0.0, 0.0, 100.0, 100.0],
            "value_importer": [110.0, 5.0, None, 0.0, 4.0, 110.0, 110.0],
            "comparable": [True, True, True, True, True, False, None],
        },
        optional=("value_exporter", "value_importer"),
        by=None,
    ),
    "smallest_set": Case(LONG, values=("value_usd",)),
    "revision": Case(
        {"product": ["p1", "p2", "p3", "p4"], "value_first": [100, None, 5, 0], "value_revised": [111, 5, None, 3]},
        optional=("value_first", "value_revised"),
        by=None,
    ),
    "implied_revision": Case(
        {
            "g": ["a"] * 6 + ["b"] * 2,
            "period_end": [date(2024, m, 1) for m in (3, 1, 2, 5, 6, 7)] + [date(2023, 12, 31), date(2024, 1, 31)],
            "value_month": [30, 10, 20, 8, None, 4, 5, 6],
            "value_cumulative": [61, 10, 31, 90, 95, None, 50, 6],
        },
        optional=("value_month", "value_cumulative"),
    ),
}
CASES |= {
    "normalised_rca": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "additive_rca": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "additive_rca others": Case(
        WORLD, values=("value_usd",), codes=("exporter", "product"), arguments={"world": "others"}
    ),
    "relative_export_advantage": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "relative_import_penetration": Case(
        {"importer" if name == "exporter" else name: column for name, column in WORLD.items()},
        values=("value_usd",),
        codes=("importer", "product"),
    ),
    "relative_trade_advantage": Case(BOTH_WAYS, optional=("exports", "imports"), codes=("reporter", "product")),
    "revealed_competitiveness": Case(BOTH_WAYS, optional=("exports", "imports"), codes=("reporter", "product")),
    "trade_intensity": Case(
        {
            "g": ["a"] * 6 + ["b"],
            "exporter": ["RUS", "RUS", "VNM", "CHN", "CHN", "KAZ", "RUS"],
            "importer": ["VNM", "CHN", "RUS", "RUS", "VNM", "MNG", "VNM"],
            "value_usd": [20, 20, 5, 30, 10, 0, 0],
        },
        values=("value_usd",),
        codes=("exporter", "importer"),
    ),
    "drysdale_garnaut_intensity": Case(FLOWS, values=("value_usd",), codes=("exporter", "importer", "product")),
    "rca_complementarity": Case(
        {**TWO_WAY, "world": [100, 50, 100, 40, 5, 10, None, 0]}, optional=("exports", "imports", "world")
    ),
    "theil": Case(LONG, values=("value_usd",), codes=("product",)),
    "theil groups": Case(
        {**LONG, "chapter": ["I", "I", "II", "I", "I", "II", "I", "I", "I"]},
        values=("value_usd",),
        codes=("product",),
        arguments={"groups": "chapter"},
    ),
    "extensive_margin": Case(DELIVERIES, optional=("value_usd", "market")),
    "extensive_margin others": Case(
        DELIVERIES, optional=("value_usd", "market"), arguments={"variant": "count", "reference": "others"}
    ),
    "intensive_margin": Case(DELIVERIES, optional=("value_usd", "market")),
    "intensive_margin others": Case(
        DELIVERIES, optional=("value_usd", "market"), arguments={"variant": "count", "reference": "others"}
    ),
    "growth_margins": Case(PAIR, optional=("value_0", "value_1")),
    "market_penetration": Case(FLOWS, values=("value_usd",), codes=("exporter", "importer", "product")),
    "market_penetration others": Case(
        FLOWS, values=("value_usd",), codes=("exporter", "importer", "product"), arguments={"world": "others"}
    ),
    "fisher_unit_value_index": Case(MEASURED, optional=("value_0", "value_1", "quantity_0", "quantity_1")),
    "tornqvist_unit_value_index": Case(MEASURED, optional=("value_0", "value_1", "quantity_0", "quantity_1")),
    "shift_share": Case(REGIONS, optional=("value_0", "value_1"), codes=("region", "product")),
    "shift_share aggregate": Case(
        REGIONS, optional=("value_0", "value_1"), codes=("region", "product"), arguments={"aggregate": True}
    ),
    "prody": Case(
        {**WORLD, "gdp_per_head": [9.0, 9.0, None, None, None, 4.0, 4.0, 9.0, None]},
        values=("value_usd",),
        optional=("gdp_per_head",),
        codes=("exporter", "product"),
    ),
    "expy": Case(
        {**WORLD, "prody": [5.0, 2.0, 5.0, None, 2.0, 5.0, None, None, 7.0]},
        values=("value_usd",),
        optional=("prody",),
        codes=("exporter", "product"),
    ),
    "presence": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "presence either": Case(
        {**WORLD, "population": [30, 30, 10, 10, 10, 5, 5, 7, 7]},
        values=("value_usd", "population"),
        codes=("exporter", "product"),
        arguments={"test": "either"},
    ),
    "diversity": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "ubiquity": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "proximity": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "proximity correlation": Case(
        WORLD, values=("value_usd",), codes=("exporter", "product"), arguments={"method": "correlation"}
    ),
    "density": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "density nearest": Case(
        THERE,
        values=("value_usd",),
        codes=("exporter", "product"),
        arguments={"presence": "given", "itself": False, "neighbours": 2, "pairs": "all"},
    ),
    "eci": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "eci given": Case(THERE, values=("value_usd",), codes=("exporter", "product"), arguments=GIVEN),
    "pci": Case(WORLD, values=("value_usd",), codes=("exporter", "product")),
    "pci given": Case(
        THERE,
        values=("value_usd",),
        codes=("exporter", "product"),
        arguments={**GIVEN, "method": "reflections", "scale": "stata"},
    ),
    "fitness": Case(THERE, values=("value_usd",), codes=("exporter", "product"), arguments=GIVEN),
    "coi": Case(THERE, values=("value_usd",), codes=("exporter", "product"), arguments=GIVEN),
    "coi python": Case(
        THERE, values=("value_usd",), codes=("exporter", "product"), arguments={**GIVEN, "scale": "python"}
    ),
    "cog": Case(THERE, values=("value_usd",), codes=("exporter", "product"), arguments={**GIVEN, "pairs": "all"}),
    "cog stata": Case(
        THERE, values=("value_usd",), codes=("exporter", "product"), arguments={**GIVEN, "scale": "stata"}
    ),
    "survival": Case(
        {
            "g": ["a"] * 7 + ["b"] * 4,
            "exporter": ["A", "A", "A", "B", "B", "C", "C", "A", "B", "B", "B"],
            "year": [2020, 2021, 2023, 2021, 2022, 2022, 2023, 2020, 2020, 2021, 2022],
            "value_usd": [5, 0, 4, 3, 2, 7, 7, 1, 0, 6, 6],
        },
        values=("value_usd", "year"),
        codes=("exporter",),
        arguments={"relationship": "exporter"},
    ),
    "rolling_year": Case(MONTHS, values=("value_usd",)),
    "seasonal_profile": Case(MONTHS, values=("value_usd",)),
    "growth_per_working_day": Case(
        {
            "product": ["p1", "p2", "p3", "p4", "p5"],
            "value_0": [220, None, 10, 0, None],
            "value_1": [180, 5, 11, 4, None],
            "working_days_0": [22, 22, 0, 21, 22],
            "working_days_1": [16, 16, 20, None, 16],
        },
        optional=("value_0", "value_1", "working_days_0", "working_days_1"),
        by=None,
    ),
    "stl_holiday": Case(THREE_YEARS, values=("value_usd", "holiday_days")),
}
EACH = pytest.mark.parametrize("name", list(CASES))
#: They say in another column why there is no number, or are never without one.
NO_REASONS = {"growth", "rsca", "presence", "diversity", "ubiquity", "proximity", "survival"}
#: New tables, of another grain than the one given.
NEW_TABLES = {"lorenz", "market_penetration", "drysdale_garnaut_intensity", "proximity", "seasonal_profile", "survival"}


def call(name: str, frame: Any, **more: Any) -> Any:
    """Run the indicator of a case, per group where it has groups."""
    case = CASES[name]
    arguments = dict(case.arguments) | ({"by": (case.by,)} if case.by else {}) | more
    return getattr(indicators, name.split()[0])(frame, **arguments)


def same(left: Any, right: Any) -> bool:
    """Whether two cells are the same, up to rounding."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    return bool(left == right)


def assert_same(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> None:
    assert len(left) == len(right)
    for a, b in zip(left, right, strict=True):
        assert a.keys() == b.keys()
        assert all(same(a[name], b[name]) for name in a), (a, b)


def test_each_is_exported_documented_and_tried_here() -> None:
    assert {name.split()[0] for name in CASES} == set(indicators.INDICATORS)
    for name in indicators.INDICATORS:
        function = getattr(indicators, name)
        text = inspect.getdoc(function)
        assert function.__module__ == f"corridor.indicators.{name}"
        assert text is not None
        assert "Checked" in text or "published" in text, name


@EACH
def test_every_kind_of_table_gives_the_same_numbers_and_its_own_kind(
    name: str, kind: Callable[[pl.DataFrame], Any], rows: Callable[[Any], list[dict[str, Any]]]
) -> None:
    frame = CASES[name].frame()
    given = kind(frame)
    result = call(name, given)
    assert type(result) is type(given)
    assert_same(rows(result), rows(call(name, frame)))


@EACH
def test_the_order_of_the_rows_does_not_matter(name: str, rows: Callable[[Any], list[dict[str, Any]]]) -> None:
    frame = CASES[name].frame()
    order = list(range(len(frame)))
    random.Random(2024).shuffle(order)
    assert_same(rows(call(name, frame[order])), rows(call(name, frame)))


@EACH
def test_groups_are_computed_apart(name: str, rows: Callable[[Any], list[dict[str, Any]]]) -> None:
    case = CASES[name]
    if case.by is None:
        pytest.skip("computed row by row: no groups")
    apart: list[dict[str, Any]] = []
    for group in case.frame().sort(case.by, maintain_order=True).partition_by(case.by, maintain_order=True):
        value = group[case.by][0]
        apart += [{case.by: value, **row} for row in rows(call(name, group.drop(case.by), by=()))]
    together = rows(call(name, case.frame()))
    columns = list(together[0])
    assert_same([{c: r[c] for c in columns} for r in apart], together)


@EACH
def test_a_group_may_be_named_without_brackets(name: str, rows: Callable[[Any], list[dict[str, Any]]]) -> None:
    case = CASES[name]
    if case.by is None:
        pytest.skip("computed row by row: no groups")
    assert_same(rows(call(name, case.frame(), by=case.by)), rows(call(name, case.frame())))


@EACH
def test_the_table_given_is_left_alone_and_its_columns_are_kept(name: str) -> None:
    frame = CASES[name].frame()
    before = frame.clone()
    result = call(name, frame)
    assert frame.equals(before)
    assert not [column for column in result.columns if column.startswith(("_", "month of"))]
    if len(result) == len(frame) and name.split()[0] not in NEW_TABLES:
        assert result.columns[: frame.width] == frame.columns
        assert result.select(frame.columns).equals(frame)


@EACH
def test_nothing_is_infinite_and_what_is_missing_has_a_reason(name: str) -> None:
    case = CASES[name]
    result = call(name, case.frame())
    new = [column for column in result.columns if column not in case.columns]
    numbers = [column for column in new if result[column].dtype.is_float()]
    for column in numbers:
        assert result[column].drop_nulls().is_finite().all(), column
    reason = f"{name.split()[0]}_absence"
    if reason not in result.columns:
        assert name.split()[0] in NO_REASONS
        return
    assert set(result[reason].drop_nulls()) <= set(REASONS)
    some_missing = pl.any_horizontal(pl.col(column).is_null() for column in numbers)
    assert result.filter(some_missing != pl.col(reason).is_not_null()).is_empty()


def test_every_reason_is_shown_by_a_case() -> None:
    seen: set[str] = set()
    for case in CASES:
        result = call(case, CASES[case].frame())
        absences = [column for column in result.columns if column.endswith("_absence")]
        seen |= {reason for column in absences for reason in result[column].drop_nulls()}
    assert seen == set(REASONS)


@EACH
def test_a_missing_column_is_named(name: str) -> None:
    case = CASES[name]
    for column in (*case.values, *case.optional, *case.codes, *case.signed):
        with pytest.raises(MissingColumns, match=f"no column {column}"):
            call(name, case.frame().drop(column))


@EACH
def test_a_missing_value_is_never_taken_for_zero(name: str, kind: Callable[[pl.DataFrame], Any]) -> None:
    case = CASES[name]
    for column in case.values:
        holed = case.frame().with_columns(
            pl.when(pl.int_range(pl.len()) == 1).then(None).otherwise(pl.col(column)).alias(column)
        )
        with pytest.raises(
            UnfitTable, match=f"1 of {len(holed)} rows have no {column}. A sum would count them as zero"
        ):
            call(name, kind(holed))


@EACH
@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -1.0])
def test_what_is_no_amount_is_refused(name: str, wrong: float) -> None:
    case = CASES[name]
    for column in (*case.values, *case.optional, *(() if wrong == -1 else case.signed)):
        spoilt = case.frame().with_columns(
            pl.when(pl.int_range(pl.len()) == 0).then(wrong).otherwise(pl.col(column).cast(pl.Float64)).alias(column)
        )
        with pytest.raises(UnfitTable, match=f"1 of {len(spoilt)} rows have a (negative )?{column}"):
            call(name, spoilt)


@EACH
def test_text_is_no_number(name: str) -> None:
    case = CASES[name]
    for column in (*case.values, *case.optional, *case.signed):
        with pytest.raises(UnfitTable, match=f"{column} is String, not a number"):
            call(name, case.frame().with_columns(pl.col(column).cast(pl.String)))


@EACH
def test_codes_are_text_and_no_total_stands_among_its_parts(name: str) -> None:
    case = CASES[name]
    for column in case.codes:
        with pytest.raises(UnfitTable, match=f"{column} is Int64, not text"):
            call(name, case.frame().with_columns(pl.int_range(pl.len()).alias(column)))
        first = pl.int_range(pl.len()) == 0
        for total in ("TOTAL", "WLD"):
            frame = case.frame().with_columns(pl.when(first).then(pl.lit(total)).otherwise(column).alias(column))
            with pytest.raises(UnfitTable, match=r"1 of \d+ rows have a total"):
                call(name, frame)
        with pytest.raises(UnfitTable, match=rf"1 of \d+ rows have no {column}"):
            call(name, case.frame().with_columns(pl.when(~first).then(column).alias(column)))


@EACH
def test_an_empty_table_gives_no_rows_or_one_without_a_number(
    name: str, kind: Callable[[pl.DataFrame], Any], rows: Callable[[Any], list[dict[str, Any]]]
) -> None:
    # A plain list of nothing has no type; the published layouts do.
    frame = CASES[name].frame().clear()
    more = {"by": ()} if CASES[name].by else {}
    given = kind(frame) if kind.__name__ != "_pandas" else kind(CASES[name].frame()).iloc[:0]
    if kind.__name__ == "_pyarrow":
        given = kind(CASES[name].frame()).slice(0, 0)
    for row in rows(call(name, given, **more)):
        reason = row[f"{name.split()[0]}_absence"]
        assert reason in {"no_total", "no_trade", "no_market", "one_period", "no_exports", "no_quantity"}


@EACH
def test_a_group_without_a_name_is_refused(name: str) -> None:
    case = CASES[name]
    if case.by is None:
        pytest.skip("computed row by row: no groups")
    first = pl.int_range(pl.len()) == 0
    with pytest.raises(UnfitTable, match=r"1 of \d+ rows have no g"):
        call(name, case.frame().with_columns(pl.when(~first).then("g").alias("g")))
