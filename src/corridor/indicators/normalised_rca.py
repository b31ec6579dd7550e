"""Normalised revealed comparative advantage."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def normalised_rca(
    frame: IntoFrameT,
    exporter: str = "exporter",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """How far an economy's exports of a product are from what its size and the product's would lead to expect.

    ``NRCA = x_i^k / W - X_i X^k / W²``, in parts of world exports ``W``, about -1/4..1/4, 0 = neither advantage nor
    disadvantage; it has the sign of ``RCA - 1``. It adds up to 0 over the products of an economy and over the economies
    of a product, so it can be compared across both, which `rca` cannot. Usually printed times 10,000.

    Takes one period of ``exporter, product, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods. A pair without a row has ``-X_i X^k / W²``; give it a row of zero to see it. Adds
    ``normalised_rca`` and ``normalised_rca_absence``: ``no_total`` (the world exports nothing).

    Source: Yu, Cai and Leung (2009), The normalized revealed comparative advantage index, Annals of Regional Science
    43, 267-282. Checked by hand: the worked example.

    Worked example: world 200, of it wheat 120; KAZ exports 100, of it wheat 90: 90/200 - 100 · 120/200² = 0.45 - 0.30 =
    0.15. Steel 10/200 - 100 · 80/200² = -0.15.

    In Stata: ``egen X = total(x), by(exporter)``, likewise by product and in all, then ``gen n = x/W - X*Xk/W^2``. In
    R: ``x / sum(x) - outer(rowSums(x), colSums(x)) / sum(x)^2``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, product], groups=by)
    frames.check_unique(table, (*by, exporter, product))
    amount = frames.number(value)
    of_exporter, of_product = (frames.within(amount.sum(), (*by, key)) for key in (exporter, product))
    of_all = frames.within(amount.sum(), by)
    expected = frames.ratio(of_exporter, of_all) * frames.ratio(of_product, of_all)
    result = table.with_columns(
        normalised_rca=frames.ratio(amount, of_all) - expected,
        normalised_rca_absence=frames.absence((of_all == 0, "no_total")),
    )
    return frames.leave(result, frame)
