"""Three wholes that must never be mixed: the publisher's total, the listed partners, the table of the other office."""

from __future__ import annotations

import pytest

from corridor.study.denominators import shares_by_denominator
from world import AGENDA, figure, ledger, only, question, tables, years

YEAR = "2024-01:2024-12"


def shares(*rows):
    return shares_by_denominator(tables(rows), question(), ledger(rows), AGENDA)


def test_the_listed_partners_are_the_sum_of_their_printed_totals():
    row = only(shares(*years()), period="2024", exporter="RUS")
    assert (row["denominator"], row["whole_usd"], row["value_usd"]) == ("_LISTED", 1260.0, 340.0)
    assert row["share"] == pytest.approx(340 / 1260)


def test_the_publishers_own_sum_is_taken_where_it_is_printed():
    row = only(shares(*years(), figure("_LISTED", "TOTAL", 1700, YEAR)), period="2024", exporter="RUS")
    assert (row["whole_usd"], row["share"]) == (1700.0, 0.2)


def test_each_whole_has_its_own_row_and_its_own_pair():
    other = {"source": "vn_nso", "release": "revised", "classification": "TOTAL", "table": "V03"}
    rows = [
        *years(),
        figure("WLD", "TOTAL", 2000, YEAR, table="016.T"),
        figure("_V03", "TOTAL", 1000, YEAR, **other),
        figure("RUS", "TOTAL", 350, YEAR, **other),
    ]
    found = {
        row["denominator"]: row for row in shares(*rows).filter(period="2024", exporter="RUS").iter_rows(named=True)
    }
    assert {code: (row["value_usd"], row["whole_usd"], row["source"]) for code, row in found.items()} == {
        "_LISTED": (340.0, 1260.0, "vn_customs"),
        "WLD": (340.0, 2000.0, "vn_customs"),
        "_V03": (350.0, 1000.0, "vn_nso"),
    }
    assert found["_V03"]["share"] == 0.35


def test_a_whole_whose_source_does_not_print_the_pair_gives_no_share():
    total = figure("_V03", "TOTAL", 1000, YEAR, source="vn_nso", release="revised", classification="TOTAL")
    assert shares(*years(), total)["denominator"].unique().to_list() == ["_LISTED"]


def test_a_whole_of_zero_gives_no_share():
    assert shares(*years(), figure("WLD", "TOTAL", 0, YEAR))["denominator"].unique().to_list() == ["_LISTED"]


def test_bundled_partners_are_no_whole():
    assert shares(*({**row, "snapshot": "sample:partners"} for row in years())).is_empty()
