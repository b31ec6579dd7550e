"""Every bundled line leads to a publisher, and the files stay what a reader can check by eye."""

from __future__ import annotations

import re
from importlib.resources import files

import polars as pl
import pytest

from corridor.errors import NothingFound
from corridor.sample import citations, editions, load, traces
from corridor.sample.tables import FACTS, FIGURES, read

LINES = {
    "groups": 280, "totals": 234, "partners": 24, "market": 303, "mirror": 33, "world": 4,
    "regions": 82, "countries": 86, "published": 47,
}  # fmt: skip


def test_the_folder_holds_exactly_the_files_that_are_read():
    held = {entry.name for entry in files("corridor.sample").iterdir() if entry.name.endswith((".csv", ".yml"))}
    assert held == {f"{name}.csv" for name in (*FIGURES, *FACTS)} | {"sources.yml"}


@pytest.mark.parametrize("name", LINES)
def test_files_are_short_plain_text(name):
    text = (files("corridor.sample") / f"{name}.csv").read_bytes().decode("utf-8")
    assert read(name).height == LINES[name]
    assert len(text.encode()) < 40_000
    assert text.count("\n") == LINES[name] + 1  # no line break within a cell: a row is a line
    assert len(f"sample:{name}") <= 16  # so that the whole name fits the address of a row


@pytest.mark.parametrize("name", FIGURES)
def test_every_citation_resolves_and_every_line_is_a_value_or_an_absence(name):
    lines = read(name)
    assert set(lines["citation"]) <= set(citations())
    assert (lines["value_usd"].is_null() == lines["status"].is_not_null()).all()
    assert (lines["quantity"].is_null() == lines["unit"].is_null()).all()
    assert lines["period"].str.contains(r"^\d{4}(-(0[1-9]|1[0-2]))?$").all()


def test_no_citation_is_idle():
    used = {key for name in FIGURES for key in read(name)["citation"]}
    assert used == set(citations())


def test_every_citation_has_an_address_or_a_file():
    for key, citation in citations().items():
        assert citation.address.startswith("https://") or citation.file, key
        assert citation.title, key
        assert citation.section, key


def test_no_edition_is_idle():
    tables = {
        f"{citations()[key].table} {period}"
        for name in FIGURES
        for key, period in read(name).select("citation", "period").iter_rows()
    }
    assert set(editions()) <= tables


def test_checksums_are_those_of_named_files():
    known = [edition for edition in editions().values() if edition.sha256]
    assert len(known) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", edition.sha256) and edition.file for edition in known)


def test_every_row_has_its_own_trace_and_the_trace_leads_to_the_line():
    tables = load()
    ids = [*tables.flows["trace_id"], *tables.facts["trace_id"]]
    assert len(ids) == len(set(ids))
    for id_ in ids:
        found = traces(id_)
        assert found.publisher
        assert found.url or found.file
        assert id_ == f"sample:{found.page.removesuffix('.csv')}/{id_.split('/')[1]}/{found.row}"


def test_absences_can_be_traced_too():
    for id_ in load().coverage["trace_id"]:
        assert traces(id_).publisher


def test_trace_of_a_figure_with_a_known_file():
    rows = load().flows.filter(pl.col("product") == "garments", pl.col("edition").str.contains("2025-02-04"))
    trace = traces(rows["trace_id"].item())
    assert trace.file == "2025-t1-5x(vn-sb).pdf"
    assert trace.checksum.startswith("9862892a")
    assert trace.url.endswith("/2025/2/6/2025-t1-5x(vn-sb).pdf")
    assert "printed 2025-02-04" in trace.edition
    assert "NGA" in trace.edition
    assert read("groups").row(int(trace.row) - 2, named=True)["value_usd"] == 60_396_790


def test_the_publisher_bears_the_name_of_the_day():
    citation = citations()["020.T-month"]
    assert citation.publisher("2025-01").startswith("Tổng cục Hải quan")
    assert citation.publisher("2025-02").startswith("Cục Hải quan")


def test_trace_of_a_fact():
    trace = traces("sample:regions/RF004/5")
    assert trace.publisher == "governor of Tula oblast (VNA)"
    assert trace.url.endswith("141671.vnp")


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "sample:",
        "sample:groups",
        "sample:groups/020.T-month",
        "sample:groups/020.T-month/0",
        "sample:groups/020.T-month/99999",
        "sample:groups/020.T-month/²",
        "sample:groups/021.T-month/2",  # the line exists, under another citation
        "sample:regions/RF004/6",
        "sample:nothing/020.T-month/2",
        "sample:../x/y/2",
        "groups/020.T-month/2",
    ],
)
def test_unknown_traces_are_refused(id_):
    with pytest.raises(NothingFound, match="no bundled figure"):
        traces(id_)


def test_caveats_are_in_the_list_of_caveats():
    caveats = pytest.importorskip("corridor.codes.caveats")
    tables = load()
    used = {key for frame in (tables.flows, tables.facts) for text in frame["caveats"] for key in text.split()}
    assert used - set(caveats.CAVEATS) == set()
