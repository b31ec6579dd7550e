"""Proximity of products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames, grids, product_space
from corridor.codes.arrays import Numbers, Places, Truths
from corridor.codes.product_space import Nearness, Presence, present


def proximity(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    method: Literal["minimum", "conditional", "correlation"] = "minimum",
    pairs: Literal["once", "both", "matrix"] = "once",
) -> IntoFrameT:
    """How near two products are: how likely who exports one well also exports the other.

    ``φ_kl = Σ_i M_i^k M_i^l / max(k_k, k_l)``, 0..1, the smaller of the two conditional probabilities, with the
    presence ``M`` and ubiquities ``k``. ``method="conditional"``: the probability of ``other_product`` given
    ``product``, ``Σ_i M_i^k M_i^l / k_k``, which depends on the direction. ``method="correlation"``: ``(1 + corr(RCA^k,
    RCA^l)) / 2`` over all economies; a product whose index does not vary has none.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. ``presence="given"`` takes 0 and 1 in ``value`` for ``M`` (see `presence`), else
    it is ``RCA >= threshold``. Returns a row a pair of different products: ``by``, ``product``, ``other_product``
    (named after ``product``) and ``proximity``. ``pairs="once"`` gives each pair once, the smaller code first;
    ``"both"`` both ways round, as ``method="conditional"`` always does; ``"matrix"`` instead a row a product and a
    column for each, named by its code, with 1 for a product to itself (one period only; the column's product is the one
    given). A product in which nobody is present is near nothing and has no row; that of a product to itself is 1 and
    has no row either.

    Raises: UsageError for another ``method`` or ``pairs``.

    Source: Hidalgo, Klinger, Barabási and Hausmann (2007), The product space conditions the development of nations,
    Science 317, 482-487. Checked against: R package economiccomplexity, world_trade_2017, all pairs of 1,222 headings.

    Worked example: three economies are present in wheat, two in steel, two in both: 2/3 (given steel, wheat is certain;
    given wheat, steel has 2/3).

    In Stata: ``genproximity value_usd, i(exporter) p(product)``. In R:
    ``economiccomplexity::proximity(m)$proximity_product``.
    """
    frames.check_choice("method", method, "minimum", "conditional", "correlation")
    frames.check_choice("pairs", pairs, "once", "both", "matrix")
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def near(grid: grids.Grid) -> tuple[Nearness, Truths]:
        if method == "correlation":
            indices = grid.values if presence == "given" else product_space.revealed(grid.values)
            varied: Truths = np.ptp(indices, axis=0) > 0 if len(indices) else np.zeros(0, dtype=np.bool_)
            return product_space.correlations(indices[:, varied]), varied
        m = present(grid.values, presence, threshold)
        there = np.asarray(m.any(axis=0))
        return product_space.proximities(m[:, there], method), there

    if pairs == "matrix":
        return frames.leave(worlds.square_table(lambda grid: _square(*near(grid), method != "conditional")), frame)
    once = pairs == "once" and method != "conditional"
    linked = worlds.products_table(lambda grid: _linked(*near(grid), once), f"other_{product}", "proximity")
    return frames.leave(linked, frame)


def _square(rows: Nearness, there: Truths, symmetric: bool) -> tuple[Places, Iterator[Numbers]]:
    named = np.flatnonzero(there)
    if symmetric:
        return named, product_space.mirrored(rows, len(named))
    return named, (rows(block, 0) for block in product_space.blocks(len(named)))


def _linked(rows: Nearness, there: Truths, once: bool) -> grids.Linked:
    code = np.flatnonzero(there).astype(np.min_scalar_type(len(there)))
    count = len(code)
    size = count * (count - 1) // (2 if once else 1)
    linked = grids.Linked(np.empty(size, code.dtype), np.empty(size, code.dtype), np.empty(size))
    at = 0
    for block in product_space.blocks(count):
        start = block.start if once else 0
        for own, near in zip(range(block.start, block.stop), rows(block, start), strict=True):
            # What stands before and after the product's own cell; once, only what comes after.
            for others in (slice(own + 1, count),) if once else (slice(0, own), slice(own + 1, count)):
                here = slice(at, at + others.stop - others.start)
                linked.first[here], linked.second[here] = code[own], code[others]
                linked.numbers[here] = near[others.start - start : others.stop - start]
                at = here.stop
    return linked
