"""The record: bytes by checksum, notes beside them."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from corridor.errors import StoreError, UnreadableFile
from corridor.store.snapshots import Record, Snapshots, checksum

BYTES = b"Th\xe1\xbb\x91ng k\xc3\xaa"
SHA = hashlib.sha256(BYTES).hexdigest()
RECORD = Record(SHA, "Xuất khẩu-2025-11.xls", len(BYTES), date(2026, 1, 20), "toy", "https://toy.example/ữ", 3)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(BYTES)
    return path


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "store")


def test_bytes_lie_under_their_checksum(tmp_path, original, snapshots):
    assert checksum(original) == SHA
    assert snapshots.keep(original, SHA)
    assert (tmp_path / "store" / "snapshots" / SHA[:2] / SHA).read_bytes() == BYTES
    assert snapshots.sound(SHA)
    assert snapshots.held() == (SHA,)


def test_bytes_that_are_there_are_not_new(original, snapshots):
    snapshots.keep(original, SHA)
    assert not snapshots.keep(original, SHA)


def test_a_file_that_changed_since_it_was_summed_leaves_nothing(tmp_path, original, snapshots):
    original.write_bytes(b"something else")
    with pytest.raises(UnreadableFile, match="changed while it was being read"):
        snapshots.keep(original, SHA)
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_a_file_that_vanished_leaves_nothing(tmp_path, original, snapshots):
    original.unlink()
    with pytest.raises(UnreadableFile, match="cannot be read"):
        snapshots.keep(original, SHA)
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_damaged_bytes_are_told_and_put_right(original, snapshots):
    snapshots.keep(original, SHA)
    snapshots.path(SHA).write_bytes(BYTES[:-1])
    assert not snapshots.sound(SHA)
    snapshots.keep(original, SHA)
    assert snapshots.path(SHA).read_bytes() == BYTES


def test_a_note_comes_back_as_it_was_written(snapshots):
    snapshots.describe(RECORD)
    assert snapshots.record(SHA) == RECORD
    assert snapshots.noted() == (SHA,)
    note = json.loads((snapshots.path(SHA).parent / f"{SHA}.json").read_text(encoding="utf-8"))
    assert note["name"] == "Xuất khẩu-2025-11.xls"
    assert note["added"] == "2026-01-20"


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"name": "x"}', "\x00"])
def test_a_damaged_note_is_no_note(snapshots, damage):
    snapshots.describe(RECORD)
    (snapshots.path(SHA).parent / f"{SHA}.json").write_text(damage, encoding="utf-8")
    assert snapshots.record(SHA) is None


def test_what_an_interrupted_copy_left_is_swept(original, snapshots):
    snapshots.keep(original, SHA)
    part = snapshots.path(SHA).with_name("b" * 64 + ".part")
    part.write_bytes(b"half")
    snapshots.sweep_parts()
    assert not part.exists()
    assert snapshots.sound(SHA)


def test_a_folder_that_is_a_file_is_said_in_one_line(tmp_path, original):
    (tmp_path / "store").write_bytes(b"")
    with pytest.raises(StoreError, match="is not a folder") as fault:
        Snapshots(tmp_path / "store").keep(original, SHA)
    assert "\n" not in str(fault.value)
