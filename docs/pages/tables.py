"""docs/tables.md: the data dictionary, from `corridor.codes.schema`."""

from __future__ import annotations

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
        "## Caveats",
        "What a reader must know about a figure before using it; reports print the sentence.",
        markdown.table(
            ("caveat", "sentence"), [(f"`{key}`", caveats.sentence(key, "en")) for key in caveats.vocabulary()]
        ),
    )


def _columns(names: tuple[str, ...]) -> str:
    known = [(name, schema.COLUMNS[name]) for name in names]
    rows = [(f"`{name}`", column.type, column.unit, column.meaning) for name, column in known]
    return markdown.table(("column", "type", "unit", "meaning"), rows)
