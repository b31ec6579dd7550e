"""Viet Nam customs' groups against the printed lists, and the chapters of the Harmonized System.

Published: forms 020.T and 021.T of Viet Nam customs (labels, order, units; 46 and 53 rows; the change of March 2026).
"""

from __future__ import annotations

import csv
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import products
from corridor.codes.names import LANGUAGES
from corridor.errors import UnknownName

BEFORE, AFTER = date(2026, 2, 28), date(2026, 3, 1)
UNITS = {"USD": "", "Tấn": "t", "Chiếc": "piece"}
FLOWS: tuple[products.Flow, ...] = ("export", "import")

#: On both lists under one label: what may be traded both ways.
BOTH_WAYS = {
    "fishery", "fruit_vegetables", "cashew", "confectionery_cereals", "fodder", "ores", "coal", "crude_oil",
    "petroleum", "chemicals", "chemical_products", "fertilisers", "plastics", "plastic_articles", "rubber",
    "rubber_articles", "wood", "fibres_yarns", "textile_leather_materials", "glass", "precious", "iron_steel",
    "iron_steel_articles", "computers_electronics", "telephones", "cameras", "machinery", "cables",
    "other_goods",
}  # fmt: skip


@pytest.mark.parametrize("day", [date(2023, 1, 31), BEFORE, AFTER])
def test_the_lists_have_46_and_53_rows(day: date) -> None:
    assert len(products.groups("export", day)) == 46
    assert len(products.groups("import", day)) == 53


def test_places_in_the_printed_order() -> None:
    exports = {row.code: row.order for row in products.rows("export")}
    imports = {row.code: row.order for row in products.rows("import")}
    assert (exports["fishery"], exports["coal"], exports["garments"], exports["other_goods"]) == (1, 13, 28, 46)
    assert (imports["fishery"], imports["coal"], imports["motor_vehicles"], imports["other_goods"]) == (1, 15, 50, 53)


def test_orders_are_one_to_n_on_every_day() -> None:
    for flow in FLOWS:
        for day in (BEFORE, AFTER):
            orders = [row.order for row in products.rows(flow) if row.printed(day)]
            assert orders == list(range(1, len(orders) + 1))


def test_the_break_of_march_2026() -> None:
    before = {row.order: row for row in products.rows("export") if row.printed(BEFORE)}
    after = {row.order: row for row in products.rows("export") if row.printed(AFTER)}
    assert (before[37].code, before[37].label, before[37].unit) == (
        "base_metals_and_articles",
        "Kim loại thường khác và sản phẩm",
        "",
    )
    assert (after[37].code, after[37].label, after[37].unit) == ("base_metals", "Kim loại thường khác", "t")
    assert {order for order in before if before[order] != after[order]} == {37}


def test_one_label_differs_between_the_lists_by_a_comma() -> None:
    machinery = products.group("machinery")
    assert machinery.label("export") == "Máy móc, thiết bị, dụng cụ phụ tùng khác"
    assert machinery.label("import") == "Máy móc, thiết bị, dụng cụ, phụ tùng khác"
    labels = {code: {row.label for row in products.group(code).rows} for code in products.codes()}
    assert {code for code, printed in labels.items() if len(printed) > 1} == {"machinery"}


def test_a_label_of_the_other_list_is_refused() -> None:
    with pytest.raises(UnknownName, match="import table has no row garments"):
        products.group("garments").label("import")


def test_which_groups_can_be_traded_both_ways() -> None:
    assert {code for code in products.codes() if products.paired(code, BEFORE)} == BOTH_WAYS
    assert {code for code in products.codes() if products.paired(code, AFTER)} == BOTH_WAYS | {"base_metals"}
    assert products.paired("base_metals")
    assert not products.paired("base_metals_and_articles")


def test_pairs_share_their_unit() -> None:
    for code in {row.code for flow in ("export", "import") for row in products.rows(flow)}:
        assert {row.unit for row in products.group(code).rows} == {products.group(code).unit}
    assert {products.group(code).unit for code in products.codes()} == {"", "t", "piece"}


def test_the_residual_group_and_all_goods() -> None:
    residual = [code for code in products.codes() if products.is_residual(code)]
    assert residual == [products.RESIDUAL]
    assert not products.is_residual(products.TOTAL)
    group = products.group(products.RESIDUAL)
    assert (group.hs, group.degrees, group.approximate) == ((), (), False)
    assert products.name(products.TOTAL, "ru") == "Все товары"
    with pytest.raises(UnknownName):
        products.group(products.TOTAL)


def test_energy_is_told_apart_from_processing() -> None:
    energy = {code for code in products.codes() if products.group(code).energy}
    assert energy == {"coal", "crude_oil", "petroleum", "lpg", "other_petroleum"}
    assert products.group("coal").degrees == ("raw",)
    assert products.group("petroleum").degrees == ("low", "middle")


def test_degrees_run_from_least_to_most() -> None:
    for code in products.codes():
        degrees = products.group(code).degrees
        assert list(degrees) == [degree for degree in products.DEGREES if degree in degrees]
        assert degrees or products.is_residual(code)
    assert products.group("fishery").degrees == ("raw", "low")
    assert products.group("precious").degrees == products.DEGREES


def test_every_group_has_its_own_name_in_every_language() -> None:
    for lang in LANGUAGES:
        names = [products.name(code, lang) for code in products.codes()]
        assert len(set(names)) == len(names) == 74
        assert all(name == name.strip() and name for name in names)
    assert all(re.search("[а-яё]", products.name(code, "ru")) for code in products.codes())
    assert not any(re.search("[а-яё]", products.name(code, "vi").casefold()) for code in products.codes())


def test_names_are_found_whole_and_never_in_part() -> None:
    assert products.find("PHÂN BÓN CÁC LOẠI").code == "fertilisers"
    assert products.find("пшеница").code == "wheat"
    assert products.find("Máy móc, thiết bị, dụng cụ phụ tùng khác").code == "machinery"
    with pytest.raises(UnknownName, match="fishery"):
        products.find("fishry")
    with pytest.raises(UnknownName):
        products.find("Sản phẩm")


@pytest.mark.parametrize("text", ["", " ", "x" * 10_000, "\x00", "%s {0}", "ＣＯＡＬ coal"])
def test_hostile_names_raise_one_line(text: str) -> None:
    for ask in (products.find, products.group):
        with pytest.raises(UnknownName) as caught:
            ask(text)
        assert "\n" not in str(caught.value)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UnknownName, match='"fr"'):
        products.name("coal", "fr")


@given(st.sampled_from(products.codes()), st.sampled_from(LANGUAGES))
def test_every_name_leads_back_to_its_group(code: str, lang: str) -> None:
    assert products.find(products.name(code, lang)).code == code


# Headings


def spread(spans: tuple[str, ...]) -> set[int]:
    ends = [span.split("-") for span in spans]
    return {heading for end in ends for heading in range(int(end[0]), int(end[-1]) + 1)}


def test_headings_spell_out_chapters() -> None:
    assert products.headings("fishery") == ("0301-0309", "1604-1605")
    assert products.headings("coffee") == ("0901", "2101")
    assert products.headings("coal") == ("2701-2704",)
    assert products.headings("other_goods") == ()


def test_the_narrower_claim_has_the_heading() -> None:
    assert products.headings("iron_steel", "import") == ("7201-7203", "7205-7229")
    assert products.headings("iron_steel", "export") == ("7201-7229",)  # the list of exports has no row for scrap
    assert "8544" not in products.headings("machinery")
    assert spread(products.headings("machinery", "import")) & spread(products.headings("household_electrical")) == set()
    # Medicines' materials stand on the list of imports alone.
    assert spread(products.headings("chemicals", "export")) - spread(products.headings("chemicals", "import")) == set(
        range(2936, 2942)
    )


def test_groups_of_different_dates_take_nothing_from_each_other() -> None:
    assert products.headings("base_metals_and_articles")[0] == "7401-7419"
    assert products.headings("base_metals_and_articles")[-1] == "8301-8311"


#: Headings of which two groups of one list hold a part each, by subheadings.
SHARED = {
    "export": {714, 801, 1106, 1108, 2101, 9401, 9403},
    "import": {801, 2710},
}


@pytest.mark.parametrize("flow", FLOWS)
def test_no_heading_is_held_twice_but_by_subheadings(flow: products.Flow) -> None:
    seen: set[int] = set()
    twice: set[int] = set()
    for group in products.groups(flow, BEFORE):
        held = spread(products.headings(group.code, flow))
        twice |= seen & held
        seen |= held
    assert twice <= SHARED[flow]


def test_headings_without_a_flow_are_those_of_either_list() -> None:
    for code in products.codes():
        flows = products.group(code).flows
        assert spread(products.headings(code)) == set().union(
            *(spread(products.headings(code, flow)) for flow in flows)
        )


def test_hs_claims_are_text_in_rising_order() -> None:
    for code in products.codes():
        for span in products.group(code).hs:
            assert re.fullmatch(r"(\d\d|\d{4}|\d{6})(-(\d\d|\d{4}|\d{6}))?", span), (code, span)
            first, _, last = span.partition("-")
            assert not last or (len(first) == len(last) and first < last)


def test_chapters_are_97_and_77_is_reserved() -> None:
    assert products.hs_chapters() == tuple(f"{number:02}" for number in range(1, 98))
    for lang in LANGUAGES:
        names = [products.hs_chapter(code, lang) for code in products.hs_chapters()]
        assert len(set(names)) == 97
    assert products.hs_chapter("27", "vi") == "Nhiên liệu khoáng, dầu khoáng"
    assert products.hs_chapter("77", "en") == "(reserved for future use)"


@pytest.mark.parametrize("code", ["1", "00", "98", "7", "0101", ""])
def test_no_other_chapter(code: str) -> None:
    with pytest.raises(UnknownName, match="HS chapter"):
        products.hs_chapter(code, "en")


def test_codes_in_the_tables_are_text_and_keys_are_single() -> None:
    for name in ("vnc_groups.yml", "hs_chapters.yml"):
        text = files("corridor.codes").joinpath("data", name).read_text(encoding="utf-8")
        kinds = {type(leaf) for leaf in leaves(yaml.safe_load(text))}
        assert kinds <= {str, bool}, name
    codes = [entry["code"] for entry in yaml.safe_load(text)["chapters"]]
    assert len(set(codes)) == len(codes)


def leaves(node: object) -> list[object]:
    if isinstance(node, dict):
        return [leaf for value in node.values() for leaf in leaves(value)]
    if isinstance(node, list):
        return [leaf for value in node for leaf in leaves(value)]
    return [node]


# Real files


def test_chapters_end_where_the_2022_edition_ends(test_data: Path) -> None:
    path = test_data / "hs-names" / "harmonized-system.csv"
    if not path.exists():
        pytest.skip(f"no list of HS 2022 headings at {path}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        known = [row["hscode"] for row in csv.DictReader(file) if row["level"] == "4"]
    edges = {chapter: (min(found), max(found)) for chapter, found in by_chapter(known).items()}
    text = files("corridor.codes").joinpath("data", "hs_chapters.yml").read_text(encoding="utf-8")
    ours = {entry["code"]: entry["headings"] for entry in yaml.safe_load(text)["chapters"]}
    assert ours.pop("77") == ""
    assert ours == {code: "-".join(edges[code]) for code in ours}


def by_chapter(headings: list[str]) -> dict[str, list[str]]:
    return {code[:2]: [heading for heading in headings if heading[:2] == code[:2]] for code in headings}


GROUP_ROW = re.compile(r"^(?P<label>\D+?) (?P<unit>USD|Tấn|Chiếc)(?= |$)")


@pytest.mark.parametrize(("flow", "name"), [("export", "2025-t12-5x(vn-sb).pdf"), ("import", "2025-t12-5n(vn-sb).pdf")])
def test_labels_order_and_units_are_those_printed(test_data: Path, flow: products.Flow, name: str) -> None:
    path = test_data / "vietnam-customs" / name
    if not path.exists():
        pytest.skip(f"no table of December 2025 at {path}")
    known = {row.label: (row.order, row.unit) for row in products.rows(flow) if row.printed(date(2025, 12, 31))}
    seen: set[str] = set()
    last = 0
    for line in printed_text(path).splitlines():
        match = GROUP_ROW.match(line)
        if match is None:
            last = 0 if line.isupper() else last  # a partner's name in capitals opens its block
        elif match["label"] in known:
            place, unit = known[match["label"]]
            assert (unit, place > last) == (UNITS[match["unit"]], True), line
            last = place
            seen.add(match["label"])
    assert seen == set(known)


def printed_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded().replace("\r", "") for page in document)
    finally:
        document.close()
