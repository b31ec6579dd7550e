"""Chapter 1 of the study's report: what was found, from whom, in which release, and how far the sides agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import polars as pl

from corridor.codes.compilation import AS_REPORTERS, UNKNOWN
from corridor.codes.products import TOTAL
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.chart_titles import chart
from corridor.report.documents.document import Block, Chapter, Column, Heading, Paragraph, Row, Table
from corridor.report.documents.grid import (
    Field,
    Record,
    change,
    chosen,
    named,
    number,
    printed,
    said,
    table,
    traces_in,
    words,
)
from corridor.report.documents.study_view import Direction, View, ends
from corridor.report.documents.wording import told
from corridor.study.spans import month_end, month_start, span

STAGE = "collection"

_MONTHS = range(1, 13)
_HELD = ("reported", "zero")
#: Classifications that have a name of their own in the catalogue.
_NAMED = (TOTAL, "VNC")
#: Tables that their publisher gave no number.
_NUMBERLESS = ("annual",)
#: What the rows themselves say of how they were compiled.
_ROWS_SAY = ("maturity", "valuation")


def collection(view: View) -> Chapter:
    """Sources used, coverage and its holes, months in their releases, revisions, the mirror comparison."""
    return Chapter(
        STAGE,
        Finding("chapter.collection"),
        (
            *(Paragraph(told(finding)) for finding in view.findings(STAGE, "main_series")),
            _sources_used(view),
            Heading(Finding("heading.coverage")),
            *_coverage(view),
            *_months(view),
            *_revisions(view),
            *_mirror(view),
        ),
        fold=view.short,
    )


def _sources_used(view: View) -> Table:
    return table(
        "sources_used",
        Finding("table.sources_used"),
        view.table(STAGE, "sources_used"),
        (
            words("source", _source_and_table),
            named("release", "term", prefix="release."),
            named("reporter", "area"),
            words("flow", _flow_and_valuation),
            words("classification", _classification),
            words("span", _span),
            number("rows", "count"),
            named("role", "term", prefix="role."),
        ),
    )


def _source_and_table(record: Record) -> Finding:
    return Finding("cell.source", {"source": Name("source", record["source"]), "table": _table_name(record)})


def _table_name(record: Record) -> Name:
    """A table by its publisher's number; of one without a number, what it holds."""
    code = record["table"]
    return Name("term", f"numberless.{code}") if code in _NUMBERLESS else Name("text", code)


def _flow_and_valuation(record: Record) -> Finding:
    parts = {name: Name("term", f"{name}.{record[name]}") for name in ("flow", "valuation")}
    return Finding("cell.flow", parts)


def _classification(record: Record) -> Name:
    code = record["classification"]
    return Name("term", f"classification.{code}") if code in _NAMED else Name("text", code)


def _span(record: Record) -> Finding:
    first, last = record["first_period"], record["last_period"]
    whole_years = (first.month, last.month) == (1, 12) and record["classification"] == TOTAL
    if whole_years:
        names = (str(first.year), str(last.year))
    else:
        names = (span(first, month_end(first)).code, span(month_start(last), last).code)
    return Finding("cell.span", {"first": Name("period", names[0]), "last": Name("period", names[1])})


def _coverage(view: View) -> list[Block]:
    rows = view.table(STAGE, "coverage").filter(~pl.col("cumulative"))
    months = rows.filter(pl.col("period").str.contains(r"^\d{4}-\d{2}$"))
    blocks: list[Block] = [_calendar(months)] if months.height else []
    holes = rows.filter(~pl.col("status").is_in(_HELD)).sort("source", "table", "flow", "period_end")
    missing = view.study.stage(STAGE).missing
    blocks += said(told(finding) for finding in missing) or said([Finding("collection.no_holes")])
    if holes.height:
        blocks.append(_holes(view, holes))
    return blocks


def _calendar(months: pl.DataFrame) -> Table:
    """One row a table and year, one column a month."""
    keys = ["source", "table", "flow", "release"]
    dated = months.with_columns(year=pl.col("period_end").dt.year(), month=pl.col("period_end").dt.month())
    rows = []
    for values, found in dated.group_by([*keys, "year"], maintain_order=True):
        marks = dict(found.select("month", "status").iter_rows())
        cells = tuple(Name("term", f"mark.{marks[month]}") if month in marks else None for month in _MONTHS)
        year = Name("period", str(values[4]))
        rows.append(Row((_series_name(dict(zip(keys, values[:4], strict=True))), year, *cells), traces_in(found)))
    columns = (
        Column("source", kind="name"),
        Column("year", kind="name"),
        *(Column(f"month_{month}", kind="text", label=str(month), group=Name("term", "months")) for month in _MONTHS),
    )
    return Table("calendar", Finding("table.calendar"), columns, tuple(rows))


def _series_name(record: Record) -> Finding:
    return Finding(
        "calendar.row",
        {
            "source": Name("source", record["source"]),
            "table": Name("text", record["table"]),
            "flow": Name("term", f"flow.{record['flow']}"),
            "release": Name("term", f"release.{record['release']}"),
        },
    )


def _holes(view: View, holes: pl.DataFrame) -> Table:
    implied = view.table(STAGE, "implied").select("flow", "period", "implied_usd")
    main = (pl.col("source") == view.series.source) & (pl.col("release") == view.series.release)
    offered = holes.join(implied, on=["flow", "period"], how="left", maintain_order="left").with_columns(
        implied_usd=pl.when(main).then("implied_usd")
    )
    return table(
        "holes",
        Finding("table.holes"),
        offered,
        (
            named("period", "period"),
            named("source", "source"),
            words("table", _table_name),
            named("reporter", "area"),
            named("flow", "term", prefix="flow."),
            named("status", "term", prefix="status."),
            Field(Column("implied", "usd"), _implied),
        ),
        most=view.most(12),
    )


def _implied(record: Record) -> Measure | None:
    value = record["implied_usd"]
    return None if value is None else Measure(value, "usd")


def _months(view: View) -> list[Block]:
    found = months_of(view)
    if found.is_empty():
        return []
    title = {"reporter": Name("area", view.series.reporter), "partner": Name("area", view.series.partner)}
    fields = [
        number(name, "usd", absence="not_held", label=_series_label(name))
        for name in found.columns
        if "_" in name and "usd" in name
    ]
    figures = table(
        "monthly_totals",
        Finding("chart.monthly_totals", title),
        found,
        (named("month", "period", of="period"), *fields),
    )
    return [Heading(Finding("heading.months")), chart("monthly_totals", figures, picture="lines")]


def months_of(view: View) -> pl.DataFrame:
    """Monthly totals of the reporter in their first and revised releases: ``period``, one column a flow and release."""
    totals = view.table(STAGE, "totals").filter(
        (pl.col("reporter") == view.series.reporter) & (pl.col("freq") == "M") & ~pl.col("cumulative")
    )
    frames = []
    for flow in (view.series.flow(view.out[0]), view.series.flow(view.back[0])):
        for release in ("first", "revised"):
            rows = chosen(totals, flow=flow, release=release).unique("period", keep="first", maintain_order=True)
            frames.append(rows.select("period", pl.col("value_usd").alias(f"usd_{flow}_{release}"), "trace_id"))
    periods = pl.concat([frame.select("period") for frame in frames]).unique().sort("period")
    for place, frame in enumerate(frames):
        periods = periods.join(frame.rename({"trace_id": f"trace_{place}"}), on="period", how="left")
    traces = [f"trace_{place}" for place in range(len(frames))]
    return (
        periods.with_columns(trace_id=pl.concat_str(traces, separator=" ", ignore_nulls=True))
        .drop(traces)
        .sort("period")
    )


def _series_label(column: str) -> Finding:
    _, flow, release = column.split("_")
    return Finding(f"series.{release}", {"flow": Name("term", f"flow.{flow}")})


def _revisions(view: View) -> list[Block]:
    rows = view.table(STAGE, "revisions").drop_nulls("relative_revision")
    hidden = view.table(STAGE, "implied_revisions").drop_nulls("implied_revision")
    blocks: list[Block] = [Paragraph(told(finding)) for finding in view.findings(STAGE, "largest_revision")]
    if rows.height:
        blocks.append(_revision_table(view, rows))
    if hidden.height and not view.short:
        blocks.append(_hidden_table(hidden))
    return [Heading(Finding("heading.revisions")), *blocks] if blocks else []


def _revision_table(view: View, rows: pl.DataFrame) -> Table:
    return table(
        "revisions",
        Finding("table.revisions"),
        rows.sort(pl.col("relative_revision").abs(), descending=True),
        (
            named("month", "period", of="period"),
            named("reporter", "area"),
            named("flow", "term", prefix="flow."),
            number("first_release", "usd", of="first_usd"),
            number("revised", "usd", of="revised_usd"),
            change("revision", "usd"),
            change("relative_revision", "growth"),
        ),
        most=view.most(6),
    )


def _hidden_table(rows: pl.DataFrame) -> Table:
    return table(
        "implied_revisions",
        Finding("table.implied_revisions"),
        rows.sort(pl.col("implied_revision").abs(), descending=True),
        (
            named("month", "period", of="period"),
            named("reporter", "area"),
            named("flow", "term", prefix="flow."),
            change("implied_revision", "usd"),
        ),
        caveats=("implied",),
    )


def _mirror(view: View) -> list[Block]:
    rows = view.table(STAGE, "mirror")
    if rows.is_empty():
        return []
    findings = (*view.findings(STAGE, "mirror_path"), *view.findings(STAGE, "mirror_estimated"))
    blocks: list[Block] = [Heading(Finding("heading.mirror"))]
    blocks += said(told(finding) for finding in findings)
    blocks += _mirror_chart(rows, (view.out, view.back))
    for of in (view.out, view.back):
        years = chosen(rows, exporter=of[0], importer=of[1])
        blocks += _mirror_years(years, _two_sided(years) if view.short else years, of)
        blocks += _mirror_reasons(view, of)
    return [*blocks, *_reconciled(view), *_mirror_published(view)]


def _mirror_reasons(view: View, direction: Direction) -> list[Block]:
    """How the two publishers compile their figures, side by side; a short report leaves out what is the same."""
    rows = chosen(view.table(STAGE, "mirror_reasons"), exporter=direction[0], importer=direction[1])
    if view.short and rows.height:
        rows = rows.filter(pl.col("agreement") != "same")
    if rows.is_empty():
        return []
    last = rows.row(0, named=True)
    sources = {f"source_{side}": Name("source", last[f"source_{side}"]) for side in ("exporter", "importer")}
    note = Finding("table.mirror_reasons_of", {**sources, "year": Name("period", str(last["last_year"]))})
    fields = (
        named("question", "term", prefix="question."),
        words("answers_exporter", _answers_of("exporter")),
        words("answers_importer", _answers_of("importer")),
        named("agreement", "term", prefix="agreement."),
    )
    title = Finding("table.mirror_reasons", ends(direction))
    return [table("mirror_reasons", title, rows, fields, notes=(note,), caveats=("mirror_reasons_not_asserted",))]


def _answers_of(side: str) -> Callable[[Record], Finding]:
    """A side's answers to a question, in words."""

    def cell(record: Record) -> Finding:
        keys = str(record[f"answers_{side}"]).split()
        return Finding("cell.answers", {"answers": tuple(_answer(str(record["question"]), key) for key in keys)})

    return cell


def _answer(question: str, key: str) -> Name:
    """The words of an answer: some are words of the study's rows, others the same for every question."""
    if key in (UNKNOWN, AS_REPORTERS):
        return Name("term", f"compiled.{key}")
    return Name("term", f"{question}.{key}" if question in _ROWS_SAY else f"compiled.{question}.{key}")


def _reconciled(view: View) -> list[Block]:
    """One value for both sides, where it was asked for: the method and its margin first, then the years."""
    rows = view.table(STAGE, "reconciled").drop_nulls("reconciled_usd")
    asked = view.study.question.reconciliation
    if asked is None or rows.is_empty():
        return []
    method: dict[str, Parameter] = {
        "method": Name("term", f"reconciliation.{asked.method}"),
        "margin": Measure(asked.cif_margin, "share"),
    }
    blocks: list[Block] = [Heading(Finding("heading.reconciled")), Paragraph(Finding("collection.reconciled", method))]
    for direction in (view.out, view.back):
        years = chosen(rows, exporter=direction[0], importer=direction[1])
        blocks += [_reconciled_table(years, direction)] if years.height else []
    return blocks


def _reconciled_table(rows: pl.DataFrame, direction: Direction) -> Table:
    fields = (
        number("fob_exporter", "usd", absence="no_own_report"),
        number("fob_importer", "usd", absence="no_own_report"),
        number("weight_exporter", "share"),
        number("reconciled_usd", "usd"),
        named("basis", "term", prefix="basis."),
    )
    return _yearly("reconciled", rows, direction, fields)


def _yearly(
    key: str,
    rows: pl.DataFrame,
    direction: Direction,
    fields: Sequence[Field],
    *,
    notes: tuple[Finding, ...] = (),
    caveats: tuple[str, ...] = (),
) -> Table:
    """A table of one direction, a row a year."""
    years = rows.with_columns(pl.col("year").cast(pl.String))
    title = Finding(f"table.{key}", ends(direction))
    return table(key, title, years, (named("year", "period"), *fields), notes=notes, caveats=caveats)


def _mirror_published(view: View) -> list[Block]:
    """What others printed on how far the two sides are apart, for years that no table holds."""
    rows = view.table(STAGE, "mirror_published")
    if rows.is_empty():
        return []
    fields = (
        named("reporter", "area", of="area"),
        named("flow", "term", prefix="flow."),
        printed("printed_period", of="period_text"),
        printed("printed_statement", of="share_text"),
        printed("whose"),
        printed("address", of="url"),
    )
    return [table("mirror_published", Finding("table.mirror_published"), rows, fields, caveats=("press_figure",))]


def _mirror_chart(rows: pl.DataFrame, directions: Iterable[Direction]) -> list[Block]:
    measured = {
        direction: found
        for direction in directions
        if (found := chosen(rows, exporter=direction[0], importer=direction[1]).drop_nulls("asymmetry_ratio")).height
    }
    if not measured:
        return []
    years = sorted({year for found in measured.values() for year in found["year"]})
    grid = [_ratios_of(year, measured) for year in years]
    fields = [
        number(f"ratio_{place}", "ratio", absence="not_applicable", label=Finding("series.exports", ends(direction)))
        for place, direction in enumerate(measured)
    ]
    figures = table("mirror_ratio", Finding("chart.mirror_ratio"), grid, (named("year", "period"), *fields))
    return [chart("mirror_ratio", figures, picture="lines")]


def _ratios_of(year: int, measured: dict[Direction, pl.DataFrame]) -> dict[str, object]:
    rows = [found.filter(pl.col("year") == year) for found in measured.values()]
    ratios = {
        f"ratio_{place}": found["asymmetry_ratio"][0] if found.height else None for place, found in enumerate(rows)
    }
    return {"year": str(year), **ratios, "trace_id": " ".join(trace for found in rows for trace in found["trace_id"])}


def _two_sided(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("value_exporter").is_not_null() & pl.col("value_importer").is_not_null())


def _mirror_years(rows: pl.DataFrame, shown: pl.DataFrame, direction: Direction) -> list[Block]:
    """Year by year; a short report leaves out the years of which one side only is held."""
    left = Measure(rows.height - shown.height, "count")
    fields = (
        number("value_exporter", "usd", absence="not_held"),
        named("source_exporter", "source"),
        number("value_importer", "usd", absence="not_held"),
        named("source_importer", "source"),
        number("asymmetry_ratio", "ratio", absence="not_applicable"),
        named("why_not", "term", prefix="why_not."),
    )
    notes = (Finding("table.one_sided", {"n": left}),) if left.value else ()
    if shown.is_empty():
        return said(notes)
    return [_yearly("mirror", shown, direction, fields, notes=notes, caveats=("mirror_not_corrected",))]


def latest_print(view: View) -> date | None:
    """The latest day on which a publisher printed a table of the main series, among those that print one."""
    undated = view.table(STAGE, "totals").filter(pl.col("caveats").fill_null("").str.contains("published_is_added"))
    dated = view.table(STAGE, "coverage").filter(
        (pl.col("source") == view.series.source)
        & (pl.col("release") == view.series.release)
        & pl.col("status").is_in(_HELD)
        & ~pl.col("trace_id").is_in(undated["trace_id"].to_list())
    )
    found = dated["published"].drop_nulls()
    return max(found) if found.len() else None


def bundled_only(view: View) -> bool:
    """Whether every figure of the main series is one of those that come with the program."""
    traces = view.table(STAGE, "coverage").filter(pl.col("source") == view.series.source)["trace_id"].drop_nulls()
    return traces.len() > 0 and bool(traces.str.starts_with("sample:").all())
