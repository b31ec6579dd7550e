"""The list of sources in the form an office or a journal asks for: GOST R 7.0.100-2018, APA 7, BibTeX.

A reference names publisher, table, edition, date of print, file, address, day of access, and the licence's own line
of attribution at the first reference of its publisher. The program is cited as the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from babel.dates import format_date

from corridor.errors import UsageError
from corridor.report.catalogue import LANGS, LOCALES, Lang
from corridor.report.documents.document import Document, Source, Texts
from corridor.report.names import edition

Form = Literal["gost", "apa", "bibtex"]
FORMS: tuple[Form, ...] = get_args(Form)

#: The words of a reference, which follow the language of the list.
_GOST: Mapping[Lang, Mapping[str, str]] = {
    "ru": {"medium": "Текст : электронный", "access": "дата обращения", "file": "файл"},
    "en": {"medium": "Text : electronic", "access": "date of access", "file": "file"},
    "vi": {"medium": "Văn bản : điện tử", "access": "ngày truy cập", "file": "tệp"},
}  # fmt: skip
_APA: Mapping[Lang, Mapping[str, str]] = {
    "en": {
        "data": "Data set", "retrieved": "Retrieved {day}, from {url}", "no_date": "n.d.",
        "program": "Computer software",
    },
    "ru": {
        "data": "Набор данных", "retrieved": "Получено {day} с {url}", "no_date": "б. д.",
        "program": "Компьютерная программа",
    },
    "vi": {
        "data": "Bộ dữ liệu", "retrieved": "Truy cập ngày {day}, từ {url}", "no_date": "không ngày",
        "program": "Phần mềm máy tính",
    },
}  # fmt: skip
_BIBTEX_SIGN = re.compile(r"[\\{}$&#%_~^]")
_NO_KEY = re.compile(r"[^a-z0-9]+")


def form(name: str) -> Form:
    """The form of that name. Raises `UsageError`."""
    for each in FORMS:
        if each == name:
            return each
    raise UsageError(f"no form of citation “{name}”", next_step=f"there are: {', '.join(FORMS)}")


def cited(document: Document, form: Form, made_on: date) -> Document:
    """The document with its sources, and the program, cited in that form; BibTeX is a file of its own, see `bibtex`.

    ``made_on`` is the day of access of a source that has none.
    """
    if form == "bibtex":
        return document
    write = {"gost": _gost, "apa": _apa}[form]
    sources = tuple(
        replace(each, citation={lang: write(once, lang, each.accessed or made_on) for lang in LANGS})
        for each, once in zip(document.sources, _attributed_once(document.sources), strict=True)
    )
    own: Texts = {lang: program(document.meta.generator, lang, form, made_on) for lang in LANGS}
    return replace(document, sources=sources, meta=replace(document.meta, citation=own))


def bibtex(document: Document, lang: Lang, made_on: date) -> str:
    """The sources and the program as a BibTeX file; the key of a source ends in its number in print."""
    entries = [
        _bibtex(source, number, lang, source.accessed or made_on)
        for number, source in enumerate(document.sources, start=1)
    ]
    return "\n\n".join((*entries, program(document.meta.generator, lang, "bibtex", made_on))) + "\n"


def _gost(source: Source, lang: Lang, seen: date) -> str:
    """GOST R 7.0.100-2018, an electronic resource: title, responsibility, imprint, medium, address, day of access."""
    words = _GOST[lang]
    parts = [f"{_edition(source, lang)} / {source.publisher[lang]}"]
    if source.published:
        parts.append(f"{source.published.year}")
    parts.append(words["medium"])
    if source.link:
        parts.append(f"URL: {source.link} ({words['access']}: {seen:%d.%m.%Y})")
    if source.file != source.link:
        parts.append(f"{words['file']}: {source.file}")
    return ". – ".join(part.removesuffix(".") for part in (*parts, source.licence) if part) + "."


def _apa(source: Source, lang: Lang, seen: date) -> str:
    """APA 7, section 10.9: a data set."""
    words = _APA[lang]
    when = str(source.published.year) if source.published else words["no_date"]
    parts = [f"{source.publisher[lang]} ({when})", f"{_edition(source, lang)} [{words['data']}; {source.file}]"]
    if source.link:
        day = format_date(seen, "long", locale=LOCALES[lang])
        parts.append(words["retrieved"].format(day=day, url=source.link))
    # No stop follows an address.
    text = ". ".join(part.removesuffix(".") for part in (*parts[:2], source.licence) if part) + "."
    return f"{text} {parts[2]}" if len(parts) > 2 else text


def _bibtex(source: Source, number: int, lang: Lang, seen: date) -> str:
    """BibTeX: an entry of kind ``misc``."""
    fields = {
        "author": f"{{{source.publisher[lang]}}}",
        "title": _edition(source, lang),
        "year": str(source.published.year) if source.published else "",
        "howpublished": f"file {source.file}",
        "url": source.link,
        "urldate": seen.isoformat() if source.link else "",
        "note": source.licence,
    }
    return _entry("misc", f"{_key(source.id or 'source')}{number}", fields)


def program(generator: str, lang: Lang, form: Form, made_on: date) -> str:
    """The citation of the program itself, as its CITATION.cff has it."""
    name, _, version = generator.partition(" ")
    title = f"{name}: trade intelligence for a pair of economies"
    year = str(made_on.year)
    if form == "bibtex":
        fields = {"author": "{The corridor developers}", "title": title, "version": version, "year": year}
        return _entry("software", "corridor", fields)
    if form == "apa":
        return f"The corridor developers ({year}). {title} (Version {version}) [{_APA[lang]['program']}]."
    return f"{title} / The corridor developers. – Version {version}. – {_GOST[lang]['medium']}."


def _edition(source: Source, lang: Lang) -> str:
    return edition(source.edition, lang) or source.file


def _attributed_once(sources: Iterable[Source]) -> list[Source]:
    """The sources, the licence's line at the first of each publisher alone."""
    seen: set[str] = set()
    found = []
    for source in sources:
        found.append(replace(source, licence="") if source.id in seen else source)
        seen.add(source.id)
    return found


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{_bibtex_text(value)}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}"))


def _bibtex_text(value: str) -> str:
    # A name in braces of its own is no person's.
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else None
    if inner is not None:
        return f"{{{_bibtex_text(inner)}}}"
    return _BIBTEX_SIGN.sub(lambda match: "\\" + match[0] if match[0] in "{}$&#%_" else " ", value)


def _key(text: str) -> str:
    return _NO_KEY.sub("", text.lower()) or "source"
