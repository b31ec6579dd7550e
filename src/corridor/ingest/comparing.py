"""A publisher's files compared with one another: what is found is kept with the file that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import polars as pl

from corridor.codes import schema
from corridor.harmonise.checks import between_files as between
from corridor.harmonise.checks import of_file
from corridor.ingest.checking import rows_of
from corridor.store import Ingest, Store, Writer

#: Of more flows than these only the sums are compared, which need not be held at once.
MOST_ROWS = 2_000_000

_NEEDED = (*of_file.NEEDED, "snapshot")
_PERIOD = ("period_start", "period_end")
#: What says which file a sum is of, where no file speaks of what another speaks of.
_OF_FILE = ["release", "reporter", "flow", "freq", *_PERIOD, "cumulative"]
_SUMS = (pl.len().alias("rows"), pl.col("value_usd").sum(), pl.col("net_weight_kg").sum())


def compare(store: Store, writer: Writer, sources: Collection[str]) -> Mapping[str, int]:
    """Compare all files held of each source, and keep what is found in ``checks``; counts by kind.

    What an earlier comparison of them found gives way, so that the answer depends on what is held alone; where the
    same files were compared before, nothing is done.
    """
    counts: Counter[str] = Counter()
    for source in sorted(each for each in sources if not writer.is_compared(each)):
        held = [each for each in writer.ingests.values() if each.source == source and each.rows.get("flows")]
        if len(held) > 1:
            found = _found(store, source, sum(each.rows["flows"] for each in held))
            counts.update(dict(found.group_by("kind").len().iter_rows()))
            _keep(store, writer, held, found)
            # Noted last: after a kill in between the files are compared when one of them is named again.
            writer.note_compared(source)
    return dict(sorted(counts.items()))


def _found(store: Store, source: str, height: int) -> pl.DataFrame:
    """What is found between the files of a source that holds so many flows: `FINDING` and ``snapshot``."""
    told = store.current("checks").filter(pl.col("source") == source, ~_is_between()).collect()
    if height > MOST_ROWS:
        found = between.between_files(_long_totals(store, source), None, told).table()
        words = f"{between.SLIPS}: {height:,} flows are held, of more than {MOST_ROWS:,} only sums are compared"
        return pl.concat([found, of_file.note(of_file.NOT_CHECKED, words)], how="diagonal")
    rows = store.current("flows", sources=[source]).select(_NEEDED).collect()
    named = rows.with_columns(table=between.kind_of_table())
    totals = named.group_by(*between.SERIES, "partner", *_PERIOD, "snapshot").agg(_SUMS)
    return between.between_files(totals.select(between.TOTALS), named, told).table()


def _long_totals(store: Store, source: str) -> pl.DataFrame:
    """The sums of millions of flows, by reporter; of selections by pair. Only what differs is asked of every row."""
    said = store.pairs(where=pl.col("source") == source).collect()
    spoken = store.current("coverage", sources=[source]).select("table", "snapshot", *_OF_FILE)
    files = spoken.group_by(_OF_FILE).agg(pl.col("table", "snapshot").min()).collect()
    pairs = files["table"].str.ends_with(schema.SELECTION).any()
    asked = [name for name in said.columns if name != "partner" or pairs]
    keys = [name for name in asked if said[name].n_unique() > 1] or ["reporter"]
    summed = store.added_up(keys, source)
    rest = said.select(name for name in asked if name not in keys).head(1)
    totals = summed.join(rest, how="cross") if rest.width else summed
    if not pairs:
        totals = totals.with_columns(partner=pl.lit(None, dtype=pl.String))
    placed = totals.join(files.with_columns(table=between.kind_of_table()), on=_OF_FILE, how="left", nulls_equal=True)
    return placed.select(between.TOTALS)


def _keep(store: Store, writer: Writer, held: Collection[Ingest], found: pl.DataFrame) -> None:
    """Put the findings in the place of what was found between the files before, each with its file."""
    last = max(held, key=lambda each: each.id).snapshot
    placed = found.with_columns(pl.col("snapshot").fill_null(last))
    old = store.current("checks").filter(pl.col("snapshot").is_in([each.snapshot for each in held])).collect()
    changed = {}
    for each in held:
        before = old.filter(pl.col("snapshot") == each.snapshot)
        rows = rows_of(
            placed.filter(pl.col("snapshot") == each.snapshot).drop("snapshot"),
            source=each.source, snapshot=each.snapshot, file=each.file, added=each.added,
        )  # fmt: skip
        after = pl.concat([before.filter(~_is_between()), rows])
        if set(after.rows()) != set(before.rows()):
            changed[each.snapshot] = after
    if changed:
        writer.replace("checks", changed)


def _is_between() -> pl.Expr:
    """Findings between files, and the notes beside them, which begin with their kind."""
    noted = pl.any_horizontal(pl.col("evidence").str.starts_with(f"{kind}:") for kind in between.KINDS)
    return pl.col("finding").is_in(between.KINDS) | noted.fill_null(value=False)
