"""The Observatory's tables: yearly exports and imports by HS code.

Countries are a continent's two letters and ISO letters (``asvnm``), later ISO letters alone. ``NULL`` is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited, two_flows
from corridor.sources.selection import selection

if TYPE_CHECKING:
    import polars as pl

_REVISIONS = {"hs92": "H0", "hs96": "H1", "hs02": "H2", "hs07": "H3", "hs12": "H4", "hs17": "H5", "sitc": "S2"}
_NEEDED = ("year", "origin", "export_val", "import_val")
#: Letters of a continent and a country together.
_LONG_CODE, _CONTINENT = 5, 2
_SEPARATORS = ("\t", ",")
_PARTNERS = ("destination", "dest")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names a year, a country, a product and the two values."""
    del path
    return any(_product(delimited.header(head, each)) for each in _SEPARATORS)


def read(path: Path, name: str) -> CodedReading:
    """Both flows in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    with path.open("rb") as opened:
        head = opened.read(4096)
    separator = next((each for each in _SEPARATORS if _product(delimited.header(head, each))), ",")
    raw = delimited.read(path, name, separator=separator)
    product = _product(tuple(raw.columns))
    if not product:
        raise BrokenLayout("the heading is not the Observatory's", where=Where(file=name))
    code = _REVISIONS[product]
    partner = next((column for column in _PARTNERS if column in raw.columns), None)
    rows = raw.select(
        "row",
        "year",
        "export_val",
        "import_val",
        reporter=_country("origin"),
        partner=_country(partner) if partner else pl.lit("WLD"),
        product=pl.col(product).str.strip_chars(),
    )
    both = two_flows.figures(rows, ("export_val", "import_val"), pl.lit(code))
    if both.is_empty():
        raise BrokenLayout("the table holds no value", where=Where(file=name))
    edition = f"Observatory of Economic Complexity, {code}, {two_flows.years(both)}"
    return selection("oec", code, edition, "wits", both, two_flows.RECONCILED)


def _product(header: tuple[str, ...]) -> str:
    """The column of the product's code; nothing where the heading is another's."""
    if not set(_NEEDED) <= set(header):
        return ""
    return next((column for column in header if column in _REVISIONS), "")


def _country(column: str) -> pl.Expr:
    import polars as pl

    text = pl.col(column).str.strip_chars()
    return (
        pl.when(text.str.len_chars() == _LONG_CODE).then(text.str.slice(_CONTINENT)).otherwise(text).str.to_uppercase()
    )
