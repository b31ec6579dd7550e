"""The formula of an indicator with the numbers of a row put in, so that a reader can redo it on paper."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import polars as pl

from corridor import indicators
from corridor.codes.frames import REASONS
from corridor.worksheets.explanations import pair, structure, time, world
from corridor.worksheets.explanations.at import At, Put
from corridor.worksheets.laid import Laid

#: How each indicator's numbers stand in its formula.
FORMULAS: Mapping[str, Put] = {**structure.PUT, **pair.PUT, **time.PUT, **world.PUT}


def explanation(name: str, laid: Laid, rows: pl.DataFrame, options: Mapping[str, object]) -> list[str]:
    """The formula as the indicator's page has it, then a line for each of the rows."""
    return [_formula(name), *(_line(name, At(laid, row, options)) for row in rows.iter_rows(named=True))]


def _formula(name: str) -> str:
    paragraphs = (inspect.getdoc(getattr(indicators, name)) or "").split("\n\n")
    return " ".join(paragraphs[1].split()).replace("``", "")


def _line(name: str, at: At) -> str:
    reason = at.row.get(f"{name}_absence")
    number = at.row.get(name, 0.0)
    said = f"no number: {REASONS[str(reason)]}" if reason and number is None else FORMULAS[name](at)
    return f"{at.what}: {said}" if at.what else said
