"""`corridor backtest`: how often the advice was right."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import Classification, Data, Lang, LangOption, Release, Rows, RowsFormat, Source
from corridor.cli.output import print_answer, workspace


class Task(StrEnum):
    """What is predicted."""

    growth = "growth"
    activations = "activations"


class Side(StrEnum):
    """Whose reports are taken."""

    imports = "import"
    exports = "export"


@app.command()
def backtest(
    task: Annotated[Task, typer.Option(help="Growth of trade in USD, or new products.")] = Task.growth,
    base: Annotated[
        int | None, typer.Option(help="The last year the advice may know; default: the last but one.")
    ] = None,
    judge: Annotated[str, typer.Option(help="Years that judge, with commas; default: all after the base.")] = "",
    flow: Annotated[Side | None, typer.Option(help="Reports of imports or of exports.")] = None,
    below: Annotated[float, typer.Option(help="A new product's index was below this in every known year.")] = 0.1,
    above: Annotated[float, typer.Option(help="And is above this in the years that judge.")] = 1.0,
    first: Annotated[int, typer.Option(min=1, help="How many of each economy count as advised.")] = 5,
    forest: Annotated[bool, typer.Option(help="Also try a random forest (needs scikit-learn).")] = True,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    data: Data = None,
) -> None:
    """Advise on the years up to one, and compare with what came after.

    Over all pairs the store holds, next to baselines that cost nothing; with too few candidates only counts are told.
    """
    answer = workspace(data).backtest(
        task=task.value,
        base=base,
        judged=_years(judge),
        flow=flow.value if flow else None,
        below=below,
        above=above,
        first=first,
        with_forest=forest,
        source=source,
        release=release,
        classification=classification,
        lang=lang.value,
    )
    print_answer(answer, format, lang, "backtest")


def _years(text: str) -> tuple[int, ...]:
    from corridor.errors import UsageError

    try:
        return tuple(int(year) for year in text.replace(",", " ").split())
    except ValueError:
        raise UsageError(f"“{text}” is no list of years", next_step="write it as 2021,2022") from None
