"""What stands beside a candidate, on figures worked by hand."""

from __future__ import annotations

import polars as pl
import pytest

from corridor.codes import caveats
from corridor.recommend.findings.beside import beside, unit_value_position


def sale(exporter: str, product: str, value: float, kg: float | None, **other: object) -> dict[str, object]:
    return {
        "exporter": exporter, "product": product, "value_usd": value, "net_weight_kg": kg, "quantity": None,
        "quantity_unit": None, "maturity": "official", "caveats": "",
    } | other  # fmt: skip


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    numbers = dict.fromkeys(("value_usd", "net_weight_kg", "quantity"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides={**numbers, "quantity_unit": pl.String}, infer_schema_length=None)


def ranked(*products: str) -> pl.DataFrame:
    return pl.DataFrame({"product": products, "rank": range(1, len(products) + 1)})


def told(figures: pl.DataFrame, regions: pl.DataFrame | None = None, *pair: object) -> dict[str, tuple[str, ...]]:
    exporter, importer, base = pair or ("KAZ", "VNM", 2025)
    goods = figures["product"].unique(maintain_order=True).to_list()
    table = beside(ranked(*goods), figures, regions, str(exporter), str(importer), int(str(base)))
    return {product: caveats.split(keys) for product, keys in table.select("product", "caveats").iter_rows()}


def test_the_position_is_the_unit_value_over_that_of_the_others_together() -> None:
    """3 a kilogram against (100 + 50) / (80 + 20) = 1.5: twice as much."""
    figures = frame([sale("RUS", "a", 30, 10), sale("CHN", "a", 100, 80), sale("KOR", "a", 50, 20)])
    assert unit_value_position(figures, "RUS").rows() == [("a", pytest.approx(2.0))]


def test_only_amounts_in_the_exporters_unit_are_compared() -> None:
    figures = frame(
        [
            sale("RUS", "cars", 30, None, quantity=10, quantity_unit="piece"),
            sale("CHN", "cars", 100, None, quantity=50, quantity_unit="piece"), sale("KOR", "cars", 9, 1),
            sale("RUS", "oil", 30, 10), sale("CHN", "oil", 5, None), sale("KOR", "oil", 5, 0),
        ]
    )  # fmt: skip
    assert unit_value_position(figures, "RUS").rows() == [("cars", pytest.approx(1.5))]


@pytest.mark.parametrize(
    ("value", "key"),
    [(12.6, "unit_value_above_rivals"), (12.4, None), (8.1, None), (7.9, "unit_value_below_rivals")],
)
def test_a_quarter_above_and_a_fifth_below_are_said(value: float, key: str | None) -> None:
    (keys,) = told(frame([sale("KAZ", "a", value, 10), sale("CHN", "a", 10, 10)])).values()
    assert [each for each in keys if each.startswith("unit_value")] == ([key] if key else [])


def test_what_is_not_known_is_said_and_not_taken_for_nothing() -> None:
    figures = frame([sale("KAZ", "a", 10, None), sale("CHN", "a", 10, 10), sale("KAZ", "b", 1, 1)])
    assert told(figures) == {
        "a": ("unit_value_not_compared", "regions_not_held"), "b": ("unit_value_not_compared", "regions_not_held"),
    }  # fmt: skip
    table = beside(ranked("a"), figures, None, "KAZ", "VNM", 2025)
    assert table["able_regions"].to_list() == [None]


def test_able_regions_are_counted() -> None:
    figures = frame([sale("KAZ", each, 10, 10) for each in "ab"] + [sale("CHN", each, 10, 10) for each in "ab"])
    regions = pl.DataFrame({"product": ["a", "a"], "region": ["KZ-ALA", "KZ-AST"]})
    table = beside(ranked("a", "b"), figures, regions, "KAZ", "VNM", 2025)
    assert table["able_regions"].to_list() == [2, 0]
    assert told(figures, regions) == {"a": (), "b": ("no_able_region",)}
    nobody = pl.DataFrame(schema={"product": pl.Float64, "region": pl.Float64})
    assert beside(ranked("a"), figures, nobody, "KAZ", "VNM", 2025)["able_regions"].to_list() == [0]


@pytest.mark.parametrize(
    ("pair", "silent"),
    [
        (("RUS", "VNM", 2022), True),
        (("VNM", "RUS", 2025), True),
        (("RUS", "VNM", 2021), False),
        (("KAZ", "VNM", 2025), False),
    ],
)
def test_from_2022_russias_own_side_is_silent(pair: tuple[object, ...], silent: bool) -> None:
    figures = frame([sale(str(pair[0]), "a", 10, 10), sale("CHN", "a", 10, 10)])
    assert ("own_side_silent" in told(figures, None, *pair)["a"]) == silent


def test_estimates_and_what_the_rows_say_stand_beside_the_candidate() -> None:
    figures = frame(
        [
            sale("KAZ", "a", 10, 10, caveats="first_release"), sale("CHN", "a", 10, 10, maturity="estimated"),
            sale("KAZ", "b", 10, 10), sale("CHN", "b", 10, 10, caveats="rounded"),
        ]
    )  # fmt: skip
    assert told(figures) == {"a": ("first_release", "estimated", "regions_not_held"), "b": ("regions_not_held",)}
