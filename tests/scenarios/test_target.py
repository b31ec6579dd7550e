"""Target arithmetic on the two sides' figures."""

import polars as pl
import pytest

from corridor.errors import UnknownName, UsageError
from corridor.scenarios.target import Base, by_group, paths, required_growth

BASES = {"VNM": Base(2025, 4_770_897_096), "RUS": Base(2024, 5.80e9, estimated=True)}


def test_fifteen_billion_by_2030() -> None:
    viet_nam, russia = paths(15e9, 2030, BASES, statistics="VNM")
    assert (viet_nam.whose, viet_nam.years) == ("VNM", 5)
    assert viet_nam.growth == pytest.approx(0.257, abs=5e-4)
    assert (russia.whose, russia.years, russia.base.estimated) == ("RUS", 6, True)
    assert russia.growth == pytest.approx(0.171, abs=1e-3)
    assert viet_nam.missing_usd == pytest.approx(15e9 - 4_770_897_096)


def test_whose_statistics_has_no_default() -> None:
    with pytest.raises(TypeError):
        paths(15e9, 2030, BASES)  # type: ignore[call-arg]
    with pytest.raises(UnknownName, match="there are: VNM, RUS"):
        paths(15e9, 2030, BASES, statistics="CHN")
    with pytest.raises(UsageError, match="at least one year"):
        required_growth(1, 2, 0)


def test_what_lies_within_the_potential() -> None:
    groups = pl.DataFrame({"product": ["a", "b"], "value_usd": [3.0, 1.0], "unrealised_usd": [2.0, None]})
    found = by_group(groups, 8.0, 1)
    assert found.select("needed_usd", "within_usd", "beyond_usd").rows() == [
        (pytest.approx(3), pytest.approx(2), pytest.approx(1)),
        (pytest.approx(1), None, None),
    ]
    assert by_group(groups.drop("unrealised_usd"), 8.0, 3)["within_usd"].null_count() == 2
