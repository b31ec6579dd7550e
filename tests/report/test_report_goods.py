"""What goods are called: the same digits mean something else in another classification."""

from datetime import date

import polars as pl
import pytest

from corridor.report.goods import goods_in

EARLY, LATE = date(2025, 1, 1), date(2026, 1, 1)


def names(*rows: tuple[str, str, str, str, date]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["classification", "product", "lang", "name", "added"], orient="row")


def test_a_chapter_of_the_harmonized_system_is_no_division_of_isic() -> None:
    held = names(("H4", "49", "en", "Printed books", EARLY), ("I4", "49", "en", "Land transport", LATE))
    assert goods_in(held, "HS")["49"]["en"] == "Printed books (HS 49)"
    assert goods_in(held, "I4")["49"]["en"] == "Land transport (ISIC Rev. 4 49)"
    assert goods_in(held, "S3") == {}


@pytest.mark.parametrize(
    ("classification", "name"),
    [("H4", "Old words"), ("H6", "New words"), ("", "Newest words"), ("VNC", "Newest words"), ("HSC", "(-2011) Words")],
)
def test_the_revision_asked_for_goes_first_and_then_the_last_added(classification: str, name: str) -> None:
    held = names(
        ("H4", "0901", "en", "Old words", EARLY),
        ("H6", "0901", "en", "New words", EARLY),
        ("AHTN2022", "0901", "en", "Newest words", LATE),
        ("HSC", "0901", "en", "(-2011) Words", LATE),
        ("S3", "0901", "en", "Something else", LATE),
    )
    assert goods_in(held, classification)["0901"]["en"] == f"{name} (HS 0901)"
