"""The benchmarks' page says what was measured, and every benchmark can be run by name."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def report() -> ModuleType:
    """benchmarks/report.py, which is no part of the package."""
    sys.path.insert(0, str(FOLDER))
    try:
        spec = importlib.util.spec_from_file_location("benchmarks_report", FOLDER / "report.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(FOLDER))


def test_the_page_holds_what_was_measured(report: ModuleType) -> None:
    assert report.PAGE.read_text(encoding="utf-8") == report.page()


def test_every_benchmark_has_a_heading_and_a_run(report: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    found = report.benchmarks()
    assert {"complexity", "pair_indicators", "read_customs_pdfs"} <= found.keys()
    for name, module in found.items():
        assert callable(module.run), name
        assert module.SECTION.strip(), name
    assert {path.stem for path in report.RESULTS.glob("*.md")} <= found.keys()
