"""World Bank WITS: the bulk table of an advanced query, and the interface's answers on trade by group of goods.

Both say thousand US dollars. A bulk table is what somebody asked for: of one nomenclature, often converted back from
the one in which the country reported, so it is never mixed with the country's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes import classifications
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited, printed
from corridor.sources.selection import selection
from corridor.sources.wits import answer

if TYPE_CHECKING:
    import polars as pl

#: The columns that are read. An advanced query lets its asker choose others beside them, and their order.
_READ = (
    "Nomenclature", "ReporterISO3", "ProductCode", "PartnerISO3", "Year", "TradeFlowCode", "TradeValue in 1000 USD",
)  # fmt: skip
#: Trade flows by the publisher's code; "gross" means that goods sent on unchanged are inside.
_FLOWS: Mapping[str, str] = {
    "1": "import", "2": "export", "3": "re_export", "4": "re_import", "5": "import", "6": "export",
}  # fmt: skip
#: Headings for goods that the country did not name.
_UNNAMED = ("99", "9999", "999999")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line is that of the bulk table, or the file an answer on trade."""
    return bool(delimited.separator(head, _are_ours)) or answer.is_ours(path, head)


def read(path: Path, name: str) -> CodedReading:
    """The figures in US dollars. Raises `BrokenLayout` or `UnreadableFile` in one line."""
    with path.open("rb") as opened:
        packed = opened.read(4096)
    separator = delimited.separator(packed, _are_ours)
    if not separator:
        rows, names = answer.read(path, name)
        return _reading(rows, answer.GROUPS, "groups of goods", names)
    raw = delimited.read(path, name, separator=separator, names=_READ)
    if raw.is_empty():
        raise BrokenLayout("the file holds no rows", where=Where(file=name))
    code = _nomenclature(raw, name)
    return _reading(_figures(raw, code), code, classifications.classification(code).name, None)


def _are_ours(header: tuple[str, ...]) -> bool:
    """Whether the columns that are read are there, in any order and among others."""
    return set(_READ) <= set(delimited.spelt(header, _READ))


def _reading(rows: pl.DataFrame, code: str, words: str, names: pl.DataFrame | None) -> CodedReading:
    years = rows["period_start"].dt.year()
    span = "-".join(dict.fromkeys(str(year) for year in (years.min(), years.max())))
    constants = {"freq": "A", "maturity": "official"}
    return selection("wits", code, f"WITS, {words}, {span}", "wits", rows, constants, names=names)


def _nomenclature(raw: pl.DataFrame, name: str) -> str:
    said = raw["Nomenclature"].unique().to_list()
    code = classifications.find(said[0]) if len(said) == 1 and said[0] else None
    if code is None:
        words = ", ".join(sorted(str(each) for each in said)) or "none"
        raise BrokenLayout(f"a file of WITS has one nomenclature, this one has: {words}", where=Where(file=name))
    return code


def _figures(raw: pl.DataFrame, code: str) -> pl.DataFrame:
    import polars as pl

    product = printed.code(pl.col("ProductCode").str.strip_chars(), code)
    total = product.str.to_lowercase() == "total"
    day = pl.col("Year").str.strip_chars()
    flow = pl.col("TradeFlowCode").str.strip_chars().replace_strict(_FLOWS, default=None, return_dtype=pl.String)
    return raw.select(
        "row",
        reporter=pl.col("ReporterISO3").str.strip_chars(),
        partner=pl.col("PartnerISO3").str.strip_chars(),
        flow=flow,
        classification=pl.when(total).then(pl.lit("TOTAL")).otherwise(pl.lit(code)),
        product=pl.when(total).then(pl.lit("TOTAL")).otherwise(product),
        period_start=(day + "-01-01").str.to_date("%Y-%m-%d", strict=False),
        period_end=(day + "-12-31").str.to_date("%Y-%m-%d", strict=False),
        # The publisher prints whole dollars, as thousands with three decimals.
        value_usd=(printed.number(pl.col("TradeValue in 1000 USD")) * 1000).round(0),
        valuation=pl.when(flow.is_in(["import", "re_import"])).then(pl.lit("cif")).otherwise(pl.lit("fob")),
        caveats=pl.when(product.is_in(_UNNAMED)).then(pl.lit("goods_not_named")).otherwise(pl.lit("")),
    )
