"""Layouts of the whole world: what only an international source holds. No world is made up where there is none."""

from __future__ import annotations

import polars as pl

from corridor.codes import areas
from corridor.codes.classifications import SERVICES, has_levels
from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.errors import NothingFound, UsageError
from corridor.harmonise.levels import one_level
from corridor.indicators import rca
from corridor.study.spans import span
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking
from corridor.worksheets.laid import PERIOD, Laid

#: Fewer economies than this are no world, unless the user says so.
WORLD = 100
_ALL_PARTNERS = "WLD"
_EDITION = ("source", "release", "classification")
#: Kinds of areas that are economies, and those whose trade is a part of the whole: some of it names no country.
_ECONOMIES = frozenset({"country", "former"})
_SINGLE = _ECONOMIES | {"rest"}


def exports(tables: Tables, asking: Asking) -> Laid:
    """A row an exporter and product: ``period, exporter, product, value_usd``."""
    return _one_way(tables, asking, "export", "exporter")


def imports(tables: Tables, asking: Asking) -> Laid:
    """A row an importer and product: ``period, importer, product, value_usd``."""
    return _one_way(tables, asking, "import", "importer")


def both_ways(tables: Tables, asking: Asking) -> Laid:
    """A row a reporter and product: ``period, reporter, product, exports, imports``."""
    sold, bought = exports(tables, asking), imports(tables, asking)
    names = {"exporter": "reporter", "importer": "reporter"}
    one = sold.frame.rename({"exporter": "reporter", "value_usd": "exports"})
    two = bought.frame.rename({"importer": "reporter", "value_usd": "imports"})
    keys = [PERIOD, *dict.fromkeys(names.values()), "product"]
    both = one.join(two, on=keys, how="full", coalesce=True).sort(keys)
    return Laid(both, (*sold.notes, *bought.notes), (PERIOD,))


def with_rca(tables: Tables, asking: Asking) -> Laid:
    """As `exports`, with `rca`."""
    laid = exports(tables, asking)
    return Laid(rca(laid.frame, by=PERIOD), laid.notes, laid.by)


def flows(tables: Tables, asking: Asking) -> Laid:
    """A row a flow: ``period, exporter, importer, product, value_usd``."""
    return _by_partner(tables, asking, whole=False)


def totals(tables: Tables, asking: Asking) -> Laid:
    """A row an exporter and importer: ``period, exporter, importer, value_usd`` of all goods."""
    laid = _by_partner(tables, asking, whole=True)
    return Laid(laid.frame.drop("product"), laid.notes, laid.by)


def _by_partner(tables: Tables, asking: Asking, *, whole: bool) -> Laid:
    rows, notes = _world(tables, asking, "export", whole=whole)
    single = rows.filter(pl.col("partner").is_in(_countries(rows)))
    if single.is_empty():
        raise NothingFound(
            f"{asking.name} needs the exports of all the world by partner, and only those to all partners are held",
            next_step="corridor add PATH adds a file that names them",
        )
    columns = {"exporter": "reporter", "importer": "partner"}
    return Laid(single.select(PERIOD, "product", "value_usd", **columns), notes, (PERIOD,))


def fit(tables: Tables, asking: Asking) -> Laid:
    """A row a product: ``exports`` of the one, ``imports`` of the other, and world exports, ``world``."""
    sold, bought = exports(tables, asking), imports(tables, asking)
    keys = [PERIOD, "product"]
    world = sold.frame.group_by(keys).agg(world=pl.col("value_usd").sum())
    own = sold.frame.filter(exporter=asking.exporter or "").select(*keys, exports="value_usd")
    theirs = bought.frame.filter(importer=asking.importer or "").select(*keys, imports="value_usd")
    both = world.join(own, on=keys, how="left").join(theirs, on=keys, how="left")
    return Laid(both.sort(keys), (*sold.notes, *bought.notes), (PERIOD,))


def income(tables: Tables, asking: Asking) -> Laid:
    """Refused: no table of the store holds income per head."""
    raise NothingFound(
        f"{asking.name} needs the income per head of every economy, and no table of the store holds any",
        next_step=f"from Python: corridor.indicators.{asking.name}(table) with a column of your own",
    )


def by_market(tables: Tables, asking: Asking) -> Laid:
    """A row a market and product of one exporter: ``partner, product, value_0, value_1, market_0, market_1``."""
    laid = flows(tables, asking)
    if len(asking.periods) != 2 or asking.exporter is None:
        raise UsageError(
            "whose exports, from when to when?", next_step="name --exporter and two --period, e.g. 2023:2024"
        )
    keys = ["partner", "product"]
    rows = laid.frame.rename({"importer": "partner"})
    own = pl.when(pl.col("exporter") == asking.exporter).then(pl.col("value_usd"))
    ends = [
        rows.filter(pl.col(PERIOD) == period.code)
        .group_by(keys)
        .agg(own.sum().alias(f"value_{at}"), pl.col("value_usd").sum().alias(f"market_{at}"))
        for at, period in enumerate(asking.periods)
    ]
    both = ends[0].join(ends[1], on=keys, how="full", coalesce=True).sort(keys)
    return Laid(both.filter(pl.col("partner") != asking.exporter), laid.notes)


def regions(tables: Tables, asking: Asking) -> Laid:
    """A row a region and product in two periods: ``base_period, period, region, product, value_0, value_1``."""
    own = [code for code in tables.flows["reporter"].unique() if areas.is_region(code)]
    inside = [code for code in own if asking.exporter in {None, areas.country_of(code)}]
    rows = tables.flows.filter(pl.col("reporter").is_in(inside) & (pl.col("product") != TOTAL))
    if len(asking.periods) != 2 or rows.is_empty():
        raise NothingFound(
            f"{asking.name} needs exports by region and product in two periods; {len(inside)} regions report any here",
            next_step="corridor add PATH adds regional tables; then name two --period, e.g. 2023:2024",
        )
    named = [
        _in(rows, period).group_by("product", region="reporter").agg(pl.col("value_usd").sum().alias(f"value_{at}"))
        for at, period in enumerate(asking.periods)
    ]
    return Laid(named[0].join(named[1], on=["region", "product"], how="full", coalesce=True))


def _one_way(tables: Tables, asking: Asking, flow: str, side: str) -> Laid:
    rows, notes = _world(tables, asking, flow)
    whole = rows.filter(partner=_ALL_PARTNERS)
    rest = rows.filter(pl.col("partner").is_in(_countries(rows, kinds=_SINGLE))).join(
        whole, on=[PERIOD, "reporter"], how="anti"
    )
    keys = [PERIOD, "reporter", "product"]
    summed = pl.concat([whole, rest]).group_by(keys).agg(pl.col("value_usd").sum()).sort(keys)
    return Laid(summed.rename({"reporter": side}), notes, (PERIOD,))


def _world(tables: Tables, asking: Asking, flow: str, *, whole: bool = False) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of the edition that most economies report in, one period or several; ``whole``: of all goods."""
    given = {"source": asking.source, "release": asking.release, "classification": asking.classification}
    rows = tables.flows.filter(
        pl.col("flow") == flow, (pl.col("product") == TOTAL) == whole, *(pl.col(k) == v for k, v in given.items() if v)
    ).filter(pl.col("reporter").is_in(_countries(tables.flows, "reporter")))
    if asking.classification is None:
        rows = rows.filter(~pl.col("classification").is_in(SERVICES))
    what = "exports by partner" if whole else f"{flow}s by product"
    periods = asking.periods or _latest(rows, _least(asking))
    editions = _told(rows, periods)
    held = editions["reporter"].first() if editions.height else 0
    if rows.height and not held and asking.periods:
        raise NothingFound(
            f"no {what} of the world are held for {', '.join(each.code for each in periods)}",
            next_step="corridor sources shows which periods are held",
        )
    if not isinstance(held, int) or held < _least(asking):
        raise _no_world(asking, what, rows, periods)
    chosen = rows.join(editions.head(1), on=_EDITION, how="semi")
    found = pl.concat([_in(chosen, each).with_columns(pl.lit(each.code).alias(PERIOD)) for each in periods])
    source, release, classification, count = editions.row(0)
    if has_levels(classification) and not whole:
        found = _of_one_level(found, asking.product)
    when = ", ".join(each.code for each in periods)
    note = f"figures: {source}, {release} release, {classification}; the world is the {count} economies held for {when}"
    return found, (note,)


def _least(asking: Asking) -> int:
    """How many economies pass for a world."""
    return 2 if asking.among_held else WORLD


def _told(rows: pl.DataFrame, periods: tuple[Period, ...]) -> pl.DataFrame:
    """The editions that hold every one of the periods, with how many economies report in the one with fewest.

    An edition whose other periods hold more economies is none the wider for it.
    """
    each = [_in(rows, period).group_by(_EDITION).agg(pl.col("reporter").n_unique()) for period in periods]
    every = pl.concat([rows.head(0).group_by(_EDITION).agg(pl.col("reporter").n_unique()), *each])
    told = every.group_by(_EDITION).agg(pl.col("reporter").min(), _held=pl.len())
    held = told.filter(pl.col("_held") == len(periods)).drop("_held")
    return held.sort("reporter", *_EDITION, descending=True)


def _of_one_level(rows: pl.DataFrame, product: str | None) -> pl.DataFrame:
    """Chapters hold headings, and those subheadings: all at once would count every good several times."""
    alike = rows.filter(pl.col("product").str.len_chars() == len(product)) if product else rows.clear()
    return alike if alike.height else one_level(rows)[0]


def _no_world(asking: Asking, what: str, rows: pl.DataFrame, periods: tuple[Period, ...]) -> NothingFound:
    inside = pl.concat([rows.head(0), *(_in(rows, each) for each in periods)])
    who = inside["reporter"].unique().sort().to_list()
    held = (
        f"of {', '.join(who[:5])}{f' and {len(who) - 5} others' if len(who) > 5 else ''} alone" if who else "of nobody"
    )
    when = f" for {', '.join(each.code for each in periods)}" if who else ""
    return NothingFound(
        f"{asking.name} needs {what} of all the world; the store holds those {held}{when}",
        next_step="add an international source (corridor sources); "
        + ("--among-held takes the economies held for the world" if len(who) > 1 else "none is made up"),
    )


def _latest(rows: pl.DataFrame, least: int) -> tuple[Period, ...]:
    """The latest year (or what is held instead of years) of which a world is held; else the latest of all."""
    ends = rows.select("period_start", "period_end").unique().rows()
    spans = [span(*end) for end in ends]
    years = sorted([each for each in spans if each.freq == "A"] or spans, key=lambda period: period.end, reverse=True)
    whole = (each for each in years if _reporting(rows, each) >= least)
    return (next(whole, years[0]),) if years else ()


def _reporting(rows: pl.DataFrame, period: Period) -> int:
    most = _told(rows, (period,))["reporter"].max()
    return most if isinstance(most, int) else 0


def _in(rows: pl.DataFrame, period: Period) -> pl.DataFrame:
    exact = rows.filter(period_start=period.start, period_end=period.end)
    # A year to date and a plain column of the same days are one figure: the cumulative one goes first.
    cumulative = exact.filter("cumulative")
    return cumulative if cumulative.height else exact


def _countries(rows: pl.DataFrame, column: str = "partner", kinds: frozenset[str] = _ECONOMIES) -> list[str]:
    codes = rows[column].unique().drop_nulls().to_list()
    return sorted(c for c in codes if not c.startswith("_") and areas.area(c).kind in kinds)
