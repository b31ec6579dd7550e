"""Russia's customs: invented and synthetic files in each layout; no real file is known to be at hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from corridor import ingest, sources
from corridor.codes import areas
from corridor.errors import BrokenLayout, CorridorError, UnreadableFile
from corridor.store import Store

from .synthetic_fcs import REGIONS, as_dbf, as_text, planted

SPECIMEN = files("corridor.sources.ru_fcs").joinpath("specimen")
DAY = date(2026, 3, 1)


def store_of(folder: Path, body: bytes, name: str = "DATTSVT.csv") -> Store:
    path = folder / name
    path.write_bytes(body)
    store = Store(folder / "store")
    report = ingest.add(store, [path], today=DAY, workers=1)
    assert [outcome.message for outcome in report.of("refused")] == []
    return store


def by_region(rows: pl.DataFrame) -> dict[tuple[str, str], float]:
    sums = rows.group_by("reporter", "flow").agg(pl.col("value_usd").sum())
    return {(reporter, flow): round(value, 2) for reporter, flow, value in sums.rows()}


def expected(dollars: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    words = {"ЭК": "export", "ИМ": "import"}
    return {
        (areas.from_publisher("okato", at).code, words[flow]): round(sum_, 2) for (at, flow), sum_ in dollars.items()
    }


def zipped(body: bytes) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("DATTSVT.dbf", body)
    return buffer.getvalue()


def test_a_regional_table_in_our_words(tmp_path: Path) -> None:
    rows = store_of(tmp_path, SPECIMEN.joinpath("invented-DATTSVT.csv").read_bytes()).current("flows").collect()
    said = rows.select(
        "reporter", "partner", "flow", "product", "value_usd", "net_weight_kg", "quantity_unit", "caveats"
    )
    assert set(said.rows()) == {
        ("RU-VGG", "VNM", "export", "1001190000", 1000.5, 2000.0, "t", "declarant_region published_is_added"),
        ("RU-MOW", "VNM", "import", "0901110000", 50.0, 7.5, "piece", "declarant_region published_is_added"),
        (
            "RU-KHM",
            "X899",
            "export",
            "XXXXXXXXXX",
            9.0,
            None,
            None,
            "declarant_region goods_not_named published_is_added",
        ),
    }
    assert set(rows["period_end"]) == {date(2021, 1, 31)}
    assert set(rows["classification"]) == {"TNVED"}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (lambda rows: as_text(rows), "a.csv"),
        (lambda rows: as_text(rows, ";", "cp1251"), "a.csv"),
        (lambda rows: as_text(rows, "\t", "cp866"), "a.csv"),
        (lambda rows: as_text(rows, "\t", "utf-8-sig"), "a.csv"),
        (lambda rows: as_dbf(rows), "a.dbf"),
        (lambda rows: zipped(as_dbf(rows)), "a.zip"),
    ],
)
def test_planted_truths_come_out_of_every_form(tmp_path: Path, form: object, name: str) -> None:
    truth = planted(("01/2021", "02/2021"))
    rows = store_of(tmp_path, form(truth.rows), name).current("flows").collect()  # type: ignore[operator]
    assert rows.height == len(truth.rows)
    assert by_region(rows) == expected(truth.dollars)
    secret = rows.filter(rows["caveats"].str.contains("goods_not_named"))
    assert round(secret["value_usd"].sum(), 2) == round(truth.secret, 2)
    assert set(secret["product"]) == {"XXXXXXXXXX"}


def test_okrugs_within_a_region_are_not_summed_twice(tmp_path: Path) -> None:
    truth = planted()
    rows = store_of(tmp_path, as_text(truth.rows)).current("flows").collect()
    chosen = set(areas.regions("RUS"))
    whole = rows.filter(rows["reporter"].is_in(list(chosen)) & (rows["flow"] == "export"))["value_usd"].sum()
    outer = sum(truth.dollars[okato, "ЭК"] for okato in REGIONS if okato != "71100")
    assert round(whole, 2) == round(outer, 2)
    assert "RUS" not in set(rows["reporter"])


def test_the_older_table_is_in_thousands(tmp_path: Path) -> None:
    body = SPECIMEN.joinpath("invented-TCBT.csv").read_text("utf-8").encode("cp866")
    rows = store_of(tmp_path, body, "TCBT.csv").current("flows").collect()
    assert set(rows.select("reporter", "flow", "product", "value_usd", "net_weight_kg").rows()) == {
        ("RUS", "export", "1001", 12_500.0, 2000.0),
        ("RUS", "import", "0901", 3_000.0, 1000.0),
    }


def test_the_national_table_has_its_month_in_its_name(tmp_path: Path) -> None:
    body = "NAPR,PERIOD,STRANA,TNVED,EDIZM,STOIM,NETTO,KOL\nЭК,2021,KZ,9504500002,796,38333.71,235.313,495\n".encode()
    rows = store_of(tmp_path, body, "2021-03.csv").current("flows").collect()
    row = rows.row(0, named=True)
    assert (row["reporter"], row["partner"], row["period_start"]) == ("RUS", "KAZ", date(2021, 3, 1))
    assert (row["value_usd"], row["quantity"], row["quantity_unit"]) == (38333.71, 495.0, "piece")
    path = tmp_path / "mine.csv"
    path.write_bytes(body)
    with pytest.raises(BrokenLayout, match="neither does the file's name; keep the name it came with"):
        sources.read(path, "ru_fcs", path.name)


def test_rows_of_one_figure_in_two_units_are_one(tmp_path: Path) -> None:
    row = ("ЭК", "01/2021", "VN", "1001190000", "", "10", "5", "0", REGIONS["18000"], "")
    unit = ("ЭК", "01/2021", "VN", "1001190000", "796", "30", "7", "2", REGIONS["18000"], "")
    empty = ("ЭК", "01/2021", "", "1001190000", "", "1", "5", "0", REGIONS["18000"], "")
    untold = ("ЭК", "01/2021", "NNN", "1001190000", "166", "2", "5", "0", REGIONS["18000"], "")
    rows = store_of(tmp_path, as_text([row, unit, empty, untold])).current("flows").sort("partner").collect()
    assert rows.select("partner", "value_usd", "net_weight_kg", "quantity").rows() == [
        ("VNM", 40.0, 12.0, None),
        ("X899", 3.0, 10.0, 0.01),
    ]


def test_one_row_again_is_set_aside_and_a_month_again_is_refused(tmp_path: Path) -> None:
    rows = planted().rows
    store = store_of(tmp_path, as_text([*rows, rows[0]]))
    assert store.current("flows").collect().height == len(rows)
    assert store.scan("not_understood").collect()["reason"].to_list() == [
        "the same figure stands in another row of the file"
    ]
    path = tmp_path / "twice.csv"
    path.write_bytes(as_text([*rows, *rows]))
    with pytest.raises(BrokenLayout, match="the month 01/2021 stands in the file twice"):
        sources.read(path, "ru_fcs", path.name)


def test_what_is_wrong_with_a_row_is_said(tmp_path: Path) -> None:
    good = ("ЭК", "01/2021", "VN", "1001190000", "", "10", "5", "0", REGIONS["18000"], "")
    odd = {0: "ТР", 1: "13/2021", 2: "Q1", 3: "?", 5: "x", 8: "99999 - НИГДЕ"}
    rows = [tuple(odd[at] if place == at else cell for place, cell in enumerate(good)) for at in odd]
    aside = store_of(tmp_path, as_text([good, *rows])).scan("not_understood").sort("row").collect()
    assert [reason.split(" in 20")[0] for reason in aside["reason"]] == [
        "the flow is none of ours", "the period cannot be read", "no area has the publisher's code “Q1”",
        "“0?” is no code of a product", "the value is no number", "no area has the publisher's code “99999 - НИГДЕ”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (as_text(planted().rows)[:200].replace("ЭК".encode(), b"\xff\xfe"), UnreadableFile),
        (as_dbf(planted().rows)[:-400], BrokenLayout),
        (as_text([("ЭК", "01/2021", *"abcdefghijkl")]), CorridorError),
        (as_text([]), BrokenLayout),
    ],
)
def test_damage_costs_one_line(tmp_path: Path, body: bytes, fault: type[CorridorError]) -> None:
    path = tmp_path / "DATTSVT.csv"
    path.write_bytes(body)
    assert sources.recognise(path) == "ru_fcs"
    with pytest.raises(fault) as said:
        sources.read(path, "ru_fcs", path.name)
    assert "\n" not in said.value.line()


def summed(store: Store) -> float:
    return round(store.current("flows").collect()["value_usd"].sum(), 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace(",", "."),
        lambda text: text.replace("\r\n", "\n"),
        lambda text: "\n".join(line.rpartition("\t")[0] for line in text.split("\r\n")),
        lambda text: text.replace("nastranapr", "STRANA").replace("Stoim", "STOIM"),
        lambda text: text.replace("\t1,01\t", "\t\u00a01,01 \t"),
        lambda text: "\r\n".join("\t".join(f'"{cell}"' for cell in line.split("\t")) if line else ""
                                 for line in text.split("\r\n")),
    ],
    ids=["as it is", "points", "plain ends", "no Region_s", "older names", "blanks in numbers", "quoted"],
)  # fmt: skip
def test_one_table_in_many_hands_is_one_table(tmp_path: Path, change: Callable[[str], str]) -> None:
    truth = planted()
    store = store_of(tmp_path, change(as_text(truth.rows).decode()).encode())
    rows = store.current("flows").collect()
    assert by_region(rows) == expected(truth.dollars)
    assert rows.height == len(truth.rows)
    assert store.scan("not_understood").collect().is_empty()


def test_the_quick_way_and_the_careful_one_say_the_same(tmp_path: Path) -> None:
    rows = [*planted(("01/2021", "02/2021")).rows]
    odd = list(rows[5])
    odd[5] = "1 000,25"
    plain, spaced = [*rows[:5], (*odd[:5], "1000,25", *odd[6:]), *rows[6:]], [*rows[:5], tuple(odd), *rows[6:]]
    found = []
    for name, given in (("quick", plain), ("careful", spaced)):
        (tmp_path / name).mkdir()
        store = store_of(tmp_path / name, as_text(given))
        found.append(store.current("flows").drop("snapshot", "trace_id").collect())
    assert found[0].equals(found[1])


def test_a_month_in_two_files_is_not_added_up(tmp_path: Path) -> None:
    truth = planted()
    store = store_of(tmp_path, as_text(truth.rows))
    once = summed(store)
    again = tmp_path / "again.csv"
    again.write_bytes(as_text(truth.rows, ";"))
    assert ingest.add(store, [again], today=DAY, workers=1).of("added")
    assert summed(store) == once


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"Stoim", b"Price"),
        lambda body: body.replace(b"tnved", b"napr2"),
        lambda body: body.replace(b"Netto\t", b"Netto\tNetto\t"),
        lambda body: body.partition(b"\r\n")[2],
        # Sound for a megabyte and more, and no UTF-8 after that.
        lambda body: body + body.partition(b"\r\n")[2] * 60 + b"\xff\xfe\t\r\n",
        lambda body: body.partition(b"\r\n")[0] + b"\r\n" + "ЭК\t01/2021\tVN\tx\ty\tz\tq\tw\te\tr\tt\tu\r\n".encode(),
    ],
    ids=["no value", "no code", "a heading twice", "no heading", "late bytes", "ragged"],
)
def test_another_layout_costs_one_line_and_keeps_nothing(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "DATTSVT.csv"
    path.write_bytes(change(as_text(planted(f"{month:02}/2021" for month in range(1, 13)).rows)))
    store = Store(tmp_path / "store")
    report = ingest.add(store, [path], today=DAY, workers=1)
    held = store.current("flows").collect()
    (outcome,) = report.outcomes
    if outcome.status == "added":
        # Read right or not at all: what is not understood is told row by row.
        assert held.height + report.not_understood > 0
        assert report.not_understood
        return
    assert held.is_empty()
    assert "\n" not in outcome.message
    assert "please report" not in outcome.message


def test_a_file_cut_within_its_last_row_tells_no_wrong_figure(tmp_path: Path) -> None:
    body = as_text(planted().rows[:3])
    start = body.rindex(b"\r\n", 0, -2) + 2
    for cut in range(start + 1, len(body)):
        path = tmp_path / f"{cut}.csv"
        path.write_bytes(body[:cut])
        try:
            rows = sources.read(path, "ru_fcs", path.name).rows
        except CorridorError:
            continue
        last = rows.filter(rows["row"] == 3)
        sound = last.filter(last["reporter"].cast(pl.String).str.starts_with("RU-"))
        assert sound["value_usd"].to_list() in ([], [1.03])
