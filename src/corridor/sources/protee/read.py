"""Reads ProTEE: the elasticity of bilateral trade to tariffs, by subheading of HS 2007.

A CSV ``HS6,zero,positive,sigma``: the elasticity is negative; ``zero`` = 1 says it cannot be told from zero, and then
carries the mean of its heading; ``positive`` = 1 says the estimate had the wrong sign. Without a number there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corridor.evidence import ListReading
from corridor.sources import plain, signs
from corridor.sources.rate_table import NotARate, collected, hs6

SOURCE, TABLE = "protee", "ProTEE"
_NEEDED = ("HS6", "zero", "positive", "sigma")


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line names the data base's columns."""
    return set(_NEEDED) <= set(plain.heading(head))


def read(path: Path, name: str) -> ListReading:
    """The whole file. Raises `UnreadableFile` or `BrokenLayout`; a row without sense becomes a refusal."""
    import polars as pl

    rows, refused = collected(plain.records(path, name), _row, name)
    kinds = {"row": pl.Int64, "product": pl.String, "elasticity": pl.Float64, "significant": pl.Boolean}
    table = pl.DataFrame(rows, schema=kinds, orient="row").with_columns(
        page=pl.lit(""), parameter=pl.lit("trade"), reporter=pl.lit("WLD"), classification=pl.lit("H3")
    )
    return ListReading(SOURCE, TABLE, "ProTEE 0.1, HS 2007", None, {"elasticities": table}, refused)


def _row(number: int, found: Mapping[str, str]) -> tuple[int, str, float | None, bool]:
    return number, hs6(found["HS6"]), _elasticity(found), found["zero"] != "1"


def _elasticity(found: Mapping[str, str]) -> float | None:
    text = found["sigma"].strip()
    if not text:
        return None
    elasticity = signs.number(text)
    if elasticity is None:
        raise NotARate(f"no elasticity: “{text[:40]}”")
    return elasticity
