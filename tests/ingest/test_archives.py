"""Archives: each file inside is added by itself; what is dangerous or damaged is refused in one line."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from corridor import ingest
from corridor.ingest import AddReport
from corridor.store import Store

ROWS = "t,i,j,k,v,q\n2020,643,704,10110,1,2\n"
TODAY = date(2026, 3, 1)


def packed(folder: Path, **files: str) -> Path:
    path = folder / "BACI_HS17_V202201.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def add(folder: Path, path: Path) -> tuple[Store, AddReport]:
    store = Store(folder / "store")
    return store, ingest.add(store, [path], today=TODAY, workers=1)


def test_each_file_in_an_archive_is_added_by_itself(tmp_path: Path) -> None:
    years = {f"BACI_HS17_Y{year}_V202201.csv": ROWS.replace("2020", str(year)) for year in (2019, 2020)}
    store, report = add(tmp_path, packed(tmp_path, **years, **{"Readme.txt": "words"}))
    assert [outcome.status for outcome in report.outcomes] == ["added", "added", "refused"]
    assert report.outcomes[2].message.startswith(str(tmp_path / "BACI_HS17_V202201.zip" / "Readme.txt"))
    rows = store.current("flows").collect()
    assert sorted(rows["period_end"].dt.year()) == [2019, 2020]
    assert rows["classification"].unique().to_list() == ["H5"]
    # The unpacked file is a file of its own: adding it again changes nothing.
    (tmp_path / "again.csv").write_text(ROWS, "utf-8")
    assert ingest.add(store, [tmp_path / "again.csv"], today=TODAY, workers=1).outcomes[0].status == "already_held"


def test_what_is_known_to_be_no_statistic_is_left_out_of_an_archive_and_refused_by_itself(tmp_path: Path) -> None:
    """CEPII's and the World Bank's archives come with lists of countries and notes that nobody chose to add."""
    countries = "country_code,country_name\n643,Russian Federation\n"
    path = packed(tmp_path, **{"BACI_HS17_Y2020_V202201.csv": ROWS, "country_codes_V202201.csv": countries})
    store, report = add(tmp_path, path)
    assert [outcome.status for outcome in report.outcomes] == ["added", "left_out"]
    assert "is out of scope: a list of countries" in report.outcomes[1].message
    assert (report.named, report.of("refused")) == (1, ())
    (tmp_path / "alone.csv").write_text(countries, "utf-8")
    (alone,) = ingest.add(store, [tmp_path / "alone.csv"], today=TODAY, workers=1).outcomes
    assert alone.status == "refused"


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/outside.csv", "C:\\outside.csv"])
def test_a_path_that_leads_out_refuses_the_archive(tmp_path: Path, name: str) -> None:
    _, report = add(tmp_path, packed(tmp_path, **{"BACI_HS17_Y2020_V202201.csv": ROWS, name: ROWS}))
    (outcome,) = report.outcomes
    assert "leads out of its folder" in outcome.message
    assert not (tmp_path / "store").exists()


def test_a_damaged_archive(tmp_path: Path) -> None:
    path = packed(tmp_path, **{"BACI_HS17_Y2020_V202201.csv": ROWS * 500})
    data = bytearray(path.read_bytes())
    data[60:70] = b"0123456789"
    path.write_bytes(data)
    _, report = add(tmp_path, path)
    assert [outcome.status for outcome in report.outcomes] == ["refused"]
    assert "the archive is damaged" in report.outcomes[0].message


def test_an_empty_archive(tmp_path: Path) -> None:
    _, report = add(tmp_path, packed(tmp_path))
    assert "holds no file" in report.outcomes[0].message
