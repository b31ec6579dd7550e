"""Trade intensity of Drysdale and Garnaut, with its complementarity and its bias."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw
import numpy as np
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.codes.arrays import Numbers
from corridor.codes.grids import EMPTY, Grid, Grids

_AREA, _EXPORTS, _IMPORTS = "_area", "_exports", "_imports"


def drysdale_garnaut_intensity(
    frame: IntoFrameT,
    exporter: str = "exporter",
    importer: str = "importer",
    product: str = "product",
    value: str = "value_usd",
    by: frames.Names = (),
) -> IntoFrameT:
    """How intense a trade is, and whether because the two fit each other or because something else binds them.

    ``I_ij = (x_ij / x_i) / (m_j / (m_w - m_i))``, 0 up, 1 = as expected; the exporter, who cannot buy from itself, is
    taken out of the market, which is the difference from `trade_intensity`. ``I = B C`` exactly, with the
    complementarity ``C_ij = Σ_k (x_i^k / x_i) ((m_w - m_i) / (m_w^k - m_i^k)) (m_j^k / m_j)``, what the composition of
    both sides alone would lead to expect, and the bias ``B_ij``, the mean over products, weighted by the terms of C, of
    ``(x_ij^k / x_i^k) / (m_j^k / (m_w^k - m_i^k))``: distance, borders, language, agreements. C depends on the
    products: say which classification and level.

    Takes one period of ``exporter, importer, product, value`` (USD, none missing), where the rows are the whole world;
    several rows of one flow are added up; ``by`` for several periods. Returns a row for each exporter and each other
    importer, whether they trade or not: ``by, exporter, importer, drysdale_garnaut_intensity,
    drysdale_garnaut_complementarity, drysdale_garnaut_bias, drysdale_garnaut_intensity_absence``: ``no_exports``,
    ``no_imports``, ``no_rest_of_world`` (nobody but the exporter imports), ``no_common_product`` (C is 0 and the bias
    alone null).

    Raises: UnfitTable if an economy exports to itself.

    Source: Drysdale and Garnaut (1982), Trade Intensities and the Analysis of Bilateral Trade Flows in a Many-Country
    World, Hitotsubashi Journal of Economics 22(2), 62-84. Checked by hand: the worked example.

    Worked example: RUS exports coal 30 (20 to VNM, 10 to CHN) and wheat 10 (to CHN); VNM exports garments 15 to CHN and
    5 to RUS. m_w = 60, RUS imports 5, so 55 are bought by others. I = (20/40) / (20/55) = 1.375; C =
    (30/40)(55/30)(20/20) = 1.375 through coal alone; B = 1.

    In Stata: matrices of shares, ``C = E * S'`` in Mata. In R: ``export_share %*% t(import_share)`` after the
    adjustment of the world.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[exporter, importer, product], groups=by)
    frames.check_never(
        table, nw.col(exporter) == nw.col(importer), "go from an economy to itself", next_step="leave out re-imports"
    )
    rows = table.with_columns(_value=frames.number(value))
    keys = (*by, exporter, importer)
    flows = frames.each(rows, keys, _flow=nw.col("_value").sum())
    pairs = _pairs(_sides(rows, exporter, importer, product, by), exporter, importer, product, by)
    return frames.leave(_intensities(pairs.join(flows, on=list(keys), how="left"), keys), frame)


def _sides(rows: frames.Table, exporter: str, importer: str, product: str, by: Sequence[str]) -> frames.Table:
    """What each economy exports and imports of each product."""
    sold = rows.select(*by, nw.col(exporter).alias(_AREA), product, _exports=nw.col("_value"), _imports=nw.lit(0.0))
    bought = rows.select(*by, nw.col(importer).alias(_AREA), product, _exports=nw.lit(0.0), _imports=nw.col("_value"))
    sums = {name: nw.col(name).sum() for name in (_EXPORTS, _IMPORTS)}
    each = [frames.each(side, (*by, _AREA, product), **sums) for side in (sold, bought)]
    return frames.each(nw.concat(each), (*by, _AREA, product), **sums)


def _pairs(sides: frames.Table, exporter: str, importer: str, product: str, by: Sequence[str]) -> frames.Table:
    """A row for each two economies: complementarity, and what a flow is multiplied with to be an intensity."""
    sold, bought = (Grids(sides, _AREA, product, side, by) for side in (_EXPORTS, _IMPORTS))
    terms = [_terms(x, m) for x, m in zip(sold, bought, strict=True)]
    return sold.economies_table((exporter, importer), terms or [_terms(EMPTY, EMPTY)])


def _terms(sold: Grid, bought: Grid) -> Mapping[str, Numbers]:
    x, m = sold.values, bought.values
    exports, imports = x.sum(axis=1), m.sum(axis=1)
    others, others_all = m.sum(axis=0) - m, m.sum() - imports
    share, fit = _quotient(x, exports[:, None]), _quotient(others_all[:, None], others)
    complementarity = (share * fit) @ _quotient(m, imports[:, None]).T
    scale = _quotient(others_all[:, None], exports[:, None] * imports)
    shape = complementarity.shape
    return {
        "_exports": np.broadcast_to(exports[:, None], shape),
        "_imports": np.broadcast_to(imports, shape),
        "_others": np.broadcast_to(others_all[:, None], shape),
        "_scale": scale,
        "_fit": complementarity,
    }


def _quotient(above: Numbers, below: Numbers) -> Numbers:
    shape = np.broadcast_shapes(above.shape, below.shape)
    return np.divide(above, below, out=np.zeros(shape), where=np.broadcast_to(below > 0, shape))


def _intensities(pairs: frames.Table, keys: Sequence[str]) -> frames.Table:
    exports, imports, others, fit = (nw.col(name) for name in ("_exports", "_imports", "_others", "_fit"))
    known = (exports > 0) & (imports > 0) & (others > 0)
    intensity = nw.col("_scale") * nw.col("_flow").fill_null(0.0)
    return pairs.select(
        *keys,
        drysdale_garnaut_intensity=nw.when(known).then(intensity),
        drysdale_garnaut_complementarity=nw.when(known).then(fit),
        drysdale_garnaut_bias=nw.when(known).then(frames.ratio(intensity, fit)),
        drysdale_garnaut_intensity_absence=frames.absence(
            (exports == 0, "no_exports"),
            (imports == 0, "no_imports"),
            (others == 0, "no_rest_of_world"),
            (fit == 0, "no_common_product"),
        ),
    )
