"""What categories mean, told by their number, against a mapping of the words."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.categories import told
from corridor.codes.row_keys import row_key

WORDS = st.lists(st.sampled_from(["рис", "coffee", "cà phê", "", None]))


@given(WORDS)
def test_every_cell_means_what_its_word_means(said: list[str | None]) -> None:
    cells = pl.Series("goods", said, dtype=pl.Categorical)
    words = cells.unique()
    meaning = {word: None if word == "" else f"{word}!" for word in words.to_list()}
    meant = pl.Series([meaning[word] for word in words.to_list()], dtype=pl.String)
    found = told(cells, words, meant)
    assert found.name == "goods"
    assert found.to_list() == [meaning[word] for word in said]


@given(st.lists(st.sampled_from(["b", "a", "c"]), min_size=1))
def test_keys_of_categories_rise_as_their_words_do(said: list[str]) -> None:
    rows = pl.DataFrame({"goods": pl.Series(said, dtype=pl.Categorical)})
    key = row_key(rows, ["goods"])
    assert key is not None
    order = sorted(set(said))
    assert key.to_list() == [order.index(word) for word in said]
