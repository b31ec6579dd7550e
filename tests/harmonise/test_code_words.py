"""Words for a publisher's codes: by number where that is quick, and the same by a join."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import areas
from corridor.evidence import CodedReading
from corridor.harmonise.code_words import distinct, look_up, words_of, words_of_categories, words_of_numbers
from corridor.harmonise.coded import harmonise_coded

DAY = date(2026, 1, 20)


def test_words_stand_at_their_codes_and_nowhere_else() -> None:
    rows = pl.DataFrame(
        {"area": [643, None, 704, 643], "product": [10511, 970700, 10511, 270112], "value": [1, 2, 3, 4]}
    )
    codes = rows.with_columns(pl.col("area").cast(pl.Int16)).lazy()
    known = words_of(pl.Series([704, 643, None], dtype=pl.Int16), pl.Series(["VNM", "RUS", "X"]))
    goods = words_of_numbers(pl.Series([1, 9], dtype=pl.Int32), 4)
    assert known is not None
    assert goods is not None
    assert goods.least == 1
    assert goods.said.to_list() == ["0001", *[None] * 7, "0009"]
    told = look_up(codes, {"area": known})
    assert told.collect_schema()["area"] == pl.String
    for engine in ("in-memory", "streaming"):
        assert told.collect(engine=engine)["area"].to_list() == ["RUS", None, "VNM", "RUS"]
    assert look_up(codes, {}).collect().equals(codes.collect())


def test_categories_are_the_words_that_occur_in_the_order_of_their_letters() -> None:
    codes = pl.Series([704, 643, 4], dtype=pl.Int16)
    found = words_of(codes, pl.Series(["VNM", "RUS", "VNM"]))
    assert found is not None
    told = look_up(pl.LazyFrame({"area": codes}), {"area": found.categories}).collect()["area"]
    assert told.dtype == pl.Enum(["RUS", "VNM"])
    assert told.to_list() == ["VNM", "RUS", "VNM"]
    said = pl.Series(["t", None, "piece", "t"], dtype=pl.Categorical)
    units = words_of_categories(said)
    assert units is not None
    told = look_up(pl.LazyFrame({"unit": said}), {"unit": units.categories}).collect()["unit"]
    assert told.dtype == pl.Enum(["piece", "t"])
    assert told.to_list() == ["t", None, "piece", "t"]
    assert words_of_categories(said.clear()) is None


@given(st.lists(st.one_of(st.none(), st.integers(-300, 300), st.just(10**9))))
def test_each_code_once(codes: list[int | None]) -> None:
    found = distinct(pl.Series(codes, dtype=pl.Int32)).to_list()
    assert len(found) == len(set(codes))
    assert set(found) == set(codes)


def test_numbers_far_apart_and_text_are_not_looked_up() -> None:
    assert words_of_numbers(pl.Series([1, 10**9]), 10) is None
    assert words_of(pl.Series(["a"]), pl.Series(["b"])) is None
    assert words_of(pl.Series([], dtype=pl.Int32), pl.Series([], dtype=pl.String)) is None


@pytest.mark.parametrize("kind", [pl.Int32, pl.String, pl.Categorical])
def test_a_code_that_changes_its_meaning_within_a_file_is_told_by_its_day(kind) -> None:
    """The number 280 is West Germany until 1990; 704 is Viet Nam always."""
    days = [date(1985, 1, 1), date(1995, 1, 1)]
    found = []
    for day in days:
        rows = pl.DataFrame({"row": [1, 2], "partner": ["704", "280"], "product": [101, 102], "value_usd": [1.0, 2.0]})
        found.append(rows.with_columns(period_start=pl.lit(day)))
    rows = pl.concat(found).with_columns(
        pl.col("row").cast(pl.Int64), pl.col("partner").cast(kind),
        period_end=pl.col("period_start").dt.month_end(),
    )  # fmt: skip
    constants = {"reporter": "643", "flow": "export", "classification": "H0", "freq": "M", "valuation": "fob"}
    reading = CodedReading("baci", "t", "official", "e", DAY, "un_comtrade", rows, constants, digits=6)
    coded = harmonise_coded(reading, snapshot="a" * 64, file="f", added=DAY)
    told = coded.flows.collect()
    wanted = [(areas.from_publisher("un_comtrade", code, day).code, day) for day in days for code in ("704", "280")
              if _is_known(code, day)]  # fmt: skip
    assert sorted(told.select("partner", "period_start").rows()) == sorted(wanted)
    assert set(told["product"]) <= {"000101", "000102"}
    assert told.height + coded.not_understood.height == 4


def _is_known(code: str, day: date) -> bool:
    from corridor.errors import UnknownName

    try:
        areas.from_publisher("un_comtrade", code, day)
    except UnknownName:
        return False
    return True
