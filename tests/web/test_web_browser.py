"""The pages in a real browser: in each language, narrow and wide, by keyboard, without script, from file to letter.

Run where a browser of the Chromium family is found (or named by CORRIDOR_BROWSER); skipped with that reason elsewhere.
With CORRIDOR_SHOTS naming a folder every page is kept there as a picture; `make test` names .venv/screenshots.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from corridor.report.catalogue import LANGS, catalogue
from corridor.web.app import create
from corridor.web.serving import server
from corridor.web.settings import Settings

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
#: Every page as a person would come to it; the bundled figures answer.
PAGES = {
    "start": "/",
    "study": "/study?exporter=RUS&partner=VNM",
    "bulletin": "/bulletin?reporter=VNM&partner=RUS&period=2025-01",
    "check": "/check",
    "regions": "/regions?exporter=RUS&partner=VNM",
    "region": "/region?code=RU-PRI&partner=VNM",
    "recommend": "/recommend?exporter=RUS&importer=VNM",
    "potential": "/potential?exporter=RUS&importer=VNM",
    "tariff": "/tariff?reporter=VNM&partner=RUS&product=coal",
    "simulate": "/simulate",
    "target": "/target?one=RUS&other=VNM&billion=15&by=2030&statistics=VNM",
    "indicator": "/indicator?name=hhi&exporter=VNM&importer=RUS&period=2024",
    "coverage": "/coverage?reporter=VNM&partner=RUS&period=2024",
    "flows": "/flows?reporter=VNM&partner=RUS&period=2024",
    "sources": "/sources",
    "find": "/find?word=coal&seller=RUS&market=VNM",
    "argument": "/explain?id=RUS-VNM-coal-2025",
    "row": "/explain?id=sample:groups/021.T-ytd/193",
    "methods": "/method",
    "method": "/method/rca",
    "nowhere": "/no/such/page",
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: What WCAG 2.2 AA asks, as axe names it.
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CORRIDOR_BROWSER") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"no browser is installed ({', '.join(PROGRAMS)}; CORRIDOR_BROWSER names another)")
    with sync_api.sync_playwright() as playwright:
        # The sandbox of the browser needs rights that a container's root has not.
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The pages over a store, at an address on this machine."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = server(create(Settings(data)))
    thread = Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(60)
        listening.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("browser") / "data") as address:
        yield address


@pytest.fixture
def wide(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=WIDE) as context:
        context.set_default_timeout(120_000)
        yield context


def opened(context: BrowserContext, address: str, path: str, lang: str = "en") -> Page:
    """A page that came whole: no error of its own, nothing asked of another host."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda asked: None if asked.url.startswith(address) else faults.append(asked.url))
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}", wait_until="load")
    assert not faults
    return page


def violations(page: Page) -> list[tuple[str, list[object]]]:
    """What axe finds against a page, each with the first places."""
    found = axe.Axe().run(page, options={"runOnly": AA, "resultTypes": ["violations"]}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("lang", LANGS)
def test_each_page_is_whole_wide_and_narrow(browser: Browser, address: str, lang: str) -> None:
    shots = os.environ.get("CORRIDOR_SHOTS")
    for form, size in (("wide", WIDE), ("narrow", NARROW)):
        with browser.new_context(viewport=size) as context:
            context.set_default_timeout(120_000)
            for name, path in PAGES.items():
                page = opened(context, address, path, lang)
                assert page.locator("html").get_attribute("lang") == lang
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, form)
                if shots:
                    page.screenshot(path=Path(shots) / f"{name}-{lang}-{form}.png", full_page=True)
                page.close()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_shuts_anybody_out(wide: BrowserContext, address: str, name: str) -> None:
    page = opened(wide, address, PAGES[name])
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_a_printed_page_is_the_answer_without_its_form(wide: BrowserContext, address: str) -> None:
    page = opened(wide, address, PAGES["target"])
    page.emulate_media(media="print")
    assert [page.locator(part).first.is_visible() for part in ("form.asks", "nav", ".tools", "table")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_the_keyboard_reaches_the_content_first_and_then_everything(wide: BrowserContext, address: str) -> None:
    page = opened(wide, address, PAGES["flows"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_pages_work_without_script(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(f"{address}/?lang=en")
        page.get_by_role("button", name="Choose the pair").click()
        page.get_by_role("navigation").get_by_role(
            "link", name=catalogue("en").say("web.flows.menu"), exact=True
        ).click()
        page.locator("#f-period").fill("2024")
        page.get_by_role("button", name="Show").click()
        assert page.locator("tbody tr").count() > 10
        assert page.get_by_role("button", name="Copy the table").count() == 0


def test_a_table_is_copied_as_it_stands(wide: BrowserContext, address: str) -> None:
    wide.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(wide, address, PAGES["target"])
    page.get_by_role("button", name="Copy the table").first.click()
    page.get_by_role("button", name="Copied").first.wait_for()
    pasted = page.evaluate("navigator.clipboard.readText()").split("\n")
    rows = page.locator("table").first.locator("tr")
    assert len(pasted) == rows.count() > 2
    assert pasted[1].split("\t") == [text.strip() for text in rows.nth(1).locator("th, td").all_inner_texts()]


#: Reports as documents of their own, whose charts the script of the pages explains.
DOCUMENTS = {
    "study": "/study/document?exporter=RUS&partner=VNM",
    "bulletin": "/bulletin/document?reporter=VNM&partner=RUS&period=2025-01",
}


def test_a_chart_shows_its_figures_and_leads_to_their_row(wide: BrowserContext, address: str) -> None:
    page = opened(wide, address, DOCUMENTS["study"])
    page.evaluate("document.querySelectorAll('.chapter details').forEach((fold) => { fold.open = true; })")
    figure = page.locator("figure", has=page.locator(".wide [data-row]")).first
    rows = figure.locator("details.data tbody tr")
    mark = figure.locator(".wide [data-row='1']").last
    mark.scroll_into_view_if_needed()
    mark.hover()
    shown = page.locator(".tip").inner_text()
    cells = [each.strip() for each in rows.nth(1).locator("td").all_text_contents()]
    assert all(re.sub(r"\s", "", cell) in re.sub(r"\s", "", shown) for cell in cells if re.search(r"\d", cell))
    mark.click()
    assert page.locator(".tip").count() == 0
    assert rows.nth(1).get_attribute("class") == "led"
    assert rows.nth(1).is_visible()


def test_a_chart_is_one_stop_of_the_keyboard_and_its_marks_are_reached_by_arrows(
    wide: BrowserContext, address: str
) -> None:
    page = opened(wide, address, DOCUMENTS["study"])
    page.evaluate("document.querySelectorAll('.chapter details').forEach((fold) => { fold.open = true; })")
    figure = page.locator("figure", has=page.locator(".wide [data-row]")).first
    svg = figure.locator(".wide svg")
    assert svg.locator("[tabindex='0']").count() == 1
    svg.locator("[tabindex='0']").focus()
    first = page.locator(".tip strong").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator(".tip strong").inner_text() != first
    assert page.locator(".tip strong").inner_text() in (page.locator(":focus").get_attribute("aria-label") or "")
    page.keyboard.press("Escape")
    assert page.locator(".tip").count() == 0
    page.keyboard.press("Enter")
    assert figure.locator("tr.led").count() == 1
    assert page.evaluate("document.activeElement.closest('tr').className") == "led"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_report_shuts_anybody_out(wide: BrowserContext, address: str, name: str) -> None:
    page = opened(wide, address, DOCUMENTS[name])
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_a_report_without_script_shows_its_charts_as_they_are(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(f"{address}{DOCUMENTS['study']}&lang=en")
        assert page.locator("figure .wide svg[role='img']").count() == page.locator("figure").count() > 5


@pytest.mark.parametrize("lang", LANGS)
def test_from_a_file_to_the_letter(browser: Browser, tmp_path: Path, test_data: Path, lang: str) -> None:
    """Add the office's files, see the pair, open a recommendation, keep the Word file and the letter."""
    files = sorted((test_data / "vietnam-customs").glob("**/*.pdf"))[:2]
    if not files:
        pytest.skip("the office's PDF files are not here")
    say = catalogue(lang).say
    with served(tmp_path) as address, browser.new_context(viewport=WIDE, accept_downloads=True) as context:
        context.set_default_timeout(180_000)
        page = opened(context, address, "/sources", lang)
        page.locator("#s-files").set_input_files(files)
        page.get_by_role("button", name=say("web.sources.button"), exact=True).click()
        page.get_by_role("heading", name=say("web.sources.added")).wait_for()
        page.goto(f"{address}/study?exporter=RUS&partner=VNM&lang={lang}")
        report = page.frame_locator("iframe")
        report.locator("h1").wait_for()
        for shown in (say("web.choice.file.docx"), say("web.choice.file.letter")):
            with page.expect_download() as kept:
                page.get_by_role("link", name=shown, exact=True).click()
            assert Path(kept.value.path()).read_bytes().startswith(b"PK")
        page.goto(f"{address}/explain?id={quote('RUS-VNM-coal-2025')}&lang={lang}")
        assert page.locator("main h1").inner_text()
