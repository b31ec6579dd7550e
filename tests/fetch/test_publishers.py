"""What each publisher is asked for: pure functions from a question to requests."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from corridor.errors import UnknownName, UsageError
from corridor.fetch import Ask, DownloadFailed, Request, Span
from corridor.fetch.faults import TooManyRows
from corridor.fetch.publishers import baci, ids, imf_imts, publisher, un_comtrade, vn_customs, wits, world_bank

ASK = Ask(2015, 2024, "https://example.org", date(2026, 1, 20), pair=("RUS", "VNM"))


def every(request: Request) -> Iterator[Request]:
    """A request and all the smaller ones that may take its place."""
    yield request
    for part in request.parts:
        yield from every(part)


def leaves(request: Request) -> list[Request]:
    return [each for each in every(request) if not each.parts]


def test_each_publisher_is_called_what_its_module_is() -> None:
    assert ids() == ("baci", "imf_imts", "un_comtrade", "vn_customs", "wits", "world_bank")
    assert [publisher(each).id for each in ids()] == list(ids())
    assert all(publisher(each).base.startswith("https://") for each in ids())
    with pytest.raises(UnknownName, match="un_comtrade"):
        publisher("comtrade")


@pytest.mark.parametrize("source", ids())
@pytest.mark.parametrize("keyed", [False, True])
def test_a_plan_asks_the_base_and_names_files_apart(source: str, keyed: bool) -> None:
    requests = [each for top in publisher(source).plan(replace(ASK, keyed=keyed)) for each in every(top)]
    assert requests
    assert all(each.source == source and each.address.startswith("https://example.org/") for each in requests)
    assert len({each.name for each in requests}) == len({each.address + each.body for each in requests})
    assert not any("/" in each.name or "\\" in each.name for each in requests)


# -- UN Comtrade


def test_the_preview_is_asked_for_one_year_at_a_time_under_its_limit() -> None:
    requests = un_comtrade.plan(ASK)
    assert len(requests) == 2 * 10
    first = requests[0]
    assert first.url == "https://example.org/public/v1/preview/C/A/HS"
    assert first.params == {
        "reporterCode": "643", "period": "2015", "partnerCode": "704,0", "partner2Code": "0", "customsCode": "C00",
        "motCode": "0", "cmdCode": "TOTAL,AG2", "flowCode": "X,M", "maxRecords": "500", "format": "JSON",
        "includeDesc": "true",
    }  # fmt: skip
    # 97 chapters and the total, two flows, two partners.
    assert un_comtrade.PREVIEW_ROWS > 98 * 2 * 2


def test_keyed_calls_stay_under_the_limit_on_rows_and_cover_every_year_once() -> None:
    requests = un_comtrade.plan(replace(ASK, keyed=True))
    assert {each.url for each in requests} == {"https://example.org/data/v1/get/C/A/HS"}
    for reporter in ("643", "704"):
        asked = [each.params["period"].split(",") for each in requests if each.params["reporterCode"] == reporter]
        assert [year for years in asked for year in years] == [str(year) for year in range(2015, 2025)]
        assert all(len(years) * 4 * un_comtrade.ROWS_OF_A_YEAR < un_comtrade.KEYED_ROWS for years in asked)


@pytest.mark.parametrize("keyed", [False, True])
def test_the_smallest_calls_together_ask_for_what_the_first_one_did(keyed: bool) -> None:
    for request in un_comtrade.plan(replace(ASK, keyed=keyed)):
        cells = [
            (year, flow, level)
            for leaf in leaves(request)
            for year in leaf.params["period"].split(",")
            for flow in leaf.params["flowCode"].split(",")
            for level in leaf.params["cmdCode"].split(",")
        ]
        whole = request.params
        asked = {
            (year, flow, level)
            for year in whole["period"].split(",")
            for flow in whole["flowCode"].split(",")
            for level in whole["cmdCode"].split(",")
        }
        assert len(cells) == len(set(cells))
        assert set(cells) == asked
        assert {span for leaf in leaves(request) for span in leaf.spans} == set(request.spans)


@pytest.mark.parametrize(
    ("area", "number"), [("USA", "842"), ("FRA", "251"), ("IND", "699"), ("VNM", "704"), ("TWN", "490")]
)
def test_comtrade_has_its_own_numbers(area: str, number: str) -> None:
    (request, *_) = un_comtrade.plan(replace(ASK, pair=(area, "RUS"), first_year=2020))
    assert request.params["reporterCode"] == number


def test_a_revision_goes_by_the_name_of_each_publisher() -> None:
    (request, *_) = un_comtrade.plan(replace(ASK, classification="HS17"))
    assert request.url.endswith("/C/A/H5")


def answer(*rows: tuple[str, str, int]) -> bytes:
    data = [{"flowCode": flow, "partnerCode": int(partner), "refYear": year} for flow, partner, year in rows]
    return json.dumps({"count": len(data), "data": data, "error": ""}).encode("utf-8")


def test_a_year_without_rows_is_seen() -> None:
    request = un_comtrade.plan(replace(ASK, keyed=True))[0]
    found = un_comtrade.look(request, answer(("X", "704", 2015), ("X", "704", 2015), ("M", "0", 2017)))
    seen = {(span.flow, span.partner, span.start.year) for span in found.present}
    assert seen == {("export", "VNM", 2015), ("import", "WLD", 2017)}
    assert found.rows == 3


def test_an_answer_as_long_as_the_limit_may_lack_rows() -> None:
    request = un_comtrade.plan(ASK)[0]
    assert un_comtrade.look(request, answer(*[("X", "704", 2015)] * 499)).rows == 499
    with pytest.raises(TooManyRows, match="500 rows"):
        un_comtrade.look(request, answer(*[("X", "704", 2015)] * 500))


@pytest.mark.parametrize("body", [b'{"error": "over quota", "data": []}', b'{"error": ""}', b'{"data": null}'])
def test_a_complaint_of_comtrade_is_a_fault(body: bytes) -> None:
    with pytest.raises(DownloadFailed):
        un_comtrade.look(un_comtrade.plan(ASK)[0], body)


# -- the others


@pytest.mark.parametrize(("year", "name"), [(1990, "HS92"), (2015, "HS12"), (2017, "HS17"), (2023, "HS22")])
def test_baci_is_taken_in_the_revision_that_holds_the_first_year(year: int, name: str) -> None:
    (request,) = baci.plan(replace(ASK, first_year=year))
    assert request.url == f"https://example.org/DATA_DOWNLOAD/baci/data/BACI_{name}_V202601.zip"
    assert request.large


def test_baci_in_a_named_revision_and_edition() -> None:
    (request,) = baci.plan(replace(ASK, classification="HS96", edition="V202501"))
    assert request.name == "BACI_HS96_V202501.zip"
    with pytest.raises(UnknownName, match="HS22, HS17"):
        baci.plan(replace(ASK, classification="H5"))


def test_the_world_bank_is_asked_for_gdp_and_population() -> None:
    assert [each.address for each in world_bank.plan(ASK)] == [
        "https://example.org/v2/en/indicator/NY.GDP.MKTP.CD?downloadformat=csv",
        "https://example.org/v2/en/indicator/SP.POP.TOTL?downloadformat=csv",
    ]


def test_the_imf_is_asked_by_key() -> None:
    first, second = imf_imts.plan(ASK)
    assert first.url.endswith("/external/sdmx/2.1/data/IMF.STA,IMTS/RUS.XG_FOB_USD+MG_CIF_USD.VNM+G001.A")
    assert second.url.endswith("/VNM.XG_FOB_USD+MG_CIF_USD.RUS+G001.A")
    assert first.params == {"startPeriod": "2015", "endPeriod": "2024"}


def test_an_observation_without_a_value_is_none() -> None:
    (request, _) = imf_imts.plan(ASK)
    body = (
        "\ufeffCOUNTRY,INDICATOR,COUNTERPART_COUNTRY,TIME_PERIOD,OBS_VALUE\n"
        "RUS,XG_FOB_USD,VNM,2021,2241.1\nRUS,MG_CIF_USD,VNM,2021,\nRUS,MG_CIF_USD,G001,2020-A1,5\n"
    )
    found = imf_imts.look(request, body.encode("utf-8"))
    assert {(span.flow, span.partner, span.start.year) for span in found.present} == {
        ("export", "VNM", 2021),
        ("import", "WLD", 2020),
    }
    with pytest.raises(DownloadFailed, match="lacks the columns COUNTERPART_COUNTRY"):
        imf_imts.look(request, b"INDICATOR,TIME_PERIOD,OBS_VALUE\na,b,c\n")


def test_wits_is_asked_by_year_flow_and_tariff() -> None:
    requests = wits.plan(replace(ASK, first_year=2019, last_year=2019))
    assert [each.url.removeprefix("https://example.org/API/V1/SDMX/V21/datasource/") for each in requests[:3]] == [
        "tradestats-trade/reporter/rus/year/2019/partner/vnm/product/all/indicator/XPRT-TRD-VL",
        "tradestats-trade/reporter/rus/year/2019/partner/vnm/product/all/indicator/MPRT-TRD-VL",
        "TRN/reporter/643/partner/704/product/all/year/2019/datatype/reported",
    ]
    assert wits.look(requests[0], b'{"dataSets": [{"series": {}}]}').present == frozenset()
    assert wits.look(requests[0], b'{"dataSets": [{"series": {"0:0": {}}}]}').present == set(requests[0].spans)
    with pytest.raises(DownloadFailed):
        wits.look(requests[0], b"[]")


@pytest.mark.parametrize("source", ["un_comtrade", "imf_imts", "wits"])
def test_a_pair_is_needed(source: str) -> None:
    with pytest.raises(UsageError, match="asked for a pair"):
        publisher(source).plan(replace(ASK, pair=None))


# -- Viet Nam's customs office

VIETNAM = replace(ASK, base="https://www.customs.gov.vn", first_year=2025, last_year=2025, pair=None)
FILE = "https://files.customs.gov.vn/CustomsCMS/TONG_CUC/2025/2/6/2025-t1-5x(vn-sb).pdf"


def record(**changes: str) -> dict[str, str]:
    return {"TIEU_DE": "Xuất khẩu theo nước", "NGAY_CONG_BO": "01-2025", "FILE_SO_BO": FILE, **changes}


def listed(*records: dict[str, str]) -> tuple[Request, ...]:
    (page,) = vn_customs.plan(VIETNAM)
    return vn_customs.further(VIETNAM, page, json.dumps({"arr": records}).encode("utf-8"))


def test_the_list_promises_both_tables_of_every_month_that_is_out() -> None:
    (page,) = vn_customs.plan(replace(VIETNAM, today=date(2025, 3, 19)))
    assert page.method == "POST"
    assert [(span.table, span.flow, span.end) for span in page.spans] == [
        ("020.T", "export", date(2025, 1, 31)),
        ("021.T", "import", date(2025, 1, 31)),
    ]


def test_a_list_leads_to_its_files() -> None:
    (found,) = listed(record())
    assert (found.url, found.name, found.large, found.fixed) == (FILE, "2025-t1-5x(vn-sb).pdf", True, True)
    assert found.spans == (Span("020.T", "M", date(2025, 1, 1), date(2025, 1, 31), "export", "VNM"),)


def test_years_not_asked_for_are_left() -> None:
    assert listed(record(NGAY_CONG_BO="12-2024"), record(NGAY_CONG_BO="01-2026")) == ()


def test_a_full_page_leads_to_the_next_one_until_the_years_are_past() -> None:
    assert json.loads(listed(*[record()] * 20)[-1].body)["skip"] == 20
    assert listed(*[record(NGAY_CONG_BO="12-2024")] * 20) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"FILE_SO_BO": "https://evil.example/2025-t1-5x.pdf"}, "not with the publisher"),
        ({"FILE_SO_BO": "file:///2025-t1-5x.pdf"}, "not with the publisher"),
        ({"FILE_SO_BO": "https://files.customs.gov.vn/"}, "names no file"),
        ({"NGAY_CONG_BO": "13-2025"}, "without a month"),
        ({"NGAY_CONG_BO": ""}, "without a month"),
        ({"TIEU_DE": "Tổng hợp"}, "neither exports nor imports"),
    ],
)
def test_a_list_that_surprises_is_a_fault(changes: dict[str, str], said: str) -> None:
    with pytest.raises(DownloadFailed, match=said):
        listed(record(**changes))


@pytest.mark.parametrize("path", ["../../../evil.pdf", "..%2F..%2Fevil.pdf", "..%5C..%5Cevil.pdf", ".evil.pdf"])
def test_a_name_never_leads_out_of_its_folder(path: str) -> None:
    (found,) = listed(record(FILE_SO_BO=f"https://files.customs.gov.vn/{path}"))
    assert not set("/\\:") & set(found.name)
    assert not found.name.startswith(".")
