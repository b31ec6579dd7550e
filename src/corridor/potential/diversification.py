"""Products an economy does not export yet and stands near to, in a market that buys them."""

from __future__ import annotations

from typing import Any

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.errors import NothingFound
from corridor.indicators.density import density
from corridor.indicators.rca import rca

#: Why a product has no rank; the column ``rank_absence`` holds one of these.
REASONS = {
    "no_demand": "it is not known what the market buys of it",
    "no_access": "the duty on it is not known",
    "no_density": "no product is near to it",
}


def diversification(
    frame: IntoFrameT,
    exporter: str,
    *,
    demand: Any = None,
    access: Any = None,
    threshold: float = 1.0,
) -> IntoFrameT:
    """The products that ``exporter`` does not export with advantage, the nearest and most wanted first.

    A rank and not dollars: what an economy has never sold has no trade to scale. The rank is by the mean of places,
    each 0..1, 1 the best: nearness (``density`` of what the economy exports around the product), demand
    (``demand_usd``) and, where given, access (the lower the duty, the better). Ties share the mean of their places and
    are then ordered by the product's code.

    ``frame``: ``exporter, product, value_usd`` of one period, the rows being the whole world. ``demand``: ``product,
    demand_usd``, what the target market buys; None takes the world's exports of the product, and the column
    ``demand_of`` says ``world``. ``access``: ``product, tariff`` (0 up) that the exporter pays there; None leaves it
    out, and ``neutral`` says ``access``. A product is not exported where its index of revealed comparative advantage is
    below ``threshold``. Returns ``exporter, product, rca, density, demand_usd, demand_of, tariff, score, rank, neutral,
    rank_absence``; a product whose demand or duty is not known comes last without a rank.

    Raises: NothingFound if the exporter has no rows, MissingColumns, UnfitTable.

    Source: Hidalgo, Klinger, Barabási and Hausmann (2007), Science 317, 482-487, for nearness. Checked by hand: five
    products in an order by two places.

    Worked example: two products, the nearer one with the smaller market: places 1 and 0, 0 and 1, both score 0.5, and
    the smaller code comes first.
    """
    table = frames.enter(frame)
    if frames.one_row(table.select((nw.col("exporter") == exporter).cast(nw.Int64).sum().alias("_own")))[0] in (
        0,
        None,
    ):
        raise NothingFound(
            f"no exports of {exporter}", next_step="add the world's exports by product, of every economy"
        )
    near = frames.enter(density(rca(frame), threshold=threshold, pairs="all"))
    own = near.filter((nw.col("exporter") == exporter) & (nw.col("rca").fill_null(0.0) < threshold))
    own = own.select("exporter", "product", "density", rca=nw.col("rca").fill_null(0.0))
    own = _with_access(_with_demand(own, table, demand), access)
    return frames.leave(_ranked(own, accessed=access is not None), frame)


def _with_demand(own: frames.Table, table: frames.Table, demand: Any) -> frames.Table:
    if demand is None:
        bought = table.group_by("product").agg(demand_usd=nw.col("value_usd").sum())
        whose = "world"
    else:
        bought, whose = frames.enter(demand).select("product", demand_usd=frames.number("demand_usd")), "market"
        frames.check(bought, optional=["demand_usd"], codes=["product"])
        frames.check_unique(bought, ["product"])
    return own.join(bought, on="product", how="left").with_columns(demand_of=nw.lit(whose))


def _with_access(own: frames.Table, access: Any) -> frames.Table:
    if access is None:
        return own.with_columns(tariff=nw.lit(None, nw.Float64), neutral=nw.lit("access"))
    duties = frames.enter(access).select("product", tariff=frames.number("tariff"))
    frames.check(duties, optional=["tariff"], codes=["product"])
    frames.check_unique(duties, ["product"])
    return own.join(duties, on="product", how="left").with_columns(neutral=nw.lit(""))


def _ranked(own: frames.Table, *, accessed: bool) -> frames.Table:
    # Ranks over a whole table: an eager frame has them in every engine.
    known = ~nw.col("demand_usd").is_null() & ~nw.col("density").is_null()
    if accessed:
        known = known & ~nw.col("tariff").is_null()
    places = [_place("density", descending=False), _place("demand_usd", descending=False)]
    if accessed:
        places.append(_place("tariff", descending=True))
    judged = own.with_columns(_known=known)
    scored = judged.with_columns(score=nw.when(nw.col("_known")).then(sum(places[1:], places[0]) / len(places)))
    absence = frames.absence(
        (nw.col("demand_usd").is_null(), "no_demand"),
        (nw.col("density").is_null(), "no_density"),
        *(((nw.col("tariff").is_null(), "no_access"),) if accessed else ()),
    )
    # Rounded, so that equal sums of places are equal.
    order = scored.with_columns(score=nw.col("score").round(12), rank_absence=absence)
    order = order.with_columns(_first=nw.col("_known").cast(nw.Int64)).sort(
        "_first", "score", "product", descending=[True, True, False]
    )
    numbered = _numbered(order)
    return numbered.select(
        "exporter", "product", "rca", "density", "demand_usd", "demand_of", "tariff", "score", "rank", "neutral",
        "rank_absence",
    )  # fmt: skip


def _place(column: str, *, descending: bool) -> nw.Expr:
    """0..1 among the products that are judged, 1 the best."""
    value = nw.when(nw.col("_known")).then(nw.col(column))
    place = value.rank("average", descending=descending)
    held = nw.col("_known").cast(nw.Int64).sum()
    return nw.when(held > 1).then((place - 1) / (held - 1)).otherwise(place * 1.0)


def _numbered(order: frames.Table) -> frames.Table:
    eager = order.collect().with_row_index("_row")
    ranked = eager.with_columns(rank=nw.when(nw.col("_known")).then(nw.col("_row").cast(nw.Int64) + 1))
    return ranked.lazy()
