"""What the agreement in force offers, in a bulletin: on the bundled figures and an invented schedule."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from corridor.bulletin.check import check
from corridor.bulletin.read import claims
from corridor.report.documents.document import Table
from corridor.workspace import Workspace

LANGUAGES = ("vi", "ru", "en")
#: Code, MFN and the Union's rate: coal, wheat, fertilisers, wood, parts of cars.
LINES = {
    "27011100": ("3", "0"),
    "27011210": ("5", "0"),
    "10011100": ("5", "*"),
    "31021000": ("0", "0"),
    "44071110": ("2", "0/1"),
    "87082910": ("20", "12,5"),
}
HEADINGS = {
    "en": ("### What the agreement in force offers", "### Recommendations"),
    "ru": ("### Что даёт действующее соглашение", "### Рекомендации"),
    "vi": ("### Thuế suất theo hiệp định đang có hiệu lực", "### Khuyến nghị"),
}


def record(code: str, mfn: str, agreed: str) -> str:
    union = {"VN-EAEU": {"rate": agreed, "doc": "113/2022/NĐ-CP", "effective_date": "30/12/2022"}}
    found = {"hs_code": code, "description_en": "Invented", "description_vi": "", "mfn_rate_raw": mfn}
    return json.dumps({**found, "vat_rate_raw": "5/8/10", "preferential_rates": union}, ensure_ascii=False)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("agreement")
    (folder / "schedule").write_text("\n".join(record(code, *cells) for code, cells in LINES.items()), encoding="utf-8")
    workspace = Workspace(folder / "data")
    (outcome,) = workspace.add([folder / "schedule"]).outcomes
    assert outcome.status == "added", outcome.message
    return workspace


def passage(text: str, lang: str) -> tuple[int, int]:
    heading, following = HEADINGS[lang]
    assert text.count(heading) == 1
    return text.index(heading), text.index(following, text.index(heading))


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_passage_stands_before_the_recommendations_and_claims_nothing(held: Workspace, lang: str):
    text = held.bulletin("VNM", "RUS", "2025-01").render("md", lang=lang, annex="none")
    start, end = passage(text, lang)
    for said in ("113/2022/NĐ-CP", "2701–2704", "VN-EAEU", "\n| "):
        assert said in text[start:end]
    found = check(claims(text), text, held.tables())
    assert {each.verdict for each in found.judgements} == {"agrees"}
    assert found.failed == ()
    assert [claim.text for claim in found.claims if start <= claim.span[0] < end] == []


def test_the_numbers_are_those_of_the_lines(held: Workspace):
    made = held.bulletin("VNM", "RUS", "2025-01")
    assert made.bulletin.access is not None
    rows = {row["product"]: row for row in made.bulletin.access.offer.products.iter_rows(named=True)}
    coal, wood, parts = rows["coal"], rows["wood"], rows["vehicle_parts"]
    assert (coal["mfn"], coal["effective"], coal["lines"], coal["zero"]) == pytest.approx((0.04, 0.0, 2, 2))
    assert (wood["mfn"], wood["effective"], wood["unknown"]) == (None, None, 1)
    assert (parts["mfn"], parts["effective"], parts["zero"]) == pytest.approx((0.20, 0.125, 0))
    text = plain(made.render("md", annex="none"))
    assert "Rates in force on 31 January 2025: goods from Russia entering Viet Nam" in text
    assert "in force since 30 December 2022" in text


def test_every_number_leads_to_the_schedule(held: Workspace):
    document = held.bulletin("VNM", "RUS", "2025-01").document(annex="none")
    (table,) = [block for block in document.front if isinstance(block, Table)]
    assert table.caveats == ("approximate_group",)
    for row in table.rows:
        assert row.traces
        assert {document.trace(each).publisher for each in row.traces} == {"vn_tariff"}


def test_the_data_has_the_passage(held: Workspace):
    data = json.loads(held.bulletin("VNM", "RUS", "2025-01").render("json"))["agreement"]
    assert (data["side"], data["on"], data["approximate"]) == ("imports", "2025-01-31", True)
    assert data["agreements"] == [
        {"regime": "VN-EAEU", "legal_references": ["113/2022/NĐ-CP"], "since": ["2022-12-30"]}
    ]


def test_the_partners_schedule_speaks_of_the_reporters_goods(held: Workspace):
    made = held.bulletin("RUS", "VNM", "2025-01")
    assert made.bulletin.access is not None
    assert made.bulletin.access.side == "exports"
    assert "goods from Russia entering Viet Nam" in plain(made.render("md"))


def test_nothing_is_said_without_a_schedule(tmp_path: Path):
    made = Workspace(tmp_path).bulletin("VNM", "RUS", "2025-01")
    assert made.bulletin.access is None
    assert "agreement in force" not in made.render("md")
    assert json.loads(made.render("json"))["agreement"] is None


def test_nothing_is_said_before_the_schedule_was_known(held: Workspace):
    assert held.bulletin("VNM", "RUS", "2025-01", as_of=date(2026, 1, 1)).bulletin.access is None
