"""The client: polite to the publisher, and it believes nothing."""

import io
import logging
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from corridor.fetch import DownloadFailed, Patience, Request
from corridor.fetch.fetcher import Fetcher, Known
from corridor.fetch.wire import Paced

from .loopback import CAPTCHA, HURRIED, Answer, Asked, Loopback, holds

KEY = "s3cret-key-0123456789"


def archive(size: int = 200_000) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as opened:
        # Made twice, it must be the same file whatever the hour.
        opened.writestr(zipfile.ZipInfo("figures.csv"), bytes(number % 251 for number in range(size)))
    return buffer.getvalue()


def asked(server: Loopback, **options: object) -> Request:
    return replace(Request("toy", "answer.json", f"{server.address}/answer", "json"), **options)


def file(server: Loopback, **options: object) -> Request:
    return replace(Request("toy", "big.zip", f"{server.address}/big.zip", "zip", large=True), **options)


def fetched(folder: Path, request: Request, patience: Patience = HURRIED, known: Known | None = None) -> bytes | None:
    with Fetcher(folder, patience=patience) as fetcher:
        path = fetcher.fetch(request, known).path
    return None if path is None else path.read_bytes()


def fault(folder: Path, request: Request, patience: Patience = HURRIED) -> str:
    with Fetcher(folder, patience=patience) as fetcher, pytest.raises(DownloadFailed) as raised:
        fetcher.fetch(request)
    line = raised.value.line()
    assert "\n" not in line
    assert line.startswith("toy: ")
    assert request.url in line
    return line


# -- answers


def test_an_answer_is_a_file_in_the_folder_of_its_source(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"a": 1}'))
    with Fetcher(tmp_path, patience=HURRIED) as fetcher:
        found = fetcher.fetch(asked(server, params={"q": "кофе & чай"}))
    assert found.path == tmp_path / "toy" / "answer.json"
    assert found.path.read_bytes() == b'{"a": 1}'
    assert server.asked[0].query == {"q": "кофе & чай"}
    assert server.asked[0].headers["user-agent"].startswith("corridor/")


def test_a_post_sends_its_body_as_it_is(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b"{}"))
    fetched(tmp_path, asked(server, body='{"skip": 0}', headers={"Content-Type": "text/plain"}))
    assert (server.asked[0].method, server.asked[0].body) == ("POST", b'{"skip": 0}')
    assert server.asked[0].headers["content-type"] == "text/plain"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(server: Loopback, tmp_path: Path, status: int) -> None:
    server.says("/answer", Answer(b"", status), Answer(b"no", status), Answer(b"{}"))
    assert fetched(tmp_path, asked(server)) == b"{}"
    assert len(server.asked) == 3


def test_tries_end(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"message": "down for\\nrepair"}', 500))
    assert "HTTP 500: down for repair" in fault(tmp_path, asked(server))
    assert len(server.asked) == HURRIED.attempts


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_will_not_pass_is_asked_once(server: Loopback, tmp_path: Path, status: int) -> None:
    server.says("/answer", Answer(b"no", status))
    assert f"HTTP {status}" in fault(tmp_path, asked(server))
    assert len(server.asked) == 1


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_obeyed(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_date: bool
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    then = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=30), usegmt=True)
    server.says("/answer", Answer(b"", 429, {"Retry-After": then if as_date else "30"}), Answer(b"{}"))
    assert fetched(tmp_path, asked(server), replace(HURRIED, longest_wait=60.0)) == b"{}"
    assert [wait for wait in waited if wait > 1] == [pytest.approx(30, abs=2)]


def test_a_wait_that_is_too_long_is_said_and_not_waited(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b"", 429, {"Retry-After": "3600"}))
    assert "too many requests (HTTP 429), wait 3600 seconds" in fault(tmp_path, asked(server))
    assert len(server.asked) == 1


def test_a_publisher_that_is_not_there(tmp_path: Path) -> None:
    request = Request("toy", "a.json", "http://127.0.0.1:9/answer", "json")
    assert "cannot be reached" in fault(tmp_path, request)


def test_requests_to_one_host_are_paced(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx2

    clock, waits = [100.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr("corridor.fetch.wire.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("corridor.fetch.wire.time.sleep", sleep)
    paced = Paced(httpx2.MockTransport(lambda request: httpx2.Response(200)), 2.0)
    for host in ("one", "one", "other", "one"):
        paced.handle_request(httpx2.Request("GET", f"http://{host}/"))
        clock[0] += 0.5
    assert waits == [0.0, 1.5, 0.0, 1.0]


# -- answers that lie


@pytest.mark.parametrize("kind", ["json", "csv", "zip", "pdf"])
def test_a_captcha_page_with_status_200_is_a_fault(server: Loopback, tmp_path: Path, kind: str) -> None:
    server.says("/answer", Answer(CAPTCHA, headers={"Content-Type": "text/html"}))
    assert "is a web page, not " in (line := fault(tmp_path, asked(server, kind=kind)))
    assert "Invalid Captcha" in line
    assert len(server.asked) == 1


def test_a_captcha_in_json_is_a_fault(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"message": "Invalid Captcha"}'))
    assert "answers only in a browser" in fault(tmp_path, asked(server))


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("json", b"", "empty"),
        ("json", b'{"data": [1, 2', "no whole JSON"),
        ("zip", b"PK\x03\x04 and then nothing", "cut short"),
        ("zip", b"hello", "no zip archive"),
        ("pdf", b"%PDF-1.7 and then nothing", "cut short"),
        ("pdf", b"hello", "no PDF"),
        ("csv", b"one word", "no table"),
        ("csv", b'{"a": 1, "b": 2}', "no table"),
    ],
)
def test_an_answer_of_another_kind_is_a_fault(
    server: Loopback, tmp_path: Path, kind: str, body: bytes, said: str
) -> None:
    server.says("/answer", Answer(body))
    server.says("/big.zip", Answer(body))
    assert said in fault(tmp_path, asked(server, kind=kind))
    assert said in fault(tmp_path, file(server, kind=kind))
    assert [path.name for path in (tmp_path / "toy").iterdir()] == []


def test_a_body_that_breaks_off_is_asked_for_again(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"a"', promised=8), Answer(b'{"a": 1}'))
    assert fetched(tmp_path, asked(server)) == b'{"a": 1}'


def test_a_body_that_always_breaks_off_is_a_fault(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"a"', promised=8))
    assert "broke off" in fault(tmp_path, asked(server))


@pytest.mark.parametrize("large", [False, True])
def test_a_slow_drip_ends_in_time(server: Loopback, tmp_path: Path, large: bool) -> None:
    patience = replace(HURRIED, answer=0.05, file=0.05, attempts=2)
    server.says("/answer", Answer(b'{"a": "' + b"x" * 200 + b'"}', drip=0.02))
    assert "did not end within 0.05 seconds" in fault(tmp_path, asked(server, large=large), patience)


@pytest.mark.parametrize("large", [False, True])
def test_an_answer_that_is_too_long(server: Loopback, tmp_path: Path, large: bool) -> None:
    server.says("/answer", Answer(b"[" + b"1," * 5000 + b"1]"))
    assert "1,000" in fault(tmp_path, asked(server, most_bytes=1000, large=large))


def test_an_answer_that_swells_when_it_is_unpacked(server: Loopback, tmp_path: Path) -> None:
    import gzip

    body = gzip.compress(b'"' + b" " * 5_000_000 + b'"')
    server.says("/answer", Answer(body, headers={"Content-Encoding": "gzip"}))
    assert "longer than the 1,000,000 bytes" in fault(tmp_path, asked(server, most_bytes=1_000_000))


@pytest.mark.parametrize("large", [False, True])
def test_a_redirect_to_another_host_is_not_followed(server: Loopback, tmp_path: Path, large: bool) -> None:
    server.says("/answer", Answer(status=302, headers={"Location": "http://127.0.0.2:1/elsewhere"}))
    assert "sends the request away, to 127.0.0.2:1" in fault(tmp_path, asked(server, large=large))


def test_a_redirect_with_the_same_host_is_followed(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(status=301, headers={"Location": "/moved"}))
    server.says("/moved", Answer(b"{}"))
    assert fetched(tmp_path, asked(server)) == b"{}"


def test_a_redirect_in_circles_ends(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(status=307, headers={"Location": "/answer"}))
    assert "circles" in fault(tmp_path, asked(server))


# -- the cache


def test_a_fresh_answer_is_not_asked_for_again(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b'{"a": 1}'), Answer(b'{"a": 2}'))
    request = asked(server, fresh_for=3600.0)
    assert fetched(tmp_path, request) == fetched(tmp_path, request) == b'{"a": 1}'
    assert len(server.asked) == 1


def test_an_old_answer_is_asked_about(server: Loopback, tmp_path: Path) -> None:
    def speak(request: Asked) -> Answer:
        said = {"ETag": '"7"', "Cache-Control": "no-cache"}
        unchanged = request.headers.get("if-none-match") == '"7"'
        return Answer(status=304, headers=said) if unchanged else Answer(b'{"a": 1}', headers=said)

    server.speakers["/answer"] = speak
    assert fetched(tmp_path, asked(server)) == fetched(tmp_path, asked(server)) == b'{"a": 1}'
    assert [each.headers.get("if-none-match") for each in server.asked] == [None, '"7"']


def test_an_answer_that_lies_is_never_cached(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(CAPTCHA, headers={"Cache-Control": "max-age=3600"}), Answer(b"{}"))
    request = asked(server, fresh_for=3600.0)
    fault(tmp_path, request)
    assert fetched(tmp_path, request) == b"{}"


# -- large files


def test_a_large_file_comes_whole(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.speakers["/big.zip"] = holds(body)
    assert fetched(tmp_path, file(server)) == body
    assert [path.name for path in (tmp_path / "toy").iterdir()] == ["big.zip"]


def test_a_large_file_goes_on_where_it_broke_off(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.speakers["/big.zip"] = holds(body, breaks=[50_000, 60_000])
    assert fetched(tmp_path, file(server)) == body
    assert [each.headers.get("range") for each in server.asked] == [None, "bytes=50000-", "bytes=110000-"]


def test_a_large_file_goes_on_in_another_process(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.speakers["/big.zip"] = holds(body, breaks=[50_000])
    assert "broke off" in fault(tmp_path, file(server), replace(HURRIED, attempts=1))
    assert fetched(tmp_path, file(server)) == body
    assert server.asked[-1].headers["range"] == "bytes=50000-"


def test_a_file_that_changed_in_between_comes_anew(server: Loopback, tmp_path: Path) -> None:
    old, new = archive(), archive(190_000)
    server.speakers["/big.zip"] = holds(old, '"old"', breaks=[50_000])
    fault(tmp_path, file(server), replace(HURRIED, attempts=1))
    server.speakers["/big.zip"] = holds(new, '"new"')
    assert fetched(tmp_path, file(server)) == new


def test_a_file_without_a_validator_is_never_pieced_together(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.says("/big.zip", Answer(body[:50_000], promised=len(body)), Answer(body))
    assert fetched(tmp_path, file(server)) == body
    assert [each.headers.get("range") for each in server.asked] == [None, None]


def test_another_part_than_the_one_asked_for_is_not_taken(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.says(
        "/big.zip",
        Answer(body[:50_000], headers={"ETag": '"1"'}, promised=len(body)),
        Answer(body[70_000:], 206, {"ETag": '"1"', "Content-Range": f"bytes 70000-{len(body) - 1}/{len(body)}"}),
        Answer(body, headers={"ETag": '"1"'}),
    )
    assert fetched(tmp_path, file(server)) == body


def test_a_rest_that_is_gone_comes_anew(server: Loopback, tmp_path: Path) -> None:
    body = archive()
    server.says(
        "/big.zip", Answer(body[:50_000], headers={"ETag": '"1"'}, promised=len(body)), Answer(b"", 416), Answer(body)
    )
    assert fetched(tmp_path, file(server)) == body


def test_an_unchanged_file_is_not_sent(server: Loopback, tmp_path: Path) -> None:
    server.speakers["/big.zip"] = holds(archive())
    assert fetched(tmp_path, file(server), known=Known(etag='"one"')) is None
    assert fetched(tmp_path, file(server), known=Known(etag='"old"')) == archive()


def test_a_file_longer_than_allowed_is_not_even_begun(server: Loopback, tmp_path: Path) -> None:
    server.speakers["/big.zip"] = holds(archive())
    assert "more than the 1,000 allowed" in fault(tmp_path, file(server, most_bytes=1000))
    assert list((tmp_path / "toy").glob("*")) == [] if (tmp_path / "toy").exists() else True


def test_two_files_of_one_name_do_not_overwrite_each_other(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b"[1]"))
    server.says("/other", Answer(b"[2]"))
    with Fetcher(tmp_path, patience=HURRIED) as fetcher:
        paths = [fetcher.fetch(asked(server, url=f"{server.address}/{each}")).path for each in ("answer", "other")]
    assert [path.read_bytes() for path in paths if path] == [b"[1]", b"[2]"]
    assert [path.name for path in paths if path] == ["answer.json"] * 2


def test_how_much_has_come_is_told(server: Loopback, tmp_path: Path) -> None:
    body, told = archive(), []
    server.speakers["/big.zip"] = holds(body)
    with Fetcher(tmp_path, patience=HURRIED, coming=lambda *step: told.append(step)) as fetcher:
        fetcher.fetch(file(server))
    assert told[-1] == (len(body), len(body), "big.zip")
    assert [size for size, _, _ in told] == sorted(size for size, _, _ in told)


def test_a_full_disk_is_said(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.speakers["/big.zip"] = holds(archive())

    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corridor.fetch.partial.Path.write_text", full)
    assert "cannot be written (No space left on device)" in fault(tmp_path, file(server))


# -- the key


def keyed(server: Loopback, folder: Path) -> Fetcher:
    return Fetcher(folder, keys={"127.0.0.1": ("Ocp-Apim-Subscription-Key", KEY)}, patience=HURRIED)


def test_a_key_is_sent_and_leaves_no_trace(server: Loopback, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = b'{"message": "invalid subscription key ' + KEY.encode() + b'"}'
    server.says("/answer", Answer(b"", 500), Answer(b"{}"))
    server.says("/no", Answer(echo, 401))
    server.speakers["/big.zip"] = holds(archive())
    with keyed(server, tmp_path) as fetcher:
        fetcher.fetch(asked(server, fresh_for=3600.0))
        fetcher.fetch(file(server))
        with pytest.raises(DownloadFailed) as raised:
            fetcher.fetch(asked(server, url=f"{server.address}/no"))
    assert {each.headers["ocp-apim-subscription-key"] for each in server.asked} == {KEY}
    assert "invalid subscription key [key]" in raised.value.line()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert kept
    assert KEY.encode() not in kept
    assert KEY not in caplog.text + raised.value.line() + str(raised.value.__context__) + repr(raised.value)


@pytest.mark.parametrize("large", [False, True])
def test_an_answer_that_repeats_the_key_is_not_kept(server: Loopback, tmp_path: Path, large: bool) -> None:
    server.says("/answer", Answer(b'{"you": "' + b" " * (1 << 20) + KEY.encode() + b'"}'))
    with keyed(server, tmp_path) as fetcher, pytest.raises(DownloadFailed, match="repeats the key"):
        fetcher.fetch(asked(server, large=large, fresh_for=0.0 if large else 3600.0))
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY.encode() not in kept


def test_a_key_is_not_sent_in_clear_text(tmp_path: Path) -> None:
    with (
        Fetcher(tmp_path, keys={"example.org": ("X-Key", KEY)}, patience=HURRIED) as fetcher,
        pytest.raises(DownloadFailed, match="not sent without encryption"),
    ):
        fetcher.fetch(Request("toy", "a.json", "http://example.org/a", "json"))


def test_a_key_goes_to_no_other_host(server: Loopback, tmp_path: Path) -> None:
    server.says("/answer", Answer(b"{}"))
    with Fetcher(tmp_path, keys={"example.org": ("X-Key", KEY)}, patience=HURRIED) as fetcher:
        fetcher.fetch(asked(server))
    assert "x-key" not in server.asked[0].headers
