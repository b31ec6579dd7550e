"""A study as plain data: unrounded numbers, shares 0..1, one object with its schema's name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import polars as pl

from corridor.evidence import Finding, Measure, Name, Parameter, Trace
from corridor.study.result import StageResult
from corridor.study.study import Study

SCHEMA = "corridor.study/1"

Plain = object


def plain(study: Study, traces: Mapping[str, Trace]) -> dict[str, Plain]:
    """The whole study as JSON-ready data; ``traces`` resolves every trace id to its publisher's row."""
    question = study.question
    return {
        "schema": SCHEMA,
        "question": {
            "exporter": question.exporter,
            "partner": question.partner,
            "periods": [period.code for period in question.periods],
            "threshold": question.threshold,
        },
        "series": {
            "reporter": study.series.reporter,
            "source": study.series.source,
            "release": study.series.release,
            "classification": study.series.classification,
            "goods_only": True,
            "exports_valuation": "fob",
            "imports_valuation": "cif",
            "currency": "USD",
        },
        "periods": [period.code for period in study.agenda.periods],
        "comparisons": [
            {"base": each.base.code, "period": each.current.code, "kind": each.kind}
            for each in (*study.agenda.shown, *study.agenda.months)
        ],
        "stages": {stage.stage: _stage(stage) for stage in study.stages},
        "traces": {key: _trace(trace) for key, trace in sorted(traces.items())},
    }


def _stage(stage: StageResult) -> dict[str, Plain]:
    return {
        "tables": {name: records(table) for name, table in stage.tables.items()},
        "findings": [plain_finding(finding) for finding in stage.findings],
        "missing": [plain_finding(finding) for finding in stage.missing],
        "parameters": dict(stage.parameters),
    }


def records(table: pl.DataFrame) -> list[dict[str, Plain]]:
    """A table as a list of rows; dates as ISO text, an absent number as null and never as NaN."""
    return [{name: _cell(value) for name, value in row.items()} for row in table.iter_rows(named=True)]


def _cell(value: object) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"a table holds {value}, which is no number")
    return value


def plain_finding(finding: Finding) -> dict[str, Plain]:
    """One finding as plain data: its message key, what fills it, its traces and caveats."""
    return {
        "key": finding.key,
        "parameters": {name: _parameter(value) for name, value in finding.parameters.items()},
        "traces": list(finding.traces),
        "caveats": list(finding.caveats),
    }


def _parameter(value: Parameter) -> Plain:
    if isinstance(value, Measure):
        return {"value": value.value, "unit": value.unit} | ({"absence": value.absence} if value.absence else {})
    if isinstance(value, Name):
        return {value.kind: value.code}
    if isinstance(value, Finding):
        return plain_finding(value)
    return [_parameter(each) for each in value]


def _trace(trace: Trace) -> dict[str, Plain]:
    return {name: value for name, value in vars(trace).items() if value}
