"""The real files: Viet Nam's customs tables of 2023 to 2025 and the statistics office's revised months.

Expected values are those printed in the tables, or shares, ranks and unit values computed from them by hand.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corridor import ingest, sample
from corridor.indicators import mirror_asymmetry
from corridor.made_study import MadeStudy
from corridor.store import Store
from corridor.workspace import Workspace

ADDED = date(2026, 11, 20)
OFFICES = ("vietnam-customs", "vietnam-statistics-office")


@pytest.fixture(scope="session")
def added(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, ingest.AddReport]:
    """One store with every file of both offices, made once; nobody may write into it."""
    folder = tmp_path_factory.mktemp("store") / "dữ liệu"
    files = [path for office in OFFICES for path in sorted((test_data / office).iterdir())]
    report = ingest.add(Store(folder), files, today=ADDED)
    return Workspace(folder), report


@pytest.fixture(scope="session")
def workspace(added: tuple[Workspace, ingest.AddReport]) -> Workspace:
    return added[0]


@pytest.fixture(scope="session")
def russia(workspace: Workspace) -> MadeStudy:
    return workspace.study("RUS", "VNM")


def table(made: MadeStudy, stage: str, name: str) -> pl.DataFrame:
    return made.study.stage(stage).tables[name]


def one(frame: pl.DataFrame, **key: object) -> dict[str, Any]:
    rows = frame.filter(*(pl.col(name) == value for name, value in key.items()))
    assert rows.height == 1, f"{rows.height} rows for {key}"
    return rows.row(0, named=True)


# -- reading


def test_every_customs_file_is_read_and_what_is_none_is_named(added):
    _, report = added
    customs = [each for each in report.outcomes if each.path.parent.name == "vietnam-customs"]
    assert len(customs) == 72
    assert sum(each.status == "added" for each in customs) == 71
    (refused,) = [each for each in customs if each.status == "refused"]
    assert refused.path.name == "SOURCE.md"
    assert "SOURCE.md: no reader recognises this file" in refused.message
    assert "\n" not in refused.message


def test_no_row_of_the_customs_tables_is_left_behind(added):
    _, report = added
    customs = [each for each in report.outcomes if each.source == "vn_customs"]
    assert sum(each.not_understood for each in customs) == 0
    assert all(each.rows["flows"] > 1000 for each in customs)


def test_the_tables_are_told_by_what_they_say(added):
    _, report = added
    held = sorted((each.table, each.edition.split(", ")[1]) for each in report.outcomes if each.source == "vn_customs")
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
    assert held == sorted(
        [*(("020.T", month) for month in months if month != "2024-03"), *(("021.T", month) for month in months)]
    )


def test_russias_rows_are_those_of_the_printed_tables(workspace):
    # The bundled figures were typed in from the tables; the files must give the same, period by period.
    key = ["table", "flow", "partner", "product", "period_start", "period_end", "cumulative"]
    figures = ["value_usd", "quantity", "quantity_unit"]
    chosen = (
        (pl.col("source") == "vn_customs") & (pl.col("partner") == "RUS") & (pl.col("period_end") < date(2026, 1, 1))
    )
    read = workspace.store.current("flows").filter(chosen).select(*key, *figures).collect()
    typed = sample.load().flows.filter(chosen).select(*key, *figures)
    both = typed.join(read, on=key, how="left", suffix="_read")
    assert both.height == typed.height > 250
    for name in figures:
        assert both[name].equals(both[f"{name}_read"].alias(name)), name


def test_the_bundled_figures_add_no_group_that_the_files_lack(workspace):
    flows = workspace.tables().flows.filter(pl.col("source") == "vn_customs")
    assert (
        flows.filter(pl.col("period_end") < date(2026, 1, 1), pl.col("partner") == "RUS")["snapshot"]
        .str.starts_with("sample:")
        .sum()
        == 0
    )
    assert (
        flows.select("table", "flow", "partner", "product", "period_start", "period_end", "cumulative")
        .is_unique()
        .all()
    )


# -- coverage


def test_march_2024_is_not_held_in_the_first_release_and_present_in_the_revised_one(workspace):
    found = workspace.coverage("VNM", "RUS", period="2024-03").filter(pl.col("flow") == "export")
    first, revised = one(found, release="first", cumulative=False), one(found, release="revised")
    assert (first["source"], first["status"], first["value_usd"]) == ("vn_customs", "not_held", None)
    assert first["implied_usd"] == 159_903_043  # 761,869,577 - 232,284,769 - 369,681,765
    assert (revised["source"], revised["status"], revised["value_usd"]) == ("vn_nso", "reported", 160_346_790)


def test_every_other_month_of_russia_is_reported(workspace):
    found = workspace.coverage("VNM", "RUS", source="vn_customs", period="2023:2025")
    others = found.filter((pl.col("period_end") != date(2024, 3, 31)) | (pl.col("flow") == "import"))
    assert others["status"].unique().to_list() == ["reported"]


def test_a_partner_that_a_table_does_not_list_is_not_missing(workspace):
    # Belarus is not in the export tables of 2023, Kyrgyzstan not in the import tables of 2025.
    belarus = workspace.coverage("VNM", "BLR", source="vn_customs", period="2023").filter(pl.col("flow") == "export")
    assert belarus["status"].unique().to_list() == ["partner_not_listed"]
    kyrgyzstan = workspace.coverage("VNM", "KGZ", source="vn_customs", period="2025").filter(pl.col("flow") == "import")
    assert kyrgyzstan["status"].unique().to_list() == ["partner_not_listed"]


# -- the market


@pytest.mark.parametrize(
    ("product", "competitor", "rank", "share", "unit_value"),
    [
        ("coal", "RUS", 3, 14.5, 169.1),
        ("coal", "AUS", 1, 42.1, 152.4),
        ("coal", "IDN", 2, 39.6, 91.2),
        ("fertilisers", "RUS", 2, 15.3, 417.4),
        ("wheat", "RUS", 6, 9.5, 266.5),
    ],
)
def test_suppliers_of_2024(russia, product, competitor, rank, share, unit_value):
    row = one(table(russia, "product_groups", "suppliers"), period="2024", product=product, competitor=competitor)
    assert (row["rank"], round(100 * row["share"], 1), round(row["unit_value"], 1)) == (rank, share, unit_value)
    assert (row["denominator"], row["quantity_unit"]) == ("listed_partners", "t")


def test_shares_of_a_group_over_all_listed_partners_add_up(workspace, russia):
    suppliers = table(russia, "product_groups", "suppliers").filter(period="2024", product="coal")
    row = one(table(russia, "product_groups", "places"), period="2024", product="coal", exporter="RUS")
    assert suppliers["share"].sum() <= 1.0
    assert row["market_1"] == 6_309_808_687  # Viet Nam's imports of coal in 2024
    assert row["value_1"] == 913_192_669


def test_three_wholes_three_names(workspace):
    # January 2024, exports of Viet Nam, million USD: commodity sheet, customs' listed partners, the row "Tổng" of V03.
    found = table(workspace.study("RUS", "VNM", period="2024-01"), "product_groups", "denominators")
    rows = found.filter(period="2024-01", exporter="VNM")
    wholes = {
        row["denominator"]: (row["source"], round(row["whole_usd"] / 1e6, 1)) for row in rows.iter_rows(named=True)
    }
    assert wholes == {"WLD": ("vn_nso", 34_530.8), "_LISTED": ("vn_customs", 33_863.1), "_V03": ("vn_nso", 33_399.7)}


def test_files_and_bundled_figures_give_the_same_bilateral_totals(russia, tmp_path):
    bundled = Workspace(tmp_path).study("RUS", "VNM")
    columns = ["view", "period", "exports", "imports", "turnover", "balance"]
    years = pl.col("period").is_in(["2023", "2024", "2025"])
    both = [
        table(each, "product_groups", "bilateral").filter(years).select(columns).sort(columns)
        for each in (russia, bundled)
    ]
    assert both[0].equals(both[1])


@pytest.mark.parametrize(
    ("partner", "exports", "imports"),
    [("KAZ", 408_178_204, 70_881_676), ("RUS", 2_337_104_399, 2_246_830_793)],
)
def test_other_pairs_need_no_other_code(workspace, partner, exports, imports):
    row = one(table(workspace.study("VNM", partner), "product_groups", "bilateral"), view="VNM", period="2024")
    assert (row["exports"], row["imports"], row["basis"]) == (exports, imports, "reported")


@pytest.mark.parametrize("partner", ["DEU", "CHN"])
def test_studies_of_large_partners_are_whole(workspace, partner):
    made = workspace.study("VNM", partner)
    recommended = table(made, "recommendations", "recommendations")
    assert set(recommended["exporter"]) == {"VNM", partner}
    assert recommended["rank"].null_count() == 0
    for exporter, importer in made.study.question.directions:
        parts = table(made, "product_groups", "changes").filter(exporter=exporter, importer=importer, period="2024")
        assert parts["contribution"].sum() == pytest.approx(parts["change"].sum() / parts["value_0"].sum(), abs=1e-12)
    assert made.render("json").startswith('{\n "schema": "corridor.study/1"')


@pytest.mark.parametrize("partner", ["IRL", "BLR"])
def test_a_partner_listed_on_one_side_or_with_the_residual_alone(workspace, partner):
    assert workspace.study("VNM", partner).render("json")


# -- what had been published by a day


def test_as_of_a_day_shows_only_what_was_printed_by_then(workspace):
    day = date(2025, 3, 1)
    tables = workspace.tables(day)
    assert tables.flows["published"].max() == date(2025, 2, 4)  # the table of January 2025
    assert tables.flows.filter(pl.col("source") == "vn_customs")["period_end"].max() == date(2025, 1, 31)
    assert set(tables.flows["source"]) == {"vn_customs"}  # the other office's file bears a later date
    assert tables.facts.is_empty()
    made = workspace.study("RUS", "VNM", as_of=day)
    shown = [(each.base.code, each.current.code, each.kind) for each in made.study.agenda.shown]
    assert shown == [("2023", "2024", "year"), ("2024-01", "2025-01", "partial")]


def test_a_table_printed_again_takes_the_place_of_the_first_from_that_day_on(workspace):
    # The tables of January to March 2024 were printed once more on 10 May 2024; only those prints are held.
    january = {"source": "vn_customs", "period": "2024-01", "release": "first"}
    assert workspace.flows("VNM", "RUS", **january, as_of=date(2024, 5, 10)).height > 0
    held = workspace.tables(date(2024, 5, 9)).flows
    assert held.filter(pl.col("source") == "vn_customs")["period_end"].max() < date(2024, 1, 31)


def test_the_newest_day_is_the_same_as_none(workspace):
    everything = workspace.tables().flows.filter(~pl.col("snapshot").str.starts_with("sample:"))
    as_of = workspace.tables(ADDED).flows.filter(~pl.col("snapshot").str.starts_with("sample:"))
    assert everything.height == as_of.height


# -- adding again, building again


@pytest.fixture(scope="module")
def small(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A store of five of the files, which a test may write into."""
    folder = tmp_path_factory.mktemp("small")
    ingest.add(Store(folder), list(few(test_data)), today=ADDED, workers=1)
    return Workspace(folder)


def few(test_data: Path) -> Iterator[Path]:
    for name in ("2024-t12-5n(vn-sb).pdf", "2024-t12-5x(vn-sb).pdf", "2025-t1-5n(vn-sb).pdf", "2025-t1-5x(vn-sb).pdf"):
        yield test_data / "vietnam-customs" / name
    yield test_data / "vietnam-statistics-office" / "V03-2025-10.xls"


def rows(workspace: Workspace, as_of: date | None = None) -> dict[str, pl.DataFrame]:
    frames = {
        name: workspace.store.current(name, as_of=as_of).collect()
        for name in ("flows", "quantities", "coverage", "not_understood")
    }
    return {name: frame.sort(frame.columns) for name, frame in frames.items()}


def contents(workspace: Workspace) -> dict[str, bytes]:
    folder = workspace.store.directory
    kept = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".lock"} and "-shm" not in path.name
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


def test_adding_the_same_files_again_changes_nothing(small, test_data, tmp_path):
    before, files = rows(small), contents(small)
    # Under other names too: a file is what it says.
    copies = [Path(shutil.copy(path, tmp_path / f"copy {place}")) for place, path in enumerate(few(test_data))]
    report = ingest.add(small.store, [*few(test_data), *copies], today=date(2027, 1, 1), workers=1)
    assert {each.status for each in report.outcomes} == {"already_held"}
    assert all("already held, added 2026-11-20" in each.message for each in report.outcomes)
    assert all(frame.equals(before[name]) for name, frame in rows(small).items())
    assert {name for name in contents(small) if name.endswith(".parquet")} == {
        name for name in files if name.endswith(".parquet")
    }


def test_a_rebuild_makes_the_same_tables_and_the_same_answers_as_of_a_day(small):
    days = (None, date(2025, 1, 31), date(2025, 2, 4))
    before = {day: rows(small, day) for day in days}
    assert (
        before[None]["flows"].height
        > before[date(2025, 2, 4)]["flows"].height
        > before[date(2025, 1, 31)]["flows"].height
        > 0
    )
    report = small.rebuild()
    assert report.replaced
    assert len(report.of("added")) == 5
    for day in days:
        for name, frame in rows(small, day).items():
            assert frame.equals(before[day][name]), (day, name)


def test_a_trace_leads_to_the_printed_row(small):
    row = one(
        small.flows("VNM", "RUS", period="2025-01", source="vn_customs").filter(
            pl.col("flow") == "export", ~pl.col("cumulative")
        ),
        product="coffee",
    )
    trace = small.trace(row["trace_id"])
    assert (trace.file, trace.edition) == ("2025-t1-5x(vn-sb).pdf", "020.T, 2025-01, 2025-02-04")
    assert trace.checksum.startswith(row["trace_id"].split("/")[0])
    assert int(trace.page) > 0
    assert int(trace.row) > 0


# -- both sides


def test_the_path_of_the_mirror_statistics(test_data):
    # UN Comtrade totals, Viet Nam to Russia: as Russia reported them over what Viet Nam reported.
    path = test_data / "vn-mirror-screen" / "rus_vnm_mirror.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        printed = [row for row in csv.DictReader(opened) if row["vnm_exports_to_rus_comtrade_usd"]]
    frame = pl.DataFrame(
        {
            "year": [int(row["year"]) for row in printed],
            "value_importer": [float(row["rus_imports_from_vnm_comtrade_usd"]) for row in printed],
            "value_exporter": [float(row["vnm_exports_to_rus_comtrade_usd"]) for row in printed],
        }
    ).with_columns(comparable=pl.lit(value=True))
    ratios = dict(mirror_asymmetry(frame).select("year", "asymmetry_ratio").iter_rows())
    assert (round(ratios[2003], 2), round(ratios[2021], 2)) == (0.48, 1.53)
    assert ratios[2003] < 1 < ratios[2021]  # the sign of the asymmetry changed
    assert len(ratios) == 20
