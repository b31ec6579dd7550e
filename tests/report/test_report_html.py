"""The page: sound HTML, no script, no request, the same numbers in every language, every number with its rows."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from types import ModuleType

import pytest

from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.report.charts.look import TOKENS
from corridor.report.documents.document import (
    Chapter,
    Column,
    Document,
    Meta,
    Paragraph,
    Row,
    Source,
    Sources,
    Table,
    UntracedNumber,
)
from corridor.report.render.html import page

VOID = {"meta", "link", "br", "img", "hr", "input"}
NAMES = dict.fromkeys(LANGS, "Publisher")


@dataclass
class Read(HTMLParser):
    """A page taken apart: elements with their attributes, text, and what was left open."""

    markup: str
    open: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture
def read(pages: dict[Lang, str], lang: Lang) -> Read:
    return Read(pages[lang])


def test_every_element_is_closed(read: Read) -> None:
    assert read.open == []
    assert read.markup.startswith("<!DOCTYPE html>\n<html ")


def test_the_page_says_its_language(read: Read, lang: Lang) -> None:
    assert read.elements[0] == ("html", {"lang": lang})


def test_there_is_no_script_and_no_request(read: Read) -> None:
    tags = {tag for tag, _ in read.elements}
    assert tags & {"script", "iframe", "object", "embed", "img", "video", "form", "base"} == set()
    for tag, attributes in read.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style", "action")
        ], tag
        assert tag in ("a", "link") or "href" not in attributes
        assert tag != "link" or attributes["href"] == "data:,"
    style = re.search(r"<style>(.*?)</style>", read.markup, re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|https?:", style[1])


def test_addresses_stand_in_links_only(read: Read) -> None:
    links = {attributes["href"] for tag, attributes in read.elements if tag == "a"}
    assert {link for link in links if not link.startswith("#")} == {"https://example.org/x"}
    rest = read.markup.replace('xmlns="http://www.w3.org/2000/svg"', "").replace('href="https://example.org/x"', "")
    assert "http://" not in rest
    assert "https://" not in rest


def test_the_policy_allows_this_style_and_nothing_else(read: Read) -> None:
    style = re.search(r"<style>(.*?)</style>", read.markup, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_names_of_places_are_unique_and_links_lead_somewhere(read: Read) -> None:
    ids = Counter(read.values("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {link[1:] for link in read.values("href") if link.startswith("#")} <= set(ids)
    assert set(read.values("popovertarget")) <= set(ids)
    assert {name for names in read.values("aria-labelledby") for name in names.split()} <= set(ids)


def test_the_three_languages_carry_the_same_numbers(pages: dict[Lang, str]) -> None:
    found = {}
    for lang, markup in pages.items():
        numbers = [a for _, a in Read(markup).elements if "data-value" in a]
        found[lang] = Counter((number["data-value"], number["data-unit"]) for number in numbers)
    assert found["en"] == found["ru"] == found["vi"]
    assert found["en"][("1851385410.0", "usd")] == 3, "in a tile, a sentence and a total"


def test_the_three_languages_lack_the_same_numbers(pages: dict[Lang, str]) -> None:
    found = {lang: Counter(Read(markup).values("data-absence")) for lang, markup in pages.items()}
    assert found["en"] == found["ru"] == found["vi"]
    assert set(found["en"]) >= {"not_held", "no_quantity", "row_absent", "no_base", "not_reported"}


def test_numbers_are_unrounded_behind_the_print(read: Read, lang: Lang) -> None:
    shown = {"en": "27.1%", "ru": "27,1 %", "vi": "27,1%"}[lang]
    assert "0.2712" in read.values("data-value")
    assert shown not in read.words()


def test_no_number_is_a_word_of_the_machine(read: Read) -> None:
    assert not re.search(r"\b(None|nan|NaN|inf)\b", read.words())


def test_every_row_of_a_publisher_is_named(read: Read, lang: Lang) -> None:
    words = read.words()
    row = {"en": "page 3, row 1", "ru": "страница 3, строка 1", "vi": "trang 3, dòng 1"}[lang]
    assert f"invented-2025-x.pdf: {row}" in words
    assert "invented-2024-x.pdf" in words


def test_a_popover_says_what_must_be_known(read: Read, lang: Lang) -> None:
    warned = {
        "en": "* Exports are FOB and imports CIF",
        "ru": "* Экспорт на условиях ФОБ",
        "vi": "* Xuất khẩu theo trị giá FOB",
    }
    marks = [
        attributes for tag, attributes in read.elements if tag == "button" and "popovertargetaction" not in attributes
    ]
    assert all(mark["aria-label"] for mark in marks)
    assert any(read.words().count(text[:8]) for text in warned.values()), lang


def test_charts_have_a_title_a_description_and_their_figures(read: Read) -> None:
    drawings = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert len(drawings) == 2 * 15
    assert all(drawing["role"] == "img" for drawing in drawings)
    assert read.markup.count('<details class="data">') == 15


def test_tables_can_be_read_aloud(read: Read) -> None:
    tags = Counter(tag for tag, _ in read.elements)
    assert tags["caption"] == tags["table"] == 16
    heads = [attributes for tag, attributes in read.elements if tag == "th"]
    assert {head["scope"] for head in heads} == {"col", "row", "colgroup"}


def test_chapters_fold_as_the_document_says(read: Read, document: Document) -> None:
    folded = re.findall(r"<section class=\"chapter\">\s*<details( open)?>", read.markup)
    assert folded[: len(document.chapters)] == ["" if chapter.fold else " open" for chapter in document.chapters]


def test_a_term_is_explained_once_a_chapter(invented: ModuleType) -> None:
    twice = (Paragraph(Finding("demo.text.market", {"partner": Name("area", "VNM")})),) * 2
    chapters = tuple(Chapter(key, Finding("demo.chapter.market"), twice) for key in ("one", "two"))
    markup = page(Document(Finding("demo.chapter.trade"), Meta(), (), chapters), "vi", invented.words("vi"))
    assert markup.count("<dfn") == 2
    assert markup.count('id="term-market_share"') == 1


def test_the_mark_stays_with_the_last_word(pages: dict[Lang, str]) -> None:
    assert re.search(r'<span class="nb">ранее\.<sup class="m"><button', pages["ru"])


def test_marks_of_rows_are_quiet_where_the_caption_names_the_sources(pages: dict[Lang, str]) -> None:
    caption = re.search(r"<caption><span>Exports by commodity group.*?</caption>", pages["en"], re.DOTALL)
    assert caption is not None
    assert ">3, 4</button>" in caption[0]
    assert re.search(r'<th scope="row"><span class="nb">Coal<sup class="m b"><button[^>]*>◦</button>', pages["en"])


HOSTILE = '<script>alert("x")</script>'


def hostile(url: str) -> Document:
    trace = Trace("p", HOSTILE, "c" * 64, HOSTILE, HOSTILE, HOSTILE, url)
    source = Source("c" * 64, dict.fromkeys(LANGS, HOSTILE), HOSTILE, HOSTILE, url)
    row = Row((HOSTILE, Measure(1.0, "count")), ("t",))
    table = Table("t", Finding("column.group"), (Column("group", kind="name"), Column("value", "count")), (row,))
    chapter = Chapter("a", Finding("column.area"), (table, Sources()))
    return Document(Finding("column.group"), Meta(generator=HOSTILE), (), (chapter,), (source,), {"t": trace})


def test_words_of_a_file_are_words_never_markup(lang: Lang) -> None:
    markup = page(hostile("https://example.org/?a=1&b=2"), lang)
    assert "<script" not in markup
    assert Read(markup).open == []
    assert HOSTILE in Read(markup).words()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", ""])
def test_only_addresses_of_the_web_are_followed(url: str) -> None:
    links = [attributes["href"] for tag, attributes in Read(page(hostile(url), "en")).elements if tag == "a"]
    assert all(link.startswith("#") for link in links)


def test_a_number_whose_row_is_unknown_is_refused() -> None:
    lost = Paragraph(Finding("column.group", traces=("nowhere/1/1",)))
    document = Document(Finding("column.area"), Meta(), (lost,), ())
    with pytest.raises(UntracedNumber, match="nowhere/1/1"):
        page(document, "en")


def test_a_row_whose_file_is_no_source_is_refused(document: Document) -> None:
    with pytest.raises(UntracedNumber, match="no source"):
        replace(document, sources=()).source_number(next(iter(document.traces.values())))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast_is_that_of_wcag_aa(pages: dict[Lang, str], theme: int) -> None:
    roots = re.findall(r":root \{(.*?)\}", pages["en"], re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", roots[theme]))
    for text in ("ink", "muted", "accent", "chart-ink", "chart-muted", "chart-first"):
        assert _contrast(colours[text], colours["paper"]) >= 4.5, text
    for text in ("ink", "muted", "accent"):
        assert _contrast(colours[text], colours["hi"]) >= 4.5, text
    for fill in ("chart-first", "chart-second", "chart-grey-1"):
        assert _contrast(colours[fill], colours["chart-paper"]) >= 4.5, f"words stand on {fill}"
    assert {f"chart-{name}" for name in TOKENS.values()} <= set(colours)


def test_a_document_without_anything_is_a_page(lang: Lang) -> None:
    read = Read(page(Document(Finding("column.group"), Meta(), (), ()), lang))
    assert read.open == []
    assert catalogue(lang).say("column.group") in read.words()
