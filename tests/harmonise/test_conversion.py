"""Conversion between classifications: worked out by hand, and nothing is ever lost."""

import math
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.codes.schema import MissingColumns
from corridor.errors import NothingFound, UnknownName, UsageError
from corridor.harmonise.concordances import path
from corridor.harmonise.conversion import convert
from corridor.harmonise.panel import panel
from corridor.harmonise.shares import METHODS, shares

from . import concordance_world as world

ALL = {"500001": 1, "500002": 2, "500003": 3, "500004": 4, "500005": 5, "500006": 6, "500007": 7}


def told(method: str, given: dict[str, float], source: str = "H5", target: str = "H4", **more: object) -> object:
    return convert(world.flows(source, given), shares(world.toy(), source, target, method=method, **more))


def test_un_conversion_sends_all_to_the_code_named() -> None:
    made = told("un_conversion", ALL)
    assert world.values(made.flows) == {"400001": 1, "400002": 5, "400003": 4, "400005": 11}
    assert world.values(made.unmatched) == {"500007": 7}
    assert set(made.flows["caveats"]) == {"converted_un_conversion"}
    assert made.note == "H5>H4, un_conversion: H5H4.xlsx"
    assert set(made.flows["conversion"]) == {made.note}
    assert set(made.flows["classification"]) == {"H4"}


def test_equal_split_gives_each_counterpart_the_same() -> None:
    made = told("equal_split", ALL)
    assert world.values(made.flows) == {
        "400001": 1, "400002": 5, "400003": 2, "400004": 2, "400005": 5.5, "400006": 5.5,
    }  # fmt: skip
    assert dict(made.flows.select("product", "parts").iter_rows())["400005"] == 2


def test_against_the_direction_of_print_the_codes_that_convert_into_it_share() -> None:
    made = told("un_conversion", {"400002": 10, "400004": 3, "400005": 8, "400009": 1}, "H4", "H5")
    # 400002 goes in halves to 500002 and 500003, 400005 to 500005 and 500006. Nothing converts into 400004, whose only
    # counterpart is 500004.
    assert world.values(made.flows) == {"500002": 5, "500003": 5, "500004": 3, "500005": 4, "500006": 4}
    assert dict(made.parts.select("product", "basis").iter_rows())["500004"] == "equal_split"
    assert world.values(made.unmatched) == {"400009": 1}


def test_trade_weighted_follows_the_trade_of_the_counterparts() -> None:
    trade = pl.DataFrame({"product": ["400003", "400004"], "value": [30.0, 10.0]})
    made = told("trade_weighted", {"500004": 100, "500005": 5}, weights={"H4": trade})
    # No trade is known of 400005 and 400006: 500005 goes where the conversion table says.
    assert world.values(made.flows) == {"400003": 75, "400004": 25, "400005": 5}
    assert dict(made.parts.select("product", "basis").iter_rows()) == {
        "400003": "trade_weighted", "400004": "trade_weighted", "400005": "un_conversion",
    }  # fmt: skip


def test_largest_takes_the_counterpart_with_most_trade_and_of_equals_the_first() -> None:
    trade = pl.DataFrame({"product": ["400003", "400004", "400005", "400006"], "value": [1.0, 2.0, 7.0, 7.0]})
    made = told("largest", {"500004": 100, "500005": 5}, weights={"H4": trade})
    assert world.values(made.flows) == {"400004": 100, "400005": 5}


@given(
    st.dictionaries(st.sampled_from(sorted(ALL)), st.floats(0, 1e13, allow_nan=False, allow_subnormal=False)),
    st.sampled_from(METHODS),
    st.lists(st.floats(0, 1e9, allow_subnormal=False), min_size=6, max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_what_goes_in_comes_out(given: dict[str, float], method: str, trade: list[float]) -> None:
    codes = [f"40000{number}" for number in range(1, 7)]
    weights = {"H4": pl.DataFrame({"product": codes, "value": trade})}
    flows = world.flows("H5", given).with_columns(
        net_weight_kg=pl.col("value_usd") / 3, quantity=pl.lit(None, pl.Float64)
    )
    made = convert(flows, shares(world.toy(), "H5", "H4", method=method, weights=weights))
    for amount in ("value_usd", "net_weight_kg"):
        out = math.fsum([*made.parts[amount], *made.unmatched[amount]])
        assert out == pytest.approx(math.fsum(flows[amount]), rel=1e-15, abs=1e-12)
        assert math.fsum(made.flows[amount]) == pytest.approx(math.fsum(made.parts[amount]), rel=1e-14, abs=1e-12)
    assert made.parts["quantity"].null_count() == made.parts.height
    for (code,), parts in made.parts.group_by("from_product"):
        assert math.fsum(parts["value_usd"]) == pytest.approx(given[code], rel=1e-15, abs=1e-12)


def test_thirds_leave_no_remainder() -> None:
    thirds = world.concordance("H5", "H4", [("500001", f"40000{n}", "1:n") for n in range(7)])
    made = convert(world.flows("H5", {"500001": 100}), shares(thirds, "H5", "H4", method="equal_split"))
    assert sum(made.parts["value_usd"]) == 100


def test_parts_keep_their_trace_and_the_sum_that_of_the_largest() -> None:
    made = told("un_conversion", {"500002": 2, "500003": 3})
    assert made.parts.sort("from_product")["trace_id"].to_list() == ["t/500002", "t/500003"]
    assert made.flows["trace_id"].to_list() == ["t/500003"]


def test_an_amount_that_one_part_lacks_is_not_known_for_the_sum() -> None:
    flows = world.flows("H5", {"500002": 2, "500003": 3}).with_columns(net_weight_kg=pl.Series([4.0, None]))
    made = convert(flows, shares(world.toy(), "H5", "H4"))
    assert made.flows["net_weight_kg"].to_list() == [None]
    assert sorted(made.parts["net_weight_kg"], key=str) == [4.0, None]


def test_caveats_are_kept_beside_the_new_one() -> None:
    flows = world.flows("H5", {"500002": 2, "500003": 3}).with_columns(caveats=pl.Series(["estimated", "rounded"]))
    made = convert(flows, shares(world.toy(), "H5", "H4"))
    assert set(made.flows["caveats"][0].split()) == {"estimated", "rounded", "converted_un_conversion"}


def test_values_in_two_currencies_are_not_added_up() -> None:
    flows = pl.concat(
        [world.flows("H5", {"500002": 2}, currency="USD"), world.flows("H5", {"500003": 3}, currency="EUR")]
    )
    assert convert(flows, shares(world.toy(), "H5", "H4")).flows.height == 2


def chain() -> pl.DataFrame:
    """H6 to H5 to H4: 600001 falls into 500004 and 500007, and the latter has no counterpart in H4."""
    first = world.concordance(
        "H6", "H5", [("600001", "500004", "1:n"), ("600001", "500007", "1:n"), ("600002", "500001", "1:1")]
    )
    return pl.concat([first, world.toy()])


def test_a_chain_multiplies_its_shares_and_keeps_what_loses_its_way() -> None:
    made = convert(world.flows("H6", {"600001": 8, "600002": 1}), shares(chain(), "H6", "H4", method="equal_split"))
    assert world.values(made.flows) == {"400001": 1, "400003": 2, "400004": 2}
    assert world.values(made.unmatched) == {"600001": 4}
    assert made.unmatched["share"].to_list() == [0.5]
    assert made.note == "H6>H5>H4, equal_split: H6H5.xlsx; H5H4.xlsx"


def test_a_direct_table_is_taken_before_a_chain() -> None:
    direct = world.concordance("H6", "H4", [("600001", "400001", "1:1")])
    assert path(chain(), "H4", "H6") == ("H4", "H5", "H6")
    assert path(pl.concat([chain(), direct]), "H6", "H4") == ("H6", "H4")


def test_of_a_table_added_twice_the_later_one_counts() -> None:
    later = world.concordance("H5", "H4", [("500001", "400004", "1:1")], added=date(2026, 1, 1))
    made = convert(world.flows("H5", {"500001": 1}), shares(pl.concat([world.toy(), later]), "H5", "H4"))
    assert world.values(made.flows) == {"400004": 1}


def test_a_panel_over_three_revisions_is_in_one() -> None:
    flows = pl.concat(
        [
            world.flows("H4", {"400001": 10, "400003": 5}, year=2016),
            world.flows("H5", {"500001": 20, "500004": 4}, year=2017),
            world.flows("H6", {"600002": 30}, year=2022),
        ]
    )
    made = panel(flows, "H4", chain())
    of = {year: rows for (year,), rows in made.flows.group_by("year")}
    assert world.values(of[2016]) == {"400001": 10, "400003": 5}
    assert world.values(of[2017]) == {"400001": 20, "400003": 4}
    assert world.values(of[2022]) == {"400001": 30}
    assert of[2016]["conversion"].to_list() == [None, None]
    assert of[2016]["caveats"].to_list() == ["", ""]
    weighed = panel(flows, "H4", chain(), method="largest")
    assert weighed.flows["value_usd"].sum() == flows["value_usd"].sum()


def test_headings_among_subheadings_are_refused() -> None:
    with pytest.raises(UnfitTable, match=r"1 of 2 rows are not subheadings of 6 digits \(5000\)"):
        told("un_conversion", {"5000": 1, "500001": 1})
    with pytest.raises(UnfitTable, match="TOTAL"):
        told("un_conversion", {"TOTAL": 1})


def test_another_classification_is_refused() -> None:
    with pytest.raises(UnfitTable, match="rows in H3 beside those in H5"):
        convert(world.flows("H3", {"500001": 1}), shares(world.toy(), "H5", "H4"))


def test_a_table_without_values_is_refused() -> None:
    with pytest.raises(MissingColumns, match="value_usd"):
        convert(world.flows("H5", {"500001": 1}).drop("value_usd"), shares(world.toy(), "H5", "H4"))


def test_questions_without_an_answer() -> None:
    with pytest.raises(NothingFound, match=r"no concordances lead from H5 to S3; add one .* there are: H4–H5"):
        shares(world.toy(), "H5", "S3")
    with pytest.raises(UnknownName, match="HS17"):
        shares(world.toy(), "HS17", "H4")
    with pytest.raises(UsageError, match="no way of weighting is called 'best'"):
        shares(world.toy(), "H5", "H4", method="best")
    with pytest.raises(UsageError, match="trade_weighted needs the trade reported in H4"):
        shares(world.toy(), "H5", "H4", method="trade_weighted")
