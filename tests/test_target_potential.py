"""A target's groups: what lies within potential where it can be computed, else which factor is missing."""

from __future__ import annotations

import json
from pathlib import Path

from corridor.workspace import Workspace


def test_without_a_world_the_missing_factor_of_each_direction_is_named(tmp_path: Path) -> None:
    """On the bundled figures, which are one importer's and one exporter's: nothing is taken for zero."""
    made = Workspace(tmp_path / "none").target("VNM", "RUS", 15e9, 2030, statistics="VNM")
    assert made.groups["within_usd"].null_count() == made.groups.height > 0
    said = "\n".join(made.notes())
    assert "the potential of Russia in Viet Nam was not computed" in said
    assert "the potential of Viet Nam in Russia was not computed" in said
    first, second = json.loads(made.json())["lacking"]
    assert "the potential of VNM in RUS needs " in first
    assert "demand: what RUS imports by product from everybody" in first
    assert "the potential of RUS in VNM needs supply" in second
