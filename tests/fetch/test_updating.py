"""From a publisher's address to the store: what came is added, what did not is said and written down."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

# The toy publisher's reader must be importable by name.
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

import toy_publisher

from corridor.errors import StoreError, UsageError
from corridor.fetch import Ask, Publisher, Request, Span
from corridor.ingest.updating import NO_ROWS, UpdateReport, lines, update
from corridor.ingest.wanted import Choice, Wanted, wanted
from corridor.store import Store
from corridor.workspace import Workspace

from .loopback import CAPTCHA, HURRIED, Answer, Loopback, holds
from .publishers import Comtrade, Customs, imts, wits, world_bank_archive

TODAY = date(2026, 1, 20)
KEY = "s3cret-key-0123456789"


@pytest.fixture
def ws(tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    for name in ("un_comtrade", "baci", "world_bank", "imf_imts", "wits", "vn_customs"):
        monkeypatch.setenv(f"CORRIDOR_BASE_{name.upper()}", server.address)
    monkeypatch.delenv("CORRIDOR_COMTRADE_KEY", raising=False)
    monkeypatch.setattr("corridor.workspace.today", lambda: TODAY)
    return Workspace(tmp_path / "store")


def asked(ws: Workspace, *words: str, years: tuple[int, int] = (2025, 2025), **options: object) -> UpdateReport:
    return ws.update(words, years=years, patience=HURRIED, **options)


def said(report: UpdateReport) -> list[str]:
    found = [*report.faults, *lines(report.gaps)]
    assert all("\n" not in line for line in found)
    return found


# -- Viet Nam's customs office, from its list to the tables


def test_files_of_a_list_are_downloaded_and_added(ws: Workspace, server: Loopback) -> None:
    Customs(server, [(2025, month) for month in range(1, 13)]).open()
    report = asked(ws, "vn_customs")
    assert said(report) == []
    assert len(report.files.of("added")) == 24
    assert [path for path in server.paths() if path == "/bridge"] == ["/bridge"] * 2
    flows = ws.flows("VNM", "RUS", source="vn_customs", period="2025-01:2025-12", freq="M")
    assert set(flows.filter(product="TOTAL", cumulative=False)["value_usd"]) == {300.0}
    assert ws.store.ingests()[0].url.startswith(f"{server.address}/CustomsCMS/")
    assert not (ws.store.directory / "downloads" / "vn_customs").exists()


def test_files_held_are_not_downloaded_again(ws: Workspace, server: Loopback) -> None:
    Customs(server, [(2025, 1), (2025, 2)]).open()
    asked(ws, "vn_customs")
    server.asked.clear()
    report = asked(ws, "vn_customs")
    assert (report.files.outcomes, report.unchanged) == ((), 4)
    assert set(server.paths()) == {"/bridge"}


def test_a_month_the_list_lacks_is_said_and_covered(ws: Workspace, server: Loopback) -> None:
    Customs(server, [(2025, month) for month in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12)]).open()
    report = asked(ws, "vn_customs")
    assert said(report) == [
        "vn_customs: VNM export, 2025-04: the publisher's list names no file for it",
        "vn_customs: VNM import, 2025-04: the publisher's list names no file for it",
    ]
    covered = ws.coverage("VNM", "KAZ", source="vn_customs", period="2025-04")
    rows = covered.filter(~covered["cumulative"]).select("flow", "status", "reason").rows()
    assert sorted(set(rows)) == [
        ("export", "not_held", "the publisher's list names no file for it"),
        ("import", "not_held", "the publisher's list names no file for it"),
    ]


def test_a_list_behind_a_captcha_misses_every_month_of_it(ws: Workspace, server: Loopback) -> None:
    server.says("/bridge", Answer(b'{"message": "Invalid Captcha"}'))
    report = asked(ws, "vn_customs")
    (line,) = said(report)
    assert "answers only in a browser (“Invalid Captcha”)" in line
    assert "save the files from its page" in line
    assert len(report.missed) == 2 * 12
    covered = ws.coverage("VNM", "KAZ", source="vn_customs")
    assert set(covered.filter(covered["reason"].is_not_null())["status"]) == {"not_held"}


def test_a_file_that_could_not_be_had_is_covered_until_it_is(ws: Workspace, server: Loopback) -> None:
    customs = Customs(server, [(2025, month) for month in range(1, 13)])
    customs.open()
    path = "/CustomsCMS/TONG_CUC/2025/4/2025-t4-5x(vn-sb).pdf"
    whole = server.speakers[path]
    server.says(path, Answer(CAPTCHA))
    report = asked(ws, "vn_customs")
    assert len(said(report)) == 1
    assert len(report.files.of("added")) == 23
    (missed,) = ws.store.missed()
    assert (missed.flow, missed.period_end, missed.url) == ("export", date(2025, 4, 30), server.address + path)
    covered = ws.coverage("VNM", "KAZ", source="vn_customs", period="2025-04").filter(flow="export", cumulative=False)
    assert covered["status"].to_list() == ["not_held"]
    assert "web page" in covered["reason"].item()
    server.speakers[path] = whole
    assert said(asked(ws, "vn_customs")) == []
    assert ws.store.missed() == ()
    covered = ws.coverage("VNM", "KAZ", source="vn_customs", period="2025-04").filter(flow="export", cumulative=False)
    assert covered["status"].to_list() == ["partner_not_listed"]


# -- UN Comtrade


def test_years_that_comtrade_lacks_are_said_and_covered(ws: Workspace, server: Loopback) -> None:
    """The official client loses them without a word."""
    held = [("398", "2020"), ("398", "2021"), ("704", "2020"), ("704", "2021"), ("704", "2022")]
    server.speakers["/public/v1/preview/C/A/HS"] = Comtrade(held).speak
    report = asked(ws, "un_comtrade", "KAZ", "VNM", years=(2020, 2022))
    assert said(report) == [
        f"un_comtrade: KAZ {flow} with {partner}, 2022: {NO_ROWS}"
        for partner in ("VNM", "WLD")
        for flow in ("export", "import")
    ]
    covered = ws.coverage("KAZ", "VNM", source="un_comtrade")
    assert covered.select("flow", "period_end", "status", "reason").rows() == [
        ("export", date(2022, 12, 31), "not_held", NO_ROWS),
        ("import", date(2022, 12, 31), "not_held", NO_ROWS),
    ]


def test_an_answer_at_the_limit_is_split_until_it_fits(
    ws: Workspace, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRIDOR_COMTRADE_KEY", KEY)
    monkeypatch.setattr("corridor.fetch.publishers.un_comtrade.KEYED_ROWS", 50)
    held = [(reporter, str(year)) for reporter in ("643", "704") for year in (2020, 2021)]
    server.speakers["/data/v1/get/C/A/HS"] = Comtrade(held, rows=20, key=KEY).speak
    report = asked(ws, "un_comtrade", "RUS", "VNM", years=(2020, 2021))
    assert said(report) == []
    # Two partners, two flows and twenty goods do not fit into one answer of fifty; one flow does.
    assert [each.query["flowCode"] for each in server.asked[:3]] == ["X,M", "X", "M"]
    assert len(report.files.outcomes) == 2 * 2 * 2


def test_what_never_fits_is_an_error(ws: Workspace, server: Loopback) -> None:
    server.speakers["/public/v1/preview/C/A/HS"] = Comtrade([("643", "2020"), ("704", "2020")], rows=300).speak
    report = asked(ws, "un_comtrade", "RUS", "VNM", years=(2020, 2020))
    assert all("500 rows, as many as the publisher gives at once" in line for line in said(report))
    assert len(report.missed) == 8


def test_a_key_reaches_nothing_that_is_kept(
    ws: Workspace, server: Loopback, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setenv("CORRIDOR_COMTRADE_KEY", KEY)
    server.speakers["/data/v1/get/C/A/HS"] = Comtrade([("643", "2020"), ("704", "2020")], key=KEY).speak
    good = asked(ws, "un_comtrade", "RUS", "VNM", years=(2020, 2020))
    server.speakers["/data/v1/get/C/A/HS"] = Comtrade([], key="another").speak
    bad = asked(ws, "un_comtrade", "VNM", "RUS", years=(2019, 2019))
    assert all("invalid subscription key" in line for line in said(bad))
    assert {each.headers["ocp-apim-subscription-key"] for each in server.asked} == {KEY}
    kept = b"".join(path.read_bytes() for path in ws.store.directory.rglob("*") if path.is_file())
    assert KEY.encode() not in kept
    assert KEY not in caplog.text + repr(good) + repr(bad)


def test_a_key_that_is_none_is_said_and_not_shown(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDOR_COMTRADE_KEY", "khoá-bí-mật")
    with pytest.raises(UsageError, match="CORRIDOR_COMTRADE_KEY holds no key") as raised:
        asked(ws, "un_comtrade", "RUS", "VNM")
    assert "mật" not in raised.value.line()


# -- the others


def test_every_publisher_is_asked_at_its_documented_address(ws: Workspace, server: Loopback) -> None:
    for indicator in ("NY.GDP.MKTP.CD", "SP.POP.TOTL"):
        server.says(f"/v2/en/indicator/{indicator}", Answer(world_bank_archive(indicator)))
    server.speakers["/DATA_DOWNLOAD/baci/data/BACI_HS17_V202601.zip"] = holds(world_bank_archive("baci"))
    for one, other in (("RUS", "VNM"), ("VNM", "RUS")):
        rows = [(one, flow, area, "2020", "1") for flow in ("XG_FOB_USD", "MG_CIF_USD") for area in (other, "G001")]
        path = f"/external/sdmx/2.1/data/IMF.STA,IMTS/{one}.XG_FOB_USD+MG_CIF_USD.{other}+G001.A"
        server.says(path, Answer(imts(rows)))
        for flow in ("XPRT", "MPRT"):
            path = f"reporter/{one.lower()}/year/2020/partner/{other.lower()}/product/all/indicator/{flow}-TRD-VL"
            server.says(f"/API/V1/SDMX/V21/datasource/tradestats-trade/{path}", Answer(wits({"0:0": {}})))
    for one, other in (("643", "704"), ("704", "643")):
        path = f"/API/V1/SDMX/V21/datasource/TRN/reporter/{one}/partner/{other}/product/all/year/2020/datatype/reported"
        server.says(path, Answer(wits({"0:0": {}})))
    words = ("world_bank", "baci", "imf_imts", "wits", "RUS", "VNM")
    report = asked(ws, *words, years=(2020, 2020))
    assert said(report) == []
    assert len(report.files.outcomes) == 2 + 1 + 2 + 6


def test_a_file_no_reader_takes_stays_where_it_was_downloaded(ws: Workspace, server: Loopback) -> None:
    server.speakers["/DATA_DOWNLOAD/baci/data/BACI_HS22_V202601.zip"] = holds(b"PK\x05\x06" + bytes(18))
    report = asked(ws, "baci")
    (refused,) = report.files.of("refused")
    assert "the file stays there" in refused.message
    assert str(ws.store.directory / "downloads" / "baci" / "BACI_HS22_V202601.zip") in refused.message
    assert refused.path.is_file()


# -- any publisher


def toy(server: Loopback, *names: str, **options: object) -> Wanted:
    def plan(ask: Ask) -> tuple[Request, ...]:
        spans = {name: (Span("020.T", "M", date(2025, 1, 1), date(2025, 1, 31), "export", name),) for name in names}
        return tuple(
            Request("toy", f"{name}.txt", f"{server.address}/{name}", "any", spans=spans[name], large=True, **options)
            for name in names
        )

    ask = Ask(2025, 2025, server.address, TODAY)
    return Wanted(((Publisher("toy", server.address, plan, of_pair=False), ask),))


def add_toys(store: Store, asked: Wanted, progress: Callable[[int, int, str], None] | None = None) -> UpdateReport:
    return update(store, asked, today=TODAY, patience=HURRIED, understand=toy_publisher.understand, progress=progress)


def test_an_unchanged_file_is_neither_sent_nor_read_again(server: Loopback, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    server.speakers["/a"] = holds(toy_publisher.text("RUS coffee 100").encode("utf-8"))
    assert len(add_toys(store, toy(server, "a")).files.of("added")) == 1
    assert add_toys(store, toy(server, "a")).unchanged == 1
    assert server.asked[-1].headers["if-none-match"] == '"one"'


def test_a_changed_file_is_a_new_edition(server: Loopback, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    server.speakers["/a"] = holds(toy_publisher.text("RUS coffee 100").encode("utf-8"))
    add_toys(store, toy(server, "a"))
    changed = toy_publisher.text("RUS coffee 101", published="2025-03-10")
    server.speakers["/a"] = holds(changed.encode("utf-8"), '"two"')
    assert len(add_toys(store, toy(server, "a")).files.of("added")) == 1
    assert store.current("flows").collect()["value_usd"].to_list() == [101.0]


def test_one_failure_does_not_keep_the_others_out(server: Loopback, tmp_path: Path) -> None:
    store, told = Store(tmp_path / "store"), []
    for name in ("a", "c"):
        server.speakers[f"/{name}"] = holds(
            toy_publisher.text(f"RUS {name} 1", month=f"2025-0{ord(name) - 96}").encode()
        )
    report = add_toys(store, toy(server, "a", "b", "c"), progress=lambda *step: told.append(step))
    assert [outcome.status for outcome in report.files.outcomes] == ["added", "added"]
    assert [missed.reporter for missed in store.missed()] == ["b"]
    assert [(step[0], step[2]) for step in told] == [(1, "a.txt"), (2, "b.txt"), (3, "c.txt")]


def test_an_interruption_keeps_what_came(server: Loopback, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    body = toy_publisher.text("RUS coffee 100").encode("utf-8")
    server.speakers["/a"] = holds(body, breaks=[10])

    def interrupt(*step: object) -> None:
        raise KeyboardInterrupt

    server.speakers["/b"] = holds(body)
    with pytest.raises(KeyboardInterrupt):
        update(store, toy(server, "b"), today=TODAY, patience=HURRIED, coming=interrupt)
    assert (store.directory / "downloads" / "toy" / "b.txt.part").is_file()
    assert len(add_toys(store, toy(server, "b")).files.of("added")) == 1


def test_two_cannot_download_into_one_store(server: Loopback, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with store.downloads(), pytest.raises(StoreError, match="in use by process"):
        add_toys(store, toy(server, "a"))


def test_a_damaged_ledger_is_said(server: Loopback, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (store.directory / "downloads").mkdir(parents=True)
    (store.directory / "downloads" / "ledger.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"ledger\.json: is damaged; remove it"):
        store.missed()


def test_many_periods_are_one_line() -> None:
    from corridor.store import Missed

    months = [
        Missed("toy", "1", "M", date(2025, m, 1), date(2025, m, 28), "export", "VNM", "", "all", "gone", "", TODAY)
        for m in range(1, 13)
    ]
    assert list(lines(months)) == ["toy: VNM export, 2025-01 to 2025-12 (12 periods): gone"]
    assert list(lines(months[:2])) == ["toy: VNM export, 2025-01, 2025-02: gone"]


# -- what the words mean


@pytest.mark.parametrize(
    ("words", "asked_for", "pair"),
    [
        (["un_comtrade", "RUS", "VNM"], ["un_comtrade"], ("RUS", "VNM")),
        (["Nga", "Việt Nam", "baci", "wits"], ["baci", "wits"], ("RUS", "VNM")),
        (["world_bank"], ["world_bank"], None),
    ],
)
def test_publishers_and_economies_in_any_order(
    words: list[str], asked_for: list[str], pair: tuple[str, str] | None
) -> None:
    found = wanted(words, Choice(), TODAY)
    assert [publisher.id for publisher, _ in found.asks] == asked_for
    assert {ask.pair for _, ask in found.asks} == {pair}


def test_a_pair_alone_means_all_whose_files_can_be_read() -> None:
    found = wanted(["RUS", "VNM"], Choice(), TODAY)
    assert "vn_customs" in [publisher.id for publisher, _ in found.asks]
    assert not {publisher.id for publisher, _ in found.asks} & set(found.left_out)
    assert "vn_customs" not in [publisher.id for publisher, _ in wanted(["USA", "CHN"], Choice(), TODAY).asks]


def test_years_default_to_the_last_ten() -> None:
    ((_, ask),) = wanted(["baci"], Choice(), TODAY).asks
    assert (ask.first_year, ask.last_year) == (2016, 2025)
    ((_, ask),) = wanted(["vn_customs"], Choice(), TODAY).asks
    assert (ask.first_year, ask.last_year) == (2017, 2026)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a publisher"),
        (["RUS"], "name a publisher, or two economies"),
        (["un_comtrade"], "asked for a pair"),
        (["un_comtrade", "RUS"], "two economies"),
        (["RUS", "VNM", "USA"], "two economies"),
        (["comtrad"], "comtrad"),
    ],
)
def test_words_that_mean_nothing(words: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        wanted(words, Choice(), TODAY)


def test_a_base_that_is_no_address() -> None:
    with pytest.raises(UsageError, match="no address of baci"):
        wanted(["baci"], Choice(bases={"baci": "ftp://example.org"}), TODAY)


def test_hurried_is_not_what_users_get() -> None:
    from corridor.fetch import Patience

    usual = Patience()
    assert usual.pace >= 1.0
    assert usual.attempts >= 3
    assert replace(usual) == usual
