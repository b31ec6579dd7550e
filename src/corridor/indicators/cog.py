"""Complexity outlook gain."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import complexity, frames, grids
from corridor.codes.arrays import Numbers, Truths
from corridor.codes.product_space import Neighbourhood, Presence, present


def cog(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    itself: bool = True,
    worth: complexity.Worth = "pci",
    scale: complexity.Scale = "r",
    pairs: grids.Pairs = "given",
) -> IntoFrameT:
    """What an economy would gain by exporting a product: how many complex products it would come nearer to.

    ``COG_i^k = (1 - M_i^k) Σ_l (1 - M_i^l) C_l φ_lk / Σ_m φ_lm`` with the presence ``M``, the `proximity` ``φ`` and the
    products' complexity ``C``; 0 where the economy is present already. ``scale="r"``: ``C`` is `pci` and the gain
    stands as it is. ``"python"`` and ``"stata"``: ``C`` is the eigenvector before scaling, and the gain is divided by
    the spread of the economies' vector, as `eci` is. ``worth="fitness"``: ``C`` is the ``fitness_complexity`` of
    `fitness` after 19 steps, and nothing is divided. ``itself`` as in `density`. The term ``- d C_k`` of the Atlas's
    text is left out, as in all three packages.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports; ``pairs="all"`` gives it a row of its
    own, other columns null. ``presence="given"`` takes 0 and 1 in ``value`` for ``M`` (see `presence`), else it is
    ``RCA >= threshold``. Adds ``cog`` and ``cog_absence``: ``no_presence``, ``not_connected``, ``not_determined``, of
    the exporter as in `eci`. A product without complexity adds nothing to the sum.

    Raises: UsageError for another ``worth``, ``scale`` or ``pairs``.

    Source: Hausmann, Hidalgo et al. (2013), The Atlas of Economic Complexity, on opportunity gain. Checked against:
    Stata's ecomplexity, sample of its test data 1995, AUT in 1704 -0.6248181470.

    Worked example: an economy lacks cars (complexity 1) and planes (2), which are 1/2 near each other and to nothing
    else but themselves: cars would gain it 1 · 1/(3/2) + 2 · (1/2)/(3/2) = 4/3.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (variable ``cog``; ``itself=False, scale="stata"``). In
    R: ``economiccomplexity::complexity_outlook(m, proximity, pci)$complexity_outlook_gain``.
    """
    frames.check_choice("worth", worth, "pci", "fitness")
    frames.check_choice("scale", scale, "r", "python", "stata")
    frames.check_choice("pairs", pairs, "given", "all")
    neighbourhood = Neighbourhood("minimum", itself)
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        vectors = complexity.eigenvectors(m)
        worths = complexity.worths(m, vectors, worth, scale)
        if worth == "pci" and scale != "r":
            worths = worths / complexity.spread(vectors.economies, m.shape[1], scale)
        known = ~np.isnan(vectors.economies)[:, None]
        missing = {reason: where[:, None] for reason, where in vectors.economies_missing.items()}
        return grids.Measured({"cog": np.where(known, _gain(m, neighbourhood, worths), np.nan)}, missing)

    return frames.leave(worlds.with_columns(("cog",), measure, pairs), frame)


def _gain(m: Truths, neighbourhood: Neighbourhood, worths: Numbers) -> Numbers:
    lacking = 1 - m.astype(np.float64)
    # Proximity is symmetric: what surrounds a product is the sum of its own row.
    around = neighbourhood.sums(lacking, m).all
    each = np.divide(worths, around, out=np.zeros(len(worths)), where=(around > 0) & ~np.isnan(worths))
    # 0 + x, because no gain is 0.0 and not -0.0
    return 0.0 + lacking * neighbourhood.sums(lacking * each, m).near
