"""Export similarity."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def export_similarity(
    frame: IntoFrameT,
    value_a: str = "value_a",
    value_b: str = "value_b",
    by: frames.Names = (),
    *,
    product: str = "product",
    without: frames.Names = (),
) -> IntoFrameT:
    """How alike two export structures are (Finger and Kreinin).

    ``FK = Σ_k min(s_a^k, s_b^k)`` with shares of each side's own total, 0..1; 1 = same structure, 0 = nothing in
    common. Finer products give the same or a lower value, so compare only at one level.

    Takes one row a product with ``value_a`` and ``value_b`` in USD, null = that side has no such row, counted as
    nothing; a product of either side must be in. ``without`` leaves out products (codes in ``product``), such as the
    residual group. Returns a row a group: ``export_similarity, export_similarity_absence`` (``no_total``: a side adds
    up to zero).

    Source: Finger and Kreinin (1979), A Measure of "Export Similarity" and Its Possible Uses, Economic Journal 89,
    905-912. Checked against: Viet Nam's exports to Russia and to all listed partners, 46 groups, 2024, 0.40532066.

    Worked example: a sells 5, 5 and 0, b sells 2, 4 and 2: min(1/2, 1/4) + min(1/2, 1/2) + min(0, 1/4) = 0.75.

    In Stata: ``gen f = min(sa,sb)`` and ``egen total(f)``. In R: ``sum(pmin(prop.table(a), prop.table(b)))``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_a, value_b], groups=by)
    table = frames.leave_out(table, product, frames.names(without))
    a, b = frames.present(value_a), frames.present(value_b)
    common = nw.min_horizontal(frames.share_within(a, by), frames.share_within(b, by))
    sums = {name: nw.col(name).sum() for name in ("_common", "_a", "_b")}
    known = (nw.col("_a").fill_null(0.0) > 0) & (nw.col("_b").fill_null(0.0) > 0)
    result = frames.each(table.with_columns(_common=common, _a=a, _b=b), by, **sums).select(
        *by,
        export_similarity=nw.when(known).then(nw.col("_common")),
        export_similarity_absence=frames.absence((~known, "no_total")),
    )
    return frames.leave(result, frame)
