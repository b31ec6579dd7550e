"""Trade intensity in its two forms."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.indicators import drysdale_garnaut_intensity, trade_intensity

WORLD = pl.DataFrame(
    {
        "exporter": ["RUS", "RUS", "RUS", "VNM", "VNM"],
        "importer": ["VNM", "CHN", "CHN", "CHN", "RUS"],
        "product": ["coal", "coal", "wheat", "garments", "garments"],
        "value_usd": [20, 10, 10, 15, 5],
    }
)


def test_the_simple_form_by_hand() -> None:
    # world 200; RUS sells 40, of it 20 to VNM, which buys 50: (20/40) / (50/200) = 2
    table = pl.DataFrame(
        {
            "exporter": ["RUS", "RUS", "CHN", "CHN", "CHN"],
            "importer": ["VNM", "CHN", "VNM", "RUS", "MNG"],
            "value_usd": [20, 20, 30, 60, 70],
        }
    )
    assert trade_intensity(table)["trade_intensity"][0] == pytest.approx(2)


def test_the_other_form_by_hand() -> None:
    # m_w = 60, RUS imports 5: 55 bought by others. VNM buys 20 of coal: I = (20/40) / (20/55) = 1.375;
    # coal is 30/40 of RUS's exports, 30/55 of what others buy, all of what VNM buys: C = 0.75 * 55/30 = 1.375; B = 1
    result = drysdale_garnaut_intensity(WORLD)
    assert result.columns == [
        "exporter", "importer", "drysdale_garnaut_intensity", "drysdale_garnaut_complementarity",
        "drysdale_garnaut_bias", "drysdale_garnaut_intensity_absence",
    ]  # fmt: skip
    row = result.filter(exporter="RUS", importer="VNM").row(0)
    assert row[2:] == (pytest.approx(1.375), pytest.approx(1.375), pytest.approx(1), None)


def test_a_pair_that_does_not_trade_has_a_zero_and_one_without_a_common_product_no_bias() -> None:
    # CHN exports nothing here; VNM's garments go to CHN and RUS, RUS's goods are not VNM's imports from itself
    table = pl.concat(
        [WORLD, pl.DataFrame({"exporter": ["CHN"], "importer": ["MNG"], "product": ["tea"], "value_usd": [4]})]
    )
    result = drysdale_garnaut_intensity(table)
    assert result.filter(exporter="CHN", importer="VNM").row(0)[2:] == (0, 0, None, "no_common_product")
    assert result.filter(exporter="MNG", importer="VNM").row(0)[2:] == (None, None, None, "no_exports")
    assert result.height == 4 * 3


def test_an_economy_does_not_export_to_itself() -> None:
    table = WORLD.with_columns(importer=pl.lit("RUS"))
    with pytest.raises(UnfitTable, match="3 of 5 rows go from an economy to itself"):
        drysdale_garnaut_intensity(table)


FLOWS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.sampled_from("pqr"), st.integers(1, 10**6)),
    min_size=3, max_size=40,
).map(lambda rows: [row for row in rows if row[0] != row[1]])  # fmt: skip


def frame(rows: list[tuple[str, str, str, int]]) -> pl.DataFrame:
    names = ["exporter", "importer", "product", "value_usd"]
    return pl.DataFrame(rows, schema=names, orient="row").group_by(names[:3]).agg(pl.col("value_usd").sum())


@given(FLOWS.filter(bool))
def test_weighted_by_the_size_of_the_markets_the_simple_form_is_one(rows: list[tuple[str, str, str, int]]) -> None:
    table = frame(rows).group_by("exporter", "importer").agg(pl.col("value_usd").sum())
    markets = table.group_by("importer").agg(weight=pl.col("value_usd").sum())
    weighted = trade_intensity(table).join(markets, on="importer")
    weighted = weighted.with_columns(part=pl.col("trade_intensity") * pl.col("weight") / table["value_usd"].sum())
    assert weighted.group_by("exporter").agg(pl.col("part").sum())["part"].to_list() == pytest.approx(
        [1] * table["exporter"].n_unique()
    )


@given(FLOWS.filter(bool))
def test_intensity_is_bias_times_complementarity_with_the_bias_by_its_own_definition(
    rows: list[tuple[str, str, str, int]],
) -> None:
    table = frame(rows)

    def total(**where: str) -> int:
        return table.filter(**where)["value_usd"].sum()

    for i, j, intensity, fit, bias, absence in drysdale_garnaut_intensity(table).iter_rows():
        if absence is not None:
            continue
        others = total() - total(importer=i)
        weighted = 0.0
        for k in table["product"].unique():
            x_ik, m_jk = total(exporter=i, product=k), total(importer=j, product=k)
            m_k = total(product=k) - total(importer=i, product=k)
            if x_ik and m_jk:
                c_k = x_ik / total(exporter=i) * others / m_k * m_jk / total(importer=j)
                b_k = (total(exporter=i, importer=j, product=k) / x_ik) / (m_jk / m_k)
                weighted += b_k * c_k
        assert bias == pytest.approx(weighted / fit)
        assert intensity == pytest.approx(bias * fit)
