"""What to look at next in one market: candidates of four kinds, ranked, with what could not be judged beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from corridor.codes import products
from corridor.evidence import Finding, Measure, Name
from corridor.potential.export_potential import export_potential
from corridor.recommend.criterion import Criterion
from corridor.recommend.features import CELL, cell_features
from corridor.recommend.findings.pair import PAIR, weighed
from corridor.recommend.ranking import rank, stays, unscorable

#: Sold now: at most this part of the best year, while the market buys on: lost trade.
_LOST = 0.5
#: The market's share of the exporter's sales of the product from which the trade is at risk if it shrinks.
_DEPENDENT = 0.5
#: Years after which figures are old.
_FRESH = 3


@dataclass(frozen=True)
class Advice:
    """A ranking and its limits.

    ``ranked``: a row a candidate, with ``kind`` (``potential``, ``diversification``, ``lost_trade``, ``at_risk``,
    ``traded``), the measured columns, scores, ``rank``, ``stability`` (weights moved by a tenth) and
    ``stability_years`` (a year left out). ``unscorable``: ``product, missing``. ``left_out``: criteria that nothing was
    measured for, in this market at all; ``criteria`` those it stands on, with the weights it was made with.
    """

    ranked: pl.DataFrame
    unscorable: pl.DataFrame
    left_out: tuple[str, ...]
    base: int
    criteria: tuple[Criterion, ...] = PAIR


def advise(
    panel: pl.DataFrame,
    exporter: str,
    importer: str,
    *,
    base: int,
    method: str = "weighted_sum",
    tariffs: pl.DataFrame | None = None,
    weights: Mapping[str, float] | None = None,
) -> Advice:
    """Ranks what ``exporter`` could sell more of to ``importer``, on the years up to ``base``.

    ``panel``: ``exporter, importer, product, year, value_usd``, one release, the panel being the world. ``tariffs``:
    ``product, tariff`` and, where known, ``preference_margin``. Where the panel holds one market only, a potential
    would repeat today's trade: the criterion is left out and named. ``weights``: points by criterion, of those that
    weigh something else than usual (`corridor.recommend.findings.pair.weighed`).

    Raises: UsageError for another ``method`` or what are no weights.
    """
    seen = panel.filter(pl.col("year") <= base)
    table = candidates(seen, exporter, importer, base, tariffs)
    judged, left_out = _measured(table, weighed(weights or {}))
    ranked = rank(table, judged, method)
    years = sorted(seen["year"].unique().to_list())
    others = [
        rank(candidates(seen.filter(pl.col("year") != year), exporter, importer, base, tariffs), judged, method)
        for year in years[:-1]
        if len(years) > 2
    ]
    apart = unscorable(table, judged)
    return Advice(stays(ranked.filter(pl.col("rank").is_not_null()), others), apart, left_out, base, judged)


def _measured(table: pl.DataFrame, criteria: tuple[Criterion, ...]) -> tuple[tuple[Criterion, ...], tuple[str, ...]]:
    known = tuple(each for each in criteria if table[each.column].count())
    return known, tuple(each.name for each in criteria if each not in known)


def candidates(
    seen: pl.DataFrame, exporter: str, importer: str, base: int, tariffs: pl.DataFrame | None
) -> pl.DataFrame:
    """One row a product that the importer buys and the exporter sells somewhere, with every criterion's column."""
    # "Other goods" is in every sum and can be nobody's advice.
    cells = cell_features(seen, base, pair=(exporter, importer)).filter(pl.col("product") != products.RESIDUAL)
    table = (
        cells.join(_potential(seen, exporter, importer, base), on="product", how="left")
        .join(_suppliers(seen, importer, base), on="product", how="left")
        .join(_history(seen, exporter, importer), on="product", how="left")
        .join(_dependence(seen, exporter, importer, base), on="product", how="left")
    )
    return _dutied(table, tariffs).with_columns(kind=_kind())


def _potential(seen: pl.DataFrame, exporter: str, importer: str, base: int) -> pl.DataFrame:
    rows = seen.filter(pl.col("year") == base)
    columns = ("product", "potential_usd", "unrealised_usd")
    if rows["importer"].n_unique() < 2:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.Float64) | {"product": pl.String})
    found = export_potential(
        rows.select(*CELL, "value_usd"), formula="trade_only/1", exporters=[exporter], importers=[importer]
    )
    return found.select(columns)


def _suppliers(seen: pl.DataFrame, importer: str, base: int) -> pl.DataFrame:
    rows = seen.filter((pl.col("importer") == importer) & (pl.col("year") == base))
    return rows.group_by("product").agg(
        supplier_hhi=((pl.col("value_usd") / pl.col("value_usd").sum()) ** 2).sum(), suppliers=pl.len()
    )


def _history(seen: pl.DataFrame, exporter: str, importer: str) -> pl.DataFrame:
    """The best year, and the coefficient of variation over the years held; a year without a row is a zero there."""
    rows = seen.filter((pl.col("exporter") == exporter) & (pl.col("importer") == importer))
    years = seen["year"].n_unique()
    mean = pl.col("value_usd").sum() / years
    square = (pl.col("value_usd") ** 2).sum() / years
    spread = (pl.max_horizontal(square - mean**2, 0.0)).sqrt() / mean
    return rows.group_by("product").agg(
        best_usd=pl.col("value_usd").max(), volatility=pl.when(mean > 0).then(spread) if years > 1 else pl.lit(None)
    )


def _dependence(seen: pl.DataFrame, exporter: str, importer: str, base: int) -> pl.DataFrame:
    rows = seen.filter((pl.col("exporter") == exporter) & (pl.col("year") == base))
    own = pl.col("value_usd").filter(pl.col("importer") == importer).sum()
    if rows["importer"].n_unique() < 2:
        return pl.DataFrame(schema={"product": pl.String, "market_share_of_exports": pl.Float64})
    return rows.group_by("product").agg(market_share_of_exports=own / pl.col("value_usd").sum())


def _dutied(table: pl.DataFrame, tariffs: pl.DataFrame | None) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"product": pl.String, "tariff": pl.Float64, "preference_margin": pl.Float64})
    given = empty if tariffs is None else pl.concat([tariffs, empty], how="diagonal")
    return table.join(given.select(empty.columns), on="product", how="left").with_columns(
        # Never traded with this market is no volatility of trade, and no lost year.
        pl.col("best_usd").fill_null(0.0),
        volatility=pl.when(pl.col("best_usd").is_null()).then(0.0).otherwise(pl.col("volatility")),
    )


def _kind() -> pl.Expr:
    value, best = pl.col("cell_usd"), pl.col("best_usd")
    lost = (best > 0) & (value <= best * _LOST)
    risk = (value > 0) & (pl.col("market_share_of_exports") >= _DEPENDENT) & (pl.col("demand_growth") < 0)
    return (
        pl.when(lost).then(pl.lit("lost_trade"))
        .when(risk).then(pl.lit("at_risk"))
        .when((value == 0) & (pl.col("rca") < 1)).then(pl.lit("diversification"))
        .when(pl.col("unrealised_usd") > 0).then(pl.lit("potential"))
        .otherwise(pl.lit("traded"))
    )  # fmt: skip


def stale(base: int, this_year: int, estimated: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What the first line of any such ranking must say; nothing where the data are fresh and reported.

    ``estimated``: who estimated what, where a side's figures are not reported.
    """
    years = Measure(this_year - base, "count")
    old = [Finding("advice.old", {"year": Name("text", str(base)), "n": years})] if this_year - base > _FRESH else []
    return (*old, *(Finding("advice.estimated", {"area": Name("area", each)}) for each in estimated))
