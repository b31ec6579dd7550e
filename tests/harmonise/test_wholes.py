"""World, groups and former states stand apart from their members."""

from datetime import date

import polars as pl
import pytest

from corridor.codes.frames import UnfitTable
from corridor.errors import UsageError
from corridor.harmonise.wholes import Overlap, comparable, overlaps, refuse_overlaps, split

DAY = date(2020, 12, 31)


def flows(*rows: tuple[str, float], day: date = DAY, product: str = "TOTAL") -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"partner": pl.String, "value_usd": pl.Float64}, orient="row").with_columns(
        reporter=pl.lit("USA"),
        flow=pl.lit("import"),
        product=pl.lit(product),
        period_end=pl.lit(day),
        caveats=pl.lit(""),
    )


@pytest.mark.parametrize(
    ("codes", "day", "found"),
    [
        (["RUS", "VNM", "DEU"], DAY, ()),
        (["WLD", "RUS", "VNM"], DAY, (Overlap("WLD", ("RUS", "VNM")),)),
        (["EU", "DEU", "GBR"], date(2019, 12, 31), (Overlap("EU", ("DEU", "GBR")),)),
        (["EU", "GBR"], date(2020, 2, 1), ()),
        (["EAEU", "ARM", "UZB"], DAY, (Overlap("EAEU", ("ARM",)),)),
        (["EAEU", "KGZ"], date(2015, 8, 11), ()),
        (["BLX", "BEL", "LUX"], date(1998, 12, 31), (Overlap("BLX", ("BEL", "LUX")),)),
        (["SUN", "RUS", "MNE", "YUG"], date(1992, 1, 1), (Overlap("SUN", ("RUS",)), Overlap("YUG", ("MNE",)))),
        (["RUS", "RU-VLG"], DAY, (Overlap("RUS", ("RU-VLG",)),)),
        (["RU-ARK", "RU-NEN"], DAY, (Overlap("RU-ARK", ("RU-NEN",)),)),
        (["RU-FD-NORTHWEST", "RU-NEN", "RU-MOW"], DAY, (Overlap("RU-FD-NORTHWEST", ("RU-NEN",)),)),
        (["X899", "RUS"], DAY, ()),
        (["X711", "ZAF"], date(1999, 12, 31), (Overlap("X711", ("ZAF",)),)),
    ],
)
def test_who_contains_whom_on_a_day(codes: list[str], day: date, found: tuple[Overlap, ...]) -> None:
    assert overlaps(codes, day) == found


def test_a_table_of_members_alone_passes() -> None:
    refuse_overlaps(flows(("DEU", 1), ("FRA", 2), ("X899", 3)))
    refuse_overlaps(flows(("WLD", 6)))


def test_a_whole_beside_its_members_is_refused() -> None:
    with pytest.raises(UnfitTable, match=r"partner EU stands beside its own members \(DEU, FRA\) on 2020-12-31"):
        refuse_overlaps(flows(("DEU", 1), ("EU", 3), ("FRA", 2)))


def test_a_whole_of_other_goods_or_another_day_is_no_double_count() -> None:
    refuse_overlaps(pl.concat([flows(("EU", 3)), flows(("DEU", 1), product="27")]))
    refuse_overlaps(pl.concat([flows(("EU", 3)), flows(("DEU", 1), day=date(2021, 12, 31))]))


def test_a_split_table_adds_up_once() -> None:
    apart = split(flows(("DEU", 1), ("EU", 3), ("WLD", 10), ("FRA", 2), ("VNM", 7)))
    assert apart.members["partner"].to_list() == ["DEU", "FRA", "VNM"]
    assert apart.members["value_usd"].sum() == 10
    assert apart.wholes["partner"].to_list() == ["EU", "WLD"]
    alone = split(flows(("WLD", 10)))
    assert alone.members.is_empty()
    assert split(flows(("EU", 3))).members.height == 1, "a group without its members is a partner like others"


def test_a_series_runs_through_a_break_up() -> None:
    told = comparable(flows(("RUS", 1), ("KAZ", 2), ("DEU", 3), ("SRB", 4)), date(1990, 6, 30))
    assert told["partner"].to_list() == ["SUN", "SUN", "DEU", "YUG"]
    assert told["caveats"].to_list() == ["definition_break", "definition_break", "", "definition_break"]
    assert comparable(flows(("SRB", 4), ("SDN", 1)), date(2000, 6, 30))["partner"].to_list() == ["SCG", "X736"]


def test_an_area_that_was_two_is_not_guessed() -> None:
    with pytest.raises(UsageError, match="VNM was VDR and X868 on 1970-01-01"):
        comparable(flows(("VNM", 1)), date(1970, 1, 1))
