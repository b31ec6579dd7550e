"""Density of an economy's exports around a product."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames, grids
from corridor.codes.product_space import Method, Neighbourhood, Presence, Ties, present


def density(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    method: Method = "minimum",
    itself: bool = True,
    neighbours: int | None = None,
    ties: Ties = "all",
    pairs: grids.Pairs = "given",
) -> IntoFrameT:
    """How much of what is near a product an economy already exports.

    ``d_i^k = Σ_l φ_lk M_i^l / Σ_l φ_lk``, 0..1, with the presence ``M`` and the `proximity` ``φ`` (for
    ``method="conditional"`` the probability of l given k). The distance of the literature is ``1 - d``. ``itself``:
    whether the product counts among its neighbours (Python's ecomplexity and R: yes, Stata: no). ``neighbours``: the
    sums run over so many nearest products alone, both of them; those tied with the last are all in (``ties="all"``, as
    in Stata) or cut in the order of their codes (``"code"``).

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports; ``pairs="all"`` gives it a row of its
    own, other columns null, for what an economy could sell and does not. ``presence="given"`` takes 0 and 1 in
    ``value`` for ``M`` (see `presence`), else it is ``RCA >= threshold``. Adds ``density`` and ``density_absence``:
    ``no_exports`` (the exporter sells nothing at all), ``no_neighbours`` (no product is near, for instance where nobody
    is present in it).

    Raises: UsageError for another ``method``, ``ties`` or ``pairs``, or ``neighbours`` below 1.

    Source: Hidalgo, Klinger, Barabási and Hausmann (2007), Science 317, 482-487. Checked against: Stata's ecomplexity,
    sample of its test data 1995, AUT in 1704 with five neighbours 0.52.

    Worked example: cars are near steel (2/3) and wheat (1/3); who exports steel alone has (2/3) / (2/3 + 1/3 + 1) = 1/3
    of what is near cars, and 2/3 of it if cars are not counted among their own neighbours.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product) knn(5)`` (variable ``density``; ``itself=False``). In R:
    ``economiccomplexity::density(m, proximity)``.
    """
    frames.check_choice("pairs", pairs, "given", "all")
    neighbourhood = Neighbourhood(method, itself, neighbours, ties)
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        found = neighbourhood.density(m)
        nothing = grid.values.sum(axis=1, keepdims=True) == 0
        missing = {"no_exports": nothing, "no_neighbours": np.isnan(found)}
        return grids.Measured({"density": np.where(nothing, np.nan, found)}, missing)

    return frames.leave(worlds.with_columns(("density",), measure, pairs), frame)
