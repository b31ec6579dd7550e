"""What is told of a text table by its first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor import sources
from corridor.errors import UnrecognisedFile


def test_a_table_whose_lines_end_with_a_bare_carriage_return_is_recognised_by_none(tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    path.write_bytes(b"Country,Rank\rRussia,43\rViet Nam,67\r")
    with pytest.raises(UnrecognisedFile):
        sources.recognise(path)
