"""The trade that a potential is measured in: one period of a world, read once, added up once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from corridor.codes import frames

CELL = ("exporter", "importer", "product")


class World:
    """The world's trade, and the part of it that concerns the exporters and importers asked for.

    Trade of an economy with itself (goods returned) is left out. Raises: MissingColumns, UnfitTable.
    """

    def __init__(self, trade: Any, exporters: Sequence[str] | None, importers: Sequence[str] | None) -> None:
        table = frames.enter(trade)
        frames.check(table, values=["value_usd"])
        rows = table.select(*CELL, value_usd=frames.number("value_usd"))
        self.rows = rows.filter(nw.col("exporter") != nw.col("importer"))
        self._exporters, self._importers = exporters, importers
        self.near = held(self.rows.filter(self._concerns())) if exporters and importers else self.rows

    def _concerns(self) -> nw.Expr:
        # The exporters' own imports belong to their balance.
        buyers = [*(self._importers or ()), *(self._exporters or ())]
        return nw.col("exporter").is_in(list(self._exporters or ())) | nw.col("importer").is_in(buyers)

    def exports(self) -> frames.Table:
        """``exporter, product, exports_usd`` of the exporters asked for, to everybody."""
        return self._sum(self._of("exporter", self._exporters), ("exporter", "product"), "exports_usd")

    def imports(self) -> frames.Table:
        """``importer, product, imports_usd`` of the importers asked for, from everybody."""
        return self._sum(self._of("importer", self._importers), ("importer", "product"), "imports_usd")

    def own_imports(self) -> frames.Table:
        """``exporter, product, own_imports_usd``: what the exporters asked for import themselves."""
        table = self._sum(self._of("importer", self._exporters), ("importer", "product"), "own_imports_usd")
        return table.rename({"importer": "exporter"})

    def suppliers(self) -> frames.Table:
        """The rows of the importers asked for, from all their suppliers."""
        return self._of("importer", self._importers)

    def sales(self) -> frames.Table:
        """The rows of the exporters asked for, to all their markets."""
        return self._of("exporter", self._exporters)

    def realised(self) -> frames.Table:
        """``exporter, importer, product, realised_usd`` between those asked for."""
        both = self._of("importer", self._importers)
        if self._exporters:
            both = both.filter(nw.col("exporter").is_in(list(self._exporters)))
        return self._sum(both, CELL, "realised_usd")

    def _of(self, side: str, codes: Sequence[str] | None) -> frames.Table:
        return self.near.filter(nw.col(side).is_in(list(codes))) if codes else self.rows

    def _sum(self, table: frames.Table, keys: tuple[str, ...], name: str) -> frames.Table:
        return held(table.group_by(*keys).agg(nw.col("value_usd").sum().alias(name)))


def held(table: frames.Table) -> frames.Table:
    """The table computed now where it is a Polars plan: what several results need is not worth computing twice."""
    return table.collect().lazy() if table.implementation.is_polars() else table
