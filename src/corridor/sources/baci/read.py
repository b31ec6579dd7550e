"""BACI: ``t,i,j,k,v,q`` = year, exporter, importer, HS6, thousand US dollars fob, tonnes.

The header does not say which revision of HS and which version of the data the file holds; CEPII writes both into the
file's name alone, so they are taken from there, and a file renamed is kept as of an HS revision that is not stated.
A file under CEPII's own name is a whole year. One under another name may be what somebody cut out, of one year or
several, with columns of his own beside: it is read as a selection of cells, which says nothing of what it leaves out.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corridor.codes.periods import FIRST_YEAR, LAST_YEAR
from corridor.codes.schema import SELECTION
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading, Constant
from corridor.sources import delimited, packed

if TYPE_CHECKING:
    import polars as pl

HEADER = ("t", "i", "j", "k", "v", "q")
#: CEPII's two digits of a revision's year, and the code of the revision.
REVISIONS = {"92": "H0", "96": "H1", "02": "H2", "07": "H3", "12": "H4", "17": "H5", "22": "H6"}

_NAMED = re.compile(
    r"BACI_HS(?P<revision>[0-9]{2})_.*V(?P<version>[1-9][0-9]{3}(?:0[1-9]|1[0-2])[a-z]?)", re.IGNORECASE
)
_OWN_NAME = re.compile(r"BACI_HS[0-9]{2}_Y[0-9]{4}_V[0-9]{6}[a-z]?\.csv(?:\.gz)?", re.IGNORECASE)
_DIGITS = 6
#: What stands for a quantity that is not known, padded like a number; and the first bytes, which show how far.
_NA, _HEAD = "NA", 1 << 16


def recognise(path: Path, head: bytes) -> bool:
    """Whether BACI's columns stand in the header, in any order and among others."""
    del path
    return set(HEADER) <= set(delimited.spelt(delimited.header(head), HEADER))


def read(path: Path, name: str) -> CodedReading:
    """Every exporter, importer and product of a year or several. Raises `BrokenLayout` for a cell that is no number."""
    rows = _rows(path, name)
    years = _years(rows, name)
    revision, version = _named(name)
    whole = len(years) == 1 and _OWN_NAME.fullmatch(Path(name).name) is not None
    span = "-".join(dict.fromkeys([str(years[0]), str(years[-1])]))
    days, constants = _days(rows, years)
    return CodedReading(
        source="baci",
        table=revision if whole else f"{revision}{SELECTION}",
        release="official",
        edition=f"BACI {revision}, {span}" + (f", version {version}" if version else ""),
        published=date(int(version[:4]), int(version[4:6]), 1) if version else None,
        area_codes="un_comtrade",
        rows=days,
        constants={
            **constants,
            "flow": "export",
            "classification": revision,
            "freq": "A",
            "quantity_unit": "t",
            "valuation": "fob",
            "maturity": "estimated",
            "caveats": "reconciled" if version else "reconciled hs_revision_not_stated",
        },
        digits=_DIGITS,
    )


def _rows(path: Path, name: str) -> pl.DataFrame:
    """The six columns under our names, numbers as numbers."""
    import polars as pl

    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    own = delimited.header(head) == HEADER
    found = _quick(path, packed.unpacked(head)) if own else None
    if found is None:
        columns = _columns(pl.Int32, pl.String)
        # Millions of rows are never held as text; a table that somebody cut out is short.
        raw = delimited.scan(path, columns) if own else _cut(path, name, columns)
        found = delimited.collect(_ours(raw, _tonnes()), name)
    return found.filter(~pl.all_horizontal(pl.exclude("row").is_null())) if found["t"].null_count() else found


def _quick(path: Path, head: bytes) -> pl.DataFrame | None:
    """The same of a file whose every cell is a number or the missing quantity as it is printed; None for any other.

    Quantities that are read as text first take twice the time.
    """
    import polars as pl

    rows = delimited.scan(path, _columns(pl.Int16, pl.Float64), missing={"q": _missing(head)})
    try:
        return _ours(rows, pl.col("q")).collect(engine="streaming")
    except (pl.exceptions.PolarsError, *packed.DAMAGE):
        # The slower way tells what is wrong.
        return None


def _columns(code: type[pl.DataType], tonnes: type[pl.DataType]) -> dict[str, type[pl.DataType]]:
    import polars as pl

    return {"t": code, "i": code, "j": code, "k": pl.Int32, "v": pl.Float64, "q": tonnes}


def _missing(head: bytes) -> str:
    """The cell of a missing quantity, padded as in the first lines of the file."""
    cells = [line.rpartition(b",")[2].rstrip(b"\r").decode("latin-1") for line in head.split(b"\n")[1:-1]]
    widest = max(map(len, cells), default=0)
    return next((cell for cell in cells if cell.strip() == _NA), _NA.rjust(widest))


def _ours(rows: pl.LazyFrame, tonnes: pl.Expr) -> pl.LazyFrame:
    import polars as pl

    return rows.select(
        pl.col("row").cast(pl.UInt32),
        pl.col("t").cast(pl.Int16),
        reporter=pl.col("i").cast(pl.Int16),
        partner=pl.col("j").cast(pl.Int16),
        product=pl.col("k"),
        # CEPII prints whole dollars, as thousands with three decimals.
        value_usd=(pl.col("v") * 1000).round(0),
        quantity=tonnes,
    )


def _tonnes() -> pl.Expr:
    import polars as pl

    printed = pl.col("q").str.strip_chars()
    return pl.when((printed != _NA) & (printed != "")).then(printed).cast(pl.Float64)


def _cut(path: Path, name: str, columns: dict[str, type[pl.DataType]]) -> pl.LazyFrame:
    """The same of a table with other columns beside."""
    import polars as pl

    raw = delimited.read(path, name, names=HEADER).lazy()
    numbers = [pl.col(column).str.strip_chars().cast(kind) for column, kind in columns.items() if kind != pl.String]
    return raw.select("row", *numbers, "q")


def _years(rows: pl.DataFrame, name: str) -> list[int]:
    years = rows["t"].unique().sort().to_list()
    if not years or years[0] is None or not FIRST_YEAR <= years[0] <= years[-1] <= LAST_YEAR:
        words = "the file holds no rows" if not years else "a row says no year"
        raise BrokenLayout(words, where=Where(file=name))
    return [int(year) for year in years]


def _days(rows: pl.DataFrame, years: list[int]) -> tuple[pl.DataFrame, dict[str, Constant]]:
    """The rows without the year, and the days it has where all rows are of one."""
    import polars as pl

    if len(years) == 1:
        return rows.drop("t"), {"period_start": date(years[0], 1, 1), "period_end": date(years[0], 12, 31)}
    days = rows.with_columns(period_start=pl.date(pl.col("t"), 1, 1), period_end=pl.date(pl.col("t"), 12, 31))
    return days.drop("t"), {}


def _named(name: str) -> tuple[str, str]:
    """The HS revision and the version in a file's name; HS without a revision where it was renamed."""
    found = _NAMED.search(name)
    if found is None or found["revision"] not in REVISIONS:
        return "HS", ""
    return REVISIONS[found["revision"]], found["version"]
