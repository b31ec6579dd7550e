"""The map of a user's table: a form in YAML, kept in front of the table so that both are one file of the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from corridor.codes.classifications import CLASSIFICATIONS
from corridor.errors import UnreadableFile, UsageError, Where

#: How a table with its map begins; the rest of the line is the map, the table follows unchanged.
MARK = b"#corridor-map/1 "

Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Flow = Literal["export", "import", "re_export", "re_import"]
#: What a table must say of every figure, in a column or once.
_NEEDED = ("reporter", "partner", "flow", "product", "period")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Form):
    """Our columns and the headings of the table that hold them."""

    reporter: Text | None = None
    partner: Text | None = None
    flow: Text | None = None
    product: Text | None = None
    period: Text | None = None
    value: Text
    net_weight_kg: Text | None = None
    currency: Text | None = None


class Constants(_Form):
    """What is the same in the whole table."""

    reporter: Text | None = None
    partner: Text | None = None
    flow: Flow | None = None
    product: Text | None = None
    period: Text | None = None
    currency: Annotated[str, StringConstraints(strict=True, pattern="^[A-Z]{3}$")] | None = None


class Mapping(_Form):
    """The whole map. ``scale`` is how many units of the currency one unit of the value column is, e.g. 1000.

    The currency is an ISO 4217 code, US dollars unless said; others are converted at the rates held.
    """

    title: Text
    columns: Columns
    constants: Constants = Constants()
    classification: Text = "HS"
    scale: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    areas: Literal["names", "iso", "un_comtrade", "wits", "imf", "okato"] = "names"
    flow_words: dict[Text, Flow] = {}
    decimal: Literal[".", ","] = "."
    separator: Literal[",", ";", "\t"] = ","
    encoding: Literal["utf-8", "cp1251", "cp1252", "cp866"] = "utf-8"
    valuation: dict[Flow, Literal["fob", "cif"]] = {}

    @model_validator(mode="after")
    def _everything_is_said_once(self) -> Mapping:
        for name in _NEEDED:
            said = [getattr(self.columns, name), getattr(self.constants, name)]
            if said.count(None) != 1:
                raise ValueError(f"{name} must stand once, in columns or in constants")
        if self.columns.currency and self.constants.currency:
            raise ValueError("currency must stand once, in columns or in constants")
        if self.classification not in CLASSIFICATIONS:
            raise ValueError(f"classification is one of {', '.join(CLASSIFICATIONS)}")
        return self


def parse(text: str, name: str) -> Mapping:
    """The map in a YAML text. Raises `UsageError` naming the first fault and its place."""
    try:
        return Mapping.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as fault:
        raise UsageError(f"{name} is no sound YAML: {' '.join(str(fault).split())}") from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the map"
        raise UsageError(
            f"{name}, {place}: {first['msg']}", next_step="corridor add --guess TABLE proposes a map"
        ) from None


def with_map(table: bytes, mapping: Mapping) -> bytes:
    """The table behind its map, as one file."""
    return MARK + mapping.model_dump_json().encode("utf-8") + b"\n" + table


def split(path: Path, name: str) -> tuple[Mapping, bytes]:
    """The map and the table of one file. Raises `UnreadableFile` where the first line is no map."""
    line, _, table = path.read_bytes().partition(b"\n")
    try:
        return Mapping.model_validate(json.loads(line.removeprefix(MARK))), table
    except ValueError:
        raise UnreadableFile("the first line is no map of a table", where=Where(file=name)) from None
