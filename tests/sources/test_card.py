"""The form about a publisher refuses what is not answered, and the registry knows its files by content."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from corridor.codes import compilation, schema
from corridor.errors import UnknownName, UnreadableFile, UnrecognisedFile
from corridor.sources import card, read, recognise, source_ids
from corridor.sources.card import BrokenCard, parse_card

SOUND = """
id: "somewhere"
title: {en: "Trade", ru: "Торговля", vi: "Thương mại"}
publisher:
  area: "VNM"
  url: "https://example.org"
  names:
    - {until: 2025-02-28, en: "Old", ru: "Старое", vi: "Cũ"}
    - {from: 2025-03-01, en: "New", ru: "Новое", vi: "Mới"}
rank: 1
official: true
languages: ["vi"]
licence: "free"
citation: "Somewhere"
address: "https://example.org/trade"
tried_on: "never tried on a real file"
valuation: {export: "fob", import: "cif"}
compilation:
  trade_system: "general"
  partner_of_exports: "last_known_destination"
  partner_of_imports: "origin"
  time_of_recording: "unknown"
  left_out: ["transit", "small_flows"]
  confidentiality: "unknown"
  revisions: "scheduled"
  grounds: "the publisher's handbook"
calendar: [{table: "1", flow: "export", freq: "M", since: 2023-01-01}]
classification: "VNC"
units: {"Tấn": "t"}
areas: {"NGA": "RUS"}
products: {"Chè": "tea"}
"""


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def test_a_sound_form_is_a_card() -> None:
    sound = parse_card(SOUND, "somewhere")
    assert sound.areas == {"NGA": "RUS"}
    assert sound.calendar[0].until is None
    assert sound.title.in_language("ru") == "Торговля"
    assert sound.compilation is not None
    assert sound.compilation.answers()["left_out"] == ("transit", "small_flows")
    assert tuple(sound.compilation.answers()) == tuple(compilation.ANSWERS)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('rank: 1\n', 'rank: 1\ncolour: "red"\n', "colour: Extra inputs are not permitted"),
        ('licence: "free"\n', "", "licence: Field required"),
        ('licence: "free"\n', 'licence: " "\n', "licence: String should have at least 1 character"),
        ('rank: 1', 'rank: 4', "rank: Input should be 1, 2 or 3"),
        # YAML takes NO for a truth value and 0101 for the number 65; neither may become a code.
        ('"NGA": "RUS"', '"NGA": NO', "areas.NGA: Input should be a valid string"),
        ('"Chè": "tea"', '"Chè": 0101', "products.0.code: Input should be a valid string"),
        ('"NGA": "RUS"', '"NGA": "rus"', "areas.NGA: String should match pattern"),
        ('"NGA": "RUS"', '"NGA": "RUS", "NGA": "HUN"', "'NGA' stands twice"),
        ('"NGA"', '"HÀN  QUỐC"', "must be in Unicode NFC with single blanks"),
        ('"Tấn": "t"', '"Tấn": "stone"', "units.Tấn: Input should be '', 't' or 'piece'"),
        ('classification: "VNC"\n', "", "products and classification go together"),
        ('"origin"', '"the maker"', "compilation.partner_of_imports: Value error, 'the maker' is none of: origin, "),
        ('"small_flows"', '"gold"', "compilation.left_out: Value error, 'gold' is none of: transit, "),
        ('revisions: "scheduled"', 'revisions: [scheduled]', "compilation.revisions: Input should be a valid string"),
        ('  grounds: "the publisher\'s handbook"\n', "", "compilation.grounds: Field required"),
        ('valuation: {export: "fob", import: "cif"}', "valuation: {}", "valuation and compilation go together"),
        ("{en: \"Trade\", ru: \"Торговля\", ", "{en: \"Trade\", ", "title.ru: Field required"),
        ('rank: 1\n', 'rank: [1\n', "not sound YAML"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(old: str, new: str, fault: str) -> None:
    with pytest.raises(BrokenCard) as refused:
        parse_card(changed(old, new), "somewhere/source.yml")
    assert fault in str(refused.value)
    assert str(refused.value).startswith("somewhere/source.yml: ")
    assert "\n" not in str(refused.value)


def test_an_empty_card_is_refused() -> None:
    with pytest.raises(BrokenCard):
        parse_card("", "somewhere")


def test_the_publisher_bears_the_name_of_the_day_of_print() -> None:
    publisher = parse_card(SOUND, "somewhere").publisher
    assert publisher.name("vi", date(2025, 2, 28)) == "Cũ"
    assert publisher.name("vi", date(2025, 3, 1)) == "Mới"
    assert publisher.name("en") == "New"


def test_a_label_can_be_narrowed_by_flow_and_dates() -> None:
    given = 'products: [{label: "Chè", code: "tea", flow: "export", from: 2024-01-01, until: 2024-12-31}]'
    sound = parse_card(changed('products: {"Chè": "tea"}', given), "somewhere")
    assert sound.product("Chè", "export", date(2024, 12, 31)) == "tea"
    assert sound.product("Chè", "export", date(2025, 1, 31)) is None
    assert sound.product("Chè", "export", date(2023, 12, 31)) is None
    assert sound.product("Chè", "import", date(2024, 6, 30)) is None
    assert sound.product("Che", "export", date(2024, 6, 30)) is None


def test_every_folder_with_a_form_is_a_source() -> None:
    assert {"vn_customs", "vn_nso"} <= set(source_ids())
    for source in source_ids():
        assert card(source).id == source


def test_every_code_of_every_card_is_text() -> None:
    for source in source_ids():
        assert all(isinstance(code, str) for code in card(source).areas.values())
        assert all(isinstance(product.code, str) for product in card(source).products)


def test_an_unknown_source_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"known sources: .*vn_customs"):
        card("vn_custom")
    with pytest.raises(UnknownName):
        read(Path(__file__), "vn_custom", "file")


def test_the_form_knows_the_flows_of_the_data_dictionary() -> None:
    meaning = schema.COLUMNS["flow"].meaning
    for flow in ("export", "import", "re_export", "re_import"):
        text = changed('flow: "export"', f'flow: "{flow}"')
        assert parse_card(text, "somewhere").calendar[0].flow == flow
        assert flow in meaning


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.4 but no more", b"PK\x03\x04", b"\x00" * 5000])
def test_a_file_of_nobody_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "2025-t1-5x(vn-sb).pdf"
    path.write_bytes(content)
    with pytest.raises((UnrecognisedFile, UnreadableFile)) as refused:
        recognise(path)
    assert path.name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(UnreadableFile, match=r"empty\.pdf: the file is empty"):
        recognise(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="this is a folder"):
        recognise(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        recognise(tmp_path / "nothing.pdf")
    with pytest.raises(UnreadableFile, match=r"as given\.pdf: cannot be opened"):
        read(tmp_path / "nothing.pdf", "vn_customs", "as given.pdf")


def test_the_cards_are_yaml_that_others_can_read() -> None:
    for source in source_ids():
        folder = Path(__file__).parents[2] / "src" / "corridor" / "sources" / source
        assert yaml.safe_load((folder / "source.yml").read_text(encoding="utf-8"))["id"] == source
