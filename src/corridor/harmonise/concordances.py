"""Which concordance leads from one classification to another, directly or over a third."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import polars as pl

from corridor.codes.classifications import classification
from corridor.errors import NothingFound

#: Columns of a pair: in the direction asked for, whichever way the table was printed.
PAIR = ("from_product", "to_product", "kind", "file")


def path(concordances: pl.DataFrame, source: str, target: str) -> tuple[str, ...]:
    """The classifications to pass from ``source`` to ``target``, both included: the fewest steps there are tables for.

    ``concordances`` has the columns of the stored table. A table may be read either way. Raises `UnknownName` for a
    code that is no classification, `NothingFound` where no tables lead there.
    """
    classification(source), classification(target)
    near = _neighbours(concordances)
    came_from: dict[str, str] = {source: ""}
    waiting = deque([source])
    while waiting and target not in came_from:
        here = waiting.popleft()
        for there in near.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if target not in came_from:
        raise _no_way(source, target, near)
    steps = [target]
    while came_from[steps[-1]]:
        steps.append(came_from[steps[-1]])
    return tuple(reversed(steps))


def pairs(concordances: pl.DataFrame, source: str, target: str) -> pl.DataFrame:
    """The pairs of codes from ``source`` to ``target``: columns `PAIR`; those without a counterpart are left out.

    Where tables were printed in both directions, the one printed in this direction counts.
    """
    onward = _printed(concordances, source, target)
    if onward.height:
        return onward.select(PAIR)
    back = _printed(concordances, target, source)
    return back.rename({"from_product": "to_product", "to_product": "from_product"}).select(PAIR)


def _printed(concordances: pl.DataFrame, source: str, target: str) -> pl.DataFrame:
    """The pairs as printed. Of several files of one pair of classifications the one added last counts."""
    rows = concordances.filter(
        (pl.col("from_classification") == source) & (pl.col("to_classification") == target)
    ).drop_nulls(["from_product", "to_product"])
    newest = rows.select("added", "source", "snapshot").unique().sort("added", "source", "snapshot").tail(1)
    return rows.join(newest, on=["added", "source", "snapshot"], how="semi")


def _neighbours(concordances: pl.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Each classification's neighbours in alphabetical order, so that of two equal ways always the same is taken."""
    found: dict[str, set[str]] = {}
    for one, other in concordances.select("from_classification", "to_classification").unique().iter_rows():
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {code: tuple(sorted(others)) for code, others in found.items()}


def _no_way(source: str, target: str, near: Mapping[str, tuple[str, ...]]) -> NothingFound:
    there = ", ".join(f"{one}–{other}" for one in sorted(near) for other in near[one] if one < other)
    return NothingFound(
        f"no concordances lead from {source} to {target}",
        next_step=f"add one with corridor add; there are: {there or 'none'}",
    )
