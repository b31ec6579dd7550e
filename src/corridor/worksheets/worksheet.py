"""An indicator computed on the figures of the store: what went in, what came out, and what to know beside it."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from corridor import indicators
from corridor.errors import NothingFound, UnknownName, UsageError
from corridor.study.tables import Tables
from corridor.worksheets.asking import Asking
from corridor.worksheets.explanations import explanation
from corridor.worksheets.laid import Laid
from corridor.worksheets.needs import NEEDS

#: Arguments that the layout sets: the names of its columns, and its groups.
_OURS = frozenset({"frame", "by", "over"})
#: What an indicator is about, where it is neither the column of its name nor the first number it adds.
_ABOUT = {"lorenz": "cumulative_share", "smallest_set": "share"}
_WORDS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True)
class Worksheet:
    """One answer: ``laid`` went in, ``result`` came out; `rows` are those asked for."""

    asking: Asking
    laid: Laid
    result: pl.DataFrame

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The rows of the economy and product asked for, all rows where none was or the result names none."""
        chosen = self.result
        wanted = {side: getattr(self.asking, side) for side in ("exporter", "importer")} | {
            "product": self.asking.product
        }
        if "reporter" in chosen.columns:
            wanted["reporter"] = self.asking.reporter or self.asking.exporter or self.asking.importer
        for column, code in wanted.items():
            if code and column in chosen.columns:
                chosen = chosen.filter(pl.col(column) == code)
        if chosen.is_empty() and self.result.height:
            names = ", ".join(f"{column} {code}" for column, code in wanted.items() if code)
            raise NothingFound(f"no row of {names} is held", next_step="leave out what names it, and all are shown")
        return chosen

    def largest(self, count: int | None) -> pl.DataFrame:
        """The rows in falling order of the indicator (or of its first number), at most ``count``."""
        measure = self.measure
        if measure is None or count is None:
            return self.rows
        return self.rows.sort(measure, descending=True, nulls_last=True).head(count)

    @property
    def measure(self) -> str | None:
        """The column that the indicator is about: the one of its name, else the first number it adds."""
        if self.asking.name in _ABOUT:
            return _ABOUT[self.asking.name]
        added = [name for name in self.result.columns if name not in self.laid.frame.columns]
        numbers = [name for name in added if self.result.schema[name].is_numeric()]
        return self.asking.name if self.asking.name in self.result.columns else next(iter(numbers), None)

    def explained(self, rows: pl.DataFrame) -> list[str]:
        """The formula, and for each of the rows the numbers put in."""
        return explanation(self.asking.name, self.laid, rows, self.asking.options)


def worksheet(tables: Tables, asking: Asking) -> Worksheet:
    """Lay out the figures for an indicator and compute it.

    Raises: UnknownName for no indicator of that name; UsageError for an option that it does not have; NothingFound
    where the store lacks what it needs.
    """
    function = _function(asking.name)
    options = dict(_options(asking.name, asking.options))
    asking = replace(asking, options={**asking.options, **options})
    laid = NEEDS[asking.name](tables, asking)
    known = inspect.signature(function).parameters
    ours = {name: value for name, value in laid.arguments.items() if name in known}
    if "by" in known and laid.by:
        ours["by"] = laid.by
    return Worksheet(asking, laid, function(laid.frame, **ours, **options))


def catalogue() -> pl.DataFrame:
    """Every indicator with the question it answers and its options."""
    rows = [
        {
            "indicator": name,
            "says": _paragraphs(name)[0],
            "options": ", ".join(f"{option}={default}" for option, default in _settable(name).items()),
        }
        for name in indicators.INDICATORS
    ]
    return pl.DataFrame(rows)


def _function(name: str) -> Any:
    if name not in indicators.INDICATORS:
        near = difflib.get_close_matches(name.lower(), indicators.INDICATORS, 3)
        said = [each for each in indicators.INDICATORS if f"``{name.lower()}" in (_doc(each))]
        found = list(dict.fromkeys([*said, *near]))[:4]
        raise UnknownName(
            f"no indicator “{name}”",
            next_step=(f"perhaps {', '.join(found)}; " if found else "") + "corridor indicator --list names all",
        )
    return getattr(indicators, name)


def _doc(name: str) -> str:
    return inspect.getdoc(getattr(indicators, name)) or ""


def _paragraphs(name: str) -> list[str]:
    return [" ".join(each.split()) for each in _doc(name).split("\n\n")]


def _settable(name: str) -> dict[str, object]:
    """The arguments that change a number, with their defaults; not the names of columns."""
    found = {}
    for each in inspect.signature(getattr(indicators, name)).parameters.values():
        is_column = each.kind is each.POSITIONAL_OR_KEYWORD and each.name not in {"n", "threshold"}
        if each.name not in _OURS and not is_column and each.name not in {"product", "population", "groups"}:
            found[each.name] = each.default
    return found


def _options(name: str, given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    settable = _settable(name)
    constants = {"working_days_0", "working_days_1"} if name == "growth_per_working_day" else set()
    for option, text in given.items():
        if option in settable:
            yield option, _value(name, option, str(text))
        elif option not in constants:
            raise UsageError(
                f"{name} has no option {option}",
                next_step=f"it has: {', '.join(settable)}" if settable else "it has none",
            )


def _value(name: str, option: str, text: str) -> object:
    parameter = inspect.signature(getattr(indicators, name), eval_str=False).parameters[option]
    kind, default = str(parameter.annotation), parameter.default
    try:
        if isinstance(default, bool):
            return _WORDS[text.lower()]
        if "int" in kind:
            return int(text)
        if "float" in kind:
            return float(text)
    except (KeyError, ValueError):
        raise UsageError(f"{option} cannot be {text!r}", next_step=f"it is {default} unless said otherwise") from None
    return tuple(text.split(",")) if "Names" in kind else text
