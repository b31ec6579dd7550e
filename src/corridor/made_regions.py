"""Regions that were looked at: their tables, ready to be printed in a language or given to a program."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from corridor import user_files
from corridor.codes import areas
from corridor.codes.declarants import declarant_regions
from corridor.codes.products import TOTAL, is_hs
from corridor.codes.whole_years import is_whole_year
from corridor.errors import NothingFound, UsageError
from corridor.made_apportioned import apportioned
from corridor.report.rows import plain
from corridor.study import region_potential, region_ranking
from corridor.study.national_trade import national_trade
from corridor.study.question import Question
from corridor.study.region_profile import profile
from corridor.study.region_years import DIGITS, READ, newest, to_everybody, to_partner, without, yearly_totals
from corridor.study.regions import facts_of

if TYPE_CHECKING:
    from corridor.report.documents.document import Document
    from corridor.report.documents.regions import Told
    from corridor.report.shapes import Shapes
    from corridor.study.tables import Tables
    from corridor.workspace import Workspace


@dataclass(frozen=True)
class MadeRegions:
    """All regions of an economy towards a partner, or with ``region`` the page of one; tables by name."""

    workspace: Workspace
    exporter: str
    importer: str
    tables: Mapping[str, pl.DataFrame]
    threshold: float
    without: tuple[str, ...] = ()
    region: str | None = None
    shapes: Shapes | None = None

    def notes(self, lang: str = "en") -> Iterator[str]:
        """What a person at the terminal should know before reading."""
        from corridor.report.lines import ADD, lines, said

        if self.workspace.is_sample_only():
            yield from lines((said("store.published", command=ADD),), lang)

    def json(self) -> str:
        """One object, unrounded; a table that could not be made is an empty list."""
        head = {"schema": f"corridor.{'region' if self.region else 'regions'}/1", "region": self.region}
        found = {
            **{key: value for key, value in head.items() if value},
            "exporter": self.exporter,
            "importer": self.importer,
            "threshold": self.threshold,
            "without": list(self.without),
            "tables": {name: plain(table) for name, table in self.tables.items()},
        }
        return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)

    def document(self) -> Document:
        """The answer as a document without a language."""
        from corridor.report.documents import regions

        return regions.region(self._told, self.region) if self.region else regions.regions(self._told)

    def text(self, lang: str = "en") -> str:
        """The answer in a language, for a terminal."""
        from corridor.report.catalogue import language
        from corridor.report.render.markdown import markdown

        return markdown(self.document(), language(lang))

    def html(self, lang: str = "en") -> str:
        """The answer in a language as one page, with the map."""
        from corridor.report.catalogue import language
        from corridor.report.render.html import page

        return page(self.document(), language(lang))

    @cached_property
    def _told(self) -> Told:
        from corridor.report.documents.regions import Told

        goods = {code for name in ("product", "goods", "largest_product") for cell in self._cells(name)
                 for code in cell.split() if is_hs(code)}  # fmt: skip
        return Told(
            (self.exporter, self.importer),
            self.tables,
            self.workspace.traces,
            self.workspace.publishers(),
            self.workspace.goods(goods, ""),
            self.threshold,
            self.without,
            self.shapes,
        )

    def _cells(self, column: str) -> Iterator[str]:
        for table in self.tables.values():
            if column in table.columns:
                yield from table[column].drop_nulls().unique()


@dataclass(frozen=True)
class Asked:
    """How regions are looked at: digits of the HS, the key regions' share, with or without head offices' regions.

    ``apportion`` names a method by which the national flow is shared out to regions, ``key`` the file of one's own.
    ``geojson`` is a file of shapes for the map.
    """

    digits: int = DIGITS
    threshold: float = 0.8
    head_offices: bool = True
    apportion: str | None = None
    key: Path | None = None
    geojson: Path | None = None

    def __post_init__(self) -> None:
        if not 2 <= self.digits <= 10:
            raise UsageError(f"no code has {self.digits} digits", next_step="give 2, 4, 6, 8 or 10")
        if self.key and not self.apportion:
            raise UsageError("a key is used by a method", next_step="write --apportion key --key FILE")


def make_regions(workspace: Workspace, exporter: str, importer: str, asked: Asked) -> MadeRegions:
    """Key regions of ``exporter`` in its exports to ``importer``."""
    question = Question(exporter, importer, threshold=asked.threshold)
    shapes = _shapes(asked.geojson, exporter)
    sold, everywhere = _rows(workspace, exporter, importer, asked, weights=False)
    left_out = () if asked.head_offices else declarant_regions(exporter)
    made = _ranked(without(sold, left_out), without(everywhere, left_out), exporter, asked, sold)
    estimates = _estimates(workspace, question, asked)
    facts = {"published_facts": facts_of(workspace.facts(), exporter, importer)}
    found = {**made, **estimates, **facts}
    return MadeRegions(workspace, exporter, importer, found, question.threshold, left_out, shapes=shapes)


def _shapes(path: Path | None, exporter: str) -> Shapes | None:
    from corridor.report.shapes import parse

    return parse(user_files.text(path), path.name, exporter) if path else None


def make_region(
    workspace: Workspace, region: str, importer: str, asked: Asked, products: Collection[str] = ()
) -> MadeRegions:
    """The page of one region; ``products`` names goods whose national trade is shown beside it."""
    found = areas.find(region)
    if found.kind != "region":
        raise UsageError(f"{found.code} is no region of a country", next_step="name a region, e.g. RU-VLG")
    exporter = areas.country_of(found.code)
    tables = workspace.light_tables(exporter, importer)
    sold, everywhere = _rows(workspace, exporter, importer, asked)
    facts = facts_of(tables.facts, exporter, importer)
    own = facts.filter(pl.col("area").str.split("+").list.contains(found.code))
    held = found.code in sold.filter(pl.col("year") == newest(sold))["region"]
    made = profile(sold, everywhere, found.code, _bought(tables, importer, sold)) if held else {}
    named = {*products, *(code for code in own["product"].drop_nulls() if code != TOTAL)}
    national = national_trade(tables, Question(exporter, importer), named)
    estimates = _estimates(workspace, Question(exporter, importer), asked, tables)
    here = {name: table.filter(pl.col("region") == found.code) for name, table in estimates.items()}
    rest = {**here, "published_facts": own, "national": national}
    return MadeRegions(workspace, exporter, importer, {**made, **rest}, asked.threshold, region=found.code)


def _rows(
    workspace: Workspace, exporter: str, importer: str, asked: Asked, *, weights: bool = True
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What was sold to the partner, and to everybody; without ``weights`` where only values are told."""
    if not areas.regions(exporter, nested=True):
        raise NothingFound(f"no regions of {exporter} are known", next_step="name an economy with regions, e.g. RUS")
    # Of millions of rows each column takes its time to read.
    flows = workspace.regional_flows(exporter).select(*READ, *(["net_weight_kg"] if weights else []))
    sold = to_partner(flows.filter(pl.col("partner") == importer).collect(), exporter, importer, digits=asked.digits)
    held = workspace.regional_pairs(exporter)
    return sold, to_everybody(flows, sold, exporter, digits=asked.digits, held=held)


def _estimates(
    workspace: Workspace, question: Question, asked: Asked, tables: Tables | None = None
) -> dict[str, pl.DataFrame]:
    """The national flow by region where a method was named; nothing is estimated unasked."""
    if asked.apportion is None:
        return {}
    regional = workspace.regional_flows(question.exporter)
    tables = tables or workspace.light_tables(question.exporter, question.partner)
    rows = apportioned(tables, regional, question, asked.apportion, asked.key, asked.digits)
    return {"apportioned": rows}


def _ranked(
    sold: pl.DataFrame, everywhere: pl.DataFrame, exporter: str, asked: Asked, everyone: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    if sold.is_empty():
        return {"regions": pl.DataFrame()}
    gaps = region_potential.able(sold, everywhere)
    return {
        "regions": region_ranking.key_regions(sold, threshold=asked.threshold),
        "concentration": region_ranking.concentration(yearly_totals(sold), asked.threshold),
        "moved": region_ranking.entries_and_exits(sold, threshold=asked.threshold),
        "districts": region_ranking.districts(sold),
        "declarants": region_ranking.declarant_effect(everyone, exporter, threshold=asked.threshold),
        "suppliers": region_ranking.suppliers(sold, threshold=asked.threshold),
        "gaps": gaps,
        "potential": region_potential.potential_key_regions(gaps),
    }


def _bought(tables: Tables, importer: str, sold: pl.DataFrame) -> pl.DataFrame:
    """The partner's own imports of everybody in the year, in the same codes; empty where none are held so."""
    year, codes = newest(sold), sold["product"].unique().to_list()
    digits = max((len(code) for code in codes if is_hs(code)), default=0)
    rows = tables.flows.filter(
        pl.col("reporter") == importer, pl.col("flow") == "import", pl.col("partner") == "WLD",
        is_whole_year(year),
        pl.col("product").str.len_chars() == digits if digits else pl.col("product").is_in(codes),
    )  # fmt: skip
    one = rows.select("source", "release", "classification").unique().sort(pl.all()).head(1)
    kept = rows.join(one, on=one.columns, how="semi")
    return kept.group_by("product").agg(pl.col("value_usd").sum())
