"""The data dictionary: every stored table, its columns, their types, units and meanings.

One name means one thing everywhere: a column of a result table that carries a stored quantity
carries the stored column's name. Values are in the unit named here; shares are 0..1 and become
per cent only in print; percentage points (``pp``) and per cent never share a type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.errors import CorridorError

Type = Literal["text", "integer", "number", "date", "boolean"]

#: The units a column can be in. A renderer formats by unit, never by column.
Unit = Literal[
    "",  # words, codes, dates
    "usd",
    "usd_per_unit",  # US dollars per tonne or per piece, see quantity_unit
    "currency",  # the currency named in the row
    "kg",
    "quantity",  # in quantity_unit of the row
    "share",  # 0..1
    "growth",  # relative change, 0.1 = +10 %
    "pp",  # percentage points, held as a difference of shares (0.01 = 1 percentage point)
    "ratio",
    "index",
    "count",
]


@dataclass(frozen=True)
class Column:
    """One column: type, unit and meaning."""

    type: Type
    unit: Unit
    meaning: str


class MissingColumns(CorridorError):
    """A table lacks columns that a function needs."""


#: Every stored column, once.
COLUMNS: Mapping[str, Column] = {
    "source": Column("text", "", "publisher's id, the name of its folder in sources/"),
    "release": Column("text", "", "first, revised or official: which edition of the figure"),
    "table": Column("text", "", "the publisher's number of the form or table, e.g. 020.T"),
    "edition": Column("text", "", "the table as a reader would cite it: number, period, date printed"),
    "reporter": Column("text", "", "area that reported the flow (ISO 3166-1 alpha-3, or a region such as RU-VLG)"),
    "partner": Column("text", "", "area on the other side, or WLD, _LISTED, _V03 (see codes.areas)"),
    "flow": Column("text", "", "export, import, re_export or re_import, seen from the reporter"),
    "classification": Column("text", "", "VNC = Viet Nam customs' main commodity groups; TOTAL = no detail; HS…"),
    "product": Column("text", "", "code in the classification; TOTAL = all goods"),
    "freq": Column("text", "", "A, Q, M or H (half-month): length of the publisher's table period"),
    "period_start": Column("date", "", "first day covered"),
    "period_end": Column("date", "", "last day covered"),
    "cumulative": Column("boolean", "", "true where the value runs from 1 January to period_end"),
    "value": Column("number", "currency", "value as printed, in units of currency (never thousands)"),
    "currency": Column("text", "", "ISO 4217 code of value"),
    "value_usd": Column("number", "usd", "value in US dollars; never null in flows"),
    "rate_source": Column("text", "", "where the exchange rate came from, if value was converted"),
    "net_weight_kg": Column("number", "kg", "net weight where the quantity is a weight"),
    "quantity": Column("number", "quantity", "quantity in quantity_unit; null = not printed, not zero"),
    "quantity_unit": Column("text", "", "t (tonnes) or piece"),
    "valuation": Column("text", "", "fob or cif"),
    "maturity": Column("text", "", "publisher's word: preliminary, revised, official; or estimated"),
    "published": Column("date", "", "publisher's own date; else the date added, with caveat published_is_added"),
    "added": Column("date", "", "day the file entered this store"),
    "caveats": Column("text", "", "keys from codes.caveats, separated by a blank"),
    "snapshot": Column("text", "", "SHA-256 of the publisher's file, or sample:<name>"),
    "trace_id": Column("text", "", "snapshot's first 16 characters / page or sheet / row"),
    "status": Column("text", "", "see COVERAGE_STATUS"),
    "file": Column("text", "", "name under which the file was added"),
    "page": Column("text", "", "page number or sheet name"),
    "row": Column("integer", "count", "row on that page or sheet, from 1"),
    "text": Column("text", "", "what the row says, as read"),
    "reason": Column("text", "", "why the row was not understood"),
    # what the checks of a file found
    "finding": Column("text", "", "which kind of finding, see CHECKS"),
    "found": Column("number", "", "the figure as it stands, in the unit that the evidence names"),
    "expected": Column("number", "", "what the rest of the file would lead one to expect, in the same unit"),
    "evidence": Column("text", "", "what speaks for the finding, in words and numbers"),
    # tariff schedules: what a line costs at the border, by whom it is paid and since when
    "regime": Column("text", "", "mfn, general, vat, excise, environment, export or an agreement's code; see REGIMES"),
    "rate_text": Column("text", "", "rate as printed"),
    "rate_kind": Column("text", "", "what kind of rate is printed, see RATE_KINDS"),
    "rate": Column("number", "share", "ad-valorem rate of the whole line, 0.05 = 5 %; null where none can be told"),
    "rate_min": Column("number", "share", "lowest rate printed for a part of the line"),
    "rate_max": Column("number", "share", "highest rate printed for a part of the line"),
    "rate_outside_quota": Column("number", "share", "rate outside the quota; null where there is no quota"),
    "excluded_partners": Column("text", "", "members of the agreement whose goods do not get the rate, by a blank"),
    "condition": Column("text", "", "what else the cell says: a condition, a specific duty, a temporary rate"),
    "in_force_from": Column("date", "", "first day of validity; null = not printed"),
    "in_force_until": Column("date", "", "last day of validity; null = no end printed"),
    "legal_reference": Column("text", "", "the act as printed, e.g. 113/2022/NĐ-CP"),
    "imports_usd": Column("number", "usd", "imports of the line that the publisher prints beside the rate"),
    # what goods are called
    "lang": Column("text", "", "language: en, ru, vi, or another ISO 639-1 code"),
    "name": Column("text", "", "name as printed"),
    "name_in_full": Column("text", "", "name with those of the levels above it, where the publisher prints them"),
    # concordances of classifications, classes of products, exchange rates
    "from_classification": Column("text", "", "classification converted from, see codes.classifications"),
    "from_product": Column("text", "", "code in it; null where the code converted to has no counterpart"),
    "to_classification": Column("text", "", "classification converted to"),
    "to_product": Column("text", "", "code in it; null where the code converted from has no counterpart"),
    "relationship": Column("text", "", "1:1, 1:n, n:1 or n:n as the publisher says; null where it says nothing"),
    "part": Column("boolean", "", "true where only a part of the code is meant (“ex”); null where not stated"),
    "kind": Column("text", "", "correlation: every pair of codes; conversion: one code converted to for each"),
    "scheme": Column("text", "", "a way to put products into classes, e.g. lall"),
    "first_product": Column("text", "", "first code of a range; codes below it belong to it too"),
    "last_product": Column("text", "", "last code of the range, itself and the codes below it included"),
    "class": Column("text", "", "class of the range's products in the scheme"),
    "period": Column("text", "", "2025, 2025-03 or 2025-03-31: what a rate or an indicator holds for"),
    "exchange_rate": Column("number", "ratio", "US dollars for one unit of currency"),
    "rate_basis": Column("text", "", "average: of the period's days; end: of its last day"),
    # elasticities
    "parameter": Column(
        "text", "", "which elasticity, see ELASTICITIES; three kinds that never stand in for each other"
    ),
    "elasticity": Column("number", "ratio", "as published, with its sign"),
    "significant": Column("boolean", "", "whether the publisher could tell it from zero"),
    # what is published of one area, or of a pair of them
    "indicator": Column("text", "", "the publisher's code, e.g. NY.GDP.MKTP.CD"),
    "indicator_value": Column("number", "", "as published, in unit_text"),
    "area_1": Column("text", "", "first area of a pair"),
    "area_2": Column("text", "", "second area of the pair"),
    "variable": Column("text", "", "the publisher's name of what is said of the pair, e.g. dist"),
    "pair_value": Column("number", "", "as published: kilometres of a distance, 1 and 0 of a yes and a no"),
    # published facts: figures of press and ministries that fit no series
    "fact": Column("text", "", "id of a published fact"),
    "area": Column("text", "", "area the fact speaks of; several joined by +"),
    "period_text": Column("text", "", "period as printed"),
    "product_text": Column("text", "", "goods as printed"),
    "number_text": Column("text", "", "figure as printed"),
    "unit_text": Column("text", "", "unit as printed"),
    "growth_text": Column("text", "", "change as printed"),
    "share_text": Column("text", "", "share as printed"),
    "whose": Column("text", "", "whose statistics the publisher names"),
    "url": Column("text", "", "address"),
    "usable": Column("text", "", "value, growth, share, several_areas, several_partners, misprint, rank or count"),
}

_KEY = (
    "source", "release", "table", "reporter", "partner", "flow", "classification", "product", "freq", "period_start",
    "period_end", "cumulative",
)  # fmt: skip

#: Stored tables and their columns, in order.
TABLES: Mapping[str, tuple[str, ...]] = {
    "flows": (
        *_KEY, "edition", "value", "currency", "value_usd", "rate_source", "net_weight_kg", "quantity",
        "quantity_unit", "valuation", "maturity", "published", "added", "caveats", "snapshot", "trace_id",
    ),
    "quantities": (
        *_KEY, "edition", "net_weight_kg", "quantity", "quantity_unit", "maturity", "published", "added",
        "caveats", "snapshot", "trace_id",
    ),
    "coverage": (*_KEY, "edition", "status", "maturity", "published", "added", "snapshot", "trace_id"),
    "not_understood": ("source", "file", "page", "row", "text", "reason", "snapshot", "added"),
    "checks": (
        "source", "file", "finding", "reporter", "partner", "flow", "classification", "product", "period_start",
        "period_end", "found", "expected", "evidence", "snapshot", "trace_id", "added",
    ),
    "facts": (
        "fact", "source", "area", "partner", "flow", "period_text", "period_start", "period_end", "product_text",
        "product", "number_text", "unit_text", "value_usd", "net_weight_kg", "growth_text", "share_text", "whose",
        "url", "usable", "caveats", "snapshot", "trace_id",
    ),
    "tariffs": (
        "source", "table", "edition", "reporter", "partner", "regime", "classification", "product", "rate_text",
        "rate_kind", "rate", "rate_min", "rate_max", "rate_outside_quota", "excluded_partners", "condition",
        "unit_text", "in_force_from", "in_force_until", "legal_reference", "imports_usd", "published", "added",
        "caveats", "snapshot", "trace_id",
    ),
    "product_names": (
        "classification", "product", "lang", "name", "name_in_full", "in_force_from", "in_force_until", "source",
        "snapshot", "trace_id", "added",
    ),
    "concordances": (
        "from_classification", "from_product", "to_classification", "to_product", "relationship", "part", "kind",
        "source", "file", "snapshot", "trace_id", "added",
    ),
    "class_ranges": (
        "scheme", "classification", "first_product", "last_product", "class", "source", "file", "caveats", "snapshot",
        "trace_id", "added",
    ),
    "exchange_rates": (
        "currency", "period", "exchange_rate", "rate_basis", "source", "file", "snapshot", "trace_id", "added",
    ),
    "indicators_of_areas": (
        "source", "table", "area", "indicator", "period", "indicator_value", "unit_text", "published", "added",
        "caveats", "snapshot", "trace_id",
    ),
    "pairs": (
        "source", "table", "area_1", "area_2", "variable", "period", "pair_value", "published", "added", "caveats",
        "snapshot", "trace_id",
    ),
    "elasticities": (
        "source", "table", "parameter", "reporter", "classification", "product", "elasticity", "significant",
        "published", "added", "caveats", "snapshot", "trace_id",
    ),
}  # fmt: skip

#: The columns that name one figure. Two rows equal in these are two editions of the same figure.
FLOW_KEY: tuple[str, ...] = _KEY
#: The flows of one file added up over its goods: what they are added up by, how many rows, and the sums.
SUMS: tuple[str, ...] = (*(name for name in _KEY if name != "product"), "rows", "value_usd", "net_weight_kg")

#: A republished table supersedes the older one as a whole: rows equal in these stand or fall together.
EDITION_KEY: tuple[str, ...] = (
    "source", "release", "table", "reporter", "flow", "freq", "period_end", "cumulative",
)  # fmt: skip

#: A table whose name ends so is a selection of cells that somebody asked a publisher's database for. It says nothing
#: of what it leaves out, so a later selection supersedes an earlier one cell by cell and never as a whole; where the
#: whole table is held, it gives way.
SELECTION = "*"

#: What is known about one cell. No sum may confuse them.
COVERAGE_STATUS: Mapping[str, str] = {
    "reported": "the publisher printed a value",
    "zero": "the publisher printed zero",
    "blank": "the row stands in the table and the cell is empty",
    "row_absent": "the partner is listed, the group has no row (nothing recorded, or below the publisher's threshold)",
    "partner_not_listed": "the publisher's table of that period does not list the partner",
    "not_held": "the publisher printed such tables at that time, and the store lacks the file",
    "not_reported": "the publisher is known not to have published",
    "not_understood": "the file is held, the block could not be read",
    "confidential": "suppressed by the publisher",
    "estimated": "an estimate by somebody else than the reporter",
}

#: What the checks of an added file can find. None of it changes a figure or keeps one out.
CHECKS: Mapping[str, str] = {
    "parts_do_not_add_up": "subheadings, headings or chapters that differ from the level above them beyond rounding",
    "unit_value_outlier": "US dollars per kilogram far from those of the same goods and flow in the file",
    "row_count_jump": "a period with far fewer or far more rows than the periods around it",
    "slip_by_a_thousand": "a value or weight about a thousand times off its series; unit values or neighbours say so",
    "row_count_jump_between_files": "the same between periods that stand in several files of a publisher",
    "slip_between_files": "a figure, or all of a pair's or an area's, a thousand times off those in other files",
    "not_checked": "no finding: a check was not run, and why",
    "not_kept": "no finding: more was found than is kept",
}

#: What a rate in ``tariffs`` is paid for. Any other regime is the code of an agreement, e.g. VN-EAEU, ATIGA.
REGIMES: Mapping[str, str] = {
    "mfn": "duty on imports from economies with most-favoured-nation treatment",
    "general": "duty on imports from all others",
    "applied": "the duty the publisher says is applied to the partner, whatever the regime it comes from",
    "preferential": "duty under an agreement that the publisher does not name",
    "bound": "the highest duty the reporter promised in the WTO",
    "vat": "value-added tax on imports",
    "excise": "excise on imports",
    "environment": "environmental tax on imports",
    "export": "duty on exports; export:CPTPP and the like on exports to members of an agreement",
    "policy": "no rate: the lists of licences, inspections and quotas that the schedule names beside the line",
}

#: What a cell of a schedule can say.
RATE_KINDS: Mapping[str, str] = {
    "ad_valorem": "one rate for the whole line",
    "split": "the line is divided; the parts have the rates printed, in the order printed",
    "excluded": "the agreement leaves the line out: the MFN rate is paid",
    "quota": "a tariff-rate quota: rate_min inside it and rate_outside_quota beyond, where printed",
    "times_mfn": "a multiple of the MFN rate, written out in rate_text",
    "reference": "the cell points to another provision",
    "average": "a mean over the lines of a subheading, computed by the publisher",
    "equivalent": "an ad-valorem equivalent, computed by the publisher",
    "several": "several rates, of which the schedule does not say which applies to what; never averaged",
    "text": "words, or a duty that is not ad valorem; see condition",
}

#: The elasticities of partial equilibrium. A trade elasticity may serve as substitution, never as import demand.
ELASTICITIES: Mapping[str, str] = {
    "trade": "of bilateral trade to its cost, from a gravity equation; negative",
    "import_demand": "of a country's imports of a product to their price; negative",
    "substitution": "between suppliers of a product, Armington; positive",
    "export_supply": "of a supplier's exports to their price; positive",
}


def columns(table: str) -> tuple[str, ...]:
    """The column names of a stored table, in order."""
    return TABLES[table]


def require(present: Iterable[str], *needed: str, what: str = "table") -> None:
    """Raise `MissingColumns` naming what is missing and what there is, unless all ``needed`` are present."""
    have = list(present)
    missing = [name for name in needed if name not in have]
    if missing:
        raise MissingColumns(
            f"the {what} has no column {', '.join(missing)}", next_step=f"it has: {', '.join(have) or 'no columns'}"
        )
