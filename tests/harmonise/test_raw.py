"""A reading becomes rows of our tables: no label is guessed, and a block with a hole is set aside whole."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from corridor.codes import schema
from corridor.harmonise.exchange import NO_RATES, MissingRate
from corridor.harmonise.raw import harmonise

from .readings import ADDED, LOOKUPS, PRINTED, SNAPSHOT, block, line, put, reading, refusal

GOOD = block(0, 300, {"Cà phê": 100, "Hàng hóa khác": 200})


def reasons(found) -> set[str]:
    return set(found.not_understood["reason"])


def test_a_block_becomes_its_total_and_its_groups():
    flows = put(GOOD).flows
    assert flows.select("partner", "product", "value_usd").rows() == [
        ("RUS", "TOTAL", 300.0), ("RUS", "coffee", 100.0), ("RUS", "other_goods", 200.0),
    ]  # fmt: skip


def test_every_row_says_whose_it_is_and_where_it_stands():
    row = put(GOOD).flows.row(1, named=True)
    expected = {
        "source": "toy", "release": "first", "table": "020.T", "reporter": "VNM", "flow": "export",
        "classification": "VNC", "freq": "M", "period_start": date(2025, 1, 1), "period_end": date(2025, 1, 31),
        "cumulative": False, "edition": "020.T, 2025-01", "currency": "USD", "valuation": "fob",
        "maturity": "preliminary", "published": PRINTED, "added": ADDED, "caveats": "", "snapshot": SNAPSHOT,
        "trace_id": "abcdef0123456789/1/1",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("table", ["flows", "quantities", "coverage", "not_understood"])
def test_every_table_has_the_columns_of_the_dictionary(table):
    for rows in (GOOD, [], block(0, 1, {"Cà phê": 9})):
        assert getattr(put(rows), table).columns == list(schema.columns(table))


def test_valuation_goes_by_the_flow():
    assert put([{**row, "flow": "import"} for row in GOOD]).flows["valuation"].unique().to_list() == ["cif"]


def test_without_a_date_of_print_the_day_of_adding_stands_in_and_is_marked():
    row = put(GOOD, published=None).flows.row(0, named=True)
    assert (row["published"], row["caveats"]) == (ADDED, "published_is_added")


def test_a_weight_is_also_in_kilograms_and_a_piece_is_not():
    rows = [
        line(0, 1, None, 30),
        line(0, 2, "Cà phê", 10, unit_label="Tấn", quantity=4.0),
        line(0, 3, "Ô tô", 20, unit_label="Chiếc", quantity=2.0),
    ]
    found = put(rows).flows.select("product", "quantity", "quantity_unit", "net_weight_kg").rows()
    assert found == [("TOTAL", None, None, None), ("coffee", 4.0, "t", 4000.0), ("motor_vehicles", 2.0, "piece", None)]


def test_dollars_are_no_quantity():
    rows = [line(0, 1, None, 10), line(0, 2, "Cà phê", 10, unit_label="USD")]
    assert put(rows).flows["quantity_unit"].to_list() == [None, None]


# -- labels


def test_an_unknown_group_sets_its_block_aside_and_names_the_nearest():
    found = put([*block(0, 3, {"Cà phê": 1, "Hàng hoá khác": 2}), *block(1, 5, {"Cà phê": 5}, partner_label="HUNGARI")])
    assert found.flows["partner"].unique().to_list() == ["HUN"]  # the other block stands
    (reason,) = reasons(found)
    assert "unknown group on the export list “Hàng hoá khác”" in reason
    assert "nearest known: Hàng hóa khác" in reason
    assert found.not_understood.height == 3  # the block whole: its total and both groups


def test_an_unknown_partner_sets_its_block_aside_and_names_the_nearest():
    found = put([*block(0, 1, {"Cà phê": 1}, partner_label="HUNGARY"), *block(1, 5, {"Cà phê": 5})])
    assert found.flows["partner"].unique().to_list() == ["RUS"]
    (reason,) = reasons(found)
    assert reason.startswith("unknown partner “HUNGARY” (nearest known: HUNGARI, BUNGARI")


def test_a_label_that_resembles_nothing_says_so():
    (reason,) = reasons(put(block(0, 1, {"Cà phê": 1}, partner_label="@@@@")))
    assert reason == "unknown partner “@@@@” (nothing like it is known)"


def test_a_label_inside_another_is_never_taken_for_it():
    # «NGA» stands in «BUNGARI» and «HUNGARI»; neither is Russia, and Russia is neither.
    rows = [
        *block(0, 1, {"Cà phê": 1}, partner_label="BUNGARI"),
        *block(1, 2, {"Cà phê": 2}, partner_label="HUNGARI"),
        *block(2, 4, {"Cà phê": 4}),
    ]
    totals = put(rows).flows.filter(pl.col("product") == "TOTAL")
    assert totals.select("partner", "value_usd").rows() == [("BGR", 1.0), ("HUN", 2.0), ("RUS", 4.0)]


def test_a_label_is_compared_letter_by_letter():
    assert reasons(put(block(0, 1, {"cà phê": 1}))) == {
        "unknown group on the export list “cà phê” (nearest known: Cà phê)"
    }


def test_an_unknown_unit_sets_its_block_aside():
    rows = [line(0, 1, None, 10), line(0, 2, "Cà phê", 10, unit_label="Tan", quantity=1.0)]
    found = put(rows)
    assert found.flows.is_empty()
    assert reasons(found) == {"unknown unit “Tan” (nearest known: Tấn)"}


@pytest.mark.parametrize(
    ("flow", "month", "known"),
    [
        ("export", date(2026, 3, 31), True),
        ("export", date(2026, 2, 28), False),  # that label came with March 2026
        ("import", date(2023, 1, 31), True),
    ],
)
def test_a_label_holds_on_its_list_and_in_its_time(flow, month, known):
    dates = {"flow": flow, "period_start": month.replace(day=1), "period_end": month}
    found = put(block(0, 1, {"Kim loại thường khác": 1}, **dates))
    assert ("base_metals" in found.flows["product"].to_list()) is known
    assert (found.not_understood.height == 0) is known


# -- sums


@pytest.mark.parametrize(
    ("total", "parts", "stands"),
    [
        (300, (100, 200), True),
        (301, (100, 200), True),  # two rows and a total, each rounded: 1.5 dollars
        (301.5, (100, 200), True),
        (302, (100, 200), False),
        (298, (100, 200), False),
        (0, (0, 0), True),
        (100, (None, 100), True),  # a blank cell adds nothing
    ],
)
def test_a_block_adds_up_within_half_a_dollar_a_row(total, parts, stands):
    found = put(block(0, total, {"Cà phê": parts[0], "Hàng hóa khác": parts[1]}))
    assert (found.not_understood.height == 0) is stands
    if not stands:
        (reason,) = reasons(found)
        assert "the 2 rows of the block add up to 300.0, its printed total is" in reason
        assert "month column" in reason
        assert found.flows.is_empty()


def test_both_columns_must_add_up():
    rows = [
        *GOOD,
        *({**row, "cumulative": True, "value": row["value"] * (9 if row["row"] == 1 else 1)} for row in GOOD),
    ]
    (reason,) = reasons(put(rows))
    assert "cumulative column" in reason


def test_a_block_of_a_total_alone_has_nothing_to_add_up():
    assert put([line(0, 1, None, 10)]).flows["value_usd"].to_list() == [10.0]


def test_a_block_with_two_totals_is_no_block():
    assert reasons(put([*GOOD, line(0, 9, None, 300)])) == {"the block has 2 total rows instead of one"}


def test_groups_without_a_total_are_no_block():
    assert reasons(put(GOOD[1:])) == {"the block has 0 total rows instead of one"}


def test_a_table_that_is_not_said_to_add_up_is_not_checked():
    found = put(block(0, 999, {"Cà phê": 1}), table="V03")
    assert found.flows.height == 2
    assert found.not_understood.is_empty()


def test_one_reason_a_block():
    found = put(block(0, 999, {"Cà phê": 1, "Không rõ": 2}))
    assert len(reasons(found)) == 1
    assert "unknown group" in reasons(found).pop()


# -- blanks and zeros


def test_a_blank_is_not_a_zero():
    found = put(block(0, 200, {"Cà phê": None, "Hàng hóa khác": 200}))
    assert "coffee" not in found.flows["product"].to_list()
    assert found.coverage.filter(pl.col("product") == "coffee")["status"].to_list() == ["blank"]


def test_a_printed_zero_is_a_value():
    found = put(block(0, 200, {"Cà phê": 0, "Hàng hóa khác": 200}))
    assert found.flows.filter(pl.col("product") == "coffee")["value_usd"].to_list() == [0.0]
    assert found.coverage.filter(pl.col("product") == "coffee")["status"].to_list() == ["zero"]


def test_coverage_tells_of_each_partner_and_of_each_group_without_a_value():
    found = put(block(0, 200, {"Cà phê": None, "Hàng hóa khác": 200})).coverage
    assert found.select("product", "status").rows() == [("all", "reported"), ("coffee", "blank")]


def test_a_blank_total_is_blank():
    assert put([line(0, 1, None, None)]).coverage.select("product", "status").rows() == [("all", "blank")]


def test_a_quantity_without_a_value_is_kept_apart():
    rows = [line(0, 1, None, 0), line(0, 2, "Cà phê", None, unit_label="Tấn", quantity=3.0)]
    found = put(rows)
    assert found.quantities.select("product", "quantity", "net_weight_kg").rows() == [("coffee", 3.0, 3000.0)]
    assert "coffee" not in found.flows["product"].to_list()
    assert found.flows["value_usd"].null_count() == 0


def test_a_month_above_its_cumulative_value_is_no_fault():
    # Earlier months were revised down: it happens in the publisher's tables.
    rows = [*block(0, 36, {"Hàng hóa khác": 36}), *block(0, 6, {"Hàng hóa khác": 6}, cumulative=True)]
    assert put(rows).not_understood.is_empty()


# -- what is not understood


def test_a_block_set_aside_is_covered_as_not_understood():
    found = put(block(0, 999, {"Cà phê": 1}))
    assert found.coverage.select("partner", "product", "status").rows() == [("RUS", "all", "not_understood")]


def test_a_partner_nobody_knows_is_not_covered_at_all():
    assert put(block(0, 1, {"Cà phê": 1}, partner_label="@@@@")).coverage.is_empty()


def test_rows_set_aside_keep_file_page_row_words_and_reason():
    row = put(block(3, 999, {"Cà phê": 1})).not_understood.row(1, named=True)
    assert (row["source"], row["file"], row["page"], row["row"]) == ("toy", "t1.pdf", "1", 31)
    assert (row["snapshot"], row["added"]) == (SNAPSHOT, ADDED)
    assert row["text"] == "NGA · Cà phê · period · 1.0"


def test_a_printed_line_is_one_row_however_many_columns_it_has():
    rows = [*block(0, 999, {"Cà phê": 1}), *block(0, 999, {"Cà phê": 1}, cumulative=True)]
    found = put(rows).not_understood
    assert found.height == 2
    assert found["text"].to_list()[1] == "NGA · Cà phê · period · 1.0 | NGA · Cà phê · cumulative · 1.0"


def test_what_the_reader_refused_is_kept_with_it():
    found = put(GOOD, refusals=(refusal(4, 7), refusal(None, None))).not_understood
    assert found.select("page", "row", "text", "reason").rows() == [
        ("4", 7, "???", "this line is no row of the table"), (None, None, "???", "this line is no row of the table"),
    ]  # fmt: skip


def test_nothing_printed_is_lost():
    good, bad = block(0, 3, {"Cà phê": 1, "Hàng hóa khác": 2}), block(1, 9, {"Cà phê": 1}, partner_label="HUNGARI")
    found = put([*good, *bad])
    assert found.flows.height + found.not_understood.height == len(good) + len(bad)


def test_another_currency_needs_a_rate():
    with pytest.raises(MissingRate, match="no rate to US dollars is held for RUB of 2025-01; add a file of rates"):
        put(GOOD, currency="RUB")


def test_another_currency_is_converted_at_the_rate_of_its_period():
    rate = {"currency": "RUB", "period": "2025-01", "exchange_rate": 0.01, "rate_basis": "average", "file": "rates.csv",
            "snapshot": "r", "added": ADDED}  # fmt: skip
    rates = pl.DataFrame([rate], schema=NO_RATES.schema)
    made = reading(GOOD, currency="RUB")
    found = harmonise(made, lookups=LOOKUPS, snapshot=SNAPSHOT, file="a.pdf", added=ADDED, rates=rates).flows
    assert found["value_usd"].to_list() == [value * 0.01 for value in found["value"]]
    assert set(found["currency"]) == {"RUB"}
    assert set(found["rate_source"]) == {"2025-01 0.01 USD a RUB (average; rates.csv)"}
    assert all("converted_currency" in said for said in found["caveats"])


def test_a_reading_without_groups_is_of_totals():
    found = put([line(0, 1, None, 5)], table="V03").flows
    assert found["classification"].to_list() == ["TOTAL"]


def test_an_empty_reading_gives_empty_tables():
    found = put([])
    assert found.flows.is_empty()
    assert found.coverage.is_empty()
    assert found.not_understood.is_empty()


def test_a_lookup_knows_nothing_it_was_not_told():
    assert LOOKUPS.product("Cà phê", "export", date(2025, 1, 31)) == "coffee"
    assert LOOKUPS.product("Cà", "export", date(2025, 1, 31)) is None
