"""The invented report and what reads it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from corridor.report.catalogue import Lang
from corridor.report.documents.document import Chart, Document
from corridor.report.render.html import page
from corridor.report.text import Voice, voice

_REPORT = Path(__file__).parent / "invented" / "report.py"


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """The module tests/report/invented/report.py."""
    spec = importlib.util.spec_from_file_location("invented_report", _REPORT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def document(invented: ModuleType) -> Document:
    return invented.document()


@pytest.fixture(scope="session")
def charts(document: Document) -> dict[str, Chart]:
    return {b.kind: b for chapter in document.chapters for b in chapter.blocks if isinstance(b, Chart)}


@pytest.fixture(params=["en", "ru", "vi"])
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.fixture
def speaker(lang: Lang, invented: ModuleType, document: Document) -> Voice:
    return voice(lang, invented.words(lang), document.publishers())


@pytest.fixture(scope="session")
def pages(invented: ModuleType, document: Document) -> dict[Lang, str]:
    """The page in every language, drawn once."""
    langs: tuple[Lang, ...] = ("en", "ru", "vi")
    return {lang: page(document, lang, invented.words(lang)) for lang in langs}
