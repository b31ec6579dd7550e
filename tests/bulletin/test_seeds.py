"""The two texts that the project began with, read and judged by the publishers' files.

The errors expected in the bulletin are those found by hand: one wrong value, growth rates on a base that no table
holds, a rate wrong in its last digit, a sum of rounded parts, a word that its own figure contradicts.
"""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from labelled import sample_tables

from corridor import ingest
from corridor.bulletin.check import Checked, check
from corridor.bulletin.read import claims
from corridor.bulletin.say import Voice
from corridor.codes import schema
from corridor.store import Store
from corridor.study.tables import Tables
from corridor.workspace import Workspace

WANTED = re.compile(r"(?i)^(202[345]-t12|202[45]-t1)-5[xn]")
ERRORS = [
    ("turnover", "total", "2025-01", "growth_value", "10,4%", "differs", "base"),
    ("export", "total", "2025-01", "growth_value", "19,3%", "differs", "base"),
    ("import", "total", "2025-01", "growth_value", "0,4%", "differs", "rounding"),
    ("export", "garments", "2025-01", "value", "63,4 triệu USD", "differs", "typo"),
    ("import", "total", "2025-01", "direction", "tăng trưởng", "inconsistent", "wording"),
    ("import", "chemical_products", "2025-01", "growth_value", "457%", "differs", "base"),
    ("import", "vehicle_parts", "2025-01", "growth_value", "99%", "differs", "none"),
    ("turnover", "total", "2024", "value", "4,59 tỷ USD", "differs", "rounding"),
    ("turnover", "total", "2024", "growth_value", "26,4%", "differs", "base"),
    ("export", "total", "2024", "growth_value", "34,5%", "differs", "base"),
]
CLAIMS = 61


def seed(test_data: Path, number: str) -> str:
    found = sorted((test_data.parent / "seeds").glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the texts are not here: {test_data.parent / 'seeds'}")
    return found[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def office(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The customs office's months of January and December."""
    folder = tmp_path_factory.mktemp("check") / "store"
    files = [path for path in sorted((test_data / "vietnam-customs").iterdir()) if WANTED.match(path.name)]
    assert len(files) == 10
    report = ingest.add(Store(folder), files, today=date(2026, 11, 20))
    assert not report.of("refused")
    return Workspace(folder)


@pytest.fixture(scope="module")
def customs(office: Workspace) -> Tables:
    return office.tables()


def judged(text: str, tables: Tables) -> Checked:
    return check(claims(text), text, tables)


def wrong(checked: Checked) -> list[tuple[str, ...]]:
    return [
        (claim.flow, claim.product, claim.period, claim.measure, claim.text, judgement.verdict, judgement.kind)
        for claim, judgement in zip(checked.claims, checked.judgements, strict=True)
        if judgement.verdict in ("differs", "inconsistent")
    ]


@pytest.mark.parametrize("held", ["customs", "bundled"])
def test_the_bulletin_of_january_2025_has_just_these_errors(held: str, test_data: Path, request):
    tables = request.getfixturevalue("customs") if held == "customs" else sample_tables()
    checked = judged(seed(test_data, "000"), tables)
    assert len(checked.claims) == CLAIMS
    assert wrong(checked) == ERRORS
    assert [failure.kind for failure in checked.failed] == ["wording"]


def test_a_check_reads_what_its_texts_speak_of(office: Workspace, customs: Tables):
    pair = ["KAZ", "RUS"]
    theirs = pl.col("reporter").is_in(pair) | pl.col("partner").is_in(pair)
    flows = office.tables_to_check(pair).flows
    filed = ~pl.col("snapshot").str.starts_with("sample:")
    assert sorted(flows.filter(filed)["partner"].unique()) == pair
    assert flows.sort(schema.FLOW_KEY).equals(customs.flows.filter(theirs).sort(schema.FLOW_KEY))
    assert office.tables_to_check(()).flows.is_empty()


def test_the_reasons_name_the_base_that_would_be_needed(test_data: Path):
    checked = judged(seed(test_data, "000"), sample_tables())
    said = [Voice("en").sentence(judgement.reason) for judgement in checked.judgements]
    exports = next(text for text in said if "19,3%" in text)
    assert "−24.8%" in exports
    assert "222.37\u00a0million USD" in exports


def test_turnover_of_2021_is_the_other_sides_figure(test_data: Path):
    checked = judged(seed(test_data, "000"), sample_tables())
    verdicts = [
        judgement.verdict
        for claim, judgement in zip(checked.claims, checked.judgements, strict=True)
        if claim.period == "2021"
    ]
    assert verdicts == ["unverifiable"]


@pytest.fixture(scope="module")
def mirror(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Yearly totals as Russia and Viet Nam reported them."""
    folder = tmp_path_factory.mktemp("mirror") / "store"
    report = ingest.add(
        Store(folder), [test_data / "vn-mirror-screen" / "rus_vnm_mirror.csv"], today=date(2026, 11, 20)
    )
    assert not report.of("refused")
    return Workspace(folder).tables()


def test_with_the_yearly_totals_the_multiple_names_the_base_that_gives_it(test_data: Path, mirror: Tables):
    checked = judged(seed(test_data, "002"), mirror)
    turnover, share, imports = checked.judgements
    said = Voice("en")
    assert (turnover.verdict, share.verdict, imports.verdict) == ("unverifiable", "unverifiable", "differs")
    assert "exports of Russia with Viet Nam in 2003" in said.sentence(turnover.reason)
    assert "1.20%" in said.sentence(share.reason)
    assert "1.20\u00a0percentage points" in said.sentence(share.reason)
    assert imports.kind == "base"
    # 4,893.3 million over 77.1 and over 100.5 million.
    assert "63.48-fold" in said.sentence(imports.reason)
    assert "2004 (48.67-fold)" in said.sentence(imports.reason)


def test_the_study_of_2003_to_2021_is_read(test_data: Path):
    checked = judged(seed(test_data, "002"), sample_tables())
    read = [(claim.flow, claim.reporter, claim.period, claim.measure, claim.number) for claim in checked.claims]
    assert read == [
        ("turnover", "RUS", "2021", "multiple", 14.0),
        ("import", "VNM", "2021", "share", -1.2),
        ("import", "RUS", "2021", "multiple", 49.0),
    ]
    assert {judgement.verdict for judgement in checked.judgements} == {"unverifiable"}
