"""The sentences of a bulletin on groups: what fell and rose, volumes and unit values, what came and went."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corridor.bulletin.movers import Movement
from corridor.bulletin.totals import Amount, absence
from corridor.bulletin.write import Bulletin
from corridor.codes.periods import Period
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.bulletin_phrases import grew, moved, paragraph, usd
from corridor.report.documents.bulletin_totals import period_name
from corridor.report.documents.document import Block, Heading
from corridor.report.documents.grid import Record, traces_in

#: Groups whose contribution is told, and groups of the cumulative sentence.
_CONTRIBUTIONS = 5


def groups(bulletin: Bulletin) -> list[Block]:
    """Falls and rises of exports, then rises and falls of imports."""
    exports, imports = bulletin.movements
    first = exports.measured.height > 0
    return [
        *_side(bulletin, exports, ("falls", "rises"), explained=True),
        *_side(bulletin, imports, ("rises", "falls"), explained=not first),
    ]


def groups_to_date(bulletin: Bulletin) -> list[Block]:
    """Which groups moved the cumulative totals most."""
    found = (_to_date(bulletin, each) for each in bulletin.movements_to_date)
    return [*paragraph(*found)]


def _side(bulletin: Bulletin, found: Movement, order: tuple[str, str], *, explained: bool) -> list[Block]:
    total = bulletin.totals.side(found.side)
    if total.now is None:
        return []
    heading = Heading(Finding(f"bulletin.heading.{found.side}", {"partner": Name("area", bulletin.pair.partner)}))
    if found.changes.is_empty():
        return [heading, *paragraph(_largest(bulletin, found))]
    lists = (block for kind in order for block in paragraph(*_list(bulletin, found, kind)))
    return [
        heading,
        *lists,
        *paragraph(_residual(found), _contributions(found, total)),
        *paragraph(_volumes(found, explained=explained)),
        *paragraph(_vanished(found), _new(found), _relabelled(found)),
    ]


def _list(bulletin: Bulletin, found: Movement, kind: str) -> Iterator[Finding]:
    """Those that moved the total most, then those that only moved fast."""
    rows: pl.DataFrame = getattr(found, kind)
    base = found.comparison.base
    partner = Name("area", bulletin.pair.partner)
    if rows.height:
        count = Measure(found.count(falling=kind == "falls"), "count")
        given: dict[str, Parameter] = {
            "n": count,
            "partner": partner,
            "period": period_name(found.comparison.current),
            "items": _items(rows, base),
        }
        yield Finding(f"bulletin.{kind}.{found.side}", given, traces_in(rows))
    fast: pl.DataFrame = getattr(found, f"fast_{kind}")
    if fast.height:
        told: dict[str, Parameter] = {"partner": partner, "items": _rates(fast)}
        # The first sentence of a section says of when it is.
        alone = {} if rows.height else {"period": period_name(found.comparison.current)}
        key = f"bulletin.{'only_' if alone else ''}fast_{kind}.{found.side}"
        yield Finding(key, {**told, **alone}, traces_in(fast))


def _items(rows: pl.DataFrame, base: Period) -> tuple[Finding, ...]:
    return tuple(_item(row, base) for row in rows.iter_rows(named=True))


def _rates(rows: pl.DataFrame) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "bulletin.item",
            {
                "product": Name("product", row["product"]),
                "value": usd(row["value_1"]),
                "moved": grew(row["growth"]),
            },
        )
        for row in rows.iter_rows(named=True)
    )


def _item(row: Record, base: Period) -> Finding:
    given: dict[str, Parameter] = {"product": Name("product", row["product"]), "value": usd(row["value_1"])}
    return Finding("bulletin.item", {**given, "moved": moved("bulletin.item", _amount(row), base)})


def _amount(row: Record) -> Amount:
    return Amount(row["value_1"], row["value_0"])


def _residual(found: Movement) -> Finding | None:
    rows = found.residual.drop_nulls("value_1")
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    given: dict[str, Parameter] = {
        "period": period_name(found.comparison.current),
        "product": Name("product", row["product"]),
        "value": usd(row["value_1"]),
        "moved": moved("bulletin.item", _amount(row), found.comparison.base),
    }
    return Finding(f"bulletin.residual.{found.side}", given, traces_in(rows), ("residual_group",))


def _contributions(found: Movement, total: Amount) -> Finding | None:
    """The largest contributions, the residual and vanished groups among them: they add up to the growth."""
    rows = found.changes.drop_nulls("contribution")
    if rows.is_empty() or total.growth is None:
        return None
    largest = rows.sort(pl.col("contribution").abs(), "product", descending=[True, False]).head(_CONTRIBUTIONS)
    items = tuple(
        Finding(
            "bulletin.contribution",
            {"product": Name("product", row["product"]), "contribution": Measure(row["contribution"], "pp")},
        )
        for row in largest.iter_rows(named=True)
    )
    given: dict[str, Parameter] = {"period": period_name(found.comparison.current), "items": items}
    return Finding(f"bulletin.contributions.{found.side}", given, traces_in(largest))


def _volumes(found: Movement, *, explained: bool) -> Finding | None:
    rows = found.measured
    if rows.is_empty():
        return None
    items = tuple(_volume(row) for row in rows.iter_rows(named=True))
    key = f"bulletin.volumes.{found.side}.{'explained' if explained else 'again'}"
    given: dict[str, Parameter] = {"period": period_name(found.comparison.current), "items": items}
    return Finding(key, given, traces_in(rows), ("unit_value_mix",))


def _volume(row: Record) -> Finding:
    unit = "piece" if row["quantity_unit"] == "piece" else "t"
    return Finding(
        f"bulletin.volume.{unit}",
        {
            "product": Name("product", row["product"]),
            "value_moved": grew(row["growth"]),
            "quantity_moved": grew(row["quantity_growth"]),
            "quantity": Measure(row["quantity_1"], "quantity"),
            "unit_value_moved": grew(row["unit_value_growth"]),
            "unit_value": Measure(row["unit_value_1"], "usd_per_unit"),
        },
    )


def _vanished(found: Movement) -> Finding | None:
    return _came_or_went(found, found.vanished, "vanished", "value_0")


def _new(found: Movement) -> Finding | None:
    return _came_or_went(found, found.new, "new", "value_1")


def _came_or_went(found: Movement, rows: pl.DataFrame, kind: str, side: str) -> Finding | None:
    if rows.is_empty():
        return None
    items = tuple((Name("product", row["product"]), usd(row[side])) for row in rows.iter_rows(named=True))
    given: dict[str, Parameter] = {
        "base": period_name(found.comparison.base),
        "period": period_name(found.comparison.current),
        "items": items,
    }
    return Finding(f"bulletin.{kind}.{found.side}", given, traces_in(rows), ("no_row",))


def _relabelled(found: Movement) -> Finding | None:
    rows = found.relabelled
    if rows.is_empty():
        return None
    items = tuple(Name("product", code) for code in rows["product"])
    return Finding("bulletin.relabelled", {"items": items}, traces_in(rows), ("definition_break",))


def _largest(bulletin: Bulletin, found: Movement) -> Finding:
    rows = found.largest
    period = period_name(found.comparison.current)
    if rows.is_empty():
        why = absence(bulletin.pair.ledger, bulletin.pair.flow(found.side), found.comparison.current)
        key = "groups_not_held" if why == "not_held" else "no_groups"
        return Finding(f"bulletin.{key}.{found.side}", {"period": period})
    items = tuple((Name("product", row["product"]), usd(row["value_usd"])) for row in rows.iter_rows(named=True))
    return Finding(f"bulletin.largest.{found.side}", {"period": period, "items": items}, traces_in(rows))


def _to_date(bulletin: Bulletin, found: Movement) -> Finding | None:
    rows = found.changes
    if rows.is_empty() or bulletin.to_date is None:
        return None
    both = rows.filter((pl.col("change_kind") == "changed") & ~pl.col("residual")).drop_nulls("contribution")
    largest = both.sort(pl.col("contribution").abs(), "product", descending=[True, False]).head(_CONTRIBUTIONS)
    if largest.is_empty():
        return None
    given: dict[str, Parameter] = {
        "period": period_name(found.comparison.current),
        "items": _items(largest, found.comparison.base),
    }
    return Finding(f"bulletin.to_date_groups.{found.side}", given, traces_in(largest))
