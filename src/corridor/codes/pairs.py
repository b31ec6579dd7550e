"""The world as one pair of economies sees it: everybody else added up, so that ten world years fit on a page."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.codes.arrays import Rows, Taken, Values

#: All exporters and all importers but the two.
OTHER_SUPPLIERS, OTHER_MARKETS = "_OTHER_SUPPLIERS", "_OTHER_MARKETS"

#: What an area is to the pair: small numbers, because grouping a hundred million texts takes three times as long.
_REST, _ONE, _OTHER, _UNFIT = range(4)
_FAULTS = "_faults"


def pair_world(
    frame: IntoFrameT,
    one: str,
    other: str,
    exporter: str = "exporter",
    importer: str = "importer",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """World trade by product with the two economies by themselves and the others as one supplier and one market.

    Every index of the pair that is made of sums (shares, advantages, complementarity, intensity, constant market share)
    is the same on this table as on the whole world, which it is made of in one pass: reduce first, then index. What
    counts economies (market penetration, concentration over partners, complexity) needs the whole.

    Takes ``exporter, importer, product, value`` (USD, none missing), ``by`` for several periods. Returns ``by,
    exporter, importer, product, value``, a row each, with ``_OTHER_SUPPLIERS`` and ``_OTHER_MARKETS`` for the rest.
    """
    by, keys = frames.names(by), (exporter, importer, product)
    table = frames.enter(frame)
    frames.check_columns(table, values=[value], codes=keys, groups=by)
    amount = frames.number(value)
    unfit = amount.is_null() | ~amount.is_finite() | (amount < 0)
    rows = table.select(
        *by,
        _side(exporter, one, other),
        _side(importer, one, other),
        product,
        amount.alias(value),
        unfit.fill_null(True).cast(nw.Int64).alias(_FAULTS),
    )
    sums = {name: nw.col(name).sum() for name in (value, _FAULTS)}
    reduced = Rows(rows.group_by(*by, *keys).agg(**sums), (*by, *keys, value, _FAULTS))
    if _is_unfit(reduced, (exporter, importer)):
        # Which row, and why: the slow way, because it ends here.
        frames.check(table, values=[value], codes=keys, groups=by)
    made = _made(reduced, (*by, product), (exporter, importer), value)
    try:
        frames.check(made, codes=[product], groups=by)
    except frames.UnfitTable:
        frames.check(table, codes=[product], groups=by)
        raise
    named = made.with_columns(
        _named(exporter, one, other, OTHER_SUPPLIERS), _named(importer, one, other, OTHER_MARKETS)
    )
    return frames.leave(named.select(*by, *keys, value).sort(*by, *keys), frame)


def _side(column: str, one: str, other: str) -> nw.Expr:
    area = nw.col(column).cast(nw.String)
    unfit = area.is_null()
    for total in frames.TOTALS:
        unfit = unfit | (area == total)
    side = nw.when(area == one).then(nw.lit(_ONE)).when(area == other).then(nw.lit(_OTHER))
    return side.when(unfit).then(nw.lit(_UNFIT)).otherwise(nw.lit(_REST)).cast(nw.Int64).alias(column)


def _is_unfit(reduced: Rows, sides: Sequence[str]) -> bool:
    faults = reduced.numbers(_FAULTS).sum() > 0
    return bool(faults or any((reduced.numbers(side) == _UNFIT).any() for side in sides))


def _made(reduced: Rows, texts: Sequence[str], sides: Sequence[str], value: str) -> frames.Table:
    """The reduced table as it is in memory: no engine reads the world a second time."""
    every = np.arange(reduced.count)
    taken: list[tuple[str, Taken | Values]] = [(name, (name, every, every)) for name in texts]
    taken += [(side, reduced.numbers(side).astype(np.int64)) for side in sides]
    return reduced.table([*taken, (value, reduced.numbers(value))])


def _named(column: str, one: str, other: str, rest: str) -> nw.Expr:
    side = nw.col(column)
    named = nw.when(side == _ONE).then(nw.lit(one)).when(side == _OTHER).then(nw.lit(other))
    return named.otherwise(nw.lit(rest)).alias(column)
