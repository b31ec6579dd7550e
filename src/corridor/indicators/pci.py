"""Product complexity index."""

from __future__ import annotations

from typing import Literal

from narwhals.typing import IntoFrameT

from corridor.codes import complexity, frames, grids
from corridor.codes.product_space import Presence, present
from corridor.errors import UsageError


def pci(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
    *,
    presence: Presence = "rca",
    threshold: float = 1.0,
    method: Literal["eigenvector", "reflections"] = "eigenvector",
    steps: int = 19,
    scale: complexity.Scale = "r",
) -> IntoFrameT:
    """How sophisticated a product is, judged by the economies that export it and by what else they export.

    With the presence ``M``, diversities ``k_i`` and ubiquities ``k_k``: the eigenvector of the second largest
    eigenvalue of ``Σ_i M_i^k M_i^l / (k_k k_i)``, turned as in `eci`, as standard scores. ``method="reflections"``:
    ``K_k`` after an odd number of ``steps``, ``K_k,n = Σ_i M_i^k K_i,n-1 / k_k``, begun from the diversity of the
    economies. ``scale="r"``: by the products' own mean and spread (of the sample); ``"python"`` and ``"stata"``: by
    those of the economies, so that an economy's `eci` is the mean of its products' ``pci``, with the spread of the
    population or of the table with a row for each economy and product.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row counts as no exports. ``presence="given"`` takes 0 and 1 in
    ``value`` for ``M`` (see `presence`), else it is ``RCA >= threshold``. Adds ``pci``, the same in all rows of a
    product, and ``pci_absence``: ``no_presence``, ``not_connected``, ``not_determined``, as in `eci`.

    Raises: UsageError for another ``method``, ``scale`` or even ``steps``.

    Source: Hidalgo and Hausmann (2009), PNAS 106, 10570-10575; Hausmann, Hidalgo et al. (2013), The Atlas of Economic
    Complexity. Checked against: R package economiccomplexity, world_trade_2017, 19 reflections, heading 2812
    2.6763652399.

    Worked example: A exports wheat, steel and cars, B wheat and steel, C wheat; after 1 step wheat has the mean
    diversity (3 + 2 + 1)/3 = 2, steel (3 + 2)/2 = 5/2, cars 3.

    In Stata: ``ecomplexity value_usd, i(exporter) p(product)`` (``scale="stata"``). In R:
    ``economiccomplexity::complexity_measures(m, method = "eigenvalues")``.
    """
    frames.check_choice("method", method, "eigenvector", "reflections")
    frames.check_choice("scale", scale, "r", "python", "stata")
    if steps < 1 or not steps % 2:
        raise UsageError(f"products have no value after {steps} steps", next_step="give an odd number, 1 or more")
    worlds = grids.read(frame, exporter, product, value, by, presence)

    def measure(grid: grids.Grid) -> grids.Measured:
        m = present(grid.values, presence, threshold)
        found = complexity.eigenvectors(m) if method == "eigenvector" else complexity.reflections(m, steps - 1)
        missing = {reason: where[None, :] for reason, where in found.products_missing.items()}
        return grids.Measured({"pci": complexity.scaled(found, scale)[1][None, :]}, missing)

    return frames.leave(worlds.with_columns(("pci",), measure), frame)
