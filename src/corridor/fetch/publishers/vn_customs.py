"""Viet Nam's customs office: a list of its files, page by page, then the files of the years asked for.

The addresses of the files hold the day of posting, so they cannot be guessed. The list sometimes answers only
in a browser; that is said, and nobody tries to get around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from corridor.fetch.faults import DownloadFailed
from corridor.fetch.publisher import Ask, Publisher
from corridor.fetch.request import Request, Span

ID = "vn_customs"
FILES = "files.customs.gov.vn"
PAGE = 20
#: Five tables each way a month, for sixty years.
MOST_PAGES = 360
#: A month's tables are printed in its first days and posted a few days later.
_POSTED_WITHIN = timedelta(days=20)
_LIST = "bridge?url=/customs/api/GetTKHQInfo"
_FORM = "application/x-www-form-urlencoded; charset=UTF-8"
_MONTH = re.compile(r"(\d{1,2})-(\d{4})")
_WORDS = "mặt hàng chủ yếu"
#: The publisher's word in a title, the flow, and the number of the form.
_FORMS = {"xuất khẩu": ("export", "020.T"), "nhập khẩu": ("import", "021.T")}
#: The addresses a record may hold: preliminary, revised. The official one leads into the office's own network.
_ADDRESSES = ("FILE_SO_BO", "FILE_DIEU_CHINH")


def plan(ask: Ask) -> tuple[Request, ...]:
    """The first page of the list, which is to bring both tables of every month that is out by now."""
    months = (date(year, month, 1) for year in ask.years for month in range(1, 13))
    out = [month for month in months if _month_end(month) + _POSTED_WITHIN <= ask.today]
    spans = tuple(_span(table, flow, month) for month in out for flow, table in _FORMS.values())
    return (replace(_page(ask, 0), spans=spans),)


def further(ask: Ask, request: Request, body: bytes) -> tuple[Request, ...]:
    """The files a page names, and the next page where there may be one with a year asked for.

    Raises `DownloadFailed` for a list that is no list, or names a file on a host that is not the publisher's.
    """
    records = json.loads(body).get("arr")
    if not isinstance(records, list):
        raise DownloadFailed("the answer is no list of files")
    months = [_month(record) for record in records]
    wanted = [
        each
        for record, month in zip(records, months, strict=True)
        if ask.first_year <= month.year <= ask.last_year
        for each in _files(ask, record, month)
    ]
    number = int(json.loads(request.body)["skip"]) // PAGE + 1
    more = len(records) == PAGE and max(months).year >= ask.first_year and number < MOST_PAGES
    return (*wanted, _page(ask, number)) if more else tuple(wanted)


def _page(ask: Ask, number: int) -> Request:
    asked = {
        "skip": number * PAGE,
        "take": PAGE,
        "ky": "",
        "textSearch": _WORDS,
        "typeName": "GetListSoLieu",
        "language": "TIENG_VIET",
        "thoigianCongBo": "",
    }
    return Request(
        source=ID,
        name=f"list-{number + 1}.json",
        url=f"{ask.base}/{_LIST}",
        kind="json",
        headers={"Content-Type": _FORM},
        body=json.dumps(asked, ensure_ascii=False),
        keep=False,
    )


def _files(ask: Ask, record: Mapping[str, Any], month: date) -> Iterator[Request]:
    title = str(record.get("TIEU_DE") or "")
    flows = [found for word, found in _FORMS.items() if word in title.lower()]
    if len(flows) != 1:
        raise DownloadFailed(f"the list names a file that is neither exports nor imports: “{title}”")
    (flow, table) = flows[0]
    for address in (str(record.get(name) or "").strip() for name in _ADDRESSES):
        if address:
            yield Request(
                source=ID,
                name=_name(ask, address),
                url=address,
                kind="any" if address.lower().endswith((".xls", ".xlsx")) else "pdf",
                spans=(_span(table, flow, month),),
                large=True,
                fixed=True,
            )


def _span(table: str, flow: str, month: date) -> Span:
    return Span(table, "M", month, _month_end(month), flow, "VNM")


def _month(record: Mapping[str, Any]) -> date:
    found = _MONTH.fullmatch(str(record.get("NGAY_CONG_BO") or "").strip())
    if found is None or not 1 <= int(found[1]) <= 12:
        raise DownloadFailed(f"the list has a file without a month: “{record.get('TIEU_DE')}”")
    return date(int(found[2]), int(found[1]), 1)


def _month_end(start: date) -> date:
    return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _name(ask: Ask, address: str) -> str:
    """The name of a file at the publisher's own address, without anything that could lead out of a folder."""
    parts = urlsplit(address)
    if parts.hostname not in (FILES, urlsplit(ask.base).hostname) or parts.scheme not in ("http", "https"):
        raise DownloadFailed(f"the list names a file that is not with the publisher: {address}")
    name = re.sub(r"[^\w.() -]", "_", PurePosixPath(unquote(parts.path)).name).lstrip(".")
    if not name:
        raise DownloadFailed(f"the list names no file: {address}")
    return name


PUBLISHER = Publisher(
    id=ID, base="https://www.customs.gov.vn", plan=plan, further=further, of_pair=False, home="VNM", current=True
)
