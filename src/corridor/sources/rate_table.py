"""Rows of the stored table ``tariffs`` as readers of plain tables collect them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from corridor.codes import areas, classifications, periods
from corridor.errors import BrokenLayout, UnknownName, Where
from corridor.evidence import Refusal
from corridor.sources import signs

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class RateRow:
    """One printed rate with its place; the columns are those of ``tariffs``."""

    row: int
    reporter: str
    partner: str
    regime: str
    classification: str
    product: str
    rate_text: str
    rate_kind: str
    rate: float | None
    rate_min: float | None = None
    rate_max: float | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    imports_usd: float | None = None
    page: str = ""


class NotARate(Exception):
    """A row that says nothing a reader could use; the text is the reason of its refusal."""


T = TypeVar("T")


def collected(
    found: Iterable[tuple[int, Mapping[str, str]]], understand: Callable[[int, Mapping[str, str]], T], name: str
) -> tuple[list[T], tuple[Refusal, ...]]:
    """What ``understand`` makes of each numbered row, and the rows for which it raises `NotARate`.

    Raises: BrokenLayout if no row is left.
    """
    rows: list[T] = []
    refused: list[Refusal] = []
    for number, cells in found:
        try:
            rows.append(understand(number, cells))
        except NotARate as reason:
            refused.append(Refusal(None, number, " · ".join(cells.values()), str(reason)))
    if not rows:
        raise BrokenLayout("no row says anything that could be read", where=Where(file=name))
    return rows, tuple(refused)


def span(rows: Iterable[RateRow]) -> str:
    """Whose rates and of which years: ``VNM, 2015:2021``."""
    held = list(rows)
    years = sorted({row.in_force_from.year for row in held if row.in_force_from})
    return f"{', '.join(sorted({row.reporter for row in held}))}, {years[0]}:{years[-1]}"


def frame(rows: Iterable[RateRow]) -> pl.DataFrame:
    """The rows as a table."""
    import polars as pl

    kinds: dict[str, type[pl.DataType]] = dict.fromkeys(("rate", "rate_min", "rate_max", "imports_usd"), pl.Float64)
    kinds |= {"row": pl.Int64, "in_force_from": pl.Date, "in_force_until": pl.Date}
    names = [each.name for each in fields(RateRow)]
    return pl.DataFrame([asdict(row) for row in rows], schema={name: kinds.get(name, pl.String) for name in names})


def per_cent(text: str) -> float | None:
    """A rate in per cent as a share; None for an empty cell. Raises `NotARate` for words or a rate below zero."""
    share = fraction(text)
    return None if share is None else round(share / 100, 12)


def fraction(text: str) -> float | None:
    """A rate that is a share already; None for an empty cell. Raises `NotARate` for words or a rate below zero."""
    if not text.strip():
        return None
    share = signs.number(text.strip())
    if share is None:
        raise NotARate(f"no rate: “{text[:40]}”")
    if not 0 <= share < 1e6:
        raise NotARate(f"a rate of {text[:40]}")
    return share


def hs6(text: str) -> str:
    """A code of six digits, leading zeros put back. Raises `NotARate` for anything else."""
    code = text.strip().strip("'")
    if not (code.isascii() and code.isdigit()) or len(code) > 6:
        raise NotARate(f"no HS code of six digits: “{text[:40]}”")
    return code.zfill(6)


def nomenclature(text: str) -> str:
    """Our code of the classification that a cell names (``HS17`` is H5); HS of a revision not stated if it is empty.

    What nobody knows stays as it is printed.
    """
    said = text.strip()
    return (classifications.find(said) or said) if said else "HS"


def economy(publisher: str, code: str) -> str:
    """Our code of an economy from the publisher's; 000 and WLD are the world. Raises `NotARate` for an unknown one."""
    if code.strip() in ("000", "0", "WLD"):
        return "WLD"
    try:
        return areas.from_publisher(publisher, code).code
    except UnknownName:
        raise NotARate(f"unknown economy “{code[:40]}”") from None


def year(text: str) -> tuple[date, date]:
    """First and last day of a year. Raises `NotARate` for anything else."""
    found = periods.year_in(text)
    if found is None:
        raise NotARate(f"no year: “{text[:40]}”")
    return date(found, 1, 1), date(found, 12, 31)
