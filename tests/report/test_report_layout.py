"""Tables in a language, and the way from a trace to a printed reference."""

from __future__ import annotations

import pytest

from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.documents.document import Column, Document, Meta, RaggedTable, Row, Table, gather_sources
from corridor.report.layout import lay_out
from corridor.report.references import numbers_in_print, references, spans
from corridor.report.text import voice

YEAR = Name("period", "2025")


def usd(value: float | None, absence: str = "") -> Measure:
    return Measure(value, "usd", absence)


def table(*rows: Row, columns: tuple[Column, ...]) -> Table:
    return Table("t", Finding("column.group"), (Column("group", kind="name"), *columns), rows)


def test_columns_of_a_unit_share_their_scale() -> None:
    columns = (Column("exports", "usd"), Column("imports", "usd"), Column("share", "share"))
    laid = lay_out(table(Row(("a", usd(52_000_000), usd(30_000), Measure(0.5, "share"))), columns=columns), voice("vi"))
    assert [head.unit.replace("\xa0", " ") for head in laid.heads] == ["", "triệu USD", "triệu USD", "%"]
    assert [cell.text for cell in laid.lines[0].cells] == ["a", "52,00", "0,03", "50,0"]


def test_a_column_may_keep_its_own_scale() -> None:
    columns = (Column("exports", "usd"), Column("balance", "usd", "change", scale="thousand"))
    laid = lay_out(table(Row(("a", usd(52_000_000), usd(-30_000))), columns=columns), voice("en"))
    assert [head.unit.replace("\xa0", " ") for head in laid.heads[1:]] == ["million USD", "thousand USD"]
    assert [cell.text for cell in laid.lines[0].cells[1:]] == ["52.00", "−30.0"]


def test_a_change_is_printed_with_its_sign() -> None:
    laid = lay_out(
        table(Row(("a", usd(5.0))), Row(("b", usd(-5.0))), columns=(Column("balance", "usd", "change"),)), voice("ru")
    )
    assert [line.cells[1].text for line in laid.lines] == ["+5", "−5"]


def test_cells_of_every_kind() -> None:
    columns = (Column("unit", kind="text"), Column("value", "usd"), Column("value", "usd"))
    row = Row((Name("product", "coffee"), Name("term", "piece"), None, usd(None, "not_held")))
    cells = lay_out(table(row, columns=columns), voice("en")).lines[0].cells
    assert [cell.text for cell in cells] == ["Coffee", "Pieces", "", "—"]
    assert cells[3].absence == "the publisher's file is not held"


def test_headings_over_columns() -> None:
    columns = (Column("value", "usd", group=YEAR), Column("share", "share", group=YEAR), Column("rank", "count"))
    laid = lay_out(table(columns=columns), voice("vi"))
    assert laid.grouped
    assert laid.groups() == (("", 1), ("Năm 2025", 2), ("", 1))


def test_reasons_are_listed_once_in_order() -> None:
    rows = [Row((name, usd(None, why))) for name, why in (("a", "not_held"), ("b", "blank"), ("c", "not_held"))]
    laid = lay_out(table(*rows, columns=(Column("value", "usd"),)), voice("en"))
    assert laid.absences == ("the publisher's file is not held", "the cell is empty in the publisher's table")


def test_a_row_must_fill_its_columns() -> None:
    with pytest.raises(RaggedTable, match="'t' has 2 columns and a row of 1 cells"):
        table(Row(("a",)), columns=(Column("value", "usd"),))


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["1"], "1"),
        (["1", "2"], "1, 2"),
        (["3", "1", "2", "7"], "1–3, 7"),
        (["2", "2"], "2"),
        ([""], ""),
        (["A", "10", "9"], "9, 10, A"),
    ],
)
def test_runs_of_numbers_are_joined(numbers: list[str], shown: str) -> None:
    assert spans(numbers) == shown


def test_traces_lead_to_numbered_sources_pages_and_rows() -> None:
    def trace(publisher: str, file: str, checksum: str, page: str, row: str) -> Trace:
        return Trace(publisher, file, checksum, page, row, f"table of {file}")

    traces = {
        "a": trace("nso", "n.xls", "1" * 64, "Sheet1", "4"),
        "b": trace("customs", "x.pdf", "2" * 64, "3", "17"),
        "c": trace("customs", "x.pdf", "2" * 64, "3", "18"),
        "d": trace("customs", "x.pdf", "2" * 64, "4", ""),
    }
    publishers = {"customs": {"en": "Customs", "ru": "Таможня", "vi": "Hải quan"}}
    sources = gather_sources(traces.values(), publishers)
    document = Document(Finding("column.group"), Meta(), (), (), sources, traces)
    assert [source.publisher["en"] for source in sources] == ["Customs", "nso"]
    assert document.publishers()["customs"]["vi"] == "Hải quan"
    found = references(document, ("c", "b", "d", "a", "b"))
    assert [(reference.number, reference.places) for reference in found] == [
        (1, (("3", "17, 18"), ("4", ""))),
        (2, (("Sheet1", "4"),)),
    ]
    assert numbers_in_print(found) == "1, 2"
