"""Extensive and intensive margins."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.indicators import extensive_margin, growth_margins, intensive_margin

TABLE = pl.DataFrame({"product": ["wheat", "steel"], "value_usd": [15, None], "market": [60, 40]})


def test_by_hand() -> None:
    # wheat is 60 of 100, and 15 of its 60; one product of two, at 15 against a mean of 50
    assert extensive_margin(TABLE).row(0) == (1, 0.6, None)
    assert intensive_margin(TABLE).row(0) == (1, 0.25, None)
    assert extensive_margin(TABLE, variant="count").row(0) == (1, 0.5, None)
    assert intensive_margin(TABLE, variant="count").row(0) == (1, pytest.approx(0.3), None)
    # against the others, who sell 45 of 85
    assert extensive_margin(TABLE, reference="others")["extensive_margin"].item() == pytest.approx(45 / 85)
    assert intensive_margin(TABLE, reference="others")["intensive_margin"].item() == pytest.approx(15 / 45)


def test_who_sells_nothing_reaches_nothing() -> None:
    table = TABLE.with_columns(value_usd=pl.lit(0))
    assert extensive_margin(table).row(0) == (0, 0, None)
    assert intensive_margin(table).row(0) == (0, None, "no_exports")


def test_more_sold_than_bought_is_a_contradiction() -> None:
    with pytest.raises(UnfitTable, match="1 of 2 rows have more value_usd than market"):
        extensive_margin(TABLE.with_columns(market=pl.lit(14)))
    with pytest.raises(UsageError, match="variant cannot be 'log'"):
        intensive_margin(TABLE, variant="log")  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20),
    st.sampled_from(["hummels_klenow", "count"]),
    st.sampled_from(["all", "others"]),
)
def test_the_two_margins_make_the_share(rows: list[tuple[int, int]], variant, reference) -> None:
    own, others = (sum(column) for column in zip(*rows, strict=True))
    table = pl.DataFrame({"value_usd": [x for x, _ in rows], "market": [x + y for x, y in rows]})
    wide = extensive_margin(table, variant=variant, reference=reference)["extensive_margin"].item()
    deep = intensive_margin(table, variant=variant, reference=reference)["intensive_margin"].item()
    if wide is None or deep is None:
        return
    whole = own + others if reference == "all" else others
    assert wide * deep == pytest.approx(own / whole)


def test_margins_of_growth_by_hand() -> None:
    # wheat 40 to 55 stays, steel 10 goes, tea 4 comes: 9 = 15 + 4 - 10
    table = pl.DataFrame({"value_0": [40, 10, None], "value_1": [55, None, 4]})
    assert growth_margins(table).row(0) == (9, 15, 4, -10, 1, 1, 1, None)


AMOUNT = st.none() | st.integers(0, 10**9)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=20))
def test_the_three_effects_are_the_whole_change(rows: list[tuple[int | None, int | None]]) -> None:
    table = pl.DataFrame(rows, schema={"value_0": pl.Int64, "value_1": pl.Int64}, orient="row")
    change, stay, enter, leave, *_, absence = growth_margins(table).row(0)
    if absence is None:
        assert stay + enter + leave == change
