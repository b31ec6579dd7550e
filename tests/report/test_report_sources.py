"""Sources of a document: what can be followed and what can be proved."""

import pytest

from corridor.evidence import Trace
from corridor.report.documents.document import Table, gather_sources
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


def test_a_total_and_its_growth_name_the_rows_of_their_own_flow_at_both_ends(tmp_path) -> None:
    """The bundled totals of 2025 and 2024: imports stand in table 021.T, exports in 020.T."""
    made = Workspace(tmp_path / "store").study("RUS", "VNM")
    found = [
        (row.traces, str(block.title.parameters["exporter"]))
        for chapter in made.document().chapters
        for block in chapter.blocks
        if isinstance(block, Table) and block.key == "groups"
        for row in block.footers
    ]
    assert found
    for traces, exporter in found:
        form = "021.T" if "RUS" in exporter else "020.T"
        assert len(traces) == 2
        assert all(form in trace for trace in traces), traces


def test_a_growth_of_the_turnover_names_both_periods(tmp_path) -> None:
    table = Workspace(tmp_path / "store").study("RUS", "VNM").study.stage("product_groups").tables["bilateral"]
    row = table.filter((table["period"] == "2025") & (table["view"] == "VNM")).row(0, named=True)
    assert row["base_period"] == "2024"
    assert len(row["trace_id"].split()) == 4


def test_the_chart_of_contributions_says_what_moved_the_total(tmp_path) -> None:
    made = Workspace(tmp_path / "store").study("RUS", "VNM")
    charts = [chart for chart in made.document().charts() if chart.kind == "contributions"]
    assert charts
    for chart in charts:
        said, rows = chart.figures.title, chart.figures.rows
        assert said.key == "title.contributions.both"
        assert (said.parameters["rising"], said.parameters["rise"]) == rows[0].cells[:2]
        assert (said.parameters["falling"], said.parameters["fall"]) == rows[-1].cells[:2]
        assert set(said.traces) == {*rows[0].traces, *rows[-1].traces}
