"""Which series speaks for a pair, and what is said of figures that nobody counted."""

from dataclasses import replace

import pytest

from corridor.codes.periods import Period
from corridor.study.comparisons import NotHeld
from corridor.study.series import choose
from corridor.study.study import study
from corridor.study.tables import Publisher, Tables
from world import Row, figure, only, question
from world import tables as made

WOOD = {"source": "un_comtrade", "release": "official", "reporter": "DEU", "classification": "HS", "table": "goods A*"}
IMF = {"source": "imf_imts", "release": "official", "reporter": "RUS", "classification": "TOTAL", "table": "IMTS*"}
PAIR = {"exporter": "RUS", "partner": "DEU"}


def tables(rows: list[Row]) -> Tables:
    """Stored tables in which the two international sources have one rank."""
    ranked = made(rows)
    return replace(ranked, publishers={**ranked.publishers, "un_comtrade": Publisher("un_comtrade", "", 2)})


def wood() -> list[Row]:
    """Germany's imports of two goods from two partners, without any total."""
    return [
        figure(partner, product, value, year, flow="import", **WOOD)
        for partner in ("RUS", "FIN")
        for year in ("2020", "2021")
        for product, value in (("4407", 60.0), ("4412", 40.0))
    ]


def all_goods(maturity: str = "official", caveats: str = "") -> list[Row]:
    """Russia's trade with Germany as a whole; what is said of it is said of 2021 alone."""
    return [
        figure("DEU", "TOTAL", value, year, flow=flow, **IMF,
               **({"maturity": maturity, "caveats": caveats} if year == "2021" else {}))
        for flow, value in (("export", 900.0), ("import", 500.0))
        for year in ("2020", "2021")
    ]  # fmt: skip


def test_trade_as_a_whole_stands_before_goods_that_somebody_chose() -> None:
    """Sawn wood is 60 of the 100 held, and not three fifths of what Germany buys from Russia."""
    assert choose(tables([*wood(), *all_goods()]), question(**PAIR)).source == "imf_imts"
    assert choose(tables(wood()), question(**PAIR)).source == "un_comtrade"
    total = [figure("RUS", "TOTAL", 100.0, year, flow="import", **WOOD) for year in ("2020", "2021")]
    assert choose(tables([*wood(), *total, *all_goods()]), question(**PAIR)).source == "un_comtrade"


def test_partners_held_as_a_selection_are_not_said_to_be_missing() -> None:
    found = study(tables(wood()), question(**PAIR)).stage("product_groups")
    keys = {each.key for each in found.missing}
    assert "product_groups.some_suppliers" in keys
    assert "product_groups.no_suppliers" not in keys
    alone = [row for row in wood() if row["partner"] == "RUS"]
    assert "product_groups.no_suppliers" in {
        each.key for each in study(tables(alone), question(**PAIR)).stage("product_groups").missing
    }


@pytest.mark.parametrize(
    ("caveats", "told"), [("", ("estimated",)), ("mirror_estimate", ("mirror_estimate",)), ("rounded", ("estimated",))]
)
def test_what_was_estimated_is_said_beside_every_sentence_on_it(caveats: str, told: tuple[str, ...]) -> None:
    """The growth of 2021 leads from a count to an estimate."""
    rows = all_goods("estimated", caveats)
    found = study(tables(rows), question(**PAIR, periods=(Period.year(2021),))).stage("product_groups")
    totals = [each for each in found.findings if each.key in {"product_groups.flows", "product_groups.surplus"}]
    assert len(totals) == 2
    assert all(set(told) <= set(each.caveats) for each in totals)
    row = only(found.tables["bilateral"], view="RUS", period="2021")
    assert (row["caveats"], row["base_caveats"]) == (" ".join(told), "")
    counted = study(tables(all_goods()), question(**PAIR)).stage("product_groups")
    assert not any("estimated" in each.caveats for each in counted.findings)


def test_of_a_value_made_of_both_sides_the_exporter_is_named() -> None:
    baci = {"source": "baci", "release": "official", "classification": "HS", "table": "HS", "caveats": "reconciled"}
    rows = [
        figure(partner, "080810", 5.0, "2020", flow=flow, reporter=reporter, **baci)
        for reporter, partner, flow in (("ZAF", "RUS", "export"), ("RUS", "ZAF", "import"))
    ]
    assert choose(tables(rows), question(exporter="ZAF", partner="RUS")).reporter == "ZAF"
    assert choose(tables(rows), question(exporter="RUS", partner="ZAF")).reporter == "RUS"


def test_a_period_held_one_way_by_another_source_is_pointed_at() -> None:
    national = [figure("FRA", "TOTAL", 9.0, "2024", flow=flow) for flow in ("export", "import")]
    theirs = [
        figure("VNM", product, 5.0, "2021", flow="import", **{**WOOD, "reporter": "FRA"}) for product in ("44", "48")
    ]
    asked = question(exporter="VNM", partner="FRA", periods=(Period.year(2021),))
    with pytest.raises(NotHeld, match="no figures for 2021; 2021 is held with --release official"):
        study(tables([*national, *theirs]), asked)


def test_rows_told_in_another_revision_are_no_rows_of_the_publisher() -> None:
    """Two rows of 2021 stand in the publisher's table, and again in the revision of the years before."""
    again = [{**row, "classification": "H4", "caveats": "converted_equal_split"} for row in wood()]
    used = study(tables([*wood(), *again]), question(**PAIR)).stage("collection").tables["sources_used"]
    assert used.select("classification", "rows").rows() == [("HS", 4)]
