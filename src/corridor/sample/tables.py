"""The bundled figures as rows of our tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from corridor.codes import schema
from corridor.codes.units import KG_PER_TONNE
from corridor.sample.citations import SAMPLE_DATE, citations, editions

#: Files of figures, in the order of the rows.
FIGURES = ("groups", "totals", "partners", "market", "mirror", "world")
#: Files of published facts, in the order of the rows.
FACTS = ("regions", "countries", "published")

#: Coverage says "all" for a partner's total; flows say TOTAL.
_TOTAL, _ALL = "TOTAL", "all"

_FIGURE_COLUMNS: dict[str, type[pl.DataType]] = {
    "citation": pl.String,
    "period": pl.String,
    "partner": pl.String,
    "product": pl.String,
    "value_usd": pl.Float64,
    "quantity": pl.Float64,
    "unit": pl.String,
    "status": pl.String,
    "caveats": pl.String,
}
_FILLED_IN = ("source", "snapshot", "trace_id")
_TYPES: dict[schema.Type, type[pl.DataType]] = {"text": pl.String, "number": pl.Float64, "date": pl.Date}


@dataclass(frozen=True)
class SampleTables:
    """The bundled figures; each frame has the columns of `schema.TABLES` of its name, in order."""

    flows: pl.DataFrame
    quantities: pl.DataFrame
    coverage: pl.DataFrame
    facts: pl.DataFrame


@cache
def load() -> SampleTables:
    """Every bundled figure. Reads the package's own files once; the frames are shared and must not be changed."""
    rows = _figures()
    return SampleTables(flows=_flows(rows), quantities=_quantities(rows), coverage=_coverage(rows), facts=_facts())


@cache
def read(name: str) -> pl.DataFrame:
    """One bundled CSV file as written, one row a line, with ``snapshot`` and ``line`` (the header is line 1)."""
    types = _fact_columns() if name in FACTS else _FIGURE_COLUMNS
    lines = pl.read_csv((files(__package__) / f"{name}.csv").read_bytes(), schema=types)
    return lines.with_row_index("line", offset=2).with_columns(snapshot=pl.lit(f"sample:{name}"))


def _fact_columns() -> dict[str, type[pl.DataType]]:
    names = [name for name in schema.columns("facts") if name not in _FILLED_IN]
    return {name: _TYPES[schema.COLUMNS[name].type] for name in names}


def _figures() -> pl.DataFrame:
    """Every line of the files of figures with what its citation and edition say of it."""
    return (
        pl.concat([read(name) for name in FIGURES])
        .join(_citations(), on="citation", how="left", maintain_order="left")
        .with_columns(printed_table=pl.concat_str("table", "period", separator=" "))
        .join(_editions(), on="printed_table", how="left", maintain_order="left")
        .with_columns(_period_start(), _period_end(), _edition(), _caveats(), _trace_id("citation"))
        .with_columns(
            value=pl.col("value_usd"),
            currency=pl.lit("USD"),
            rate_source=pl.lit(None, dtype=pl.String),
            quantity_unit=pl.col("unit"),
            net_weight_kg=pl.when(pl.col("unit") == "t").then(pl.col("quantity") * KG_PER_TONNE),
            published=pl.col("printed").fill_null(SAMPLE_DATE),
            added=pl.lit(SAMPLE_DATE),
        )
    )


def _citations() -> pl.DataFrame:
    left_out = ("title", "publishers", "section", "address", "file")
    rows = [{"citation": key, **asdict(citation)} for key, citation in citations().items()]
    return pl.DataFrame(rows).drop(left_out).rename({"edition": "cited_edition", "caveats": "cited_caveats"})


def _editions() -> pl.DataFrame:
    rows = [(key, edition.printed, edition.words()) for key, edition in editions().items()]
    types = {"printed_table": pl.String, "printed": pl.Date, "words": pl.String}
    return pl.DataFrame(rows, schema=types, orient="row")


def _year() -> pl.Expr:
    return pl.col("period").str.slice(0, 4).str.to_integer()


def _month() -> pl.Expr:
    return pl.col("period").str.slice(5, 2).str.to_integer(strict=False)


def _period_start() -> pl.Expr:
    month = pl.when("cumulative").then(1).otherwise(_month().fill_null(1))
    return pl.date(_year(), month, 1).alias("period_start")


def _period_end() -> pl.Expr:
    return pl.date(_year(), _month().fill_null(12), 1).dt.month_end().alias("period_end")


def _edition() -> pl.Expr:
    composed = pl.concat_str("printed_table", "words", ignore_nulls=True)
    return pl.when(pl.col("cited_edition") != "").then("cited_edition").otherwise(composed).alias("edition")


def _caveats() -> pl.Expr:
    cited = pl.when(pl.col("cited_caveats") != "").then("cited_caveats")
    undated = pl.when(pl.col("printed").is_null()).then(pl.lit("published_is_added"))
    return pl.concat_str("caveats", cited, undated, separator=" ", ignore_nulls=True).alias("caveats")


def _trace_id(section: str) -> pl.Expr:
    return pl.concat_str("snapshot", section, "line", separator="/").alias("trace_id")


def _flows(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop_nulls("value_usd").select(schema.columns("flows"))


def _quantities(rows: pl.DataFrame) -> pl.DataFrame:
    unvalued = pl.col("value_usd").is_null() & pl.col("quantity").is_not_null()
    return rows.filter(unvalued).select(schema.columns("quantities"))


def _coverage(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a partner's total, and one for each absence that a line names."""
    estimated = pl.col("maturity") == "estimated"
    said = pl.when(estimated).then(pl.lit("estimated")).otherwise(pl.lit("reported"))
    return (
        rows.filter((pl.col("product") == _TOTAL) | pl.col("status").is_not_null())
        .with_columns(pl.col("status").fill_null(said), pl.col("product").replace({_TOTAL: _ALL}))
        .select(schema.columns("coverage"))
    )


def _facts() -> pl.DataFrame:
    lines = pl.concat([read(name) for name in FACTS])
    return lines.with_columns(
        _trace_id("fact"), source=pl.lit("published_facts"), caveats=pl.col("caveats").fill_null("")
    ).select(schema.columns("facts"))
