"""The publishers' documented interfaces with invented figures, spoken on the loopback."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..sources.pdf_forms import Form, group, partner  # noqa: TID252
from .loopback import Answer, Asked, Loopback, holds

#: The names of interface v1, in its order.
COMTRADE_NAMES = (
    *("typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO"),
    *("reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code"),
    *("partner2ISO", "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification"),
    *("cmdCode", "cmdDesc", "aggrLevel", "isLeaf", "customsCode", "customsDesc", "mosCode", "motCode", "motDesc"),
    *("qtyUnitCode", "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty"),
    *("isAltQtyEstimated", "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue"),
    *("primaryValue", "legacyEstimationFlag", "isReported", "isAggregate"),
)


@dataclass
class Comtrade:
    """UN Comtrade: ``held`` are the (reporter, year) it has, with ``rows`` goods of each flow and partner."""

    held: Iterable[tuple[str, str]]
    rows: int = 2
    key: str = ""

    def speak(self, asked: Asked) -> Answer:
        if self.key and asked.headers.get("ocp-apim-subscription-key") != self.key:
            return Answer(b'{"statusCode": 401, "message": "Access denied due to invalid subscription key."}', 401)
        query = asked.query
        found = [
            self.row(query["reporterCode"], year, flow, partner, number)
            for year in query["period"].split(",")
            if (query["reporterCode"], year) in self.held
            for flow in query["flowCode"].split(",")
            for partner in query["partnerCode"].split(",")
            for number in range(self.rows)
        ][: int(query["maxRecords"])]
        answer = {"elapsedTime": "0.1 secs", "count": len(found), "data": found, "error": ""}
        return Answer(json.dumps(answer).encode("utf-8"))

    def row(self, reporter: str, year: str, flow: str, partner: str, number: int) -> dict[str, object]:
        said = {
            "typeCode": "C",
            "freqCode": "A",
            "refYear": int(year),
            "period": year,
            "reporterCode": int(reporter),
            "flowCode": flow,
            "partnerCode": int(partner),
            "cmdCode": f"{number:02}",
            "primaryValue": 1.0,
        }
        return {name: said.get(name) for name in COMTRADE_NAMES}


def world_bank_archive(indicator: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        preamble = '"Data Source","World Development Indicators",\n\n'
        table = f'{preamble}"Country Name","Country Code","2023"\n"Viet Nam","VNM","1"\n'
        opened.writestr(f"API_{indicator}_DS2_en_csv_v2_1.csv", table)
    return buffer.getvalue()


def imts(rows: Iterable[tuple[str, str, str, str, str]]) -> bytes:
    head = "STRUCTURE,STRUCTURE_ID,ACTION,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n"
    lines = (
        f"dataflow,IMF.STA:IMTS(1.0.0),I,{country},{indicator},{partner},A,{year},{value},6\n"
        for country, indicator, partner, year, value in rows
    )
    return (head + "".join(lines)).encode("utf-8")


def wits(series: Mapping[str, object]) -> bytes:
    return json.dumps({"header": {}, "dataSets": [{"action": "Replicate", "series": series}]}).encode("utf-8")


@dataclass
class Customs:
    """Viet Nam's customs office: a list by pages of twenty, newest first, and the files it names."""

    server: Loopback
    months: Iterable[tuple[int, int]]
    records: list[dict[str, str]] = field(default_factory=list)

    def open(self) -> None:
        for year, month in sorted(self.months, reverse=True):
            for letter, title in (("x", "Xuất khẩu"), ("n", "Nhập khẩu")):
                path = f"/CustomsCMS/TONG_CUC/{year}/{month}/{year}-t{month}-5{letter}(vn-sb).pdf"
                self.records.append(
                    {
                        "TIEU_DE": f"{title} nước/vùng lãnh thổ - mặt hàng chủ yếu tháng {month}",
                        "NGAY_CONG_BO": f"{month:02}-{year}",
                        "FILE_SO_BO": self.server.address + path,
                        "FILE_CHINH_THUC": "http://10.0.0.1/internal.pdf",
                    }
                )
                self.server.speakers[path] = holds(customs_form(year, month, letter), f'"{year}-{month}-{letter}"')
        self.server.speakers["/bridge"] = self.speak

    def speak(self, asked: Asked) -> Answer:
        assert asked.headers["content-type"].startswith("application/x-www-form-urlencoded")
        said = json.loads(asked.body)
        assert (said["typeName"], said["textSearch"]) == ("GetListSoLieu", "mặt hàng chủ yếu")
        page = self.records[said["skip"] : said["skip"] + said["take"]]
        return Answer(json.dumps({"arr": page}, ensure_ascii=False).encode("utf-8"))


def customs_form(year: int, month: int, letter: str) -> bytes:
    form = Form([[partner("NGA", "300", "700"), group("Hàng hóa khác", "300", "700")]])
    kind = {} if letter == "x" else {"number": "021.T", "title": "NHẬP KHẨU"}
    return form.but(month=f"Tháng {month} năm {year}", **kind).bytes()
