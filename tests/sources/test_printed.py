"""Numbers and codes as tables print them: what a sign between digits can mean."""

from __future__ import annotations

import math
from typing import Literal

import polars as pl
import pytest

from corridor.sources import printed


@pytest.mark.parametrize(
    ("text", "decimal", "meant"),
    [
        ("1234.5", ".", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1,234,567", ".", 1234567.0),
        ("1 234,5", ",", 1234.5),
        ("1\u00a0234\u00a0567,5", ",", 1234567.5),
        ("1.234.567,5", ",", 1234567.5),
        ("1.234", ",", 1234.0),
        ("1.234", ".", 1.234),
        ("-2,5", ",", -2.5),
        ("3e2", ".", 300.0),
        (" 7 ", ".", 7.0),
    ],
)
def test_a_number(text: str, decimal: Literal[".", ","], meant: float) -> None:
    assert pl.select(printed.number(pl.lit(text), decimal)).item() == meant


@pytest.mark.parametrize(
    ("text", "decimal"), [("2,5", "."), ("1,23,456", "."), ("2.5", ","), ("1.23.456,0", ","), ("a", "."), ("1 2", ".")]
)
def test_no_number(text: str, decimal: Literal[".", ","]) -> None:
    assert math.isnan(pl.select(printed.number(pl.lit(text), decimal)).item())


@pytest.mark.parametrize("text", ["", "  ", None])
def test_an_empty_cell_is_missing(text: str | None) -> None:
    assert pl.select(printed.number(pl.lit(text, dtype=pl.String))).item() is None


@pytest.mark.parametrize(
    ("text", "classification", "meant"),
    [
        ("90111", "H5", "090111"),
        ("901", "HS", "0901"),
        ("9", "H6", "09"),
        ("901110001", "TNVED", "0901110001"),
        ("041", "S4", "041"),
        ("XXX", "TNVED", "XXX"),
        ("090111", "H5", "090111"),
    ],
)
def test_a_code_and_the_zero_that_was_lost(text: str, classification: str, meant: str) -> None:
    assert pl.select(printed.code(pl.lit(text), classification)).item() == meant
    assert pl.select(printed.code(pl.lit(text), pl.lit(classification))).item() == meant
