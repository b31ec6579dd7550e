"""The bulletin as a document: its sentences in three languages, its annex, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.bulletin.assignment import Assignment, Thresholds
from corridor.bulletin.totals import Amount
from corridor.bulletin.write import Bulletin, write
from corridor.codes import glossary
from corridor.codes.periods import Period, parse
from corridor.errors import UsageError
from corridor.evidence import Finding, Trace
from corridor.made_bulletin import MadeBulletin
from corridor.recommend.findings.weakness import WEAKNESSES
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.report.documents.bulletin import document
from corridor.report.documents.bulletin_phrases import as_printed, grew, moved, part, rounding_contradicts, variant
from corridor.report.documents.document import Document, Table
from corridor.report.render.html import page
from corridor.report.render.markdown import markdown
from corridor.report.text import voice
from corridor.workspace import Workspace

from ..world import Row, blocks, months, tables, years  # noqa: TID252

SMALL = Thresholds(least_value=10)
NAMES = {
    "vn_customs": {"en": "Customs of today", "ru": "Таможня", "vi": "Cục Hải quan"},
    "vn_nso": {"en": "Statistics office", "ru": "Статистика", "vi": "Cục Thống kê"},
}
OLD_NAMES = {**NAMES, "vn_customs": {"en": "Customs of old", "ru": "Прежняя таможня", "vi": "Tổng cục Hải quan"}}


def both(partner: str, period: str, exports: dict[str, float], imports: dict[str, float], **but: object) -> list[Row]:
    out = blocks(partner, exports, period, flow="export", **but)
    return [*out, *blocks(partner, imports, period, **but)]


def million(**groups: float) -> dict[str, float]:
    return {name: value * 1e6 for name, value in groups.items()}


def made(rows: list[Row], period: str, partner: str = "RUS", **but: object) -> Bulletin:
    return write(tables(rows), Assignment("VNM", partner, parse(period), **{"thresholds": SMALL, **but}))


def told(bulletin: Bulletin, **but: object) -> Document:
    """The document of a toy bulletin; a row's trace names the table and the row."""
    traces = {each: Trace(each.split(".")[0], f"{each}.pdf", each, "1", "2") for each in bulletin.prints}
    given_to = {
        "traces": traces,
        "names_on": lambda day: OLD_NAMES if day and day < date(2025, 3, 1) else NAMES,
        "as_of": None,
        "made_on": date(2025, 3, 5),
        "generator": "corridor",
        **but,
    }
    return document(bulletin, **given_to)


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def in_words(bulletin: Bulletin, lang: Lang, **but: object) -> str:
    return plain(markdown(told(bulletin, **but), lang))


JANUARY = [
    *both("RUS", "2024-01", million(coffee=40, garments=60), million(coal=50)),
    *both("RUS", "2025-01", million(coffee=36, garments=45), million(coal=90)),
    *both("RUS", "2024-01:2024-02", million(coffee=60, garments=100), million(coal=90)),
    *both("RUS", "2025-01:2025-02", million(coffee=75, garments=80), million(coal=99)),
]


# -- phrases


@pytest.mark.parametrize(
    ("growth", "name"),
    [(None, "unknown"), (0.0, "same"), (0.0004, "same"), (-0.0004, "same"), (0.1, "up"), (-0.1, "down"),
     (8.99, "up"), (9.0, "fold"), (214.0, "fold")],
)  # fmt: skip
def test_a_change_chooses_its_words(growth: float | None, name: str) -> None:
    assert variant(growth) == name


@pytest.mark.parametrize("family", ["bulletin.moved", "bulletin.against", "bulletin.item"])
@pytest.mark.parametrize(
    "amount",
    [Amount(5, 4), Amount(3, 4), Amount(4, 4), Amount(80, 4), Amount(5, 0), Amount(5, None),
     Amount(5, None, base_absence="not_held")],
)  # fmt: skip
def test_every_change_can_be_said(family: str, amount: Amount, lang: Lang) -> None:
    assert voice(lang).text(moved(family, amount, Period.month(2024, 1)))


@pytest.mark.parametrize("growth", [None, 0.0, 0.5, -0.5, -1.0, 99.0])
def test_every_rate_can_be_said(growth: float | None, lang: Lang) -> None:
    assert voice(lang).text(grew(growth))


def test_the_change_in_dollars_stands_beside_the_rate(lang: Lang) -> None:
    said = plain(voice(lang).text(moved("bulletin.against", Amount(30e6, 40e6), Period.month(2024, 1))))
    assert (
        said
        == {
            "en": "down 25.0% compared with January 2024 (a decrease of 10.00 million USD)",
            "ru": "что на 25,0 % меньше, чем за январь 2024 г. (снижение на 10,00 млн долл.)",
            "vi": "giảm 25,0% so với tháng 1/2024 (tương ứng giảm 10,00 triệu USD)",
        }[lang]
    )


def test_a_reason_for_every_weakness_of_the_study() -> None:
    for lang in LANGS:
        for rule in WEAKNESSES:
            assert f"bulletin.weak.{rule.name}" in catalogue(lang)


@pytest.mark.parametrize("word", ["plain", "preliminary", "revised", "official", "estimated"])
def test_whose_statistics_and_how_final(word: str, lang: Lang) -> None:
    assert f"bulletin.by.{word}" in catalogue(lang)


# -- rounding


def test_an_amount_is_taken_as_a_sentence_prints_it() -> None:
    assert as_printed(2_337_104_399) == (Decimal("2.34") * 10**9, Decimal("0.01") * 10**9)
    assert as_printed(-625_880) == (Decimal("625.9") * 1000, Decimal("0.1") * 1000)
    assert as_printed(12) == (Decimal(12), Decimal(1))


@pytest.mark.parametrize(
    ("exports", "imports", "contradicts"),
    [
        (2_337_104_399, 2_246_830_793, True),  # 2.34 + 2.25 = 4.59, and 4.58 is printed
        (179_449_276, 195_938_751, False),  # 179.45 + 195.94 = 375.39
        (174_877_241, 153_727_336, True),  # 174.88 + 153.73 = 328.61, and 328.60 is printed
        (1_000_000, 400, False),
    ],
)
def test_rounded_parts_against_their_total(exports: float, imports: float, contradicts: bool) -> None:
    assert rounding_contradicts(exports + imports, (exports, imports)) is contradicts


@given(st.floats(1, 1e12), st.floats(1, 1e12))
def test_parts_never_stray_far_from_their_total(one: float, other: float) -> None:
    total, step = as_printed(one + other)
    parts = as_printed(one)[0] + as_printed(other)[0]
    assert abs(parts - total) <= Decimal("1.5") * step


@pytest.mark.parametrize(
    ("share", "key"), [(0.0055, "bulletin.part"), (0.00005, "bulletin.part"), (0.00004, "bulletin.tiny_part")]
)
def test_a_share_that_would_print_as_nothing_is_told_as_less(share: float, key: str, lang: Lang) -> None:
    assert part(share).key == key
    assert "0" in voice(lang).text(part(share))


# -- the text


def test_january_says_that_it_is_not_read_alone(lang: Lang) -> None:
    text = in_words(made(JANUARY, "2025-01", advice=False), lang)
    assert {"en": "29 January 2025", "ru": "29 января 2025 г.", "vi": "ngày 29/01/2025"}[lang] in text
    assert {"en": "down 3.1%", "ru": "на 3,1 % меньше", "vi": "giảm 3,1%"}[lang] in text, "155 against 160"
    assert text.count({"en": "(Tet)", "ru": "(Тет)", "vi": "Tết Nguyên đán"}[lang]) == 1, "one sentence"
    coffee = {
        "en": "Exports of coffee to Russia came to 75.00 million USD in January–February 2025, up 25.0%; "
        "in January 2025 alone: down 10.0%.",
        "ru": "Экспорт в Россию, кофе: за январь–февраль 2025 г. — 75,00 млн долл., рост на 25,0 %; "
        "только за январь 2025 г.: снижение на 10,0 %.",
        "vi": "Xuất khẩu cà phê sang Nga trong 2 tháng đầu năm 2025 đạt 75,00 triệu USD, tăng 25,0%; "
        "riêng tháng 1/2025: giảm 10,0%.",
    }
    assert coffee[lang] in text


def test_february_tells_both_months_once(lang: Lang) -> None:
    february = [
        *both("RUS", "2024-02", million(coffee=20, garments=40), million(coal=40)),
        *both("RUS", "2025-02", million(coffee=39, garments=35), million(coal=9)),
    ]
    text = in_words(made([*JANUARY, *february], "2025-02", advice=False), lang)
    both_months = {"en": "155.00 million USD", "ru": "155,00 млн долл.", "vi": "155,00 triệu USD"}
    assert text.count(both_months[lang]) == 1


def test_a_balance_has_a_difference_and_no_rate(lang: Lang) -> None:
    text = in_words(made(JANUARY, "2025-01", advice=False), lang)
    # From +50 m to -9 m.
    assert {
        "en": "fell by 59.00 million USD compared with January 2024: it was a deficit of 9.00 million USD, "
        "against a surplus of 50.00 million USD in January 2024",
        "ru": "снизилось на 59,00 млн долл.: отрицательное сальдо составило 9,00 млн долл., "
        "а за январь 2024 г. положительное сальдо составляло 50,00 млн долл.",
        "vi": "giảm 59,00 triệu USD so với tháng 1/2024: Việt Nam nhập siêu 9,00 triệu USD từ Nga, "
        "trong khi tháng 1/2024 xuất siêu 50,00 triệu USD",
    }[lang] in text


def test_the_first_mention_is_in_full(lang: Lang) -> None:
    text = in_words(made(JANUARY, "2025-01", advice=False), lang)
    full = {"en": "the Russian Federation", "ru": "Российской Федерацией", "vi": "Liên bang Nga"}
    assert text.count(full[lang]) == 2, "the title and the first sentence"


def test_a_missing_base_is_said_and_nothing_is_compared(lang: Lang) -> None:
    text = in_words(made(both("RUS", "2025-05", million(coffee=30), million(coal=9)), "2025-05", advice=False), lang)
    reason = {
        "en": "the table of the base period is not held",
        "ru": "таблица за базисный период не загружена",
        "vi": "trong kho chưa có biểu của kỳ so sánh",
    }
    assert text.count(reason[lang]) == 1
    assert "%" not in text.partition("##")[0].partition("30.00")[2]


def test_one_direction_alone_is_told_with_the_reason(lang: Lang) -> None:
    rows = blocks("RUS", million(coal=9), "2025-05")
    text = in_words(made(rows, "2025-05", advice=False), lang)
    assert {
        "en": "There is no figure for exports (the table of the period is not held)",
        "ru": "Показателя экспорта нет (таблица за этот период не загружена)",
        "vi": "Không có số liệu xuất khẩu (trong kho chưa có biểu của kỳ này)",
    }[lang] in text


def test_a_later_release_stands_beside_the_printed_rate(lang: Lang) -> None:
    rows = [
        *both("RUS", "2024-04", million(coffee=200), million(coal=9)),
        *both("RUS", "2025-04", million(coffee=220), million(coal=9)),
        *months("RUS", {"2024-04": 200e6, "2025-04": 190e6}, "export", source="vn_nso", release="revised",
                table="V03", classification="TOTAL"),
    ]  # fmt: skip
    text = in_words(made(rows, "2025-04", advice=False), lang)
    assert {
        "en": "down 5.0% compared with April 2024 (a decrease of 10.00 million USD); in the first release used here "
        "they were up 10.0%",
        "ru": "что на 5,0 % меньше, чем за апрель 2024 г. (снижение на 10,00 млн долл.); экспорт в использованном "
        "здесь выпуске (первая публикация): рост на 10,0 %",
        "vi": "giảm 5,0% so với tháng 4/2024 (tương ứng giảm 10,00 triệu USD); theo số liệu công bố lần đầu dùng ở "
        "đây, xuất khẩu tăng 10,0%",
    }[lang] in text


def test_goods_sold_to_armenia_may_be_on_their_way(lang: Lang) -> None:
    rows = [
        *both("RUS", "2025", million(coffee=90), million(coal=40)),
        *both("ARM", "2025", million(coffee=20), million(coal=5)),
    ]
    text = in_words(made(rows, "2025", "EAEU", advice=False), lang)
    assert {
        "en": "may be on their way to Russia",
        "ru": "могут следовать дальше в Россию",
        "vi": "có thể đi tiếp sang Nga",
    }[lang] in text
    assert {
        "en": "Sum of the members listed",
        "ru": "Сумма по указанным членам",
        "vi": "Tổng các thành viên có trong biểu",
    }[lang] in text
    assert {"en": "Kazakhstan", "ru": "Казахстан", "vi": "Kazakhstan"}[lang] in text, "a member without a row is named"


@pytest.fixture(scope="module")
def january() -> Bulletin:
    """With the years before it, so that the study has something to recommend."""
    return made([*JANUARY, *years()], "2025-01", previous=True)


def others() -> Iterator[Bulletin]:
    """Bulletins that with that of January use nearly every sentence."""
    yield made(years(), "2024", advice=False)
    yield made(both("RUS", "2025-05", million(coffee=30), million(coal=9)), "2025-05", previous=True, advice=False)
    yield made(
        [*both("RUS", "2025", million(coffee=9), million(coal=4)), *both("ARM", "2025", million(tea=9), {})],
        "2025",
        "EAEU",
    )
    yield write(tables(years()), Assignment("RUS", "VNM", parse("2024"), thresholds=SMALL, advice=False))


def test_no_forbidden_word_is_printed(january: Bulletin, lang: Lang) -> None:
    for bulletin in (january, *others()):
        text = in_words(bulletin, lang, annex="none")
        assert glossary.offences(text, lang) == ()


def test_every_message_of_the_bulletin_is_asked_for_somewhere() -> None:
    folder = Path(document.__code__.co_filename).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("bulletin*.py")))
    heads = {key.split(".")[1] for key in catalogue("en").messages if key.startswith("bulletin.")}
    unasked = {
        head for head in heads if not re.search(rf'bulletin\.(?:{re.escape(head)}\b|\{{)|"{re.escape(head)}', code)
    }
    # The families told by direction: bulletin.<kind>.<side>.
    assert unasked <= {"falls", "rises", "fast_falls", "fast_rises", "vanished", "new"}


# -- annex and sources


def annexes(found: Document) -> list[Table]:
    return [block for chapter in found.chapters for block in chapter.blocks if isinstance(block, Table)]


def test_the_annex_comes_as_asked() -> None:
    bulletin = made([*JANUARY, *both("RUS", "2025-02", million(coffee=1), million(coal=1))], "2025-02", advice=False)
    assert len(annexes(told(bulletin, annex="full"))) == 4, "both flows, the month and both months"
    assert len(annexes(told(bulletin, annex="short"))) == 2
    assert annexes(told(bulletin, annex="none")) == []
    with pytest.raises(UsageError, match="choose one of none, short, full"):
        told(bulletin, annex="long")


def test_the_annex_speaks_the_publishers_words_or_the_readers() -> None:
    bulletin = made(years(), "2024", advice=False)
    own, translated = (in_words(bulletin, lang, own_labels=lang == "vi") for lang in ("vi", "ru"))
    assert re.search(r"\| Hàng dệt, may .*\| USD \|", own)
    assert re.search(r"\| Текстильные и швейные изделия .*\| Hàng dệt, may \| долл\. \|", translated)


def test_the_total_closes_the_annex() -> None:
    exports = annexes(told(made(years(), "2024", advice=False)))[0]
    assert exports.footers[0].cells[0] == Finding("row.total")
    value = [column.key for column in exports.columns].index("value")
    assert getattr(exports.footers[0].cells[value], "value", None) == 140


def test_the_publisher_is_called_as_on_the_table_of_the_period(lang: Lang) -> None:
    bulletin = made(JANUARY, "2025-01", advice=False)
    assert OLD_NAMES["vn_customs"][lang] in in_words(bulletin, lang)
    later = replace(bulletin, printed=date(2025, 4, 3))
    first = in_words(later, lang).partition("##")[0]
    assert NAMES["vn_customs"][lang] not in first or OLD_NAMES["vn_customs"][lang] not in first


def test_every_number_keeps_its_value_and_a_way_to_its_row(january: Bulletin) -> None:
    found = told(january)
    text = page(found, "vi")
    assert 'data-value="81000000.0" data-unit="usd"' in text
    assert set(found.traces) == set(january.prints)
    assert {each.checksum for each in found.sources} == set(january.prints), "here every row is a file of its own"


# -- from the bundled figures


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("empty") / "store")


@pytest.mark.parametrize("period", ["2025-01", "2025-02", "2024", "2026-03"])
def test_the_bundled_figures_make_a_bulletin(bundled: Workspace, period: str) -> None:
    result: MadeBulletin = bundled.bulletin("VNM", "RUS", period, advice=False)
    held = {
        "en": "typed in from the publisher's tables",
        "ru": "поставляемые с программой",
        "vi": "số liệu đi kèm chương trình",
    }
    for lang in LANGS:
        assert held[lang] in plain(result.render("md", lang=lang))


def test_the_bundled_totals_of_the_union(bundled: Workspace) -> None:
    totals = bundled.bulletin("VNM", "EAEU", "2025").bulletin.totals
    assert (totals.turnover.now, totals.turnover.before) == (5_944_675_191, 5_636_020_033)
