"""All checks of one publisher's file: what they found, and what was not checked or not kept, as rows too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from corridor.codes import schema
from corridor.codes.products import TOTAL
from corridor.harmonise.checks.finding import FINDING
from corridor.harmonise.checks.hierarchy import hierarchies_that_do_not_add_up
from corridor.harmonise.checks.row_counts import row_count_jumps
from corridor.harmonise.checks.slips import slips_by_a_thousand
from corridor.harmonise.checks.unit_values import unit_value_outliers

#: Longer files are not checked: the checks need whole columns in memory, and adding a file must not.
MOST_ROWS = 1_000_000
#: Findings of one kind that are kept of a file, those farthest from what was expected.
MOST_FINDINGS = 1_000
NOT_CHECKED, NOT_KEPT = "not_checked", "not_kept"

Check = Callable[[pl.DataFrame], pl.DataFrame]

_NEEDED = tuple(dict.fromkeys((*schema.FLOW_KEY, "value_usd", "net_weight_kg", "trace_id")))


def _unit_values(flows: pl.DataFrame) -> pl.DataFrame:
    """A kilogram of all goods together has no unit value to compare."""
    return unit_value_outliers(flows.filter(pl.col("product") != TOTAL))


def _row_counts(flows: pl.DataFrame) -> pl.DataFrame:
    """A file that was cut off is short for all partners; one partner's list of goods changes from year to year."""
    compared = flows if flows["period_end"].n_unique() > 1 else flows.clear()
    return row_count_jumps(compared if compared["partner"].n_unique() == 1 else compared.drop("partner"))


def _slips(flows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([slips_by_a_thousand(flows, amount) for amount in ("value_usd", "net_weight_kg")])


#: The checks of a file, by the kind of what they find.
CHECKS: Mapping[str, Check] = {
    "parts_do_not_add_up": hierarchies_that_do_not_add_up,
    "unit_value_outlier": _unit_values,
    "row_count_jump": _row_counts,
    "slip_by_a_thousand": _slips,
}


def check_file(flows: pl.LazyFrame, height: int) -> pl.DataFrame:
    """What the checks find in the ``height`` flows of one file: `FINDING`.

    At most `MOST_FINDINGS` of a kind; a row of the kind ``not_kept`` says how many more there are. Of a file of more
    than `MOST_ROWS` flows nothing is checked and each check has a row of the kind ``not_checked``.
    """
    if not height:
        return pl.DataFrame(schema=dict(FINDING))
    if height > MOST_ROWS:
        words = f"the file has {height:,} flows, files of up to {MOST_ROWS:,} are checked"
        return pl.concat([_note(NOT_CHECKED, f"{kind}: {words}") for kind in CHECKS])
    rows = flows.select(_NEEDED).collect()
    return pl.concat([found for kind, check in CHECKS.items() for found in _kept(kind, check(rows))])


def _kept(kind: str, found: pl.DataFrame) -> list[pl.DataFrame]:
    if found.height <= MOST_FINDINGS:
        return [found]
    off = (pl.col("value") / pl.col("expected")).log().abs().fill_nan(None)
    farthest = found.sort(off, descending=True, nulls_last=True, maintain_order=True).head(MOST_FINDINGS)
    words = f"{kind}: {found.height:,} found, the {MOST_FINDINGS:,} farthest from what was expected are kept"
    return [farthest, _note(NOT_KEPT, words)]


def _note(kind: str, words: str) -> pl.DataFrame:
    return pl.DataFrame([{"kind": kind, "evidence": words}], schema=dict(FINDING))
