"""Economic fitness and the complexity of products that goes with it."""

from __future__ import annotations

import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import complexity, frames, grids
from corridor.codes.product_space import Presence, present
from corridor.errors import UsageError


def fitness(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    steps: int = 19,
) -> IntoFrameT:
    """How fit an economy is: how many products it exports, those counting little that unfit economies export too.

    From 1 everywhere, both at once and ``steps`` times: ``F_i = Σ_k M_i^k Q_k`` and ``Q_k = 1 / Σ_i (M_i^k / F_i)``,
    each divided by its mean over all economies or products; 0 up, mean 1. The map need not settle: fitness of many
    economies falls to 0 with more steps, so say how many were taken. R's ``iterations = 20`` are 19 steps, Stata's
    ``piet`` takes 50.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports. ``presence="given"`` takes 0 and 1 in
    ``value`` for ``M`` (see `presence`), else it is ``RCA >= threshold``. Adds ``fitness`` (of the exporter),
    ``fitness_complexity`` (of the product, ``Q``) and ``fitness_absence``: ``no_presence`` (of the exporter, in any
    product, or of anybody in the product).

    Raises: UsageError if ``steps`` is below 1.

    Source: Tacchella, Cristelli, Caldarelli, Gabrielli and Pietronero (2012), A New Metrics for Countries' Fitness and
    Products' Complexity, Scientific Reports 2, 723. Checked by hand: the worked example, and a second step.

    Worked example: A exports wheat and steel, B wheat. After one step F is 2 and 1 over their mean, 4/3 and 2/3; Q is
    1/2 for wheat and 1 for steel over their mean, 2/3 and 4/3.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product) piet``. In R: ``economiccomplexity::complexity_measures(m,
    method = "fitness", iterations = 20)``.
    """
    if steps < 1:
        raise UsageError(f"fitness is not known after {steps} steps", next_step="give 1 or more")
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        economies, products = complexity.fitness(m, steps)
        columns = {"fitness": economies[:, None], "fitness_complexity": products[None, :]}
        return grids.Measured(columns, {"no_presence": np.isnan(economies)[:, None] | np.isnan(products)})

    return frames.leave(worlds.with_columns(("fitness", "fitness_complexity"), measure), frame)
