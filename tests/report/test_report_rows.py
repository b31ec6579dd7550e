"""Rows at a terminal: aligned, folded, counted."""

import polars as pl
import pytest

from corridor.report.aligned import Head, aligned
from corridor.report.rows import as_text


def test_figures_stand_at_the_right_and_words_at_the_left() -> None:
    made = aligned([Head("group", False), Head("value", True)], [["coal", "1"], ["tea", "1,234"]], 40)
    assert made.splitlines() == ["group  value", "────────────", "coal       1", "tea    1,234"]


def test_long_words_are_folded_and_figures_are_not() -> None:
    made = aligned([Head("trace", False), Head("value", True)], [["a" * 30, "123456789"]], 25)
    lines = made.splitlines()
    assert max(map(len, lines)) <= 25
    assert lines[2:] == ["a" * 14 + "  123456789", "a" * 14, "aa"]


def test_a_label_in_brackets_stays() -> None:
    made = as_text(pl.DataFrame({"label": ["[bold]coal[/bold] :smile:"]}), "any", "en", width=80)
    assert "[bold]coal[/bold] :smile:" in made


@pytest.mark.parametrize(("rows", "count"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_rows_are_counted(rows: int, count: str) -> None:
    assert as_text(pl.DataFrame({"n": [1] * rows}), "any", "en", width=80).endswith(f"\n{count}")


@pytest.mark.parametrize(
    ("lang", "printed"),
    [("en", "1,234,567.123"), ("ru", "1\u00a0234\u00a0567,123"), ("vi", "1.234.567,123")],
)
def test_figures_are_grouped_as_the_language_does(lang: str, printed: str) -> None:
    made = as_text(pl.DataFrame({"value": [1234567.1234, -0.5, 2.0]}), "any", lang, width=80).splitlines()
    assert [line.strip() for line in made[2:5]] == [printed, "-0.5" if lang == "en" else "-0,5", "2"]
