"""Annual series of everybody's trade by product, found in one pass over the stored flows and read year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from corridor.codes.classifications import SERVICES, has_levels
from corridor.codes.frames import TOTALS
from corridor.codes.whole_years import is_printed_year, is_whole_year
from corridor.evidence import Finding
from corridor.harmonise.levels import level_of
from corridor.report.lines import said, words

#: What identifies one series of annual figures.
_SERIES = ("source", "release", "classification", "flow")
#: One figure may be printed in several tables, and as a year's beside its months' running sum.
_PRINTS = ("table", "freq", "cumulative")
_KEYS = ("exporter", "importer", "product", "year")


@dataclass(frozen=True)
class Choice:
    """Which series answers; None leaves it to the store: the one with most reporting economies, first release first."""

    source: str | None = None
    release: str | None = None
    classification: str | None = None
    flow: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, eq=False)
class Panel:
    """One annual series as a world, and what it is called.

    ``told`` is whose figures are held of which year (``reporter, year``), ``stored`` are the rows as the store has
    them, not read yet; ``once`` says that none of them prints the figure of another again.
    """

    source: str
    release: str
    classification: str
    flow: str
    told: pl.DataFrame
    stored: pl.LazyFrame
    estimated: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()
    once: bool = True
    _read: dict[int, pl.DataFrame] = field(default_factory=dict, init=False, repr=False)

    @property
    def years(self) -> list[int]:
        """The years held, the first one first."""
        return self.told["year"].unique().sort().to_list()

    @cached_property
    def rows(self) -> pl.DataFrame:
        """``exporter, importer, product, year, value_usd`` of all years, sorted by these; USD."""
        return self._of(self._named)

    def in_year(self, year: int) -> pl.DataFrame:
        """`rows` of one year; the others are not read."""
        if "rows" in self.__dict__:
            return self.rows.filter(pl.col("year") == year)
        if year not in self._read:
            self._read[year] = self._of(self._named.filter(is_whole_year(year)))
        return self._read[year]

    def sellers(self, importer: str) -> list[str]:
        """Who sold to an importer in any year, in alphabetical order."""
        found = self._named.filter(pl.col("importer") == importer).select(pl.col("exporter").unique().sort())
        return found.collect(engine="streaming")["exporter"].to_list()

    def figures(self, where: pl.Expr) -> pl.DataFrame:
        """The stored rows, with all that is known of them, that ``rows`` were taken from and that fit ``where``.

        ``where`` speaks of ``exporter, importer, product`` and ``year``.
        """
        return self._each_once(self._named.filter(where).collect())

    @property
    def _named(self) -> pl.LazyFrame:
        exporter, importer = ("partner", "reporter") if self.flow == "import" else ("reporter", "partner")
        year = pl.col("period_end").dt.year().cast(pl.Int64)
        return self.stored.with_columns(exporter=exporter, importer=importer, year=year)

    def _of(self, named: pl.LazyFrame) -> pl.DataFrame:
        columns = [*_KEYS, "value_usd", *(() if self.once else _PRINTS)]
        found = self._each_once(named.select(columns).collect(engine="streaming"))
        return found.select(*_KEYS, "value_usd").sort(_KEYS)

    def _each_once(self, rows: pl.DataFrame) -> pl.DataFrame:
        if self.once:
            return rows
        # A running total of December and a table of the year are one figure printed twice.
        found = rows.sort("cumulative", descending=True).unique([*_KEYS, "table"], keep="first", maintain_order=True)
        return found.unique(_KEYS, keep="first", maintain_order=True)

    @property
    def economies(self) -> int:
        """How many economies' figures are held of any year."""
        return self.told["reporter"].n_unique()

    def world(self, year: int) -> tuple[Finding, ...]:
        """Of how many economies' figures the world of a year consists: whatever is not among them is nowhere."""
        whole = self.economies
        told = self.told.filter(pl.col("year") == year)["reporter"].n_unique()
        of = said("advice.told_of", n=told, whole=whole) if told < whole else said("advice.told", n=told)
        goods = said("advice.products", n=self.in_year(year)["product"].n_unique())
        side = Finding(f"advice.side.{self.flow}")
        world = said("advice.world", side=side, year=str(year), told=of, products=goods)
        return (world, said("advice.left_digits", digits=words(self.left_out))) if self.left_out else (world,)

    @property
    def series(self) -> Finding:
        """What a title calls the figures; `name` in the language of the reader."""
        side = Finding(f"advice.side.{self.flow}")
        release = Finding(f"advice.release.{self.release}")
        named = {"source": self.source, "classification": self.classification}
        return said("advice.series", **named, release=release, side=side)

    @property
    def name(self) -> str:
        """Source, release, classification and side, as a reader would cite them."""
        return f"{self.source}, {self.release}, {self.classification}, reported as {self.flow}s"


def panels(flows: pl.LazyFrame, choice: Choice) -> list[Panel]:
    """Every annual series that fits the choice, the one with most reporting economies first.

    ``flows`` has the columns of the stored table; it is gone through once, and no figure is read yet.
    """
    goods = flows.filter(~pl.col("product").is_in(TOTALS) & ~pl.col("partner").is_in(TOTALS))
    if choice.classification is None:
        goods = goods.filter(~pl.col("classification").is_in(SERVICES))
    for column in _SERIES:
        if (wanted := getattr(choice, column)) is not None:
            goods = goods.filter(pl.col(column) == wanted)
    counted = _counted(goods).partition_by(_SERIES, as_dict=True)
    found = [_panel(goods, dict(zip(_SERIES, key, strict=True)), part) for key, part in counted.items()]
    return sorted(found, key=lambda each: (-each.economies, each.release != "first", each.flow != "import", each.name))


def _counted(goods: pl.LazyFrame) -> pl.DataFrame:
    """Who reports how many rows of which whole year and length of code in each series, and whether as estimates."""
    length = pl.col("product").str.len_chars().alias("length")
    by = [*_SERIES, *_PRINTS, "reporter", "period_start", "period_end", length]
    counted = goods.group_by(by).agg(rows=pl.len(), estimated=(pl.col("maturity") == "estimated").any())
    whole = counted.collect(engine="streaming").filter(is_printed_year())
    return whole.with_columns(year=pl.col("period_end").dt.year().cast(pl.Int64)).sort(by[:-1])


def _panel(goods: pl.LazyFrame, series: Mapping[str, object], counted: pl.DataFrame) -> Panel:
    stored = goods.filter(is_printed_year(), **series)
    left_out: tuple[int, ...] = ()
    if has_levels(str(series["classification"])):
        length, left_out = level_of(counted)
        counted = counted.filter(pl.col("length") == length)
        stored = stored.filter(pl.col("product").str.len_chars() == length)
    return Panel(
        **{name: str(value) for name, value in series.items()},
        told=counted.select("reporter", "year").unique().sort("reporter", "year"),
        stored=stored,
        estimated=tuple(counted.filter("estimated")["reporter"].unique().sort()),
        left_out=left_out,
        once=counted.select(_PRINTS).unique().height == 1,
    )
