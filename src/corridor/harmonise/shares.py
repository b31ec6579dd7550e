"""How much of a code's value goes to each of its counterparts: named ways, none of which is the truth.

A concordance says what has something in common with what, never how much. So a conversion is an assumption, and
each has its name:

- ``un_conversion``: all to the one code that the United Nations' conversion table names. Against the direction in which
  it was printed: in equal parts to the codes that it converts into this one. A code that the conversion table leaves
  out: in equal parts to all its counterparts.
- ``equal_split``: in equal parts to all counterparts.
- ``trade_weighted``: in proportion to the trade reported in the counterparts themselves; where none was reported, as
  ``un_conversion``.
- ``largest``: all to the counterpart in which most trade was reported; where none was reported, as ``un_conversion``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import polars as pl

from corridor.errors import UsageError
from corridor.harmonise.concordances import pairs, path

Method = Literal["un_conversion", "equal_split", "trade_weighted", "largest"]
METHODS: tuple[Method, ...] = get_args(Method)
DEFAULT: Method = "un_conversion"

#: classification -> trade in its own codes: ``product, value``.
Weights = Mapping[str, pl.DataFrame]

_COLUMNS = ("from_product", "to_product", "share", "basis")


@dataclass(frozen=True)
class Shares:
    """What part of each code goes where.

    ``table``: ``from_product, to_product, share, basis``; the shares of a code add up to 1; ``to_product`` is null for
    the part that loses its way between two tables; ``basis`` names the ways that decided, in the order of the steps.
    ``path`` are the classifications passed, ``files`` the concordances used.
    """

    path: tuple[str, ...]
    method: Method
    table: pl.DataFrame
    files: tuple[str, ...]

    @property
    def note(self) -> str:
        """The conversion as one would cite it: classifications, way, files."""
        return f"{'>'.join(self.path)}, {self.method}: {'; '.join(self.files)}"


def shares(
    concordances: pl.DataFrame,
    source: str,
    target: str,
    *,
    method: Method = DEFAULT,
    weights: Weights | None = None,
) -> Shares:
    """The shares by which values in ``source`` become values in ``target``, over as few tables as there are.

    ``concordances`` has the columns of the stored table. ``trade_weighted`` and ``largest`` need ``weights`` of the
    classifications passed; a step into one without weights goes as ``un_conversion``.
    Raises `NothingFound` where no tables lead there, `UsageError` for an unknown way or one without its weights.
    """
    if method not in METHODS:
        raise UsageError(f"no way of weighting is called {method!r}", next_step=f"there are: {', '.join(METHODS)}")
    given = weights or {}
    steps = path(concordances, source, target)
    if method in ("trade_weighted", "largest") and not set(given) & set(steps[1:]):
        raise UsageError(
            f"{method} needs the trade reported in {' or '.join(steps[1:])}",
            next_step="name a year reported in it, or convert by un_conversion",
        )
    found = [pairs(concordances, one, other) for one, other in pairwise(steps)]
    tables = [_step(each, method, given.get(code)) for each, code in zip(found, steps[1:], strict=True)]
    files = dict.fromkeys(file for each in found for file in each["file"].unique().sort())
    return Shares(steps, method, _chained(tables), tuple(files))


def _step(candidates: pl.DataFrame, method: Method, weights: pl.DataFrame | None) -> pl.DataFrame:
    """The shares of one table read in one direction."""
    every = _distinct(candidates, "correlation", otherwise="conversion")
    if method == "equal_split":
        return _equal(every, "equal_split")
    usual = _by_conversion(candidates, every)
    if weights is None or method == "un_conversion":
        return usual
    weighed = _by_trade(every, weights, largest=method == "largest")
    return pl.concat([weighed, usual.join(weighed, on="from_product", how="anti")])


def _distinct(candidates: pl.DataFrame, kind: str, *, otherwise: str) -> pl.DataFrame:
    """The pairs of one kind; where the file has none of it, those of the other."""
    of_kind = candidates.filter(pl.col("kind") == kind)
    taken = of_kind if of_kind.height else candidates.filter(pl.col("kind") == otherwise)
    return taken.select("from_product", "to_product").unique().sort("from_product", "to_product")


def _by_conversion(candidates: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    named = candidates.filter(pl.col("kind") == "conversion").select("from_product", "to_product").unique()
    left_out = every.join(named, on="from_product", how="anti")
    return pl.concat([_equal(named, "un_conversion"), _equal(left_out, "equal_split")])


def _equal(found: pl.DataFrame, basis: str) -> pl.DataFrame:
    share = 1.0 / pl.len().over("from_product")
    return found.with_columns(share=share, basis=pl.lit(basis)).select(_COLUMNS)


def _by_trade(every: pl.DataFrame, weights: pl.DataFrame, *, largest: bool) -> pl.DataFrame:
    """Shares by the trade in the counterparts; codes with none in any of them are left out."""
    traded = weights.group_by(to_product="product").agg(trade=pl.col("value").sum())
    weighed = every.join(traded, on="to_product").filter(pl.col("trade") > 0).sort("from_product", "to_product")
    if largest:
        first = weighed.sort("trade", "to_product", descending=[True, False]).unique("from_product", keep="first")
        return first.with_columns(share=pl.lit(1.0), basis=pl.lit("largest")).select(_COLUMNS)
    share = pl.col("trade") / pl.col("trade").sum().over("from_product")
    return weighed.with_columns(share=share, basis=pl.lit("trade_weighted")).select(_COLUMNS)


def _chained(tables: list[pl.DataFrame]) -> pl.DataFrame:
    whole = tables[0]
    for following in tables[1:]:
        onward = following.rename({"from_product": "over", "share": "onward", "basis": "then"})
        joined = whole.rename({"to_product": "over"}).join(onward, on="over", how="left")
        whole = (
            joined.with_columns(
                share=pl.col("share") * pl.col("onward").fill_null(1.0),
                basis=pl.concat_str("basis", "then", separator=" ", ignore_nulls=True),
            )
            .group_by("from_product", "to_product")
            .agg(pl.col("share").sum(), pl.col("basis").unique().sort().str.join(" | "))
        )
    return whole.select(_COLUMNS).sort("from_product", "to_product", nulls_last=True)
