"""Presence of an economy in a product."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_RCA, _PER_HEAD = nw.col("_rca"), nw.col("_per_head")
_VERDICTS = {"rca": _RCA, "per_head": _PER_HEAD, "either": _RCA | _PER_HEAD, "both": _RCA & _PER_HEAD}


def presence(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    test: Literal["rca", "per_head", "either", "both"] = "rca",
    threshold: float = 1.0,
    population: str = "population",
    per_head_threshold: float = 1.0,
) -> IntoFrameT:
    """Whether an economy is counted as an exporter of a product: the 0 or 1 behind every measure of complexity.

    ``M_i^k = 1`` where the test is passed, else 0. ``test="rca"``: Balassa's ``RCA >= threshold``. ``test="per_head"``:
    ``RPOP >= per_head_threshold``, the economy's exports of the product per head over the world's, ``RPOP = (x_i^k /
    N_i) / (X^k / N)``. ``"either"``: one of the two is passed; ``"both"``: both are. There is no third value. Stata's
    ``ecomplexity`` wants more than the threshold where Python, R and this want no less.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; for the tests per head also ``population`` (people, the same in all rows of an exporter, none missing). Adds
    ``presence`` (0 or 1): 0 also where nothing is exported at all.

    Raises: UsageError for another ``test``.

    Source: Hidalgo and Hausmann (2009), The building blocks of economic complexity, PNAS 106, 10570-10575; per head
    Bustos and Yildirim, ecomplexity. Checked against: R package economiccomplexity, world_trade_2017, all cells.

    Worked example: the world sells 120 of wheat and 80 of steel; KAZ sells 90 and 10, so its RCAs are 3/2 and 1/4, and
    it is present in wheat alone.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product) rca(1)`` (variable ``M``). In R:
    ``economiccomplexity::balassa_index(x, cutoff = 1)``.
    """
    frames.check_choice("test", test, *_VERDICTS)
    by = frames.names(by)
    table = frames.enter(frame)
    people = () if test == "rca" else (population,)
    frames.check(table, values=[value, *people], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    if people:
        frames.check_constant(table, population, (*by, exporter))
    amount, basket = frames.number(value), frames.within(frames.number(value).sum(), (*by, exporter))
    of_product, of_all = frames.within(amount.sum(), (*by, product)), frames.within(amount.sum(), by)
    index = frames.ratio_of_ratios(amount, basket, of_product, of_all)
    result = table.with_columns(_rca=(index >= threshold).fill_null(False))
    if people:
        result = _per_head(result, value, population, (by, exporter, product), per_head_threshold)
    result = result.with_columns(presence=_VERDICTS[test].cast(nw.Int64))
    return frames.leave(result.drop(*(name for name in _HELPERS if people or name == "_rca")), frame)


_HELPERS = ("_rca", "_per_head")


def _per_head(
    table: frames.Table, value: str, population: str, keys: tuple[frames.Names, str, str], threshold: float
) -> frames.Table:
    by, exporter, product = frames.names(keys[0]), keys[1], keys[2]
    amount, people = frames.number(value), frames.number(population)
    # An economy's people are written once a product: a part of them in each row, so that they add up.
    rows = table.with_columns(_one=nw.lit(1)).with_columns(
        _part=people / frames.within(nw.col("_one").sum(), (*by, exporter))
    )
    of_product, everybody = frames.within(amount.sum(), (*by, product)), frames.within(nw.col("_part").sum(), by)
    index = frames.ratio_of_ratios(amount, people, of_product, everybody)
    return rows.with_columns(_per_head=(index >= threshold).fill_null(False)).drop("_one", "_part")
