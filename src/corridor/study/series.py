"""One figure, one series: which reporter, source, release and classification a study stands on."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from corridor.codes.classifications import CLASSIFICATIONS, SERVICES, has_levels
from corridor.codes.products import TOTAL
from corridor.codes.schema import SELECTION
from corridor.errors import NothingFound
from corridor.harmonise.levels import leaves
from corridor.harmonise.pairs import between
from corridor.study.question import Question
from corridor.study.tables import Publisher, Tables

#: Earlier editions first: a study stands on the first release unless the reader asks for another.
RELEASES = ("first", "revised", "official")


@dataclass(frozen=True)
class Series:
    """The rows a study stands on: what ``reporter`` said about its trade with ``partner``.

    ``level`` is the length of the finest product codes, of which a file of HS holds several; 0 where codes have one
    level.
    """

    reporter: str
    partner: str
    source: str
    release: str
    classification: str
    level: int = 0

    def flow(self, exporter: str) -> str:
        """The reporter's word for what ``exporter`` sold to the other side."""
        return "export" if exporter == self.reporter else "import"

    def basis(self, exporter: str) -> str:
        """``reported`` where the exporter itself reports, ``mirror`` where its partner's imports stand for it."""
        return "reported" if exporter == self.reporter else "mirror"

    def rows(self, flows: pl.DataFrame) -> pl.DataFrame:
        """The series' rows for every partner of its reporter, totals included.

        Of codes in several lengths those of the level, and the shorter ones that nothing held tells in parts.
        """
        total = pl.col("product") == TOTAL
        rows = flows.filter(
            (pl.col("reporter") == self.reporter)
            & (pl.col("source") == self.source)
            & (pl.col("release") == self.release)
            & (total | (pl.col("classification") == self.classification))
        )
        if not self.level:
            return rows
        goods = rows.filter(~total & (pl.col("product").str.len_chars() <= self.level))
        return pl.concat([rows.filter(total), leaves(goods)])


#: Product codes of one file stand side by side in several lengths in these classifications.
_LEVELLED = tuple(code for code in CLASSIFICATIONS if has_levels(code))


def candidates(tables: Tables, question: Question) -> list[Series]:
    """Every series that holds the pair, best first.

    A national publisher stands before an international one, trade as a whole before goods that somebody chose without
    their total, a classification with groups before totals alone, the first release before later ones, then the longer
    series before the shorter, finer codes before coarser ones, and the exporter's own side before its partner's.
    """
    pair = (question.exporter, question.partner)
    rows = tables.flows.filter(between(pair) & _asked("source", question.source) & _asked("release", question.release))
    rows = _classified(rows, question.classification)
    return _best_first(rows, tables, question.exporter)


def of_reporter(tables: Tables, question: Question) -> list[Series]:
    """Every series of ``question.exporter``'s own reports on whatever partner, best first as in `candidates`."""
    rows = tables.flows.filter(
        (pl.col("reporter") == question.exporter)
        & _asked("source", question.source)
        & _asked("release", question.release)
        & _of_goods_or(question.classification)
    )
    return _best_first(rows.with_columns(partner=pl.lit(question.partner)), tables, question.exporter)


def _best_first(rows: pl.DataFrame, tables: Tables, exporter: str) -> list[Series]:
    level = pl.when(pl.col("classification").is_in(_LEVELLED)).then(pl.col("product").str.len_chars()).otherwise(0)
    keys = ("reporter", "partner", "source", "release", "classification", "level")
    total = (pl.col("product") == TOTAL).any().over("reporter", "partner", "source", "release")
    kinds = (
        rows.with_columns(level=level, some=~total & pl.col("table").str.ends_with(SELECTION))
        .group_by(keys)
        .agg(
            some=pl.col("some").any(),
            groups=(pl.col("product") != TOTAL).any(),
            flows=pl.col("flow").n_unique(),
            periods=pl.struct("period_start", "period_end", "cumulative").n_unique(),
            first=pl.col("period_start").min(),
        )
    )
    ranked = sorted(kinds.iter_rows(named=True), key=lambda kind: (*_rank(kind, tables), kind["reporter"] != exporter))
    return [Series(*(kind[name] for name in keys)) for kind in ranked]


def _classified(rows: pl.DataFrame, asked: str | None) -> pl.DataFrame:
    """The rows of a classification, else of goods; every table has totals, whatever its groups are called."""
    if asked == TOTAL:
        return rows.filter(pl.col("product") == TOTAL).with_columns(classification=pl.lit(TOTAL))
    return rows.filter(_of_goods_or(asked))


def choose(tables: Tables, question: Question) -> Series:
    """The series a study stands on; `NothingFound` where no table holds the pair."""
    found = candidates(tables, question)
    if not found:
        asked = {"source": question.source, "release": question.release, "classification": question.classification}
        limits = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
        raise NothingFound(
            f"no table holds trade between {question.exporter} and {question.partner}"
            + (f" from {limits}" if limits else ""),
            next_step="add a file that does (corridor add PATH), or look at what is there (corridor sources)",
        )
    return found[0]


def _of_goods_or(asked: str | None) -> pl.Expr:
    return ~pl.col("classification").is_in(SERVICES) if asked is None else pl.col("classification") == asked


def _asked(column: str, value: str | None) -> pl.Expr:
    return pl.lit(True) if value is None else pl.col(column) == value


def _rank(kind: dict[str, object], tables: Tables) -> tuple[object, ...]:
    publisher = tables.publishers.get(str(kind["source"]), Publisher(str(kind["source"]), "", 9))
    release = str(kind["release"])
    return (
        0 if publisher.rank == 1 and publisher.area == kind["reporter"] else publisher.rank,
        kind["some"],
        not kind["groups"],
        -int(str(kind["flows"])),
        RELEASES.index(release) if release in RELEASES else len(RELEASES),
        -int(str(kind["periods"])),
        -int(str(kind["level"])),
        str(kind["source"]),
        str(kind["classification"]),
    )
