"""Years in several revisions of HS: told in one, or as reported with the caveat."""

from __future__ import annotations

from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.harmonise.reconciled import both_sides
from corridor.harmonise.revisions import one_revision
from corridor.store.types import TYPES

TYPED = dict(TYPES["flows"])


def flows(*rows: dict[str, object]) -> pl.DataFrame:
    usual: dict[str, object] = {
        "source": "un_comtrade", "release": "official", "table": "goods A*", "reporter": "USA", "partner": "VNM",
        "flow": "import", "classification": "H4", "product": "010101", "freq": "A", "period_start": date(2016, 1, 1),
        "period_end": date(2016, 12, 31), "cumulative": False, "value": 1.0, "value_usd": 1.0, "caveats": "",
        "trace_id": "a/1/1",
    }  # fmt: skip
    table = pl.DataFrame([{**usual, **row} for row in rows], schema_overrides=TYPED)
    return table.select(
        pl.col(name) if name in table.columns else pl.lit(None, dtype=TYPED[name]).alias(name)
        for name in schema.columns("flows")
    )


YEAR = {"classification": "H5", "period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}


def concordances(*pairs: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"from_classification": "H5", "from_product": one, "to_classification": "H4", "to_product": other}
            for one, other in pairs
        ],
        schema=dict.fromkeys(("from_classification", "from_product", "to_classification", "to_product"), pl.String),
    )


def test_one_revision_alone_is_left_as_it_is() -> None:
    rows = flows({}, {"product": "020202"})
    assert one_revision(rows, ("USA", "VNM"), concordances()).equals(rows)


def test_without_concordances_the_rows_stand_as_reported_with_the_caveat() -> None:
    told = one_revision(flows({}, {**YEAR, "product": "010102", "value_usd": 5.0}), ("USA", "VNM"), concordances())
    beside = told.filter(pl.col("classification") == "HS").sort("period_end")
    assert beside.select("product", "value_usd", "caveats").rows() == [
        ("010101", 1.0, "hs_revision_changed"),
        ("010102", 5.0, "hs_revision_changed"),
    ]
    assert told.height == 4


def test_another_pair_does_not_change_this_one() -> None:
    rows = flows({}, {**YEAR, "partner": "CHN"})
    assert one_revision(rows, ("USA", "VNM"), concordances()).equals(rows)


def test_a_reconciled_flow_answers_for_both_sides() -> None:
    rows = flows({"source": "baci", "reporter": "VNM", "partner": "USA", "flow": "export", "caveats": "reconciled"}, {})
    told = both_sides(rows.lazy()).collect()
    assert told.select("source", "reporter", "partner", "flow", "value_usd").rows() == [
        ("baci", "VNM", "USA", "export", 1.0),
        ("un_comtrade", "USA", "VNM", "import", 1.0),
        ("baci", "USA", "VNM", "import", 1.0),
    ]
