"""Flows of one classification told in another: nothing added, nothing lost, every row says how.

Values, weights and quantities are divided by the same shares. The parts of a row add up to the row: what rounding
leaves over goes to its largest part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from corridor.codes import caveats, schema
from corridor.codes.classifications import classification
from corridor.codes.frames import UnfitTable
from corridor.harmonise.shares import Shares

#: What is divided; a table may lack any but one of them.
AMOUNTS = ("value", "value_usd", "net_weight_kg", "quantity")


@dataclass(frozen=True)
class Conversion:
    """What became of flows in another classification.

    ``parts``: one row a source row and counterpart, with the source row's columns (trace included), its code as
    ``from_classification, from_product``, the ``share`` of it and the ``basis`` that decided. ``flows``: the parts
    added up, one row a figure, ``parts`` of it counted; the trace is that of the largest part. Both carry the caveat
    of the way and, in ``conversion``, its name with the tables. ``unmatched``: source rows, or the share of them,
    whose code has no counterpart. Parts and unmatched together add up to what was given.
    """

    flows: pl.DataFrame
    parts: pl.DataFrame
    unmatched: pl.DataFrame
    note: str


def convert(flows: pl.DataFrame, by: Shares) -> Conversion:
    """The flows told in the classification that ``by`` leads to.

    Takes rows in the classification it leads from, at the level of its codes (columns ``classification, product`` and
    one of `AMOUNTS`; any others are kept). Raises `schema.MissingColumns`, and `UnfitTable` for rows of another
    classification or level, because a heading beside its subheadings would be counted twice.
    """
    amounts = _amounts(flows)
    _check(flows, by)
    target = by.path[-1]
    placed = flows.with_row_index("_row").join(by.table, left_on="product", right_on="from_product", how="left")
    placed = placed.with_columns(pl.col("share").fill_null(1.0), from_product=pl.col("product"))
    divided = _divided(placed, amounts)
    found = divided.filter(pl.col("to_product").is_not_null()).with_columns(
        from_classification=pl.lit(by.path[0]),
        classification=pl.lit(target),
        product=pl.col("to_product"),
        conversion=pl.lit(by.note),
        caveats=_with_caveat(flows, f"converted_{by.method}"),
    )
    parts = found.drop("_row", "to_product")
    lost = divided.filter(pl.col("to_product").is_null()).select(*flows.columns, "share")
    return Conversion(added_up(parts, amounts), parts, lost, by.note)


def added_up(parts: pl.DataFrame, amounts: Sequence[str]) -> pl.DataFrame:
    """Parts of one figure as one row; an amount that one of them lacks is not known for the sum."""
    key = [name for name in (*schema.FLOW_KEY, "currency", "valuation", "quantity_unit") if name in parts.columns]
    own = {"share", "basis", "from_product", "from_classification"}
    others = [name for name in parts.columns if name not in {*key, *amounts, *own, "caveats"}]
    sums = [pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name) for name in amounts]
    first = amounts[0]
    largest = [pl.col(name).sort_by(first, descending=True, nulls_last=True).first() for name in others]
    told = pl.col("caveats").unique().sort().str.join(" ").map_elements(_joined, return_dtype=pl.String)
    table = parts.group_by(key, maintain_order=True).agg(*sums, *largest, told, parts=pl.len().cast(pl.Int64))
    kept = [name for name in parts.columns if name not in own]
    return table.select(*kept, "parts").sort(key, nulls_last=True)


def _amounts(flows: pl.DataFrame) -> list[str]:
    schema.require(flows.columns, "classification", "product", what="table of flows")
    amounts = [name for name in ("value_usd", *AMOUNTS) if name in flows.columns]
    if not amounts:
        schema.require(flows.columns, "value_usd", what="table of flows")
    return list(dict.fromkeys(amounts))


def _check(flows: pl.DataFrame, by: Shares) -> None:
    others = sorted(set(flows["classification"]) - {by.path[0]})
    if others:
        raise UnfitTable(
            f"rows in {', '.join(map(str, others))} beside those in {by.path[0]}",
            next_step="convert one classification at a time, or make a panel",
        )
    finest = classification(by.path[0]).finest
    coarse = flows.filter(pl.col("product").str.len_chars() < finest) if by.path[0].startswith("H") else flows.clear()
    if coarse.height:
        codes = ", ".join(coarse["product"].unique().sort().head(3))
        raise UnfitTable(
            f"{coarse.height} of {flows.height} rows are not subheadings of {finest} digits ({codes}): among their"
            " parts they would be counted twice",
            next_step=f"keep the rows of {finest} digits",
        )


def _divided(placed: pl.DataFrame, amounts: Sequence[str]) -> pl.DataFrame:
    """The amounts times the share; the largest part of a row takes what rounding leaves over."""
    several = pl.len().over("_row") > 1
    whole, split = placed.filter(~several), placed.filter(several)
    if split.is_empty():
        return whole
    ordered = split.sort("_row", "share", "to_product", descending=[False, True, False], nulls_last=True)
    largest = pl.int_range(pl.len()).over("_row") == 0
    scaled = [(pl.col(name) * pl.col("share")).alias(f"_{name}") for name in amounts]
    rest = [
        pl.when(largest)
        .then(pl.col(name) - pl.when(~largest).then(pl.col(f"_{name}")).sum().over("_row"))
        .otherwise(pl.col(f"_{name}"))
        .alias(name)
        for name in amounts
    ]
    exact = ordered.with_columns(scaled).with_columns(rest).drop([f"_{name}" for name in amounts])
    return pl.concat([whole, exact], how="vertical_relaxed")


def _with_caveat(flows: pl.DataFrame, key: str) -> pl.Expr:
    if "caveats" not in flows.columns:
        return pl.lit(key)
    texts = flows["caveats"].fill_null("").unique()
    joined = [_joined(f"{text} {key}") for text in texts]
    return pl.col("caveats").fill_null("").replace_strict(texts, joined, default=key, return_dtype=pl.String)


def _joined(text: str) -> str:
    return caveats.join(caveats.split(text))
