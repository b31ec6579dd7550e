"""The IMF's trade by partner: invented rows in both layouts, and the real table of Russia."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from corridor import ingest, sources
from corridor.errors import BrokenLayout
from corridor.store import Store
from corridor.workspace import Workspace

SPECIMEN = files("corridor.sources.imf_imts").joinpath("specimen")


def store_of(folder: Path, path: Path) -> Store:
    store = Store(folder / "store")
    report = ingest.add(store, [path], today=date(2026, 3, 1), workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def copied(folder: Path, name: str, change: tuple[str, str] = ("", "")) -> Path:
    path = folder / name
    path.write_text(SPECIMEN.joinpath(name).read_text("utf-8").replace(*change), "utf-8")
    return path


def test_the_wide_table(tmp_path: Path) -> None:
    store = store_of(tmp_path, copied(tmp_path, "invented-wide.csv"))
    rows = store.current("flows").collect()
    said = rows.select("reporter", "partner", "flow", "value_usd", "valuation", "maturity", "caveats", "period_end")
    assert set(said.rows()) == {
        ("RUS", "VNM", "import", 10_500_000.0, "cif", "official", "published_is_added", date(2021, 12, 31)),
        (
            "RUS",
            "VNM",
            "import",
            11_000_001.0,
            "cif",
            "estimated",
            "mirror_estimate published_is_added",
            date(2022, 12, 31),
        ),
        ("RUS", "WLD", "export", 400_000_000.0, "fob", "official", "published_is_added", date(2021, 12, 31)),
    }
    assert store.scan("not_understood").collect()["text"].to_list() == ["1 values of groups of areas: G080"]


def test_the_long_table(tmp_path: Path) -> None:
    rows = store_of(tmp_path, copied(tmp_path, "invented-long.csv")).current("flows").collect()
    assert set(rows.select("flow", "freq", "period_start", "period_end", "value_usd").rows()) == {
        ("export", "A", date(2021, 1, 1), date(2021, 12, 31), 3_200_000.0),
        ("import", "M", date(2021, 2, 1), date(2021, 2, 28), 500_000.0),
    }


def test_a_table_without_periods(tmp_path: Path) -> None:
    path = copied(tmp_path, "invented-wide.csv", ('"2021","2022"', '"one","two"'))
    with pytest.raises(BrokenLayout, match="no column is a period"):
        sources.read(path, "imf_imts", path.name)


def test_the_real_table_takes_the_place_of_the_bundled_figures(test_data: Path, tmp_path: Path) -> None:
    """Russia with Viet Nam in 2021: 4.893 and 2.241, together 7.1337 billion dollars."""
    path = test_data / "imf-imts-russia" / "RU_trade.csv"
    store = store_of(tmp_path, path)
    rows = store.current("flows").collect()
    pair = rows.filter((rows["partner"] == "VNM") & (rows["period_end"] == date(2021, 12, 31)))
    values = {row["flow"]: round(row["value_usd"] / 1e9, 3) for row in pair.iter_rows(named=True)}
    assert values == {"import": 4.893, "export": 2.241}
    assert round(pair["value_usd"].sum() / 1e6, 1) == 7133.7
    assert set(rows.filter(rows["period_end"].dt.year() >= 2022)["maturity"]) == {"estimated"}
    said = Workspace(tmp_path / "store").flows("RUS", "VNM", period="2021", source="imf_imts")
    assert said.height == 2
    assert not any(trace.startswith("sample:") for trace in said["trace_id"])
