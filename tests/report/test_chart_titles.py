"""What charts say in their titles: findings of a toy world, by hand, in three languages; ties, lone figures, none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.catalogue import LANGS, Lang
from corridor.report.charts.saved import slide
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import (
    Chapter,
    Chart,
    ChartKind,
    Column,
    Document,
    Label,
    Meta,
    Row,
    Table,
)
from corridor.report.documents.tiles import tile_map
from corridor.report.render.html import page
from corridor.report.text import text, voice
from corridor.workspace import Workspace

OUT: Mapping[str, Parameter] = {"exporter": Name("area", "VNM"), "importer": Name("area", "RUS")}
BACK: Mapping[str, Parameter] = {"exporter": Name("area", "RUS"), "importer": Name("area", "VNM")}
YEAR: Mapping[str, Parameter] = {"period": Name("period", "2025")}
ON: Mapping[str, Parameter] = {"base": Name("period", "2024")}
OF_OUT, OF_BACK = Finding("series.exports", OUT), Finding("series.exports", BACK)
PAIR: Mapping[str, Parameter] = {"reporter": Name("area", "VNM"), "partner": Name("area", "RUS")}

#: A series: its label and its unit.
Series = tuple[Label | None, Unit]
#: A row: its name and its figures.
Line = tuple[Name | Finding, Sequence[float | None]]


def product(code: str) -> Name:
    return Name("product", code)


def year(code: int) -> Name:
    return Name("period", str(code))


def made(kind: ChartKind, title: Finding, series: Sequence[Series], *lines: Line, strong: Sequence[int] = ()) -> Chart:
    """A chart of these rows; every row is traced by its number."""
    numbers = (Column(f"c{n}", unit, label=own) for n, (own, unit) in enumerate(series))
    rows = tuple(
        Row(
            (name, *(Measure(value, unit) for value, (_, unit) in zip(values, series, strict=True))),
            (f"row/{place}",),
            highlight=place in strong,
        )
        for place, (name, values) in enumerate(lines)
    )
    return chart(kind, Table(kind, title, (Column("group", kind="name"), *numbers), rows))


def title(found: Chart, lang: Lang = "en") -> str:
    return text(found.figures.title, lang).replace("\N{NO-BREAK SPACE}", " ")


def in_three(found: Chart) -> list[str]:
    return [title(found, lang) for lang in LANGS]


def keeps_its_title(found: Chart) -> bool:
    return found.figures.title.key.startswith("chart.") and found.figures.notes == ()


# --- what each side sells


def structure(*lines: Line) -> Chart:
    drawn = Finding("chart.structure", YEAR)
    return made("structure", drawn, ((OF_OUT, "usd"), (OF_BACK, "usd")), *lines)


SOLD: tuple[Line, ...] = (
    (product("coffee"), (41e6, None)), (product("rice"), (20e6, None)), (product("rubber"), (11e6, None)),
    (product("cashew"), (8e6, None)), (product("other_goods"), (20e6, 30e6)), (product("coal"), (None, 70e6)),
)  # fmt: skip


def test_the_largest_named_group_of_each_side_and_what_the_three_largest_make_up() -> None:
    # 41 of 100; 41 + 20 + 11 = 72 of 100, the residual group left out; coal 70 of 100, the only named group.
    assert in_three(structure(*SOLD)) == [
        "The largest named group in 2025 was coffee in exports of Viet Nam to Russia (41.0%; the three largest together"
        " 72.0%) and coal in exports of Russia to Viet Nam (70.0%)",
        "Крупнейшая названная группа, 2025 г.: в экспорте Вьетнама в Россию — «кофе» (41,0 %; три крупнейшие вместе —"
        " 72,0 %); в экспорте России во Вьетнам — «уголь» (70,0 %)",
        "Nhóm hàng nêu tên lớn nhất, năm 2025: cà phê trong xuất khẩu của Việt Nam sang Nga (41,0%; ba nhóm lớn nhất"
        " cộng lại 72,0%); than các loại trong xuất khẩu của Nga sang Việt Nam (70,0%)",
    ]


def test_a_title_leads_to_the_rows_it_names_and_what_is_drawn_stands_under_it() -> None:
    found = structure(*SOLD).figures
    assert found.title.traces == ("row/0", "row/5")
    assert found.notes == (Finding("chart.drawn", {"what": Finding("chart.structure", YEAR)}),)
    assert text(found.notes[0], "en") == "What each side sells to the other, 2025: areas in one scale."


def test_a_side_whose_first_place_is_shared_is_left_out() -> None:
    tied = structure((product("coffee"), (40e6, 10e6)), (product("rice"), (40e6, 5e6)))
    assert title(tied) == "The largest named group in 2025 was coffee in exports of Russia to Viet Nam (66.7%)"


def test_both_sides_tied_or_empty_keep_the_title_of_what_is_drawn() -> None:
    assert keeps_its_title(structure((product("coffee"), (1.0, 2.0)), (product("rice"), (1.0, 2.0))))
    assert keeps_its_title(structure((product("other_goods"), (1.0, 2.0))))
    assert keeps_its_title(structure())


def test_what_arithmetic_leaves_makes_no_leader() -> None:
    # 0.1 + 0.2 is 0.30000000000000004.
    assert keeps_its_title(structure((product("coffee"), (0.1 + 0.2, None)), (product("rice"), (0.3, None))))


# --- trade over the years


def annual(*lines: Line) -> Chart:
    balance = Finding("series.balance", {"reporter": Name("area", "VNM")})
    drawn = Finding("chart.annual_trade", {"reporter": Name("area", "VNM")})
    return made("annual_trade", drawn, ((OF_OUT, "usd"), (OF_BACK, "usd"), (balance, "usd")), *lines)


def test_both_flows_from_the_first_year_to_the_last() -> None:
    # 100 -> 125 is +25 %, 80 -> 60 is -25 %; 125 - 60 = 65.
    found = annual((year(2023), (100e6, 80e6, 20e6)), (year(2024), (10e6, 1e6, 9e6)), (year(2025), (125e6, 60e6, 65e6)))
    assert in_three(found) == [
        "From 2023 to 2025, exports of Viet Nam to Russia rose by 25.0% and exports of Russia to Viet Nam fell by"
        " 25.0%;"
        " in 2025 Viet Nam had a trade surplus of 65.00 million USD",
        "2025 г. к 2023 г.: экспорт Вьетнама в Россию вырос на 25,0 %; экспорт России во Вьетнам снизился на 25,0 %;"
        " за 2025 г. положительное сальдо Вьетнама — 65,00 млн долл.",
        "Năm 2025 so với năm 2023, xuất khẩu của Việt Nam sang Nga tăng 25,0%; xuất khẩu của Nga sang Việt Nam giảm"
        " 25,0%; năm 2025 Việt Nam xuất siêu 65,00 triệu USD",
    ]
    assert found.figures.title.traces == ("row/0", "row/2")


def test_a_balance_of_nothing_is_not_told_and_a_base_of_nothing_is_no_growth() -> None:
    found = annual((year(2024), (0.0, 50e6, -50e6)), (year(2025), (50e6, 50e6, 0.0)))
    assert title(found) == (
        "From 2024 to 2025, exports of Viet Nam to Russia cannot be compared and exports of Russia to Viet Nam"
        " did not change"
    )


def test_years_whose_ends_are_not_held_are_not_compared() -> None:
    assert keeps_its_title(annual((year(2024), (None, 50e6, None)), (year(2025), (50e6, 50e6, 0.0))))


# --- months


def monthly(*lines: Line) -> Chart:
    series = [
        (Finding(f"series.{release}", {"flow": Name("term", f"flow.{flow}")}), "usd")
        for flow in ("export", "import")
        for release in ("first", "revised")
    ]
    return made("monthly_totals", Finding("chart.monthly_totals", PAIR), series, *lines)


def month(number: int) -> Name:
    return Name("period", f"2025-0{number}")


def test_the_largest_revision_of_a_month() -> None:
    # 100 -> 110 is +10 %; 80 -> 68 is -15 %, which goes further.
    found = monthly((month(1), (100e6, 110e6, 50e6, None)), (month(2), (90e6, None, 80e6, 68e6)))
    assert in_three(found) == [
        "Trade of Viet Nam with Russia by month: the largest revision of a month is −15.0% (imports, February 2025)",
        "Торговля Вьетнама с Россией по месяцам: самое большое уточнение — импорт за февраль 2025 г.: −15,0 %",
        "Thương mại của Việt Nam với Nga theo tháng: mức điều chỉnh lớn nhất là -15,0% (nhập khẩu, tháng 2/2025)",
    ]


def test_without_revised_data_the_highest_months_are_told() -> None:
    found = monthly((month(1), (100e6, None, 50e6, None)), (month(2), (90e6, None, 80e6, None)))
    assert in_three(found) == [
        "Trade of Viet Nam with Russia by month was highest for exports in January 2025 (100.00 million USD) and"
        " imports"
        " in February 2025 (80.00 million USD)",
        "Торговля Вьетнама с Россией по месяцам, наибольшие значения: экспорт — январь 2025 г. (100,00 млн долл.);"
        " импорт — февраль 2025 г. (80,00 млн долл.)",
        "Thương mại của Việt Nam với Nga theo tháng, mức cao nhất: xuất khẩu tháng 1/2025 (100,00 triệu USD); nhập"
        " khẩu tháng 2/2025 (80,00 triệu USD)",
    ]


def test_revised_data_that_change_nothing_say_so() -> None:
    found = monthly((month(1), (100e6, 100e6, None, None)))
    assert title(found).endswith("the revised data repeat the first release in every month that has both")


def test_equal_revisions_and_a_lone_month_say_nothing() -> None:
    assert keeps_its_title(monthly((month(1), (100.0, 110.0, 50.0, 55.0))))
    assert keeps_its_title(monthly((month(1), (100.0, None, None, None))))


# --- mirror data


def mirror(*lines: Line, labels: tuple[Finding, ...] = (OF_OUT,)) -> Chart:
    return made("mirror_ratio", Finding("chart.mirror_ratio"), [(label, "ratio") for label in labels], *lines)


def test_half_is_further_from_agreement_than_one_and_a_half() -> None:
    found = mirror((year(2023), (1.5,)), (year(2024), (0.5,)), (year(2025), (1.25,)))
    assert in_three(found) == [
        "Mirror data: imports recorded by Russia were 0.50 to 1.50 times the exports recorded by Viet Nam, furthest"
        " apart in 2024",
        "Зеркальные данные: отношение импорта по данным России к экспорту по данным Вьетнама — от 0,50 до 1,50, сильнее"
        " всего данные расходятся за 2024 г.",
        "Số liệu đối ứng: nhập khẩu theo số liệu của Nga bằng từ 0,50 đến 1,50 lần xuất khẩu theo số liệu của Việt Nam,"
        " chênh lệch nhiều nhất vào năm 2024",
    ]


def test_a_year_alone_and_years_that_are_the_same_and_a_shared_distance() -> None:
    one = mirror((year(2024), (0.5, 1.5)), (year(2025), (0.5, None)), labels=(OF_OUT, OF_BACK))
    assert title(one) == (
        "Mirror data: in every year shown imports recorded by Russia were 0.50 times the exports recorded by Viet Nam"
        " and in 2024 imports recorded by Viet Nam were 1.50 times the exports recorded by Russia"
    )
    shared = mirror((year(2024), (0.5,)), (year(2025), (2.0,)))
    assert title(shared).endswith("were 0.50 to 2.00 times the exports recorded by Viet Nam")
    assert keeps_its_title(mirror((year(2024), (None,))))


def test_a_side_that_recorded_nothing_has_no_distance() -> None:
    found = mirror((year(2024), (0.0,)), (year(2025), (1.2,)))
    assert title(found).endswith("were 0.00 to 1.20 times the exports recorded by Viet Nam")


# --- what moved the total


def contributions(*lines: Line) -> Chart:
    return made("contributions", Finding("chart.contributions", {**OUT, **YEAR, **ON}), ((None, "pp"),), *lines)


def test_what_added_most_and_what_took_off_most() -> None:
    found = contributions((product("coffee"), (0.0668,)), (product("rice"), (0.01,)), (product("garments"), (-0.1105,)))
    assert in_three(found) == [
        "Coffee added most (+6.68 pp) and textiles and garments took off most (−11.05 pp): exports of Viet Nam to"
        " Russia,"
        " 2025 against 2024",
        "Больше всего прибавила группа «кофе» (+6,68 п. п.), больше всего убавила группа «текстильные и швейные"
        " изделия» (−11,05 п. п.): экспорт Вьетнама в Россию, 2025 г. к 2024 г.",
        "Tăng nhiều nhất là cà phê (+6,68 điểm %), kéo giảm nhiều nhất là hàng dệt, may (-11,05 điểm %): xuất khẩu của"
        " Việt Nam sang Nga, năm 2025 so với năm 2024",
    ]


def test_one_way_only_is_told_alone_and_shared_places_are_not_told() -> None:
    up = contributions((product("coffee"), (0.02,)), (product("rice"), (0.01,)))
    assert title(up) == "Coffee added most (+2.00 pp): exports of Viet Nam to Russia, 2025 against 2024"
    down = contributions((product("coffee"), (0.02,)), (product("rice"), (0.02,)), (product("rubber"), (-0.01,)))
    assert title(down) == "Rubber took off most (−1.00 pp): exports of Viet Nam to Russia, 2025 against 2024"
    assert keeps_its_title(contributions((product("coffee"), (0.02,)), (product("rice"), (0.02,))))
    assert keeps_its_title(contributions())


def test_the_largest_change_with_its_two_effects() -> None:
    series: tuple[Series, ...] = ((None, "usd"),) * 3
    drawn = Finding("chart.value_effects", {**OUT, **YEAR, **ON})
    lines: tuple[Line, ...] = (
        (product("rice"), (1e6, 2e6, 3e6)), (product("coffee"), (-20e6, 5e6, -15e6)),
    )  # fmt: skip
    found = made("value_effects", drawn, series, *lines)
    assert in_three(found) == [
        "Of the groups with quantities, coffee changed most (−15.00 million USD): −20.00 million USD through unit"
        " value,"
        " +5.00 million USD through quantity; exports of Viet Nam to Russia, 2025 against 2024",
        "Среди групп с количеством сильнее всего изменилась группа «кофе» (−15,00 млн долл.): −20,00 млн долл. за счёт"
        " средней цены, +5,00 млн долл. за счёт физического объёма; экспорт Вьетнама в Россию, 2025 г. к 2024 г.",
        "Trong các nhóm có số liệu về lượng, thay đổi nhiều nhất là cà phê (-15,00 triệu USD): -20,00 triệu USD do đơn"
        " giá bình quân, +5,00 triệu USD do lượng; xuất khẩu của Việt Nam sang Nga, năm 2025 so với năm 2024",
    ]
    # As much up as down: neither changed most.
    assert keeps_its_title(made("value_effects", drawn, series, lines[1], (product("rubber"), (9e6, 6e6, 15e6))))


# --- shares of a market


def shares(kind: str, *lines: Line) -> Chart:
    whose = {"importer": Name("area", "RUS")} if kind == "suppliers" else {"exporter": Name("area", "VNM")}
    own = Name("area", "VNM" if kind == "suppliers" else "RUS")
    return made("market_shares", Finding(f"chart.{kind}", {**whose, **YEAR}), ((own, "share"), (None, "share")), *lines)


def test_where_the_own_share_is_largest_and_smallest() -> None:
    lines: tuple[Line, ...] = (
        (product("coffee"), (0.058, 0.9)), (product("rice"), (0.31, 0.6)), (product("rubber"), (0.003, 0.9)),
    )  # fmt: skip
    assert in_three(shares("suppliers", *lines)) == [
        "Of the groups shown, in 2025 the share of Viet Nam in imports of Russia was largest in rice (31.0%) and"
        " smallest in rubber (0.3%)",
        "Среди показанных групп за 2025 г. доля Вьетнама в импорте России наибольшая по группе «рис» (31,0 %),"
        " наименьшая — по группе «каучук» (0,3 %)",
        "Trong các nhóm hàng trong hình, năm 2025 thị phần của Việt Nam trong nhập khẩu của Nga lớn nhất ở gạo (31,0%),"
        " nhỏ nhất ở cao su (0,3%)",
    ]
    assert in_three(shares("markets", *lines)) == [
        "Of the groups shown, in 2025 the share of Russia in exports of Viet Nam was largest in rice (31.0%) and"
        " smallest in rubber (0.3%)",
        "Среди показанных групп за 2025 г. доля России в экспорте Вьетнама наибольшая по группе «рис» (31,0 %),"
        " наименьшая — по группе «каучук» (0,3 %)",
        "Trong các nhóm hàng trong hình, năm 2025 tỷ trọng của Nga trong xuất khẩu của Việt Nam lớn nhất ở gạo (31,0%),"
        " nhỏ nhất ở cao su (0,3%)",
    ]


@pytest.mark.parametrize("kind", ["suppliers", "markets"])
def test_one_group_has_no_largest_and_a_shared_last_place_is_not_told(kind: str) -> None:
    single = title(shares(kind, (product("rice"), (0.31, 0.6))))
    assert single.endswith("was 31.0% in rice")
    tied = shares(kind, *((product(code), (value, 0.1)) for code, value in (("a", 0.3), ("b", 0.1), ("c", 0.1))))
    assert title(tied).endswith("was largest in a (30.0%)")
    assert keeps_its_title(shares(kind, (product("a"), (0.3, 0.1)), (product("b"), (0.3, 0.1))))


def circles(kind: str, *lines: Line) -> Chart:
    drawn = Finding(f"chart.growth_share_{kind}", {**OUT, **YEAR})
    return made("growth_share", drawn, ((None, "growth"), (None, "share"), (None, "usd")), *lines)


def test_how_many_markets_grew_and_what_is_held_of_the_fastest() -> None:
    lines: tuple[Line, ...] = (
        (product("coffee"), (0.45, 0.021, 5e6)), (product("rice"), (-0.1, 0.3, 9e6)),
        (product("rubber"), (0.02, 0.1, 1e6)), (product("cashew"), (0.9, None, 1e6)),
    )  # fmt: skip
    # Cashew has no circle: its share is not known.
    assert in_three(circles("suppliers", *lines)) == [
        "The market grew in 2 of the 3 groups shown, fastest in coffee (+45.0%), where the share of Viet Nam is 2.1%:"
        " exports of Viet Nam to Russia, 2025",
        "Рынок вырос по 2 из 3 показанных групп, быстрее всего по группе «кофе» (+45,0 %), где доля Вьетнама — 2,1 %:"
        " экспорт Вьетнама в Россию, 2025 г.",
        "Thị trường tăng ở 2 trong 3 nhóm hàng trong hình, nhanh nhất ở cà phê (+45,0%), nơi thị phần của Việt Nam là"
        " 2,1%: xuất khẩu của Việt Nam sang Nga, năm 2025",
    ]
    assert "where the share of Russia is 2.1%" in title(circles("markets", *lines))
    assert in_three(circles("suppliers", lines[0], lines[2])) == [
        "The market grew in all 2 groups shown, fastest in coffee (+45.0%), where the share of Viet Nam is 2.1%:"
        " exports of Viet Nam to Russia, 2025",
        "Рынок вырос по всем показанным группам (2), быстрее всего по группе «кофе» (+45,0 %), где доля Вьетнама —"
        " 2,1 %: экспорт Вьетнама в Россию, 2025 г.",
        "Thị trường tăng ở cả 2 nhóm hàng trong hình, nhanh nhất ở cà phê (+45,0%), nơi thị phần của Việt Nam là 2,1%:"
        " xuất khẩu của Việt Nam sang Nga, năm 2025",
    ]


@pytest.mark.parametrize("kind", ["suppliers", "markets"])
def test_no_market_that_grew_and_two_that_grew_alike(kind: str) -> None:
    none = circles(kind, (product("coffee"), (-0.2, 0.1, 1.0)), (product("rice"), (0.0, 0.1, 1.0)))
    assert "grew in none of the 2 groups shown: exports of Viet Nam to Russia, 2025" in title(none)
    tied = circles(kind, (product("coffee"), (0.2, 0.1, 1.0)), (product("rice"), (0.2, 0.1, 1.0)))
    assert "grew in all 2 groups shown: exports of Viet Nam to Russia, 2025" in title(tied)
    assert keeps_its_title(circles(kind))


def effects(*amounts: float) -> Chart:
    names = (
        Finding("series.base", {"period": year(2024)}),
        *(Finding(f"series.{step}") for step in ("market_effect", "structure_effect", "residual_effect")),
        Finding("series.base", {"period": year(2025)}),
    )
    drawn = Finding("chart.constant_market_share", {**OUT, **YEAR, **ON})
    lines = zip(names, ([amount] for amount in amounts), strict=True)
    return made("market_share_effects", drawn, ((None, "usd"),), *lines, strong=(0, 4))


def test_the_effect_that_weighs_most_between_two_totals() -> None:
    assert in_three(effects(100e6, 20e6, 5e6, -35e6, 90e6)) == [
        "Exports of Viet Nam to Russia fell from 100.00 million USD in 2024 to 90.00 million USD in 2025; what weighed"
        " most was the residual effect (−35.00 million USD)",
        "Экспорт Вьетнама в Россию снизился с 100,00 млн долл. за 2024 г. до 90,00 млн долл. за 2025 г.; сильнее"
        " всего —"
        " остаточный эффект (−35,00 млн долл.)",
        "Xuất khẩu của Việt Nam sang Nga giảm từ 100,00 triệu USD (năm 2024) xuống 90,00 triệu USD (năm 2025); lớn nhất"
        " là tác động còn lại (-35,00 triệu USD)",
    ]
    assert title(effects(100e6, 40e6, 5e6, -35e6, 110e6)) == (
        "Exports of Viet Nam to Russia rose from 100.00 million USD in 2024 to 110.00 million USD in 2025; what weighed"
        " most was the market growth effect (+40.00 million USD)"
    )
    assert keeps_its_title(effects(100e6, 30e6, 5e6, -35e6, 100e6))
    assert keeps_its_title(effects(100e6, 35e6, 5e6, -35e6, 105e6))


# --- processing, ranking, regions, potential


def processing(*lines: Line) -> Chart:
    return made(
        "processing_degree", Finding("chart.processing", {**OUT, **YEAR}), ((None, "share"), (None, "share")), *lines
    )


def degree(word: str) -> Name:
    return Name("term", f"degree.{word}")


def test_a_degree_is_the_largest_only_where_it_is_so_whatever_the_truth() -> None:
    sure = processing((degree("raw"), (0.4, 0.5)), (degree("high"), (0.1, 0.39)), (degree("low"), (0.1, 0.2)))
    assert in_three(sure) == [
        "The largest degree of processing in exports of Viet Nam to Russia is “raw; not processed”: 40.0% to 50.0%,"
        " 2025",
        "Больше всего в экспорте Вьетнама в Россию приходится на степень «сырьё; без переработки»: от 40,0 % до 50,0 %,"
        " 2025 г.",
        "Mức độ chế biến chiếm nhiều nhất trong xuất khẩu của Việt Nam sang Nga là “nguyên liệu thô; chưa qua chế"
        " biến”: từ 40,0% đến 50,0%, năm 2025",
    ]
    unsure = processing((degree("raw"), (0.4, 0.5)), (degree("high"), (0.1, 0.4)), (degree("low"), (0.1, 0.2)))
    assert in_three(unsure) == [
        "No degree of processing is certain to be the largest in exports of Viet Nam to Russia: “raw; not processed”"
        " makes up 40.0% to 50.0%, “upper processing” 10.0% to 40.0%, 2025",
        "Какая степень переработки крупнейшая в экспорте Вьетнама в Россию, однозначно сказать нельзя: «сырьё; без"
        " переработки» — от 40,0 % до 50,0 %, «верхний передел» — от 10,0 % до 40,0 %, 2025 г.",
        "Chưa chắc mức độ chế biến nào chiếm nhiều nhất trong xuất khẩu của Việt Nam sang Nga: “nguyên liệu thô; chưa"
        " qua chế biến” từ 40,0% đến 50,0%, “chế biến sâu” từ 10,0% đến 40,0%, năm 2025",
    ]
    exact = processing((degree("raw"), (0.6, 0.6)), (degree("high"), (0.4, 0.4)))
    assert title(exact).endswith("is “raw; not processed”: 60.0%, 2025")
    assert keeps_its_title(processing((degree("raw"), (0.5, 0.5)), (degree("high"), (0.5, 0.5))))


def ranking(*lines: Line) -> Chart:
    return made("ranking", Finding("chart.ranking", {**OUT, **YEAR}), ((None, "index"), (None, "share")), *lines)


def test_who_stands_first_how_steadily_and_who_follows() -> None:
    found = ranking((product("coffee"), (0.814, 0.9)), (product("rice"), (0.74, 1.0)), (product("rubber"), (0.2, 1.0)))
    assert in_three(found) == [
        "First by score for exports of Viet Nam to Russia, 2025: coffee (0.81; keeps its standing under 90% of the"
        " shifted weightings), then rice (0.74)",
        "Первая по баллу для экспорта Вьетнама в Россию, 2025 г.: «кофе» (0,81; сохраняет положение при 90 % изменённых"
        " наборов весов), далее «рис» (0,74)",
        "Đứng đầu về điểm cho xuất khẩu của Việt Nam sang Nga, năm 2025: cà phê (0,81; giữ nguyên vị trí ở 90% các"
        " phương án trọng số thay đổi), tiếp theo là gạo (0,74)",
    ]
    plain = ranking((product("coffee"), (0.814, None)), (product("rice"), (0.74, None)))
    assert title(plain).endswith("coffee (0.81), then rice (0.74)")


def test_equal_scores_share_the_first_place() -> None:
    # Two sums of the same thirds, added in another order.
    tied = ranking(
        (product("coffee"), (0.730952380952381, 1.0)), (product("rice"), (0.7309523809523809, 1.0)),
        (product("rubber"), (0.7, 1.0)),
    )  # fmt: skip
    assert in_three(tied) == [
        "First by score for exports of Viet Nam to Russia, 2025, with 0.73 each: coffee and rice",
        "Первые по баллу для экспорта Вьетнама в Россию, 2025 г., по 0,73: кофе и рис",
        "Cùng đứng đầu về điểm cho xuất khẩu của Việt Nam sang Nga, năm 2025, mỗi nhóm 0,73: cà phê và gạo",
    ]
    assert keeps_its_title(ranking(*((product(code), (0.5, 1.0)) for code in "abcd")))
    assert keeps_its_title(ranking((product("coffee"), (0.8, 1.0))))


def regions(*values: float) -> Chart:
    codes = ("RU-MOW", "RU-VLG", "RU-ROS", "RU-PRI", "RU-KDA")
    rows = pl.DataFrame(
        [
            {"region": code, "value_usd": value, "trace_id": f"file//{place}"}
            for place, (code, value) in enumerate(zip(codes, values, strict=False))
        ]
    )
    found = next(tile_map(("RUS", "VNM"), rows, Name("period", "2021")))
    assert isinstance(found, Chart)
    return found


def test_what_the_three_largest_regions_make_up() -> None:
    # 40 + 20 + 10 = 70 of 80.
    found = regions(40e6, 20e6, 10e6, 6e6, 4e6)
    assert in_three(found) == [
        "The three largest regions (Moscow, Vologda Oblast and Rostov Oblast) make up 87.5% of what the regions of"
        " Russia"
        " exported to Viet Nam, 2021",
        "Три крупнейших региона (Москва, Вологодская область и Ростовская область) дают 87,5 % экспорта регионов России"
        " во Вьетнам, 2021 г.",
        "Ba địa phương lớn nhất (Moskva, tỉnh Vologda và tỉnh Rostov) chiếm 87,5% xuất khẩu của các địa phương của Nga"
        " sang Việt Nam, năm 2021",
    ]
    assert found.figures.title.traces == ("file//0", "file//1", "file//2")


def test_a_shared_third_place_leaves_the_largest_region_alone() -> None:
    assert title(regions(60e6, 20e6, 10e6, 10e6)) == (
        "The largest region, Moscow, makes up 60.0% of what the regions of Russia exported to Viet Nam, 2021"
    )
    assert keeps_its_title(regions(20e6, 20e6, 5e6, 5e6))
    assert keeps_its_title(regions(20e6))


def potential(*lines: Line) -> Chart:
    drawn = Finding("chart.potential_drawn", {**OUT, **YEAR})
    return made("potential", drawn, ((None, "usd"), (None, "usd")), *lines)


def test_the_largest_gap_to_the_potential() -> None:
    # 30 - 5 = 25 is more than 50 - 30 = 20.
    found = potential((product("rice"), (50e6, 30e6)), (product("coffee"), (30e6, 5e6)))
    assert found.figures.title.parameters["product"] == product("coffee")
    assert found.figures.title.parameters["gap"] == Measure(25e6, "usd")
    met = potential((product("rice"), (30e6, 30e6)), (product("coffee"), (5e6, 9e6)))
    assert met.figures.title.key == "chart.potential_met"
    assert keeps_its_title(potential((product("rice"), (30e6, 20e6)), (product("coffee"), (15e6, 5e6))))
    assert keeps_its_title(potential())


# --- in the report


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The report on the bundled figures."""
    return Workspace(tmp_path_factory.mktemp("none")).study("RUS", "VNM").document()


def measures(finding: Finding) -> Iterator[Measure]:
    for value in finding.parameters.values():
        parts = value if isinstance(value, tuple) else (value,)
        yield from (part for part in parts if isinstance(part, Measure))
        for part in parts:
            if isinstance(part, Finding):
                yield from measures(part)


def test_every_chart_of_the_report_says_a_finding_with_its_figures_and_rows(bundled: Document) -> None:
    charts = bundled.charts()
    assert {each.kind for each in charts} >= {"structure", "mirror_ratio", "annual_trade", "ranking", "monthly_totals"}
    for each in charts:
        said = each.figures.title
        assert said.key.startswith("title."), each.kind
        assert list(measures(said)), said.key
        assert set(said.traces) <= {trace for row in each.figures.rows for trace in row.traces}
        assert said.traces
        assert each.alt.parameters.get("what", said) == said


def test_the_page_shows_what_is_drawn_under_the_title_once(lang: Lang) -> None:
    found = structure(*SOLD)
    untraced = replace(found.figures, rows=tuple(replace(row, traces=()) for row in found.figures.rows))
    bare = replace(found, figures=replace(untraced, title=replace(found.figures.title, traces=())))
    report = Document(Finding("chart.structure", YEAR), Meta(), (), (Chapter("a", Finding("chapter.both"), (bare,)),))
    drawn = text(found.figures.notes[0], lang)
    assert page(report, lang).count(f"<small>{drawn}</small>") == 1
    assert page(report, lang).count(drawn) == 1
    assert drawn in slide(bare, report, voice(lang))


@given(
    values=st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9).map(float)), min_size=3 * 4, max_size=3 * 4),
    kind=st.sampled_from(["annual_trade", "structure", "contributions", "value_effects", "potential", "mirror_ratio"]),
)
def test_any_figures_can_be_said_in_every_language(values: list[float | None], kind: str) -> None:
    codes = ("coffee", "rice", "rubber", "other_goods")
    names = [
        year(2020 + place) if kind in ("annual_trade", "mirror_ratio") else product(codes[place]) for place in range(4)
    ]
    lines = [(name, values[3 * place : 3 * place + 3]) for place, name in enumerate(names)]
    found = {
        "annual_trade": lambda: annual(*lines),
        "structure": lambda: structure(*((name, part[:2]) for name, part in lines)),
        "contributions": lambda: contributions(*((name, part[:1]) for name, part in lines)),
        "value_effects": lambda: made(
            "value_effects", Finding("chart.value_effects", {**OUT, **YEAR, **ON}), ((None, "usd"),) * 3, *lines
        ),
        "potential": lambda: potential(*((name, part[:2]) for name, part in lines)),
        "mirror_ratio": lambda: mirror(*((name, part[:1]) for name, part in lines)),
    }[kind]()
    for lang in LANGS:
        assert title(found, lang)
