"""What is known of one pair's cells is the same whether all cells are made or these alone."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from corridor.recommend.features import cell_features

_ROW = st.tuples(
    st.sampled_from(["RUS", "CHN", "IND"]), st.sampled_from(["VNM", "THA", "CHN"]), st.sampled_from(["09", "27", "72"]),
    st.sampled_from([2021, 2022]),
)  # fmt: skip


@given(st.dictionaries(_ROW, st.integers(1, 50), min_size=1))
def test_a_pair_by_itself_is_as_among_all(trade: dict[tuple[str, str, str, int], int]) -> None:
    rows = [(*key, float(value)) for key, value in trade.items() if key[0] != key[1]]
    rows.append(("RUS", "THA", "09", 2022, 1.0))
    columns = ["exporter", "importer", "product", "year", "value_usd"]
    seen = pl.DataFrame(rows, schema=columns, orient="row").unique(columns[:4], keep="first", maintain_order=True)
    every = cell_features(seen, 2022)
    for pair in (("RUS", "VNM"), ("CHN", "THA"), ("RUS", "CHN")):
        own = every.filter((pl.col("exporter") == pair[0]) & (pl.col("importer") == pair[1]))
        assert_frame_equal(cell_features(seen, 2022, pair=pair), own, check_row_order=False)
