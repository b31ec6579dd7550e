"""`corridor find`: what goods are called, and where they are held."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Data, Lang, LangOption, Rows, RowsFormat
from corridor.cli.output import print_rows, workspace


@app.command()
def find(
    word: Annotated[list[str], typer.Argument(metavar="WORD...", help="A name, a part of one, or a code.")],
    pair: Annotated[
        tuple[str, str] | None, typer.Option("--pair", metavar="A B", help="With the trade between the two: RUS VNM.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many to print, best first.")] = 40,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """What goods are called.

    Looks in publishers' groups, the HS, the TN VED and tariff lines, in English, Russian and Vietnamese; accents of
    Vietnamese may be left out.
    """
    hits = workspace(data).find(" ".join(word), pair=pair, limit=top, lang=lang.value)
    print_rows(hits, format, lang, "find")
