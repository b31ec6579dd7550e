"""The periods of a sentence as it tells them: what is spoken of now, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corridor.bulletin import said
from corridor.bulletin.maker import Times
from corridor.bulletin.neighbours import compared, explained
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece
from corridor.bulletin.scene import Scene
from corridor.bulletin.when import When

#: Kinds of pieces that tell a time.
TIMES = frozenset({"period", "base", "then"})
_YEARS = frozenset({"Y", "mY", "YY", "YtY", "y"})
# Nobody puts so many brackets within brackets.
_DEEPEST = 10
# Kinds of periods that leave their year unsaid.
_YEARLESS = frozenset({"month", "range", "quarter"})


def _untold(mark: Mark) -> bool:
    """Whether a period names no year."""
    return mark.kind == "period" and not mark.slots.keys() & _YEARS


@dataclass
class Clock:
    """``times`` hold now; ``outside`` are those that held before each bracket that is still open,
    ``told`` all periods of the sentence."""

    scene: Scene
    times: Times
    outside: list[Times] = field(default_factory=list)
    told: list[When] = field(default_factory=list)

    @classmethod
    def of(cls, scene: Scene) -> Clock:
        """The clock of a new sentence, which shows what the last one said."""
        return cls(scene, Times(scene.when, between=scene.base))

    def bracket(self, piece: Piece) -> None:
        """A period told within brackets does not hold after them."""
        if piece.kind == "sep" and piece.value == "(":
            self.begin()
        elif piece.kind == "sep" and piece.value == ")":
            self.close()

    def begin(self) -> None:
        """Begins a clause within the clause."""
        if len(self.outside) < _DEEPEST:
            self.outside.append(replace(self.times))

    def close(self) -> None:
        """Ends it: the times before it hold again."""
        if self.outside:
            self.times = self.outside.pop()

    def take(self, mark: Mark, around: Sequence[Piece], place: int) -> None:
        """Takes in a time, which stands at ``place`` of the pieces ``around`` it."""
        against = compared(around, place, "/against")
        told_of = self.times.said_here or self.scene.main
        meant = explained(around, place)
        if meant and (mark.kind != "period" or (meant.slot("Y") and _untold(mark))):
            self.set(self.times, meant)
        elif mark.slot("open") and not against:
            # "China exported 357,000 vehicles in the same period": the one at hand.
            return
        elif not told_of and self._opens_with_last(mark, place):
            self._set_last(mark)
        elif mark.kind == "base" or (mark.kind == "then" and against):
            self.times.base_mark, self.times.named_base = mark, None
        elif mark.kind == "then" and any(piece.value == "had" for piece in around[place:]):
            # "In the same quarter of 2025 they had risen 2.9 %".
            self._then(said.base(mark, self.times.when).period)
        elif mark.kind == "then" and place == 0 and any(piece.value == ":" for piece in around):
            # "Cùng kỳ 2023 tình thế ngược lại: bán 923 triệu USD, mua 1,07 tỷ USD".
            self._then(said.base(mark, self.times.when).period)
        elif mark.kind == "then":
            self.times.then_mark = mark
        elif against:
            self.times.named_base = self.compared_with(mark)
        elif not (place and around[place - 1].value == ")" and self.names_its_year(mark)):
            # Not "in the third quarter (July-September) of 2024".
            levels = around[-1].kind == "prep" and around[-1].value.split("/")[1:2] == ["from"]
            # «За период 2023–2025 гг. экспорт увеличился с 1,74 до 2,26 млрд»
            self.set(self.times, replace(mark, value="between") if mark.value == "years" and levels else mark)

    def _opens_with_last(self, mark: Mark, place: int) -> bool:
        """ "Over the past year", "last month", where nothing was told that it could be set against."""
        if mark.slot("issue"):
            return self.scene.issued is not None
        return bool(mark.slot("year")) and (mark.kind == "then" or (mark.kind == "base" and place == 0))

    def _set_last(self, mark: Mark) -> None:
        if mark.slot("year"):
            self.set(self.times, replace(mark, kind="period", value="year_last"))
        elif self.scene.issued is not None:
            self.times.when, self.times.said_here = self.scene.issued.before(), True

    def compared_with(self, mark: Mark) -> When | None:
        """The period that one is compared with: of a January, "December" is that of the year before."""
        when, told = said.period(mark, self.scene.year, self.times.when), self.times.when
        ahead = when is not None and told is not None and when > told and mark.slot("Y") is None
        return when.year_before() if when is not None and ahead else when

    def before(self, when: When | None) -> When | None:
        """The last such period that does not lie after the one spoken of."""
        now = self.times.when
        ahead = when is not None and now is not None and when.length == now.length and when > now
        return when.year_before() if when is not None and ahead else when

    def conclude(self, *, change: bool) -> None:
        """A conclusion is about the newest period; one on a ``change`` even where the level before was told:
        «в 2023 году потратила 15,4 млн, то есть закупки увеличились в 3,6 раза»."""
        now, newest = self.times.when, self.scene.newest
        later = newest is not None and now is not None and newest.length == now.length and newest > now
        if later or not (change or self.times.said_here):
            self.times.when = newest or now

    def _then(self, code: str) -> None:
        self.times.when = When.parse(code) if code else self.times.when

    def set(self, times: Times, mark: Mark) -> None:
        """Sets times, the sentence's or an amount's own, to the period of a mark that tells one."""
        written = self.scene.now if mark.slot("now") else self.scene.written if mark.slot("dated") else None
        when = said.period(mark, written or self.scene.year_for(mark.value), times.when)
        if when is None:
            return
        when = self._published(mark, when)
        if mark.slot("Y") is None and mark.slot("mY") is None and self.scene.repeats_main(when):
            # "In 2025 its share was 22.7 %. Exports for the four months …": those told of first.
            when = self.scene.main or when
        times.when, times.said_here = when, True
        self.told.append(when)
        years = said.compared_years(mark)
        times.between = years[0] if years else None
        aside = bool(self.outside) and when.end_year < (self.scene.year or 0)
        if times is self.times and not aside:
            self.scene.year, self.scene.ahead = when.end_year, False

    def _published(self, mark: Mark, when: When) -> When:
        """ "Hanoi, 15 January 2025. In December …": what is told is over."""
        issued = self.scene.issued
        yearless = mark.value in _YEARLESS and all(mark.slot(name) is None for name in ("Y", "mY", "y", "now"))
        return when.year_before() if yearless and issued is not None and when.last > issued.last else when

    def foretell(self, mark: Mark) -> None:
        """A period told late holds for what stands before it too, as long as nothing else is said."""
        self.times.when = said.period(mark, self.scene.year_for(mark.value), self.times.when) or self.times.when

    def is_past(self, piece: Piece) -> bool:
        """Whether "by 2023", «к 2023 году» looks back: the text speaks of that year or a later one."""
        year = piece.slot("Y") if piece.kind == "mute" else None
        return year is not None and self.scene.latest is not None and year <= self.scene.latest

    def precedes(self, when: When | None) -> bool:
        """Whether a period lies before the one that is spoken of."""
        return when is not None and self.times.when is not None and when < self.times.when

    def names_its_year(self, mark: Mark) -> bool:
        """ "In June: 203.6 million (2025)": the year of a shorter period that was told before."""
        when = self.times.when
        shorter = self.times.said_here and when is not None and when.length < 12
        return shorter and when is not None and mark.value.startswith("year") and mark.slot("Y") == when.end_year
