"""`corridor sql`: a question of one's own to the stored tables."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data, Lang, LangOption, Rows, RowsFormat
from corridor.cli.output import note, print_rows, workspace


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help='One SELECT, e.g. "select source, count(*) from flows group by all".')],
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """Ask the stored tables in SQL.

    The tables are those of the data dictionary as they stand now; with all_ before the name (all_flows), all editions.
    The answer is DuckDB's; it reads the store's files and nothing else.
    """
    held = workspace(data)
    table = held.sql(query)
    if held.is_sample_only():
        note("nothing was added yet: the tables are empty; the bundled figures are not among them")
    print_rows(table, format, lang, "sql")
