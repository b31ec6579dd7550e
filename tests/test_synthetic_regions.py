"""Regions found in SYNTHETIC declarations: planted truths, against sums made of the generator's own arrays by NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal

import synthetic_regions as synthetic
from corridor import workspace as verbs
from corridor.codes import areas
from corridor.sources.own_regions.read import COLUMNS, SHEET
from corridor.store.store import PAIR
from corridor.workspace import Workspace

THRESHOLD = 0.8
NESTED = {"RU-NEN", "RU-KHM", "RU-YAN"}


@dataclass(frozen=True)
class Truth:
    """Exports of one year as matrices of regions by headings of four digits, in whole cents; okrugs left out."""

    world: synthetic.World
    year: synthetic.Year

    @cached_property
    def regions(self) -> list[str]:
        return [code for code in self.world.regions if code not in NESTED]

    @cached_property
    def heads(self) -> list[str]:
        return sorted({code if code == synthetic.SECRET else code[:4] for code in self.world.products})

    @cached_property
    def codes(self) -> list[str]:
        return self.world.products

    @cached_property
    def sold(self) -> np.ndarray:
        return self.matrix(self.heads, [synthetic.PARTNER])

    @cached_property
    def whole(self) -> np.ndarray:
        return self.matrix(self.heads, self.world.partners)

    def matrix(self, columns: list[str], partners: list[str]) -> np.ndarray:
        """Cents by region and column; a code of ten digits belongs to the column that begins it."""
        place = {head: at for at, head in enumerate(columns)}
        of_product = np.array([place.get(code, place.get(code[:4], -1)) for code in self.world.products])
        of_region = np.array([self.regions.index(code) if code in self.regions else -1 for code in self.world.regions])
        asked = np.isin(self.year.partner, [self.world.partners.index(each) for each in partners])
        rows = self.year.only(asked & self.year.export & (of_region[self.year.region] >= 0))
        found = np.zeros((len(self.regions), len(columns)), dtype=np.int64)
        np.add.at(found, (of_region[rows.region], of_product[rows.product]), rows.cents)
        return found


@pytest.fixture(scope="module")
def truths() -> dict[int, Truth]:
    world = synthetic.World(synthetic.SLICE)
    return {year: Truth(world, world.year(year)) for year in synthetic.YEARS}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, truths: dict[int, Truth]) -> Workspace:
    folder = tmp_path_factory.mktemp("dumps")
    files = [path for truth in truths.values() for path in truth.world.write(truth.year, folder / "files")]
    workspace = Workspace(folder / "store")
    report = workspace.add(files, workers=1)
    assert [outcome.message for outcome in report.outcomes if outcome.status != "added"] == []
    assert report.not_understood == 0
    return workspace


@pytest.fixture(scope="module")
def last(truths: dict[int, Truth]) -> Truth:
    return truths[synthetic.YEARS[-1]]


@pytest.fixture(scope="module")
def first(truths: dict[int, Truth]) -> Truth:
    return truths[synthetic.YEARS[0]]


@pytest.fixture(scope="module")
def found(held: Workspace) -> dict[str, pl.DataFrame]:
    return dict(held.regions("RUS", "VNM", threshold=THRESHOLD).tables)


def cents(value: float) -> int:
    """Dollars as whole cents; a sum of dollars that is not one of cents is a wrong sum."""
    assert abs(value * 100 - round(value * 100)) < 1e-2
    return round(value * 100)


def by_name(names: list[str], values: np.ndarray) -> dict[str, int]:
    return {name: int(value) for name, value in zip(names, values, strict=True) if value}


def smallest_set(values: dict[str, int], threshold: float) -> set[str]:
    ordered = sorted(values.values(), reverse=True)
    covered = np.cumsum(ordered) / sum(ordered)
    least = ordered[int(np.argmax(covered >= threshold))]
    return {name for name, value in values.items() if value >= least}


def test_every_row_of_the_files_is_a_row_of_the_store(held: Workspace, truths: dict[int, Truth]) -> None:
    rows = held.store.current("flows").select("value_usd", "flow", "period_start").collect()
    assert rows.height == sum(len(truth.year) for truth in truths.values())
    for year, truth in truths.items():
        mine = rows.filter(pl.col("period_start").dt.year() == year, pl.col("flow") == "import")
        assert cents(mine["value_usd"].sum()) == truth.year.cents[~truth.year.export].sum()


def test_the_key_regions_are_those_planted(found: dict[str, pl.DataFrame], last: Truth) -> None:
    table = found["regions"]
    expected = by_name(last.regions, last.sold.sum(axis=1))
    assert {row["region"]: cents(row["value_usd"]) for row in table.iter_rows(named=True)} == expected
    key = set(table.filter("in_smallest_set")["region"])
    assert key == smallest_set(expected, THRESHOLD) == {"RU-MOW", "RU-VLG", "RU-SAK"}
    total = sum(expected.values())
    for row in table.iter_rows(named=True):
        assert row["share"] == pytest.approx(expected[row["region"]] / total, rel=1e-12)
        at = last.regions.index(row["region"])
        assert row["products"] == np.count_nonzero(last.sold[at])


def test_growth_and_its_parts_are_those_of_the_arrays(
    found: dict[str, pl.DataFrame], first: Truth, last: Truth
) -> None:
    before, after = (by_name(each.regions, each.sold.sum(axis=1)) for each in (first, last))
    for row in found["regions"].iter_rows(named=True):
        old, new = before.get(row["region"], 0), after[row["region"]]
        assert row["contribution"] == pytest.approx((new - old) / sum(before.values()), rel=1e-9)
        if old:
            assert row["growth"] == pytest.approx(new / old - 1, rel=1e-9)


def test_concentration_is_that_of_the_arrays(found: dict[str, pl.DataFrame], truths: dict[int, Truth]) -> None:
    for row in found["concentration"].iter_rows(named=True):
        values = np.sort(truths[row["year"]].sold.sum(axis=1).astype(float))
        values = values[values > 0]
        n = len(values)
        gini = 2 * (np.arange(1, n + 1) * values).sum() / (n * values.sum()) - (n + 1) / n
        assert row["n"] == n
        assert row["hhi"] == pytest.approx(((values / values.sum()) ** 2).sum(), rel=1e-12)
        assert row["gini"] == pytest.approx(gini, rel=1e-9)


def gaps_of(truth: Truth) -> dict[tuple[str, str], tuple[float, int, float]]:
    """What `able` must find: share in the country's exports, cents the partner bought, what it would buy at it."""
    whole, sold = truth.whole.astype(float), truth.sold
    with np.errstate(invalid="ignore", divide="ignore"):
        advantage = (whole / whole.sum(1, keepdims=True)) / (whole.sum(0) / whole.sum())
        share = whole / whole.sum(0)
    found = {}
    for at, region in enumerate(truth.regions):
        for place, head in enumerate(truth.heads):
            bought = int(sold[:, place].sum())
            if bought and whole[at, place] and advantage[at, place] >= 1:
                found[region, head] = (share[at, place], bought, share[at, place] * bought)
    return found


def test_what_regions_could_sell_is_that_of_the_arrays(found: dict[str, pl.DataFrame], last: Truth) -> None:
    expected = gaps_of(last)
    rows = {(row["region"], row["product"]): row for row in found["gaps"].iter_rows(named=True)}
    assert rows.keys() == expected.keys()
    for key, (share, bought, at_share) in expected.items():
        own = int(last.sold[last.regions.index(key[0]), last.heads.index(key[1])])
        assert rows[key]["region_share"] == pytest.approx(share, rel=1e-12)
        assert cents(rows[key]["partner_usd"]) == bought
        assert cents(rows[key]["value_usd"]) == own
        assert rows[key]["gap_usd"] == pytest.approx(max(at_share - own, 0) / 100, rel=1e-9, abs=1e-6)


def test_the_able_and_absent_region_comes_first(found: dict[str, pl.DataFrame], last: Truth) -> None:
    row = found["potential"].row(0, named=True)
    assert row["region"] == synthetic.ABSENT
    assert row["goods"].split()[0] == "2701"
    coal = last.heads.index("2701")
    share = last.whole[last.regions.index(synthetic.ABSENT), coal] / last.whole[:, coal].sum()
    assert found["gaps"].filter(region=synthetic.ABSENT, product="2701")["expected_usd"].item() == pytest.approx(
        share * last.sold[:, coal].sum() / 100, rel=1e-12
    )


def test_the_hidden_loss_of_ground_comes_out(held: Workspace, first: Truth, last: Truth) -> None:
    region, code = synthetic.LOSING
    page = held.region(region, "VNM").tables
    at = last.regions.index(region)
    old, new = first.sold.astype(float) / 100, last.sold.astype(float) / 100
    overall = new.sum() / old.sum() - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        growth = np.where(old.sum(0) > 0, new.sum(0) / old.sum(0) - 1, 0.0)
    parts = (
        overall * old[at],
        np.where(old.sum(0) > 0, growth - overall, -overall) * old[at],
        new[at] - old[at] * (1 + growth),
    )
    row = page["shift_share"].row(0, named=True)
    for name, values in zip(("national_effect", "industry_effect", "regional_effect"), parts, strict=True):
        assert row[name] == pytest.approx(values.sum(), rel=1e-9)
    # It sold more, and would have sold still more had it kept its ground.
    assert row["change"] > 0 > row["regional_effect"]
    product = page["shift_share_products"].filter(product=code[:4]).row(0, named=True)
    assert product["regional_effect"] == pytest.approx(parts[2][last.heads.index(code[:4])], rel=1e-9)


@pytest.fixture(scope="module", params=["whole", "a publisher of millions"])
def study(held: Workspace, request: pytest.FixtureRequest):
    """The study over all rows, and as it is made where they are too many to be read."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "whole":
            patch.setattr(verbs, "_MOST_ROWS", 1000)
        return held.study("RUS", "VNM").study


def test_chapter_three_tells_the_planted_regions(study, last: Truth) -> None:
    table = study.stage("export_regions").tables["regions"].filter(period="2021", exporter="RUS")
    expected = by_name(last.regions, last.sold.sum(axis=1))
    assert {row["region"]: cents(row["value_usd"]) for row in table.iter_rows(named=True)} == expected
    (finding,) = study.stage("export_regions").findings
    told = {name.code: share.value for name, share in finding.parameters["regions"]}
    assert told == pytest.approx({each: expected[each] / sum(expected.values()) for each in told})
    assert set(told) == smallest_set(expected, THRESHOLD)


def test_chapter_four_tells_quotients_and_dependence(study, last: Truth) -> None:
    sold = last.matrix(last.codes, [synthetic.PARTNER]).astype(float)
    everywhere = last.matrix(last.codes, last.world.partners).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        quotients = (sold / sold.sum(1, keepdims=True)) / (sold.sum(0) / sold.sum())
    tables = study.stage("regional_specifics").tables
    rows = {(row["region"], row["product"]): row for row in tables["location_quotients"].iter_rows(named=True)}
    assert len(rows) == np.count_nonzero(sold)
    for (region, code), row in rows.items():
        place = last.regions.index(region), last.codes.index(code)
        assert row["location_quotient"] == pytest.approx(quotients[place], rel=1e-9)
    for row in tables["region_profiles"].iter_rows(named=True):
        own = sold[last.regions.index(row["region"])]
        assert row["hhi"] == pytest.approx(((own / own.sum()) ** 2).sum(), rel=1e-9)
        assert cents(row["all_exports"]) == everywhere[last.regions.index(row["region"])]
        assert row["dependence"] == pytest.approx(own.sum() / everywhere[last.regions.index(row["region"])], rel=1e-9)


def test_the_generator_names_every_federal_subject() -> None:
    world = synthetic.World(synthetic.SLICE)
    assert len(world.regions) == 85
    assert set(areas.regions("RUS", nested=True)) <= set(world.regions)


def test_coverage_says_whose_flows_are_held_as_the_flows_do(held: Workspace) -> None:
    said = held.regional_pairs("RUS").collect()
    assert said.height
    assert_frame_equal(said, held.regional_flows("RUS").select(PAIR).unique().collect(), check_row_order=False)


def test_a_month_given_again_with_fewer_regions_and_other_files_beside_it(tmp_path: Path) -> None:
    """Two selections of one month, cell by cell, and a sheet of one's own in goods and a total: two classifications."""
    world = synthetic.World(synthetic.Size(products=20, partners=6, rows=3_000))
    months = list(world.write(world.year(synthetic.YEARS[0]), tmp_path / "files"))
    lines = months[0].read_text(encoding="utf-8").splitlines(keepends=True)
    again = tmp_path / "again.csv"
    again.write_text("".join([*lines[: len(lines) // 2]]), encoding="utf-8", newline="")
    ws = Workspace(tmp_path / "store")
    own = tmp_path / "own.xlsx"
    ws.add([months[0], months[1], again, own_sheet(own)], workers=1)
    said = ws.store.pairs().collect()
    assert set(said["classification"]) == {"TNVED", "HS", "TOTAL"}
    assert_frame_equal(said, ws.store.current("flows").select(PAIR).unique().collect(), check_row_order=False)


def own_sheet(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(SHEET)
    for at, cells in enumerate(
        [
            COLUMNS,
            ("RU-VLG", "export", "TOTAL", "VNM", "2021", 5, "USD", "", "made up"),
            ("RU-VLG", "export", "3102", "CHN", "2021", 3, "USD", "", "made up"),
        ]
    ):
        sheet.write_row(at, 0, cells)
    book.close()
    return path
