"""An answer of WITS's interface: series of SDMX-JSON, each named by places in lists of codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor.errors import BrokenLayout, UnreadableFile, Where

if TYPE_CHECKING:
    import polars as pl

#: The interface's indicators of trade in thousand US dollars, and their flows.
FLOWS: Mapping[str, str] = {"XPRT-TRD-VL": "export", "MPRT-TRD-VL": "import"}
#: The World Bank's groups of goods, of which some are ranges of HS chapters: no classification of the UN.
GROUPS = "WITSG"

_OURS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{.*"(?:dataSets|structure|header)"\s*:', re.DOTALL)
_NAMED = re.compile(rb'"(?:XPRT|MPRT)-TRD-VL"')
_CODE = re.compile(r"[^A-Z0-9]")
_LONGEST_CODE = 10
_LEVELS = ("dataSet", "dataset", "series", "observation")

Value = Mapping[str, str]


def is_ours(path: Path, head: bytes) -> bool:
    """Whether a file is SDMX-JSON that names an indicator of trade, wherever in it."""
    return bool(_OURS.match(head)) and bool(_NAMED.search(path.read_bytes()))


def read(path: Path, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures in our columns, and what the answer calls its groups. Raises in one line for a broken answer."""
    import polars as pl

    where = Where(file=name)
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"is no whole answer ({fault})", where=where, next_step="fetch it again") from None
    numbers = count(1)
    try:
        found = [_figure(next(numbers), *each) for each in _observations(said)]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as fault:
        raise BrokenLayout(f"the answer's series and its lists of codes do not fit ({fault})", where=where) from None
    if not found:
        raise BrokenLayout("the answer holds no figures", where=where)
    columns = {"row": pl.UInt32, "value_usd": pl.Float64, "period_start": pl.Date, "period_end": pl.Date}
    kinds = {column: columns.get(column, pl.String) for column in found[0]}
    rows = pl.DataFrame(found, schema=kinds)
    return rows.drop("name"), _names(rows)


def _observations(said: Any) -> Iterator[tuple[dict[str, Value], object]]:
    """Every figure with the value of each dimension."""
    lists = {level: _dimensions(said, level) for level in _LEVELS}
    for each in said["dataSets"]:
        whole = {name: values[0] for level in _LEVELS[:2] for name, values in lists[level]}
        for key, series in each["series"].items():
            fixed = whole | _placed(lists["series"], key)
            for place, cells in series["observations"].items():
                yield fixed | _placed(lists["observation"], place), cells[0]


def _dimensions(said: Any, level: str) -> list[tuple[str, list[Value]]]:
    return [(each["id"], each["values"]) for each in said["structure"]["dimensions"].get(level, ())]


def _placed(lists: list[tuple[str, list[Value]]], key: str) -> dict[str, Value]:
    places = [int(place) for place in key.split(":")]
    if min(places) < 0:
        raise IndexError(key)
    return {name: values[place] for (name, values), place in zip(lists, places, strict=True)}


def _figure(number: int, at: dict[str, Value], value: object) -> dict[str, object]:
    year = int(at["TIME_PERIOD"]["id"])
    label = at["PRODUCTCODE"]["id"]
    total = label.lower() == "total"
    return {
        "row": number,
        "reporter": at["REPORTER"]["id"].upper(),
        "partner": at["PARTNER"]["id"].upper(),
        "flow": FLOWS[at["INDICATOR"]["id"]],
        "classification": "TOTAL" if total else GROUPS,
        "product": "TOTAL" if total else _CODE.sub("", label.upper())[:_LONGEST_CODE],
        "name": str(at["PRODUCTCODE"].get("name", label)),
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "value_usd": None if value is None else float(str(value)) * 1000,
        "valuation": "cif" if at["INDICATOR"]["id"].startswith("M") else "fob",
    }


def _names(rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    named = rows.filter(pl.col("product") != "TOTAL").unique("product", keep="first").sort("row")
    return named.select("classification", "product", "name", "row", lang=pl.lit("en"), page=pl.lit(""))
