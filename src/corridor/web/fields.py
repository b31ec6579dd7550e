"""What a page asks, read from its address: every state of a page is an address that can be sent to somebody."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corridor.errors import UsageError

Kind = Literal["text", "number", "decimal", "date", "choice", "switch", "words", "long", "hidden", "weight"]
Role = Literal["", "seller", "market"]

#: Letters of one line, and of a text of many lines that still fits into an address.
LONGEST, LONGEST_TEXT = 200, 12_000
#: The flag of a field that is the second word of the option before it.
MORE = "+"
_DIGITS = 4
_POINTS = re.compile("100|[0-9]{1,2}")
_DECIMAL = re.compile(r"[0-9]{1,6}([.,][0-9]{1,6})?")


@dataclass(frozen=True)
class Field:
    """One question of a page: its name in the address, and how the terminal takes it.

    ``flag`` is the option of the terminal (none: an argument), ``role`` the side of the trade it names. A weight is
    asked as ``weight_<criterion>``, and given as one of several of a kind elsewhere.
    """

    name: str
    kind: Kind = "text"
    default: str = ""
    choices: tuple[str, ...] = ()
    flag: str = ""
    role: Role = ""
    needed: bool = False

    @property
    def criterion(self) -> str:
        """The criterion that a weight is of."""
        return self.name.removeprefix("weight_")

    def read(self, query: Mapping[str, str]) -> str:
        """The answer in an address, or the default. Raises `UsageError`."""
        text = query.get(self.name, "").strip() or self.default
        if self.kind == "long":
            text = text.replace("\r\n", "\n")
        if fault := self._fault(text):
            raise UsageError(f"{self.name}: {fault}", next_step="correct it in the form")
        return text

    def _fault(self, text: str) -> str:
        longest = LONGEST_TEXT if self.kind == "long" else LONGEST
        if len(text) > longest:
            return f"more than {longest} letters"
        if self.kind != "long" and not text.isprintable():
            return "it holds letters that cannot be printed"
        if self.kind == "number" and text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
            return f"“{text}” is no whole number of {_DIGITS} digits or fewer"
        if self.kind == "decimal" and text and not _DECIMAL.fullmatch(text):
            return f"“{text}” is no number"
        if self.kind == "weight" and not _POINTS.fullmatch(text):
            return f"“{text}” is no whole number from 0 to 100"
        if self.kind == "date" and text and not _is_day(text):
            return f"“{text}” is no day; write it as 2025-12-31"
        return self._unknown(text)

    def _unknown(self, text: str) -> str:
        known = not self.choices or not text or text in self.choices
        return "" if known else f"there is no “{text}”; there are: {', '.join(self.choices)}"

    def parameter(self) -> dict[str, Any]:
        """The question in an OpenAPI document."""
        kinds: dict[str, Any] = {"type": "string", "maxLength": LONGEST_TEXT if self.kind == "long" else LONGEST}
        if self.kind == "number":
            kinds["pattern"] = f"^[0-9]{{1,{_DIGITS}}}$"
        if self.kind == "weight":
            kinds["pattern"] = "^(100|[0-9]{1,2})$"
        if self.kind == "date":
            kinds["format"] = "date"
        if self.choices:
            kinds["enum"] = ["", *self.choices]
        return {"name": self.name, "in": "query", "required": False, "schema": kinds}


def terminal(verb: str, fields: Sequence[Field], values: Mapping[str, str], after: Sequence[str] = ()) -> str:
    """The same question at a terminal."""
    words = ["corridor", verb]
    words += [values[each.name] for each in fields if not each.flag and values[each.name]]
    for each in _options(fields, values):
        words += _option(each, values[each.name])
    return shlex.join([*words, *after])


def python(call: str, fields: Sequence[Field], values: Mapping[str, str]) -> str:
    """The same question in Python."""
    given = [repr(values[each.name]) for each in fields if not each.flag and values[each.name]]
    said = _options(fields, values)
    given += [f"{each.name}={_literal(each, values[each.name])}" for each in said if each.kind != "weight"]
    weights = ", ".join(f"{each.criterion!r}: {values[each.name]}" for each in said if each.kind == "weight")
    given += [f"weights={{{weights}}}"] if weights else []
    return f"Workspace().{call}({', '.join(given)})"


def _options(fields: Sequence[Field], values: Mapping[str, str]) -> list[Field]:
    return [each for each in fields if each.flag and values[each.name] not in ("", each.default)]


def _option(field: Field, text: str) -> list[str]:
    if field.kind == "switch":
        return [field.flag]
    if field.flag == MORE:
        return [text]
    if field.kind == "weight":
        return [field.flag, f"{field.criterion}={text}"]
    return [field.flag, text.replace(",", ".") if field.kind == "decimal" else text]


def _literal(field: Field, text: str) -> str:
    if field.kind == "number":
        return str(int(text))
    if field.kind == "decimal":
        return text.replace(",", ".")
    if field.kind == "switch":
        return "True"
    if field.kind == "date":
        return f"date.fromisoformat({text!r})"
    return repr(tuple(text.replace(",", " ").split()) if field.kind == "words" else text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
