"""When a text came out, told in its title beside what it is on: "(kỳ 2 tháng 12/2023) … 11 tháng năm 2023"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corridor.bulletin import said
from corridor.bulletin.neighbours import compared
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Pieces
from corridor.bulletin.statement import Statement
from corridor.bulletin.when import When


def without_issue(read: Sequence[Statement]) -> list[Statement]:
    """The sentences with the month of issue, told before any figure, as the date that it is."""
    amounts = (at for at, each in enumerate(read) if "quantity" in each.kinds)
    head = read[: next(amounts, len(read))]
    dated = [each.pieces for each in head if "period" in each.kinds]
    year = next((when.end_year for pieces in dated for mark in pieces if (when := _told(mark, None))), None)
    told = [
        when
        for pieces in dated
        for at, mark in enumerate(pieces)
        if (when := _told(mark, year)) and not compared(pieces, at)
    ]
    over = min((when.last for when in told), default=0)
    issued = {when for when in told if when.length == 1 and over < when.first}
    if not issued or issued == {*told}:
        return [*read]
    return [*(_as_dates(each, issued) for each in head), *read[len(head) :]]


def _told(mark: object, year: int | None) -> When | None:
    return said.period(mark, year, None) if isinstance(mark, Mark) and mark.kind == "period" else None


def _as_dates(sentence: Statement, issued: set[When]) -> Statement:
    pieces = Pieces(
        Mark("ignore", "date", piece.i, piece.j, {"Y": (when.end_year,)})
        if (when := _told(piece, None)) is not None and when in issued
        else piece
        for piece in sentence.pieces
    )
    return replace(sentence, pieces=pieces)
