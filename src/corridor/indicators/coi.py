"""Complexity outlook index."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import complexity, frames, grids
from corridor.codes.arrays import Numbers
from corridor.codes.product_space import Neighbourhood, Presence, Ties, present


def coi(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    itself: bool = True,
    neighbours: int | None = None,
    ties: Ties = "all",
    worth: complexity.Worth = "pci",
    scale: complexity.Scale = "r",
) -> IntoFrameT:
    """How many complex products are near what an economy exports and not yet exported.

    ``COI_i = Σ_k d_i^k (1 - M_i^k) C_k`` with the `density` ``d``, the presence ``M`` and the products' complexity
    ``C``. ``scale="r"``: ``C`` is `pci` and the sum stands as it is. ``"python"`` and ``"stata"``: ``C`` is the
    eigenvector before scaling, and the sums are standard scores, with the spread of the population or of the table with
    a row for each economy and product. ``worth="fitness"``: ``C`` is the ``fitness_complexity`` of `fitness` after 19
    steps, as R's package has it unless told otherwise. ``itself``, ``neighbours`` and ``ties`` as in `density`.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports. ``presence="given"`` takes 0 and 1 in
    ``value`` for ``M`` (see `presence`), else it is ``RCA >= threshold``. Adds ``coi``, the same in all rows of an
    exporter, and ``coi_absence``: ``no_presence``, ``not_connected``, ``not_determined``, as in `eci`. A product
    without complexity or neighbours promises nothing.

    Raises: UsageError for another ``worth``, ``scale`` or ``ties``, or ``neighbours`` below 1.

    Source: Hausmann, Hidalgo et al. (2013), The Atlas of Economic Complexity, on opportunity value. Checked against:
    Stata's ecomplexity, sample of its test data 1995, SVN 0.5452394825.

    Worked example: an economy lacks two products, of complexity 1 and -1/2 at densities 1/2 and 1/5: 1/2 - 1/10 = 0.4.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (variable ``coi``; ``itself=False, scale="stata"``). In
    R: ``economiccomplexity::complexity_outlook(m, proximity, pci)$complexity_outlook_index``.
    """
    frames.check_choice("worth", worth, "pci", "fitness")
    frames.check_choice("scale", scale, "r", "python", "stata")
    neighbourhood = Neighbourhood("minimum", itself, neighbours, ties)
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        vectors = complexity.eigenvectors(m)
        ahead = np.where(m, 0.0, neighbourhood.density(m)) * complexity.worths(m, vectors, worth, scale)
        sums = np.where(np.isnan(vectors.economies), np.nan, np.nansum(ahead, axis=1))
        missing = {reason: where[:, None] for reason, where in vectors.economies_missing.items()}
        return grids.Measured({"coi": _scores(sums, m.shape[1], scale)[:, None]}, missing)

    return frames.leave(worlds.with_columns(("coi",), measure), frame)


def _scores(sums: Numbers, products: int, scale: complexity.Scale) -> Numbers:
    if scale == "r" or np.isnan(sums).all():
        return sums
    return (sums - np.nanmean(sums)) / complexity.spread(sums, products, scale)
