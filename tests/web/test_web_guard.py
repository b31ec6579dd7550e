"""Who may ask: hosts, tokens, senders, sizes; and what strangers' words may do to a page: nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corridor.errors import UsageError
from corridor.web.app import create
from corridor.web.settings import Settings
from corridor.web.uploads import Upload, add, harmless
from corridor.web.verbs import VERBS

TOKEN = "a-long-word-of-ours-1"
HOSTILE = (
    "<script>alert(1)</script>", "\" onload=x '", "../../etc/passwd", "{{7*7}}", "%00", "\x00", "\u202e", "9" * 5000,
    "=1+1", "99999", "0", "-1", "1e9", "';drop table flows;--",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)  # fmt: skip


def client(settings: Settings) -> TestClient:
    return TestClient(
        create(settings), base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(Settings(tmp_path_factory.mktemp("guard") / "data")) as opened:
        yield opened


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_a_network_needs_a_token(host: str) -> None:
    with pytest.raises(UsageError, match="--token"):
        Settings(Path("data"), host)
    assert Settings(Path("data"), host, token=TOKEN).token == TOKEN


def test_a_token_is_no_short_word() -> None:
    with pytest.raises(UsageError, match="16"):
        Settings(Path("data"), token="secret")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1", "[x]"])
def test_a_host_that_is_not_ours_is_refused(pages: TestClient, host: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "corridor.web"):
        assert pages.get("/", headers={"host": host}).status_code == 421
    assert "refused GET" in caplog.text


def test_a_token_is_asked_for_and_kept_in_a_cookie(tmp_path: Path) -> None:
    with client(Settings(tmp_path, token=TOKEN)) as pages:
        assert pages.get("/sources").status_code == 401
        assert pages.get("/openapi.json").status_code == 401
        assert pages.get("/sources?token=wrong").status_code == 401
        assert pages.get("/method.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        let_in = pages.get(f"/method?lang=vi&token={TOKEN}")
        assert let_in.status_code == 303
        assert let_in.headers["location"] == "/method?lang=vi"
        assert "HttpOnly" in let_in.headers["set-cookie"]
        assert pages.get("/method").status_code == 200


def test_a_token_sends_nobody_to_another_host(tmp_path: Path) -> None:
    with client(Settings(tmp_path, token=TOKEN)) as pages:
        assert pages.get(f"http://127.0.0.1:8000//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_of_another_site_is_not_taken(pages: TestClient, headers: dict[str, str]) -> None:
    assert pages.post("/check", data={"text": "x"}, headers=headers).status_code == 403


def test_an_upload_has_a_largest_size(pages: TestClient) -> None:
    assert pages.post("/check", data={"text": "x" * 4_000_001}).status_code == 413
    assert pages.post("/study", data={"text": "x"}).status_code == 413
    assert pages.post("/check", content=iter([b"x"])).status_code == 411


@pytest.mark.parametrize(
    "path", ["/", "/method/rca", "/no/such/page", "/study?exporter=XX&partner=YY", "/static/site.css"]
)
def test_every_answer_refuses_inline_scripts_and_other_hosts(pages: TestClient, path: str) -> None:
    answer = pages.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    if "html" in answer.headers["content-type"]:
        assert re.findall(r"<script[^>]*>[^<]*", answer.text) == ['<script src="/static/site.js" defer>']
        assert "style=" not in answer.text
        assert "http" not in answer.text.replace("http-equiv", "")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/settings.py", "/method/..%2fapp"]
)
def test_no_path_is_opened(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 404


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", [verb.name for verb in VERBS])
def test_hostile_words_are_escaped_or_refused(pages: TestClient, name: str, text: str) -> None:
    verb = next(each for each in VERBS if each.name == name)
    # An address longer than 64 kB is refused before it is sent.
    most = 60_000 // max(len(verb.fields), 1)
    asked = "&".join(f"{each.name}={quote(text[:most])}" for each in verb.fields)
    for path in (f"/{name}?{asked}", f"/{name}.json?{asked}"):
        answer = pages.get(path)
        assert answer.status_code < 500, (path, answer.text)
        assert "<script>alert" not in answer.text or path.startswith(f"/{name}.json")


@pytest.mark.parametrize("name", [verb.name for verb in VERBS])
def test_each_question_alone_may_be_hostile(pages: TestClient, name: str) -> None:
    good = {"exporter": "RUS", "importer": "VNM", "partner": "RUS", "reporter": "VNM", "name": "hhi", "word": "coal"}
    verb = next(each for each in VERBS if each.name == name)
    for field in verb.fields:
        for text in HOSTILE:
            said = {each.name: good.get(each.name, "") for each in verb.fields} | {field.name: text}
            asked = "&".join(f"{key}={quote(value)}" for key, value in said.items())
            answer = pages.get(f"/{name}?{asked}")
            assert answer.status_code < 500, (asked, answer.text)


@given(st.text(max_size=300))
def test_an_uploaded_name_is_one_name(name: str) -> None:
    kept = harmless(name)
    assert kept
    assert not set(kept) & set('/\\:\0<>"|?*')
    assert not kept.startswith((".", "-"))
    assert len(kept) <= 121


def test_devices_of_windows_are_no_names() -> None:
    assert [harmless(name) for name in ("CON", "nul.pdf", "..", "a/b\\c.pdf", "consul.pdf")] == [
        "_CON", "_nul.pdf", "upload", "c.pdf", "consul.pdf",
    ]  # fmt: skip


def test_reading_has_an_end(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x")
    with file.open("rb") as opened:
        added = add(tmp_path / "data", [Upload("a.pdf", opened)], patience=0.01)
    assert not added.complete
    assert "was stopped" in added.lines[0]
