"""docs/tables.md: the data dictionary, from `corridor.codes.schema`."""

from __future__ import annotations

from collections.abc import Mapping

from corridor.codes import caveats, schema
from pages import markdown


def page() -> str:
    """The page."""
    return markdown.page(
        "# Tables",
        "The stored tables and their columns, in order. A column of a result table that carries a stored quantity has"
        " the stored column's name. Shares are 0..1 in data and become per cent only in print.",
        *(f"## {name}\n\n{_columns(names)}" for name, names in schema.TABLES.items()),
        "## Coverage status",
        "What is known about one cell; see [absence](absence.md).",
        markdown.table(("status", "meaning"), [(f"`{k}`", text) for k, text in schema.COVERAGE_STATUS.items()]),
        "## Checks",
        "What is odd in a file that was added; it changes no figure and keeps none out.",
        _meanings("finding", schema.CHECKS),
        "## Regimes",
        "What a rate of a tariff schedule is paid for; any other regime is the code of an agreement.",
        _meanings("regime", schema.REGIMES),
        "## Kinds of rates",
        "What a cell of a schedule can say.",
        _meanings("rate_kind", schema.RATE_KINDS),
        "## Elasticities",
        "Three kinds that never stand in for each other, and one that may serve as substitution.",
        _meanings("parameter", schema.ELASTICITIES),
        "## Caveats",
        "What a reader must know about a figure before using it; reports print the sentence.",
        markdown.table(
            ("caveat", "sentence"), [(f"`{key}`", caveats.sentence(key, "en")) for key in caveats.vocabulary()]
        ),
    )


def _meanings(heading: str, meanings: Mapping[str, str]) -> str:
    return markdown.table((heading, "meaning"), [(f"`{key}`", text) for key, text in meanings.items()])


def _columns(names: tuple[str, ...]) -> str:
    known = [(name, schema.COLUMNS[name]) for name in names]
    rows = [(f"`{name}`", column.type, column.unit, column.meaning) for name, column in known]
    return markdown.table(("column", "type", "unit", "meaning"), rows)
