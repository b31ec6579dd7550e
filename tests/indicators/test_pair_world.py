"""The world as one pair sees it gives the pair the same indices."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.codes.pairs import pair_world
from corridor.indicators import (
    constant_market_share,
    drysdale_garnaut_intensity,
    rca,
    relative_trade_advantage,
    trade_intensity,
)

AREAS = ("RUS", "VNM", "CHN", "USA", "KAZ")
WORLD = pl.DataFrame(
    [
        (year, i, j, f"p{k}", (3 * a + 5 * b + 7 * k + 11 * year) % 13 * (k + 1))
        for year in (2023, 2024)
        for a, i in enumerate(AREAS)
        for b, j in enumerate(AREAS)
        if i != j
        for k in range(4)
    ],
    schema=["year", "exporter", "importer", "product", "value_usd"],
    orient="row",
)
PAIR = pair_world(WORLD, "RUS", "VNM", by="year")


def total(table: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return table.group_by("year", *keys).agg(pl.col("value_usd").sum())


def both(function, keys: tuple[str, ...], **economies: str) -> tuple[list[float], list[float]]:
    """The pair's values from the whole world and from the pair's own."""
    found = [function(total(table, *keys), by="year").filter(**economies) for table in (WORLD, PAIR)]
    order = ["year", *(key for key in keys if key == "product")]
    whole, small = (each.sort(order)[function.__name__].to_list() for each in found)
    return whole, small


def test_it_is_small_and_complete() -> None:
    assert set(PAIR["exporter"]) == {"RUS", "VNM", "_OTHER_SUPPLIERS"}
    assert set(PAIR["importer"]) == {"RUS", "VNM", "_OTHER_MARKETS"}
    assert PAIR.height == 2 * (3 * 3 - 2) * 4
    assert PAIR["value_usd"].sum() == WORLD["value_usd"].sum()


def test_advantages_and_intensities_are_the_same() -> None:
    whole, small = both(rca, ("exporter", "product"), exporter="RUS")
    assert small == pytest.approx(whole)
    whole, small = both(trade_intensity, ("exporter", "importer"), exporter="RUS", importer="VNM")
    assert small == pytest.approx(whole)
    two_sided = [
        total(table, "exporter", "product")
        .rename({"exporter": "reporter", "value_usd": "exports"})
        .join(
            total(table, "importer", "product").rename({"importer": "reporter", "value_usd": "imports"}),
            on=["year", "reporter", "product"],
            how="full",
            coalesce=True,
        )
        for table in (WORLD, PAIR)
    ]
    found = [relative_trade_advantage(table, by="year").filter(reporter="VNM") for table in two_sided]
    whole, small = (each.sort("year", "product")["relative_trade_advantage"].to_list() for each in found)
    assert small == pytest.approx(whole)


def test_drysdale_and_garnaut_are_the_same() -> None:
    columns = ["drysdale_garnaut_intensity", "drysdale_garnaut_complementarity", "drysdale_garnaut_bias"]
    found = [
        drysdale_garnaut_intensity(table, by="year").filter(exporter="RUS", importer="VNM").sort("year").select(columns)
        for table in (WORLD, PAIR)
    ]
    assert [row == pytest.approx(other) for row, other in zip(found[0].rows(), found[1].rows(), strict=True)] == [
        True
    ] * 2


def test_constant_market_share_is_the_same() -> None:
    def effects(table: pl.DataFrame) -> list[tuple[float, ...]]:
        market = total(table.filter(importer="VNM"), "product")
        own = total(table.filter(importer="VNM", exporter="RUS"), "product")
        first, second = (market.filter(year=year).drop("year") for year in (2023, 2024))
        wide = first.rename({"value_usd": "market_0"}).join(second.rename({"value_usd": "market_1"}), on="product")
        for year, name in ((2023, "value_0"), (2024, "value_1")):
            wide = wide.join(own.filter(year=year).select("product", pl.col("value_usd").alias(name)), on="product")
        return (
            constant_market_share(wide, aggregate=True).select("change", "structure_effect", "residual_effect").rows()
        )

    assert effects(PAIR)[0] == pytest.approx(effects(WORLD)[0])


def test_every_kind_of_table_is_reduced_alike(kind, rows) -> None:
    assert rows(pair_world(kind(WORLD), "RUS", "VNM", by="year")) == rows(PAIR)


@pytest.mark.parametrize(
    ("column", "wrong", "said"),
    [
        ("value_usd", None, "1 of 160 rows have no value_usd. A sum would count them as zero"),
        ("value_usd", -1, "1 of 160 rows have a negative value_usd"),
        ("exporter", None, "1 of 160 rows have no exporter"),
        ("importer", "WLD", "1 of 160 rows have a total"),
        ("product", "TOTAL", "1 of 160 rows have a total"),
        ("product", None, "1 of 160 rows have no product"),
        ("year", None, "1 of 160 rows have no year"),
    ],
)
def test_what_a_sum_would_swallow_is_refused(kind, column: str, wrong: object, said: str) -> None:
    first = pl.int_range(pl.len()) == 0
    spoilt = WORLD.with_columns(pl.when(~first).then(column).otherwise(pl.lit(wrong)).alias(column))
    with pytest.raises(UnfitTable, match=said):
        pair_world(kind(spoilt), "RUS", "VNM", by="year")
