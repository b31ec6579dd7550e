"""What stands beside a candidate and is not scored: unit value among suppliers, regions, how far figures are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from corridor.codes import caveats

#: Economies that stopped publishing their trade by partner, with the first year of which nothing was published.
SILENT: Mapping[str, int] = {"RUS": 2022}
#: A unit value within these times that of the other suppliers is no caveat.
ALIKE = (0.8, 1.25)

COLUMNS = ("unit_value_position", "able_regions", "caveats")


def unit_value_position(figures: pl.DataFrame, exporter: str) -> pl.DataFrame:
    """``product, unit_value_position``: the exporter's unit value over that of the market's other suppliers together.

    ``figures``: one year of one market, ``exporter, product, value_usd, net_weight_kg, quantity, quantity_unit``.
    Weight goes before quantity; only amounts in the exporter's own unit are compared, and a product without them has
    no row.
    """
    weighed = pl.col("net_weight_kg").is_not_null()
    known = figures.with_columns(
        unit=pl.when(weighed).then(pl.lit("kg")).otherwise(pl.col("quantity_unit")),
        amount=pl.coalesce("net_weight_kg", "quantity"),
    ).filter((pl.col("amount") > 0) & (pl.col("value_usd") > 0) & pl.col("unit").is_not_null())
    own = pl.col("exporter") == exporter
    sums = known.group_by("product", "unit").agg(
        **{f"own_{name}": pl.col(name).filter(own).sum() for name in ("value_usd", "amount")},
        **{f"rivals_{name}": pl.col(name).filter(~own).sum() for name in ("value_usd", "amount")},
    )
    both = sums.filter((pl.col("own_amount") > 0) & (pl.col("rivals_amount") > 0))
    position = pl.col("own_value_usd") / pl.col("own_amount") / (pl.col("rivals_value_usd") / pl.col("rivals_amount"))
    largest = both.sort("own_value_usd", "unit", descending=[True, False]).unique("product", keep="first")
    return largest.select("product", unit_value_position=position)


def beside(
    ranked: pl.DataFrame, figures: pl.DataFrame, regions: pl.DataFrame | None, exporter: str, importer: str, base: int
) -> pl.DataFrame:
    """``ranked`` with `COLUMNS`: the position, how many regions are able to supply, and keys of caveats.

    ``figures``: the market's rows of the year ``base`` with ``maturity`` and ``caveats`` too. ``regions``: a row a
    product and able region; None where no region's rows are held, and then ``able_regions`` is null.
    """
    table = ranked.join(unit_value_position(figures, exporter), on="product", how="left", maintain_order="left")
    table = _with_regions(table, regions)
    silent, printed = of_sides(exporter, importer, base), _printed(figures, exporter)
    keys = [
        caveats.join((*_of_row(row), *silent, *printed.get(row["product"], ()))) for row in table.iter_rows(named=True)
    ]
    return table.with_columns(pl.Series("caveats", keys, dtype=pl.String))


def of_sides(exporter: str, importer: str, year: int) -> tuple[str, ...]:
    """The caveat that one of the two published nothing of its own for the year, where that is so."""
    silent = any(year >= SILENT.get(side, year + 1) for side in (exporter, importer))
    return ("own_side_silent",) if silent else ()


def _with_regions(table: pl.DataFrame, regions: pl.DataFrame | None) -> pl.DataFrame:
    if regions is None:
        return table.with_columns(able_regions=pl.lit(None, pl.Int64))
    if regions.is_empty():
        return table.with_columns(able_regions=pl.lit(0, pl.Int64))
    counted = regions.group_by("product").agg(able_regions=pl.len().cast(pl.Int64))
    joined = table.join(counted, on="product", how="left", maintain_order="left")
    return joined.with_columns(pl.col("able_regions").fill_null(0))


def _of_row(row: Mapping[str, object]) -> Iterator[str]:
    position, able = row["unit_value_position"], row["able_regions"]
    if position is None:
        yield "unit_value_not_compared"
    elif float(str(position)) > ALIKE[1]:
        yield "unit_value_above_rivals"
    elif float(str(position)) < ALIKE[0]:
        yield "unit_value_below_rivals"
    if able is None:
        yield "regions_not_held"
    elif able == 0:
        yield "no_able_region"


def _printed(figures: pl.DataFrame, exporter: str) -> dict[str, set[str]]:
    """What the rows themselves say: the exporter's caveats, and estimates of anybody's sales."""
    own = figures.filter((pl.col("exporter") == exporter) & pl.col("caveats").is_not_null())
    found: dict[str, set[str]] = {}
    for product, cell in own.select("product", "caveats").iter_rows():
        found.setdefault(product, set()).update(caveats.split(cell))
    for product in figures.filter(pl.col("maturity") == "estimated")["product"]:
        found.setdefault(product, set()).add("estimated")
    return found
