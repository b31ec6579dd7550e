"""A year of BACI: ``t,i,j,k,v,q`` = year, exporter, importer, HS6, thousand US dollars fob, tonnes.

The header does not say which revision of HS and which version of the data the file holds; CEPII writes both into the
file's name alone, so they are taken from there, and a file renamed is kept as of an HS revision that is not stated.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading
from corridor.sources import delimited

HEADER = ("t", "i", "j", "k", "v", "q")
#: CEPII's two digits of a revision's year, and the code of the revision.
REVISIONS = {"92": "H0", "96": "H1", "02": "H2", "07": "H3", "12": "H4", "17": "H5", "22": "H6"}

_NAMED = re.compile(r"BACI_HS(?P<revision>[0-9]{2})_.*V(?P<version>[0-9]{6}[a-z]?)", re.IGNORECASE)
_DIGITS = 6


def recognise(path: Path, head: bytes) -> bool:
    """Whether the header is BACI's."""
    del path
    return delimited.header(head) == HEADER


def read(path: Path, name: str) -> CodedReading:
    """One year, every exporter, importer and product. Raises `BrokenLayout` for another number of years or a cell that
    is no number."""
    import polars as pl

    columns = {"t": pl.Int32, "i": pl.Int32, "j": pl.Int32, "k": pl.Int32, "v": pl.Float64, "q": pl.String}
    printed = pl.col("q").str.strip_chars()
    tonnes = pl.when((printed != "NA") & (printed != "")).then(printed).cast(pl.Float64)
    rows = delimited.collect(
        delimited.scan(path, columns).select(
            pl.col("row").cast(pl.UInt32),
            pl.col("t").cast(pl.Int16),
            reporter=pl.col("i").cast(pl.Int16),
            partner=pl.col("j").cast(pl.Int16),
            product=pl.col("k"),
            # CEPII prints whole dollars, as thousands with three decimals.
            value_usd=(pl.col("v") * 1000).round(0),
            quantity=tonnes,
        ),
        name,
    )
    if rows["t"].null_count():
        rows = rows.filter(~pl.all_horizontal(pl.exclude("row").is_null()))
    year = _year(rows["t"].unique().to_list(), name)
    revision, version = _named(name)
    return CodedReading(
        source="baci",
        table=f"{revision} {year}",
        release="official",
        edition=f"BACI {revision}, {year}" + (f", version {version}" if version else ""),
        published=date(int(version[:4]), int(version[4:6]), 1) if version else None,
        area_codes="un_comtrade",
        rows=rows.drop("t"),
        constants={
            "flow": "export",
            "classification": revision,
            "freq": "A",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "quantity_unit": "t",
            "valuation": "fob",
            "maturity": "estimated",
            "caveats": "reconciled" if version else "reconciled hs_revision_not_stated",
        },
        digits=_DIGITS,
    )


def _year(years: list[int | None], name: str) -> int:
    if len(years) != 1 or years[0] is None:
        said = ", ".join(sorted(map(str, years))) or "none"
        raise BrokenLayout(f"a file of BACI holds one year, this one holds: {said}", where=Where(file=name))
    return years[0]


def _named(name: str) -> tuple[str, str]:
    """The HS revision and the version in a file's name; HS without a revision where it was renamed."""
    found = _NAMED.search(name)
    if found is None or found["revision"] not in REVISIONS:
        return "HS", ""
    return REVISIONS[found["revision"]], found["version"]
