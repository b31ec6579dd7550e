"""Duties in a ranking: from the importer's schedule where one is held, else left out; a day before it knows none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.made_access import duties_by_product
from corridor.workspace import Workspace

ON = date(2026, 6, 1)


def test_without_a_schedule_nothing_is_said_of_duties(tmp_path: Path) -> None:
    ws = Workspace(tmp_path / "none")
    assert duties_by_product(ws, "VNM", "RUS", ["coal"], "VNC", on=ON, as_of=None) is None


def test_viet_nams_schedule_gives_duties_to_its_customs_groups(test_data: Path, tmp_path: Path) -> None:
    path = test_data / "vn-tariff-2026" / "vn_tariff_2026_hs8.csv.gz"
    if not path.is_file():
        pytest.skip(f"the schedule is not here: {path}")
    ws = Workspace(tmp_path / "store")
    assert len(ws.add([path]).of("added")) == 1
    found = duties_by_product(ws, "VNM", "RUS", ["coal", "motor_vehicles"], "VNC", on=ON, as_of=None)
    assert found is not None
    table, said = found
    assert table["product"].sort().to_list() == ["coal", "motor_vehicles"]
    assert table.filter(pl.col("product") == "coal")["tariff"].item() == 0
    assert "access.approximate" in {each.key for each in said}
    # Headings lead to the same lines without our assignment of groups.
    headings = duties_by_product(ws, "VNM", "RUS", ["2701"], "HS", on=ON, as_of=None)
    assert headings is not None
    assert headings[0]["tariff"].to_list() == [0.0]
    assert duties_by_product(ws, "VNM", "RUS", ["coal"], "SITC", on=ON, as_of=None) is None
    assert duties_by_product(ws, "VNM", "RUS", ["coal"], "VNC", on=ON, as_of=date(1990, 1, 1)) is None
