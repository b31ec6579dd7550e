"""The regions of an economy in its trade with a partner, and the page of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.documents.document import (
    Block,
    Chapter,
    Document,
    Meta,
    Paragraph,
    Sources,
    Table,
    Texts,
    gather_sources,
)
from corridor.report.documents.grid import Field, Record, change, named, number, table, words
from corridor.report.documents.study_method import traces_of
from corridor.report.documents.study_regions import facts_table
from corridor.report.documents.study_view import Direction, ends
from corridor.report.documents.tiles import region_map, tile_map
from corridor.report.shapes import Shapes
from corridor.study.apportioned import CAVEAT

#: Rows of a table on a terminal.
_MOST = 20
#: Goods that a region does not export yet.
_NEAREST = 10
#: Tables of no region.
_NATIONAL = ("national",)
_DECLARED = ("declarant_region",)


@dataclass(frozen=True)
class Told:
    """What a document of regions is made of: tables by name, and what leads from them to the publishers.

    ``traces`` looks ids up: the tables name a hundred thousand rows, and a document a few of them.
    """

    direction: Direction
    tables: Mapping[str, pl.DataFrame]
    traces: Callable[[Iterable[str]], Mapping[str, Trace]]
    publishers: Mapping[str, Texts]
    goods: Mapping[str, Texts]
    threshold: float = 0.8
    without: tuple[str, ...] = ()
    shapes: Shapes | None = None

    def rows(self, name: str) -> pl.DataFrame:
        """A table, empty where it is not there."""
        return self.tables.get(name, pl.DataFrame())


def regions(told: Told) -> Document:
    """Key regions, the map, entries and exits, districts, head offices, potential; else what is missing and facts."""
    title = Finding("regions.title", ends(told.direction))
    blocks = [*_key_regions(told), *_around(told)] if told.rows("regions").height else [_missing(told)]
    return _document(told, title, [*blocks, *_apportioned(told), *_facts(told)])


def region(told: Told, code: str) -> Document:
    """The page of one region."""
    title = Finding("region.title", {"region": Name("area", code), "importer": Name("area", told.direction[1])})
    blocks = [*_summary(told, code), *_profile(told, code)] if told.rows("summary").height else [_none_held(told, code)]
    return _document(told, title, [*blocks, *_apportioned(told), *_national(told), *_facts(told)])


def _document(told: Told, title: Finding, blocks: list[Block]) -> Document:
    used = tuple(dict.fromkeys(trace for block in blocks for trace in traces_of(block)))
    found = told.traces(used)
    known = {each: found[each] for each in used}
    return Document(
        title=title,
        meta=Meta(scope=(Finding("scope.goods"),)),
        front=tuple(blocks),
        chapters=(Chapter("sources", Finding("heading.sources"), (Sources(),)),),
        sources=gather_sources(known.values(), told.publishers),
        traces=known,
        goods=told.goods,
    )


def _missing(told: Told) -> Paragraph:
    return Paragraph(Finding(_unless_apportioned(told, "regions.not_held"), ends(told.direction)))


def _none_held(told: Told, code: str) -> Paragraph:
    return Paragraph(
        Finding(_unless_apportioned(told, "region.not_held"), {"region": Name("area", code), **ends(told.direction)})
    )


def _unless_apportioned(told: Told, key: str) -> str:
    """The message that nothing is estimated, or the one beside estimates that somebody asked for."""
    return f"{key}_reported" if told.rows("apportioned").height else key


def _facts(told: Told) -> list[Block]:
    rows = told.rows("published_facts")
    return [facts_table(told.direction, rows, "table.facts", None)] if rows.height else []


def _key_regions(told: Told) -> Iterator[Block]:
    rows = told.rows("regions")
    year = Name("period", str(rows["year"][0]))
    if told.without:
        left_out = tuple(Name("area", code) for code in told.without)
        yield Paragraph(Finding("regions.without", {"regions": left_out}))
    yield table(
        "key_regions", Finding("table.regions", {**ends(told.direction), "period": year}), rows,
        (
            named("region", "area"), number("rank", "count"), number("value", "usd", of="value_usd"),
            number("share", "share"), number("cumulative_share", "share"), _yes_no("in_smallest_set"),
            change("growth", "growth"), change("contribution", "pp"),
        ),
        most=_MOST, highlight=lambda record: bool(record["in_smallest_set"]), notes=(Finding("table.tied"),),
        caveats=_DECLARED,
    )  # fmt: skip
    if told.shapes:
        yield from region_map(told.direction, rows, year, told.shapes)
    else:
        yield from tile_map(told.direction, rows, year)


def _around(told: Told) -> Iterator[Block]:
    region = named("region", "area")
    yield from _table(
        told, "regions", "region_steadiness", region, change("cagr", "growth"), number("years_present", "count"),
        number("variation", "ratio"), number("products_count", "count", of="products"),
    )  # fmt: skip
    yield from _table(told, "moved", "moved", region, _year("year"), named("moved", "term", prefix="moved."))
    yield from _table(
        told, "districts", "districts", named("district", "area"), _year("year"),
        number("value", "usd", of="value_usd"),
        number("share", "share"), number("regions_count", "count", of="regions"),
    )  # fmt: skip
    yield from _table(
        told, "declarants", "declarants", _year("year"), number("share", "share"), number("hhi", "index"),
        number("hhi_without", "index"), number("smallest_set", "count"), number("smallest_set_without", "count"),
    )  # fmt: skip
    yield from _table(
        told, "suppliers", "region_suppliers", named("goods", "product", of="product"), region,
        number("value", "usd", of="value_usd"), number("share", "share"), _yes_no("in_smallest_set"),
    )  # fmt: skip
    yield from _table(
        told, "potential", "potential_regions", region, number("expected", "usd", of="expected_usd"),
        number("products_count", "count", of="products"), words("goods", _goods),
    )  # fmt: skip


def _summary(told: Told, code: str) -> Iterator[Block]:
    row = told.rows("summary").row(0, named=True)
    yield Paragraph(
        Finding(
            "region.summary",
            {
                "region": Name("area", code), "importer": Name("area", told.direction[1]),
                "year": Name("period", str(row["year"])), "value": Measure(row["value_usd"], "usd"),
                "share": Measure(row["region_share"], "share", "unknown"),
                "product": Name("product", row["largest_product"]),
                "largest": Measure(row["largest_share"], "share", "unknown"),
                "dependence": Measure(row["dependence"], "share", "unknown"),
                "hhi": Measure(row["hhi"], "index", "unknown"),
                "similarity": Measure(row["similarity"], "index", "unknown"),
            },
            traces=tuple(row["trace_id"].split()), caveats=_DECLARED,
        )
    )  # fmt: skip


def _profile(told: Told, code: str) -> Iterator[Block]:
    of = partial(_table, told, region=code)
    goods = named("goods", "product", of="product")
    effects = tuple(change(name, "usd") for name in ("national_effect", "industry_effect", "regional_effect"))
    yield from of(
        "structure", "region_structure", goods, number("value", "usd", of="value_usd"), number("share", "share"),
        number("location_quotient", "ratio"), number("rca", "ratio"),
        _a_tonne("unit_value_tonne", "unit_value"),
        _a_tonne("unit_value_others", "unit_value_others"),
        number("unit_value_against", "ratio", of="unit_value_ratio"), notes=(Finding("table.quotients"),),
    )  # fmt: skip
    yield from of(
        "shift_share", "shift_share", named("region", "area"), change("change_usd", "usd", of="change"), *effects,
        notes=(Finding("table.effects"),),
    )  # fmt: skip
    yield from of("gaps", "region_gaps", goods, number("region_share", "share"),
                      number("partner_usd", "usd"), number("expected", "usd", of="expected_usd"),
                      number("value", "usd", of="value_usd"), number("gap", "usd", of="gap_usd"))  # fmt: skip
    yield from of(
        "related", "related", goods, number("density", "index"), most=_NEAREST, notes=(Finding("table.density"),)
    )
    yield from of("peers", "peers", named("region", "area"), number("export_similarity", "index"),
                      number("value", "usd", of="value_usd"), words("goods", _goods))  # fmt: skip


def _apportioned(told: Told) -> Iterator[Block]:
    """Estimates that somebody asked for, by region or, of one region, by product; every row says that it is one."""
    rows = told.rows("apportioned")
    if rows.is_empty():
        return
    of = {
        **ends(told.direction),
        "year": Name("period", str(rows["year"][0])),
        "method": Name("term", f"apportion.{rows['method'][0]}"),
    }
    yield Paragraph(Finding("regions.apportioned", of, caveats=(CAVEAT,)))
    one = rows["region"].n_unique() == 1
    first = named("goods", "product", of="product") if one else named("region", "area")
    yield table(
        "apportioned", Finding("table.apportioned", of), rows if one else _by_region(rows),
        (first, number("value", "usd", of="value_usd"), number("region_weight", "share", of="region_share"),
         number("national_usd", "usd"), named("maturity", "term", prefix="maturity.")),
        most=_MOST, caveats=(CAVEAT,),
    )  # fmt: skip


def _by_region(rows: pl.DataFrame) -> pl.DataFrame:
    whole = rows.unique("product")["national_usd"].sum()
    return (
        rows.group_by("region")
        .agg(pl.col("value_usd").sum(), pl.col("maturity", "caveats", "trace_id").first())
        .with_columns(region_share=pl.col("value_usd") / whole, national_usd=pl.lit(whole))
        .sort("value_usd", "region", descending=[True, False])
    )


def _national(told: Told) -> Iterator[Block]:
    goods, value = named("goods", "product", of="product"), number("value", "usd", of="value_usd")
    title = _unless_apportioned(told, "national_trade")
    yield from _table(told, "national", title, goods, _year("year"), named("exporter", "area"), value)


def _table(
    told: Told,
    name: str,
    key: str,
    *fields: Field,
    region: str | None = None,
    most: int = _MOST,
    notes: tuple[Finding, ...] = (),
) -> Iterator[Table]:
    rows = told.rows(name)
    if rows.height:
        caveats = () if name in _NATIONAL else _DECLARED
        said = {**ends(told.direction), **({"region": Name("area", region)} if region else {})}
        yield table(key, Finding(f"table.{key}", said), rows, fields, most=most, notes=notes, caveats=caveats)


def _a_tonne(key: str, of: str) -> Field:
    field = number(key, "usd_per_unit", of=of)
    return replace(field, column=replace(field.column, quantity_unit="t"))


def _year(key: str) -> Field:
    return words(key, lambda record: Name("period", str(record[key])))


def _yes_no(key: str) -> Field:
    return words(key, lambda record: Name("term", f"answer.{'yes' if record[key] else 'no'}"))


def _goods(record: Record) -> Finding | None:
    codes = str(record["goods"] or "").split()
    return Finding("cell.products", {"products": tuple(Name("product", code) for code in codes)}) if codes else None
