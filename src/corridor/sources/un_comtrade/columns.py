"""One name for each thing that Comtrade's forms say, and our columns made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from corridor.errors import BrokenLayout, Where
from corridor.sources import printed

if TYPE_CHECKING:
    import polars as pl

#: Our short name -> the names it goes by, spelt without blanks, underscores and capitals; the first found counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "type": ("typecode",),
    "freq": ("freqcode",),
    "period": ("period", "refyear", "year"),
    "reporter": ("reportercode", "reporteriso"),
    "partner": ("partnercode", "partneriso"),
    "flow": ("flowcode", "tradeflowcode", "flowdesc", "tradeflow"),
    "second": ("partner2code", "2ndpartnercode"),
    "customs": ("customscode", "customsproc.code"),
    "transport": ("motcode", "modeoftransportcode"),
    "supply": ("moscode",),
    "classification": ("classificationcode", "classification"),
    "product": ("cmdcode", "commoditycode"),
    "name": ("cmddesc", "commodity"),
    "unit": ("qtyunitcode",),
    "quantity": ("qty",),
    "weight": ("netwgt", "netweight(kg)"),
    "value": ("primaryvalue", "tradevalue(us$)"),
    "fob": ("fobvalue", "fobtradevalue(us$)"),
    "quantity_estimated": ("isqtyestimated",),
    "weight_estimated": ("isnetwgtestimated",),
    "flag": ("legacyestimationflag", "flag"),
    "reported": ("isreported",),
    "aggregate": ("isaggregate",),
    "legacy": ("tradeflowcode",),
}
_NEEDED = ("period", "reporter", "partner", "flow", "product", "value")
#: What a form leaves out is the whole.
_DEFAULTS = {"type": "C", "second": "0", "customs": "C00", "transport": "0", "supply": "0"}

_FLOWS = {
    "m": "import", "x": "export", "rm": "re_import", "rx": "re_export",
    "import": "import", "export": "export", "re-import": "re_import", "re-export": "re_export",
    "1": "import", "2": "export", "3": "re_export", "4": "re_import",
}  # fmt: skip
#: Flows that lie inside imports or exports.
_INNER = ("dx", "fm", "mip", "mop", "xip", "xop")
#: Comtrade's unit codes (and the legacy file's, which differ in 1 alone) that are pieces or tonnes, and how many.
_PIECES = {"5": 1.0, "9": 1000.0, "11": 12.0}
_TONNES = {"8": 0.001, "21": 1.0}
_TRUE = ("true", "1")
#: Digits of a month, 202101, and of a year.
_MONTHLY, _YEARLY = 6, 4
#: Codes that are whole numbers, whatever a program that saved the table made of them.
_NUMBERED = ("period", "reporter", "partner", "second", "transport", "supply", "product", "unit", "flag")


def are_ours(header: tuple[str, ...]) -> bool:
    """Whether a first line names a reporter, a partner, a commodity and a value as Comtrade does."""
    found = {_bare(cell) for cell in header}
    return all(found & set(NAMES[name]) for name in _NEEDED) and bool(found & {"cmdcode", "commoditycode"})


def tidy(raw: pl.DataFrame, name: str) -> pl.DataFrame:
    """Every row as text under the names of `NAMES`, with ``row``; what the form leaves out has its default."""
    import polars as pl

    given = {_bare(column): column for column in raw.columns}
    found = {ours: next((given[each] for each in theirs if each in given), None) for ours, theirs in NAMES.items()}
    missing = [ours for ours in _NEEDED if found[ours] is None]
    if missing:
        raise BrokenLayout(f"no column says the {', '.join(missing)}", where=Where(file=name))
    cells = {ours: pl.col(theirs).str.strip_chars() for ours, theirs in found.items() if theirs}
    whole = {ours: cell.str.strip_suffix(".0") for ours, cell in cells.items() if ours in _NUMBERED}
    rows = raw.select("row", **(cells | whole))
    absent = [ours for ours in NAMES if ours not in rows.columns]
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(ours) for ours in absent)
    # A form that does not say how long its periods are says it by their digits: 2021, or 202101.
    digits = pl.col("period").str.len_chars()
    length = pl.when(digits == _MONTHLY).then(pl.lit("M")).when(digits.is_not_null()).then(pl.lit("A"))
    # A line of words below the table has none, and is no reason to refuse the table.
    freq = pl.coalesce("freq", length, length.drop_nulls().first(), pl.lit("A"))
    stated = [pl.col(ours).fill_null(said) for ours, said in _DEFAULTS.items()]
    return rows.with_columns(*stated, freq=freq)


def figured(rows: pl.DataFrame) -> bool:
    """Whether any row names a reporter and a partner: a table without rows may say so in words instead."""
    import polars as pl

    return bool(rows.select((pl.col("reporter").is_not_null() & pl.col("partner").is_not_null()).any()).item())


def parts() -> Iterator[tuple[str, pl.Expr]]:
    """What makes a row a part of another, in words, and how to see it."""
    import polars as pl

    # A row that names no flow is no part of any; it is set aside later, with that reason.
    yield "flows inside imports or exports", pl.col("flow").str.to_lowercase().is_in(_INNER).fill_null(value=False)
    yield "second partners", ~pl.col("second").is_in(["0", "W00"])
    yield "customs procedures", ~pl.col("customs").is_in(["C00", "0"])
    yield "modes of transport", pl.col("transport") != "0"
    yield "modes of supply", pl.col("supply") != "0"


def figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Our columns of `corridor.evidence.CODED_COLUMNS`."""
    import polars as pl

    flow = pl.col("flow").str.to_lowercase()
    # Read once: every figure below asks for them several times.
    rows = rows.with_columns(
        *(_number(each) for each in ("value", "quantity", "weight")), _number("fob").fill_nan(None)
    )
    number = {each: pl.col(each) for each in ("value", "fob", "quantity", "weight")}
    pieces = number["quantity"] * pl.col("unit").replace_strict(_PIECES, default=None, return_dtype=pl.Float64)
    tonnes = number["quantity"] * pl.col("unit").replace_strict(_TONNES, default=None, return_dtype=pl.Float64)
    # A unit of neither kind says its weight as well, and zero weight is the publisher's word for none.
    heavy = pl.when(number["weight"] > 0).then(number["weight"])
    start, end = _days()
    return rows.select(
        "row",
        "reporter",
        "partner",
        flow=flow.replace_strict(_FLOWS, default=None, return_dtype=pl.String),
        classification=_classification(),
        product=_product(),
        period_start=start,
        period_end=end,
        value_usd=number["value"],
        net_weight_kg=heavy,
        quantity=pl.when(pieces > 0).then(pieces).when(tonnes > 0).then(tonnes).otherwise(heavy / 1000),
        quantity_unit=pl.when(pieces > 0)
        .then(pl.lit("piece"))
        .when(heavy.is_not_null() | (tonnes > 0))
        .then(pl.lit("t")),
        valuation=pl.when(flow.is_in(["x", "2", "export", "rx", "re-export"]) | (number["fob"] == number["value"]))
        .then(pl.lit("fob"))
        .otherwise(pl.lit("cif")),
        caveats=_caveats(),
    )


def _number(column: str) -> pl.Expr:
    """A number as printed; R's word for a missing one is none."""
    import polars as pl

    return printed.number(pl.when(pl.col(column) != "NA").then(pl.col(column))).alias(column)


def names(rows: pl.DataFrame) -> pl.DataFrame | None:
    """What the rows call their goods, each once, or None: ``classification, product, lang, name, page, row``."""
    import polars as pl

    named = rows.filter(pl.col("name").is_not_null() & (pl.col("product") != "TOTAL"))
    if named.is_empty():
        return None
    told = named.select(
        _classification(), _product(), "name", "row", lang=pl.lit("en"), page=pl.lit(""), revision="classification"
    )
    return told.drop_nulls("revision").drop("revision").unique(["classification", "product"], keep="first").sort("row")


def _classification() -> pl.Expr:
    """Goods of all kinds belong to no classification; a file that names none is of an HS that is not stated."""
    import polars as pl

    said = pl.col("classification").fill_null("HS")
    return pl.when(pl.col("product") == "TOTAL").then(pl.lit("TOTAL")).otherwise(said).alias("classification")


def _product() -> pl.Expr:
    """A service's total is no total of goods."""
    import polars as pl

    service = (pl.col("type") == "S") & (pl.col("product") == "TOTAL")
    code = printed.code(pl.col("product"), pl.col("classification").fill_null("HS"))
    return pl.when(service).then(pl.lit("S")).otherwise(code).alias("product")


def _days() -> tuple[pl.Expr, pl.Expr]:
    """First and last day of a period: 2021, or 202101. A month of which the year alone is told is none."""
    import polars as pl

    monthly = pl.col("freq") == "M"
    digits = pl.when(monthly).then(_MONTHLY).otherwise(_YEARLY)
    period = pl.when(pl.col("period").str.len_chars() == digits).then("period")
    first = pl.when(monthly).then(period + "01").otherwise(period + "0101").str.to_date("%Y%m%d", strict=False)
    last = pl.when(monthly).then(first.dt.month_end()).otherwise((period + "1231").str.to_date("%Y%m%d", strict=False))
    return first, last


def _caveats() -> pl.Expr:
    """Keys of `corridor.codes.caveats`: what was estimated, and an HS that is not stated."""
    import polars as pl

    flag = pl.col("flag").fill_null("0")
    bits = {
        "quantity_estimated": _true("quantity_estimated") | flag.is_in(["2", "6"]),
        "weight_estimated": _true("weight_estimated") | flag.is_in(["4", "6"]),
        # Neither reported by the country nor added up from what it reported.
        "estimated": _false("reported") & _false("aggregate"),
        "hs_revision_not_stated": pl.col("classification").is_null(),
    }
    words = [pl.when(bit.fill_null(value=False)).then(pl.lit(key)) for key, bit in bits.items()]
    return pl.concat_str(words, separator=" ", ignore_nulls=True)


def _true(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).str.to_lowercase().is_in(_TRUE)


def _false(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).is_not_null() & ~_true(column)


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace(" ", "")
