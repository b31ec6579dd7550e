"""Plain tables of tariffs and elasticities: the tracker, TRAINS, Market Access Map, ProTEE."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.errors import BrokenLayout, CorridorError
from corridor.evidence import ListReading
from corridor.sources import read, recognise

TRACKER = (
    "reporter_name,reporter_iso,reporter_code,partner_name,partner_iso,partner_code,year_dt,hs_code,best_avlbl,imports\n"
    "China,CHN,C156,United States of America,USA,C840,2025-02-10,010121,10.0,0.0\n"
    "China,CHN,C156,United States of America,USA,C840,2025-05-14,10121,,0.0\n"
    "China,CHN,C156,Nowhere,QQQ,C000,2025-05-14,010121,5,0.0\n"
)
TRAINS = (
    "Selected Nomen,Reporter,Product,Partner,Tariff Year,DutyType,Simple Average,Minimum Rate,Maximum Rate,"
    "Imports Value in 1000 USD\n"
    "H5,704,010121,000,2019,MFN,2.5,0,5,1.5\n"
    "H5,704,010121,643,2019,PRF,0,0,0,\n"
    "H5,704,010121,643,2019,XXX,0,0,0,\n"
)
TRAINS_OF_THE_API = "Reporter,Product,Partner,Year,TariffType,SimpleAverage,Min,Max\n643,30617,704,2020,AHS,5,5,5\n"
MACMAP = (
    "NTLC revision\tyear\treporter\tpartner\tHS6\tAVE\nH5\t2020\t704\t643\t010121\t0.05\nH5\t2020\t704\t643\tABC\t1\n"
)
PROTEE = "HS6,zero,positive,sigma\n010110,1,0,\n010210,0,0,-12.11\n010290,1,0,-7.9\n01029x,0,0,-1\n"


def reading(folder: Path, text: str, source: str) -> ListReading:
    path = folder / "table"
    path.write_text(text, encoding="utf-8")
    assert recognise(path) == source
    found = read(path, source, path.name)
    assert isinstance(found, ListReading)
    return found


def test_the_tracker(tmp_path: Path) -> None:
    found = reading(tmp_path, TRACKER, "wto_ttd")
    assert found.edition == "Tariff tracker, CHN on USA, rates to 2025-02-10"
    assert found.tables["tariffs"].select(
        "reporter", "partner", "regime", "product", "rate", "in_force_from"
    ).rows() == [("CHN", "USA", "applied", "010121", 0.1, date(2025, 2, 10))]
    assert [(each.row, each.reason) for each in found.refusals] == [
        (3, "no rate is printed"),
        (4, "unknown economy “QQQ”"),
    ]


def test_trains_in_both_spellings(tmp_path: Path) -> None:
    found = reading(tmp_path, TRAINS, "wits_trains")
    columns = ["reporter", "partner", "regime", "classification", "rate_kind", "rate", "rate_max", "imports_usd"]
    assert found.tables["tariffs"].select(columns).rows() == [
        ("VNM", "WLD", "mfn", "H5", "average", 0.025, 0.05, 1500.0),
        ("VNM", "RUS", "preferential", "H5", "ad_valorem", 0.0, 0.0, None),
    ]
    assert [each.reason for each in found.refusals] == ["unknown type of duty “XXX”"]
    short = reading(tmp_path, TRAINS_OF_THE_API, "wits_trains").tables["tariffs"]
    assert short.select("reporter", "partner", "regime", "classification", "product", "rate").rows() == [
        ("RUS", "VNM", "applied", "HS", "030617", 0.05)
    ]


def test_market_access_map(tmp_path: Path) -> None:
    found = reading(tmp_path, MACMAP, "macmap")
    columns = ["reporter", "partner", "regime", "rate_kind", "rate", "in_force_from", "in_force_until"]
    assert found.tables["tariffs"].select(columns).rows() == [
        ("VNM", "RUS", "applied", "equivalent", 0.05, date(2020, 1, 1), date(2020, 12, 31))
    ]
    assert [each.reason for each in found.refusals] == ["no HS code of six digits: “ABC”"]


def test_market_access_map_numbers_economies_as_the_united_nations_do(tmp_path: Path) -> None:
    text = (
        "NTLC revision\tyear\treporter\tpartner\ths6\tAVE\nHS17\t2020\t704\t842\t90111\t0.05\n"
        "HS17\t2020\t004\t251\t90111\t0.1\nHS17\t2020\tVNM\tRUS\t90111\t0.2\n"
    )
    found = reading(tmp_path, text, "macmap")
    assert found.tables["tariffs"].select("reporter", "partner", "classification", "product").rows() == [
        ("VNM", "USA", "H5", "090111"),
        ("AFG", "FRA", "H5", "090111"),
        ("VNM", "RUS", "H5", "090111"),
    ]


def test_protee(tmp_path: Path) -> None:
    found = reading(tmp_path, PROTEE, "protee")
    table = found.tables["elasticities"]
    assert table.select("product", "elasticity", "significant", "parameter").rows() == [
        ("010110", None, False, "trade"),
        ("010210", -12.11, True, "trade"),
        ("010290", -7.9, False, "trade"),
    ]
    assert len(found.refusals) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [(TRACKER.partition("\n")[0], "wto_ttd"), (PROTEE.partition("\n")[0], "protee")],
)
def test_a_heading_alone_is_no_table(tmp_path: Path, text: str, source: str) -> None:
    with pytest.raises(BrokenLayout, match="no row says anything"):
        reading(tmp_path, text, source)


def test_a_rate_below_zero_is_refused(tmp_path: Path) -> None:
    found = reading(tmp_path, TRACKER.replace("2025-05-14,10121,,", "2025-05-14,10121,-5,"), "wto_ttd")
    assert found.refusals[0].reason == "a rate of -5"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_table_breaks_its_reader(tmp_path: Path, data: st.DataObject) -> None:
    """Any bytes put anywhere below the heading end in rows, refusals or one line."""
    text = data.draw(st.sampled_from([TRACKER, TRAINS, MACMAP, PROTEE])).encode()
    start = text.index(b"\n") + 1
    at = data.draw(st.integers(start, len(text)))
    junk = data.draw(
        st.binary(max_size=12) | st.sampled_from([b'"', b"\t", b",", b"\n", b"1e999", b"nan", b"\xc2\xb2"])
    )
    path = tmp_path / "mutated"
    path.write_bytes(text[:at] + junk + text[at + data.draw(st.integers(0, 5)) :])
    with suppress(CorridorError):
        assert isinstance(read(path, recognise(path), path.name), ListReading)


def test_the_real_tracker(test_data: Path) -> None:
    path = test_data / "wto-ttd-tariff" / "C156_C840.csv.gz"
    found = read(path, recognise(path), path.name)
    assert isinstance(found, ListReading)
    rates = found.tables["tariffs"]
    assert rates.height + len(found.refusals) == 50_508
    assert rates["in_force_from"].n_unique() == 9
    # Twelve subheadings have no rate at any date.
    assert (rates["product"].n_unique(), len(found.refusals)) == (5_600, 12 * 9)


def test_the_real_protee(test_data: Path) -> None:
    path = test_data / "protee-elasticities" / "ProTEE_0_1.csv"
    found = read(path, recognise(path), path.name)
    assert isinstance(found, ListReading)
    table = found.tables["elasticities"]
    assert (table.height, table["elasticity"].null_count()) == (5_050, 484)
    assert table["elasticity"].mean() == pytest.approx(-10.93, abs=5e-3)
    assert table["elasticity"].median() == pytest.approx(-7.89, abs=5e-3)
    assert table.filter(~pl.col("significant")).height == 1_880
    assert table.filter(~pl.col("significant"), pl.col("elasticity").is_not_null()).height == 1_435
