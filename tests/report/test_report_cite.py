"""The forms of a reference, against examples worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from corridor.errors import UsageError
from corridor.evidence import Finding
from corridor.report.catalogue import LANGS
from corridor.report.documents.document import Document, Meta, Source
from corridor.report.render.cite import bibtex, cited, form

SOURCE = Source(
    "c" * 64,
    {"en": "Viet Nam Customs", "ru": "Таможенная служба Вьетнама", "vi": "Cục Hải quan"},
    "020.T, 2025-01",
    "t1.pdf",
    "https://example.org/t1",
    date(2025, 2, 4),
    "vn_customs",
    "May be cited",
    date(2025, 3, 9),
)
DOCUMENT = Document(Finding("column.group"), Meta(generator="corridor 1.2"), (), (), (SOURCE,))
TODAY = date(2026, 1, 2)


def test_gost() -> None:
    """GOST R 7.0.100-2018: areas parted by a stop and a dash; an address with the day it was seen."""
    assert cited(DOCUMENT, "gost", TODAY).sources[0].citation["ru"] == (
        "020.T, январь 2025\N{NO-BREAK SPACE}г. / Таможенная служба Вьетнама. – 2025. – Текст : электронный. "
        "– URL: https://example.org/t1 (дата обращения: 09.03.2025). – файл: t1.pdf. – May be cited."
    )


def test_apa() -> None:
    """APA 7, 10.9: author (year). Title [Data set]. No stop after an address."""
    assert cited(DOCUMENT, "apa", TODAY).sources[0].citation["en"] == (
        "Viet Nam Customs (2025). 020.T, January 2025 [Data set; t1.pdf]. May be cited. "
        "Retrieved 9 March 2025, from https://example.org/t1"
    )


def test_bibtex() -> None:
    assert bibtex(DOCUMENT, "en", TODAY).startswith(
        "@misc{vncustoms1,\n  author = {{Viet Nam Customs}},\n  title = {020.T, January 2025},\n  year = {2025},\n"
        "  howpublished = {file t1.pdf},\n  url = {https://example.org/t1},\n  urldate = {2025-03-09},\n"
        "  note = {May be cited},\n}\n\n@software{corridor,\n"
    )


def test_the_program_cites_itself() -> None:
    for each in ("gost", "apa"):
        citation = cited(DOCUMENT, form(each), TODAY).meta.citation
        assert all("1.2" in citation[lang] for lang in LANGS)


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UsageError, match="there are: gost, apa, bibtex"):
        form("mla")
