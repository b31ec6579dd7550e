"""Yearly totals of two reporters in one table: invented lines in its layout, the real file, and broken ones."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor import ingest
from corridor.errors import BrokenLayout, CorridorError, UnreadableFile
from corridor.sources import read, recognise
from corridor.sources.rus_vnm_mirror.read import HEADER, LEFT_OUT
from corridor.store import Store

NAME = "totals.csv"


def write(folder: Path, *lines: str, header: str = ",".join(HEADER)) -> Path:
    path = folder / NAME
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def test_each_column_is_its_reporters(tmp_path: Path):
    path = write(tmp_path, "2030,1000,900.5,,", "2031,1200,,1.1,2.2")
    assert recognise(path) == "rus_vnm_mirror"
    reading = read(path, "rus_vnm_mirror", NAME)
    found = reading.rows.select("row", "reporter", "flow", "partner_label", "period_start", "value").rows()
    assert found == [
        (2, "RUS", "import", "Viet Nam", date(2030, 1, 1), 1000.0),
        (2, "VNM", "export", "Russia", date(2030, 1, 1), 900.5),
        (3, "RUS", "import", "Viet Nam", date(2031, 1, 1), 1200.0),
    ]
    assert reading.ignored == LEFT_OUT
    assert reading.edition == "totals, 2030:2031"


def test_both_reporters_reach_the_store(tmp_path: Path):
    path = write(tmp_path, "2030,1000,900,,")
    store = Store(tmp_path / "store")
    assert not ingest.add(store, [path], today=date(2031, 1, 1)).of("refused")
    flows = store.current("flows").collect()
    kept = flows.select("reporter", "partner", "flow", "valuation", "value_usd").sort("reporter").rows()
    assert kept == [("RUS", "VNM", "import", "cif", 1000.0), ("VNM", "RUS", "export", "fob", 900.0)]


def test_the_real_file(test_data: Path):
    path = test_data / "vn-mirror-screen" / "rus_vnm_mirror.csv"
    reading = read(path, recognise(path), path.name)
    values = {(row["reporter"], row["period_start"].year): row["value"] for row in reading.rows.iter_rows(named=True)}
    assert len(values) == 40
    assert values["RUS", 2003] == 77_089_607
    assert values["VNM", 2021] == pytest.approx(3_203_484_313.27)


@pytest.mark.parametrize("line", ["two,1,2,,", "2030,much,2,,", "2030,-1,2,,", "2030,nan,2,,", "2030,1,2,", "2030,,,,"])
def test_a_broken_line_is_named(tmp_path: Path, line: str):
    with pytest.raises(BrokenLayout) as caught:
        read(write(tmp_path, line), "rus_vnm_mirror", NAME)
    assert NAME in str(caught.value)


def test_another_encoding_is_refused(tmp_path: Path):
    path = tmp_path / NAME
    path.write_bytes(",".join(HEADER).encode() + b"\n2030,1,\xff\xfe,,\n")
    with pytest.raises(UnreadableFile):
        read(path, "rus_vnm_mirror", NAME)


@settings(deadline=None)
@given(body=st.text(max_size=80))
def test_whatever_follows_the_header_is_read_or_refused(body: str, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("fuzz") / NAME
    path.write_bytes(f"{','.join(HEADER)}\n{body}".encode("utf-8", "surrogatepass"))
    try:
        reading = read(path, "rus_vnm_mirror", NAME)
    except CorridorError:
        return
    assert reading.rows.height
