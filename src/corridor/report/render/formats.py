"""The formats of a report, and who writes each."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.errors import UsageError
from corridor.report.catalogue import Lang
from corridor.report.documents.document import Document

#: Format -> ending of its file. JSON is written from the study itself, the letter from a document of its own.
ENDINGS: Mapping[str, str] = {
    "html": "html", "docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "md": "md", "json": "json", "csv": "csv.zip",
    "dta": "dta.zip", "tex": "tex", "letter": "docx", "letter-pdf": "pdf",
}  # fmt: skip


def rendered(document: Document, format: str, lang: Lang, *, template: bytes | None = None, name: str = "") -> bytes:
    """The document in a format. ``template`` is a user's own .docx, ``name`` its file's, for an error to name.

    Raises `UsageError` for an unknown format.
    """
    if format == "docx":
        from corridor.report.render.docx import docx

        return docx(document, lang, template=template, template_name=name)
    if format in ("html", "md", "tex"):
        return _text(document, format, lang).encode()
    return _binary(document, format, lang)


def rendered_letter(
    document: Document, format: str, lang: Lang, *, template: bytes | None = None, name: str = ""
) -> bytes:
    """The letter: ``letter`` as .docx, ``letter-pdf`` as PDF."""
    from corridor.report.render.letter import letter_docx, letter_pdf

    if format == "letter-pdf":
        return letter_pdf(document, lang)
    return letter_docx(document, lang, template=template, template_name=name)


def _text(document: Document, format: str, lang: Lang) -> str:
    if format == "html":
        from corridor.report.render.html import page

        return page(document, lang)
    if format == "md":
        from corridor.report.render.markdown import markdown

        return markdown(document, lang)
    from corridor.report.render.tex import tex

    return tex(document, lang)


def _binary(document: Document, format: str, lang: Lang) -> bytes:
    if format == "pdf":
        from corridor.report.render.pdf import pdf

        return pdf(document, lang)
    if format == "xlsx":
        from corridor.report.render.xlsx import xlsx

        return xlsx(document, lang)
    if format in ("csv", "dta"):
        from corridor.report.render.data_files import WRITERS

        return WRITERS[format](document, lang)
    raise UsageError(f"no format “{format}”", next_step=f"there are: {', '.join(ENDINGS)}")
