"""One figure, one series: whose figures a study stands on."""

from __future__ import annotations

import random

import pytest

from corridor.errors import NothingFound, UsageError
from corridor.study.series import Series, candidates, choose
from world import blocks, figure, months, question, series, tables, years

INTERNATIONAL = {"source": "imf_imts", "table": "IMTS", "classification": "TOTAL", "release": "official"}


def both_ways(partner: str, value: float, period: str, **but: object) -> list[dict[str, object]]:
    return [figure(partner, "TOTAL", value, period, flow=flow, **but) for flow in ("export", "import")]


def test_a_national_publisher_stands_before_an_international_one():
    # The international series is much longer, and has the groups too.
    long = [
        row for year in range(2000, 2025) for row in both_ways("VNM", 1, str(year), reporter="RUS", **INTERNATIONAL)
    ]
    assert choose(tables([*long, *years()]), question()) == series()


def test_the_press_stands_last():
    rows = [*both_ways("RUS", 1, "2024", source="press"), *both_ways("RUS", 1, "2024", **INTERNATIONAL)]
    assert choose(tables(rows), question()).source == "imf_imts"


def test_a_publisher_nobody_knows_stands_behind_every_known_one():
    rows = [*both_ways("RUS", 1, "2024", source="nobody"), *both_ways("RUS", 1, "2024", source="press")]
    assert choose(tables(rows), question()).source == "press"


def test_groups_stand_before_totals_alone():
    totals = [
        row
        for month in ("2024-01", "2024-02", "2024-03")
        for row in both_ways("RUS", 9, month, source="vn_nso", classification="TOTAL")
    ]
    groups = [row for flow in ("export", "import") for row in blocks("RUS", {"coal": 1}, "2024-01", flow=flow)]
    assert choose(tables([*totals, *groups]), question()).source == "vn_customs"


def test_the_first_release_stands_before_the_revised_and_the_official_one():
    rows = [row for release in ("official", "revised", "first") for row in both_ways("RUS", 1, "2024", release=release)]
    found = candidates(tables(rows), question())
    assert [each.release for each in found] == ["first", "revised", "official"]


def test_a_series_with_both_flows_stands_before_one_with_one():
    one = [figure("RUS", "coal", 1, month, source="vn_customs") for month in ("2024-01", "2024-02", "2024-03")]
    both = [
        row
        for flow in ("export", "import")
        for row in blocks("RUS", {"coal": 1}, "2024-01", flow=flow, source="vn_nso")
    ]
    assert choose(tables([*one, *both]), question()).source == "vn_nso"


def test_the_longer_of_two_like_series_is_taken():
    short = both_ways("RUS", 1, "2024", source="imf_imts")
    long = [row for year in ("2023", "2024") for row in both_ways("RUS", 1, year, source="imf_other")]
    world = tables([*short, *long])
    publishers = {**world.publishers, "imf_other": world.publishers["imf_imts"]}
    assert choose(type(world)(**{**vars(world), "publishers": publishers}), question()).source == "imf_other"


def test_either_side_may_report():
    rows = [
        row
        for flow in ("export", "import")
        for row in blocks("VNM", {"coal": 1}, "2024", flow=flow, reporter="RUS", source="ru_customs")
    ]
    found = choose(tables(rows), question())
    assert (found.reporter, found.partner, found.source) == ("RUS", "VNM", "ru_customs")
    assert (found.flow("RUS"), found.flow("VNM")) == ("export", "import")
    assert (found.basis("RUS"), found.basis("VNM")) == ("reported", "mirror")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"source": "imf_imts"}, ("RUS", "imf_imts", "official", "TOTAL")),
        ({"release": "revised"}, ("VNM", "vn_nso", "revised", "TOTAL")),
        ({"classification": "TOTAL"}, ("VNM", "vn_customs", "first", "TOTAL")),
        ({"classification": "TOTAL", "release": "revised"}, ("VNM", "vn_nso", "revised", "TOTAL")),
        ({"classification": "VNC"}, ("VNM", "vn_customs", "first", "VNC")),
    ],
)
def test_the_reader_may_ask_for_another_series(asked, expected):
    rows = [
        *years(),
        *both_ways("VNM", 1, "2024", reporter="RUS", **INTERNATIONAL),
        *both_ways("RUS", 1, "2024-01", source="vn_nso", release="revised", classification="TOTAL"),
    ]
    found = choose(tables(rows), question(**asked))
    assert (found.reporter, found.source, found.release, found.classification) == expected


def test_a_pair_that_no_table_holds_is_nothing_found_with_what_was_asked():
    with pytest.raises(NothingFound, match=r"no table holds trade between RUS and VNM; add a file.*corridor add"):
        choose(tables([]), question())
    with pytest.raises(NothingFound, match="from source nowhere"):
        choose(tables(years()), question(source="nowhere"))
    with pytest.raises(NothingFound, match="between RUS and LAO"):
        choose(tables(years()), question(partner="LAO"))


def test_the_choice_does_not_depend_on_the_order_of_the_rows():
    rows = [
        *years(),
        *both_ways("RUS", 1, "2024", source="vn_nso", release="revised"),
        *both_ways("VNM", 1, "2024", reporter="RUS", **INTERNATIONAL),
        *months("RUS", {"2024-01": 1}),
    ]
    expected = candidates(tables(rows), question())
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert candidates(tables(rows), question()) == expected


def test_the_rows_of_a_series_are_its_own_and_its_totals():
    rows = [
        figure("RUS", "coal", 1),
        figure("RUS", "TOTAL", 1, classification="TOTAL"),
        figure("RUS", "coal", 1, classification="HS2"),
        figure("RUS", "coal", 1, reporter="LAO"),
        figure("RUS", "coal", 1, source="vn_nso"),
        figure("RUS", "coal", 1, release="revised"),
        figure("AUS", "coal", 1),
    ]
    kept = series().rows(tables(rows).flows)
    assert kept.select("partner", "product", "classification").rows() == [
        ("RUS", "coal", "VNC"), ("RUS", "TOTAL", "TOTAL"), ("AUS", "coal", "VNC"),
    ]  # fmt: skip


def test_an_economy_does_not_trade_with_itself():
    with pytest.raises(UsageError, match="VNM does not trade with itself"):
        question(exporter="VNM")


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01, float("nan")])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(UsageError, match="the threshold is"):
        question(threshold=threshold)


def test_a_series_is_a_value():
    assert Series("VNM", "RUS", "vn_customs", "first", "VNC") == series()
