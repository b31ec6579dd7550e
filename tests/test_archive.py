"""A study packed, run again, and what moved."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corridor import __version__, archive, ingest
from corridor.errors import CorridorError, UnreadableFile
from corridor.workspace import Workspace

from .sources.pdf_forms import Form, group, partner, weighed

ADDED = date(2026, 11, 20)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """A study of January 2025 on the bundled figures, packed; nobody may change it."""
    folder = tmp_path_factory.mktemp("packed")
    workspace = Workspace(folder / "data")
    made = workspace.study("RUS", "VNM", period="2025-01")
    return workspace, made.archive(folder / "tháng 1.zip", formats=["json", "md"], lang="ru", detail="full")


@pytest.fixture(scope="module")
def entries(packed: tuple[Workspace, Path]) -> dict[str, str]:
    with zipfile.ZipFile(packed[1]) as opened:
        return {name: opened.read(name).decode("utf-8") for name in opened.namelist()}


@pytest.fixture(scope="module")
def manifest(entries: dict[str, str]) -> dict[str, Any]:
    return json.loads(entries["manifest.json"])


def changed(source: Path, target: Path, **entries: bytes | None) -> Path:
    """A copy of an archive with some entries replaced (None: left out)."""
    named = {name.replace("_", "."): content for name, content in entries.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = named.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


# -- what is in it


def test_it_holds_report_tables_dictionary_and_manifest(entries):
    assert {"manifest.json", "study.json", "tables/dictionary.csv"} <= entries.keys()
    assert {name for name in entries if name.startswith("report/")} == {
        "report/study-RUS-VNM.json", "report/study-RUS-VNM.md",
    }  # fmt: skip
    assert "tables/product_groups/changes.csv" in entries
    assert "tables/collection/revisions.csv" in entries


def test_the_study_in_it_is_the_study_that_was_made(packed, entries):
    workspace, _ = packed
    assert json.loads(entries["study.json"]) == json.loads(
        workspace.study("RUS", "VNM", period="2025-01").render("json")
    )


def test_tables_are_csv_with_an_empty_cell_for_what_is_absent(entries):
    rows = list(csv.DictReader(io.StringIO(entries["tables/product_groups/changes.csv"])))
    coffee = next(row for row in rows if row["product"] == "coffee" and row["period"] == "2025-01")
    assert float(coffee["value_1"]) == 38_989_012
    garments = next(row for row in rows if row["product"] == "garments" and row["period"] == "2025-01")
    assert garments["quantity_1"] == ""


def test_the_dictionary_explains_stored_columns(entries):
    rows = {row["column"]: row for row in csv.DictReader(io.StringIO(entries["tables/dictionary.csv"]))}
    assert (rows["value_usd"]["unit"], rows["product"]["type"]) == ("usd", "text")
    assert rows["value_usd"]["meaning"]


def test_the_manifest_says_how_it_was_made(manifest):
    assert manifest["schema"] == "corridor.archive/1"
    assert (manifest["asked"]["exporter"], manifest["asked"]["period"]) == ("RUS", "2025-01")
    assert manifest["report"] == {"formats": ["json", "md"], "lang": "ru", "detail": "full"}
    assert manifest["command"].startswith("corridor study RUS VNM --period 2025-01")
    assert "--lang ru" in manifest["command"]
    assert {"corridor", "python", "polars", "narwhals"} <= manifest["versions"].keys()


def test_every_source_is_listed_once_with_its_checksum(manifest):
    checksums = [each["checksum"] for each in manifest["sources"]]
    assert len(checksums) == len(set(checksums)) > 3
    assert all(each["checksum"] and each["publisher"] for each in manifest["sources"])


def test_two_archives_of_one_study_are_the_same_bytes(packed, tmp_path):
    workspace, first = packed
    again = workspace.study("RUS", "VNM", period="2025-01").archive(
        tmp_path / "b.zip", formats=["json", "md"], lang="ru", detail="full"
    )
    assert again.read_bytes() == first.read_bytes()


def test_packing_leaves_nothing_half_written(packed, tmp_path, monkeypatch):
    workspace, _ = packed
    made = workspace.study("RUS", "VNM", period="2025-01")
    target = tmp_path / "a.zip"
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(CorridorError, match="cannot be written"):
        made.archive(target, formats=["json"])
    assert list(tmp_path.iterdir()) == []


def _full(*_arguments: object) -> None:
    raise OSError(28, "no space left on device")


# -- running it again


def test_nothing_moved(packed):
    workspace, file = packed
    outcome = workspace.replay(file)
    assert outcome.moved == ()
    assert outcome.reasons == ()
    assert outcome.compared > 1000
    assert f"all {outcome.compared} figures are what they were" in outcome.text()
    assert json.loads(outcome.json())["moved"] == []


def test_a_file_that_says_otherwise_moves_its_numbers_and_is_named(packed, tmp_path):
    _, file = packed
    # An invented print of January 2025: Russia took 300 dollars of Viet Nam's goods.
    form = Form(
        [
            [
                partner("NGA", "300", "300"),
                weighed("Cà phê", "20", "100", "20", "100"),
                group("Hàng hóa khác", "200", "200"),
            ]
        ]
    )
    path = tmp_path / "january.pdf"
    path.write_bytes(form.bytes())
    workspace = Workspace(tmp_path / "data")
    assert not ingest.add(workspace.store, [path], today=ADDED).of("refused")
    outcome = workspace.replay(file)
    moved = {each.place: (each.before, each.after) for each in outcome.moved}
    totals = [ends for place, ends in moved.items() if "/totals/" in place and ends == (179_449_276, 300)]
    assert len(totals) >= 1
    assert any(each.after is None for each in outcome.moved)  # groups that the print lacks
    assert any(
        "020.T, 2025-01, 2025-02-04" in reason and "takes another's place" in reason for reason in outcome.reasons
    )
    text = outcome.text().splitlines()
    assert f"{len(outcome.moved)} of {outcome.compared} figures moved" in text[0]
    assert any(line.startswith("  because: ") for line in text)
    assert len(text) < 60  # the rest is counted, not listed


def test_another_version_is_named_even_where_nothing_moved(packed, monkeypatch):
    workspace, file = packed
    monkeypatch.setattr(archive, "__version__", "99.0")
    outcome = workspace.replay(file)
    assert outcome.moved == ()
    assert outcome.reasons == (f"corridor was {__version__}, now is 99.0",)
    assert "note: corridor was" in outcome.text()


def test_a_number_changed_by_hand_is_found(packed, tmp_path, entries):
    workspace, file = packed
    study = json.loads(entries["study.json"])
    row = study["stages"]["product_groups"]["tables"]["bilateral"][0]
    row["exports"] += 1
    forged = changed(file, tmp_path / "forged.zip", study_json=json.dumps(study).encode())
    outcome = workspace.replay(forged)
    (moved,) = outcome.moved
    assert moved.place.endswith("/exports")
    assert moved.before == moved.after + 1
    assert "because: the cause is in none of the recorded inputs" in outcome.text()


def test_the_last_digit_of_a_sum_is_no_move(packed, tmp_path, entries):
    workspace, file = packed
    study = json.loads(entries["study.json"])
    row = study["stages"]["product_groups"]["tables"]["bilateral"][0]
    row["exports"] *= 1 + 1e-13
    assert workspace.replay(changed(file, tmp_path / "a.zip", study_json=json.dumps(study).encode())).moved == ()


def test_rows_in_another_order_are_no_move(packed, tmp_path, entries):
    workspace, file = packed
    study = json.loads(entries["study.json"])
    for table in ("bilateral", "changes", "groups"):
        study["stages"]["product_groups"]["tables"][table].reverse()
    assert workspace.replay(changed(file, tmp_path / "a.zip", study_json=json.dumps(study).encode())).moved == ()


def test_a_row_that_is_gone_is_a_move_to_nothing(packed, tmp_path, entries):
    workspace, file = packed
    study = json.loads(entries["study.json"])
    del study["stages"]["collection"]["tables"]["implied"][0]
    outcome = workspace.replay(changed(file, tmp_path / "a.zip", study_json=json.dumps(study).encode()))
    assert {(each.before, each.after) for each in outcome.moved} == {(None, 159_903_043.0)}


# -- what is no archive


def _zip(**entries: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, text in entries.items():
            opened.writestr(f"{name}.json", text)
    return held.getvalue()


ASKED = '{"exporter": "RUS", "partner": "VNM", "as_of": null}'
SOUND = f'{{"schema": "corridor.archive/1", "asked": {ASKED}, "versions": {{}}, "sources": []}}'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        _zip(),
        _zip(manifest="{}"),
        _zip(manifest="{", study="{}"),
        _zip(manifest="[]", study="{}"),
        _zip(manifest="null", study="null"),
        _zip(manifest=SOUND, study="[]"),
        _zip(manifest=SOUND, study="{}"),
        _zip(manifest='{"schema": "corridor.archive/1"}', study='{"stages": {}}'),
        _zip(manifest=SOUND.replace("null", '"soon"'), study='{"stages": {}}'),
        _zip(manifest=SOUND.replace('"exporter"', '"importer"'), study='{"stages": {}}'),
        _zip(manifest=SOUND.replace(ASKED, "7"), study='{"stages": {}}'),
    ],
)
def test_what_is_no_archive_is_said_in_one_line(packed, tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as raised:
        packed[0].replay(path)
    assert "this is no whole archive of a study; make one with corridor study --archive" in raised.value.line()
    assert "\n" not in raised.value.line()


def test_a_truncated_archive_is_said_in_one_line(packed, tmp_path):
    whole = packed[1].read_bytes()
    path = tmp_path / "a.zip"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile, match="no whole archive"):
        packed[0].replay(path)


def test_damaged_bytes_inside_are_said_in_one_line(packed, tmp_path):
    whole = bytearray(packed[1].read_bytes())
    with zipfile.ZipFile(packed[1]) as opened:
        start = opened.getinfo("study.json").header_offset
    whole[start + 200 : start + 400] = bytes(200)
    path = tmp_path / "a.zip"
    path.write_bytes(whole)
    with pytest.raises(UnreadableFile, match="no whole archive"):
        packed[0].replay(path)


def test_an_archive_of_a_later_form_names_both(packed, tmp_path):
    later = changed(packed[1], tmp_path / "a.zip", manifest_json=b'{"schema": "corridor.archive/2"}')
    with pytest.raises(
        UnreadableFile, match=r"written as corridor.archive/2, known is corridor.archive/1; use the version"
    ):
        packed[0].replay(later)


def test_a_missing_file_and_a_folder(packed, tmp_path):
    for path in (tmp_path / "nowhere.zip", tmp_path):
        with pytest.raises(UnreadableFile, match="no whole archive"):
            packed[0].replay(path)
