"""The bundled figures against sums, identities and values printed by others."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.codes import schema
from corridor.sample import SAMPLE_DATE, load

EAEU = ("RUS", "ARM", "BLR", "KAZ", "KGZ")

#: The office's groups in the order printed in 2023-2025.
EXPORTED = [
    "fishery", "fruit_vegetables", "cashew", "coffee", "tea", "pepper", "rice", "cassava", "confectionery_cereals",
    "fodder", "ores", "clinker_cement", "coal", "crude_oil", "petroleum", "chemicals", "chemical_products",
    "fertilisers", "plastics", "plastic_articles", "rubber", "rubber_articles", "bags", "rattan_bamboo", "wood",
    "paper_and_articles", "fibres_yarns", "garments", "technical_fabrics", "footwear", "textile_leather_materials",
    "ceramics", "glass", "precious", "iron_steel", "iron_steel_articles", "base_metals_and_articles",
    "computers_electronics", "telephones", "cameras", "machinery", "cables", "transport_equipment",
    "furniture_non_wood", "toys_sports", "other_goods",
]  # fmt: skip
IMPORTED = [
    "fishery", "milk", "fruit_vegetables", "cashew", "wheat", "maize", "soya", "fats_oils", "confectionery_cereals",
    "food_preparations", "fodder", "tobacco_materials", "ores", "crude_oil", "coal", "petroleum", "lpg",
    "other_petroleum", "chemicals", "chemical_products", "pharma_materials", "pharmaceuticals", "fertilisers",
    "cosmetics", "pesticides", "plastics", "plastic_articles", "rubber", "rubber_articles", "wood", "paper",
    "paper_articles", "cotton", "fibres_yarns", "fabrics", "textile_leather_materials", "glass", "precious", "scrap",
    "iron_steel", "iron_steel_articles", "base_metals", "base_metal_articles", "computers_electronics",
    "household_electrical", "telephones", "cameras", "machinery", "cables", "motor_vehicles", "vehicle_parts",
    "other_transport", "other_goods",
]  # fmt: skip


def figure(**key: object) -> float:
    """The value of the one bundled row that has all of ``key``."""
    rows = load().flows.filter(*(pl.col(name) == value for name, value in key.items()))
    assert rows.height == 1, f"{rows.height} rows for {key}"
    return float(rows["value_usd"].item())


def month(flow: str, period: str, product: str = "TOTAL", release: str = "first") -> float:
    return figure(
        reporter="VNM", partner="RUS", flow=flow, product=product, release=release, freq="M",
        cumulative=False, period_start=date.fromisoformat(f"{period}-01"),
    )  # fmt: skip


def to_december(flow: str, year: int, partner: str = "RUS", product: str = "TOTAL") -> float:
    return figure(
        reporter="VNM", partner=partner, flow=flow, product=product, source="vn_customs",
        cumulative=True, period_end=date(year, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize("table", ["flows", "quantities", "coverage", "facts"])
def test_columns_and_types_are_those_of_the_data_dictionary(table):
    frame = getattr(load(), table)
    types = {"text": pl.String, "number": pl.Float64, "date": pl.Date, "boolean": pl.Boolean}
    assert frame.columns == list(schema.columns(table))
    assert dict(frame.schema) == {name: types[schema.COLUMNS[name].type] for name in schema.columns(table)}


def test_row_counts():
    tables = load()
    assert tables.flows.height == 859
    assert tables.coverage.height == 313
    assert tables.facts.height == 215
    assert tables.quantities.is_empty()  # every bundled quantity has its value


def test_every_flow_has_a_value_in_dollars_and_its_key_once():
    flows = load().flows
    assert flows["value_usd"].null_count() == 0
    assert (flows["value_usd"] > 0).all()
    assert flows["value"].equals(flows["value_usd"])
    assert flows["currency"].unique().to_list() == ["USD"]
    assert flows.select(schema.FLOW_KEY).is_unique().all()


def test_nothing_but_quantities_weights_and_rates_is_null():
    may_be_null = {"quantity", "quantity_unit", "net_weight_kg", "rate_source"}
    flows, coverage = load().flows, load().coverage
    assert {name for name in flows.columns if flows[name].null_count()} == may_be_null
    assert sum(coverage.null_count().row(0)) == 0


def test_valuation_is_fob_for_exports_and_cif_for_imports():
    pairs = load().flows.select("flow", "valuation").unique().rows()
    assert sorted(pairs) == [("export", "fob"), ("import", "cif")]


def test_groups_add_to_printed_totals_within_half_a_dollar_a_row():
    flows = load().flows.filter(pl.col("classification") == "VNC")
    block = ("table", "partner", "period_start", "period_end", "cumulative")
    groups = flows.filter(pl.col("product") != "TOTAL").group_by(block).agg(pl.col("value_usd").sum(), rows=pl.len())
    totals = flows.filter(pl.col("product") == "TOTAL").select(*block, total="value_usd")
    both = groups.join(totals, on=block)
    assert both.height == groups.height == 2 * (2 + 4 + 3)  # two Januaries, four years, three years of the market
    assert (both["value_usd"] - both["total"]).abs().to_list() == pytest.approx([0] * 18, abs=23)
    assert ((both["value_usd"] - both["total"]).abs() <= both["rows"] / 2 + 0.5).all()


@pytest.mark.parametrize(("flow", "groups"), [("export", EXPORTED), ("import", IMPORTED)])
def test_the_market_has_every_group_of_the_list_and_no_other(flow, groups):
    market = load().flows.filter(pl.col("partner") == "_LISTED", pl.col("flow") == flow)
    for year in (2023, 2024, 2025):
        held = market.filter(pl.col("period_end") == date(year, 12, 31))["product"].to_list()
        assert sorted(held) == sorted([*groups, "TOTAL"])


@pytest.mark.parametrize(("flow", "groups"), [("export", EXPORTED), ("import", IMPORTED)])
def test_trade_with_russia_knows_no_other_group(flow, groups):
    for frame in (load().flows, load().coverage):
        codes = set(frame.filter(pl.col("flow") == flow)["product"])
        assert codes <= {*groups, "TOTAL", "all"}


def test_the_registry_of_groups_knows_every_product():
    products = pytest.importorskip("corridor.codes.products")
    for flow in ("export", "import"):
        codes = set(load().flows.filter(pl.col("flow") == flow, pl.col("product") != "TOTAL")["product"])
        assert codes <= {group.code for group in products.groups(flow)}


def test_revised_months_of_2024_add_to_the_december_column():
    revised = load().flows.filter(
        pl.col("source") == "vn_nso", pl.col("flow") == "export", pl.col("period_start").dt.year() == 2024
    )
    assert revised.height == 12
    assert revised["value_usd"].sum() == 2_337_104_340
    assert to_december("export", 2024) == pytest.approx(2_337_104_340, abs=120)  # printed to ten dollars a month


def test_january_2025_growth_of_exports():
    assert month("export", "2025-01") / month("export", "2024-01") - 1 == pytest.approx(-0.248260, abs=5e-7)
    assert month("import", "2025-01") / month("import", "2024-01") - 1 == pytest.approx(-0.003184, abs=5e-7)


@pytest.mark.parametrize(
    ("flow", "period", "product", "value"),
    [
        ("export", "2025-01", "garments", 60_396_790),
        ("export", "2024-01", "telephones", 802_207),
        ("export", "2025-01", "coffee", 38_989_012),
        ("import", "2025-01", "wheat", 15_505_531),
        ("import", "2024-01", "iron_steel_articles", 8_106_668),
        ("import", "2025-01", "motor_vehicles", 1_947_280),
        ("export", "2024-04", "TOTAL", 232_284_769),
        ("import", "2026-07", "TOTAL", 351_422_179),
    ],
)
def test_single_months(flow, period, product, value):
    assert month(flow, period, product) == value


def test_april_2024_was_revised_by_eleven_per_cent():
    first, revised = month("export", "2024-04"), month("export", "2024-04", release="revised")
    assert revised == 258_182_300
    assert revised / first - 1 == pytest.approx(0.111, abs=5e-4)


def test_quantities_in_tonnes_are_weights_and_pieces_are_not():
    flows = load().flows.filter(pl.col("quantity").is_not_null())
    tonnes, pieces = flows.filter(pl.col("quantity_unit") == "t"), flows.filter(pl.col("quantity_unit") == "piece")
    assert tonnes.height + pieces.height == flows.height
    assert (tonnes["net_weight_kg"] == tonnes["quantity"] * 1000).all()
    assert pieces["net_weight_kg"].null_count() == pieces.height == 6
    assert set(pieces["product"]) == {"motor_vehicles"}


def test_unit_value_of_coffee_in_both_januaries():
    coffee = load().flows.filter(
        pl.col("product") == "coffee", pl.col("partner") == "RUS", ~pl.col("cumulative")
    ).sort("period_start")  # fmt: skip
    assert (coffee["value_usd"] / coffee["quantity"]).to_list() == pytest.approx([2896.7624, 5197.1490], abs=5e-5)


@pytest.mark.parametrize(("year", "turnover"), [(2023, 4_429_599_758), (2024, 5_636_020_033), (2025, 5_944_675_191)])
def test_turnover_with_the_five_eaeu_members(year, turnover):
    rows = load().flows.filter(
        pl.col("partner").is_in(EAEU),
        pl.col("product") == "TOTAL",
        pl.col("source") == "vn_customs",
        pl.col("cumulative"),
        pl.col("period_end") == date(year, 12, 31),
    )
    assert rows["value_usd"].sum() == turnover


@pytest.mark.parametrize(
    ("period_end", "turnover"),
    [  # totals printed by others: domain press checks of April 2023, August 2024 and August 2025
        (date(2023, 4, 30), 1_013_198_310),
        (date(2024, 8, 31), 3_127_060_831),
        (date(2025, 8, 31), 3_281_984_886),
    ],
)
def test_cumulative_turnovers(period_end, turnover):
    rows = load().flows.filter(
        pl.col("partner") == "RUS",
        pl.col("product") == "TOTAL",
        pl.col("cumulative"),
        pl.col("period_end") == period_end,
    )
    assert rows["value_usd"].sum() == turnover
    assert rows["period_start"].unique().to_list() == [date(period_end.year, 1, 1)]


def test_russian_turnover_of_2021_by_the_imf():
    imf = load().flows.filter(pl.col("source") == "imf_imts", pl.col("period_end") == date(2021, 12, 31))
    assert imf["value_usd"].sum() / 1e6 == pytest.approx(7133.7, abs=0.05)
    assert imf["maturity"].unique().to_list() == ["official"]


def test_russian_figures_since_2022_are_estimates():
    imf = load().flows.filter(pl.col("source") == "imf_imts")
    estimated = imf.filter(pl.col("maturity") == "estimated")
    assert sorted(set(estimated["period_start"].dt.year())) == [2022, 2023, 2024]
    assert estimated["caveats"].str.contains("mirror_estimate").all()
    assert imf.height == 18
    assert estimated.height == 6


def test_mirror_gap_lies_in_the_published_range():
    comtrade = load().flows.filter(pl.col("source") == "un_comtrade")
    russian = comtrade.filter(pl.col("reporter") == "RUS").sort("period_start")["value_usd"]
    vietnamese = comtrade.filter(pl.col("reporter") == "VNM").sort("period_start")["value_usd"]
    gaps = russian / vietnamese - 1
    assert gaps.len() == 6
    assert round(gaps.min(), 2) == 0.42
    assert round(gaps.max(), 2) == 0.58
    assert comtrade["caveats"].str.contains("rounded").all()


def test_market_shares_of_2024():
    def share(product: str) -> float:
        return to_december("import", 2024, "RUS", product) / to_december("import", 2024, "_LISTED", product)

    assert share("fertilisers") == pytest.approx(0.15304, abs=5e-6)
    assert share("coal") == pytest.approx(0.14473, abs=5e-6)
    assert share("TOTAL") == pytest.approx(0.006046, abs=5e-7)


def test_absences():
    coverage = load().coverage
    assert coverage["status"].is_in(list(schema.COVERAGE_STATUS)).all()
    counts = dict(coverage.group_by("status").len().rows())
    assert counts == {
        "reported": 288, "estimated": 6, "row_absent": 12, "not_held": 2, "partner_not_listed": 2, "not_reported": 3,
    }  # fmt: skip


def test_march_2024_exports_are_missing_in_the_first_release_and_printed_in_the_revised_one():
    march = (pl.col("period_end") == date(2024, 3, 31)) & (pl.col("flow") == "export")
    missing = load().coverage.filter(march, pl.col("table") == "020.T")
    assert missing.select("product", "status", "cumulative").sort("cumulative").rows() == [
        ("all", "not_held", False),
        ("all", "not_held", True),
    ]
    assert load().flows.filter(march)["table"].to_list() == ["V03"]
    assert month("export", "2024-03", release="revised") == 160_346_790


def test_groups_that_vanished_in_january_2025_are_named():
    gone = load().coverage.filter(pl.col("status") == "row_absent", ~pl.col("cumulative"))
    assert gone.select("flow", "product", pl.col("period_start").dt.year()).sort("flow", "product").rows() == [
        ("export", "rattan_bamboo", 2025),
        ("export", "telephones", 2025),
        ("import", "cables", 2025),
        ("import", "iron_steel", 2024),
        ("import", "iron_steel_articles", 2025),
    ]


def test_no_absence_also_has_a_value():
    key = ("source", "release", "table", "reporter", "partner", "flow", "period_start", "period_end", "cumulative")
    absent = (
        load()
        .coverage.filter(~pl.col("status").is_in(["reported", "estimated"]))
        .with_columns(pl.col("product").replace({"all": "TOTAL"}))
    )
    assert absent.join(load().flows, on=(*key, "product")).is_empty()


def test_partners_not_listed():
    rows = load().coverage.filter(pl.col("status") == "partner_not_listed")
    assert rows.select("partner", "flow", pl.col("period_end").dt.year()).sort("partner").rows() == [
        ("BLR", "export", 2023),
        ("KGZ", "import", 2025),
    ]


def test_published_is_the_date_printed_or_the_day_added_and_says_so():
    flows = load().flows
    printed = flows.filter(pl.col("published") != SAMPLE_DATE)
    assert set(printed["published"]) == {date(2025, 2, 4), date(2026, 1, 5)}
    assert not printed["caveats"].str.contains("published_is_added").any()
    assert flows.filter(pl.col("published") == SAMPLE_DATE)["caveats"].str.contains("published_is_added").all()
    assert flows["added"].unique().to_list() == [SAMPLE_DATE]


def test_listed_partners_carry_their_caveat():
    listed = load().flows.filter(pl.col("partner") == "_LISTED")
    assert listed.height == 3 * (47 + 54)
    assert listed["caveats"].str.contains("listed_partners_sum").all()


def test_publishers_own_totals_exceed_the_parts():
    assert figure(table="015.T", cumulative=False) == 33_090_034_032
    assert figure(table="016.T", cumulative=True) == 79_340_410_650


def test_the_sample_is_read_once():
    assert load() is load()
