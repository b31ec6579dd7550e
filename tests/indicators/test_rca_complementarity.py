"""Complementarity in the form of comparative advantages."""

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.indicators import rca_complementarity


def test_by_hand() -> None:
    # (3/4)/0.4 * (1/2)/0.4 * 0.4 + (1/4)/0.6 * (1/2)/0.6 * 0.6 = 0.9375 + 0.208333
    table = pl.DataFrame({"exports": [3, 1], "imports": [1, 1], "world": [40, 60]})
    assert rca_complementarity(table).row(0) == (pytest.approx(0.9375 + 0.625 / 3), None)


def test_the_world_with_itself_is_one_and_nothing_in_common_is_zero() -> None:
    world = [10, 30, 60]
    table = pl.DataFrame({"exports": [1, 3, 6], "imports": [2, 6, 12], "world": world})
    assert rca_complementarity(table)["rca_complementarity"].item() == pytest.approx(1)
    apart = pl.DataFrame({"exports": [1, None, None], "imports": [None, 6, 12], "world": world})
    assert rca_complementarity(apart)["rca_complementarity"].item() == 0


def test_the_world_cannot_trade_less_than_two_of_its_economies() -> None:
    table = pl.DataFrame({"exports": [1, 3], "imports": [2, 6], "world": [None, 5]})
    with pytest.raises(UnfitTable, match="1 of 2 rows have exports or imports but no world"):
        rca_complementarity(table)
