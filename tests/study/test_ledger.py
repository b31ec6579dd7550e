"""The figures of one series by period: a year is a column, a sum needs every month, a hole is no zero."""

from __future__ import annotations

import pytest

from corridor.codes.periods import Period, parse
from world import SNAPSHOT, blocks, figure, ledger, months, only, years

YEAR = Period.year(2024)
QUARTER = Period.quarter(2024, 2)
SAMPLE = "sample:totals"


def test_a_year_is_the_december_cumulative_column_and_not_the_sum_of_the_months():
    # Twelve months of 10 are 120; the December column says 126, because earlier months were revised.
    rows = [*months("RUS", {f"2024-{month:02}": 10 for month in range(1, 13)}), figure("RUS", "TOTAL", 126)]
    found = ledger(rows).total("import", YEAR)
    assert found is not None
    assert (found["value_usd"], found["made"]) == (126.0, "cumulative")


def test_of_two_printed_figures_of_a_year_the_cumulative_column_is_taken():
    rows = [figure("RUS", "TOTAL", 126), figure("RUS", "TOTAL", 130, "2024")]
    found = ledger(rows).total("import", YEAR)
    assert (found["value_usd"], found["made"]) == (126.0, "cumulative")
    alone = ledger(rows[1:]).total("import", YEAR)
    assert (alone["value_usd"], alone["made"]) == (130.0, "printed")


def test_a_year_without_its_column_is_the_sum_of_twelve_months():
    rows = months("RUS", {f"2024-{month:02}": 10 for month in range(1, 13)})
    found = ledger(rows).total("import", YEAR)
    assert found is not None
    assert (found["value_usd"], found["made"]) == (120.0, "sum_of_months")
    assert len(str(found["trace_id"]).split()) == 12


def test_a_month_missing_leaves_the_year_unknown():
    rows = months("RUS", {f"2024-{month:02}": 10 for month in range(1, 13) if month != 3})
    assert ledger(rows).figures("import", YEAR).is_empty()
    assert not ledger(rows).holds("import", YEAR)


def test_a_month_is_its_own_column_and_not_the_cumulative_one_of_january():
    rows = [figure("RUS", "TOTAL", 7, "2024-01"), figure("RUS", "TOTAL", 8, "2024-01:2024-01")]
    found = ledger(rows).total("import", Period.month(2024, 1))
    assert found is not None
    assert (found["value_usd"], found["made"]) == (7.0, "printed")


def test_one_month_alone_never_stands_for_a_longer_period():
    assert ledger(months("RUS", {"2024-06": 10})).figures("import", QUARTER).is_empty()


def test_months_of_another_year_fill_no_hole():
    rows = months("RUS", {"2024-04": 1, "2024-05": 2, "2023-06": 4})
    assert ledger(rows).figures("import", QUARTER).is_empty()


def test_a_partner_that_a_whole_table_does_not_list_bought_nothing_that_month():
    # Each month's file is held: Laos is printed in April only, which is what the quarter holds of it.
    rows = [*months("RUS", {"2024-04": 1, "2024-05": 2, "2024-06": 4}), *months("LAO", {"2024-04": 16})]
    found = ledger(rows)
    assert found.total("import", QUARTER, "RUS")["value_usd"] == 7.0
    assert found.total("import", QUARTER, "LAO")["value_usd"] == 16.0


def test_bundled_months_hold_only_the_partners_they_name():
    # June is bundled and speaks of Russia alone: of Laos June is not known, so its quarter is not known either.
    rows = [
        *months("RUS", {"2024-04": 1, "2024-05": 2}),
        *months("RUS", {"2024-06": 4}, snapshot=SAMPLE),
        *months("LAO", {"2024-04": 16, "2024-05": 32}),
    ]
    found = ledger(rows)
    assert found.total("import", QUARTER, "RUS")["value_usd"] == 7.0
    assert found.total("import", QUARTER, "LAO") is None


def test_bundled_months_with_a_total_alone_hold_no_groups():
    rows = [
        *blocks("RUS", {"coal": 3, "wheat": 1}, "2024-04"),
        *blocks("RUS", {"coal": 5, "wheat": 1}, "2024-05"),
        *months("RUS", {"2024-06": 10}, snapshot=SAMPLE),
    ]
    found = ledger(rows)
    assert found.total("import", QUARTER)["value_usd"] == 20.0
    assert found.pair("import", QUARTER).is_empty()  # two months of groups are not a quarter of them


def test_an_unknown_quantity_is_not_a_zero():
    known = [figure("RUS", "coal", 10, f"2024-0{month}", quantity=5) for month in (4, 5)]
    unknown = figure("RUS", "coal", 10, "2024-06")
    row = only(ledger([*known, unknown]).pair("import", QUARTER), product="coal")
    assert row["value_usd"] == 30.0
    assert row["quantity"] is None
    whole = only(
        ledger([*known, figure("RUS", "coal", 10, "2024-06", quantity=7)]).pair("import", QUARTER), product="coal"
    )
    assert whole["quantity"] == 17.0


def test_quantities_in_two_units_are_not_added():
    rows = [
        figure("RUS", "coal", 1, "2024-04", quantity=5),
        figure("RUS", "coal", 1, "2024-05", quantity=5),
        figure("RUS", "coal", 1, "2024-06", quantity=5, quantity_unit="piece"),
    ]
    assert only(ledger(rows).pair("import", QUARTER), product="coal")["quantity"] is None


def test_the_pair_is_its_groups_without_the_total():
    groups = ledger(years()).pair("import", YEAR)
    assert sorted(groups["product"]) == ["coal", "fertilisers", "other_goods", "wheat"]
    assert groups["value_usd"].sum() == 340.0


def test_the_market_is_the_sum_over_the_listed_partners():
    market = ledger(years()).market("import", YEAR)
    assert dict(market.select("product", "value_usd").iter_rows()) == {
        "coal": 500.0, "wheat": 200.0, "fertilisers": 100.0, "paper": 60.0, "other_goods": 400.0,
    }  # fmt: skip
    coal, wheat, paper = (only(market, product=each) for each in ("coal", "wheat", "paper"))
    assert (coal["quantity"], coal["suppliers"]) == (80.0, 3)
    assert (wheat["quantity"], wheat["suppliers"]) == (7.0, 2)
    assert paper["quantity"] is None


def test_the_market_leaves_out_groups_of_countries_and_totals():
    extra = [figure(code, "coal", 1000) for code in ("WLD", "_V03", "EU27", "EAEU")]
    market = ledger([*years(), *extra]).market("import", YEAR)
    assert only(market, product="coal")["value_usd"] == 500.0


def test_bundled_rows_of_a_few_partners_are_never_summed_to_a_market():
    bundled = [{**row, "snapshot": SAMPLE} for row in years()]
    assert ledger(bundled).market("import", YEAR).is_empty()
    assert ledger(bundled).partners("import", YEAR).is_empty()
    assert ledger(bundled).pair("import", YEAR).height == 4  # the pair's own rows are there all the same


def test_one_bundled_partner_among_files_spoils_the_sum():
    rows = [{**row, "snapshot": SAMPLE if row["partner"] == "CHN" else SNAPSHOT} for row in years()]
    assert ledger(rows).market("import", YEAR).is_empty()


def test_the_publishers_own_sum_over_the_listed_partners_is_taken_where_it_is_held():
    listed = figure("_LISTED", "coal", 480, snapshot="sample:market")
    bundled = [{**row, "snapshot": SAMPLE} for row in years()]
    market = ledger([*bundled, listed]).market("import", YEAR)
    assert market.select("product", "value_usd", "suppliers").rows() == [("coal", 480.0, None)]


def test_another_release_or_source_is_another_ledger():
    rows = [
        figure("RUS", "TOTAL", 1),
        figure("RUS", "TOTAL", 2, release="revised"),
        figure("RUS", "TOTAL", 4, source="vn_nso"),
    ]
    assert ledger(rows).total("import", YEAR)["value_usd"] == 1.0
    assert ledger(rows, release="revised").total("import", YEAR)["value_usd"] == 2.0
    assert ledger(rows, source="vn_nso").total("import", YEAR)["value_usd"] == 4.0


def test_exports_and_imports_are_kept_apart():
    found = ledger(years())
    assert found.total("import", YEAR)["value_usd"] == 340.0
    assert found.total("export", YEAR)["value_usd"] == 140.0


@pytest.mark.parametrize("text", ["2024-01:2024-06", "2022", "2025", "2024-12", "2024Q4"])
def test_a_period_that_is_not_printed_is_empty(text):
    found = ledger(years()).figures("import", parse(text))
    assert found.is_empty()
    assert "made" in found.columns
