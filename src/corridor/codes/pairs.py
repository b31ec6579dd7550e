"""The world as one pair of economies sees it: everybody else added up, so that ten world years fit on a page."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

#: All exporters and all importers but the two.
OTHER_SUPPLIERS, OTHER_MARKETS = "_OTHER_SUPPLIERS", "_OTHER_MARKETS"


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
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, importer, product], groups=by)
    rows = table.select(
        *by,
        _side(exporter, one, other, OTHER_SUPPLIERS),
        _side(importer, one, other, OTHER_MARKETS),
        product,
        frames.number(value).alias(value),
    )
    return frames.leave(frames.each(rows, (*by, exporter, importer, product), **{value: nw.col(value).sum()}), frame)


def _side(column: str, one: str, other: str, rest: str) -> nw.Expr:
    area = nw.col(column).cast(nw.String)
    return nw.when(area.is_in([one, other])).then(area).otherwise(nw.lit(rest)).alias(column)
