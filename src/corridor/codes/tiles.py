"""Where a region's tile lies on a map of squares: our own layout, roughly as the regions lie, of no borders.

The tiles are the areas of a publisher's own list on a day; a place on the grid states nothing about a territory.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from corridor.codes import areas
from corridor.codes._resources import csv_rows


@cache
def places() -> dict[str, tuple[int, int]]:
    """Column and row of every tile, from the upper left (north west), by region."""
    return {row["region"]: (int(row["column"]), int(row["row"])) for row in csv_rows("tiles.csv")}


def layout(country: str, on: date) -> tuple[str, ...]:
    """The regions of a country that have a tile on a day, nested okrugs too; empty for a country without a layout.

    Codes outside ISO 3166-2 are not among them: their tiles are drawn only where a publisher has a row of them.
    """
    return tuple(code for code in areas.regions(country, on=on, nested=True) if code in places())
