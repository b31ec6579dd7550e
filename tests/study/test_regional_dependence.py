"""Dependence of a region on the partner where its year is the sum of twelve months."""

from __future__ import annotations

import pytest

from corridor.study.regional_specifics import regional_specifics
from world import Row, figure, only, question, tables


def month(region: str, partner: str, value: float, at: int) -> Row:
    return figure(
        partner, "fertilisers", value, f"2024-{at:02}",
        flow="export", reporter=region, source="ru_customs", table="regions",
    )  # fmt: skip


def test_the_months_of_the_year_are_what_it_sold_to_everybody():
    rows = [month("RU-VLG", partner, value, at) for at in range(1, 13) for partner, value in (("VNM", 1), ("CHN", 3))]
    # Areas not elsewhere specified are buyers too; a group of countries is none beside its members.
    rows += [month("RU-VLG", "X899", 12, 5), month("RU-VLG", "EAEU", 999, 5)]
    table = regional_specifics(tables(rows), question()).tables["region_profiles"]
    row = only(table, region="RU-VLG")
    assert (row["value_usd"], row["all_exports"]) == (12.0, 60.0)
    assert row["dependence"] == pytest.approx(0.2)
