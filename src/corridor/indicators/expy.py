"""Income level of an economy's exports."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def expy(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    prody: str = "prody",
    by: frames.Names = (),
) -> IntoFrameT:
    """The income per head that goes with an economy's exports: the mean income level of its products.

    ``EXPY_i = Σ_k (x_i^k / X_i) PRODY_k``, in the unit of the income.

    Takes a table of ``exporter, product, value`` (USD, none missing), a row each, with ``prody``, for example the
    result of `prody`, of the same year or of another one; ``by`` for several periods. Adds ``expy``, the same in all
    rows of an exporter, and ``expy_absence``: ``no_exports``, ``no_prody`` (a product that the economy exports has
    none: a mean over the others would be of other exports).

    Source: Hausmann, Hwang and Rodrik (2007), What you export matters, Journal of Economic Growth 12, 1-25. Checked by
    hand: the worked example.

    Worked example: half of the exports is wheat with PRODY 2,000, half steel with 6,000: 4,000.

    In Stata: ``egen expy = total(s*prody), by(exporter)``. In R: ``economiccomplexity::productivity_levels(x, gdp)``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], optional=[prody], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    amount, basket = frames.number(value), (*by, exporter)
    unknown = (nw.col(prody).is_null() & (amount > 0)).cast(nw.Int64)
    rows = table.with_columns(_income=amount * frames.present(prody), _unknown=unknown)
    total, missing = frames.within(amount.sum(), basket), frames.within(nw.col("_unknown").sum(), basket)
    mean = frames.ratio(frames.within(nw.col("_income").sum(), basket), total)
    result = rows.with_columns(
        expy=nw.when(missing == 0).then(mean),
        expy_absence=frames.absence((total == 0, "no_exports"), (missing > 0, "no_prody")),
    )
    return frames.leave(result.drop("_income", "_unknown"), frame)
