"""`find`: every name that the package and the store know, searched, with what is held of each hit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from corridor.codes import products
from corridor.codes.names import LANGUAGES
from corridor.codes.whole_years import is_whole_year
from corridor.errors import NothingFound
from corridor.holdings import Holdings

if TYPE_CHECKING:
    from corridor.workspace import Workspace

Named: TypeAlias = tuple[str, str, str, str, str]

_NAMES = ("classification", "product", "lang", "name", "name_source")
_KEY = ("classification", "product")


def search(
    workspace: Workspace,
    word: str,
    *,
    pair: tuple[str, str] | None = None,
    limit: int | None = None,
    lang: str = "en",
) -> pl.DataFrame:
    """The goods that ``word`` may mean, best first.

    Columns ``classification, product, name, lang, name_source, found_by, first_year, last_year`` (of flows held, null
    where none are), and with ``pair`` also ``year, exports_usd, imports_usd, reporter, source``: the trade of the first
    of the two with the second, in the last whole year that holds the product. Raises `NothingFound`.
    """
    from corridor.harmonise import search as words

    hits = words.search(_names(workspace), word, lang).drop("rank")
    if hits.is_empty():
        raise NothingFound(
            f"no goods are called “{word}”",
            next_step="try one word, or add names: Viet Nam's tariff, the TN VED dictionary, the UN's lists",
        )
    hits = hits.head(limit) if limit else hits
    flows = _flows(workspace, hits)
    table = hits.join(_years(flows), on=_KEY, how="left", maintain_order="left")
    return table.join(_trade(flows, *pair), on=_KEY, how="left", maintain_order="left") if pair else table


def _names(workspace: Workspace) -> pl.DataFrame:
    own = pl.DataFrame(list(_own()), schema=dict.fromkeys(_NAMES, pl.String), orient="row")
    stored = workspace.store.scan("product_names").rename({"source": "name_source"})
    # Of a code's wordings the one in force longest counts; of a name that several lists have, one.
    newest = stored.sort("in_force_until", "in_force_from", nulls_last=[True, False]).unique(
        [*_KEY, "lang", "name_source"], keep="last"
    )
    return pl.concat([own, newest.select(_NAMES).collect()]).unique(["classification", "product", "lang", "name"])


def _own() -> Iterator[Named]:
    for code in products.codes():
        yield from (("VNC", code, lang, products.name(code, lang), "corridor") for lang in LANGUAGES)
    yield from _labels()
    for code in products.hs_chapters():
        yield from (("HS", code, lang, products.hs_chapter(code, lang), "corridor") for lang in LANGUAGES)


def _labels() -> Iterator[Named]:
    """Publishers' own labels of the groups, which are further names of them."""
    from corridor.sources import card, source_ids

    for source in source_ids():
        for label in card(source).products:
            yield (str(card(source).classification), label.code, card(source).languages[0], label.label, source)


def _flows(workspace: Workspace, hits: pl.DataFrame) -> pl.DataFrame:
    """The current flows of the hits. A chapter of any revision is held under the revision's own name."""
    asked = hits.select(_KEY)
    of_hs = [f"H{revision}" for revision in range(7)]
    any_hs = asked.filter(pl.col("classification") == "HS").select("product", as_classification=pl.lit("HS"))
    held = Holdings(workspace.store).flows(pl.col("product").is_in(hits["product"].unique().to_list()))
    plain = held.join(asked, on=_KEY, how="semi")
    chapters = (
        held.filter(pl.col("classification").is_in(of_hs))
        .join(any_hs, on="product", how="inner")
        .with_columns(classification="as_classification")
        .drop("as_classification")
    )
    return pl.concat([plain, chapters.select(plain.columns)])


def _years(flows: pl.DataFrame) -> pl.DataFrame:
    return flows.group_by(_KEY).agg(
        first_year=pl.col("period_start").min().dt.year(), last_year=pl.col("period_end").max().dt.year()
    )


def _trade(flows: pl.DataFrame, first: str, second: str) -> pl.DataFrame:
    """The last whole year between the two, one reporter and source a product.

    The first's own report is taken before the other's.
    Exports are those of ``first`` to ``second``, whoever reports them.
    """
    pairs = [(first, second), (second, first)]
    ours = flows.filter(
        pl.any_horizontal((pl.col("reporter") == one) & (pl.col("partner") == other) for one, other in pairs)
        & pl.col("flow").is_in(["export", "import"])
        & is_whole_year()
    ).with_columns(
        year=pl.col("period_end").dt.year(),
        outward=(pl.col("flow") == "export") == (pl.col("reporter") == first),
        foreign=pl.col("reporter") != first,
    )
    series = ours.group_by(*_KEY, "year", "reporter", "foreign", "source", "release").agg(
        exports_usd=_sum("outward"), imports_usd=_sum("inward")
    )
    best = series.sort("year", "foreign", "release", "source", descending=[True, False, False, False])
    return best.unique(_KEY, keep="first", maintain_order=True).drop("foreign", "release")


def _sum(way: str) -> pl.Expr:
    """The value of one way; null where no row of it stands, which is not zero."""
    rows = pl.col("value_usd").filter(pl.col("outward") if way == "outward" else ~pl.col("outward"))
    return pl.when(rows.len() > 0).then(rows.sum())
