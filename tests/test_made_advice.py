"""Potential, rankings and their record over stored flows: which series answers, what is missing, what is said first."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from corridor.codes import products
from corridor.errors import NothingFound, UnreadableFile, UsageError
from corridor.made_advice import potential, ranking, read_factors, record, told
from corridor.panels import Choice, panels
from corridor.potential.factors import MissingFactor
from corridor.report.lines import joined
from corridor.report.rows import as_answer


def flow(reporter: str, partner: str, product: str, year: int, value: float, **other: Any) -> dict[str, object]:
    """One figure of a year as the store keeps it."""
    return {
        "source": "un_comtrade", "release": "first", "table": "A", "reporter": reporter, "partner": partner,
        "flow": "import", "classification": "HS", "product": product, "freq": "A", "cumulative": False,
        "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "value_usd": value,
        "maturity": "official", "published": date(year + 1, 6, 1), "net_weight_kg": value, "quantity": value,
        "quantity_unit": "kg", "caveats": "", "trace_id": "file/1/1",
    } | other  # fmt: skip


class Held:
    """A workspace that holds these figures and answers as of a day as the store does."""

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self.rows = pl.DataFrame(rows)

    def unread_flows(self, as_of: date | None = None) -> pl.LazyFrame:
        known = self.rows if as_of is None else self.rows.filter(pl.col("published") <= as_of)
        latest = known.sort("published").unique(
            ["source", "release", "reporter", "partner", "product", "period_end", "cumulative"],
            keep="last",
            maintain_order=True,
        )
        return latest.lazy()

    def regional_flows(self, _exporter: str) -> pl.LazyFrame:
        return self.rows.clear().lazy()

    def tariffs(self, as_of: date | None = None) -> pl.DataFrame:
        return pl.DataFrame(schema={"reporter": pl.String})


def held(rows: list[dict[str, object]]) -> Any:
    return cast(Any, Held(rows))


def world(year: int = 2025, **other: Any) -> list[dict[str, object]]:
    """The world of the potential's tests, with A for RUS and B for VNM, which buys z of C too."""
    cells = {"BAx": 10, "CAx": 20, "CBx": 30, "ABy": 40, "ACy": 50, "BAy": 5, "BCz": 8}
    names = {"A": "RUS", "B": "VNM", "C": "CHN", "x": "0901", "y": "1001", "z": "2701"}
    return [flow(*(names[letter] for letter in cell), year, value, **other) for cell, value in cells.items()]


def asked(rows: list[dict[str, object]], **options: Any) -> Any:
    given: dict[str, Any] = {"year": None, "formula": "trade_only/1", "neutral": (), "factors": {}, "this_year": 2026}
    return potential(held(rows), "RUS", "VNM", Choice(), **{**given, **options})


def test_the_potential_of_a_pair_is_the_worked_cell() -> None:
    answer = asked(world())
    assert answer.table.select("product", "potential_usd").rows() == [
        ("0901", pytest.approx(14.25)), ("1001", pytest.approx(0.75))
    ]  # fmt: skip
    assert answer.title == (
        "Export potential of Russia in Viet Nam, 2025, USD a year; un_comtrade, first, HS, reported as imports; formula"
        " trade_only/1"
    )


def test_a_missing_factor_is_named_and_nothing_is_computed() -> None:
    with pytest.raises(MissingFactor, match="full/1 needs outlook, income_elasticity, tariffs, substitution, distance"):
        asked(world(), formula="full/1")
    found = asked(world(), formula="full/1", neutral=("all",))
    assert found.notes == (
        "the world here is the imports of 2025 that 3 economies report, 3 products",
        "not known and counted as 1: distance, income elasticity, outlook, substitution and tariffs",
    )
    assert "outlook" in found.table["neutral"][0]


def test_a_pair_without_a_world_says_which_side_is_missing() -> None:
    """Viet Nam's own imports are demand, and no supply: what Russia sells elsewhere is not in them."""
    with pytest.raises(MissingFactor) as caught:
        asked([flow("VNM", partner, "0901", 2025, 5.0) for partner in ("RUS", "CHN")])
    assert "supply: what RUS exports by product" in caught.value.line()
    assert "demand" not in caught.value.line()
    assert "BACI" in caught.value.line()
    with pytest.raises(MissingFactor, match="beside the trade outlook, income_elasticity, tariffs, substitution, dist"):
        asked([flow("CHN", "KAZ", "0901", 2025, 5.0)], formula="full/1")
    with pytest.raises(MissingFactor, match=r"supply.* and demand"):
        asked([flow("CHN", "KAZ", "0901", 2025, 5.0)])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (world(2021), "the figures are of 2021, 5 years back"),
        (world(2025, maturity="estimated"), "estimated, not reported: Russia; estimated, not reported: Viet Nam"),
    ],
)
def test_old_or_estimated_figures_are_told_in_the_first_line_and_nothing_is_recommended(
    rows: list[dict[str, object]], said: str
) -> None:
    assert asked(rows).title.endswith(said)
    found = ranking(held(rows), "RUS", "VNM", Choice(), top=5, method="topsis", year=None, today=date(2026, 6, 1))
    assert found.title.endswith(said)
    assert "recommend" not in (found.title + " ".join(found.notes)).lower()


def test_fresh_and_reported_figures_recommend() -> None:
    rows = [row for year in (2023, 2024, 2025) for row in world(year)]
    found = ranking(held(rows), "RUS", "VNM", Choice(), top=1, method="weighted_sum", year=None, today=date(2026, 6, 1))
    assert found.title.startswith("Recommended: what Russia could sell to Viet Nam, by weighted sum")
    assert found.table.height == 1
    assert found.table["kind"][0] in {"potential", "traded", "lost_trade", "at_risk", "diversification"}
    assert found.notes[1:2] == ("not measured here, left out: access (duty) and preference margin",)


def test_a_ranking_is_told_in_the_language_asked_for() -> None:
    rows = [row for year in (2023, 2024, 2025) for row in world(year)]
    day = date(2026, 6, 1)
    made = {
        lang: ranking(
            held(rows), "RUS", "VNM", Choice(), top=5, method="weighted_sum", year=None, today=day, lang=lang
        )
        for lang in ("en", "ru", "vi")
    }  # fmt: skip
    assert "Россия может поставлять во Вьетнам; метод — взвешенная сумма" in made["ru"].title
    assert "Nga có thể xuất khẩu sang Việt Nam; phương pháp tổng có trọng số" in made["vi"].title
    assert made["ru"].notes[:2] == (
        "под миром здесь понимается импорт за 2025 год, о котором отчитались: 3 экономики; 3 товара",
        "здесь не измерено и не учтено: доступ на рынок (пошлина) и преференциальная маржа",
    )
    assert made["vi"].table.equals(made["en"].table)
    old = asked(world(2021), lang="ru")
    assert old.title.startswith("Экспортный потенциал России во Вьетнаме, 2021 год, долл. США в год; ")
    assert old.title.endswith("данные — за 2021 год, их давность — 5 лет")


def test_other_goods_are_nobodys_advice() -> None:
    rows = [
        *world(),
        flow("VNM", "RUS", products.RESIDUAL, 2025, 1e9),
        flow("VNM", "CHN", products.RESIDUAL, 2025, 1e9),
    ]
    found = ranking(held(rows), "RUS", "VNM", Choice(), top=9, method="weighted_sum", year=None, today=date(2026, 6, 1))
    assert products.RESIDUAL not in found.table["product"].to_list()


def test_who_sells_nothing_there_is_said() -> None:
    with pytest.raises(NothingFound, match="no whole year of VNM's imports by product from KAZ"):
        ranking(held(world()), "KAZ", "VNM", Choice(), top=5, method="topsis", year=None, today=date(2026, 6, 1))


def test_headings_and_subheadings_are_not_added_up() -> None:
    rows = [*world(), flow("VNM", "RUS", "090111", 2025, 7.0), flow("VNM", "RUS", "09", 2025, 10.0)]
    (panel,) = panels(held(rows).unread_flows(), Choice())
    assert panel.rows["product"].str.len_chars().unique().to_list() == [4]


def test_a_year_is_the_running_total_of_december_and_totals_are_no_products() -> None:
    start = {"freq": "M", "cumulative": True, "classification": "VNC"}
    rows = [
        flow("VNM", "RUS", "coal", 2025, 12.0, **start),
        flow("VNM", "RUS", "coal", 2025, 2.0, **start | {"cumulative": False, "period_start": date(2025, 12, 1)}),
        flow("VNM", "RUS", "TOTAL", 2025, 12.0, **start),
        flow("VNM", "_LISTED", "coal", 2025, 99.0, **start),
    ]
    (panel,) = panels(held(rows).unread_flows(), Choice())
    assert panel.rows.rows() == [("RUS", "VNM", "coal", 2025, 12.0)]


def test_a_year_of_a_panel_is_that_year_of_all_its_rows() -> None:
    start = {"freq": "M", "cumulative": True}
    twice = [row | start | {"table": "B", "value_usd": 0.5} for row in world(2025)]
    for rows, once in (([*world(2024), *world(2025)], True), ([*world(2024), *world(2025), *twice], False)):
        (panel,) = panels(pl.LazyFrame(rows), Choice())
        assert panel.once is once
        assert panel.years == [2024, 2025]
        alone = {year: panel.in_year(year) for year in (2024, 2025)}
        assert pl.concat(alone.values()).sort(panel.rows.columns).equals(panel.rows)
        assert alone[2025].height == len(world())
        assert panel.figures(pl.col("year") == 2025).height == len(world())
        assert panel.sellers("VNM") == sorted({str(row["partner"]) for row in world() if row["reporter"] == "VNM"})


def many(revised: float = 1.0) -> list[dict[str, object]]:
    """Twenty sellers, twelve products, three years; the base year's figures revised after the later year's print."""
    rows = []
    for at in range(20):
        for product in range(12):
            for year in (2023, 2024, 2025):
                value = float(1 + (at * 7 + product * 5 + year * (at + 3)) % 23)
                sold = [
                    flow("VNM", f"S{at:02d}", f"{product + 1:04d}", year, value),
                    flow("CHN", f"S{at:02d}", f"{product + 1:04d}", year, 3.0),
                ]
                rows += sold
                if year == 2024 and revised != 1.0:
                    late = {"published": date(2026, 1, 1)}
                    rows += [
                        {**row, "value_usd": cast(float, row["value_usd"]) * revised * (at + 1), **late} for row in sold
                    ]
    return rows


def test_a_later_release_tells_the_forecast_nothing() -> None:
    """The base year revised beyond recognition after the advice was given: the record is the same."""
    options = {"bootstrap": 5}
    one, stands = record(
        held(many()), Choice(), task="growth", base=2024, judged=(), with_forest=False, options=options
    )
    other, _ = record(
        held(many(5.0)), Choice(), task="growth", base=2024, judged=(), with_forest=False, options=options
    )
    assert one.candidates == 480
    assert one.measures["value"].to_list() == pytest.approx(other.measures["value"].to_list(), nan_ok=True)
    assert "advised on the years to 2024, judged by 2025" in told(one, stands).title
    assert told(one, stands).title.startswith(
        "The record, growth beyond that of all trade: candidates 480, economies 20"
    )


def test_too_few_to_judge_is_the_first_thing_said() -> None:
    rows = [row for year in (2024, 2025) for row in world(year)]
    found, stands = record(held(rows), Choice(), task="growth", base=None, judged=(), with_forest=False, options={})
    assert told(found, stands).title.startswith(
        "Too few to judge, growth beyond that of all trade: candidates 8, economies 3,"
    )
    assert told(found, stands, "ru").title.startswith("Слишком мало случаев, чтобы судить, рост быстрее всей торговли")
    assert told(found, stands).table.is_empty()
    with pytest.raises(NothingFound, match="has the years 2024, 2025"):
        record(held(rows), Choice(), task="growth", base=2025, judged=(), with_forest=False, options={})


def test_factors_are_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "km.csv"
    path.write_text("exporter,importer,distance_km\nRUS,VNM,6700\nCHN,VNM,\n", encoding="utf-8")
    table = read_factors({"distance": path}).distance
    assert table.rows() == [("RUS", "VNM", 6700.0), ("CHN", "VNM", None)]
    path.write_text("exporter,importer,distance_km\nRUS,VNM,far\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"km\.csv: it is no table of distance"):
        read_factors({"distance": path})
    with pytest.raises(UsageError, match="no factor weather"):
        read_factors({"weather": path})


def test_the_answer_as_data() -> None:
    answer = asked(world(2021))
    found = json.loads(as_answer(answer.table, answer.apart, "potential", answer.title, answer.notes))
    assert found["schema"] == "corridor.potential/1"
    assert "5 years back" in found["title"]
    assert found["rows"][0]["potential_usd"] == pytest.approx(14.25)
    assert found["apart"] == []


def test_the_cube_of_wood_answers_for_russia_and_for_viet_nam(test_data: Path) -> None:
    """27 economies' imports by heading; of codes of other lengths than four nothing is added up."""
    path = test_data / "comtrade-reference" / "eu27_wood_imports_hs4.csv.gz"
    if not path.is_file():
        pytest.skip(f"the cube of wood is not here: {path}")
    raw = pl.read_csv(gzip.decompress(path.read_bytes()), infer_schema=False)
    rows = [
        flow(importer, exporter, code, int(year), float(value))
        for importer, exporter, code, year, value in raw.select(
            "reporter_iso", "partner_iso", "cmd_code", "ref_year", "primary_value"
        ).iter_rows()
    ]
    for exporter in ("RUS", "VNM"):
        answer = potential(
            held(rows), exporter, "DEU", Choice(), year=2022, formula="trade_only/1", neutral=(), factors={},
            this_year=2026,
        )  # fmt: skip
        assert "the figures are of 2022, 4 years back" in answer.title
        found = answer.table
        assert found["potential_usd"].sum() == pytest.approx(found["realised_usd"].sum())
        assert found.height > 15


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["potential", "RUS", "VNM"], 1, "supply: what RUS exports by product to 2 markets or more"),
        (["potential", "RUS", "VNM", "--formula", "ITC"], 2, "no formula of export potential “ITC”"),
        (["potential", "RUS", "VNM", "--factor", "distance"], 2, "“distance” names no file"),
        (["backtest", "--judge", "soon"], 2, "“soon” is no list of years"),
        (["backtest", "--below", "2", "--above", "1"], 2, "nothing rises from below 2"),
    ],
)
def test_the_terminal_says_in_one_line_what_is_missing(
    arguments: list[str], code: int, said: str, tmp_path: Path
) -> None:
    """On the bundled figures alone, which are one importer's."""
    from typer.testing import CliRunner

    from corridor import cli
    from corridor.errors import CorridorError

    answer = CliRunner().invoke(cli.app, [*arguments, "--data", str(tmp_path / "none")])
    assert isinstance(answer.exception, CorridorError)
    assert answer.exception.exit_code == code
    assert said in answer.exception.line()
    assert "\n" not in answer.exception.line()


def test_the_level_that_most_economies_report_makes_the_world() -> None:
    """One economy in more detail does not hide the others; the lengths left out are named."""
    finer = [flow("RUS", "CHN", f"09011{digit}", 2025, 1.0) for digit in range(9)]
    chapter = [flow("RUS", "CHN", "09", 2025, 9.0), flow("VNM", "RUS", "09", 2025, 9.0)]
    (panel,) = panels(pl.LazyFrame([*world(), *finer, *chapter]), Choice())
    assert set(panel.rows["product"]) == {"0901", "1001", "2701"}
    assert panel.left_out == (2, 6)
    assert joined(panel.world(2025), "en") == (
        "the world here is the imports of 2025 that 3 economies report, 3 products; codes of 2 and 6 digits hold the"
        " same trade and are left out"
    )


def test_factors_that_count_as_one_are_named() -> None:
    answer = asked(world(), formula="full/1", neutral=("all",))
    assert "distance" in answer.notes[1]
    assert answer.notes[1].startswith("not known and counted as 1: ")


def test_the_cube_of_wood_answers_through_the_store(test_data: Path, tmp_path: Path) -> None:
    """The publisher's files as they come, with the totals beside them; expected: 27 importers x 39 headings."""
    from corridor.workspace import Workspace

    folder = test_data / "comtrade-reference"
    files = [folder / f"eu27_wood_imports_{part}.csv.gz" for part in ("hs4", "world")]
    if missing := [str(path) for path in files if not path.is_file()]:
        pytest.skip(f"the cube of wood is not here: {', '.join(missing)}")
    ws = Workspace(tmp_path / "store")
    assert len(ws.add(files).of("added")) == len(files)
    with pytest.raises(MissingFactor, match="outlook, income_elasticity, tariffs"):
        ws.potential("RUS", "DEU")
    answer = ws.potential("RUS", "DEU", neutral=("all",))
    assert answer.notes[0].startswith("the world here is the imports of 2022 that 27 economies report")
    assert answer.table.filter(pl.col("product") == "4412")["realised_usd"].item() == pytest.approx(92_838_760.642)
    ranked = ws.recommend("RUS", "DEU")
    assert "4 years back" in ranked.title
    assert "ecommended" not in ranked.title
    assert ranked.table["product"].str.len_chars().unique().to_list() == [4]
