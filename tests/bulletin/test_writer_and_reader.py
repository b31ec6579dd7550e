"""The writer and the reader test each other: every claim of a bulletin is read back and agrees with its tables."""

import re
from datetime import date
from pathlib import Path

import pytest

from corridor import ingest
from corridor.bulletin.check import Checked, check
from corridor.bulletin.read import claims
from corridor.store import Store
from corridor.workspace import Workspace

LANGUAGES = ("vi", "ru", "en")
#: A December of two years, a January with its February: cumulative columns, the lunar New Year, full years.
WANTED = re.compile(r"(?i)^(202[345]-t12|202[45]-t[12])-5[xn]")
SLICE = [("RUS", "2025-01"), ("CHN", "2025-12"), ("DEU", "2025-02"), ("LAO", "2024-12")]
FEWEST_CLAIMS = 100


@pytest.fixture(scope="module")
def store(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("written") / "store"
    files = [path for path in sorted((test_data / "vietnam-customs").iterdir()) if WANTED.match(path.name)]
    assert len(files) == 14
    assert not ingest.add(Store(folder), files, today=date(2026, 11, 20)).of("refused")
    return Workspace(folder)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("bundled") / "none")


def read_back(workspace: Workspace, partner: str, month: str, lang: str) -> Checked:
    text = workspace.bulletin("VNM", partner, month).render("md", lang=lang, annex="none")
    return check(claims(text), text, workspace.tables())


def doubts(found: Checked) -> list[str]:
    pairs = zip(found.claims, found.judgements, strict=True)
    told = [f"{judgement.verdict}: {claim}" for claim, judgement in pairs if judgement.verdict != "agrees"]
    return [*told, *(f"{failure.kind}: {failure.members}" for failure in found.failed)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bulletin_of_the_bundled_figures_agrees(bundled: Workspace, lang: str):
    found = read_back(bundled, "RUS", "2025-01", lang)
    assert len(found.claims) >= FEWEST_CLAIMS
    assert doubts(found) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("partner", "month"), SLICE)
def test_a_bulletin_of_the_publishers_files_agrees(store: Workspace, partner: str, month: str, lang: str):
    found = read_back(store, partner, month, lang)
    assert len(found.claims) >= FEWEST_CLAIMS
    assert doubts(found) == []


def test_the_same_amounts_are_read_in_every_language(store: Workspace):
    read = [
        sorted(
            (claim.product, claim.period, claim.measure) for claim in read_back(store, "RUS", "2025-01", lang).claims
        )
        for lang in LANGUAGES
    ]
    assert read[0] == read[1] == read[2]


def test_a_wrong_digit_is_noticed(bundled: Workspace):
    text = bundled.bulletin("VNM", "RUS", "2025-01").render("md", lang="en", annex="none")
    wrong = text.replace("179.45", "197.45")
    assert wrong != text
    found = check(claims(wrong), wrong, bundled.tables())
    pairs = zip(found.claims, found.judgements, strict=True)
    mistaken = {(claim.text[:6], judgement.kind) for claim, judgement in pairs if judgement.verdict != "agrees"}
    assert mistaken == {("197.45", "typo")}
