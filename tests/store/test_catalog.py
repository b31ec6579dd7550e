"""What the catalog answers, and how much it looks at for that."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.store import Ingest, entries
from corridor.store.tables import EDITION_TYPES

DAY = date(2026, 1, 1)
REPORTERS = 300


def file(number: int, table: str) -> Ingest:
    return Ingest(number, f"{number:064}", "toy", table, "official", str(number), f"{number}.csv", 1, DAY, DAY, "", "1")


def editions(year: int, table: str, reporters: int = REPORTERS) -> pl.DataFrame:
    """One edition a reporter."""
    rows = [
        ("toy", "official", table, f"R{place}", "export", "A", date(year, 12, 31), False) for place in range(reporters)
    ]
    return pl.DataFrame(rows, schema={name: EDITION_TYPES[name] for name in schema.EDITION_KEY}, orient="row")


def catalog(*files: tuple[Ingest, pl.DataFrame]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(entries.FORM)
    for ingest, held in files:
        entries.write(connection, ingest, held)
    return connection


def steps(connection: sqlite3.Connection, ask: Callable[[sqlite3.Connection, date], object]) -> int:
    """How many steps SQLite takes to answer."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    connection.set_progress_handler(count, 1)
    ask(connection, DAY)
    connection.set_progress_handler(None, 0)
    return taken


def years(count: int, selected: int = 0) -> sqlite3.Connection:
    """Whole years of one table, and a selection of the same table of so many reporters in the last one."""
    last = file(count + 1, f"T{schema.SELECTION}"), editions(2000 + count - 1, f"T{schema.SELECTION}", selected)
    whole = [(file(place + 1, "T"), editions(2000 + place, "T")) for place in range(count)]
    return catalog(*whole, *([last] if selected else []))


def test_a_selection_gives_way_where_a_whole_table_speaks_of_the_same():
    with closing(years(2, selected=3)) as connection:
        covered = entries.read_covered(connection, DAY)
        assert covered["reporter"].sort().to_list() == ["R0", "R1", "R2"]
        assert covered["snapshot"].unique().to_list() == [f"{3:064}"]
        assert covered["period_end"].unique().to_list() == [date(2001, 12, 31)]
    with closing(years(2)) as connection:
        assert entries.read_covered(connection, DAY).is_empty()


def test_editions_are_not_compared_each_with_every_other():
    with closing(years(8)) as connection:
        # No file is a selection: nothing is to be compared, however many editions there are.
        assert steps(connection, entries.read_covered) < REPORTERS
    with closing(years(8, selected=REPORTERS)) as connection:
        # Eight whole years for each of the selection's editions, and not all 2,400 editions of them.
        assert steps(connection, entries.read_covered) < 8 * REPORTERS * 100
