"""One row of a result beside the rows it was made of, with its numbers as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import polars as pl

from corridor.worksheets.laid import Laid

#: Terms of a sum that are written out, the largest first.
_TERMS = 5
_WHOLE = 1e-9
#: Columns that say which row a row is.
_NAMES = (
    "base_period", "period", "period_end", "year", "month", "duration", "exporter", "importer", "reporter", "partner",
    "region", "product", "other_product",
)  # fmt: skip


class At:
    """A row of the result, and ``here``, the rows of its group that went in."""

    def __init__(self, laid: Laid, row: Mapping[str, object], options: Mapping[str, object]) -> None:
        self.row = row
        self.options = options
        self._laid = laid

    @cached_property
    def here(self) -> pl.DataFrame:
        """The rows of the row's own group, without the parts that were left out."""
        rows = self._laid.frame.filter(*(pl.col(name) == self.row[name] for name in self._laid.by if name in self.row))
        left_out = self.options.get("without")
        over = str(self._laid.arguments.get("over", "product"))
        if isinstance(left_out, tuple) and over in rows.columns:
            rows = rows.filter(~pl.col(over).is_in(left_out))
        return rows

    @property
    def what(self) -> str:
        """Which row it is."""
        return " ".join(str(self.row[name]) for name in _NAMES if self.row.get(name) is not None)

    def of(self, **keys: object) -> pl.DataFrame:
        """The rows of the group with these codes."""
        return self.here.filter(*(pl.col(name) == code for name, code in keys.items()))

    def number(self, name: str) -> float:
        """A number of the row; a missing one is one that counts as nothing in the formula."""
        return float(str(self.row.get(name) or 0.0))

    def __call__(self, name: str) -> str:
        """A number of the row as text; a dash where there is none."""
        return "—" if self.row.get(name) is None else shown(self.number(name))

    def shares(self, column: str = "value_usd") -> list[float]:
        """Shares of the parts in their sum, the largest first, rows of one part added up."""
        over = str(self._laid.arguments.get("over", "product"))
        values = self.here.group_by(over).agg(pl.col(column).fill_null(0.0).sum())[column].sort(descending=True)
        whole = float(values.sum())
        return [float(value) / whole for value in values] if whole else []


Put = Callable[[At], str]


def total(rows: pl.DataFrame, column: str) -> float:
    """The sum of a column, missing rows counted as nothing."""
    return float(rows[column].fill_null(0.0).sum())


def shown(number: float) -> str:
    """A number with as many digits as redoing the sum takes."""
    if abs(number - round(number)) < _WHOLE * max(1.0, abs(number)):
        return f"{number:,.0f}"
    return f"{number:,.2f}" if abs(number) >= 1e6 else f"{number:,.7g}"


def added(terms: Iterable[str]) -> str:
    """Terms of a sum, the first few of them and how many more there are."""
    written = list(terms)
    more = len(written) - _TERMS
    return " + ".join(written[:_TERMS]) + (f" + … ({more} more)" if more > 0 else "")
