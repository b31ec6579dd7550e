"""A publisher's table of codes becomes rows of our tables, however long it is.

Rows stand by themselves here, unlike the blocks of `corridor.harmonise.raw`: one that cannot be understood is set
aside alone, with its reason. What all rows have in common is kept once (see `corridor.store.narrow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from corridor.codes import areas, schema
from corridor.codes.categories import told
from corridor.codes.periods import FIRST_YEAR, LAST_YEAR
from corridor.codes.products import TOTAL
from corridor.codes.row_keys import row_key
from corridor.codes.units import KG_PER_TONNE
from corridor.errors import UnknownName
from corridor.evidence import CodedReading, Constant
from corridor.harmonise.code_words import (
    Words,
    look_up,
    words_of,
    words_of_categories,
    words_of_numbers,
)
from corridor.harmonise.not_understood import not_understood, refused

#: A product code of any classification that numbers its goods; TOTAL beside it.
_PRODUCT = r"^(TOTAL|[0-9A-Z]{1,10})$"
#: What varies from row to row where nothing else is said.
_OPTIONAL: Mapping[str, Constant] = {
    "quantity": None, "quantity_unit": None, "caveats": "", "rate_source": None,
    "cumulative": False, "currency": "USD", "maturity": "official",
}  # fmt: skip
_SIDES = ("reporter", "partner")
_MEASURES = ("quantity", "net_weight_kg")
_ORDER = (*_SIDES, "flow", "classification", "product", "period_start")
_ASIDE = {"row": pl.Int64, "text": pl.String, "reason": pl.String}
_UNREAD = {
    "flow": "the flow is none of ours",
    "period_start": "the period cannot be read",
    "period_end": "the period cannot be read",
}
_UNMEASURED = "the amount is no number, the value is kept without it"
_AGAIN = "the same figure stands in another row of the file"
#: Rows from which on one number for each figure is worth its making.
_MANY = 10_000


def harmonise_coded(reading: CodedReading, *, snapshot: str, file: str, added: date) -> Coded:
    """Put one table of codes into our words and tables.

    Set aside with a reason: rows whose area is not known, whose product is no code, whose value is missing, negative
    or not finite, and the second row of one figure. Areas and numbered products become text only when the rows are
    written, so that millions of them fit into little memory.
    """
    if reading.published is None:
        reading = replace(reading, rows=_dated_by_adding(reading.rows))
    measured, unmeasured = _measured(_of_our_times(reading.rows))
    reading = replace(reading, rows=measured)
    constants = _constants(reading, snapshot, added)
    sides = {side: _uses(reading, side, constants) for side in _SIDES if side in reading.rows.columns}
    constants |= {side: _only_area(reading, side, constants) for side in _SIDES if side in constants}
    sound, faulty = _sound(reading.rows, constants, sides)
    valued = sound.filter(pl.col("value_usd").is_not_null()) if sound["value_usd"].null_count() else sound
    once, again = _once(valued, constants)
    bare = sound.filter(pl.col("value_usd").is_null())
    spoken = _spoken(reading, sides)
    pairs = _pairs(once, constants, spoken)
    return Coded(
        rows=once,
        spoken=spoken,
        constants=constants,
        quantities=_widened(spoken.words(bare.lazy()).collect(), constants, "quantities"),
        coverage=_coverage(pairs, constants),
        sums=None if "classification" in once.columns else _sums(pairs, constants),
        not_understood=_not_understood(reading, pl.concat([unmeasured, faulty, again]), snapshot, file, added),
    )


@dataclass(frozen=True)
class Spoken:
    """Turns a publisher's codes into ours: ``looked_up`` by number, ``joined`` as `_uses` gives them.

    ``digits`` are those of a product that is a number and not looked up; 0 for any other.
    """

    looked_up: Mapping[str, Words]
    joined: Mapping[str, pl.DataFrame]
    digits: int

    def words(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """The rows with our codes, as text."""
        written = self._told(rows, self.looked_up)
        # Words that a reader kept as categories, to hold millions of them, are words again.
        return written.with_columns(pl.col(pl.Categorical).cast(pl.String))

    def categories(self, rows: pl.DataFrame) -> pl.LazyFrame:
        """The rows with our codes, which are categories of no other words than theirs where they are looked up."""
        words = dict(self.looked_up)
        for name, kind in rows.schema.items():
            if kind == pl.Categorical and name not in self.joined and (found := words_of_categories(rows[name])):
                words.setdefault(name, found)
        told = self._told(rows.lazy(), {name: each.categories for name, each in words.items()})
        return told.with_columns(pl.col(pl.Categorical).cast(pl.String))

    def _told(self, rows: pl.LazyFrame, words: Mapping[str, Words]) -> pl.LazyFrame:
        columns = rows.collect_schema().names()
        for side, uses in self.joined.items():
            if side not in columns:
                continue
            on = [name for name in uses.columns if name != "area"]
            rows = rows.join(uses.lazy(), on=on, how="left", maintain_order="left", nulls_equal=True)
            rows = rows.with_columns(pl.col("area").alias(side)).drop("area")
        rows = look_up(rows, {name: each for name, each in words.items() if name in columns})
        if self.digits and "product" in columns:
            rows = rows.with_columns(pl.col("product").cast(pl.String).str.zfill(self.digits))
        return rows.select(pl.col("row").cast(pl.Int64) if name == "row" else name for name in columns)


def _spoken(reading: CodedReading, sides: Mapping[str, pl.DataFrame]) -> Spoken:
    found = {side: _always(uses, side) for side, uses in sides.items()}
    if reading.digits and "product" in reading.rows.columns:
        found["product"] = words_of_numbers(reading.rows["product"], reading.digits)
    looked_up = {name: words for name, words in found.items() if words}
    joined = {side: uses for side, uses in sides.items() if side not in looked_up}
    return Spoken(looked_up, joined, 0 if "product" in looked_up else reading.digits)


def _always(uses: pl.DataFrame, side: str) -> Words | None:
    """The areas of a side's codes where none of them changed its meaning in the time of the file."""
    areas = uses.select(side, "area").unique()
    return words_of(areas[side], areas["area"]) if areas.height == uses[side].n_unique() else None


@dataclass(frozen=True)
class Coded:
    """A file's flows, grouped by pair: ``rows`` is what varies, in the publisher's codes; the other tables whole.

    ``sums`` are the flows added up over their goods (`corridor.store.sums`), None for goods of several classifications.
    """

    rows: pl.DataFrame
    spoken: Spoken
    constants: Mapping[str, Constant]
    quantities: pl.DataFrame
    coverage: pl.DataFrame
    not_understood: pl.DataFrame
    sums: pl.DataFrame | None = None

    @property
    def flows(self) -> pl.LazyFrame:
        """What varies of the flows, in our codes: text or categories."""
        return self.spoken.categories(self.rows)

    @property
    def height(self) -> int:
        """How many flows there are."""
        return self.rows.height


def _dated_by_adding(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the caveat that the day of adding stands for the date of print, where they have caveats."""
    if "caveats" not in rows.columns:
        return rows
    # Few texts stand in millions of rows, as categories where a reader chose so; only the texts are made anew.
    said = rows["caveats"].unique()
    dated = pl.Series([_with_date_added(text or "") for text in said.cast(pl.String)], dtype=pl.String)
    if said.dtype == pl.Categorical:
        return rows.with_columns(told(rows["caveats"], said, dated.cast(pl.Categorical)))
    return rows.with_columns(pl.col("caveats").replace_strict(said, dated, return_dtype=pl.String))


def _of_our_times(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows without the days of years such as 0, 201 and 20221, which are typing errors."""
    for name in ("period_start", "period_end"):
        if name not in rows.columns:
            continue
        years = rows[name].unique().dt.year()
        if years.len() > years.is_between(FIRST_YEAR, LAST_YEAR).sum():
            sound = pl.col(name).dt.year().is_between(FIRST_YEAR, LAST_YEAR)
            rows = rows.with_columns(pl.when(sound).then(pl.col(name)).alias(name))
    return rows


def _measured(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with no amount where what is printed is no number, and one line for all of these: ``row, text, reason``.

    Their values are kept: of millions of rows some program may have written so of every amount it did not know.
    """
    there = [name for name in _MEASURES if name in rows.columns and rows.schema[name].is_float()]
    odd = [name for name in there if rows[name].is_nan().any()]
    if not odd:
        return rows, pl.DataFrame(schema=_ASIDE)
    numbers = rows.filter(pl.any_horizontal(pl.col(name).is_nan().fill_null(value=False) for name in odd))["row"]
    said = {"row": [numbers[0]], "text": [f"{numbers.len()} rows: {', '.join(odd)}"], "reason": [_UNMEASURED]}
    return rows.with_columns(pl.col(name).fill_nan(None) for name in odd), pl.DataFrame(said, schema=_ASIDE)


def _with_date_added(caveats: str) -> str:
    return f"{caveats} published_is_added".strip()


def _constants(reading: CodedReading, snapshot: str, added: date) -> dict[str, Constant]:
    """Every column of flows that does not vary, and the page."""
    said: dict[str, Constant] = {**_OPTIONAL, **reading.constants}
    if reading.published is None:
        said["caveats"] = _with_date_added(str(said["caveats"]))
    said |= {
        "source": reading.source,
        "table": reading.table,
        "release": reading.release,
        "edition": reading.edition,
        "published": reading.published or added,
        "added": added,
        "snapshot": snapshot,
        "page": reading.page,
    }
    if said["quantity_unit"] != "t":
        said.setdefault("net_weight_kg", None)
    return {name: value for name, value in said.items() if name not in reading.rows.columns}


def _uses(reading: CodedReading, side: str, constants: Mapping[str, Constant]) -> pl.DataFrame:
    """Every code of a side with our area, null if not known: ``side``, ``period_start`` where it varies, ``area``."""
    dated = "period_start" in reading.rows.columns
    rows = reading.rows
    if dated:
        uses = rows.select(side, "period_start").unique()
    else:
        # Most publishers put the rows of an area together.
        changes = pl.col(side).ne_missing(pl.col(side).shift())
        # The first row has none before it to differ from, also where its own cell is empty.
        uses = rows.select(pl.col(side).filter(changes).append(pl.col(side).head(1)).unique())
    days = uses["period_start"].to_list() if dated else [constants.get("period_start")] * uses.height
    found = [_known(reading.area_codes, str(code), day) for code, day in zip(uses[side], days, strict=True)]
    return uses.with_columns(pl.Series("area", found, dtype=pl.String))


def _only_area(reading: CodedReading, side: str, constants: Mapping[str, Constant]) -> str:
    day = constants.get("period_start", reading.rows["period_start"].min() if reading.rows.height else None)
    return _area(reading.area_codes, str(constants[side]), day if isinstance(day, date) else None)


def _known(publisher: str, code: str, day: Constant) -> str | None:
    try:
        return _area(publisher, code, day if isinstance(day, date) else None)
    except UnknownName:
        return None


def _area(publisher: str, code: str, day: date | None) -> str:
    return areas.from_publisher(publisher, code, day).code


def _sound(
    rows: pl.DataFrame, constants: Mapping[str, Constant], sides: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that can be kept, and the others with the reason: ``row, reason``."""
    reason = pl.coalesce(pl.when(fault).then(words) for fault, words in _faults(rows, constants, sides))
    if not rows.select(reason.is_not_null().any()).item():
        return rows, pl.DataFrame(schema=_ASIDE)
    told = rows.with_columns(reason=reason)
    faulty = told.filter(pl.col("reason").is_not_null())
    return told.filter(pl.col("reason").is_null()).drop("reason"), _aside(faulty.drop("reason"), faulty["reason"])


def _aside(rows: pl.DataFrame, reason: pl.Series | str) -> pl.DataFrame:
    """Rows set aside in their own words: several figures may stand in one row of a wide table."""
    words = [pl.col(name).cast(pl.String) for name in rows.columns if name != "row"]
    text = pl.concat_str(words, separator=" · ", ignore_nulls=True)
    said = pl.lit(reason) if isinstance(reason, str) else reason
    return rows.select(pl.col("row").cast(pl.Int64), text=text, reason=said)


def _faults(
    rows: pl.DataFrame, constants: Mapping[str, Constant], sides: Mapping[str, pl.DataFrame]
) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """What can be wrong with a row, and the words for it."""
    value = pl.col("value_usd")
    for side, uses in sides.items():
        lost = uses.filter(pl.col("area").is_null())
        code = pl.col(side).cast(pl.String).fill_null("")
        # A row whose period cannot be read is told below, with that reason.
        days = lost["period_start"].drop_nulls().unique().sort().to_list() if "period_start" in lost.columns else [None]
        for day in days:
            codes = lost.filter(pl.col("period_start") == day)[side] if day else lost[side]
            fault = pl.col(side).is_in(codes.implode(), nulls_equal=True)
            when = f" in {day.year}" if day else ""
            yield (
                (fault & (pl.col("period_start") == day) if day else fault),
                pl.format(f"no area has the publisher's code “{{}}”{when}", code),
            )
    for name, words in _UNREAD.items():
        if name in rows.columns:
            yield pl.col(name).is_null(), pl.lit(words)
    if "product" not in constants and rows.schema["product"] in (pl.String, pl.Categorical):
        yield (
            pl.col("product").is_in(_odd_products(rows).implode(), nulls_equal=True),
            pl.format("“{}” is no code of a product", pl.col("product").cast(pl.String).fill_null("")),
        )
    elif "product" not in constants:
        yield pl.col("product").is_null() | (pl.col("product") < 0), pl.lit("the row has no product")
    yield value < 0, pl.lit("the value is below zero")
    yield value.is_nan(), pl.lit("the value is no number")
    yield ~value.is_finite(), pl.lit("the value is not finite")
    measures = [name for name in _MEASURES if name in rows.columns]
    for name in measures:
        if rows.schema[name].is_float():
            yield ~pl.col(name).is_finite(), pl.lit("the quantity is not finite")
    measured = [pl.col(name).is_null() for name in measures]
    yield pl.all_horizontal(value.is_null(), *measured), pl.lit("the row has no value and no quantity")


def _odd_products(rows: pl.DataFrame) -> pl.Series:
    """What stands in the place of a product and is no code of one."""
    said = rows["product"].unique()
    text = said.cast(pl.String)
    return said.filter(text.is_null() | ~text.str.contains(_PRODUCT).fill_null(value=False))


def _once(rows: pl.DataFrame, constants: Mapping[str, Constant]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows grouped by pair, each figure once, and the later rows of a figure with the reason.

    A file in the order of its codes stays in it: that order groups the pairs as well as any other.
    """
    key = [name for name in schema.FLOW_KEY if name not in constants]
    if not key or not rows.height:
        return rows.head(1), _aside(rows.slice(1), _AGAIN)
    key.sort(key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    # Making numbers of the cells takes longer than sorting a few rows by them.
    number = row_key(rows, key) if rows.height > _MANY else None
    if number is not None:
        return _once_by(rows, number)
    if rows.select(_rising(key).all()).item():
        return rows, pl.DataFrame(schema=_ASIDE)
    ordered = rows.sort(*key, "row")
    again = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in key).fill_null(value=False)
    told = ordered.with_columns(again=again)
    repeated = told.filter("again").drop("again").select(rows.columns)
    return told.filter(~pl.col("again")).drop("again"), _aside(repeated, _AGAIN)


def _once_by(rows: pl.DataFrame, number: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same where one number stands for the figure."""
    if (number.slice(1) > number.head(-1)).all():
        return rows, pl.DataFrame(schema=_ASIDE)
    at = pl.DataFrame([number.alias("key"), rows["row"]]).select(pl.arg_sort_by("key", "row")).to_series()
    ordered, again = rows[at], (number[at].diff() == 0).fill_null(value=False)
    if not again.any():
        return ordered, pl.DataFrame(schema=_ASIDE)
    return ordered.filter(~again), _aside(ordered.filter(again), _AGAIN)


def _rising(key: list[str]) -> pl.Expr:
    """Whether each row stands behind the one before it; so nothing stands twice."""
    behind = pl.lit(value=False)
    for name in reversed(key):
        now, before = pl.col(name), pl.col(name).shift()
        behind = (now > before) | ((now == before) & behind)
    return behind.fill_null(value=True)


def _widened(rows: pl.DataFrame, constants: Mapping[str, Constant], table: str) -> pl.DataFrame:
    """Rows of another table than flows with all its columns."""
    wanted = schema.columns(table)
    place = f"{str(constants['snapshot'])[:16]}/{constants['page']}/"
    given = {name: pl.lit(value) for name, value in constants.items() if name in wanted and name not in rows.columns}
    trace = pl.concat_str(pl.lit(place), pl.col("row").cast(pl.String))
    told = rows.with_columns(**given, trace_id=trace)
    if "net_weight_kg" in wanted and "net_weight_kg" not in told.columns:
        told = told.with_columns(net_weight_kg=pl.col("quantity") * KG_PER_TONNE)
    return told.select(wanted)


def weight_of(rows: pl.DataFrame, constants: Mapping[str, Constant]) -> pl.Expr:
    """The weight of each row, in kilograms."""
    if "net_weight_kg" in rows.columns:
        return pl.col("net_weight_kg")
    if "net_weight_kg" in constants:
        return pl.lit(None, dtype=pl.Float64)
    return pl.col("quantity") * KG_PER_TONNE


def _pairs(rows: pl.DataFrame, constants: Mapping[str, Constant], spoken: Spoken) -> pl.DataFrame:
    """One row a pair, flow and period, in our codes: its first row, and the sums over all its goods."""
    key = [name for name in schema.FLOW_KEY if name not in constants and name not in ("classification", "product")]
    first = [pl.col(name).first() for name in ("maturity", "row") if name in rows.columns]
    amounts = [pl.col("value_usd").sum(), weight_of(rows, constants).sum().alias("net_weight_kg")]
    told = (*first, pl.len().alias("rows"), *amounts)
    found = rows.group_by(key, maintain_order=True).agg(told) if key else rows.select(told).head(rows.height)
    return spoken.words(found.lazy()).collect()


def _coverage(pairs: pl.DataFrame, constants: Mapping[str, Constant]) -> pl.DataFrame:
    """A pair's first row stands for all its goods."""
    told = pairs.with_columns(product=pl.lit("all"), classification=pl.lit(TOTAL), status=pl.lit("reported"))
    return _widened(told, constants, "coverage")


def _sums(pairs: pl.DataFrame, constants: Mapping[str, Constant]) -> pl.DataFrame:
    same = {name: value for name, value in constants.items() if name in schema.SUMS and name not in pairs.columns}
    return pairs.with_columns(pl.lit(value).alias(name) for name, value in same.items()).select(schema.SUMS)


def _not_understood(reading: CodedReading, aside: pl.DataFrame, snapshot: str, file: str, added: date) -> pl.DataFrame:
    """Rows set aside, with the words they were read from."""
    told = aside.sort("row").select(page=pl.lit(reading.page), row="row", text="text", reason="reason")
    # A long table has one page, which its reader does not repeat with every row.
    own = refused(replace(each, page=reading.page) for each in reading.refusals)
    return not_understood(pl.concat([told, own]), source=reading.source, snapshot=snapshot, file=file, added=added)
