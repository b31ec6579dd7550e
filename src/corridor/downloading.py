"""Downloads as the workspace and the terminal ask for them: keys and other addresses come from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date

from corridor.errors import UsageError
from corridor.fetch import Patience
from corridor.fetch.publishers import ids, publisher
from corridor.ingest.outcomes import Progress
from corridor.ingest.updating import UpdateReport
from corridor.ingest.updating import update as ask_and_add
from corridor.ingest.wanted import Choice, wanted
from corridor.store import Store

#: Before the id of a publisher in capitals: the environment variable with another address of it.
BASE_VARIABLE = "CORRIDOR_BASE_"


def choice(
    years: tuple[int, int] | None, classification: str | None, edition: str | None, bases: Mapping[str, str] | None
) -> Choice:
    """What a user said, filled up from the environment."""
    elsewhere = {each: os.environ.get(BASE_VARIABLE + each.upper(), "") for each in ids()}
    named = {each: base for each, base in elsewhere.items() if base}
    return Choice(years, classification, edition, {**named, **(bases or {})}, keys())


def keys() -> dict[str, str]:
    """The keys in the environment, by publisher. Raises `UsageError` for one that cannot be a key."""
    variables = {each: publisher(each).key_variable for each in ids()}
    found = {each: _key(name) for each, name in variables.items() if name}
    return {each: key for each, key in found.items() if key}


def _key(variable: str) -> str:
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        # The key itself is never printed, not even a wrong one.
        raise UsageError(f"{variable} holds no key: it has other than plain letters, digits and marks")
    return key


def update(
    store: Store,
    words: Sequence[str],
    said: Choice,
    today: date,
    *,
    patience: Patience | None = None,
    progress: Progress | None = None,
) -> UpdateReport:
    """Ask the publishers that ``words`` mean and add what they give."""
    asked = wanted(words, said, today)
    report = ask_and_add(store, asked, today=today, keys=said.keys, patience=patience, progress=progress)
    return UpdateReport(report.files, report.unchanged, report.faults, report.missed, asked.left_out)
