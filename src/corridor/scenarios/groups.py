"""Tariff lines under a customs office's own groups, approximately.

No official table leads from Viet Nam customs' groups to the Harmonized System: the headings of a group are our own
assignment, so everything computed through them is approximate and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from corridor.codes import products
from corridor.codes.products import Flow


def lines_of_groups(lines: Iterable[str], flow: Flow = "import") -> pl.DataFrame:
    """Which groups a line may lie in: ``product`` (a code of four digits or more) and ``group``, approximately.

    A line whose heading two groups share stands under both; one that no group claims is left out, and lies in the
    residual group.
    """
    claimed: dict[str, list[str]] = {}
    for code in {row.code for row in products.rows(flow)}:
        for heading in _headings(code, flow):
            claimed.setdefault(heading, []).append(code)
    pairs = [(line, code) for line in sorted(set(lines)) for code in sorted(claimed.get(line[:4], ()))]
    return pl.DataFrame(pairs, schema={"product": pl.String, "group": pl.String}, orient="row")


def _headings(code: str, flow: Flow) -> Iterator[str]:
    for span in products.headings(code, flow):
        first, _, last = span.partition("-")
        yield from (f"{number:04}" for number in range(int(first), int(last or first) + 1))
