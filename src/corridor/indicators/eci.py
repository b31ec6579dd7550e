"""Economic complexity index."""

from __future__ import annotations

from typing import Literal

from narwhals.typing import IntoFrameT

from corridor.codes import complexity, frames, grids
from corridor.codes.product_space import Presence, present
from corridor.errors import UsageError


def eci(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    method: Literal["eigenvector", "reflections"] = "eigenvector",
    steps: int = 18,
    scale: complexity.Scale = "r",
) -> IntoFrameT:
    """How sophisticated the products are that an economy exports, judged by who else exports them.

    With the presence ``M``, diversities ``k_i`` and ubiquities ``k_k``: the eigenvector of the second largest
    eigenvalue of ``Σ_k M_i^k M_j^k / (k_i k_k)``, turned so that diverse economies are complex, as standard scores:
    ``ECI_i = (K_i - mean K) / sd K``. ``method="reflections"``: ``K_i`` after an even number of ``steps`` of averaging,
    ``K_i,n = Σ_k M_i^k K_k,n-1 / k_i``, begun from the diversity; a few steps are near the eigenvector and not it.
    ``scale`` says which spread is one: that of the sample (``"r"``), of the population (``"python"``, the Growth Lab's
    ecomplexity) or of the table with a row for each economy and product (``"stata"``). Say which were used.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports. ``presence="given"`` takes 0 and 1 in
    ``value`` for ``M`` (see `presence`), else it is ``RCA >= threshold``. Adds ``eci``, the same in all rows of an
    exporter, and ``eci_absence``: ``no_presence``, ``not_connected`` (shares no product with the largest group of
    economies), ``not_determined`` (one economy alone, or two vectors fit equally well). Who is missing spoils nobody
    else's number. The method is for many products; with few it measures little.

    Raises: UsageError for another ``method``, ``scale`` or odd ``steps``.

    Source: Hidalgo and Hausmann (2009), PNAS 106, 10570-10575; Hausmann, Hidalgo et al. (2013), The Atlas of Economic
    Complexity. Checked against: R package economiccomplexity, world_trade_2017, 18 reflections, JPN 2.2733370580.

    Worked example: A exports wheat, steel and cars, B wheat and steel, C wheat. By two reflections: the mean diversity
    of who exports it is (3 + 2 + 1)/3 = 2 for wheat, 5/2 for steel, 3 for cars; the means of these are 5/2 for A, 9/4
    for B and 2 for C; as scores 1, 0 and -1.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (``scale="stata"``). In R:
    ``economiccomplexity::complexity_measures(m, method = "eigenvalues")``.
    """
    frames.check_choice("method", method, "eigenvector", "reflections")
    frames.check_choice("scale", scale, "r", "python", "stata")
    if steps < 2 or steps % 2:
        raise UsageError(f"economies have no value after {steps} steps", next_step="give an even number, 2 or more")
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        found = complexity.eigenvectors(m) if method == "eigenvector" else complexity.reflections(m, steps)
        missing = {reason: where[:, None] for reason, where in found.economies_missing.items()}
        return grids.Measured({"eci": complexity.scaled(found, scale)[0][:, None]}, missing)

    return frames.leave(worlds.with_columns(("eci",), measure), frame)
