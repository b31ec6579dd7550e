"""All checks of one publisher's file: what they found, and what was not kept, as rows too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks.finding import FINDING
from corridor.harmonise.checks.hierarchy import hierarchies_that_do_not_add_up, parent_of
from corridor.harmonise.checks.row_counts import added_up, counted, jumps
from corridor.harmonise.checks.slips import slips_by_a_thousand
from corridor.harmonise.checks.unit_values import AT, apart, told, unit_value_outliers

#: Findings of one kind that are kept of a file, those farthest from what was expected.
MOST_FINDINGS = 1_000
NOT_CHECKED, NOT_KEPT = "not_checked", "not_kept"

Check = Callable[[pl.DataFrame], pl.DataFrame]

#: The columns that the checks need.
NEEDED = tuple(dict.fromkeys((*schema.FLOW_KEY, "value_usd", "net_weight_kg", "trace_id")))


@dataclass(frozen=True)
class Parts:
    """The flows of a file in parts that fit into memory; see `corridor.harmonise.parts`.

    ``products`` are all codes, ``periods`` how many there are. ``pairs`` gives the columns `NEEDED`, each pair in one
    part; ``goods`` what unit values are made of, of every row, in the publisher's codes; ``wide`` the columns `NEEDED`
    of the rows at some places among them, in their order.
    """

    products: pl.Series
    periods: int
    pairs: Callable[[], Iterator[pl.DataFrame]]
    goods: pl.LazyFrame
    wide: Callable[[pl.Series], pl.DataFrame]


def _row_counts(counts: pl.DataFrame) -> pl.DataFrame:
    """A file that was cut off is short for all partners; one partner's list of goods changes from year to year."""
    compared = counts if counts["period_end"].n_unique() > 1 else counts.clear()
    return jumps(compared if compared["partner"].n_unique() == 1 else added_up([compared], without=("partner",)))


def _slips(flows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([slips_by_a_thousand(flows, amount) for amount in ("value_usd", "net_weight_kg")])


#: What is compared within a pair, by the kind of what is found; row counts are compared over all pairs.
_OF_PAIRS: Mapping[str, Check] = {
    "parts_do_not_add_up": hierarchies_that_do_not_add_up,
    "slip_by_a_thousand": _slips,
}
_COUNTS, _OF_GOODS = "row_count_jump", "unit_value_outlier"
#: The checks of a file, by the kind of what they find.
CHECKS = (*_OF_PAIRS, _COUNTS, _OF_GOODS)


@dataclass
class Found:
    """What was found so far, by kind: of each the findings farthest from what was expected, and how many there were."""

    kept: dict[str, pl.DataFrame] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, more: pl.DataFrame) -> None:
        """Take in the findings of another part."""
        every = pl.concat([self.kept[kind], more]) if kind in self.kept else more
        self.counts[kind] = self.counts.get(kind, 0) + more.height
        self.kept[kind] = every if every.height <= MOST_FINDINGS else _farthest(every)

    def table(self) -> pl.DataFrame:
        """All of it: `FINDING`, with a row of the kind ``not_kept`` where there were more."""
        notes = [_too_many(kind, count) for kind, count in self.counts.items() if count > MOST_FINDINGS]
        return pl.concat([pl.DataFrame(schema=dict(FINDING)), *self.kept.values(), *notes], how="diagonal")


def check_file(flows: pl.DataFrame) -> pl.DataFrame:
    """What the checks find in the flows of one file, which have the columns `NEEDED`: `FINDING`.

    At most `MOST_FINDINGS` of a kind; a row of the kind ``not_kept`` says how many more there are.
    """
    found = Found()
    if flows.height:
        _check_pairs(flows, found)
        found.add(_COUNTS, _row_counts(counted(flows)))
        found.add(_OF_GOODS, unit_value_outliers(flows))
    return found.table()


def check_parts(parts: Parts) -> pl.DataFrame:
    """The same of a file that may be too long to be looked at whole."""
    found = Found()
    counts = []
    parents = parts.products.to_frame("product").select(parent_of("product")).to_series()
    if parts.periods > 1 or parents.is_in(parts.products.implode()).any():
        for rows in parts.pairs():
            _check_pairs(rows, found)
            counts.append(counted(rows))
    if parts.periods > 1:
        found.add(_COUNTS, _row_counts(added_up(counts)))
    odd = apart(parts.goods)
    found.add(_OF_GOODS, told(parts.wide(odd[AT]), odd))
    return found.table()


def _check_pairs(rows: pl.DataFrame, found: Found) -> None:
    for kind, check in _OF_PAIRS.items():
        found.add(kind, check(rows))


def _farthest(found: pl.DataFrame) -> pl.DataFrame:
    off = (pl.col("value") / pl.col("expected")).log().abs().fill_nan(None)
    return found.sort(off, descending=True, nulls_last=True, maintain_order=True).head(MOST_FINDINGS)


def _too_many(kind: str, count: int) -> pl.DataFrame:
    words = f"{kind}: {count:,} found, the {MOST_FINDINGS:,} farthest from what was expected are kept"
    return note(NOT_KEPT, words)


def note(kind: str, words: str) -> pl.DataFrame:
    """A row that is no finding, and says what was not done."""
    return pl.DataFrame([{"kind": kind, "evidence": words}], schema=dict(FINDING))
