"""One publisher's file, read and harmonised into what the store keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from corridor import sources
from corridor.errors import BrokenLayout, Where
from corridor.evidence import CodedReading, ListReading, Reading
from corridor.harmonise.coded import harmonise_coded
from corridor.harmonise.exchange import NO_RATES, in_dollars
from corridor.harmonise.lists import harmonise_list
from corridor.harmonise.lookups import Lookups, ProductLabel
from corridor.harmonise.raw import harmonise
from corridor.ingest import checking
from corridor.sources import Card
from corridor.store import Bundle, Narrow, pack
from corridor.store.tables import scan

#: The stored table, and the source, of what values in another currency are converted by.
RATES = "exchange_rates"


@dataclass(frozen=True)
class Job:
    """One file to read: where its bytes lie, the name the user knows it by, its checksum, the day it was added.

    ``rates`` are the Parquet files of the stored exchange rates that were added before it.
    """

    path: Path
    name: str
    snapshot: str
    added: date
    rates: tuple[Path, ...] = ()

    def exchange_rates(self) -> pl.DataFrame:
        """The rates held; read by those who meet another currency."""
        return scan(RATES, self.rates).collect() if self.rates else NO_RATES


#: Reads a file and harmonises it. It runs in other processes, so it must be importable by name.
Understand = Callable[[Job], Bundle]


def understand(job: Job) -> Bundle:
    """Read one file with the reader that recognises it, and put it into our tables.

    Raises a `CorridorError` (`UnrecognisedFile`, `UnreadableFile`, `BrokenLayout`) for a file it refuses.
    """
    source = sources.recognise(job.path)
    reading = sources.read(job.path, source, job.name)
    tables, sums = _coded(reading, job) if isinstance(reading, CodedReading) else (_tables(reading, job), None)
    bundle = pack(
        tables,
        sums=sums,
        source=reading.source,
        table=reading.table,
        # A file that reports no flows has no release, and no edition of it supersedes another before it is asked.
        release="" if isinstance(reading, ListReading) else reading.release,
        edition=reading.edition,
        published=reading.published or job.added,
    )
    if not any(bundle.rows.values()):
        raise BrokenLayout("no row stands below the heading", where=Where(file=job.name), next_step="fetch it again")
    return bundle


def _tables(reading: Reading | ListReading, job: Job) -> Mapping[str, pl.DataFrame]:
    if isinstance(reading, ListReading):
        return harmonise_list(reading, snapshot=job.snapshot, file=job.name, added=job.added)
    lookups = lookups_of(sources.card(reading.source))
    harmonised = harmonise(
        reading,
        lookups=lookups,
        snapshot=job.snapshot,
        file=job.name,
        added=job.added,
        rates=job.exchange_rates(),
    )
    return {
        "flows": harmonised.flows,
        "quantities": harmonised.quantities,
        "coverage": harmonised.coverage,
        "not_understood": harmonised.not_understood,
        "checks": _checks(checking.of_flows(harmonised.flows), reading.source, job),
    }


def _coded(reading: CodedReading, job: Job) -> tuple[Mapping[str, pl.DataFrame | Narrow], pl.DataFrame | None]:
    """A table of codes, whose flows are kept narrow, and its flows added up."""
    reading = in_dollars(reading, job.exchange_rates())
    coded = harmonise_coded(reading, snapshot=job.snapshot, file=job.name, added=job.added)
    tables: dict[str, pl.DataFrame | Narrow] = {
        "flows": Narrow(coded.flows, coded.height, coded.constants),
        "quantities": coded.quantities,
        "coverage": coded.coverage,
        "not_understood": coded.not_understood,
        "checks": _checks(checking.of_coded(coded), reading.source, job),
        **_names(reading, job),
    }
    return tables, coded.sums


def _checks(found: pl.DataFrame, source: str, job: Job) -> pl.DataFrame:
    return checking.rows_of(found, source=source, snapshot=job.snapshot, file=job.name, added=job.added)


def _names(reading: CodedReading, job: Job) -> Mapping[str, pl.DataFrame]:
    """What the file calls its goods, as a list of names would say it."""
    if reading.names is None:
        return {}
    said = ListReading(reading.source, reading.table, reading.edition, None, {"product_names": reading.names})
    tables = harmonise_list(said, snapshot=job.snapshot, file=job.name, added=job.added)
    return {"product_names": tables["product_names"]}


def lookups_of(card: Card) -> Lookups:
    """A publisher's words and ours, from its card."""
    return Lookups(
        areas=card.areas,
        products=tuple(ProductLabel(**label.model_dump()) for label in card.products),
        units=card.units,
        valuation={str(flow): basis for flow, basis in card.valuation.items()},
        classification=card.classification or "TOTAL",
        adds_up=frozenset(card.adds_up),
    )
