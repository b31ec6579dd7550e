"""`corridor potential` and `corridor recommend`: what could be sold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import AsOf, Classification, Data, Lang, LangOption, Release, Rows, RowsFormat, Source
from corridor.cli.output import day, note, print_answer, require_file, workspace
from corridor.errors import UsageError


class Printed(StrEnum):
    """Formats of a potential: its table, or the document with its chart."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"
    md = "md"
    docx = "docx"
    xlsx = "xlsx"
    pdf = "pdf"


class Ranking(StrEnum):
    """Ranking methods."""

    weighted_sum = "weighted_sum"
    topsis = "topsis"
    pareto = "pareto"


Exporter = Annotated[str, typer.Argument(help="Who sells: a code or a name, e.g. RUS, Nga, Russia.")]
Importer = Annotated[str, typer.Argument(help="To whom, e.g. VNM, Вьетнам.")]
Year = Annotated[int | None, typer.Option("--year", help="The year to measure; default: the last whole one.")]


@app.command()
def potential(
    exporter: Exporter,
    importer: Importer,
    year: Year = None,
    formula: Annotated[str, typer.Option(help="full/1, dbt_2023/1, trade_only/1 or supply_demand/1.")] = "full/1",
    neutral: Annotated[str, typer.Option(help="Factors that count as 1 where unknown, with commas, or all.")] = "",
    factor: Annotated[
        list[str] | None, typer.Option(metavar="NAME=FILE", help="A CSV table of a factor, e.g. distance=km.csv.")
    ] = None,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    format: Annotated[
        Printed, typer.Option("--format", help="How to print; from html on a document with a chart.")
    ] = Printed.text,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a document into this file.")] = None,
    charts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also save the chart: SVG, PNG at slide size, CSV.")
    ] = None,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """What EXPORTER could sell to IMPORTER, product by product.

    Supply, demand and ease, each factor shown; where one is missing it is named and nothing is computed.
    """
    _fits(format, out)
    answer = workspace(data).potential(
        exporter,
        importer,
        year=year,
        formula=formula,
        neutral=tuple(neutral.replace(",", " ").split()),
        factors=_files(factor or []),
        source=source,
        release=release,
        classification=classification,
        as_of=day(as_of),
        lang=lang.value,
    )
    if charts is not None:
        for path in answer.write_charts(charts, lang=lang.value):
            note(str(path))
    if format in (Printed.text, Printed.json, Printed.csv):
        print_answer(answer, Rows(format.value), lang, "potential")
    elif out is not None:
        typer.echo(str(answer.write(out, format.value, lang=lang.value)))
    else:
        typer.echo(answer.file(format.value, lang=lang.value).decode("utf-8"), nl=False)


@app.command()
def recommend(
    exporter: Exporter,
    importer: Importer,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    method: Annotated[Ranking, typer.Option(help="How to rank.")] = Ranking.weighted_sum,
    regions: Annotated[
        bool, typer.Option("--regions", help="By the exporter's regions that could supply them.")
    ] = False,
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="CRITERION=POINTS", help="0 to 100 for one criterion, e.g. growth=30; repeat it."),
    ] = None,
    year: Year = None,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    format: RowsFormat = Rows.text,
    lang: LangOption = Lang.en,
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Which goods to look at next, ranked, with how firm the ranking is.

    Those that cannot be judged are listed apart.
    """
    answer = workspace(data).recommend(
        exporter,
        importer,
        top=top,
        method=method.value,
        year=year,
        regions=regions,
        weights=_points(weight or []),
        source=source,
        release=release,
        classification=classification,
        as_of=day(as_of),
        lang=lang.value,
    )
    print_answer(answer, format, lang, "recommend_regions" if regions else "recommend")


def _fits(format: Printed, out: Path | None) -> None:
    """Asked before anything is computed: a file of a word processor cannot be printed, nor a table be one."""
    require_file(format.value, out, printable=set(Printed) - {Printed.docx, Printed.xlsx, Printed.pdf})
    if out is not None and format in (Printed.text, Printed.json, Printed.csv):
        raise UsageError(f"--out takes a document, and {format.value} is none", next_step="say --format html, or >")


def _files(given: list[str]) -> dict[str, Path]:
    pairs = [each.partition("=") for each in given]
    if bad := [name for name, _, path in pairs if not path]:
        raise UsageError(f"“{bad[0]}” names no file", next_step="write it as distance=km.csv")
    return {name: Path(path) for name, _, path in pairs}


def _points(given: list[str]) -> dict[str, float]:
    found = {}
    for each in given:
        name, _, points = each.partition("=")
        try:
            found[name] = float(points)
        except ValueError:
            raise UsageError(f"“{each}” is no weight", next_step="write it as growth=30") from None
    return found
