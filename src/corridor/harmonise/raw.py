"""A reading in the publisher's words becomes rows of our tables.

No label is guessed. A block with an unknown label, or whose rows do not add up to its printed total, is set
aside whole: its rows go to ``not_understood`` with the reason, because a block with a hole would make every
share in it wrong without a sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.codes.products import TOTAL
from corridor.codes.units import KG_PER_TONNE
from corridor.evidence import Reading
from corridor.harmonise.checks import blocks_that_do_not_add_up
from corridor.harmonise.exchange import NO_RATES, dollars
from corridor.harmonise.lookups import Lookups, unknown
from corridor.harmonise.not_understood import not_understood, refused


@dataclass(frozen=True)
class Harmonised:
    """One publisher's file as rows of the stored tables (columns of `schema.TABLES`)."""

    flows: pl.DataFrame
    quantities: pl.DataFrame
    coverage: pl.DataFrame
    not_understood: pl.DataFrame


def harmonise(
    reading: Reading, *, lookups: Lookups, snapshot: str, file: str, added: date, rates: pl.DataFrame = NO_RATES
) -> Harmonised:
    """Put one reading into our words and tables.

    ``snapshot`` is the SHA-256 of the file, ``file`` the name under which it was added. ``rates`` are the stored
    exchange rates; raises `MissingRate` for values in another currency without one.
    """
    faults = _faults(reading, lookups)
    named = _named(reading.rows, lookups, reading)
    good = named.join(faults, on="block", how="anti")
    keyed = _keyed(good, reading, lookups, snapshot, added)
    return Harmonised(
        flows=dollars(keyed.drop_nulls("value"), rates).select(schema.columns("flows")),
        quantities=_quantities(keyed),
        coverage=pl.concat([_coverage(keyed), _coverage_of_faults(named, faults, reading, lookups, snapshot, added)]),
        not_understood=_not_understood(reading, faults, snapshot, file, added),
    )


def _faults(reading: Reading, lookups: Lookups) -> pl.DataFrame:
    """One row a faulty block: ``block, reason``; the first reason found stands."""
    parts = [
        _unknown_areas(reading.rows, lookups),
        _unknown_products(reading.rows, lookups),
        _unknown_units(reading.rows, lookups),
    ]
    if reading.table in lookups.adds_up:
        parts.append(blocks_that_do_not_add_up(reading.rows).with_columns(pl.col("block").cast(pl.Int64)))
    return pl.concat(parts).unique("block", keep="first", maintain_order=True)


_FAULT_SCHEMA = {"block": pl.Int64, "reason": pl.String}


def _blocks_with(rows: pl.DataFrame, column: str, reasons: dict[str, str]) -> pl.DataFrame:
    if not reasons:
        return pl.DataFrame(schema=_FAULT_SCHEMA)
    table = pl.DataFrame({column: list(reasons), "reason": list(reasons.values())})
    return rows.join(table, on=column).select(pl.col("block").cast(pl.Int64), "reason").unique(maintain_order=True)


def _unknown_areas(rows: pl.DataFrame, lookups: Lookups) -> pl.DataFrame:
    labels = rows["partner_label"].unique().to_list()
    reasons = {label: unknown("partner", label, lookups.areas) for label in labels if label not in lookups.areas}
    return _blocks_with(rows, "partner_label", reasons)


def _unknown_units(rows: pl.DataFrame, lookups: Lookups) -> pl.DataFrame:
    labels = rows["unit_label"].drop_nulls().unique().to_list()
    reasons = {label: unknown("unit", label, lookups.units) for label in labels if label not in lookups.units}
    return _blocks_with(rows, "unit_label", reasons)


def _unknown_products(rows: pl.DataFrame, lookups: Lookups) -> pl.DataFrame:
    table = product_codes(rows, lookups).filter(pl.col("product").is_null())
    known = [entry.label for entry in lookups.products]
    reasons = {
        label: unknown(f"group on the {flow} list", label, known)
        for label, flow in table.select("product_label", "flow").iter_rows()
    }
    return _blocks_with(rows, "product_label", reasons)


def product_codes(rows: pl.DataFrame, lookups: Lookups) -> pl.DataFrame:
    """Every printed group label of ``rows`` with its code: ``product_label, flow, period_end, product``."""
    keys = rows.drop_nulls("product_label").select("product_label", "flow", "period_end").unique(maintain_order=True)
    codes = [lookups.product(label, flow, end) for label, flow, end in keys.iter_rows()]
    return keys.with_columns(product=pl.Series(codes, dtype=pl.String))


def _named(rows: pl.DataFrame, lookups: Lookups, reading: Reading) -> pl.DataFrame:
    has_products = rows["product_label"].is_not_null().any()
    return (
        rows.join(product_codes(rows, lookups), on=["product_label", "flow", "period_end"], how="left")
        .with_columns(
            pl.when(pl.col("product_label").is_null()).then(pl.lit(TOTAL)).otherwise("product").alias("product"),
            partner=_mapped("partner_label", lookups.areas),
            quantity_unit=_mapped("unit_label", {k: v for k, v in lookups.units.items() if v}),
            classification=pl.lit(lookups.classification if has_products else TOTAL),
            reporter=_reporter(rows, reading),
            block=pl.col("block").cast(pl.Int64),
        )
        .sort("block", "row", maintain_order=True)
    )


def _reporter(rows: pl.DataFrame, reading: Reading) -> pl.Expr:
    """Whose report a row is: the file's reporter, or the row's own where a file holds several."""
    return pl.col("reporter") if "reporter" in rows.columns else pl.lit(reading.reporter)


def _mapped(column: str, mapping: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(mapping, default=None, return_dtype=pl.String)


def _keyed(rows: pl.DataFrame, reading: Reading, lookups: Lookups, snapshot: str, added: date) -> pl.DataFrame:
    published = reading.published or added
    caveats = "" if reading.published else "published_is_added"
    return rows.with_columns(
        source=pl.lit(reading.source),
        release=pl.lit(reading.release),
        table=pl.lit(reading.table),
        edition=pl.lit(reading.edition),
        currency=pl.lit(reading.currency),
        maturity=pl.lit(reading.maturity),
        valuation=_mapped("flow", lookups.valuation),
        published=pl.lit(published, dtype=pl.Date),
        added=pl.lit(added, dtype=pl.Date),
        caveats=pl.lit(caveats),
        snapshot=pl.lit(snapshot),
        trace_id=pl.concat_str(pl.lit(snapshot[:16]), "page", pl.col("row").cast(pl.String), separator="/"),
        net_weight_kg=pl.when(pl.col("quantity_unit") == "t").then(pl.col("quantity") * KG_PER_TONNE),
        quantity=pl.when(pl.col("quantity_unit").is_not_null()).then("quantity"),
    )


def _quantities(keyed: pl.DataFrame) -> pl.DataFrame:
    return keyed.filter(pl.col("value").is_null() & pl.col("quantity").is_not_null()).select(
        schema.columns("quantities")
    )


def _status() -> pl.Expr:
    return (
        pl.when(pl.col("value").is_null())
        .then(pl.lit("blank"))
        .when(pl.col("value") == 0)
        .then(pl.lit("zero"))
        .otherwise(pl.lit("reported"))
    )


def _coverage(keyed: pl.DataFrame) -> pl.DataFrame:
    """One row a partner's total, and one for each group that is not plainly a value."""
    rows = keyed.with_columns(status=_status())
    return (
        rows.filter((pl.col("product") == TOTAL) | (pl.col("status") != "reported"))
        .with_columns(product=pl.col("product").replace({TOTAL: "all"}))
        .select(schema.columns("coverage"))
    )


def _coverage_of_faults(
    named: pl.DataFrame, faults: pl.DataFrame, reading: Reading, lookups: Lookups, snapshot: str, added: date
) -> pl.DataFrame:
    blocks = (
        named.join(faults.select("block"), on="block")
        .drop_nulls("partner")
        .unique(["block", "flow", "period_end", "cumulative"], keep="first", maintain_order=True)
    )
    return (
        _keyed(blocks, reading, lookups, snapshot, added)
        .with_columns(product=pl.lit("all"), status=pl.lit("not_understood"))
        .select(schema.columns("coverage"))
    )


def _not_understood(reading: Reading, faults: pl.DataFrame, snapshot: str, file: str, added: date) -> pl.DataFrame:
    set_aside = (
        reading.rows.with_columns(pl.col("block").cast(pl.Int64))
        .join(faults, on="block", maintain_order="left")
        .with_columns(text=_words())
        .group_by("page", "row", "block", "reason", maintain_order=True)
        .agg(pl.col("text").unique(maintain_order=True).str.join(" | "))
        .select("page", pl.col("row").cast(pl.Int64), "text", "reason")
    )
    aside = pl.concat([refused(reading.refusals), set_aside])
    return not_understood(aside, source=reading.source, snapshot=snapshot, file=file, added=added)


def _words() -> pl.Expr:
    return pl.concat_str(
        "partner_label",
        "product_label",
        "unit_label",
        pl.when("cumulative").then(pl.lit("cumulative")).otherwise(pl.lit("period")),
        pl.col("quantity").cast(pl.String),
        pl.col("value").cast(pl.String),
        separator=" · ",
        ignore_nulls=True,
    )
