"""A toy concordance whose answers can be worked out on paper.

Between H5 (codes 5...) and H4 (codes 4...):

- 500001 and 400001 are the same (1:1);
- 500002 and 500003 make up 400002 (n:1);
- 500004 falls into 400003 and 400004 (1:n);
- 500005 has something of 400005 and 400006, 500006 of both too (n:n); both convert into 400005;
- 500007 has no counterpart.
"""

from datetime import date

import polars as pl

CORRELATIONS = [
    ("500001", "400001", "1:1"),
    ("500002", "400002", "n:1"),
    ("500003", "400002", "n:1"),
    ("500004", "400003", "1:n"),
    ("500004", "400004", "1:n"),
    ("500005", "400005", "n:n"),
    ("500005", "400006", "n:n"),
    ("500006", "400005", "n:n"),
    ("500006", "400006", "n:n"),
    ("500007", None, None),
]
CONVERSIONS = [
    ("500001", "400001"),
    ("500002", "400002"),
    ("500003", "400002"),
    ("500004", "400003"),
    ("500005", "400005"),
    ("500006", "400005"),
]


def concordance(
    source: str, target: str, correlations: list[tuple], conversions: list[tuple] = (), added: date = date(2025, 1, 1)
) -> pl.DataFrame:
    rows = [(*pair, "correlation") for pair in correlations] + [(*pair, None, "conversion") for pair in conversions]
    return pl.DataFrame(
        rows,
        schema={"from_product": pl.String, "to_product": pl.String, "relationship": pl.String, "kind": pl.String},
        orient="row",
    ).with_columns(
        from_classification=pl.lit(source),
        to_classification=pl.lit(target),
        part=pl.lit(None, dtype=pl.Boolean),
        source=pl.lit("un_concordances"),
        file=pl.lit(f"{source}{target}.xlsx"),
        snapshot=pl.lit(f"{source}{target}{added}"),
        trace_id=pl.lit(f"{source}{target}/1/1"),
        added=pl.lit(added),
    )


def toy() -> pl.DataFrame:
    return concordance("H5", "H4", CORRELATIONS, CONVERSIONS)


def flows(classification: str, values: dict[str, float], **more: object) -> pl.DataFrame:
    return pl.DataFrame(
        {"product": list(values), "value_usd": [float(value) for value in values.values()]},
        schema={"product": pl.String, "value_usd": pl.Float64},
    ).with_columns(
        reporter=pl.lit("RUS"),
        partner=pl.lit("VNM"),
        flow=pl.lit("export"),
        classification=pl.lit(classification),
        period_end=pl.lit(date(2020, 12, 31)),
        caveats=pl.lit(""),
        trace_id=pl.format("t/{}", "product"),
        **{name: pl.lit(value) for name, value in more.items()},
    )


def values(table: pl.DataFrame) -> dict[str, float]:
    return dict(table.sort("product").select("product", "value_usd").iter_rows())
