"""The pages over the bundled figures: each answers in each language, with its JSON twin and a terminal line."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from corridor import indicators
from corridor.cli import app as terminal
from corridor.codes import areas, products
from corridor.report.catalogue import LANGS, catalogue
from corridor.scenarios import scenario
from corridor.sources import source_ids
from corridor.web import duties
from corridor.web.app import create
from corridor.web.asked import Asked, memory
from corridor.web.settings import Settings
from corridor.web.verbs import VERBS
from corridor.workspace import Workspace

ASKED = {
    "study": "exporter=RUS&partner=VNM",
    "bulletin": "reporter=VNM&partner=RUS&period=2025-01",
    "check": "",
    "regions": "exporter=RUS&partner=VNM",
    "region": "code=RU-PRI&partner=VNM",
    "target": "one=RUS&other=VNM&billion=15&by=2030&statistics=VNM",
    "recommend": "exporter=RUS&importer=VNM",
    "potential": "exporter=RUS&importer=VNM",
    "tariff": "reporter=VNM&partner=RUS&product=coal",
    "simulate": "",
    "indicator": "name=hhi&exporter=VNM&importer=RUS&period=2024",
    "coverage": "reporter=VNM&partner=RUS&period=2024",
    "flows": "reporter=VNM&partner=RUS&period=2024",
    "sources": "",
    "find": "word=coal",
}
#: What the bundled figures cannot answer, and what the page says then.
LACKING = {"recommend", "potential", "tariff"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(tmp_path_factory.mktemp("web") / "data")
    with TestClient(create(settings), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["", *ASKED, "method", "method/rca"])
def test_each_page_speaks_each_language(pages: TestClient, name: str, lang: str) -> None:
    answer = pages.get(f"/{name}?{ASKED.get(name, '')}&lang={lang}")
    assert answer.status_code in ({404, 422} if name in LACKING else {200}), answer.text
    assert f'<html lang="{lang}">' in answer.text
    assert catalogue(lang).say("web.menu") in unescape(answer.text)
    assert len(answer.content) < 150_000


@pytest.mark.parametrize("name", sorted(set(ASKED) - {"check", "simulate", "study"} - LACKING))
def test_a_page_has_a_twin_of_one_object(pages: TestClient, name: str) -> None:
    page = pages.get(f"/{name}?{ASKED[name]}")
    (twin,) = re.findall(r'<a href="([^"]*)">JSON</a>', page.text)
    assert pages.get(unescape(twin)).json()["schema"].startswith("corridor.")


def test_a_number_of_a_page_is_that_of_its_twin(pages: TestClient) -> None:
    asked = "reporter=VNM&partner=RUS&period=2023"
    rows = pages.get(f"/flows.json?{asked}").json()["rows"]
    total = next(each["value_usd"] for each in rows if each["product"] == "TOTAL")
    assert f"{round(total):,}" in pages.get(f"/flows?{asked}&lang=en").text


@pytest.mark.parametrize("name", ["find", "sources", "coverage", "flows", "indicator"])
def test_the_line_for_the_terminal_gives_the_same(
    pages: TestClient, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRIDOR_DATA", str(tmp_path / "none"))
    page = pages.get(f"/{name}?{ASKED[name]}&lang=en").text
    line = unescape(re.findall(r"<code>(corridor [^<]*)</code>", page)[0])
    said = CliRunner().invoke(terminal, [*shlex.split(line)[1:], "--format", "json"])
    assert said.exit_code == 0, said.output
    twin = pages.get(f"/{name}.json?{ASKED[name]}&lang=en").json()
    # Sums over groups may be added in another order from run to run.
    assert rounded(json.loads(said.stdout)["rows"]) == rounded(twin["rows"])


def test_a_language_chosen_is_kept_and_an_address_goes_before_it(pages: TestClient) -> None:
    assert '<html lang="vi">' in pages.get("/sources?lang=vi").text
    assert '<html lang="vi">' in pages.get("/sources").text
    assert '<html lang="ru">' in pages.get("/sources?lang=ru").text
    pages.cookies.clear()
    assert '<html lang="en">' in pages.get("/sources?lang=xx").text


def test_the_menu_leads_on_with_the_pair(pages: TestClient) -> None:
    text = unescape(pages.get("/study?exporter=RUS&partner=VNM&lang=en").text)
    assert "/bulletin?reporter=VNM&partner=RUS&lang=en" in text
    assert "/recommend?exporter=RUS&importer=VNM&lang=en" in text


def test_a_bulletin_is_shown_copied_and_downloaded(pages: TestClient) -> None:
    asked = f"{ASKED['bulletin']}&lang=vi"
    page = pages.get(f"/bulletin?{asked}")
    document = pages.get(f"/bulletin/document?{asked}")
    assert "<textarea" in page.text
    assert '<html lang="vi"' in document.text
    assert "style-src 'sha256-" in document.headers["content-security-policy"]
    word = pages.get(f"/bulletin/file/docx?{asked}")
    assert word.content.startswith(b"PK")
    assert word.headers["content-disposition"] == 'attachment; filename="bulletin-VNM-RUS-2025-01.docx"'


def test_recommendations_lead_on_to_the_study_that_has_a_letter(pages: TestClient) -> None:
    text = unescape(pages.get("/recommend?exporter=RUS&importer=VNM&lang=en").text)
    (address,) = re.findall(r'<p class="hint"><a href="([^"]*)">', text)
    assert address == "/study?exporter=RUS&partner=VNM&lang=en"
    assert "/study/file/letter?" in pages.get(address).text


def test_a_text_is_checked_and_marked(pages: TestClient) -> None:
    claim = "In 2023, Viet Nam's exports to Russia were 99 billion USD.\r\n\r\nThat is a claim."
    sent = pages.post("/check?lang=en", data={"text": claim})
    assert sent.status_code == 303
    shown = pages.get(sent.headers["location"])
    (document,) = re.findall(r'<iframe src="([^"]*)"', shown.text)
    told = pages.get(unescape(document)).text
    assert "99 billion USD" in told
    assert "\r" not in told
    assert "\N{REPLACEMENT CHARACTER}" not in told
    assert shown.text.index("<iframe") < shown.text.index("<textarea")
    (twin,) = re.findall(r'<a href="([^"]*)">JSON</a>', shown.text)
    assert [each["verdict"] for each in pages.get(unescape(twin)).json()["claims"]] == ["differs"]


def test_a_checked_text_is_not_held_for_another_name(pages: TestClient) -> None:
    assert pages.get("/check?id=guessed").status_code == 404


def test_a_file_that_nobody_printed_is_refused_by_name(pages: TestClient) -> None:
    sent = pages.post("/sources?lang=en", files=[("files", ("../../etc/pass<b>.pdf", b"no publisher's bytes"))])
    assert sent.status_code == 200
    assert "pass_b_.pdf" in sent.text
    assert "1 refused" in sent.text


def test_the_openapi_document_names_every_question(pages: TestClient) -> None:
    told = pages.get("/openapi.json").json()
    for verb in VERBS:
        named = {each["name"] for each in told["paths"][f"/{verb.name}.json"]["get"]["parameters"]}
        assert named == {*(each.name for each in verb.fields), "lang"}


def test_every_word_of_the_forms_is_there() -> None:
    for verb in VERBS:
        for field in verb.fields:
            assert field.kind in ("hidden", "weight") or f"web.field.{field.name}" in catalogue("en")
        assert {f"web.{verb.name}.title", f"web.{verb.name}.lead"} <= set(catalogue("en").messages)


def test_the_first_page_shows_the_pair_at_a_glance(pages: TestClient) -> None:
    rows = pages.get("/flows.json?reporter=VNM&partner=RUS&period=2025&product=TOTAL").json()["rows"]
    sold = next(each["value_usd"] for each in rows if each["flow"] == "import" and each["cumulative"])
    text = unescape(pages.get("/?lang=en").text)
    assert "Russia and Viet Nam at a glance" in text
    assert f'<td class="n">{sold / 1e6:,.1f}</td>' in text
    assert "/recommend?exporter=RUS&importer=VNM&top=3&lang=en" in text
    assert "/flows?reporter=VNM&partner=RUS&lang=en&product=coal" in text
    nothing = pages.get("/?seller=FRA&market=DEU&lang=en")
    assert (nothing.status_code, "/sources?seller=FRA&market=DEU" in unescape(nothing.text)) == (200, True)


def test_a_duty_is_changed_in_a_form_and_kept_as_a_scenario(pages: TestClient) -> None:
    asked = "importer=VNM&partner=RUS&product=coal&duty=2,5&since=2027-01-01&year=2025&import_demand=1.2&lang=en"
    assert "required" not in pages.get(f"/simulate?{asked}").text
    lacking = pages.get(f"/simulate.json?{asked}")
    assert (lacking.status_code, "substitution" in lacking.json()["error"]) == (400, True)
    without_schedule = pages.get(f"/simulate?{asked}&substitution=1.5")
    assert "no tariff schedule of VNM is held" in unescape(without_schedule.text).lower().replace("vnm", "VNM")


def test_the_form_of_a_duty_makes_a_scenario_that_can_be_read() -> None:
    values = {"importer": "VNM", "partner": "Россия", "product": "coal, 3102", "duty": "2,5", "since": "2027-01-01",
              "year": "2025", "import_demand": "1.2", "substitution": "1.5", "scenario": ""}  # fmt: skip
    for lang in LANGS:
        asked = Asked(Workspace(), values, lang, memory())
        read = scenario.parse(duties.as_scenario(asked), "scenario.yml")
        (change,) = read.changes
        assert (read.importer, read.partner, change.products, change.rate) == ("VNM", "RUS", ("coal", "3102"), 0.025)
        assert read.elasticities.import_demand.default == 1.2


def test_a_target_asked_for_in_three_languages_is_computed_once(
    pages: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    target = Workspace.target

    def counted(*given: Any, **how: Any) -> Any:
        asked.append(given)
        return target(*given, **how)

    monkeypatch.setattr(Workspace, "target", counted)
    answers = [pages.get(f"/target?{ASKED['target'].replace('15', '14')}&lang={lang}") for lang in LANGS]
    assert ([each.status_code for each in answers], len(asked)) == ([200] * 3, 1)


def test_a_page_that_asks_no_pair_keeps_the_one_chosen(pages: TestClient) -> None:
    for path in ("sources", "find?word=coal", "check", "method", "explain?id=sample:groups/021.T-ytd/193"):
        text = unescape(pages.get(f"/{path}{'&' if '?' in path else '?'}seller=RUS&market=VNM&lang=en").text)
        assert "/study?exporter=RUS&partner=VNM&lang=en" in text, path


def test_one_product_is_found_and_its_figures_shown_alone(pages: TestClient) -> None:
    found = unescape(pages.get("/find?word=coal&seller=RUS&market=VNM&lang=en").text)
    assert "corridor find coal --pair RUS VNM" in found
    (address,) = set(re.findall(r'href="(/flows\?[^"]*product=coal[^"]*)"', found))
    twin = pages.get(address.replace("/flows?", "/flows.json?")).json()
    assert {each["product"] for each in twin["rows"]} == {"coal"}


def test_what_stands_behind_an_id_is_a_page_and_no_listing(pages: TestClient) -> None:
    argument = unescape(pages.get("/explain?id=RUS-VNM-coal-2025&lang=en").text)
    (document,) = re.findall(r'<iframe src="([^"]*)"', argument)
    assert "Weakest evidence" in pages.get(document).text
    row = pages.get("/explain?id=sample:groups/021.T-ytd/193&lang=vi").text
    assert f'<td class="s">{catalogue("vi").say("web.trace.publisher")}</td>' in row
    assert pages.get("/explain/document?id=abc").status_code == 404


def test_a_fault_names_the_question_and_leads_to_the_files(pages: TestClient) -> None:
    wrong = unescape(pages.get("/flows?reporter=VNM&partner=RUS&as_of=abc&lang=en").text)
    assert "As published by: “abc” is no day" in wrong
    lacking = pages.get("/tariff?reporter=VNM&partner=RUS&product=coal&lang=en")
    assert (lacking.status_code, catalogue("en").say("web.fault.add") in lacking.text) == (404, True)


def test_a_field_offers_what_it_takes_and_says_what_a_code_means(pages: TestClient) -> None:
    text = unescape(pages.get("/recommend?exporter=RUS&importer=VNM&lang=vi").text)
    assert '<option value="CHN">Trung Quốc</option>' in text
    assert "<b>Nga</b>" in text


def rounded(value: object) -> object:
    """Plain data with its numbers to twelve digits."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


#: Commands, ids and addresses of rows.
TYPED = re.compile(r"corridor\s[a-z]+|[a-z:-]+/\S+|\b[0-9a-f]{16,}\S*|\S+-20\d\d\S*")


class Visible(HTMLParser):
    """What a reader of a page sees or hears, but for what is marked as code or as another language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: set[str] = set()
        #: Without the letters that stand between two of another alphabet.
        self.whole: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = tag in ("code", "script", "style", "textarea") or ("lang" in given and tag != "html")
        if tag not in ("input", "meta", "link", "br", "img"):
            self.open.append(foreign)
        if not (foreign or any(self.open)):
            self._note(*(given.get(name) or "" for name in ("title", "aria-label", "alt")))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self._note(data)

    def _note(self, *texts: str) -> None:
        for text in texts:
            bare = TYPED.sub("", text)
            self.words |= set(re.findall(r"[A-Za-z][A-Za-z_]{2,}", bare))
            self.whole |= {word for word in re.findall(r"[^\W\d]+", bare) if word.isascii() and len(word) > 2}


#: Names in a Russian sentence: of programs, formats, publishers and their data, of the economies' codes.
NAMES = {
    "corridor", "JSON", "OpenAPI", "Python", "Markdown", "HTML", "DOCX", "YAML", "TOPSIS", "RCA", "HHI", "VNC", "SHA",
    "Comtrade", "BACI", "GeoDist", "Gravity", "IMTS", "Market", "Access", "Map",
    "Open", "Trade", "Statistics", "ProTEE",
    "ISIC", "WITS", "GTAP", "IMF", "WEO", "World", "Bank", "CEPII", "ISO", "RUS", "VNM", "XYZ", "PATH", "abc", "zip",
    "html", "docx", "xlsx", "pdf", "json", "csv", "dta", "tex", "letter", "md", "rca", "hhi", "outlook", "TOTAL",
    "income_elasticity", "tariffs", "substitution", "distance", "hhi_normalised", "hhi_absence", "coal",
    "sample", "Word", "PDF", "Excel", "LaTeX", "Stata", "CSV", "name", "type", "scenario",
}  # fmt: skip
WRONG = {
    "no such economy": "flows?reporter=XYZ&partner=RUS",
    "no such period": "flows?reporter=VNM&partner=RUS&period=abc",
    "no such day": "flows?reporter=VNM&partner=RUS&as_of=abc",
    "no such page": "abc",
    "nothing held": "flows?reporter=VNM&partner=RUS&period=1999",
    "one economy": "study?exporter=RUS&partner=RUS",
    "no such argument": "explain?id=abc",
    "no such indicator": "indicator?name=abc",
    "no such method": "method/abc",
}


@pytest.mark.parametrize("path", [*(f"{name}?{asked}" for name, asked in ASKED.items()), "method", *WRONG.values()])
def test_a_russian_reader_meets_no_english(pages: TestClient, path: str) -> None:
    answer = pages.get(f"/{path}{'&' if '?' in path else '?'}lang=ru")
    known = NAMES | set(indicators.INDICATORS) | set(source_ids())
    assert Visible(answer.text).words - known == set()


#: Latin letters in a Vietnamese sentence: names, and syllables of Vietnamese that are words of English too.
LATIN = NAMES | {
    "CIF", "FOB", "USD", "GDP", "MFN", "VED", "SITC", "BEC", "EBOPS", "UNCTAD", "TRAINS", "WTO", "Atlas", "Rauch",
    "Pareto", "web", "theo", "tin", "nhau", "sang", "cho", "hay", "hai", "kim", "than", "Than",
}  # fmt: skip


def named(lang: str) -> set[str]:
    """Words in the names of economies, regions and goods."""
    codes = [code for kind in get_args(areas.Kind) for code in areas.codes(kind, publisher_codes=True)]
    told = [*(areas.name(code, lang) for code in codes), *(products.name(code, lang) for code in products.codes())]
    return {word for name in told for word in re.findall(r"[^\W\d]+", name)}


@pytest.mark.parametrize("path", [*(f"{name}?{asked}" for name, asked in ASKED.items()), "method", *WRONG.values()])
def test_a_vietnamese_reader_meets_no_english(pages: TestClient, path: str) -> None:
    """A word is left over where it stands alike on the English page: syllables of Vietnamese are Latin letters too."""
    at = f"/{path}{'&' if '?' in path else '?'}lang="
    both = Visible(pages.get(f"{at}vi").text).whole & Visible(pages.get(f"{at}en").text).whole
    known = LATIN | named("vi") | set(indicators.INDICATORS) | set(source_ids())
    assert both - known == set()


def test_a_study_reconciles_as_the_form_says_and_half_a_question_is_refused(pages: TestClient) -> None:
    whole = pages.get("/study?exporter=RUS&partner=VNM&reconcile=mean&cif_margin=0,07&lang=en").text
    assert "--reconcile mean --cif-margin 0.07" in unescape(whole)
    assert "reconcile='mean', cif_margin=0.07" in unescape(whole)
    half = pages.get("/study?exporter=RUS&partner=VNM&reconcile=mean&lang=en")
    assert half.status_code == 400
    assert "needs the margin between cif and fob" in half.text
