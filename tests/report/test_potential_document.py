"""The potential as a document: the gap is drawn where it was computed, and only there; on a toy and on real figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from corridor.cli import app
from corridor.errors import UsageError
from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.catalogue import LANGS, Lang
from corridor.report.documents.document import Chart, Document, Paragraph
from corridor.report.documents.potential import Told, document
from corridor.workspace import Workspace

ROW: Mapping[str, object] = {
    "potential_usd": 14.25e6, "realised_usd": 5e6, "unrealised_usd": 9.25e6, "export_share": 0.2, "imports_usd": 70e6,
    "bilateral_ease": 0.5, "trace_id": "file//1",
}  # fmt: skip
TRACES = {"file//1": Trace(publisher="un_comtrade", edition="2025", file="world.csv", checksum="ab", row="1")}


def made(*rows: Mapping[str, object]) -> Document:
    table = pl.DataFrame([{"product": f"09{place:02}", **ROW, **row} for place, row in enumerate(rows, start=1)])
    told = Told(("RUS", "VNM"), "2025", table, (), (), TRACES, {}, {})
    return document(told, made_on=date(2026, 1, 31), generator="corridor")


def drawn(found: Document) -> Chart:
    (chart,) = found.charts()
    return chart


def codes(chart: Chart) -> list[str]:
    return [cell.code for row in chart.figures.rows if isinstance(cell := row.cells[0], Name)]


def test_the_largest_gap_is_drawn_first_and_named_by_the_title() -> None:
    chart = drawn(made({}, {"unrealised_usd": 12e6, "potential_usd": 17e6}))
    assert codes(chart) == ["0902", "0901"]
    assert chart.figures.title.key == "chart.potential"
    assert chart.figures.title.parameters["gap"] == Measure(12e6, "usd")


def test_where_more_is_sold_than_the_benchmark_says_no_gap_is_claimed() -> None:
    met = drawn(made({"realised_usd": 20e6, "unrealised_usd": 0.0}))
    assert met.figures.title.key == "chart.potential_met"


def test_nothing_is_drawn_where_nothing_was_computed() -> None:
    unknown = {"potential_usd": None, "unrealised_usd": None}
    assert made(unknown).charts() == ()
    assert codes(drawn(made({}, unknown))) == ["0901"]


def test_what_is_not_drawn_is_counted() -> None:
    found = made(*({} for _ in range(14)))
    assert len(drawn(found).figures.rows) == 12
    assert Finding("potential.not_drawn", {"n": Measure(2, "count")}) in [
        block.text for block in found.front if isinstance(block, Paragraph)
    ]


@pytest.fixture(scope="module")
def wood(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the imports of wood of 27 economies."""
    file = test_data / "comtrade-reference" / "eu27_wood_imports_hs4.csv.gz"
    if not file.is_file():
        pytest.skip("the imports of wood are not here")
    data = tmp_path_factory.mktemp("wood") / "data"
    Workspace(data).add([file])
    return data


@pytest.mark.parametrize("lang", LANGS)
def test_real_figures_are_drawn_on_screen_and_for_print(wood: Path, lang: Lang, tmp_path: Path) -> None:
    asked = ["potential", "DEU", "FRA", "--formula", "trade_only/1", "--data", str(wood), "--lang", lang]
    shown = CliRunner().invoke(app, [*asked, "--format", "html", "--charts", str(tmp_path)])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.count("<svg") == 2
    assert sorted(each.suffix for each in tmp_path.iterdir()) == [".csv", ".png", ".svg"]
    assert (tmp_path / "figure-01-potential.csv").read_text(encoding="utf-8-sig").count("\n") == 13
    printed = CliRunner().invoke(app, [*asked, "--format", "pdf", "--out", str(tmp_path / "potential.pdf")])
    assert printed.exit_code == 0, printed.output
    assert (tmp_path / "potential.pdf").read_bytes().startswith(b"%PDF")


def test_a_realised_figure_leads_to_the_row_of_the_pair(wood: Path) -> None:
    workspace = Workspace(wood)
    made = workspace.potential("DEU", "FRA", formula="trade_only/1")
    chart = drawn(made.document())
    panel = made.basis.panel
    own = panel.figures((pl.col("exporter") == "DEU") & (pl.col("importer") == "FRA") & (pl.col("year") == 2022))
    for row in chart.figures.rows:
        (trace,) = row.traces
        cell = row.cells[2]
        assert own.filter(pl.col("trace_id") == trace)["value_usd"].item() == getattr(cell, "value", None)


def test_a_document_of_a_word_processor_is_not_printed(wood: Path) -> None:
    asked = ["potential", "DEU", "FRA", "--formula", "trade_only/1", "--data", str(wood)]
    for wrong in (["--format", "docx"], ["--format", "csv", "--out", "x.csv"]):
        assert isinstance(CliRunner().invoke(app, [*asked, *wrong]).exception, UsageError)
