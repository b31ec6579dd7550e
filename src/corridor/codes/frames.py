"""Any table in, the same kind out: the common ground of the functions written with Narwhals.

A Polars DataFrame or LazyFrame, a pandas or PyArrow table, a DuckDB relation becomes one type (`Table`) on
the way in and its own type again on the way out. What no arithmetic should have to ask twice is asked here:
no value is missing unaware, no total stands among its parts, no code is a number, nothing divides by zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import schema
from corridor.errors import CorridorError, UsageError

Table: TypeAlias = nw.LazyFrame[Any]

#: One column or several.
Names: TypeAlias = str | Sequence[str]

#: Codes that stand for a sum of others; among its parts a total would be counted twice.
TOTALS = ("TOTAL", "WLD", "_LISTED", "_V03")

#: Why an indicator has no number. The column ``<indicator>_absence`` holds one of these, or null beside a number.
REASONS: Mapping[str, str] = {
    "absent": "there is no row for it on one of the two sides",
    "exceeds_whole": "the part is larger than the whole it is taken from: the two do not belong together",
    "gap": "one of the twelve months is missing",
    "no_base": "the earlier value is zero or there was none",
    "no_common_product": "nothing that the one exports is imported by the other",
    "no_cumulative": "the cumulative value is not printed",
    "no_days": "the number of working days is not known or zero",
    "no_exports": "there are no exports to divide by",
    "no_exporter_report": "the exporter reported nothing",
    "no_first_release": "there is no first release",
    "no_importer_report": "the importer reported nothing",
    "no_importers": "nobody imports the product",
    "no_imports": "there are no imports to divide by",
    "no_income": "no income per head is known of anybody who exports the product",
    "no_market": "the market bought nothing in the first period, or nothing of what was sold",
    "no_month": "the month's value is not printed",
    "no_neighbours": "no other product is near",
    "no_presence": "nobody is present in the product, or the economy in none",
    "no_previous_month": "the month before is not in the table",
    "no_prody": "one of the products has no income level",
    "no_quantity": "a quantity is not printed or zero",
    "no_rest_of_world": "the rest of the world trades nothing to compare with",
    "no_revised_release": "no revised release yet",
    "no_total": "the values add up to zero",
    "no_trade": "neither exports nor imports",
    "no_whole": "the whole is not known or zero",
    "no_world_exports": "nobody exports the product",
    "not_comparable": "the two reports do not speak of the same thing",
    "not_connected": "it has nothing in common with the largest group that hangs together",
    "not_determined": "the data do not tell one answer from another",
    "one_part": "a single part cannot be normalised",
    "one_period": "a rate needs two periods",
    "one_year": "a spread needs two years",
    "only_product": "the economy trades nothing else to compare with",
    "under_a_year": "there are fewer than twelve months up to here",
    "zero_in_series": "a zero has no logarithm",
}

#: A difference smaller than this part of the whole is rounding.
_ROUNDING = 1e-12

_NOT_NUMBERS = (nw.String, nw.Categorical, nw.Enum, nw.Boolean, nw.Date, nw.Datetime)
_TEXT = (nw.String, nw.Categorical, nw.Enum)
_DATES = (nw.Date, nw.Datetime)


class UnfitTable(CorridorError):
    """A table holds what the arithmetic must not take: nulls, NaN, totals among parts, codes that are numbers."""


def enter(frame: IntoFrameT) -> Table:
    """The user's table as the one type the arithmetic is written for."""
    table = _known(frame)
    if isinstance(table, nw.LazyFrame):
        return table
    # PyArrow has no running sums and no ranks within groups; Polars reads its memory as it lies.
    return table.lazy("polars") if table.implementation.is_pyarrow() else table.lazy()


def leave(table: Table, like: IntoFrameT) -> IntoFrameT:
    """A result as the kind of table ``like`` is."""
    given = _known(like)
    if isinstance(given, nw.LazyFrame):
        return cast(IntoFrameT, table.to_native())
    eager = table.collect("pyarrow") if given.implementation.is_pyarrow() else table.collect()
    return cast(IntoFrameT, eager.to_native())


def _known(frame: object) -> nw.DataFrame[Any] | Table:
    return cast("nw.DataFrame[Any] | Table", nw.from_native(cast(Any, frame)))


def names(columns: Names) -> tuple[str, ...]:
    """Column names, whether one was given or several."""
    return (columns,) if isinstance(columns, str) else tuple(columns)


def number(column: str) -> nw.Expr:
    """A column as a number; null stays null."""
    return nw.col(column).cast(nw.Float64)


def present(column: str) -> nw.Expr:
    """A column as a number where null means that there was no row: counted as nothing."""
    return number(column).fill_null(0.0)


def within(expression: nw.Expr, by: Sequence[str]) -> nw.Expr:
    """An aggregate repeated on every row of its group, or of the whole table where ``by`` is empty."""
    return expression.over(*by) if by else expression


def share_within(amount: nw.Expr, by: Sequence[str]) -> nw.Expr:
    """An amount over the sum of its group, null where the group adds up to nothing."""
    return ratio(amount, within(amount.sum(), by))


def running(column: str, by: Sequence[str], order_by: Names) -> nw.Expr:
    """The running sum of a column within its group, in the order of ``order_by``."""
    return nw.col(column).cum_sum().over(*by, order_by=names(order_by))


def month(date: str) -> nw.Expr:
    """The month a date is in, counted from year 0: January is the first of each dozen."""
    day = nw.col(date).dt
    return day.year().cast(nw.Int64) * 12 + day.month().cast(nw.Int64)


def each(table: Table, by: Sequence[str], /, **aggregates: nw.Expr) -> Table:
    """One row a group in the order of ``by``, or one row in all.

    Aggregates are of plain columns (``nw.col("x").sum()``): pandas and PyArrow group by nothing else.
    """
    return table.group_by(*by).agg(**aggregates).sort(*by) if by else table.select(**aggregates)


def parts(table: Table, over: str, by: Sequence[str], value: str, without: Sequence[str] = ()) -> Table:
    """The parts of each group, rows of one part added up: columns ``by``, ``over``, ``_value`` and ``_share``.

    The parts named in ``without`` are left out before the shares are taken.
    """
    rows = leave_out(table, over, without).with_columns(_value=number(value))
    summed = each(rows, (*by, over), _value=nw.col("_value").sum())
    return summed.with_columns(_share=share_within(nw.col("_value"), by))


def counted(n: int | None) -> nw.Expr:
    """The number of parts: the column ``n`` of those in the table, or the one given."""
    return nw.col("n").cast(nw.Int64) if n is None else nw.lit(n, nw.Int64)


def leave_out(table: Table, column: str, codes: Sequence[str]) -> Table:
    """The rows whose ``column`` is none of the ``codes``, all of them where no code is given.

    Raises: MissingColumns if there are codes and no such column.
    """
    schema.require(table.collect_schema().names(), *((column,) if codes else ()))
    return table.filter(~nw.col(column).cast(nw.String).is_in(list(codes))) if codes else table


def ratio(above: nw.Expr, below: nw.Expr) -> nw.Expr:
    """A quotient, null where there is nothing to divide by."""
    return nw.when(below != 0).then(above / below)


def ratio_of_ratios(part: nw.Expr, whole: nw.Expr, other_part: nw.Expr, other_whole: nw.Expr) -> nw.Expr:
    """``(part / whole) / (other_part / other_whole)``, null where one of the three divisions has nothing to divide by.

    Multiplied first: a column over one number may be multiplied by its reciprocal, and an index of 1 then falls short.
    """
    return nw.when(other_whole != 0).then(ratio(part * other_whole, whole * other_part))


def rest(whole: nw.Expr, part: nw.Expr) -> nw.Expr:
    """What a whole has beside a part; what only rounding has left is nothing."""
    return nw.when(whole - part > _ROUNDING * whole).then(whole - part).otherwise(nw.lit(0.0))


def absence(*cases: tuple[nw.Expr, str]) -> nw.Expr:
    """The first of the reasons that holds, null where none does."""
    reason: nw.Expr = nw.lit(None, nw.String)
    for condition, key in reversed(cases):
        reason = nw.when(condition).then(nw.lit(key)).otherwise(reason)
    return reason


def one_row(table: Table) -> tuple[Any, ...]:
    """The only row of a table of aggregates, computed now."""
    # Narwhals would fetch it through PyArrow, which neither DuckDB nor Spark itself needs.
    if table.implementation.is_duckdb():
        return cast(tuple[Any, ...], table.to_native().fetchall()[0])
    if table.implementation.is_spark_like():
        return tuple(table.to_native().collect()[0])
    return table.collect().row(0)


def check(
    table: Table,
    *,
    values: Iterable[str] = (),
    optional: Iterable[str] = (),
    codes: Iterable[str] = (),
    groups: Iterable[str] = (),
    dates: Iterable[str] = (),
    flags: Iterable[str] = (),
    signed: Iterable[str] = (),
) -> None:
    """Raise unless the columns are there and hold what arithmetic can take.

    ``values``: numbers of zero or more, none missing. ``optional``: the same, where null has a meaning.
    ``codes``: text naming the parts, none missing and no total among them. ``groups`` and ``dates``: none missing.
    ``flags``: true, false or null. ``signed``: numbers of either sign, where null has a meaning. Counts the rows, so a
    lazy table is computed up to here.

    Raises: MissingColumns, UnfitTable.
    """
    values, optional, codes = tuple(values), tuple(optional), tuple(codes)
    groups, dates, flags, signed = tuple(groups), tuple(dates), tuple(flags), tuple(signed)
    check_columns(table, values=(*values, *optional, *signed), codes=codes, groups=groups, dates=dates, flags=flags)
    faults = [fault for column in values for fault in (_missing_value(column), *_no_amounts(column))]
    faults += [fault for column in optional for fault in _no_amounts(column)]
    faults += [_no_amounts(column)[0] for column in signed]
    faults += [_missing_code(column) for column in (*codes, *groups, *dates)]
    faults += [_totals_among_parts(column) for column in codes]
    _raise_first(table, faults)


def check_columns(
    table: Table,
    *,
    values: Sequence[str] = (),
    codes: Sequence[str] = (),
    groups: Sequence[str] = (),
    dates: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> None:
    """Raise unless the columns are there and of the type that arithmetic can take; no row is looked at.

    Raises: MissingColumns, UnfitTable.
    """
    types = table.collect_schema()
    schema.require(types.names(), *values, *codes, *groups, *dates, *flags)
    _check_types(types, values, codes, dates, flags)


def check_unique(table: Table, keys: Sequence[str]) -> None:
    """Raise `UnfitTable` if two rows have the same ``keys``: the sums would count something twice."""
    repeated = table.group_by(*keys).agg(rows=nw.len()).filter(nw.col("rows") > 1).select(nw.col("rows").sum())
    if number_of := one_row(repeated)[0]:
        raise shared_keys(int(number_of), keys)


def shared_keys(rows: int, keys: Sequence[str]) -> UnfitTable:
    """The error for ``rows`` that do not differ in their ``keys``."""
    return UnfitTable(
        f"{rows} rows share their {', '.join(keys)} with another row",
        next_step="keep one source, release and period, or add the rows up first",
    )


def check_constant(table: Table, column: str, keys: Sequence[str]) -> None:
    """Raise `UnfitTable` if rows of the same ``keys`` disagree on a number; a missing one disagrees with none."""
    rows = table.with_columns(_least=number(column), _most=number(column))
    ends = each(rows, keys, _least=nw.col("_least").min(), _most=nw.col("_most").max())
    apart = ends.select(_apart=(nw.col("_least") < nw.col("_most")).cast(nw.Int64))
    if number_of := one_row(apart.select(nw.col("_apart").sum()))[0]:
        raise UnfitTable(f"{int(number_of)} of {', '.join(keys)} have more than one {column}")


def check_parts(rows: Table, n: int | None) -> None:
    """Raise `UsageError` if a group of ``rows`` counts more parts (column ``n``) than the ``n`` there are to be."""
    if n is None:
        return
    most = one_row(rows.select(nw.col("n").max()))[0] or 0
    if most > n or n < 1:
        raise UsageError(
            f"there are {int(most)} parts in the table, and n is {n}", next_step=f"give n of {max(most, 1)} or more"
        )


def check_never(table: Table, condition: nw.Expr, what: str, *, next_step: str) -> None:
    """Raise `UnfitTable` ("2 of 9 rows ``what``") if ``condition`` is true anywhere."""
    _raise_first(table, [(condition, what)], next_step=next_step)


def check_choice(what: str, given: str, *allowed: str) -> None:
    """Raise `UsageError` unless the argument ``what`` is one of the ``allowed`` words."""
    if given not in allowed:
        raise UsageError(f"{what} cannot be {given!r}", next_step=f"it is one of: {', '.join(allowed)}")


_Fault: TypeAlias = tuple[nw.Expr, str]


def _missing_value(column: str) -> _Fault:
    return nw.col(column).is_null(), (
        f"have no {column}. A sum would count them as zero. "
        "Leave out what was not reported, or fill it on purpose and add a caveat."
    )


def _no_amounts(column: str) -> tuple[_Fault, _Fault]:
    amount = number(column)
    return (
        # pandas calls NaN missing and not finite; only what is not missing is asked.
        (~amount.is_null() & ~amount.is_finite(), f"have a {column} that is NaN or infinite. Missing is null."),
        (amount < 0, f"have a negative {column}. What was traded is zero or more."),
    )


def _missing_code(column: str) -> _Fault:
    return nw.col(column).is_null(), f"have no {column}: it is not known to which group they belong."


def _totals_among_parts(column: str) -> _Fault:
    total = nw.col(column).cast(nw.String).is_in(list(TOTALS))
    return total, f"have a total ({', '.join(TOTALS)}) as {column}. Among its parts it would be counted twice."


def _check_types(
    types: nw.Schema, values: Sequence[str], codes: Sequence[str], dates: Sequence[str], flags: Sequence[str]
) -> None:
    for column in values:
        if isinstance(types[column], _NOT_NUMBERS):
            raise UnfitTable(f"{column} is {types[column]}, not a number")
    _check_type(types, dates, _DATES, "a date")
    _check_type(types, flags, (nw.Boolean,), "true or false")
    _check_type(types, codes, _TEXT, "text", "a code such as 0101 loses its zero as a number")


def _check_type(
    types: nw.Schema, columns: Sequence[str], wanted: tuple[type, ...], called: str, next_step: str = ""
) -> None:
    for column in columns:
        if not isinstance(types[column], wanted):
            raise UnfitTable(f"{column} is {types[column]}, not {called}", next_step=next_step)


def _raise_first(table: Table, faults: Sequence[_Fault], *, next_step: str = "") -> None:
    counted = {f"fault_{at}": condition.cast(nw.Int64).sum() for at, (condition, _) in enumerate(faults)}
    rows, *found = one_row(table.select(rows=nw.len(), **counted))
    for number_of, (_, what) in zip(found, faults, strict=True):
        if number_of:
            raise UnfitTable(f"{int(number_of)} of {rows} rows {what}", next_step=next_step)
