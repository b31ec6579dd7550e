"""One number for several columns: it sorts and tells apart as the columns do."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as some

from corridor.codes.row_keys import row_key

ROWS = some.lists(
    some.tuples(some.text(alphabet="aбАZ", max_size=2), some.integers(-9, 9), some.integers(0, 40), some.booleans()),
    max_size=30,
)


@given(ROWS)
def test_it_sorts_and_tells_apart_as_the_columns_do(rows: list[tuple[str, int, int, bool]]) -> None:
    columns = ["word", "number", "day", "yes"]
    dated = [(word, number, date(2021, 1, 1) + timedelta(day), yes) for word, number, day, yes in rows]
    types = {"word": pl.String, "number": pl.Int16, "day": pl.Date, "yes": pl.Boolean}
    table = pl.DataFrame(dated, schema=types, orient="row").with_columns(pl.col("word").cast(pl.Categorical))
    key = row_key(table, columns)
    assert key is not None
    said = [(word.encode(), *rest) for word, *rest in dated]
    by_key = sorted(range(len(said)), key=lambda at: key[at])
    assert [said[at] for at in by_key] == sorted(said)
    assert key.n_unique() == len(set(said))


def test_an_empty_cell_has_no_number() -> None:
    assert row_key(pl.DataFrame({"a": ["x", None]}), ["a"]) is None
    assert row_key(pl.DataFrame({"a": ["x"]}), []) is None


def test_too_many_combinations_have_no_number() -> None:
    wide = pl.DataFrame({name: [0, 2**40] for name in "ab"})
    assert row_key(wide, ["a"]) is not None
    assert row_key(wide, ["a", "b"]) is None
