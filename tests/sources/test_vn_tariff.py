"""Viet Nam's schedule: the grammar of its cells, its three shapes, and the counts of the real edition."""

import gzip
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from corridor.codes import schema
from corridor.errors import BrokenLayout, CorridorError, UnreadableFile
from corridor.evidence import ListReading
from corridor.sources import read, recognise
from corridor.sources.vn_tariff.rates import Rate, read_rates


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0", Rate("ad_valorem", 0.0, 0.0, 0.0)),
        ("5,4", Rate("ad_valorem", 0.054, 0.054, 0.054)),
        ("7.5", Rate("ad_valorem", 0.075, 0.075, 0.075)),
        ("*", Rate("excluded")),
        ("Q", Rate("quota")),
        ("0/*", Rate("split", None, 0.0, 0.0)),
        ("5/10", Rate("split", None, 0.05, 0.1)),
        ("0/0", Rate("split", 0.0, 0.0, 0.0)),
        ("40 (NHN: 80)", Rate("quota", None, 0.4, 0.4, 0.8)),
        ("22.5 (NHN:120)", Rate("quota", None, 0.225, 0.225, 1.2)),
        ("10 (THN)", Rate("quota", None, 0.1, 0.1)),
        ("0 (-CN, TH)", Rate("ad_valorem", 0.0, 0.0, 0.0, excluded=("CHN", "THA"))),
        ("0(-MY )", Rate("ad_valorem", 0.0, 0.0, 0.0, excluded=("MYS",))),
        ("0(-MM)(GIC)", Rate("ad_valorem", 0.0, 0.0, 0.0, excluded=("MMR",), condition="GIC")),
        # The parts differ in whose goods are left out, so the line has no rate of its own.
        ("0 (-MM, TH)/0", Rate("split", None, 0.0, 0.0, excluded=("MMR", "THA"))),
        ("150% thuế MFN", Rate("times_mfn", condition="150% thuế MFN")),
        ("Theo hướng dẫn tại Chương 98", Rate("reference", condition="Theo hướng dẫn tại Chương 98")),
        ("about 5", Rate("text", condition="about 5")),
        ("/" * 400, Rate("text", condition="/" * 400)),
        (
            "5%. Từ ngày 31/02/2027 áp dụng mức thuế suất 10%.",
            Rate("text", condition="5%. Từ ngày 31/02/2027 áp dụng mức thuế suất 10%."),
        ),
        # A member nobody knows is a condition, not an exclusion.
        ("0 (-XX)", Rate("ad_valorem", 0.0, 0.0, 0.0, condition="-XX")),
    ],
)  # fmt: skip
def test_a_cell_says_one_rate(text: str, rate: Rate) -> None:
    assert read_rates(text) == (rate,)


def test_an_empty_cell_says_nothing() -> None:
    assert read_rates("  ") == ()


def test_one_member_may_have_a_rate_of_its_own() -> None:
    common, own = read_rates("28; M: 35")
    assert (common.rate, common.excluded) == (0.28, ("MEX",))
    assert (own.rate, own.partner) == (0.35, "MEX")


def test_a_temporary_rate_needs_a_year() -> None:
    base, weeks = read_rates("7 (0% từ 09/3-30/4 theo NĐ72)", year=2026)
    assert (base.rate, base.since, base.until) == (0.07, None, None)
    assert (weeks.rate, weeks.since, weeks.until) == (0.0, date(2026, 3, 9), date(2026, 4, 30))
    (alone,) = read_rates("7 (0% từ 09/3-30/4 theo NĐ72)")
    assert (alone.rate, alone.condition) == (0.07, "0% từ 09/3-30/4 theo NĐ72")


def test_a_day_that_the_calendar_lacks_gives_no_temporary_rate() -> None:
    (alone,) = read_rates("7 (0% từ 30/2-31/4 theo NĐ72)", year=2026)
    assert (alone.rate, alone.since) == (0.07, None)


def test_a_rate_may_change_on_a_day() -> None:
    before, after = read_rates("5%. Từ ngày 01/01/2027 áp dụng mức thuế suất 10%.")
    assert (before.rate, before.until) == (0.05, date(2026, 12, 31))
    assert (after.rate, after.since) == (0.1, date(2027, 1, 1))


@given(st.text(alphabet="0123456789.,/*Q()-; MNHTCI:%", max_size=30))
def test_no_cell_breaks_the_grammar(text: str) -> None:
    for rate in read_rates(text, year=2026):
        assert rate.kind in schema.RATE_KINDS
        assert (rate.rate is None) or rate.low is not None


def record(code: str, mfn: str = "5", *, eaeu: str = "0", vat: str = "*/8/10") -> dict[str, object]:
    rates = {
        "VN-EAEU": {"rate": eaeu, "doc": "113/2022/NĐ-CP", "effective_date": "30/12/2022"},
        "RCEPT-C": {"rate": "2,5", "doc": "129/2022/NĐ-CP", "effective_date": "30/12/2022"},
    }
    return {
        "hs_code": code, "level": len(code), "description_vi": "Loại khác", "description_en": "Other",
        "description_full_vi": "Ngựa > Loại khác", "unit_en": "unit", "nk_tt_rate_raw": "7.5", "mfn_rate_raw": mfn,
        "mfn_doc": "26/2023/NĐ-CP", "vat_rate_raw": vat, "policy": "", "preferential_rates": rates,
    }  # fmt: skip


def records(folder: Path, *found: dict[str, object], packed: bool = False) -> Path:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found).encode()
    path = folder / "schedule"
    path.write_bytes(gzip.compress(text, mtime=0) if packed else text)
    return path


def reading(path: Path) -> ListReading:
    assert recognise(path) == "vn_tariff"
    found = read(path, "vn_tariff", path.name)
    assert isinstance(found, ListReading)
    return found


@pytest.mark.parametrize("packed", [False, True])
def test_records_become_rates_and_names(tmp_path: Path, packed: bool) -> None:
    found = reading(records(tmp_path, record("01012900"), record("9849170"), packed=packed))
    rates = found.tables["tariffs"]
    assert found.edition == "Viet Nam's tariff, schedule, acts in force to 2022-12-30"
    assert rates.select("regime", "partner", "rate", "rate_kind", "legal_reference", "in_force_from").rows() == [
        ("general", "WLD", 0.075, "ad_valorem", None, None),
        ("mfn", "WLD", 0.05, "ad_valorem", "26/2023/NĐ-CP", None),
        ("vat", "WLD", None, "several", None, None),
        ("VN-EAEU", "EAEU", 0.0, "ad_valorem", "113/2022/NĐ-CP", date(2022, 12, 30)),
        ("RCEP-C", "CHN", 0.025, "ad_valorem", "129/2022/NĐ-CP", date(2022, 12, 30)),
    ]
    assert found.tables["product_names"].select("product", "lang", "name", "name_in_full").rows() == [
        ("01012900", "vi", "Loại khác", "Ngựa > Loại khác"),
        ("01012900", "en", "Other", None),
    ]
    (refused,) = found.refusals
    assert (refused.row, refused.reason) == (2, "a code of 7 characters")


def test_the_extract_is_read_by_its_heading(tmp_path: Path) -> None:
    heading = (
        "hs8,desc_vi,desc_en,unit_en,ordinary_raw,mfn_raw,mfn,mfn_doc,vat_raw,export_duty_raw,vn_eaeu_raw,"
        "vn_eaeu_doc,vn_eaeu_from,acfta_raw"
    )
    row = "04072100,Của gà,Of hens,unit,60 (NHN: 120),40 (NHN: 80),,26/2023/NĐ-CP,5/8/10,,Q,113/2022/NĐ-CP,30/12/2022,*"
    path = tmp_path / "extract.csv"
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    found = reading(path)
    assert found.table == "extract"
    assert found.tables["tariffs"].select("regime", "rate_kind", "rate_min", "rate_outside_quota").rows() == [
        ("general", "quota", 0.6, 1.2),
        ("mfn", "quota", 0.4, 0.8),
        ("vat", "several", None, None),
        ("VN-EAEU", "quota", None, None),
        ("ACFTA", "excluded", None, None),
    ]


def test_the_workbook_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "invented.xlsx"
    row = {6: "0101.29.00", 7: "Loại khác", 8: "Other", 10: "unit", 11: "7.5", 14: "5", 15: "26/2023/NĐ-CP",
           17: "5/8/10", 47: "0", 48: "113/2022/NĐ-CP", 49: "30/12/2022", 76: "2,5", 80: "129/2022/NĐ-CP",
           81: "30/12/2022", 88: "10 (0% từ 09/3-30/4 theo NĐ72)"}  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("BT2026")
        sheet.write(0, 0, "an invented sheet in the publisher's layout")
        for column, text in row.items():
            sheet.write_string(7, column - 1, text)
    rates = reading(path).tables["tariffs"]
    assert rates.select("regime", "rate", "row", "page").rows() == [
        ("general", 0.075, 8, "BT2026"),
        ("mfn", 0.05, 8, "BT2026"),
        ("vat", None, 8, "BT2026"),
        ("VN-EAEU", 0.0, 8, "BT2026"),
        ("export", 0.1, 8, "BT2026"),
        ("export", 0.0, 8, "BT2026"),
        ("RCEP-C", 0.025, 8, "BT2026"),
    ]
    assert rates["in_force_from"].to_list()[5] == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'{"hs_code": "0101", "mfn_rate_raw": "", "preferential_rates": {}}\n{"hs_code": \n', BrokenLayout),
        (b'{"hs_code": "0101", "mfn_rate_raw": "", "preferential_rates": {}}\n[1]\n', BrokenLayout),
        (b'{"hs_code": "0101", "mfn_rate_raw": "", "preferential_rates": {}}\n' + b"9" * 5000, BrokenLayout),
        (b'{"hs_code": "9", "mfn_rate_raw": "", "preferential_rates": {}}\n', BrokenLayout),
        (b'{"hs_code": "0101", "mfn_rate_raw": "", "preferential_rates": {}}\n\xff\n', UnreadableFile),
        (gzip.compress(
            b'{"hs_code": "0101", "mfn_rate_raw": "", "preferential_rates": {}}\n', mtime=0)[:-9], UnreadableFile),
        (b"hs8,desc_vi,desc_en,unit_en,ordinary_raw,mfn_raw\n1,2\n", BrokenLayout),
    ],
)  # fmt: skip
def test_a_damaged_file_ends_in_one_line(tmp_path: Path, content: bytes, error: type[CorridorError]) -> None:
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        read(path, recognise(path), path.name)
    assert "\n" not in raised.value.line()


@pytest.fixture(scope="module")
def schedule(test_data: Path) -> pl.DataFrame:
    return reading(test_data / "vn-tariff-2026" / "hs_codes.jsonl.gz").tables["tariffs"]


def test_the_real_edition_has_its_counts(schedule: pl.DataFrame) -> None:
    eaeu = schedule.filter(regime="VN-EAEU")
    assert eaeu.height == 11_414
    assert eaeu.filter(rate_text="0").height == 9_602
    assert eaeu.filter(rate_kind="excluded").height == 1_698
    assert eaeu.filter(rate_text="*", rate_kind="excluded")["product"].str.head(2).value_counts().filter(
        pl.col("product").is_in(["84", "85", "87"])
    ).sort("product").rows() == [("84", 322), ("85", 188), ("87", 661)]  # fmt: skip
    assert eaeu.filter(rate_kind="quota").height == 17
    mfn = schedule.filter(pl.col("regime") == "mfn", pl.col("rate").is_not_null(), pl.col("condition").is_null())
    assert mfn.height == 11_690
    assert mfn["rate"].mean() == pytest.approx(0.1139, abs=5e-5)
    assert (mfn["rate"].median(), mfn["rate"].max()) == (0.05, 1.35)


def test_every_cell_of_the_real_edition_is_understood(schedule: pl.DataFrame) -> None:
    words = schedule.filter(rate_kind="text").filter(pl.col("regime") != "policy")
    assert words["rate_text"].to_list() == ["5 %. 10%. Từ ngày 01/01/2027 áp dụng mức thuế suất 15%./0"]
    assert schedule["partner"].min() != ""


def test_the_extract_says_what_the_records_say(test_data: Path, schedule: pl.DataFrame) -> None:
    extract = reading(test_data / "vn-tariff-2026" / "vn_tariff_2026_hs8.csv.gz").tables["tariffs"]
    keys = ["product", "regime", "rate_text"]
    both = extract.filter(pl.col("product").str.head(2) != "98").join(schedule, on=keys, how="anti")
    assert both.height == 0


@pytest.mark.parametrize(("moved", "status"), [(0, "read"), (-3, "refused")])
def test_an_edition_with_other_columns_is_not_misread(tmp_path: Path, moved: int, status: str) -> None:
    """With an agreement less every rate behind it would be another agreement's."""
    path = tmp_path / "invented.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("BT2021")
        for column, agreement in {20: "ACFTA", 23: "ATIGA", 47: "VN-EAEU", 74: "RCEPT-A"}.items():
            sheet.write(4, column - 1 + moved, agreement)
        sheet.write_string(7, 5, "0101.29.00")
        sheet.write_string(7, 46 + moved, "5")
    if status == "read":
        assert reading(path).tables["tariffs"]["regime"].to_list() == ["VN-EAEU"]
        return
    with pytest.raises(BrokenLayout, match="“ACFTA” stands in column 17, in the layout known in column 20"):
        reading(path)
