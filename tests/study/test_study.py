"""The whole study: any world gives sound plain data, in any order of its rows."""

from __future__ import annotations

import json
import math
import random
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.codes.periods import parse_many
from corridor.errors import NothingFound
from corridor.study.serialise import plain, records
from corridor.study.spans import span
from corridor.study.study import study
from world import Row, blocks, figure, frame, months, question, tables, years

STAGES = ["collection", "product_groups", "export_regions", "regional_specifics", "recommendations"]


def data(rows: list[Row], **asked) -> dict:
    """A study as a program reads it, after a round through JSON that takes no NaN."""
    return json.loads(json.dumps(plain(study(tables(rows), question(**asked)), {}), allow_nan=False))


@pytest.fixture(scope="module")
def whole() -> dict:
    return data(years())


def test_the_five_stages_in_their_order(whole):
    assert list(whole["stages"]) == STAGES
    assert whole["schema"] == "corridor.study/1"


def test_the_basis_of_every_value_is_said(whole):
    assert whole["series"] == {
        "reporter": "VNM", "source": "vn_customs", "release": "first", "classification": "VNC", "goods_only": True,
        "exports_valuation": "fob", "imports_valuation": "cif", "currency": "USD",
    }  # fmt: skip
    assert (whole["periods"], whole["comparisons"]) == (
        ["2023", "2024"],
        [{"base": "2023", "period": "2024", "kind": "year"}],
    )


def test_every_trace_of_a_number_is_named_by_the_study():
    found = study(tables(years()), question())
    traces = set(found.trace_ids())
    # Every printed row of the pair is behind some number.
    assert {row["trace_id"] for row in years() if row["partner"] == "RUS"} <= traces
    assert all("/" in each for each in traces)


def test_a_study_does_not_depend_on_the_order_of_the_rows():
    rows = [*years(), *_ties()]
    expected = data(rows)
    random.Random(1).shuffle(rows)
    assert data(rows) == expected


def _ties() -> list[Row]:
    """Equal groups, partners and regions, where an unstable order would show."""
    rows = [
        row
        for year in (2023, 2024)
        for flow in ("export", "import")
        for row in blocks("RUS", {"cotton": 7, "rice": 7, "maize": 7}, f"{year}-01:{year}-12", flow=flow)
    ]
    rows = [row for row in rows if row["product"] != "TOTAL"]
    regions = [
        figure("VNM", product, 5, "2024", flow="export", reporter=region, source="ru_customs")
        for region in ("RU-VLG", "RU-MOW", "RU-LEN")
        for product in ("coal", "wood", "wheat")
    ]
    return [
        *rows,
        *regions,
        *months("RUS", {"2023-01": 5, "2024-01": 5}),
        *months("RUS", {"2023-01": 5, "2024-01": 5}, "export"),
    ]


@pytest.mark.parametrize("flow", ["import", "export"])
def test_a_partner_on_one_list_only_is_studied_on_that_side(flow):
    made = study(tables([row for row in years() if row["flow"] == flow]), question())
    groups = made.stage("product_groups")
    assert f"product_groups.one_side.{flow}" in {finding.key for finding in groups.missing}
    totals = groups.tables["bilateral"]
    assert totals["turnover"].null_count() == totals["balance"].null_count() == totals.height > 0
    assert groups.tables["changes"].height
    ends = ("RUS", "VNM") if flow == "import" else ("VNM", "RUS")
    assert set(groups.tables["groups"].select("exporter", "importer").iter_rows()) == {ends}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"freq": "A"}, ["2023", "2024"]),
        ({"freq": "M"}, ["2023-04", "2023-05", "2023-06", "2024-04", "2024-05", "2024-06"]),
        ({"freq": "Q"}, ["2023Q2", "2024Q2"]),
        ({"periods": parse_many("2024Q2")}, ["2023Q2", "2024Q2"]),
        ({"freq": "YTD"}, ["2024-01:2024-06"]),
    ],
)
def test_periods_and_frequencies(asked, expected):
    rows = [
        row
        for flow in ("export", "import")
        for year in (2023, 2024)
        for row in months("RUS", {f"{year}-0{month}": month for month in (4, 5, 6)}, flow)
    ]
    rows += [figure("RUS", "TOTAL", 40, "2024-01:2024-06", flow=flow) for flow in ("export", "import")]
    assert data([*years(), *rows], **asked)["periods"] == expected


def test_a_frequency_that_is_not_held_is_nothing_found():
    with pytest.raises(NothingFound, match="frequency H"):
        study(tables(years()), question(freq="H"))


def test_an_incomplete_year_is_marked_wherever_it_stands():
    later = [
        row
        for flow in ("export", "import")
        for period, value in (("2024-01:2024-07", 100), ("2025-01:2025-07", 90))
        for row in blocks("RUS", {"coal": value}, period, flow=flow)
    ]
    found = data([*years(), *later])
    comparison = {"base": "2024-01:2024-07", "period": "2025-01:2025-07", "kind": "partial"}
    assert found["comparisons"] == [{"base": "2023", "period": "2024", "kind": "year"}, comparison]
    groups = found["stages"]["product_groups"]
    row = next(
        each for each in groups["tables"]["bilateral"] if (each["view"], each["period"]) == ("VNM", "2025-01:2025-07")
    )
    # -10 % against the same months, not 90 against the year's 140 or 340.
    assert (row["exports_growth"], row["imports_growth"], row["kind"]) == (
        pytest.approx(-0.1),
        pytest.approx(-0.1),
        "partial",
    )
    about = [each for each in groups["findings"] if each["parameters"].get("period") == {"period": "2025-01:2025-07"}]
    assert about
    assert all("partial_period" in each["caveats"] for each in about)
    assert all(
        each["parameters"]["base"] == {"period": "2024-01:2024-07"} for each in about if "base" in each["parameters"]
    )


def test_totals_without_groups_are_said(whole):
    later = [
        figure("RUS", "TOTAL", 5, period, flow=flow)
        for flow in ("export", "import")
        for period in ("2024-01:2024-07", "2025-01:2025-07")
    ]
    gone = data([*years(), *later])["stages"]["product_groups"]["missing"]
    said = [each["parameters"]["period"]["period"] for each in gone if each["key"] == "product_groups.totals_only"]
    assert said == ["2024-01:2024-07", "2025-01:2025-07"]
    assert "product_groups.totals_only" not in [each["key"] for each in whole["stages"]["product_groups"]["missing"]]


@pytest.mark.parametrize("flow", ["export", "import"])
def test_groups_missing_on_either_side_are_said(flow):
    rows = [row for row in years() if row["flow"] != flow or row["product"] == "TOTAL"]
    gone = data(rows)["stages"]["product_groups"]["missing"]
    said = [each["parameters"]["period"]["period"] for each in gone if each["key"] == "product_groups.totals_only"]
    assert said == ["2023", "2024"]


def test_the_russian_class_of_non_resource_exports_is_never_derived(whole):
    (finding,) = [
        each for each in whole["stages"]["product_groups"]["missing"] if each["key"] == "product_groups.nrne_not_held"
    ]
    assert finding["parameters"]["share"] == {"value": None, "unit": "share", "absence": "not_held"}


def test_suppliers_show_the_largest_the_studied_and_the_one_that_gained():
    rows = years()
    for place in range(1, 13):  # twelve more suppliers of wheat, all larger than Russia
        code = ("ARG", "BRA", "CAN", "FRA", "IND", "JPN", "KOR", "THA", "UKR", "USA", "DEU", "ITA")[place - 1]
        rows += [figure(code, "wheat", 1000 + place, f"{year}-01:{year}-12") for year in (2023, 2024)]
    suppliers = [
        each for each in data(rows)["stages"]["product_groups"]["tables"]["suppliers"] if each["product"] == "wheat"
    ]
    listed = {each["competitor"]: each["rank"] for each in suppliers}
    assert listed["RUS"] == 14
    assert listed["AUS"] == 13  # beyond the first ten, there because it gained
    assert len(listed) == 12


PRODUCTS = ("coal", "wheat", "other_goods", "rubber")
PARTNERS = ("RUS", "CHN")
amounts = st.sampled_from([None, None, 0, 1, 3, 7, 100])
world = st.dictionaries(
    st.tuples(
        st.sampled_from(["export", "import"]),
        st.sampled_from(
            ["2023-01:2023-12", "2024-01:2024-12", "2024-01:2024-05", "2025-01:2025-05", "2024-02", "2025-02"]
        ),
        st.sampled_from(PARTNERS),
    ),
    st.fixed_dictionaries(dict.fromkeys(PRODUCTS, amounts)),
    max_size=14,
)


def _rows(blocks_: dict, *, bundled: bool) -> list[Row]:
    snapshot = {"snapshot": "sample:groups"} if bundled else {}
    rows = [
        row
        for (flow, period, partner), groups in blocks_.items()
        for row in blocks(partner, groups, period, flow=flow, **snapshot)
    ]
    return [
        {**row, "quantity": row["value_usd"] // 2, "quantity_unit": "t"} if row["product"] == "coal" else row
        for row in rows
    ]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks_=world, bundled=st.booleans())
def test_any_world_gives_sound_plain_data(blocks_, bundled):
    rows = _rows(blocks_, bundled=bundled)
    try:
        found = data(rows)
    except NothingFound:
        return
    groups = found["stages"]["product_groups"]["tables"]
    for row in groups["bilateral"]:
        sides = (row["exports"], row["imports"])
        assert row["turnover"] == (None if None in sides else sum(sides))
    ends = {(row["exporter"], row["base_period"], row["period"]) for row in groups["changes"]}
    for end in ends:
        rows_ = [row for row in groups["changes"] if (row["exporter"], row["base_period"], row["period"]) == end]
        base = sum(row["value_0"] or 0 for row in rows_)
        moved = sum(row["change"] or 0 for row in rows_)
        if base:
            assert math.isclose(sum(row["contribution"] for row in rows_), moved / base, abs_tol=1e-12)
    judged = found["stages"]["recommendations"]["tables"]
    assert all(row["product"] != "other_goods" for row in judged["recommendations"])
    assert all(row["rank"] is not None and 0 <= row["score"] <= 1 for row in judged["recommendations"])
    assert len({row["id"] for row in judged["recommendations"]}) == len(judged["recommendations"])


def test_plain_data_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="no number"):
        records(pl.DataFrame({"value": [math.nan]}))
    with pytest.raises(ValueError, match="no number"):
        records(pl.DataFrame({"value": [math.inf]}))


def test_plain_data_keeps_absence_and_writes_dates_as_text():
    table = pl.DataFrame({"day": [date(2025, 1, 31), None], "value": [None, 0.1]})
    assert records(table) == [{"day": "2025-01-31", "value": None}, {"day": None, "value": 0.1}]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 1, 1), date(2024, 7, 31), "2024-01:2024-07"),
        (date(2024, 1, 1), date(2024, 1, 31), "2024-01"),
        (date(2024, 4, 1), date(2024, 6, 30), "2024Q2"),
        (date(2024, 2, 16), date(2024, 2, 29), "2024-02H2"),
    ],
)
def test_days_as_periods(start, end, code):
    assert span(start, end).code == code


def test_frames_of_the_world_have_the_columns_of_the_dictionary():
    assert frame("flows", years())["value_usd"].null_count() == 0
