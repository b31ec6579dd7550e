"""docs/sources: one page a publisher, from its card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from corridor.sources import Card, card, source_ids
from corridor.sources.out_of_scope import DOCUMENT, kinds
from pages.markdown import bullets, page, table

_RANKS = {1: "1, national publisher", 2: "2, international organisation", 3: "3, republisher or press"}


def pages() -> dict[str, str]:
    """The page of each source by its id, and the list of them as README."""
    return {"README": _list(), **{source: _page(card(source)) for source in source_ids()}}


def _list() -> str:
    rows = [
        (f"[`{source}`]({source}.md)", card(source).title.en, card(source).publisher.area, card(source).tried_on)
        for source in source_ids()
    ]
    return page(
        "# Sources",
        "The publishers whose files `corridor add` reads. A source is a folder of"
        " [src/corridor/sources](../../src/corridor/sources); each page here is its card, `source.yml`.",
        table(("id", "what", "reporter", "tried on"), rows),
        "## In whatever state they are",
        "A file is recognised by what it says, not by its name. One that another program saved is read too: "
        "text in UTF-16 or in an old alphabet (Windows-1251, Windows-1252, CP866); tabs, semicolons or bars between "
        "cells; decimal commas, and blanks, points or apostrophes between thousands; everything in quotes; lines above "
        "the heading and below the last row (set aside with their words); a column of row numbers in front; other "
        "capitals in the heading of the tables that most people hold; gzip, bzip2, xz, zip with folders; a workbook "
        "made of the table. What the signs in numbers mean is told by all numbers of the table together. Where nothing "
        "tells whether 1,234 is a thousand or little more than one, where several sheets hold a table each, and where "
        "the file is a page of the web or an answer that says what was wrong, one line says so.",
        "## Out of scope",
        "Files that people keep beside official statistics, told by how they begin and refused with the reason.",
        table(("what it is", "instead"), [(each.what, each.instead) for each in (*kinds(), DOCUMENT)]),
    )


def _page(it: Card) -> str:
    return page(
        f"# {it.title.en}",
        _facts(it),
        _chapter("What to know", bullets(it.notes)),
        _chapter("How the figures are compiled", _compilation(it)),
        _chapter("Tables printed regularly", _calendar(it) if it.calendar else ""),
        _chapter("Partners as printed", _labels(it.areas)),
        _chapter("Groups as printed", _products(it)),
        _chapter("Units as printed", _labels(it.units)),
        f"Card and reader: [sources/{it.id}](../../src/corridor/sources/{it.id}). All sources: [the list](README.md).",
    )


def _chapter(heading: str, text: str) -> str:
    return f"## {heading}\n\n{text}" if text else ""


def _facts(it: Card) -> str:
    rows = {
        "по-русски": it.title.ru,
        "tiếng Việt": it.title.vi,
        "publisher": "; ".join(f"{name.en}{_dates(name.since, name.until)}" for name in it.publisher.names),
        "reporter": it.publisher.area,
        "rank": _RANKS[it.rank],
        "official statistics": "yes" if it.official else "no",
        "language of the files": ", ".join(it.languages),
        "valuation": ", ".join(f"{flow}s {basis}" for flow, basis in it.valuation.items()),
        "classification": it.classification or "totals only",
        "licence": it.licence,
        "cite as": it.citation,
        "address": f"<{it.address}>",
        "tried on": it.tried_on,
    }
    return table(("id", f"`{it.id}`"), list(rows.items()))


def _compilation(it: Card) -> str:
    if it.compilation is None:
        return ""
    answers = it.compilation.answers().items()
    rows = [(question.replace("_", " "), ", ".join(given).replace("_", " ")) for question, given in answers]
    return f"{table(('question', 'answer'), rows)}\n\nGrounds: {it.compilation.grounds}."


def _dates(since: date | None, until: date | None) -> str:
    known = [f"from {since}" if since else "", f"until {until}" if until else ""]
    return f" ({' '.join(filter(None, known))})" if since or until else ""


def _calendar(it: Card) -> str:
    rows = [(each.table, each.flow, each.freq, each.since, each.until or "still printed") for each in it.calendar]
    return table(("table", "flow", "every", "since", "until"), rows)


def _labels(labels: Mapping[str, str]) -> str:
    rows = [(label, f"`{code}`" if code else "none") for label, code in labels.items()]
    return table(("printed", "code"), rows) if rows else ""


def _products(it: Card) -> str:
    rows = [
        (each.label, f"`{each.code}`", each.flow or "both", _dates(each.since, each.until).strip(" ()"))
        for each in it.products
    ]
    return table(("printed", "code", "flow", "periods"), rows) if rows else ""
