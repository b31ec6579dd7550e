"""Writes bulletins and checks them: what the writer says must be read back, and must agree with the same tables.

Run with the package on the path: ``python benchmarks/write_and_read.py STORE [--partners N] [--every N] [--start N]``.
STORE is a data folder with the publishers' files. Every month held of the reporter's twenty largest partners is written
in three languages; ``--every 7`` takes every seventh of these bulletins, ``--start 3`` begins with the fourth.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import polars as pl

from corridor.bulletin import advice
from corridor.bulletin.check import Checked, check
from corridor.bulletin.figures import Figures
from corridor.bulletin.read import claims
from corridor.bulletin.say import Voice
from corridor.codes import areas
from corridor.errors import CorridorError, NothingFound
from corridor.study.question import Question
from corridor.study.study import Study, study
from corridor.study.tables import Tables
from corridor.workspace import Workspace

REPORTER = "VNM"
LANGUAGES = ("vi", "ru", "en")


class Held(Workspace):
    """A workspace that reads its tables once."""

    @cached_property
    def _held(self) -> Tables:
        return super().tables()

    @cached_property
    def figures(self) -> Figures:
        return Figures(self._held)

    def tables(self, as_of=None, *, of=(), sources=None) -> Tables:
        return self._held


class Studies:
    """Runs a study once: the bulletins of all months of a year advise from the same one. One set of tables for all."""

    def __init__(self) -> None:
        self._run: dict[Question, Study | NothingFound] = {}

    def __call__(self, tables: Tables, question: Question) -> Study:
        if question not in self._run:
            self._run[question] = self._asked(tables, question)
        found = self._run[question]
        if isinstance(found, NothingFound):
            raise found
        return found

    @staticmethod
    def _asked(tables: Tables, question: Question) -> Study | NothingFound:
        try:
            return study(tables, question)
        except NothingFound as nothing:
            return nothing


def partners(tables: Tables, count: int) -> list[str]:
    """The partners with the largest trade in totals of months."""
    totals = tables.flows.filter(
        (pl.col("reporter") == REPORTER)
        & (pl.col("product") == "TOTAL")
        & (pl.col("freq") == "M")
        & ~pl.col("cumulative")
    )
    ranked = totals.group_by("partner").agg(pl.col("value_usd").sum()).sort("value_usd", descending=True)
    countries = [code for code in ranked["partner"] if areas.area(code).kind == "country"]
    return countries[:count]


def months(tables: Tables) -> list[str]:
    """The months with figures by product."""
    rows = tables.flows.filter(
        (pl.col("reporter") == REPORTER) & (pl.col("product") == "coffee") & ~pl.col("cumulative")
    )
    return sorted({f"{day:%Y-%m}" for day in rows["period_start"]})


def wanted(tables: Tables, options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    pairs = [(month, partner) for month in months(tables) for partner in partners(tables, options.partners)]
    yield from pairs[options.start :: options.every]


def checked(workspace: Held, partner: str, month: str) -> Iterator[tuple[str, Checked]]:
    made = workspace.bulletin(REPORTER, partner, month)
    for lang in LANGUAGES:
        text = made.render("md", lang=lang, annex="none")
        yield lang, check(claims(text), text, workspace.figures)


def faults(found: Checked) -> Iterator[str]:
    voice = Voice("en")
    for claim, judgement in zip(found.claims, found.judgements, strict=True):
        if judgement.verdict != "agrees":
            around = found.text[max(0, claim.span[0] - 120) : claim.span[1] + 40].replace("\n", " / ")
            said = (claim.flow, claim.product, claim.reporter, claim.partner, claim.period, claim.measure)
            reason = voice.sentence(judgement.reason)
            yield f"  {judgement.verdict}/{judgement.kind} {said} {claim.text}: {reason} | {around}"
    yield from (f"  failed {failure.kind}: {voice.sentence(failure.reason)}" for failure in found.failed)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--partners", type=int, default=20)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--start", type=int, default=0)
    options = parser.parse_args()
    workspace = Held(options.store)
    advice.study = Studies()
    verdicts: Counter[str] = Counter()
    bulletins = 0
    began = time.perf_counter()
    for month, partner in wanted(workspace.tables(), options):
        try:
            for lang, found in checked(workspace, partner, month):
                bulletins += 1
                verdicts.update(judgement.verdict for judgement in found.judgements)
                for line in faults(found):
                    print(f"{partner} {month} {lang}{line}", flush=True)
        except CorridorError as fault:
            print(f"{partner} {month} not written: {fault}", flush=True)
    print(f"{bulletins} bulletins, {time.perf_counter() - began:.0f} s: {dict(verdicts)}")
    return 0 if set(verdicts) <= {"agrees"} else 1


if __name__ == "__main__":
    sys.exit(main())
