"""The tables of a bulletin: the annex of every row of both flows, and the members of a group of partners."""

from __future__ import annotations

from collections.abc import Callable

from corridor.bulletin.annex import Annex
from corridor.bulletin.groups_of_partners import Member, Membership
from corridor.bulletin.totals import SIDES, Amount, Side
from corridor.bulletin.write import Bulletin
from corridor.codes.products import RESIDUAL
from corridor.codes.schema import Unit
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.bulletin_totals import period_name
from corridor.report.documents.document import Cell, Chapter, Column, Label, Row, Table
from corridor.report.documents.grid import Field, Record, table, words
from corridor.report.numbers import Scale

#: How much of the annex is printed.
ANNEXES = ("none", "short", "full")


def annexes(bulletin: Bulletin, how_much: str, *, own_labels: bool) -> tuple[Chapter, ...]:
    """One chapter a flow: the table of the period, and with ``full`` that of the year to date after it.

    With ``own_labels`` the rows bear the publisher's own words, else their names in the reader's language with the
    publisher's words beside them.
    """
    chapters = (_chapter(bulletin, side, full=how_much == "full", own_labels=own_labels) for side in SIDES)
    return () if how_much == "none" else tuple(chapter for chapter in chapters if chapter.blocks)


def _chapter(bulletin: Bulletin, side: Side, *, full: bool, own_labels: bool) -> Chapter:
    current = bulletin.comparison.current
    own = [each for each in bulletin.annexes if each.side == side and (full or each.comparison.current == current)]
    tables = tuple(_annex(bulletin, each, own_labels=own_labels) for each in own)
    title = Finding(f"bulletin.chapter.annex_{side}", {**_ends(bulletin, side), "period": period_name(current)})
    return Chapter(f"annex-{side}", title, tables)


def _ends(bulletin: Bulletin, side: Side) -> dict[str, Parameter]:
    exporter, importer = (Name("area", code) for code in bulletin.pair.ends(side))
    return {"exporter": exporter, "importer": importer}


def _annex(bulletin: Bulletin, annex: Annex, *, own_labels: bool) -> Table:
    spans = {"period": period_name(annex.comparison.current), "base": period_name(annex.comparison.base)}
    return table(
        f"annex_{annex.side}",
        Finding(f"bulletin.table.annex_{annex.side}", {**_ends(bulletin, annex.side), **spans}),
        annex.rows,
        _fields(annex, own_labels=own_labels),
        footers=(_total(annex),),
        caveats=("residual_group",) if RESIDUAL in annex.rows["product"].to_list() else (),
    )


def _fields(annex: Annex, *, own_labels: bool) -> tuple[Field, ...]:
    """Label, unit, quantity, value, share, change in per cent and in US dollars, contribution."""
    missing = annex.base_absence or "no_base"
    labels = () if own_labels else (_text("bulletin_label", "label"),)
    return (
        _row_head(own_labels=own_labels),
        *labels,
        words("unit", lambda record: Finding("cell.unit", {"unit": Name("term", f"unit.{record['unit']}")})),
        _number("quantity", "quantity", lambda record: None),
        _number("value", "usd", lambda record: Measure(None, "usd", "row_absent")),
        _number("share", "share", lambda record: None),
        _number("growth", "growth", lambda record: _no_growth(record, missing), change=True),
        _number("change_usd", "usd", lambda record: None, of="change", change=True),
        _number("contribution", "pp", lambda record: None, change=True),
    )


def _row_head(*, own_labels: bool) -> Field:
    def cell(record: Record) -> Cell:
        if record["product"] is None:
            return Finding("row.total")
        return record["label"] if own_labels and record["label"] else Name("product", record["product"])

    return Field(Column("group", kind="name"), cell)


def _text(key: str, of: str) -> Field:
    return Field(Column(key, kind="text"), lambda record: record[of] or "")


def _number(key: str, unit: Unit, otherwise: Callable[[Record], Cell], *, of: str = "", change: bool = False) -> Field:
    def cell(record: Record) -> Cell:
        value = record[of or key]
        return otherwise(record) if value is None else Measure(float(value), unit)

    # Whole dollars and tonnes, as the publisher prints them.
    scale: Scale | None = "one" if unit in ("usd", "quantity") else None
    digits = 2 if unit == "pp" else None
    return Field(Column(key, unit, "change" if change else "number", scale=scale, digits=digits), cell)


def _no_growth(record: Record, absence: str) -> Cell:
    return Measure(None, "growth", absence) if record["value"] is not None else None


def _total(annex: Annex) -> Record:
    total = annex.total
    return {
        **dict.fromkeys(annex.rows.columns),
        "unit": "usd",
        "value": total.now,
        "share": None if total.now is None else 1.0,
        "growth": total.growth,
        "change": total.change,
        "contribution": total.growth,
        "trace_id": " ".join(total.traces),
    }


def members(bulletin: Bulletin, found: Membership) -> Table:
    """The members one by one, and their sum."""
    whole = Member(found.group, bulletin.totals)
    comparison = bulletin.comparison
    title = {"period": period_name(comparison.current), "base": period_name(comparison.base)}
    return Table(
        "members",
        Finding("bulletin.table.members", title),
        (
            Column("member", kind="name", label=Finding("bulletin.column.member")),
            *(column for side in SIDES for column in _member_columns(side)),
        ),
        tuple(_member(each, Name("area", each.area)) for each in found.members),
        (_member(whole, Finding("bulletin.row.members")),),
    )


def _member_columns(side: str) -> tuple[Column, ...]:
    group = Finding(f"column.{side}")
    return (
        Column(f"value_{side}", "usd", label=Finding("column.value"), group=group),
        Column(f"growth_{side}", "growth", "change", label=Finding("column.growth"), group=group),
        Column(f"change_{side}", "usd", "change", label=Finding("column.change_usd"), group=group),
    )


def _member(member: Member, head: Label) -> Row:
    amounts = [member.totals.side(side) for side in SIDES]
    cells = tuple(cell for amount in amounts for cell in _member_cells(amount))
    return Row((head, *cells), tuple(trace for amount in amounts for trace in amount.traces))


def _member_cells(amount: Amount) -> tuple[Measure, ...]:
    absence = amount.absence or amount.base_absence or "no_base"
    growth = Measure(amount.growth, "growth", "" if amount.growth is not None else absence)
    change = Measure(amount.change, "usd", "" if amount.change is not None else absence)
    return Measure(amount.now, "usd", amount.absence), growth, change
