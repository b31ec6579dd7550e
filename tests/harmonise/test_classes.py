"""Classes of products: ranges, the package's schemes, lists of the user's own, and sums with what has no class."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from corridor.codes.classes import bundled_ranges
from corridor.errors import NothingFound, UnknownName, UsageError
from corridor.harmonise.classes import UNCLASSIFIED, Scheme, classes, scheme, schemes, sums, with_class
from corridor.harmonise.lists import harmonise_list
from corridor.sources import read, recognise

from . import concordance_world as world

TOY_RANGES = (("40", "40", "all of 40"), ("400002", "400003", "two"), ("4001", "4002", "heading"))
TOY = Scheme("toy", "H4", TOY_RANGES, "toy.csv")


def added(*rows: tuple[str, str, str, str, str], day: int = 1) -> pl.DataFrame:
    names = ["scheme", "classification", "first_product", "last_product", "class"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        added=pl.lit(date(2026, 1, day)), snapshot=pl.lit(f"s{day}"), file=pl.lit(f"mine{day}.csv")
    )


def test_of_nested_ranges_the_longer_codes_decide() -> None:
    asked = ["400001", "400002", "400003", "400004", "400199", "400201", "400301", "41", "4", ""]
    assert list(classes(asked, TOY).values()) == [
        "all of 40", "two", "two", "all of 40", "heading", "heading", "all of 40", *[UNCLASSIFIED] * 3,
    ]  # fmt: skip


def test_flows_get_a_class_and_the_sums_one_row_for_what_has_none() -> None:
    flows = world.flows("H4", {"400001": 1, "400002": 2, "400003": 3, "990000": 4})
    table = with_class(flows, TOY)
    assert set(table["class_note"]) == {"toy: toy.csv"}
    assert sums(table).select("class", "value_usd", "share").rows() == [
        ("all of 40", 1, 0.1),
        ("two", 5, 0.5),
        (UNCLASSIFIED, 4, 0.4),
    ]


def test_what_has_no_class_has_a_row_even_where_it_is_nothing() -> None:
    table = sums(with_class(world.flows("H4", {"400001": 1}), TOY))
    assert table.select("class", "value_usd").rows() == [("all of 40", 1), (UNCLASSIFIED, 0)]


def test_flows_in_another_revision_are_converted_and_none_is_lost() -> None:
    flows = world.flows("H5", {"500001": 1, "500002": 2, "500007": 4})
    table = with_class(flows, TOY, concordances=world.toy())
    assert dict(sums(table).select("class", "value_usd").iter_rows()) == {"all of 40": 1, "two": 2, UNCLASSIFIED: 4}
    assert table.filter(pl.col("class") == "two")["caveats"].to_list() == ["converted_un_conversion"]
    with pytest.raises(NothingFound):
        with_class(flows, TOY)


def test_several_classifications_at_once_are_refused() -> None:
    flows = pl.concat([world.flows("H4", {"400001": 1}), world.flows("H5", {"500001": 1})])
    with pytest.raises(UsageError, match=r"flows in several classifications \(H4, H5\)"):
        with_class(flows, TOY)


def test_a_scheme_of_any_revision_takes_them_all() -> None:
    flows = pl.concat([world.flows("H4", {"270900": 1}), world.flows("H6", {"847130": 2})])
    table = with_class(flows, scheme("ru_processing"))
    assert dict(table.select("product", "class").iter_rows()) == {"270900": "raw_energy", "847130": "upper"}
    assert set(table["caveats"]) == {"approximate_class"}


def test_a_list_that_was_added_takes_the_place_of_the_package_s() -> None:
    own = added(("ru_processing", "HS", "27", "27", "mine"), day=1)
    newer = added(("ru_processing", "HS", "27", "27", "newer"), ("lall", "S2", "001", "001", "PP"), day=2)
    known = schemes(pl.concat([own, newer]))
    assert known["ru_processing"].ranges == (("27", "27", "newer"),)
    assert not known["ru_processing"].approximate
    assert known["lall"].note == "mine2.csv"
    assert known["bec4_stage"].classification == "B4"


def test_an_unknown_scheme_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="“lal”; there are: bec4_end_use, bec4_stage, ru_processing; more are added"):
        scheme("lal")


def test_the_bundled_ranges_are_sound() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in bundled_ranges():
        assert len(row["from"]) == len(row["to"])
        assert row["from"] <= row["to"]
        assert row["class"]
        assert (row["scheme"], row["from"]) not in seen, row
        seen[row["scheme"], row["from"]] = row["class"]


def test_every_basic_category_has_an_end_use_and_a_stage() -> None:
    """The nineteen basic categories of BEC Rev. 4."""
    basic = ["111", "112", "121", "122", "21", "22", "31", "321", "322", "41", "42", "51", "521", "522", "53", "61",
             "62", "63", "7"]  # fmt: skip
    assert len(basic) == 19
    for name in ("bec4_end_use", "bec4_stage"):
        assert UNCLASSIFIED not in classes(basic, scheme(name)).values()


def test_chapters_of_the_harmonised_system_have_a_degree_of_processing() -> None:
    by = scheme("ru_processing")
    headings = [f"{chapter:02}01" for chapter in range(1, 98) if chapter != 77]
    assert [code for code, found in classes(headings, by).items() if found == UNCLASSIFIED] == []
    known = {"2701": "raw_energy", "2601": "raw_non_energy", "4403": "raw_non_energy", "1001": "lower", "3102": "lower",
             "7208": "middle", "4810": "middle", "8471": "upper", "3004": "upper", "1806": "upper"}  # fmt: skip
    assert classes(known, by) == known


def test_ten_years_by_end_use_and_by_rauch(test_data: Path) -> None:
    """Imports of the United States from Viet Nam in 2019 (H5): BEC directly, Rauch over SITC Rev. 2."""
    folder = test_data / "concordances"
    tables = {
        name: harmonise_list(
            read(folder / name, recognise(folder / name), name), snapshot=name, file=name, added=date(2026, 1, 1)
        )
        for name in (
            "HS2017 to BEC Conversion and Correlation Tables.csv",
            "HS2017toSITC2ConversionAndCorrelationTables.xlsx",
            "rauch_classification_rev2.xlsx",
        )
    }
    concordances = pl.concat([each["concordances"] for each in tables.values() if "concordances" in each])
    ranges = tables["rauch_classification_rev2.xlsx"]["class_ranges"]
    real = pl.read_csv(test_data / "comtrade-bilateral-hs6" / "us_vietnam_1521.csv.gz", infer_schema=False)
    year = real.filter((pl.col("ref_year") == "2019") & (pl.col("aggr_level") == "6")).select(
        classification=pl.lit("H5"),
        product="cmd_code",
        value_usd=pl.col("primary_value").cast(pl.Float64),
        reporter=pl.lit("USA"),
        partner=pl.lit("VNM"),
        flow=pl.lit("import"),
        period_end=pl.lit(date(2019, 12, 31)),
        caveats=pl.lit(""),
    )
    use = sums(with_class(year, scheme("bec4_end_use"), concordances=concordances))
    assert use["value_usd"].sum() == pytest.approx(year["value_usd"].sum(), abs=0.01)
    shares = dict(use.select("class", "share").iter_rows())
    assert set(shares) == {"capital", "consumption", "intermediate", "other", UNCLASSIFIED}
    assert shares["consumption"] > 0.4, "clothing, footwear, furniture"
    rauch = sums(with_class(year, scheme("rauch_conservative", ranges), concordances=concordances))
    assert rauch["value_usd"].sum() == pytest.approx(year["value_usd"].sum(), abs=0.01)
    assert dict(rauch.select("class", "share").iter_rows())["n"] > 0.7, "differentiated goods"
