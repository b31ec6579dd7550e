"""Whom to ask for what: the words of a user become publishers with their questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corridor.codes import areas
from corridor.errors import UsageError
from corridor.fetch import Ask, Publisher
from corridor.fetch.publishers import ids, publisher
from corridor.sources import source_ids

#: Years asked for where the user names none.
YEARS = 10


@dataclass(frozen=True)
class Choice:
    """What a user may say beside the words: years both included, an edition, other base addresses and keys."""

    years: tuple[int, int] | None = None
    classification: str | None = None
    edition: str | None = None
    bases: Mapping[str, str] | None = None
    keys: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Wanted:
    """The publishers to ask, each with its question, and those left out because no reader knows their files."""

    asks: tuple[tuple[Publisher, Ask], ...]
    left_out: tuple[str, ...] = ()


def wanted(words: Sequence[str], choice: Choice, today: date) -> Wanted:
    """The meaning of ``corridor update WORDS``: publishers, then a pair of economies where it matters.

    Two economies alone mean all publishers whose files can be read and who have something to say of them.
    Raises `UsageError`.
    """
    named = [word for word in words if word in ids()]
    economies = [areas.find(word).code for word in words if word not in ids()]
    if not words or len(economies) not in (0, 2):
        raise UsageError(
            "name a publisher, or two economies, or both",
            next_step=f"e.g. corridor update RUS VNM; publishers: {', '.join(ids())}",
        )
    pair = (economies[0], economies[1]) if economies else None
    able = [each for each in ids() if each in source_ids() and _speaks_of(publisher(each), pair)]
    chosen = [publisher(each) for each in named or able]
    _refuse_without_pair(chosen, pair)
    left_out = tuple(each for each in ids() if not named and each not in source_ids())
    return Wanted(tuple((each, _ask(each, pair, choice, today)) for each in chosen), left_out)


def _speaks_of(asked: Publisher, pair: tuple[str, str] | None) -> bool:
    return not asked.home or (pair is not None and asked.home in pair)


def _refuse_without_pair(chosen: Sequence[Publisher], pair: tuple[str, str] | None) -> None:
    for each in chosen:
        if each.of_pair and pair is None:
            raise UsageError(f"{each.id} is asked for a pair", next_step=f"e.g. corridor update {each.id} RUS VNM")


def _ask(asked: Publisher, pair: tuple[str, str] | None, choice: Choice, today: date) -> Ask:
    last = today.year if asked.current else today.year - 1
    first_year, last_year = choice.years or (last - YEARS + 1, last)
    base = (choice.bases or {}).get(asked.id, asked.base).rstrip("/")
    if not base.startswith(("https://", "http://")):
        raise UsageError(f"“{base}” is no address of {asked.id}", next_step="write it as https://…")
    return Ask(
        first_year=first_year,
        last_year=last_year,
        base=base,
        today=today,
        pair=pair,
        classification=choice.classification,
        edition=choice.edition,
        keyed=asked.id in (choice.keys or {}),
    )
