"""What a reader leaves out of a file: how much is kept of its words, and one line for many rows of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from corridor.evidence import Refusal

if TYPE_CHECKING:
    import polars as pl

#: What is kept of the words of a row, or of a list of names.
LETTERS = 200


def apart(
    rows: pl.DataFrame, lost: pl.Expr, said: Callable[[pl.DataFrame], str], reason: str
) -> tuple[pl.DataFrame, tuple[Refusal, ...]]:
    """The rows but those that are ``lost``, and one refusal for all of these, at the ``row`` of the first.

    ``said`` tells what they are; it is asked only where there are some. ``lost`` is true or false, never null.
    """
    left = rows.filter(lost)
    if left.is_empty():
        return rows, ()
    return rows.filter(~lost), (Refusal(None, int(left["row"].to_list()[0]), said(left), reason),)
