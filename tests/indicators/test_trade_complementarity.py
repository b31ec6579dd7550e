"""Trade complementarity."""

import polars as pl
import pytest

from corridor.indicators import trade_complementarity


def test_by_hand() -> None:
    # exports 1/2, 1/2, 0; imports 1/4, 1/2, 1/4: 100 (1 - half of (1/4 + 0 + 1/4))
    table = pl.DataFrame({"exports": [5, 5, None], "imports": [2, 4, 2]})
    assert trade_complementarity(table).row(0) == (75, None)


def test_the_ends_of_the_scale() -> None:
    same = pl.DataFrame({"exports": [1, 3], "imports": [20, 60]})
    disjoint = pl.DataFrame({"exports": [1, None], "imports": [None, 60]})
    assert trade_complementarity(same)["trade_complementarity"].item() == pytest.approx(100)
    assert trade_complementarity(disjoint)["trade_complementarity"].item() == pytest.approx(0)


def test_finer_products_fit_the_same_or_less() -> None:
    # as one product the structures agree; split in two they share only 1/4 + 1/4
    fine = pl.DataFrame({"exports": [3, 1], "imports": [1, 3]})
    assert trade_complementarity(fine.sum())["trade_complementarity"].item() == 100
    assert trade_complementarity(fine)["trade_complementarity"].item() == pytest.approx(50)


@pytest.mark.parametrize(("year", "index"), [(2023, 26.78), (2024, 26.94), (2025, 25.77)])
def test_russia_and_viet_nams_imports(long, wide, year: int, index: float) -> None:
    table = wide(exports=long("IMPORTS", year), imports=long("ALL_IMPORTS", year))
    assert round(trade_complementarity(table)["trade_complementarity"].item(), 2) == index
