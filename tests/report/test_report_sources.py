"""Sources of a document: what can be followed and what can be proved."""

import pytest

from corridor.evidence import Trace
from corridor.report.documents.document import gather_sources
from corridor.workspace import Workspace

URL = "https://example.org/table.html"


@pytest.mark.parametrize(("checksum", "sha256"), [("ab" * 32, "ab" * 32), ("sample:groups/021.T", ""), ("", "")])
def test_only_a_files_own_checksum_is_called_one(checksum: str, sha256: str) -> None:
    (source,) = gather_sources([Trace("vn_customs", "table.pdf", checksum)], {})
    assert source.sha256 == sha256


def test_a_source_without_a_file_is_named_by_its_address() -> None:
    (source,) = gather_sources([Trace("press", "", "sample:facts", url=URL)], {})
    assert (source.file, source.link) == (URL, URL)


def test_an_argument_on_bundled_figures_has_no_empty_link(tmp_path) -> None:
    text = Workspace(tmp_path / "store").explain("RUS-VNM-coal-2025")
    assert "[](" not in text
    assert "`sample:" not in text
