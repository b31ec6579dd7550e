"""Ubiquity of a product."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames, grids
from corridor.codes.product_space import Presence, present


def ubiquity(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
) -> IntoFrameT:
    """How many economies are present in a product.

    ``k_k = Σ_i M_i^k``, a count from 0 up, with the 0 or 1 of `presence`: Balassa's ``RCA >= threshold``, or with
    ``presence="given"`` the ``value`` itself, which then holds nothing but 0 and 1.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. Adds ``ubiquity``, the same in all rows of a product; 0 where nobody exports it.

    Source: Hidalgo and Hausmann (2009), The building blocks of economic complexity, PNAS 106, 10570-10575. Checked
    against: R package economiccomplexity, world_trade_2017, 20 economies in heading 0101 and 42 in 0102.

    Worked example: KAZ has RCA 3/2 in wheat, RUS 1/2: one economy is present in it, 1.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (variable ``ubiquity``). In R:
    ``colSums(economiccomplexity::balassa_index(x))``.
    """
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        return grids.Measured({"ubiquity": m.sum(axis=0, keepdims=True, dtype=np.int64)}, {})

    return frames.leave(worlds.with_columns(("ubiquity",), measure), frame)
