"""An answer of the interface of Open Trade Statistics: a list of objects, one a reporter, partner, product and year."""

from __future__ import annotations

import json
import re
from pathlib import Path

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import CodedReading
from corridor.sources import two_flows
from corridor.sources.selection import selection

_OURS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\{[^}]*"trade_value_usd_(?:exp|imp)"', re.DOTALL)
_NEEDED = ("year", "reporter_iso", "trade_value_usd_exp", "trade_value_usd_imp")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first object names the interface's values."""
    del path
    return bool(_OURS.match(head))


def read(path: Path, name: str) -> CodedReading:
    """Both flows in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    import polars as pl

    where = Where(file=name)
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"is no whole answer ({fault})", where=where, next_step="fetch it again") from None
    objects = [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []
    if not objects or len(objects) != len(said) or any(not set(_NEEDED) <= each.keys() for each in objects):
        raise BrokenLayout("the answer is no list of flows", where=where)
    if any("section_code" in each and "commodity_code" not in each for each in objects):
        raise BrokenLayout("the rows are of sections of goods", where=where, next_step="ask for commodities or totals")
    columns = {
        "reporter": [_code(each["reporter_iso"]) for each in objects],
        "partner": [_code(each.get("partner_iso", "WLD")) for each in objects],
        "year": [_text(each["year"]) for each in objects],
        "product": [_text(each.get("commodity_code", "TOTAL")) for each in objects],
        "exp": [_text(each["trade_value_usd_exp"]) for each in objects],
        "imp": [_text(each["trade_value_usd_imp"]) for each in objects],
    }
    rows = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_row_index("row", offset=1)
    found = two_flows.figures(rows, ("exp", "imp"), pl.lit("HS"))
    if found.is_empty():
        raise BrokenLayout("the answer holds no value", where=where)
    edition = f"Open Trade Statistics, {two_flows.years(found)}"
    constants = {**two_flows.RECONCILED, "caveats": "reconciled hs_revision_not_stated"}
    return selection("open_trade_statistics", "HS", edition, "wits", found, constants)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _code(value: object) -> str:
    """The interface writes letters small; ``0-unspecified`` and the like are left as they are."""
    return str(value).strip().upper()
