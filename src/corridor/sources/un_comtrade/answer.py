"""An answer of the API: one object, its rows under ``data``; or the rows alone, as programs save them again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor.errors import BrokenLayout, UnreadableFile, Where

if TYPE_CHECKING:
    import polars as pl

_OURS = re.compile(rb'^\s*(?:\xef\xbb\xbf)?\s*\{.*"(?:data|error|statusCode)"\s*:', re.DOTALL)
_ROW = b'"refPeriodId"'
#: Rows alone, a list or an object a line: how they begin, and what every row names, in either spelling.
_ROWS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_NAMED = (b"reportercode", b"cmdcode", b"primaryvalue")
#: An answer without rows: how the interface begins one, and what stands in front of it where the key is refused.
_NO_ROWS = re.compile(rb'^\s*(?:\xef\xbb\xbf)?\s*\{\s*"(?:elapsedTime"\s*:|statusCode"\s*:\s*[0-9]+\s*,\s*"message")')


def is_ours(head: bytes) -> bool:
    """Whether the first bytes are those of an answer: with rows, with none, or one that says what is wrong."""
    return (bool(_OURS.match(head)) and _ROW in head) or bool(_NO_ROWS.match(head)) or _are_rows(head)


def _are_rows(head: bytes) -> bool:
    bare = head.lower().replace(b"_", b"")
    return bool(_ROWS.match(head)) and all(name in bare for name in _NAMED)


def read(path: Path, name: str) -> pl.DataFrame:
    """The rows, every cell as text, with ``row`` from 1. Raises in one line for a broken or an empty answer."""
    import polars as pl

    where = Where(file=name)
    try:
        said = _said(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"is no whole answer ({fault})", where=where, next_step="fetch it again") from None
    rows = said.get("data")
    if wrong := said.get("error") or said.get("message"):
        words = " ".join(str(wrong).split())[:200]
        raise BrokenLayout(f"the answer reports an error: {words}", where=where, next_step="ask again")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise BrokenLayout("the answer holds no rows", where=where)
    if isinstance(said.get("count"), int) and said["count"] > len(rows):
        words = f"the answer says that it has {said['count']} rows and holds {len(rows)}"
        raise BrokenLayout(words, where=where, next_step="fetch it again, whole and unchanged")
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = {name: [_text(row.get(name)) for row in rows] for name in names}
    return pl.DataFrame(table, schema=dict.fromkeys(names, pl.String)).with_row_index("row", offset=1)


def _said(text: str) -> dict[str, Any]:
    """The answer as the interface gives it, whatever of it was saved. Raises `ValueError` for what is none."""
    try:
        said = json.loads(text)
    except json.JSONDecodeError as fault:
        lines = text.splitlines()
        if not fault.msg.startswith("Extra data") or len(lines) < 2:
            raise
        said = [json.loads(line) for line in lines if line.strip()]
    if isinstance(said, list):
        return {"data": said}
    # A single row is an object too.
    return said if {"data", "error", "message"} & said.keys() else {"data": [said]}


def _text(value: object) -> str | None:
    """A cell as the tables in text write it."""
    return None if value is None else str(value)
