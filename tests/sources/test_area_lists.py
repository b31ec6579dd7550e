"""Indicators of areas and pairs of areas: invented rows, and real tables."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout
from corridor.store import Store

SOURCES = files("corridor.sources")


def store_of(folder: Path, *paths: Path) -> Store:
    store = Store(folder / "store")
    report = ingest.add(store, paths, today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def copied(folder: Path, source: str, name: str, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / name
    path.write_text(SOURCES.joinpath(source, "specimen", name).read_text("utf-8").replace(*change), "utf-8")
    return path


def test_the_site_of_the_world_bank(tmp_path: Path) -> None:
    store = store_of(tmp_path, copied(tmp_path, "world_bank", "invented-site.csv"))
    rows = store.scan("indicators_of_areas").collect()
    assert set(rows.select("area", "indicator", "period", "indicator_value", "published").rows()) == {
        ("RUS", "NY.GDP.MKTP.CD", "2023", 100.5, date(2026, 1, 15)),
        ("VNM", "NY.GDP.MKTP.CD", "2023", 40.0, date(2026, 1, 15)),
        ("VNM", "NY.GDP.MKTP.CD", "2024", 42.0, date(2026, 1, 15)),
    }
    assert store.scan("not_understood").collect()["text"].to_list() == ["1 values of: EAP"]


@pytest.mark.parametrize(
    ("source", "name", "change"),
    [
        ("world_bank", "invented-site.csv", ("100.5", "much")),
        ("cepii_geodist", "invented-dist.csv", ("6735.0", "far")),
    ],
)
def test_a_word_for_a_number_is_refused(tmp_path: Path, source: str, name: str, change: tuple[str, str]) -> None:
    path = copied(tmp_path, source, name, change)
    with pytest.raises(BrokenLayout, match="no number"):
        sources.read(path, source, path.name)


def test_pairs_of_both_tables(tmp_path: Path) -> None:
    names = ("invented-dist.csv", "invented-gravity.csv")
    store = store_of(tmp_path, *(copied(tmp_path, "cepii_geodist", name) for name in names))
    rows = store.scan("pairs").filter(pl.col("variable").is_in(["dist", "distw", "distwces"])).collect()
    assert set(rows.select("area_1", "area_2", "variable", "period", "pair_value").rows()) == {
        ("RUS", "VNM", "dist", None, 6735.0),
        ("RUS", "VNM", "distw", None, 6000.5),
        ("ROU", "VNM", "dist", None, 8000.0),
        ("ROU", "VNM", "distw", None, 8010.0),
        ("RUS", "VNM", "dist", "2019", 6735.0),
    }


def test_real_distances(test_data: Path, tmp_path: Path) -> None:
    store = store_of(tmp_path, test_data / "cepii-geodist" / "dist_cepii.csv.gz")
    rows = store.scan("pairs").filter(pl.col("variable") == "dist").collect()
    one = rows.filter((pl.col("area_1") == "ABW") & (pl.col("area_2") == "AFG"))
    assert one["pair_value"].to_list() == [13257.81]
    lost = store.scan("not_understood").collect()["text"].to_list()
    assert (rows.height, lost) == (50_176, [])


def test_real_indicators(test_data: Path, tmp_path: Path) -> None:
    names = ("macro_wdi_2005_2024_20260110.csv", "tariffs_wb_2005_2024_20260110.csv", "NY.GDP.PCAP.KD.csv")
    store = store_of(tmp_path, *(test_data / "macro" / name for name in names))
    rows = store.scan("indicators_of_areas").collect()
    one = rows.filter(
        (pl.col("area") == "ARE") & (pl.col("indicator") == "NY.GDP.MKTP.CD") & (pl.col("period") == "2005")
    )
    assert one["indicator_value"].to_list() == [180617467964.602]
    assert "NY.GDP.PCAP.KD" in set(rows["indicator"])
