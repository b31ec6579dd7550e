"""Trade intensity in the simple form."""

from __future__ import annotations

from narwhals.typing import IntoFrameT

from corridor.codes import frames


def trade_intensity(
    frame: IntoFrameT,
    exporter: str = "exporter",
    importer: str = "importer",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """How much more an economy exports to a partner than the partner's share in world imports would lead to expect.

    ``TII_ij = (x_ij / X_i) / (M_j / W)``, 0 up, 1 = as expected; X_i = the exporter's exports to all, M_j = the
    partner's imports from all, W = world trade. The simple form: the exporter itself is among those who could buy, so a
    large economy comes out lower than in `drysdale_garnaut_intensity`. Weighted with the shares ``M_j / W`` the indices
    of an exporter add up to 1.

    Takes one period of ``exporter, importer, value`` (USD, none missing), a row each, where the rows are the whole
    world; ``by`` for several periods or for each product. Adds ``trade_intensity`` and ``trade_intensity_absence``:
    ``no_exports`` (the exporter sells nothing), ``no_imports`` (the partner buys nothing).

    Source: Brown (1949), Applied Economics; Kojima (1964), Hitotsubashi Journal of Economics 5, 16-36; in this form
    WITS, "trade intensity index". Checked by hand: the worked example.

    Worked example: of world trade 200 VNM imports 50; RUS exports 40, of it 20 to VNM: (20/40) / (50/200) = 2.

    In Stata: ``egen`` totals by exporter, by importer and in all, then ``gen tii = (x/X)/(M/W)``. In R: ``prop.table(x,
    1) / rep(colSums(x) / sum(x), each = nrow(x))``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, importer], groups=by)
    frames.check_unique(table, (*by, exporter, importer))
    amount = frames.number(value)
    sold, bought = (frames.within(amount.sum(), (*by, key)) for key in (exporter, importer))
    result = table.with_columns(
        trade_intensity=frames.ratio_of_ratios(amount, sold, bought, frames.within(amount.sum(), by)),
        trade_intensity_absence=frames.absence((sold == 0, "no_exports"), (bought == 0, "no_imports")),
    )
    return frames.leave(result, frame)
