"""Published facts: figures of press and ministries, as printed, with their address and their doubts."""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl
import pycountry
import pytest

from corridor.sample import load
from corridor.sample.tables import FACTS, read

MILLION, BILLION = 6, 9
DOLLARS = {
    "million USD": MILLION, "USD million": MILLION, "triệu USD": MILLION, "млн долларов": MILLION,
    "млн долл. США": MILLION, "млн долл США": MILLION, "миллионов долларов США": MILLION, "млн $": MILLION,
    "млн долл.": MILLION, "mln dolarów": MILLION, "US$ million": MILLION, "$ million": MILLION,
    "millions de dollars": MILLION, "billion USD": BILLION, "US$ billion": BILLION, "$ billion": BILLION,
    "milliards de dollars": BILLION, "milliard de dollars": BILLION, "млрд долларов": BILLION,
    "млрд долл.": BILLION, "tỷ USD": BILLION, "tỷ đô la": BILLION,
}  # fmt: skip
KILOGRAMS = {
    "кг": 0, "т": 3, "тонн": 3, "тонны": 3, "t": 3, "tonnes": 3, "tons": 3, "тыс. т": 6, "тыс. тонн": 6,
    "тысяч тонн": 6, "тысячи тонн": 6, "million t": 9, "million tons": 9, "million tonnes": 9,
}  # fmt: skip
USABLE = {"value", "growth", "share", "several_areas", "several_partners", "misprint", "rank", "count"}


def facts() -> pl.DataFrame:
    return load().facts


def fact(id_: str) -> dict[str, object]:
    return facts().row(by_predicate=pl.col("fact") == id_, named=True)


def test_counts_by_kind():
    assert {name: read(name).height for name in FACTS} == {"regions": 82, "countries": 86, "published": 47}
    assert facts()["fact"].is_unique().all()
    assert facts()["source"].unique().to_list() == ["published_facts"]


def test_every_fact_says_where_it_stands_and_how_it_can_be_used():
    required = ("fact", "area", "partner", "flow", "period_text", "product_text", "number_text", "unit_text", "whose")
    for column in (*required, "url", "usable", "caveats", "snapshot", "trace_id"):
        assert facts()[column].null_count() == 0, column
    assert set(facts()["usable"]) <= USABLE
    assert set(facts()["flow"]) == {"export", "import", "turnover", "balance"}


def test_addresses_are_whole_unless_the_row_says_so():
    whole = facts().filter(pl.col("url").str.starts_with("http"))
    named_only = facts().filter(~pl.col("url").str.starts_with("http"))
    assert named_only["caveats"].str.contains("address_shortened|several_addresses").all()
    assert named_only.height == 8
    assert not whole["url"].str.contains("…").any()


def test_values_and_weights_are_the_printed_number_times_the_printed_unit():
    for row in facts().iter_rows(named=True):
        number, unit = row["number_text"], row["unit_text"]
        exact = Decimal(number) if re.fullmatch(r"[0-9.]+", number) else None
        dollars = None if exact is None or row["usable"] == "misprint" else DOLLARS.get(unit)
        kilograms = None if exact is None else KILOGRAMS.get(unit)
        expected = (None if e is None else float(exact.scaleb(e)) for e in (dollars, kilograms))
        assert (row["value_usd"], row["net_weight_kg"]) == tuple(expected), row["fact"]


def test_a_usable_value_has_a_value_a_weight_or_a_range():
    values = facts().filter(pl.col("usable") == "value")
    empty = values.filter(pl.col("value_usd").is_null() & pl.col("net_weight_kg").is_null())
    assert empty.is_empty()
    assert fact("RF034")["number_text"] == "150-160"
    assert fact("RF034")["value_usd"] is None  # a range has no single value, and its middle was not printed


def test_periods_are_whole_or_left_open():
    start, end = facts()["period_start"], facts()["period_end"]
    assert (start.is_null() == end.is_null()).all()
    assert (facts().drop_nulls("period_end").select(pl.col("period_start") <= pl.col("period_end"))).to_series().all()
    assert facts().filter(start.is_null())["fact"].to_list() == [
        "RF002", "RF005", "RF025", "RF037", "RF038", "RF040", "RF041", "RF044", "RF056", "RF057", "RF060", "RF061",
        "RF063", "RF065", "RF067", "RF070", "RF074", "RF075", "RF080", "RF081", "HF038",
    ]  # fmt: skip


def test_a_year_in_the_period_is_the_year_of_its_dates():
    for row in facts().drop_nulls("period_start").iter_rows(named=True):
        years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", row["period_text"])}
        assert row["period_end"].year in years, row["fact"]


def test_areas_and_partners_are_standard_codes():
    codes = {code for column in ("area", "partner") for text in facts()[column] for code in text.split("+")}
    codes -= {"EAEU"}
    countries = {code for code in codes if pycountry.countries.get(alpha_3=code)}
    regions = {code for code in codes - countries if pycountry.subdivisions.get(code=code)}
    assert codes == countries | regions


def test_several_areas_and_partners_say_so():
    joined = facts().filter(pl.col("area").str.contains("+", literal=True))
    assert (joined["usable"] == "several_areas").all()
    assert joined["caveats"].str.contains("several_areas").all()
    partners = facts().filter(pl.col("partner").str.contains("+", literal=True))
    assert partners["fact"].to_list() == ["RF039", "RF043"]
    assert (partners["usable"] == "several_partners").all()


def test_misprints_are_carried_without_a_value():
    misprints = facts().filter(pl.col("usable") == "misprint")
    assert misprints["fact"].to_list() == ["RF052", "PF023", "PF024"]
    assert misprints["value_usd"].null_count() == 3
    assert misprints["caveats"].str.contains("misprint").all()
    assert fact("RF052")["number_text"] == "29.05"


def test_contradictions_seen_are_marked():
    marked = facts().filter(pl.col("caveats").str.contains("contradicts_other"))["fact"].to_list()
    assert marked == [
        "RF029", "RF030", "RF031", "RF032",  # the Far East and its Primorye, 2023
        "RF040", "RF041",  # Kaluga: the value of 2020 repeated later
        "RF050", "RF052",  # Moscow: a share of non-energy exports, a misprint
        "RF055", "RF056", "RF070", "RF072",
        "HF004", "HF016",  # pork, 2021
        "HF020", "HF035", "HF036", "HF039", "HF044",  # totals of 2017 and 2018
        "HF073", "HF080", "HF081", "HF083", "PF020", "PF023", "PF024",
    ]  # fmt: skip


def test_goods_are_coded_only_where_a_group_means_the_same():
    whole = facts().filter(pl.col("product_text").is_in(["all goods", "все товары"]))
    assert set(whole["product"]) == {"TOTAL"}
    assert fact("HF032")["product"] == "coffee"
    assert fact("RF069")["product"] is None  # shrimps are a part of fishery


@pytest.mark.parametrize(
    ("id_", "caveat"),
    [
        ("RF001", "hedged_at_least"),  # "exceeded"
        ("RF002", "hedged_at_most"),  # "almost"
        ("RF016", "hedged_about"),  # "около"
        ("RF024", "veterinary_certificates"),
        ("RF064", "entry_point"),
        ("RF047", "declarant_region"),
        ("RF036", "period_inferred"),
        ("HF041", "partner_statistics"),
        ("HF045", "side_not_stated"),
        ("PF003", "definition"),  # per cent or percentage points
    ],
)
def test_doubts_of_single_facts(id_, caveat):
    assert caveat in str(fact(id_)["caveats"]).split()


def test_no_fact_is_hedged_twice():
    assert facts()["caveats"].str.count_matches("hedged_").max() == 1


def test_anchors():
    assert fact("RF047")["value_usd"] == 3.9e9
    assert fact("RF048")["value_usd"] == 533.3e6
    assert fact("RF010")["value_usd"] == 48.4e6
    assert fact("RF011")["net_weight_kg"] == 24e6
    assert fact("RF062")["net_weight_kg"] == 1_191_400
    assert fact("HF014")["value_usd"] == 612.7e6
    assert fact("PF028")["value_usd"] == 5.5e9


def test_facts_carry_no_quotation():
    assert not {"quote", "note", "read"} & set(facts().columns)
