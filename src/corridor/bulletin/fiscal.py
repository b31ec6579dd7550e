"""Years that do not begin in January: when those begin that a text speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.said import FISCAL_START

_FISCAL = "fiscal"
_FINANCIAL, _MARKETING = 1, 2
# The first month of the financial year (CIA, The World Factbook: fiscal year).
_BEGINS: Mapping[str, int] = {
    "IND": 4, "JPN": 4, "GBR": 4, "SGP": 4, "HKG": 4, "MMR": 4, "CAN": 4, "ZAF": 4, "BGD": 7, "PAK": 7, "AUS": 7,
    "EGY": 7, "NPL": 7, "THA": 10, "USA": 10,
}  # fmt: skip
# Whose "fiscal 2024" is the one that begins then.
_NAMED_BY_START = frozenset({"JPN"})
# The first month of the marketing year: FAO and USDA, of the goods told; of grain it is July.
_SEASONS: Mapping[str, int] = {"coffee": 10, "cotton": 8, "sugar": 10, "rubber": 10}
_GRAIN, _APRIL, _JANUARY = 7, 4, 1
_SPELLED = ("YY", "YtY")


@dataclass(frozen=True)
class Fiscal:
    """``told`` is the month that the text says its years begin in, ``country`` the one whose years it speaks of.

    ``spoken``: it speaks of such years in its sentences.
    """

    told: int | None = None
    country: str = ""
    spoken: bool = False

    @classmethod
    def of(cls, sentences: Iterable[Sequence[Piece]]) -> Fiscal:
        """What all the sentences of a text tell of such years."""
        pieces = [piece for sentence in sentences for piece in sentence]
        told = next((month for month in map(_told, pieces) if month), None)
        named = Counter(piece.code for piece in pieces if isinstance(piece, Place) and piece.code in _BEGINS)
        spoken = any(_is_fiscal(piece) for piece in pieces)
        return cls(told, named.most_common(1)[0][0] if named else "", spoken)

    def dated(self, pieces: Pieces) -> Pieces:
        """A sentence with the first month of each such year put in."""
        if not any(_is_fiscal(piece) for piece in pieces):
            return pieces
        return Pieces(self.dated_mark(piece, pieces) if isinstance(piece, Mark) else piece for piece in pieces)

    def dated_mark(self, mark: Mark, around: Sequence[Piece] = ()) -> Mark:
        """The same for one mark."""
        if not _is_fiscal(mark):
            return mark
        known = self.told or _BEGINS.get(self.country)
        if mark.slot("YtY") is not None and not (known or mark.slot("kind") or mark.slot("M")):
            # "In 2024-25": two years, where nothing tells of a financial one.
            year = mark.slot("YtY") or 0
            return replace(mark, value="years", slots={"Y": (year, year + 1)})
        spelled = next((found for name in _SPELLED if (found := mark.slot(name)) is not None), None)
        split = spelled is not None or mark.slot("Y", 1) is not None
        begins = known or self._season(mark, around) or (_APRIL if split else _JANUARY)
        year = self._named(mark, begins) if spelled is None else spelled
        return replace(mark, slots={**mark.slots, FISCAL_START: (12 * year + begins - 1,)})

    def _named(self, mark: Mark, begins: int) -> int:
        """ "FY 2025" is the year that ends in 2025, except in Japan."""
        year = mark.slot("y") or mark.slot("Y") or 0
        ends = mark.slot("Y", 1) is None and begins != _JANUARY and self.country not in _NAMED_BY_START
        return year - 1 if ends else year

    def _season(self, mark: Mark, around: Sequence[Piece]) -> int | None:
        if mark.slot("kind") == _FINANCIAL:
            return None
        goods = next((piece.value for piece in around if piece.kind == "product" and piece.value in _SEASONS), "")
        marketing = mark.slot("kind") == _MARKETING or mark.slot("YY") is not None
        return _SEASONS.get(goods, _GRAIN if marketing else None)


def _is_fiscal(piece: Piece) -> bool:
    return piece.kind == "period" and piece.value == _FISCAL


def _told(piece: Piece) -> int | None:
    """ "(April-March)", "July 2024 to June 2025", "the year ended 30 June 2025": the month that a year begins in."""
    if not isinstance(piece, Mark) or piece.kind != "period":
        return None
    months = piece.slots.get("M", ())
    if piece.value in ("range", _FISCAL) and len(months) == 2 and months[0] == months[1] + 1:
        return months[0]
    if piece.value == "ytd_to" and piece.slot("n") == 12 and months:
        return months[0] % 12 + 1
    return None
