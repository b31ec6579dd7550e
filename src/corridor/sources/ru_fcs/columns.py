"""The Service's forms under one name each: what stands in a heading, and our columns made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corridor.codes import areas
from corridor.codes.products import CONFIDENTIAL
from corridor.errors import UnknownName
from corridor.sources import printed

if TYPE_CHECKING:
    import polars as pl

#: Our short name -> the headings it goes by, in small letters.
NAMES: Mapping[str, tuple[str, ...]] = {
    "flow": ("napr", "direction"),
    "period": ("period",),
    "partner": ("nastranapr", "strana", "country"),
    "product": ("tnved", "hs"),
    "unit": ("edizm", "um"),
    "value": ("stoim", "value"),
    "weight": ("netto", "netweight"),
    "quantity": ("kol", "quantity"),
    "region": ("region",),
    "district": ("region_s",),
}
NUMBERS = ("value", "weight", "quantity")
_NEEDED = tuple(name for name in NAMES if name not in ("region", "district"))
SEPARATORS = ("\t", ";", ",")
#: What the Service writes where no country is told, and our code for it.
_NO_COUNTRY, _ELSEWHERE = ("", "NNN", "ННН"), "X899"
#: Places for goods that the Service keeps to itself; the letter is Latin or Cyrillic.
_CONFIDENTIAL = r"^[XХ]+$"
_FLOWS = {"ИМ": "import", "ЭК": "export", "IMP": "import", "EXP": "export", "IM": "import", "EX": "export"}
#: Units that are pieces, by their number in the national list of units or by word.
_PIECES = ("796", "ШТ", "PCS", "PIECE")


def heading(cells: list[str]) -> tuple[str, ...]:
    """Our names of the columns, ``""`` for one that says nothing here; none where the heading is not the Service's."""
    words = [cell.strip().strip('"').lower() for cell in cells]
    known = [next((ours for ours, theirs in NAMES.items() if word in theirs), "") for word in words]
    named = [name for name in known if name]
    return tuple(known) if len(named) == len(set(named)) and set(_NEEDED) <= set(named) else ()


def split(line: str) -> tuple[tuple[str, ...], str]:
    """Our names of the columns of a first line and what divides its cells; none for another publisher's."""
    for separator in SEPARATORS:
        if found := heading(line.split(separator)):
            return found, separator
    return (), ""


def numbers(*, points: bool) -> Mapping[str, pl.Expr]:
    """Value, weight and quantity as numbers: decimal comma or point, blanks between thousands; NaN for words.

    ``points``: the decimal sign is the point, so that a comma stands between thousands or nowhere.
    """
    import polars as pl

    if points:
        return {name: printed.number(pl.col(name)) for name in NUMBERS}
    found = {}
    for name in NUMBERS:
        text = pl.col(name).str.replace_all(r"[\s\u00a0]", "").str.replace(",", ".", literal=True)
        number = text.cast(pl.Float64, strict=False)
        blank = text.is_null() | (text == "")
        found[name] = pl.when(blank).then(None).when(number.is_null()).then(float("nan")).otherwise(number)
    return found


def product(said: pl.Expr) -> pl.Expr:
    """The code with the leading zero that a spreadsheet took, and Latin letters for what is kept secret."""
    import polars as pl

    text = said.str.strip_chars("' ").fill_null("")
    padded = pl.when(text.str.len_chars() % 2 == 1).then(pl.lit("0") + text).otherwise(text)
    return pl.when(text.str.contains(_CONFIDENTIAL)).then(pl.lit(CONFIDENTIAL)).otherwise(padded)


def partner(said: pl.Expr) -> pl.Expr:
    """The country's letters; areas not elsewhere specified where none is told."""
    import polars as pl

    text = said.str.strip_chars().fill_null("")
    return pl.when(text.is_in(_NO_COUNTRY)).then(pl.lit(_ELSEWHERE)).otherwise(text)


def flow(said: pl.Expr) -> pl.Expr:
    """Export or import; null for another word."""
    import polars as pl

    return said.str.strip_chars().replace_strict(_FLOWS, default=None, return_dtype=pl.String)


def pieces(said: pl.Expr) -> pl.Expr:
    """Whether the quantity counts pieces."""
    return said.str.strip_chars(" .").str.to_uppercase().is_in(_PIECES).fill_null(value=False)


def region(text: str | None) -> str:
    """Our code of a region printed as ``45000 - ГОРОД МОСКВА``; what is printed where no region has the number."""
    said = (text or "").strip()
    try:
        return areas.from_publisher("okato", said[:5]).code
    except UnknownName:
        return said or "no region"
