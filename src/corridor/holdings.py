"""What is held: the stored rows as published by a day, and the bundled figures where no file speaks of the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from corridor import sample
from corridor.codes import schema
from corridor.harmonise.coverage import PublishedTable
from corridor.harmonise.reconciled import both_sides
from corridor.store import Store
from corridor.study.tables import Publisher, Tables

#: Rank of a source that only the bundled figures speak of: an international organisation, or the press.
INTERNATIONAL = 2
#: Where the bundled figures and a publisher's own file speak of the same table, the file is taken.
_GIVES_WAY = ("source", "release", "table", "reporter", "flow", "period_end", "cumulative")
#: A file of chosen cells says nothing of other partners, so theirs stay.
_BY_CELL = (*_GIVES_WAY, "partner")


@dataclass(frozen=True)
class Holdings:
    """A data folder and the bundled figures together, as published by ``as_of`` (None: today)."""

    store: Store
    as_of: date | None = None

    def tables(self, where: pl.Expr | None, sources: Collection[str] | None) -> Tables:
        """The current rows of every table; ``where`` keeps some, ``sources`` what these publishers printed."""
        return Tables(
            flows=self.flows(where, sources),
            quantities=self._rows("quantities", where, sources),
            coverage=self._rows("coverage", where, sources),
            facts=self.facts(),
            publishers=_publishers(),
            calendar=_calendar(),
            as_of=self.as_of,
        )

    def flows(self, where: pl.Expr | None, sources: Collection[str] | None = None) -> pl.DataFrame:
        """The current flows; where two sides' own reports are reconciled by their publisher, as each of them said."""
        return both_sides(self._rows("flows", where, sources).lazy()).collect()

    def unread_flows(self) -> pl.LazyFrame:
        """Every one of `flows`, read when it is collected, and then only what is asked of it."""
        columns = schema.columns("flows")
        stored = self.store.current("flows", as_of=self.as_of).select(columns)
        return both_sides(pl.concat([stored, self._bundled("flows", None).lazy()]))

    def _rows(self, name: str, where: pl.Expr | None, sources: Collection[str] | None) -> pl.DataFrame:
        stored = self.store.current(name, as_of=self.as_of, where=where, sources=sources).collect()
        alone = name != "coverage" and stored.is_empty()
        return pl.concat([stored.select(schema.columns(name)), self._bundled(name, where, alone=alone)])

    def _bundled(self, name: str, where: pl.Expr | None, *, alone: bool = False) -> pl.DataFrame:
        """The bundled figures of a table; of those that a publisher's file speaks of only where they stand alone."""
        figures: pl.DataFrame = getattr(sample.load(), name)
        if where is not None:
            figures = figures.filter(where)
        if self.as_of is not None:
            figures = figures.filter(pl.col("published") <= self.as_of)
        if figures.height and not alone:
            whole, cells = self._spoken_of
            figures = figures.join(whole, on=_GIVES_WAY, how="anti", nulls_equal=True)
            figures = figures.join(cells, on=_BY_CELL, how="anti", nulls_equal=True)
        return figures.select(schema.columns(name))

    @cached_property
    def _spoken_of(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """What the publishers' own files say of the bundled figures' tables: whole tables, and chosen cells."""
        bundled = sample.load().coverage["source"].unique().to_list()
        held = self.store.current("flows", as_of=self.as_of, sources=bundled).select(_BY_CELL).unique().collect()
        chosen = pl.col("table").str.ends_with(schema.SELECTION)
        cells = held.filter(chosen).with_columns(pl.col("table").str.strip_suffix(schema.SELECTION))
        return held.filter(~chosen), cells

    def facts(self) -> pl.DataFrame:
        """Published figures without a table, as known by then."""
        # Press figures carry no date of print of their own: they were known on the day they were typed in.
        bundled = sample.load().facts
        known = bundled if self.as_of is None or self.as_of >= sample.SAMPLE_DATE else bundled.clear()
        return pl.concat([self.store.current("facts", as_of=self.as_of).collect(), known])


def _publishers() -> Mapping[str, Publisher]:
    from corridor.sources import card, source_ids

    cards = {
        source: Publisher(source, card(source).publisher.area, card(source).rank, card(source).compiled())
        for source in source_ids()
    }
    bundled = sorted(sample.load().flows["source"].unique())
    return {**{source: Publisher(source, "", INTERNATIONAL) for source in bundled}, **cards}


def _calendar() -> tuple[PublishedTable, ...]:
    from corridor.sources import card, source_ids

    return tuple(
        PublishedTable(
            source,
            each.table,
            each.flow,
            card(source).publisher.area,
            each.since,
            each.until,
            each.release,
            each.cumulative,
        )
        for source in source_ids()
        for each in card(source).calendar
        if each.by_partner
    )
