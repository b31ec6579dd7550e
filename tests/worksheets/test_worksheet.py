"""Indicators on what is held: laid out, computed, explained; and refused where the figures are not there."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

import world
from corridor import indicators
from corridor.codes.periods import parse_many
from corridor.errors import NothingFound, UnknownName, UsageError
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking
from corridor.worksheets.explanations import FORMULAS
from corridor.worksheets.needs import NEEDS
from corridor.worksheets.worksheet import Worksheet, catalogue, worksheet

#: exporter: product: exports to each of the two others, in alphabetical order; wheat is 120 of 200.
WORLD: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "KAZ": {"100199": (50, 40), "720410": (4, 6)},
    "RUS": {"100199": (10, 10), "720410": (30, 20)},
    "VNM": {"100199": (10, 0), "720410": (10, 10)},
}


def ask(tables: Tables, name: str, period: str | None = None, **but: object) -> Worksheet:
    given = {"periods": parse_many(period) if period else (), "exporter": "VNM", "importer": "RUS", **but}
    return worksheet(tables, Asking(name, **given))


def flows_of_the_world() -> list[world.Row]:
    """Exports and imports of three economies by product and in total, as an international source prints them."""
    rows = []
    for exporter, sold in WORLD.items():
        partners = [economy for economy in WORLD if economy != exporter]
        for at, importer in enumerate(partners):
            goods = {product: values[at] for product, values in sold.items()}
            for product, value in {**goods, "TOTAL": sum(goods.values())}.items():
                edition = {"source": "un_comtrade", "release": "official", "classification": "HS"}
                one = {**edition, "reporter": exporter, "flow": "export"}
                rows.append(world.figure(importer, product, value, "2024", **one))
                rows.append(
                    world.figure(exporter, product, value, "2024", **{**one, "reporter": importer, "flow": "import"})
                )
    return rows


@pytest.fixture(scope="module")
def toy() -> Tables:
    """Viet Nam's trade of two years."""
    return world.tables(world.years())


@pytest.fixture(scope="module")
def earth() -> Tables:
    """Three economies' trade with each other."""
    return world.tables(flows_of_the_world())


def test_every_indicator_has_a_layout_and_a_formula() -> None:
    assert set(NEEDS) == set(indicators.INDICATORS)
    assert set(FORMULAS) == set(indicators.INDICATORS)
    assert catalogue()["indicator"].to_list() == list(indicators.INDICATORS)


def test_concentration_of_one_direction(toy: Tables) -> None:
    # 90, 30 and 20 of 140
    found = ask(toy, "hhi", "2024")
    assert found.rows["hhi"].item() == pytest.approx((90**2 + 30**2 + 20**2) / 140**2)
    formula, line = found.explained(found.rows)
    assert formula.startswith("H = Σ_k s_k²")
    assert line == (
        "2024: 0.6428571² + 0.2142857² + 0.1428571² = 0.4795918; normalised (0.4795918 - 1/3) / (1 - 1/3) = 0.2193878"
    )


def test_options_of_the_indicator(toy: Tables) -> None:
    found = ask(toy, "hhi", "2024", options={"without": "other_goods", "n": "4"})
    # 90 and 30 of 120 are 3/4 and 1/4
    assert found.rows.select("n", "hhi").row(0) == (4, 10 / 16)
    assert "0.75² + 0.25² = 0.625" in found.explained(found.rows)[1]
    with pytest.raises(UsageError, match="hhi has no option m"):
        ask(toy, "hhi", options={"m": "4"})
    with pytest.raises(UsageError, match="n cannot be 'four'"):
        ask(toy, "hhi", options={"n": "four"})


def test_over_partners_and_over_the_whole_market(toy: Tables) -> None:
    # Viet Nam buys 340 from Russia, 550 from Australia, 370 from China
    over = ask(toy, "share", "2024", exporter=None, importer="VNM", over="partner")
    assert dict(over.rows.select("partner", "share").iter_rows())["RUS"] == pytest.approx(340 / 1260)
    whole = ask(toy, "share", "2024", exporter=None, importer="VNM")
    assert dict(whole.rows.select("product", "share").iter_rows())["coal"] == pytest.approx(500 / 1260)
    with pytest.raises(UsageError, match="one partner is no distribution over partners"):
        ask(toy, "share", "2024", over="partner")


def test_mirror_figures_of_an_exporter_that_does_not_report(toy: Tables) -> None:
    found = ask(toy, "location_quotient", "2024", exporter="RUS", importer="VNM", product=None)
    row = world.only(found.rows, product="coal")
    # coal is 150 of Russia's 340 and 500 of Viet Nam's 1260
    assert row["location_quotient"] == pytest.approx((150 / 340) / (500 / 1260))
    assert found.laid.notes[0] == (
        "figures: vn_customs, first release, imports reported by VNM with RUS, classification VNC"
    )
    assert "(150 / 340) / (500 / 1,260)" in next(line for line in found.explained(found.rows) if " coal:" in line)


def test_places_of_one_supplier(toy: Tables) -> None:
    found = ask(toy, "market_share", "2024", exporter="RUS", importer="VNM")
    coal = world.only(found.rows, product="coal")
    assert (coal["market_share"], coal["rank"]) == (0.3, 2)
    assert found.rows["exporter"].unique().to_list() == ["RUS"]


def test_two_periods_and_the_total_among_them(toy: Tables) -> None:
    found = ask(toy, "growth", "2024", exporter="RUS", importer="VNM")
    total = world.only(found.rows, product="TOTAL")
    assert (total["base_period"], total["period"], total["growth"]) == ("2023", "2024", pytest.approx(20 / 320))
    ranged = ask(toy, "growth", "2023:2024", exporter="RUS", importer="VNM")
    assert ranged.rows.equals(found.rows)
    split = ask(toy, "constant_market_share", "2024", exporter="RUS", importer="VNM", options={"aggregate": "yes"})
    change, *effects = split.rows.select("change", "market_effect", "structure_effect", "residual_effect").row(0)
    assert change == 20 == pytest.approx(sum(effects))


def test_a_balance_has_a_difference_and_no_growth(toy: Tables) -> None:
    row = ask(toy, "difference", "2024").rows.row(0, named=True)
    # 100 - 320 and 140 - 340
    assert (row["value_0"], row["value_1"], row["difference"], row["sign_changed"]) == (-220, -200, 20, False)
    assert ask(toy, "balance", "2024").rows["balance"].item() == -200


def test_working_days_are_given_or_asked_for(toy: Tables) -> None:
    with pytest.raises(UsageError, match="holds no working days: working_days_0 and working_days_1"):
        ask(toy, "growth_per_working_day", "2024")
    found = ask(toy, "growth_per_working_day", "2024", options={"working_days_0": "10", "working_days_1": "7"})
    total = world.only(found.rows, product="TOTAL")
    assert total["growth_per_working_day"] == pytest.approx((140 / 7) / (100 / 10) - 1)


def test_no_world_is_made_up(toy: Tables, earth: Tables) -> None:
    with pytest.raises(
        NothingFound, match=r"rca needs exports by product of all the world; .* VNM alone for 2024; .*none is"
    ):
        ask(toy, "rca")
    with pytest.raises(NothingFound, match="--among-held takes the economies held for the world"):
        ask(earth, "rca")
    with pytest.raises(NothingFound, match="no table of the store holds any"):
        ask(toy, "prody")


def test_advantage_among_the_economies_held(earth: Tables) -> None:
    found = ask(earth, "rca", exporter="KAZ", importer=None, product="100199", among_held=True)
    # (90 / 100) / (120 / 200)
    assert found.rows.select("period", "exporter", "rca").rows() == [("2024", "KAZ", 1.5)]
    assert "the world is the 3 economies held" in found.laid.notes[0]
    assert found.explained(found.rows)[1] == "2024 KAZ 100199: (90 / 100) / (120 / 200) = 1.5"
    others = ask(earth, "rca", exporter="KAZ", importer=None, among_held=True, options={"world": "others"})
    assert others.largest(1)["rca"].item() == pytest.approx(3)


def test_the_world_is_who_reports_in_the_period_and_not_in_another(earth: Tables) -> None:
    """A source that held half the economies in one year and half in another passed for all of them in both."""
    before = earth.flows.filter(pl.col("reporter") != "RUS").with_columns(
        period_start=pl.lit(date(2023, 1, 1)), period_end=pl.lit(date(2023, 12, 31))
    )
    both = replace(earth, flows=pl.concat([earth.flows, before]))
    asked = {"exporter": "KAZ", "importer": None, "product": "100199", "among_held": True}
    found = ask(both, "rca", "2023", **asked)
    # (90 / 100) / (100 / 130), without Russia
    assert found.rows["rca"].item() == pytest.approx((90 / 100) / (100 / 130))
    assert "the world is the 2 economies held for 2023" in found.laid.notes[0]
    with pytest.raises(NothingFound, match="those of KAZ, VNM alone for 2023"):
        ask(both, "rca", "2023", **{**asked, "among_held": False})
    with pytest.raises(NothingFound, match="no exports by product of the world are held for 2022"):
        ask(both, "rca", "2022", **asked)


COMTRADE = {"source": "un_comtrade", "release": "official", "reporter": "USA", "table": "goods A*"}


def revisions() -> list[world.Row]:
    """What the United States bought of Viet Nam, three years in one revision of the HS and one year in the next."""
    values = {"2019": (60.0, 40.0), "2020": (75.0, 25.0), "2021": (50.0, 50.0), "2022": (90.0, 10.0)}
    rows = []
    for year, parts in values.items():
        revision = "H6" if year == "2022" else "H5"
        goods = zip(("090111", "610910"), parts, strict=True)
        for product, value, of in [*((*each, revision) for each in goods), ("TOTAL", 100.0, "TOTAL")]:
            rows.append(world.figure("VNM", product, value, year, flow="import", **COMTRADE, classification=of))
    return rows


def test_of_several_series_that_one_is_asked_which_holds_the_goods_of_the_period() -> None:
    """The longest series holds the total of every year, and the goods of some."""
    tables = world.tables(revisions())
    asked = {"exporter": "VNM", "importer": "USA"}
    found = ask(tables, "hhi", "2022", **asked)
    assert found.rows["hhi"].item() == pytest.approx(0.82)
    assert "classification H6" in found.laid.notes[0]
    assert "classification H5" in ask(tables, "hhi", "2019:2021", **asked).laid.notes[0]
    with pytest.raises(NothingFound, match="no imports of USA with VNM are held for 2023"):
        ask(tables, "hhi", "2023", **asked)


def test_a_series_of_one_flow_is_not_asked_of_the_other() -> None:
    one = {"source": "un_comtrade", "release": "official", "classification": "H5", "reporter": "IDN"}
    old = [world.figure("WLD", product, 5.0, "2010", flow=flow, **{**one, "classification": "H4"})
           for flow in ("export", "import") for product in ("090111", "TOTAL")]  # fmt: skip
    new = [world.figure("WLD", product, value, "2021", flow="export", **one)
           for product, value in (("090111", 30.0), ("151190", 10.0))]  # fmt: skip
    found = ask(world.tables([*old, *new]), "share", "2021", exporter="IDN", importer=None)
    assert dict(found.rows.select("product", "share").iter_rows()) == {"090111": 0.75, "151190": 0.25}
    assert found.laid.notes == (
        "figures: un_comtrade, official release, exports reported by IDN with the world, classification H5",
        "no total of all goods is held: shares and sums are of the goods held",
    )


def test_goods_without_their_total_are_added_up_and_said_to_be_some() -> None:
    one = {**COMTRADE, "reporter": "DEU", "classification": "HS", "flow": "import"}
    rows = [world.figure("RUS", product, value, year, **one)
            for year, goods in {"2020": (30.0, 10.0), "2021": (50.0, 10.0)}.items()
            for product, value in zip(("4407", "4412"), goods, strict=True)]  # fmt: skip
    found = ask(world.tables(rows), "growth", "2021", exporter="RUS", importer="DEU")
    assert world.only(found.rows, product="TOTAL")["growth"] == pytest.approx(60 / 40 - 1)
    assert "shares and sums are of the goods held" in found.laid.notes[1]
    with pytest.raises(NothingFound, match="held with some partners for 2021, which somebody chose"):
        ask(world.tables(rows), "market_share", "2021", exporter=None, importer="DEU")


def test_what_was_sold_to_no_named_country_is_sold_too(earth: Tables) -> None:
    nowhere = [
        world.figure("X899", product, value, "2024", source="un_comtrade", release="official", classification="HS",
                     reporter="KAZ", flow="export")
        for product, value in (("100199", 100.0), ("TOTAL", 100.0))
    ]  # fmt: skip
    found = ask(
        world.tables([*flows_of_the_world(), *nowhere]), "rca", exporter="KAZ", importer=None, product="100199",
        among_held=True,
    )  # fmt: skip
    assert found.rows["rca"].item() == pytest.approx((190 / 200) / (220 / 300))


def test_a_heading_and_its_subheadings_are_not_one_basket(earth: Tables) -> None:
    fine = earth.flows.filter(pl.col("product") == "100199")
    headings = fine.with_columns(product=pl.lit("1001")).filter(pl.col("reporter") != "KAZ")
    mixed = replace(earth, flows=pl.concat([earth.flows, headings]))
    alone = ask(earth, "rca", exporter="VNM", importer=None, among_held=True)
    assert ask(mixed, "rca", exporter="VNM", importer=None, among_held=True).rows.equals(alone.rows)
    asked = ask(mixed, "rca", exporter="VNM", importer=None, product="1001", among_held=True)
    # All goods of that length: wheat is the only heading.
    assert asked.rows["rca"].to_list() == [1.0]


def test_services_are_no_goods_unless_they_are_asked_for(earth: Tables) -> None:
    services = [
        world.figure("WLD", "S", 5.0, "2024", source="trade_map", release="official", classification="EB10",
                     reporter=economy, flow="export")
        for economy in ("KAZ", "RUS", "VNM", "CHN", "IND")
    ]  # fmt: skip
    both = world.tables([*flows_of_the_world(), *services])
    assert "un_comtrade" in ask(both, "rca", exporter="KAZ", importer=None, among_held=True).laid.notes[0]
    told = ask(both, "rca", exporter="KAZ", importer=None, classification="EB10", among_held=True)
    assert "EB10; the world is the 5 economies held" in told.laid.notes[0]


def test_intensity_needs_no_products(earth: Tables) -> None:
    found = ask(earth, "trade_intensity", exporter="KAZ", importer="VNM", among_held=True)
    # KAZ sells 46 of its 100 to VNM, which buys 46 + 30 of the world's 200
    assert found.rows["trade_intensity"].item() == pytest.approx((46 / 100) / (76 / 200))


@pytest.mark.parametrize("name", indicators.INDICATORS)
def test_each_is_answered_and_explained_or_refused_in_words(name: str, toy: Tables, earth: Tables) -> None:
    days = {"working_days_0": "20", "working_days_1": "21"} if name == "growth_per_working_day" else {}
    answered = []
    for tables in (toy, earth):
        try:
            found = ask(tables, name, options=days, among_held=True)
        except (NothingFound, UsageError):
            continue
        lines = found.explained(found.rows)
        assert len(lines) == found.rows.height + 1
        assert all(line.strip() for line in lines)
        answered.append(found)
    refused = {
        "constant_market_share_by_market", "expy", "prody", "shift_share", "stl_holiday", "mirror_asymmetry",
        "revision", "rolling_year", "seasonal_profile", "implied_revision", "survival",
    }  # fmt: skip
    assert answered or name in refused


def test_months_are_laid_out_over_time() -> None:
    months = {f"{2022 + at // 12}-{at % 12 + 1:02d}": 100.0 + at for at in range(37)}
    tables = world.tables(world.months("RUS", months))
    asked = {"exporter": "RUS", "importer": "VNM"}
    rolling = ask(tables, "rolling_year", **asked)
    assert rolling.rows.filter(period_end=date(2022, 12, 31))["rolling_year"].item() == sum(range(100, 112))
    parts = ask(tables, "stl_holiday", **asked)
    assert parts.rows.filter(period_end=date(2024, 2, 29))["holiday_days"].item() == 7
    assert parts.explained(parts.rows.head(1))[1].endswith("= 100")
    profile = ask(tables, "seasonal_profile", **asked)
    assert profile.rows["seasonal_profile"].sum() == pytest.approx(1)
    with pytest.raises(UsageError, match="name VNM as one of the sides"):
        ask(tables, "stl_holiday", exporter="RUS", importer="CHN")


def test_names_that_are_none() -> None:
    with pytest.raises(UnknownName, match="perhaps balance"):
        worksheet(world.tables(world.years()), Asking("normalised_balance"))
    with pytest.raises(UnknownName, match=r"perhaps .*hhi"):
        worksheet(world.tables(world.years()), Asking("hhl"))
    with pytest.raises(UsageError, match="whose trade"):
        worksheet(world.tables(world.years()), Asking("hhi"))
    with pytest.raises(NothingFound, match=r"RUS itself reports nothing here; .* one of VNM"):
        worksheet(world.tables(world.years()), Asking("hhi", exporter="RUS"))


def test_the_same_numbers_as_the_function_alone(toy: Tables) -> None:
    found = ask(toy, "grubel_lloyd", "2024")
    assert found.result.equals(indicators.grubel_lloyd(found.laid.frame, by="period"))
    assert "by" in inspect.signature(indicators.grubel_lloyd).parameters
    assert isinstance(found.laid.frame, pl.DataFrame)
