"""Theil's index of inequality, with its split between and within groups."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.errors import UsageError


def theil(
    frame: IntoFrameT,
    over: str = "product",
    by: frames.Names = (),
    value: str = "value_usd",
    *,
    groups: str | None = None,
    n: int | None = None,
    without: frames.Names = (),
) -> IntoFrameT:
    """Concentration over products, partners or regions, that splits exactly into a part between and one within groups.

    ``T = Σ_k s_k ln(n s_k) = ln n - E`` with the shares ``s_k`` and the `entropy` ``E``, 0..ln n; 0 = all parts equal,
    ln n = everything in one. With ``groups`` (a column that puts each part into one group, such as a chapter) also ``T
    = between + within``: ``between = Σ_g S_g ln(S_g n / n_g)`` and ``within = Σ_g S_g T_g``, with the group's share
    ``S_g``, its number of parts ``n_g`` and its own index ``T_g``. A part with a zero adds nothing, but counts in n.

    Takes one period with ``over`` (text, no total among the parts) and ``value`` (USD, none missing); several rows of
    one part are added up first. ``without`` leaves parts out, such as the residual group. ``n``: the number of parts of
    the classification, where those without a row are to count (not together with ``groups``). Returns a row a group of
    ``by``: ``n, theil``, with ``groups`` also ``theil_between, theil_within``, and ``theil_absence`` (``no_total``).

    Raises: UsageError if ``n`` is less than the parts in the table or given with ``groups``; UnfitTable if a part is in
    two groups.

    Source: Theil (1967), Economics and Information Theory; the split in Cadot, Carrère and Strauss-Kahn (2011), Export
    Diversification: What's behind the Hump?, Review of Economics and Statistics 93, 590-605. Checked against: Viet
    Nam's exports to Russia 2024, ln 24 - 2.096179 = 1.081875.

    Worked example: 3 and 1 in one chapter, 4 and 0 in another: n 4, T = 3/8 ln(3/2) + 1/8 ln(1/2) + 1/2 ln 2 = 0.412;
    both chapters hold half, so between is 0 and all of it within.

    In Stata: ``ineqdeco value_usd, bygroup(chapter)``. In R: ``ineq::Theil(x)``.
    """
    if n is not None and groups is not None:
        raise UsageError(
            "n cannot be given with groups", next_step="put the empty parts in with zero, each in its group"
        )
    by, kinds = frames.names(by), (groups,) if groups else ()
    table = frames.enter(frame)
    frames.check(table, values=[value], codes=[over], groups=(*by, *kinds))
    parts = frames.parts(table, over, (*by, *kinds), value, frames.names(without))
    frames.check_unique(parts, (*by, over))
    terms = _terms(parts, by, (*by, *kinds), n)
    sums = {name: nw.col(name).sum() for name in ("_value", "_all", "_between", "_within")}
    rows = frames.each(terms, by, n=nw.len(), **sums)
    frames.check_parts(rows, n)
    return frames.leave(_indices(rows, by, n, split=bool(kinds)), frame)


def _terms(parts: frames.Table, by: tuple[str, ...], kinds: tuple[str, ...], n: int | None) -> frames.Table:
    value = nw.col("_value")
    counted = parts.with_columns(_one=nw.lit(1)).with_columns(
        _whole=frames.within(value.sum(), by),
        _part=frames.within(value.sum(), kinds),
        _n=frames.within(nw.col("_one").sum(), by) if n is None else nw.lit(n),
        _n_part=frames.within(nw.col("_one").sum(), kinds) if n is None else nw.lit(n),
    )
    whole, part = nw.col("_whole"), nw.col("_part")
    share = frames.ratio(value, whole)
    return counted.with_columns(
        _all=share * _log(share * nw.col("_n")),
        _between=share * _log(frames.ratio(part, whole) * nw.col("_n") / nw.col("_n_part")),
        _within=share * _log(frames.ratio(value, part) * nw.col("_n_part")),
    )


def _log(amount: nw.Expr) -> nw.Expr:
    return nw.when(amount > 0).then(amount).log().fill_null(0.0)


def _indices(sums: frames.Table, by: tuple[str, ...], n: int | None, *, split: bool) -> frames.Table:
    known = nw.col("_value").fill_null(0.0) > 0
    names = {"theil": "_all", "theil_between": "_between", "theil_within": "_within"} if split else {"theil": "_all"}
    return sums.select(
        *by,
        n=frames.counted(n),
        # 0 + x, because the index of equal parts is 0.0 and not -0.0
        **{name: nw.when(known).then(0.0 + nw.col(column)) for name, column in names.items()},
        theil_absence=frames.absence((~known, "no_total")),
    )
