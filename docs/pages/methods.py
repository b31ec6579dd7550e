"""docs/methods: one page an indicator, from its signature and docstring."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable
from importlib import import_module

from corridor import indicators
from corridor.codes import frames
from pages.markdown import bullets, page, table

#: How the sentences at a docstring's end begin.
LABELS = ("Source:", "Checked against:", "Checked by hand:")
#: Calls longer than this get a line for each argument.
WIDTH = 100

_LABEL = re.compile(rf"(?:^|(?<=\s))(?={'|'.join(LABELS)})")
_CODE = re.compile(r"``(.+?)``")
_NAME = re.compile(r"(?<!`)`([a-z_]+)`(?!`)")


def pages() -> dict[str, str]:
    """The page of each indicator by its name, and the list of them as README."""
    return {"README": _list(), **{name: _page(name) for name in indicators.INDICATORS}}


def _list() -> str:
    rows = [(f"[`{name}`]({name}.md)", _title(name), _prose(_paragraphs(name)[0])) for name in indicators.INDICATORS]
    return page(
        "# Indicators",
        "One function a file in [src/corridor/indicators](../../src/corridor/indicators), called by the field's own"
        " name. Each takes a table (Polars, pandas, PyArrow, DuckDB, PySpark) and gives back the same kind. Values are"
        " in US dollars, shares are 0..1; where there is no number, the column `<indicator>_absence` says why.",
        table(("function", "name", "what it says"), rows),
    )


def _page(name: str) -> str:
    described, closing = _split(_paragraphs(name))
    return page(
        f"# {_title(name)}",
        f"```python\n{_call(name)}\n```",
        *map(_prose, described),
        _reasons(name),
        f"## Where it comes from\n\n{bullets(map(_prose, closing))}" if closing else "",
        f"Code: [{name}.py](../../src/corridor/indicators/{name}.py). All indicators: [the list](README.md).",
    )


def _title(name: str) -> str:
    return (import_module(f"corridor.indicators.{name}").__doc__ or name).strip().rstrip(".")


def _docstring(name: str) -> str:
    return inspect.getdoc(getattr(indicators, name)) or ""


def _paragraphs(name: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in _docstring(name).split("\n\n") if paragraph.strip()]


def _split(paragraphs: Iterable[str]) -> tuple[list[str], list[str]]:
    """The description, and the lines that begin with one of `LABELS`."""
    pieces = [piece.strip() for paragraph in paragraphs for piece in _LABEL.split(paragraph) if piece.strip()]
    return (
        [piece for piece in pieces if not piece.startswith(LABELS)],
        [piece for piece in pieces if piece.startswith(LABELS)],
    )


def _prose(paragraph: str) -> str:
    """A docstring's paragraph as Markdown: code as code, the name of another indicator as a link."""
    linked = _NAME.sub(lambda match: _linked(match[1]), paragraph)
    return _CODE.sub(lambda match: f"`{match[1]}`", linked)


def _linked(name: str) -> str:
    return f"[`{name}`]({name}.md)" if name in indicators.INDICATORS else f"`{name}`"


def _reasons(name: str) -> str:
    # A word may be an option's name too: only a function with a column of reasons gives any.
    told = _docstring(name) if "_absence``" in _docstring(name) else ""
    said = [(f"`{key}`", text) for key, text in frames.REASONS.items() if f"``{key}``" in told]
    return f"## Where there is no number\n\n{table(('reason', 'meaning'), said)}" if said else ""


def _call(name: str) -> str:
    arguments = list(_arguments(inspect.signature(getattr(indicators, name)).parameters.values()))
    short = f"{name}({', '.join(arguments)})"
    return short if len(short) <= WIDTH else "\n".join([f"{name}(", *(f"    {each}," for each in arguments), ")"])


def _arguments(parameters: Iterable[inspect.Parameter]) -> Iterable[str]:
    starred = False
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        yield each.name if each.default is each.empty else f"{each.name}={_literal(each.default)}"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
