"""Markdown: the same numbers as the page, tables that stay tables."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

import pytest
from markdown_it import MarkdownIt

from corridor.evidence import Finding, Measure
from corridor.report.catalogue import LANGS, Lang
from corridor.report.documents.document import Chapter, Column, Document, Meta, Row, Source, Sources, Table
from corridor.report.render.markdown import markdown


@pytest.fixture
def written(document: Document, invented: ModuleType, lang: Lang) -> str:
    return markdown(document, lang, invented.words(lang))


def tables(text: str) -> list[list[list[str]]]:
    """Every table as rows of cells."""
    blocks = [block.splitlines() for block in text.split("\n\n") if block.startswith("| ")]
    return [[re.split(r"(?<!\\)\|", line)[1:-1] for line in block] for block in blocks]


def test_tables_have_as_many_cells_in_every_row(written: str) -> None:
    found = tables(written)
    assert len(found) == 16
    for table in found:
        assert len({len(row) for row in table}) == 1


def test_it_is_read_as_tables_and_headings(written: str, document: Document) -> None:
    kinds = [token.type for token in MarkdownIt("commonmark").enable("table").parse(written)]
    assert kinds.count("table_open") == 16
    assert kinds.count("heading_open") == 1 + len(document.chapters) + 2 + 1


def test_numbers_of_the_language(written: str, lang: Lang) -> None:
    shown = {"en": "4.59 billion USD", "ru": "4,59 млрд долл.", "vi": "4,59 tỷ USD"}[lang]
    assert f"**{shown}**" in written.replace("\N{NO-BREAK SPACE}", " ")
    assert not re.search(r"\b(None|nan)\b", written)


def test_sources_are_numbers_in_brackets(written: str) -> None:
    assert "[3, 4]" in written
    assert "4. **" in written
    assert "[invented-2025-x.pdf](<https://example.org/x>)" in written


def test_reasons_of_absence_stand_under_the_table(written: str, lang: Lang) -> None:
    assert {"en": "No figure:", "ru": "Нет показателя:", "vi": "Không có số liệu:"}[lang] in written


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://example.org/a>b) [x](javascript:alert(1)"])
def test_words_of_a_file_are_words(url: str) -> None:
    hostile = "a|b <script> *x* [y](z)"
    source = Source("c" * 64, dict.fromkeys(LANGS, hostile), hostile, hostile, url)
    columns = (Column("group", kind="name"), Column("value", "count"))
    table = Table("t", Finding("column.group"), columns, (Row((hostile, Measure(1.0, "count"))),))
    chapter = Chapter("a", Finding("column.area"), (table, Sources()))
    text = markdown(Document(Finding("column.group"), Meta(), (), (chapter,), (source,)), "en")
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<script>" not in html
    assert 'href="javascript' not in html
    assert [len(row) for row in tables(text)[0]] == [2, 2, 2]


def test_a_document_without_anything_is_a_text(document: Document) -> None:
    empty = replace(document, title=Finding("column.group"), meta=Meta(), front=(), chapters=())
    assert markdown(empty, "vi") == "# Nhóm hàng\n\nTổng có thể không khớp do làm tròn số.\n"
