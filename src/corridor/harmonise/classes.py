"""Classes of products: end use, stage of processing, technology, Rauch, degree of processing.

A scheme is a list of ranges of codes in one classification. Flows in another are converted first. What no range has is
``unclassified``: a row of its own, never left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from corridor.codes import caveats, schema
from corridor.codes.classes import APPROXIMATE, bundled_ranges
from corridor.codes.classifications import is_hs
from corridor.errors import UnknownName, UsageError
from corridor.harmonise.conversion import AMOUNTS, convert
from corridor.harmonise.shares import DEFAULT, Method, Weights, shares

UNCLASSIFIED = "unclassified"

#: A classification of a scheme that fits any revision of the Harmonised System.
ANY_HS = "HS"


@dataclass(frozen=True)
class Scheme:
    """A way to put products into classes: ``ranges`` are first code, last code, class; ``note`` cites where from."""

    name: str
    classification: str
    ranges: tuple[tuple[str, str, str], ...]
    note: str
    approximate: bool = False


def schemes(added: pl.DataFrame | None = None) -> Mapping[str, Scheme]:
    """Every scheme by name: those of the package, and those the user added (stored table ``class_ranges``).

    A scheme that was added takes the place of the package's of the same name; of one added twice the last counts.
    """
    found = {
        name: Scheme(name, classification, ranges, "corridor, docs/classifications.md", name in APPROXIMATE)
        for (name, classification), ranges in _grouped(bundled_ranges()).items()
    }
    if added is not None:
        found |= {each.name: each for each in _added(added)}
    return found


def scheme(name: str, added: pl.DataFrame | None = None) -> Scheme:
    """One scheme by name. Raises `UnknownName` with the names there are."""
    known = schemes(added)
    if name not in known:
        raise UnknownName(
            f"no scheme of classes is called “{name}”",
            next_step=f"there are: {', '.join(sorted(known))}; more are added as a file of ranges",
        )
    return known[name]


def classes(products: Iterable[str], by: Scheme) -> dict[str, str]:
    """The class of each product; of nested ranges the one whose codes are longest decides."""
    tables = _by_length(by.ranges)
    return {product: _class(product, tables) for product in products}


def with_class(
    flows: pl.DataFrame,
    by: Scheme,
    *,
    concordances: pl.DataFrame | None = None,
    method: Method = DEFAULT,
    weights: Weights | None = None,
) -> pl.DataFrame:
    """The flows with ``class`` and ``class_note``, converted to the scheme's classification where they are in another.

    Takes one classification of flows (as `convert` does); rows of converted flows are parts with their trace. What
    the conversion cannot match and what no range has is ``unclassified``, so the values add up to what was given.
    Raises `UsageError` for flows of several classifications, `NothingFound` where no concordances lead to the scheme's.
    """
    schema.require(flows.columns, "classification", "product", what="table of flows")
    told = flows
    if not _fits(flows, by):
        tables = concordances if concordances is not None else _no_concordances()
        made = convert(
            flows, shares(tables, flows["classification"][0], by.classification, method=method, weights=weights)
        )
        lost = made.unmatched.with_columns(_lost=pl.lit(value=True))
        told = pl.concat([made.parts, lost], how="diagonal")
    return _named(told, by)


def sums(table: pl.DataFrame, keys: Sequence[str] = ("reporter", "partner", "flow", "period_end")) -> pl.DataFrame:
    """One row a class and key with its amounts and its share of the key's value; ``unclassified`` always has a row.

    Takes what `with_class` gives. ``share`` is null where the key's value is zero.
    """
    schema.require(table.columns, "class", *keys, what="table of classes")
    amounts = [name for name in AMOUNTS[:2] if name in table.columns]
    amount = "value_usd" if "value_usd" in amounts else "value"
    summed = table.group_by(*keys, "class").agg(pl.col(amounts).sum())
    blank = table.select(keys).unique().with_columns(pl.lit(0.0).alias(name) for name in amounts)
    missing = blank.with_columns(pl.lit(UNCLASSIFIED).alias("class")).join(summed, on=[*keys, "class"], how="anti")
    whole = pl.col(amount).sum().over(*keys)
    return (
        pl.concat([summed, missing.select(summed.columns)])
        .with_columns(share=pl.when(whole != 0).then(pl.col(amount) / whole))
        .sort(*keys, "class")
    )


def _fits(flows: pl.DataFrame, by: Scheme) -> bool:
    given = flows["classification"].unique().to_list()
    if by.classification == ANY_HS and all(is_hs(each) for each in given):
        return True
    if len(given) > 1:
        raise UsageError(
            f"flows in several classifications ({', '.join(sorted(given))})", next_step="make a panel in one of them"
        )
    return given in ([], [by.classification])


def _named(told: pl.DataFrame, by: Scheme) -> pl.DataFrame:
    lost = pl.col("_lost").fill_null(value=False) if "_lost" in told.columns else pl.lit(value=False)
    found = classes(told["product"].unique().to_list(), by)
    named = told.with_columns(
        pl.when(lost)
        .then(pl.lit(UNCLASSIFIED))
        .otherwise(pl.col("product").replace_strict(found, default=UNCLASSIFIED, return_dtype=pl.String))
        .alias("class"),
        class_note=pl.lit(f"{by.name}: {by.note}"),
    )
    if by.approximate and "caveats" in named.columns:
        named = named.with_columns(caveats=_approximate(named["caveats"]))
    return named.drop("_lost", strict=False)


def _approximate(texts: pl.Series) -> pl.Series:
    known = texts.fill_null("").unique().to_list()
    told = [caveats.join([*caveats.split(text), "approximate_class"]) for text in known]
    return texts.fill_null("").replace_strict(known, told, return_dtype=pl.String)


def _grouped(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], tuple[tuple[str, str, str], ...]]:
    found: dict[tuple[str, str], tuple[tuple[str, str, str], ...]] = {}
    for row in rows:
        key = (row["scheme"], row["classification"])
        found[key] = (*found.get(key, ()), (row["from"], row["to"], row["class"]))
    return found


def _added(table: pl.DataFrame) -> Iterable[Scheme]:
    newest = (
        table.select("scheme", "added", "snapshot").unique().sort("added", "snapshot").unique("scheme", keep="last")
    )
    rows = table.join(newest, on=["scheme", "added", "snapshot"], how="semi", maintain_order="left")
    for (name, classification, file), ranges in rows.group_by("scheme", "classification", "file", maintain_order=True):
        triples = ranges.select("first_product", "last_product", "class").rows()
        yield Scheme(str(name), str(classification), tuple(triples), str(file))


def _by_length(ranges: Iterable[tuple[str, str, str]]) -> list[tuple[int, list[tuple[str, str, str]]]]:
    """The ranges by the length of their codes, longest first, each list in the order of its first codes."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for each in ranges:
        found.setdefault(len(each[0]), []).append(each)
    return [(length, sorted(found[length])) for length in sorted(found, reverse=True)]


def _class(product: str, tables: Sequence[tuple[int, list[tuple[str, str, str]]]]) -> str:
    for length, ranges in tables:
        start = product[:length]
        at = bisect_right(ranges, start, key=lambda each: each[0]) - 1
        if at >= 0 and len(start) == length and start <= ranges[at][1]:
            return ranges[at][2]
    return UNCLASSIFIED


def _no_concordances() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(schema.columns("concordances"), pl.String))
