"""An answer of the World Bank's interface: a list of what it says of itself and the list of its figures."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from corridor.errors import BrokenLayout, UnreadableFile, Where
from corridor.evidence import Refusal

_OURS = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"(?:page"\s*:|message"\s*:\s*\[)')

#: row, area, indicator, period, value: as the site's table gives them.
Figure = tuple[int, str, str, str, str]


def is_ours(head: bytes) -> bool:
    """Whether the first object says which page of the answer it is, or what was wrong with the question."""
    return bool(_OURS.match(head))


def read(path: Path, name: str) -> tuple[list[Figure], str, tuple[Refusal, ...]]:
    """The figures, the day of the last change, and that pages are missing. Raises in one line for a broken answer."""
    where = Where(file=name)
    try:
        about, *rest = json.loads(path.read_text(encoding="utf-8-sig"))
        _check(about, where)
        rows = rest[0] if rest and rest[0] else []
        figures = [_figure(number, each) for number, each in enumerate(rows, start=1)]
        missing = _missing(about)
    except BrokenLayout:
        raise
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as fault:
        raise UnreadableFile(f"is no whole answer ({fault})", where=where, next_step="fetch it again") from None
    if not figures:
        raise BrokenLayout("the answer holds no rows", where=where)
    return figures, str(about.get("lastupdated") or ""), missing


def _check(about: dict[str, Any], where: Where) -> None:
    if "message" in about:
        words = "; ".join(str(each.get("value") or each) for each in about["message"])
        raise BrokenLayout(f"the answer reports an error: {words[:200]}", where=where, next_step="ask again")


def _figure(number: int, row: dict[str, Any]) -> Figure:
    value = row["value"]
    printed = "" if value is None else repr(value) if isinstance(value, float) else str(value)
    return (
        number,
        str(row["countryiso3code"] or row["country"]["id"]),
        str(row["indicator"]["id"]),
        str(row["date"]),
        printed,
    )


def _missing(about: dict[str, Any]) -> tuple[Refusal, ...]:
    page, pages = int(about.get("page") or 1), int(about.get("pages") or 1)
    if pages <= 1:
        return ()
    return (Refusal(None, None, f"page {page} of {pages}", "the other pages of the answer are not in this file"),)
