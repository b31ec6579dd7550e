"""Diversity of an economy's exports."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames, grids
from corridor.codes.product_space import Presence, present


def diversity(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
) -> IntoFrameT:
    """In how many products an economy is present.

    ``k_i = Σ_k M_i^k``, a count from 0 up, with the 0 or 1 of `presence`: Balassa's ``RCA >= threshold``, or with
    ``presence="given"`` the ``value`` itself, which then holds nothing but 0 and 1.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A product without a row counts as not exported. Adds ``diversity``, the same in
    all rows of an exporter; 0 where it exports nothing.

    Source: Hidalgo and Hausmann (2009), The building blocks of economic complexity, PNAS 106, 10570-10575. Checked
    against: R package economiccomplexity, world_trade_2017, AFG 68 and AGO 10 of 1,222 products.

    Worked example: with RCA 3/2 in wheat and 1/4 in steel KAZ is present in one product: 1.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (variable ``diversity``). In R:
    ``rowSums(economiccomplexity::balassa_index(x))``.
    """
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        return grids.Measured({"diversity": m.sum(axis=1, keepdims=True, dtype=np.int64)}, {})

    return frames.leave(worlds.with_columns(("diversity",), measure), frame)
