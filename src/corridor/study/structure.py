"""How a flow is composed: groups, concentration, structural change, similarity, processing degree."""

from __future__ import annotations

import polars as pl

from corridor.codes import products
from corridor.codes.periods import Period
from corridor.codes.products import DEGREES, RESIDUAL
from corridor.indicators import (
    concentration_ratio,
    entropy,
    export_similarity,
    grubel_lloyd,
    hhi,
    share,
    structural_change,
    unit_value,
)
from corridor.study.ledger import Ledger

UNCLASSIFIED = "unclassified"
#: The classification whose groups have a processing degree.
CLASSIFIED = "VNC"


def groups(ledger: Ledger, exporter: str, importer: str, period: Period) -> pl.DataFrame:
    """Every group of one direction and period with its share in the sum of the groups and its unit value.

    ``total_held`` is false where no total says whether these are all goods.
    """
    flow = ledger.series.flow(exporter)
    rows = ledger.pair(flow, period)
    described = [products.group(code) for code in rows["product"]]
    return (
        unit_value(share(rows))
        .with_columns(
            exporter=pl.lit(exporter),
            importer=pl.lit(importer),
            period=pl.lit(period.code),
            residual=pl.col("product") == RESIDUAL,
            total_held=pl.lit(not ledger.lacks_total(flow, period)),
            degree_least=pl.Series([each.degrees[0] if each.degrees else None for each in described], dtype=pl.String),
            degree_most=pl.Series([each.degrees[-1] if each.degrees else None for each in described], dtype=pl.String),
            approximate=pl.Series([each.approximate for each in described], dtype=pl.Boolean),
        )
        .sort("value_usd", "product", descending=[True, False])
    )


#: What names one flow of one period.
_FLOW = ("exporter", "importer", "period")


def concentration(groups: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Indices of every direction and period, with and without the residual group: it changes every one of them.

    Takes the rows of `groups` and of `compare.changes`. Columns: ``exporter, importer, period, residual_included, n,
    hhi, hhi_normalised, entropy, concentration_ratio_3``, and ``structural_change`` against ``base_period``.
    """
    if groups.is_empty():
        return groups
    tables = [
        _indices(kept(groups), kept(changes)).with_columns(residual_included=pl.lit(included))
        for included, kept in ((True, _everything), (False, _without_residual))
    ]
    return pl.concat(tables, how="diagonal_relaxed").sort(*_FLOW, "residual_included", descending=[False] * 3 + [True])


def _everything(rows: pl.DataFrame) -> pl.DataFrame:
    return rows


def _without_residual(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("product") != RESIDUAL) if rows.height else rows


def _indices(groups: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    table = (
        hhi(groups, by=_FLOW)
        .join(entropy(groups, by=_FLOW).select(*_FLOW, "entropy"), on=_FLOW, how="left")
        .join(
            concentration_ratio(groups, n=3, by=_FLOW).select(*_FLOW, concentration_ratio_3="concentration_ratio"),
            on=_FLOW,
            how="left",
        )
    )
    if changes.is_empty():
        empty = {"base_period": pl.lit(None, dtype=pl.String), "structural_change": pl.lit(None, dtype=pl.Float64)}
        return table.with_columns(**empty)
    moved = structural_change(changes, by=(*_FLOW, "base_period"))
    return table.join(moved, on=_FLOW, how="left")


def similarity(ledger: Ledger, exporter: str, importer: str, period: Period) -> list[dict[str, object]]:
    """How like the pair's basket is to the reporter's whole basket of that flow, with and without the partner in it."""
    flow = ledger.series.flow(exporter)
    own = ledger.pair(flow, period).select("product", value_a="value_usd")
    market = ledger.market(flow, period).select("product", market="value_usd")
    if own.is_empty() or market.is_empty():
        return []
    both = market.join(own, on="product", how="full", coalesce=True).sort("product")
    both = both.with_columns(pl.col("value_a", "market").fill_null(0.0))
    versions = {
        "all_listed_partners": pl.col("market"),
        # Rounding may leave a printed sum a dollar below its only part.
        "listed_partners_without_the_pair": pl.max_horizontal(pl.col("market") - pl.col("value_a"), 0.0),
    }
    return [
        {
            "exporter": exporter,
            "importer": importer,
            "period": period.code,
            "compared_with": name,
            "export_similarity": export_similarity(both.with_columns(value_b=value)).row(0, named=True)[
                "export_similarity"
            ],
        }
        for name, value in versions.items()
    ]


def two_way(ledger: Ledger, period: Period) -> pl.DataFrame:
    """Exports and imports of each group from the reporter's side; a group on one list only is one-way trade."""
    exports = ledger.pair("export", period).select("product", exports="value_usd", trace_exports="trace_id")
    imports = ledger.pair("import", period).select("product", imports="value_usd", trace_imports="trace_id")
    return (
        exports.join(imports, on="product", how="full", coalesce=True)
        .with_columns(
            pl.col("exports", "imports").fill_null(0.0),
            period=pl.lit(period.code),
            trace_id=pl.concat_str("trace_exports", "trace_imports", separator=" ", ignore_nulls=True),
        )
        .drop("trace_exports", "trace_imports")
        .sort("product")
    )


def intra_industry(ledger: Ledger, period: Period) -> tuple[pl.DataFrame, list[dict[str, object]]]:
    """Grubel-Lloyd index of each group, and over all groups with and without the residual."""
    table = two_way(ledger, period)
    if table.is_empty() or len(ledger.sides) == 1:
        # Of a pair that is held one way only nothing tells what came back.
        return table.clear(), []
    totals = [
        {
            "period": period.code,
            "residual_included": included,
            "grubel_lloyd": grubel_lloyd(kept, aggregate=True).row(0, named=True)["grubel_lloyd"],
        }
        for included, kept in ((True, table), (False, _without_residual(table)))
    ]
    return grubel_lloyd(table), totals


def processing_degree(group_rows: pl.DataFrame) -> pl.DataFrame:
    """Value by processing degree as a range: least counts the groups wholly of a degree, most all that may be.

    Takes the rows of `groups`; the residual group stands apart as ``unclassified``. Every class is approximate,
    because the publisher defines no groups by degree. Empty where no group has a degree.
    """
    keys = ["exporter", "importer", "period"]
    if not any(products.group(code).degrees for code in group_rows["product"].unique()):
        return group_rows.clear()
    spans: dict[str, tuple[str, ...]] = {code: products.group(code).degrees for code in group_rows["product"].unique()}
    frames = [
        group_rows.group_by(keys, maintain_order=True).agg(
            degree=pl.lit(degree),
            value_least=pl.col("value_usd").filter(pl.col("product").is_in(_wholly(spans, degree))).sum(),
            value_most=pl.col("value_usd").filter(pl.col("product").is_in(_maybe(spans, degree))).sum(),
            total=pl.col("value_usd").sum(),
            trace_id=pl.col("trace_id").filter(pl.col("product").is_in(_maybe(spans, degree))).str.join(" "),
        )
        for degree in (*DEGREES, UNCLASSIFIED)
    ]
    return (
        pl.concat(frames)
        .with_columns(
            pl.when(pl.col("total") > 0).then(pl.col(f"value_{end}") / pl.col("total")).alias(f"share_{end}")
            for end in ("least", "most")
        )
        .drop("total")
    )


def _wholly(spans: dict[str, tuple[str, ...]], degree: str) -> list[str]:
    return [code for code, span in spans.items() if (span or (UNCLASSIFIED,)) == (degree,)]


def _maybe(spans: dict[str, tuple[str, ...]], degree: str) -> list[str]:
    return [code for code, span in spans.items() if degree in (span or (UNCLASSIFIED,))]
