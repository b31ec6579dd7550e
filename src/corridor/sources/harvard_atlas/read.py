"""The Atlas's tables of trade, in the names of its data sets of all times and of tables made from them.

A row says exports and imports of a country, to one partner or to all. Goods are digits of HS 1992, HS 2012 or SITC, as
the heading says, and a few words for services and for what nobody specified.
"""

from __future__ import annotations

from pathlib import Path

from corridor.codes import classifications
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited, two_flows
from corridor.sources.selection import selection

#: Our name -> the columns that hold it, the surest first; codes of letters before numbers that only the Atlas knows.
_COLUMNS = {
    "reporter": ("country_iso3_code", "location_code", "country_code"),
    "partner": ("partner_iso3_code", "partner_code"),
    "product": (
        "product_hs92_code",
        "hs_product_code",
        "product_hs12_code",
        "product_sitc_code",
        "sitc_product_code",
        "product_code",
    ),
    "year": ("year",),
    "exports": ("export_value",),
    "imports": ("import_value",),
}
_NAMES = [name for names in _COLUMNS.values() for name in names]
_NEEDED = ("reporter", "product", "year", "exports", "imports")
#: Columns of goods in another classification than HS 1992: the tables of HS 2012 and of SITC, second revision.
_OTHERS = {"product_hs12_code": "H4", "product_sitc_code": "S2", "sitc_product_code": "S2"}
#: Words for services and for goods that nobody specified: their own classification, never added to goods.
_WORDS = "ATLAS"
_DIGITS = r"^[0-9]+$"


def recognise(path: Path, head: bytes) -> bool:
    """Whether the heading names a country, a product and the Atlas's two values."""
    del path
    return bool(delimited.separator(head, _are_ours))


def read(path: Path, name: str) -> CodedReading:
    """Both flows in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    with path.open("rb") as opened:
        separator = delimited.separator(opened.read(4096), _are_ours) or ","
    raw = delimited.read(path, name, separator=separator, names=_NAMES)
    found = _found(tuple(raw.columns))
    missing = [ours for ours in _needed(tuple(raw.columns)) if ours not in found]
    if missing:
        raise BrokenLayout(f"no column says the {', '.join(missing)}", where=Where(file=name))
    cells = {ours: pl.col(theirs).str.strip_chars() for ours, theirs in found.items()}
    rows = raw.select("row", **{"partner": pl.lit("WLD"), **cells})
    code = _OTHERS.get(found["product"], "H0")
    goods = pl.when(pl.col("product").str.contains(_DIGITS)).then(pl.lit(code)).otherwise(pl.lit(_WORDS))
    both = two_flows.figures(rows, ("exports", "imports"), goods)
    if both.is_empty():
        raise BrokenLayout("the table holds no value", where=Where(file=name))
    table = "HS 1992" if code == "H0" else classifications.classification(code).name
    edition = f"Atlas of Economic Complexity, {table}, {two_flows.years(both)}"
    cut = both.with_columns(pl.col("product").str.slice(0, 10))
    return selection("harvard_atlas", table, edition, "wits", cut, two_flows.RECONCILED)


def _are_ours(header: tuple[str, ...]) -> bool:
    found = _found(delimited.spelt(header, _NAMES))
    return all(name in found for name in _NEEDED)


def _needed(header: tuple[str, ...]) -> tuple[str, ...]:
    """What the columns must say: a table that has partners in numbers alone is no table of trade with the world."""
    return (*_NEEDED, "partner") if any(column.startswith("partner") for column in header) else _NEEDED


def _found(header: tuple[str, ...]) -> dict[str, str]:
    return {
        ours: column
        for ours, theirs in _COLUMNS.items()
        if (column := next((each for each in theirs if each in header), None))
    }
