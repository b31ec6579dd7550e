"""Revisions."""

import polars as pl
import pytest

from corridor.indicators import revision


def test_by_hand_and_every_absence() -> None:
    table = pl.DataFrame({"value_first": [100, None, 5, 0], "value_revised": [90, 5, None, 3]})
    result = revision(table)
    assert result["revision"].to_list() == [-10, None, None, 3]
    assert result["relative_revision"].to_list() == [-0.1, None, None, None]
    assert result["revision_absence"].to_list() == [None, "no_first_release", "no_revised_release", "no_base"]


def test_april_2024() -> None:
    # Viet Nam's exports to Russia: customs table 5X, then the statistics office's sheet V03
    result = revision(pl.DataFrame({"value_first": [232_284_769], "value_revised": [258_182_300]}))
    assert result["revision"].item() == 25_897_531
    assert result["relative_revision"].item() == pytest.approx(0.111, abs=5e-4)
