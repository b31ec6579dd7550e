"""`corridor check`: what goes in, what comes out, and with which exit code. The bundled figures answer."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from corridor import cli
from corridor.bulletin.markdown import unmarked
from corridor.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "check.schema.json").read_text(encoding="utf-8"))

#: January 2025, customs of Viet Nam, first release: 179,449,276 out, 195,938,751 in, garments 60,396,790.
VIETNAMESE = (
    "Theo số liệu của Tổng cục Hải quan Việt Nam, trong tháng 1/2025, xuất khẩu sang Liên bang Nga đạt "
    "179,45 triệu USD; nhập khẩu đạt 195,94 triệu USD. Hàng dệt may xuất khẩu đạt 63,4 triệu USD."
)
RUSSIAN = "В январе 2025 г. экспорт Вьетнама в Россию составил 179,45 млн долл., импорт из России — 195,94 млн долл."
ENGLISH = "In January 2025 Viet Nam's exports to Russia reached 179.45 million USD, imports 195.94 million USD."
NOTHING = "The two ministers met on 5 March and spoke about friendship."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `corridor check ...` on an empty store and gives exit code, output and complaints."""

    def corridor(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["corridor", "check", *map(str, words), "--data", str(tmp_path / "store")])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(str(ended.value.code or 0)), printed.out, printed.err

    return corridor


@pytest.fixture
def text(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    """A file with this content."""

    def written(content: str | bytes, name: str = "bản tin.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return written


def docx(body: str, **others: str) -> bytes:
    """A Word document with these paragraphs as XML."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", xml)
        for name, content in others.items():
            archive.writestr(name, content)
    return made.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def found(out: str) -> list[tuple[str, str, str]]:
    """What an answer in JSON says of each claim."""
    return [(each["text"], each["verdict"], each["kind"]) for each in json.loads(out)["claims"]]


AGREES = [("179.45 million USD", "agrees", "none"), ("195.94 million USD", "agrees", "none")]


# JSON


def test_the_answer_keeps_its_contract(run: Run, text: Any) -> None:
    code, out, err = run(text(VIETNAMESE), "--format", "json")
    answer = json.loads(out)
    jsonschema.validate(answer, SCHEMA)
    assert code == 0
    assert [(each["product"], each["verdict"], each["kind"]) for each in answer["claims"]] == [
        ("total", "agrees", "none"),
        ("total", "agrees", "none"),
        ("garments", "differs", "typo"),
    ]
    garments = answer["claims"][2]
    assert garments["official"]["value"] == 60_396_790
    assert (garments["stated"]["low"], garments["stated"]["high"]) == (63_350_000, 63_450_000)
    assert (garments["flow"], garments["reporter"], garments["partner"], garments["period"]) == (
        "export", "VNM", "RUS", "2025-01",
    )  # fmt: skip
    assert answer["summary"]["differs"] == 1
    assert "nothing was added yet" in err


@pytest.mark.parametrize(
    "given", [VIETNAMESE, RUSSIAN, ENGLISH, ENGLISH.replace(". ", ".\r\n\r\n"), "\ufeff" + ENGLISH]
)
def test_spans_point_into_the_text_that_is_returned(run: Run, text: Any, given: str) -> None:
    answer = json.loads(run(text(given), "--format", "json")[1])
    assert answer["claims"]
    assert "\r" not in answer["text"]
    for claim in answer["claims"]:
        start, end = claim["span"]
        assert answer["text"][start:end] == claim["text"]


def test_a_quarter_is_written_with_its_hyphen(run: Run, text: Any) -> None:
    given = "In the first quarter of 2025 Viet Nam's exports to Russia reached 500 million USD."
    answer = json.loads(run(text(given), "--format", "json")[1])
    jsonschema.validate(answer, SCHEMA)
    assert [claim["period"] for claim in answer["claims"]] == ["2025-Q1"]


def test_reasons_speak_the_language_asked_for(run: Run, text: Any) -> None:
    file = text(VIETNAMESE)
    own = json.loads(run(file, "--format", "json")[1])["claims"][2]["reason"]
    english = json.loads(run(file, "--format", "json", "--lang", "en")[1])["claims"][2]["reason"]
    assert own.startswith("Văn bản ghi")
    assert english.startswith("The text says “63,4 triệu USD”")
    assert "a digit seems to be mistyped" in english


def test_several_texts_are_checked_against_each_other(run: Run, text: Any) -> None:
    one = text("In 2019 Viet Nam's exports to Russia reached 2.67 billion USD.", "one.txt")
    other = text("In 2019 Viet Nam's exports to Russia reached 2.76 billion USD.", "other.txt")
    code, out, _ = run(one, other, "--format", "json")
    answer = json.loads(out)
    assert (code, answer["schema"]) == (0, "corridor.checks/1")
    assert [each["name"] for each in answer["texts"]] == ["one.txt", "other.txt"]
    for each in answer["texts"]:
        jsonschema.validate(each["check"], SCHEMA)
    first = answer["texts"][0]["check"]["identities"]
    assert [(each["kind"], each["members"]) for each in first] == [("other_text", ["c1"])]
    assert "other.txt" in first[0]["reason"]


# The terminal


def test_a_person_sees_sentence_mark_figures_verdict_and_reason(run: Run, text: Any) -> None:
    code, out, _ = run(text(VIETNAMESE), "--lang", "en")
    assert code == 0
    assert "Hàng dệt may xuất khẩu đạt [63,4 triệu USD]." in out
    assert "✗ c3 [63,4 triệu USD] differs: a digit mistyped" in out
    flat = " ".join(out.split())
    assert "stated 63.35 to 63.45 million USD · official 60.40 million USD" in flat
    assert "a digit seems to be mistyped." in flat
    assert "figures: 3; differs: 1" in out


@pytest.mark.parametrize("format", ["text", "html"])
def test_a_text_without_a_claim_says_so(run: Run, text: Any, format: str) -> None:
    code, out, _ = run(text(NOTHING), "--format", format)
    assert code == 0
    assert "No claim about trade in goods was found" in out


def test_a_text_without_a_claim_is_an_empty_list(run: Run, text: Any) -> None:
    code, out, _ = run(text(NOTHING), "--format", "json", "--strict")
    answer = json.loads(out)
    jsonschema.validate(answer, SCHEMA)
    assert (code, answer["claims"], answer["summary"]["claims"]) == (0, [], 0)


@pytest.mark.parametrize(("given", "code"), [(VIETNAMESE, 3), (ENGLISH, 0)])
def test_strict_ends_with_3_where_something_is_wrong(run: Run, text: Any, given: str, code: int) -> None:
    assert run(text(given), "--strict")[0] == code
    assert run(text(given))[0] == 0


def test_a_text_cannot_steer_the_terminal(run: Run, text: Any) -> None:
    hostile = ENGLISH.replace("exports", "\x1b[2J\x1b]0;owned\x07\u202eexports")
    code, out, _ = run(text(hostile))
    assert code == 0
    assert not set("\x1b\x07\u202e") & set(out)


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode("utf-16")), encoding="utf-8"))
    code, out, _ = run("-", "--format", "json")
    assert (code, found(out)) == (0, AGREES)


# --out


def test_a_file_is_written_and_named(run: Run, text: Any, tmp_path: Path) -> None:
    out = tmp_path / "kiểm tra.html"
    code, said, _ = run(text(VIETNAMESE), "--format", "html", "--out", out)
    assert (code, said.strip()) == (0, str(out))
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [each.name for each in tmp_path.glob("*.partial")] == []


def test_a_failure_leaves_the_file_that_was_there(
    run: Run, text: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "checked.json"
    out.write_text("as before", encoding="utf-8")

    def full(path: Path, *_: object) -> None:
        raise OSError(28, "No space left on device")

    file = text(ENGLISH)
    monkeypatch.setattr(Path, "write_bytes", full)
    code, said, err = run(file, "--format", "json", "--out", out)
    assert (code, said) == (1, "")
    assert "checked.json: the check cannot be written (No space left on device); name another file with --out" in err
    assert out.read_text(encoding="utf-8") == "as before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bản tin.txt", "checked.json"]


# What is read


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"], ids=lambda each: each
)
@pytest.mark.parametrize("given", [RUSSIAN, ENGLISH])
def test_encodings_are_recognised(run: Run, text: Any, given: str, encoding: str) -> None:
    code, out, _ = run(text(given.encode(encoding)), "--format", "json")
    assert code == 0
    assert json.loads(out)["text"] == given
    assert [each[1] for each in found(out)] == ["agrees", "agrees"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_vietnamese_in_utf16_is_recognised(run: Run, text: Any, encoding: str) -> None:
    assert json.loads(run(text(VIETNAMESE.encode(encoding)), "--format", "json")[1])["text"] == VIETNAMESE


def test_a_page_is_read_in_the_encoding_it_declares(run: Run, text: Any) -> None:
    page = f'<html><head><meta charset="koi8-r"></head><body><p>{RUSSIAN.replace("—", "-")}</p></body></html>'
    answer = json.loads(run(text(page.encode("koi8-r"), "page.html"), "--format", "json")[1])
    assert answer["text"] == RUSSIAN.replace("—", "-")
    assert [claim["verdict"] for claim in answer["claims"]] == ["agrees", "agrees"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", f"<!doctype html><title>x</title><p>{ENGLISH}</p><script>alert('9.9 million USD')</script>"),
        ("page.md", f"# Trade\n\n{ENGLISH.replace('179.45', '**179.45**')}\n"),
        ("letter.docx", docx(paragraph("Trade") + paragraph(ENGLISH))),
    ],
)
def test_forms_of_text_are_read(run: Run, text: Any, name: str, content: str | bytes) -> None:
    code, out, _ = run(text(content, name), "--format", "json")
    answer = json.loads(out)
    jsonschema.validate(answer, SCHEMA)
    assert code == 0
    assert [claim["verdict"] for claim in answer["claims"]] == ["agrees", "agrees"]
    assert "alert" not in answer["text"]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("**63,4** triệu", "  63,4   triệu"),
        ("* 63 *million*", "* 63  million "),
        ("a_b_c __x__", "a_b_c   x  "),
        ("2*3 and 4*5", "2*3 and 4*5"),
        ("see [the table](https://example.org/2025/01/63.4-million)", "see [the table" + " " * 43),
        ("*" * 50_000 + "_" * 50_000 + "`x" * 50_000, None),
    ],
)
def test_markdown_is_put_out_of_the_way(given: str, left: str | None) -> None:
    assert len(unmarked(given)) == len(given)
    assert left is None or unmarked(given) == left


BOMB = docx("<w:p><w:r><w:t>" + "1 million USD " * 1_000_000 + "</w:t></w:r></w:p>")
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def _with_entities() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", ENTITIES + b"<w>&b;</w>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n\n", "the file is empty"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "this is a picture"),
        (bytes(range(256)) * 8, "a binary file"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" * 40, "a binary file"),
        (VIETNAMESE.encode("cp1258", errors="ignore"), "an encoding not known here"),
        ("Số liệu".encode() + b"\xff\xfe\xfd", "an encoding not known here"),
        (docx("", other="x")[:60], "an archive, and no DOCX"),
        (BOMB, "unfolds to more than a text can be"),
        (_with_entities(), "entities of its own"),
        (docx("<w:p>"), "the Word document is damaged"),
        (b"<html><body><script>1 million USD</script></body></html>", "there is no text in it"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_text_is_refused_in_one_line(run: Run, text: Any, content: bytes, said: str) -> None:
    code, out, err = run(text(content))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert said in err
    assert "bản tin.txt" in err


def test_a_file_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "nowhere.txt")
    assert (code, out) == (1, "")
    assert "the text cannot be read (No such file or directory)" in err
    code, out, err = run(tmp_path)
    assert (code, out) == (1, "")
    assert "it is a folder" in err


# HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(out: str) -> _Page:
    page = _Page()
    page.feed(out)
    return page


def test_the_page_is_the_text_with_its_marks_and_reasons(run: Run, text: Any) -> None:
    page = parsed(run(text(VIETNAMESE), "--format", "html", "--lang", "en")[1])
    words = "".join(page.texts)
    assert "Hàng dệt may xuất khẩu đạt 63,4 triệu USD" in words
    assert words.count("The text says “63,4 triệu USD”") >= 2, "beside the paragraph and behind the mark"
    targets = {value for name, value in page.attributes if name == "popovertarget"}
    ids = [value for name, value in page.attributes if name == "id"]
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_page_needs_nothing_but_itself(run: Run, text: Any) -> None:
    page = parsed(run(text(VIETNAMESE), "--format", "html")[1])
    assert not {"script", "img", "iframe", "object", "form"} & set(page.tags)
    assert [value for name, value in page.attributes if name == "src" or name.startswith("on")] == []


HOSTILE = (
    "</button></p><script>alert(1)</script><img src=x onerror=alert(2)> In January 2025 Viet Nam's exports of "
    '<b onmouseover="alert(3)">"widgets"</b> to Russia reached 63.4 million USD & {{ 7*7 }} {% raw %}.'
)


@pytest.mark.parametrize("name", ["plain.txt", '"><script>alert(4)</script>.txt'])
def test_a_hostile_text_stays_text(text: Any, tmp_path: Path, name: str) -> None:
    from corridor.made_check import Text

    out = Workspace(tmp_path / "store").check(Text(name, HOSTILE)).render("html")
    page = parsed(out)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert [attribute for attribute, _ in page.attributes if attribute.startswith("on")] == []
    assert "{{ 7*7 }}" in "".join(page.texts)


@pytest.mark.parametrize("lang", ["en", "ru", "vi"])
def test_the_page_speaks_three_languages(run: Run, text: Any, lang: str) -> None:
    out = run(text(VIETNAMESE), "--format", "html", "--lang", lang)[1]
    title = {"en": "Check of “", "ru": "Проверка текста «", "vi": "Kiểm tra văn bản “"}[lang]
    assert f'<html lang="{lang}">' in out
    assert f"<h1>{title}bản tin.txt" in out


# Python


def test_a_text_can_be_given_as_it_is_or_as_a_file(text: Any, tmp_path: Path) -> None:
    workspace, file = Workspace(tmp_path / "store"), text(ENGLISH)
    answers = [workspace.check(each).to_dict() for each in (ENGLISH, file, str(file))]
    assert answers[0] == answers[1] == answers[2]
    assert not workspace.check(ENGLISH).faulty
    assert workspace.check(VIETNAMESE).faulty
