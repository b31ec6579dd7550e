"""Regions where head offices declare what other regions made."""

from __future__ import annotations

from functools import cache

from corridor.codes._resources import csv_rows


@cache
def declarant_regions(country: str) -> tuple[str, ...]:
    """The regions of a country whose exports hold much of other regions' goods; none where none is known.

    Source: the Federal Customs Service of Russia counts a flow in the region where the declaring firm is registered.
    """
    from corridor.codes import areas

    listed = (row["region"] for row in csv_rows("declarant_regions.csv"))
    return tuple(code for code in listed if areas.country_of(code) == country)
