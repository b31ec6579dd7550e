"""Open Trade Statistics: one row a reporter, partner, product and year, as the interface's JSON or as a table of it.

The package for R that most people ask the interface with hands the same columns out as a table.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited, two_flows
from corridor.sources.selection import selection

if TYPE_CHECKING:
    import polars as pl

_OURS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\{[^}]*"trade_value_usd_(?:exp|imp)"', re.DOTALL)
_NEEDED = ("year", "reporter_iso", "trade_value_usd_exp", "trade_value_usd_imp")
_SECTION, _PRODUCT, _PARTNER = "section_code", "commodity_code", "partner_iso"
_NAMES = (*_NEEDED, _SECTION, _PRODUCT, _PARTNER)


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first object, or the heading, names the interface's values."""
    del path
    return bool(_OURS.match(head)) or bool(delimited.separator(head, _are_ours))


def read(path: Path, name: str) -> CodedReading:
    """Both flows in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    with path.open("rb") as opened:
        separator = delimited.separator(opened.read(4096), _are_ours)
    raw = delimited.read(path, name, separator=separator, names=_NAMES) if separator else _answer(path, name)
    if _SECTION in raw.columns and _PRODUCT not in raw.columns:
        words = "the rows are of sections of goods"
        raise BrokenLayout(words, where=Where(file=name), next_step="ask for commodities or totals")
    rows = raw.select(
        "row",
        "year",
        reporter=_code(pl.col("reporter_iso")),
        partner=_code(pl.col(_PARTNER)) if _PARTNER in raw.columns else pl.lit("WLD"),
        product=pl.col(_PRODUCT) if _PRODUCT in raw.columns else pl.lit("TOTAL"),
        exp=pl.col("trade_value_usd_exp"),
        imp=pl.col("trade_value_usd_imp"),
    )
    found = two_flows.figures(rows, ("exp", "imp"), pl.lit("HS"))
    if found.is_empty():
        raise BrokenLayout("the answer holds no value", where=Where(file=name))
    edition = f"Open Trade Statistics, {two_flows.years(found)}"
    constants = {**two_flows.RECONCILED, "caveats": "reconciled hs_revision_not_stated"}
    return selection("open_trade_statistics", "HS", edition, "wits", found, constants)


def _are_ours(header: tuple[str, ...]) -> bool:
    return set(_NEEDED) <= set(delimited.spelt(header, _NEEDED))


def _answer(path: Path, name: str) -> pl.DataFrame:
    """The interface's list of objects, every cell as text."""
    import polars as pl

    where = Where(file=name)
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"is no whole answer ({fault})", where=where, next_step="fetch it again") from None
    objects = [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []
    if not objects or len(objects) != len(said) or any(not set(_NEEDED) <= each.keys() for each in objects):
        raise BrokenLayout("the answer is no list of flows", where=where)
    names = list(dict.fromkeys(key for each in objects for key in each))
    columns = {key: [_text(each.get(key)) for each in objects] for key in names}
    return pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).with_row_index("row", offset=1)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _code(column: pl.Expr) -> pl.Expr:
    """The interface writes letters small; ``0-unspecified`` and the like are left as they are."""
    return column.str.strip_chars().str.to_uppercase()
