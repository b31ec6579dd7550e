"""Shift-share analysis of regions."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames

_EFFECTS = ("national_effect", "industry_effect", "regional_effect")


def shift_share(
    frame: IntoFrameT,
    region: str = "region",
    product: str = "product",
    value_0: str = "value_0",
    value_1: str = "value_1",
    by: frames.Names = (),
    *,
    aggregate: bool = False,
) -> IntoFrameT:
    """Why a region's exports changed: the whole country's did, its products' did, or its own share in them.

    With ``g`` = growth of all regions together, ``g_k`` = of the product in all regions, and the weights of the first
    period, all in USD: ``national_effect = g x0``, ``industry_effect = (g_k - g) x0`` (the region has fast or slow
    products), ``regional_effect = x1 - x0 (1 + g_k)`` (it does better or worse than the others in the same products).
    The three add up to ``x1 - x0`` exactly, and the regional effects of a product over all regions to 0.

    Takes one row a region and product with ``value_0`` and ``value_1`` in USD, null = no such row, counted as nothing;
    the rows are all regions of the whole. Adds the three effects and ``shift_share_absence`` (``no_base``: the whole
    starts from zero). With ``aggregate`` returns a row a region instead: ``change`` and the sums of the effects.

    Where a product starts from nothing everywhere, ``g_k`` is not needed (it multiplies zero) and everything is
    regional.

    Source: Dunn (1960), A statistical and analytical technique for regional analysis, Papers of the Regional Science
    Association 6, 97-112. Checked by hand: the worked example.

    Worked example: coal 60 to 66 in A and 40 to 54 in B, fish 0 and 100 to 80: all 200 to 200, g = 0. Coal grows by
    1/5, so A has 0 + 12 - 6 = 6 and B in coal 0 + 8 + 6 = 14.

    In Stata: ``egen`` totals by product and in all, then three ``gen``. In R: ``REAT::shift()``.
    """
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value_0, value_1], codes=[region, product], groups=by)
    frames.check_unique(table, (*by, region, product))
    columns = {"_x0": frames.present(value_0), "_x1": frames.present(value_1)}
    rows = _effects(table.with_columns(**columns), by, (*by, product))
    result = _aggregate(rows, (*by, region)) if aggregate else rows.drop(*columns)
    return frames.leave(result, frame)


def _growth(by: tuple[str, ...]) -> nw.Expr:
    before, after = (frames.within(nw.col(name).sum(), by) for name in ("_x0", "_x1"))
    return frames.ratio(after - before, before)


def _effects(table: frames.Table, whole: tuple[str, ...], product: tuple[str, ...]) -> frames.Table:
    x0, x1, growth, own = nw.col("_x0"), nw.col("_x1"), _growth(whole), _growth(product).fill_null(0.0)
    known = ~growth.is_null()
    return table.with_columns(
        national_effect=growth * x0,
        industry_effect=(own - growth) * x0,
        regional_effect=nw.when(known).then(x1 - x0 * (1 + own)),
        shift_share_absence=frames.absence((~known, "no_base")),
    )


def _aggregate(rows: frames.Table, by: tuple[str, ...]) -> frames.Table:
    missing = rows.with_columns(_missing=nw.col("shift_share_absence").is_null().cast(nw.Int64))
    sums = {name: nw.col(name).sum() for name in ("_x0", "_x1", "_missing", *_EFFECTS)}
    known = nw.col("_missing") > 0
    return frames.each(missing, by, **sums).select(
        *by,
        change=nw.col("_x1") - nw.col("_x0"),
        **{name: nw.when(known).then(nw.col(name)) for name in _EFFECTS},
        shift_share_absence=frames.absence((~known, "no_base")),
    )
