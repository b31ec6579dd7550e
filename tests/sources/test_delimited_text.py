"""What is told of a text table by its first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor import sources
from corridor.errors import UnreadableFile, UnrecognisedFile
from corridor.sources import delimited


def test_a_table_whose_lines_end_with_a_bare_carriage_return_is_recognised_by_none(tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    path.write_bytes(b"Country,Rank\rRussia,43\rViet Nam,67\r")
    with pytest.raises(UnrecognisedFile):
        sources.recognise(path)


def test_text_in_an_old_alphabet_says_so(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("area,value\nCôte d'Ivoire,1\n".encode("cp1252"))
    with pytest.raises(UnreadableFile, match="is not UTF-8 text; save it as UTF-8"):
        delimited.read(path, path.name)
