"""`corridor study`, and `corridor replay` of an archived one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corridor.cli.app import app
from corridor.cli.options import (
    AsOf,
    Cite,
    Classification,
    Data,
    Detail,
    Freq,
    Lang,
    LangOption,
    PeriodOption,
    Release,
    Source,
    Words,
    WordsFormat,
)
from corridor.cli.output import day, note, workspace
from corridor.errors import UsageError


@app.command()
def study(
    exporter: Annotated[str, typer.Argument(help="Whose exports: a code or a name, e.g. RUS, Nga, Russia.")],
    partner: Annotated[str, typer.Argument(help="To whom, e.g. VNM, Вьетнам.")],
    years: Annotated[str | None, typer.Option(help="2023:2025; short for --period with years.")] = None,
    period: PeriodOption = None,
    freq: Freq = None,
    lang: LangOption = Lang.en,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            help="html, docx, xlsx, pdf, md, json, csv, dta, tex, letter (.docx), letter-pdf; several with commas.",
        ),
    ] = "html",
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("report"),
    detail: Annotated[Detail, typer.Option(help="short folds the chapters, full opens them.")] = Detail.short,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A .docx of yours: its page and its styles win.")
    ] = None,
    cite: Annotated[
        Cite | None, typer.Option(help="Form of the list of sources; bibtex writes a .bib file beside the report.")
    ] = None,
    charts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also save every chart: SVG, PNG at slide size, CSV.")
    ] = None,
    threshold: Annotated[float, typer.Option(help="Share of exports the key regions must cover.")] = 0.8,
    reconcile: Annotated[
        str | None,
        typer.Option(
            metavar="METHOD",
            help="Also one value of both sides' yearly totals: prefer_importer, prefer_exporter, mean or weighted.",
        ),
    ] = None,
    cif_margin: Annotated[
        float | None, typer.Option(help="Freight and insurance that reconciling assumes, as a share of the fob value.")
    ] = None,
    source: Source = None,
    release: Release = None,
    classification: Classification = None,
    as_of: AsOf = None,
    archive: Annotated[
        Path | None, typer.Option(help="Also pack report, tables, sources and options into this .zip.")
    ] = None,
    data: Data = None,
) -> None:
    """The five-stage study of what EXPORTER sells to PARTNER.

    The return direction has chapters of its own.
    """
    if years and period:
        raise UsageError("--years and --period are two words for one thing", next_step="give one of them")
    formats = _formats(format)
    _readable(template)
    made = workspace(data).study(
        exporter,
        partner,
        period=years or period,
        freq=freq,
        as_of=day(as_of),
        source=source,
        release=release,
        classification=classification,
        threshold=threshold,
        reconcile=reconcile,
        cif_margin=cif_margin,
    )
    for line in made.notes(lang.value):
        note(line)
    form = cite.value if cite else None
    for path in made.write(out, formats=formats, lang=lang.value, detail=detail.value, template=template, cite=form):
        typer.echo(str(path))
    if charts is not None:
        for path in made.write_charts(charts, lang=lang.value, detail=detail.value):
            typer.echo(str(path))
    if archive is not None:
        typer.echo(str(made.archive(archive, formats=formats, lang=lang.value, detail=detail.value)))


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="An archive made with corridor study --archive.")],
    format: WordsFormat = Words.text,
    data: Data = None,
) -> None:
    """Run an archived study again: which numbers moved, why."""
    outcome = workspace(data).replay(file)
    typer.echo(outcome.json() if format is Words.json else outcome.text())


def _readable(template: Path | None) -> None:
    """Asked before the study is made, which takes longer than a mistyped name."""
    from corridor.made_study import content

    content(template)


def _formats(text: str) -> list[str]:
    """The report's formats, each once; asked before the study is made, which takes longer than a mistyped letter."""
    from corridor.made_study import FORMATS

    asked = list(dict.fromkeys(text.replace(",", " ").lower().split()))
    if not asked or set(asked) - set(FORMATS):
        unknown = ", ".join(f"“{each}”" for each in asked if each not in FORMATS) or "“”"
        raise UsageError(f"no format {unknown}", next_step=f"there are: {', '.join(FORMATS)}")
    return asked
