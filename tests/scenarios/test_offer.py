"""What an agreement offers, product by product: on the schedule of four lines."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from corridor.scenarios import tariffs
from corridor.scenarios.offer import offer

from .conftest import agreed, mfn

DAY = date(2026, 6, 1)
HOLDS = pl.DataFrame({"product": [f"0101010{n}" for n in (1, 2, 3, 4, 3, 4)], "group": [*["first"] * 4, *["last"] * 2]})


def test_the_unions_offer(toy: pl.DataFrame) -> None:
    found = offer(tariffs.schedule(toy, "VNM"), ["RUS"], HOLDS, DAY)
    assert found is not None
    first, last = found.products.iter_rows(named=True)
    # Line 1: 10 % and free; line 2: 20 %, the agreement's 30 % is not paid; line 3: divided, in no average; line 4:
    # left out, 10 % in both. (10 + 20 + 10) / 3 against (0 + 20 + 10) / 3.
    assert (first["mfn"], first["effective"]) == pytest.approx((0.40 / 3, 0.10))
    names = ("lines", "zero", "mfn_zero", "excluded", "unknown")
    assert [first[name] for name in names] == [4, 1, 0, 1, 1]
    assert [last[name] for name in names] == [2, 0, 0, 1, 1]
    assert (last["mfn"], last["effective"]) == pytest.approx((0.10, 0.10))
    # A line of two products counts once in all of them together.
    assert found.together.row(0, named=True)["lines"] == 4
    (act,) = found.agreements
    assert (act.regime, act.legal_references, act.since) == ("VN-EAEU", ("113/2022",), ())
    assert found.mfn.legal_references == ("26/2023",)
    assert first["trace_id"] == "a/1 a/1 a/1 a/1"


def test_a_group_gets_what_all_of_its_members_get(toy: pl.DataFrame) -> None:
    held = tariffs.schedule(toy, "VNM")
    both = offer(held, ["CHN", "THA"], HOLDS.head(2), DAY)
    thailand = offer(held, ["THA"], HOLDS.head(2), DAY)
    assert both is not None
    assert thailand is not None
    rates = [found.together.row(0, named=True) for found in (both, thailand)]
    # Line 2 is free for Thailand alone: for both together it is left out.
    assert [row["effective"] for row in rates] == pytest.approx([(0.05 + 0.20) / 2, (0.05 + 0) / 2])
    assert [(row["zero"], row["excluded"]) for row in rates] == [(0, 1), (1, 0)]


@pytest.mark.parametrize("partners", [["USA"], ["RUS", "USA"], []])
def test_without_an_agreement_nothing_is_offered(toy: pl.DataFrame, partners: list[str]) -> None:
    assert offer(tariffs.schedule(toy, "VNM"), partners, HOLDS, DAY) is None


def test_without_lines_nothing_is_offered(toy: pl.DataFrame) -> None:
    assert offer(tariffs.schedule(toy, "VNM"), ["RUS"], HOLDS.clear(), DAY) is None


def test_an_agreement_begins_on_its_day(write: Callable[..., pl.DataFrame]) -> None:
    begins = date(2022, 12, 30)
    rows = write(mfn("01010101", 0.0), agreed("01010101", "VN-EAEU", "EAEU", 0.0, in_force_from=begins))
    held = tariffs.schedule(rows, "VNM")
    assert offer(held, ["RUS"], HOLDS.head(1), date(2022, 12, 29)) is None
    found = offer(held, ["RUS"], HOLDS.head(1), begins)
    assert found is not None
    assert found.agreements[0].since == (begins,)
    whole = found.together.row(0, named=True)
    assert (whole["zero"], whole["mfn_zero"]) == (1, 1)


def test_taxes_and_unnamed_rates_are_no_agreement(write: Callable[..., pl.DataFrame]) -> None:
    rows = write(
        mfn("01010101", 0.1),
        agreed("01010101", "vat", "WLD", 0.1),
        agreed("01010101", "preferential", "RUS", 0.0),
        agreed("01010101", "export:VN-EAEU", "EAEU", 0.0),
        agreed("01010101", "general", "WLD", 0.15),
    )
    assert tariffs.agreements(rows, ["RUS"], DAY) == []
