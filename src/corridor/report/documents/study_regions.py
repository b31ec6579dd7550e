"""Chapters 3 and 4 of the study's report: regions by their own rows, else by what others published."""

from __future__ import annotations

from urllib.parse import urlsplit

import polars as pl

from corridor.codes.periods import parse
from corridor.codes.products import TOTAL
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.document import Block, Chapter, Heading, Table
from corridor.report.documents.grid import Record, chosen, named, number, printed, said, table, traces_of, words
from corridor.report.documents.study_view import Direction, View, ends
from corridor.report.documents.tiles import tile_map
from corridor.report.documents.wording import spoken, told
from corridor.study.regional_specifics import SIZEABLE, sizeable
from corridor.study.regions import latest_period
from corridor.study.spans import month_end, span

REGIONS, SPECIFICS = "export_regions", "regional_specifics"

#: Names of areas printed in one cell.
_AREAS = 3


def export_regions(view: View) -> Chapter:
    """Chapter 3: key regions, or what is missing and the published figures on all goods."""
    goods = view.table(SPECIFICS, "published_facts")
    facts = view.table(REGIONS, "published_facts")
    rest = facts.join(goods.select("trace_id"), on="trace_id", how="anti") if goods.height else facts
    blocks = [
        block
        for of in (view.out, view.back)
        for block in _direction(view, REGIONS, of, _regions(view, of), rest, "table.facts")
    ]
    left_out = [finding for finding in view.study.stage(REGIONS).missing if "exporter" not in finding.parameters]
    return _chapter(view, "regions", [*blocks, *said(told(each) for each in left_out)])


def regional_specifics(view: View) -> Chapter:
    """Chapter 4: what each region sells, or what is missing and the published figures on single goods."""
    facts = view.table(SPECIFICS, "published_facts")
    blocks = [
        block
        for of in (view.out, view.back)
        for block in _direction(view, SPECIFICS, of, _profiles(view, of), facts, "table.facts_goods")
    ]
    return _chapter(view, "specifics", blocks)


def _chapter(view: View, key: str, blocks: list[Block]) -> Chapter:
    return Chapter(key, Finding(f"chapter.{key}"), tuple(blocks), fold=view.short)


def _direction(
    view: View, stage: str, of: Direction, tables: list[Block], facts: pl.DataFrame, title: str
) -> list[Block]:
    result = view.study.stage(stage)
    mine = [told(finding) for finding in (*result.findings, *result.missing) if _concerns(finding, of)]
    own = chosen(facts, economy=of[0])
    return [
        Heading(Finding("heading.regions_of", ends(of))),
        *said(mine),
        *tables,
        *([facts_table(of, own, title, view.most(10))] if own.height else []),
    ]


def _concerns(finding: Finding, of: Direction) -> bool:
    """Whether a finding speaks of this direction; a region's profile names the importer only."""
    exporter, importer = (Name("area", code) for code in of)
    return finding.parameters.get("importer") == importer and finding.parameters.get("exporter", exporter) == exporter


def _regions(view: View, of: Direction) -> list[Block]:
    rows = chosen(view.table(REGIONS, "regions"), exporter=of[0], importer=of[1])
    if rows.is_empty():
        return []
    period = latest_period(rows) or ""
    latest = chosen(rows, period=period).sort("rank")
    fields = (
        named("region", "area"),
        number("rank", "count"),
        number("value", "usd", of="value_usd"),
        number("share", "share"),
        number("cumulative_share", "share"),
        words("in_smallest_set", lambda record: Name("term", f"answer.{'yes' if record['in_smallest_set'] else 'no'}")),
    )
    ranked = table(
        "regions", Finding("table.regions", {**ends(of), "period": spoken(period)}), latest, fields,
        most=view.most(15), highlight=lambda record: bool(record["in_smallest_set"]),
        notes=(Finding("table.tied"),), caveats=("declarant_region",),
    )  # fmt: skip
    year = Name("period", period) if parse(period).freq == "A" else None
    return [*(tile_map(of, latest, year) if year else ()), ranked, _region_concentration(view, of)]


def _region_concentration(view: View, of: Direction) -> Table:
    rows = chosen(view.table(REGIONS, "region_concentration"), exporter=of[0], importer=of[1])
    regions = chosen(view.table(REGIONS, "regions"), exporter=of[0], importer=of[1])
    return table(
        "region_concentration",
        Finding("table.region_concentration", ends(of)),
        rows,
        (
            words("period", lambda record: spoken(record["period"])),
            number("hhi", "index"),
            number("gini", "index"),
            number("threshold", "share"),
            number("smallest_set", "count"),
        ),
        traced=lambda record: tuple(
            part for cell in chosen(regions, period=record["period"])["trace_id"] for part in cell.split()
        ),
    )


def _profiles(view: View, of: Direction) -> list[Block]:
    rows = chosen(view.table(SPECIFICS, "region_profiles"), exporter=of[0], importer=of[1])
    if rows.is_empty():
        return []
    fields = (
        named("region", "area"),
        number("value", "usd", of="value_usd"),
        number("groups_count", "count", of="n"),
        number("hhi", "index"),
        named("largest_group", "product"),
        number("largest_share", "share"),
        number("dependence", "share"),
    )
    title = Finding("table.region_profiles", ends(of))
    profiles = table("region_profiles", title, rows, fields, most=view.most(12), caveats=("declarant_region",))
    return [profiles, _quotients(view, of), *_region_processing(view, of, rows["region"].to_list())]


def _quotients(view: View, of: Direction) -> Table:
    rows = chosen(view.table(SPECIFICS, "location_quotients"), exporter=of[0], importer=of[1])
    return table(
        "location_quotients",
        Finding("table.location_quotients", ends(of)),
        sizeable(rows.filter(pl.col("location_quotient") > 1)).sort(
            "value_usd", "region", "product", descending=[True, False, False]
        ),
        (
            named("region", "area"),
            named("group", "product", of="product"),
            number("value", "usd", of="value_usd"),
            number("share_of_region", "share", of="share"),
            number("location_quotient", "ratio"),
        ),
        notes=(Finding("table.specialised", {"share": Measure(SIZEABLE, "share")}),),
        most=view.most(12),
        caveats=("declarant_region",),
    )


def _region_processing(view: View, of: Direction, regions: list[str]) -> list[Block]:
    found = view.table(SPECIFICS, "region_processing")
    rows = found.filter(pl.col("region").is_in(regions)) if found.height else found
    if rows.is_empty():
        return []
    profiles = chosen(view.table(SPECIFICS, "region_profiles"), exporter=of[0], importer=of[1])
    baskets = {row["region"]: traces_of(row) for row in profiles.iter_rows(named=True)}
    fields = (
        named("region", "area"),
        named("degree", "term", prefix="degree."),
        number("least", "share", of="share_least"),
        number("most", "share", of="share_most"),
    )
    title = Finding("table.region_processing", {"importer": Name("area", of[1])})
    return [
        table("region_processing", title, rows, fields, most=view.most(15), caveats=("approximate_group",),
              traced=lambda record: baskets[record["region"]]),
    ]  # fmt: skip


def facts_table(of: Direction, rows: pl.DataFrame, title: str, most: int | None) -> Table:
    """Figures as their authors printed them: words in the author's language, never added up."""
    recent = rows.sort("period_end", "value_usd", "area", descending=[True, True, False], nulls_last=True)
    return table(
        "published_facts",
        Finding(title, ends(of)),
        recent,
        (
            words("region", _areas),
            named("flow", "term", prefix="flow."),
            words("goods", _goods),
            words("printed_period", _period),
            words("printed_figure", lambda record: _joined(record, "number_text", "unit_text", by=" ")),
            words("printed_growth", lambda record: _joined(record, "growth_text", "share_text", by="; ")),
            printed("whose"),
            words("address", lambda record: urlsplit(record["url"]).hostname or record["url"]),
        ),
        most=most,
        caveats=("press_figure",),
    )


def _period(record: Record) -> Name | str:
    """The period in the reader's language where it is whole months of one year, else the author's words."""
    start, end = record["period_start"], record["period_end"]
    bare = start and end and "(" not in record["period_text"]
    whole = bare and (start.day, start.year, end) == (1, end.year, month_end(end))
    return Name("period", span(start, end).code) if whole else str(record["period_text"])


def _joined(record: Record, *names: str, by: str) -> str:
    """Several of the author's own words in one cell."""
    return by.join(str(record[name]) for name in names if record[name])


def _goods(record: Record) -> Name | str:
    """All goods in the reader's language; single goods as printed."""
    return Name("product", TOTAL) if record["product"] == TOTAL else str(record["product_text"])


def _areas(record: Record) -> Name | Finding:
    codes = str(record["area"]).split("+")
    if len(codes) == 1:
        return Name("area", codes[0])
    first, *rest = (Name("area", code) for code in codes[:_AREAS])
    named_areas: tuple[Parameter, ...] = (Finding("cell.area", {"area": first}), *rest)
    left = len(codes) - len(named_areas)
    if not left:
        return Finding("cell.areas", {"areas": named_areas})
    return Finding("cell.areas_more", {"areas": named_areas, "n": Measure(left, "count")})
