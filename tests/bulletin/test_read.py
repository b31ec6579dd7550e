"""From text to claims: habits of the three languages one by one, what claims nothing, and hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.bulletin.claims import Claim
from corridor.bulletin.read import claims

EXPORTS = {
    "vi": "Năm 2025, xuất khẩu cà phê của Việt Nam sang Nga {}.",
    "ru": "В 2025 году экспорт кофе из Вьетнама в Россию {}.",
    "en": "In 2025 Viet Nam's coffee exports to Russia {}.",
}


def only(text: str) -> Claim:
    found = claims(text)
    assert len(found) == 1, found
    return found[0]


def of(lang: str, said: str) -> Claim:
    return only(EXPORTS[lang].format(said))


@pytest.mark.parametrize(
    ("lang", "said", "low", "high"),
    [
        # 63.4 million leaves 63.35 to 63.45 million open.
        ("vi", "đạt 63,4 triệu USD", 63.35e6, 63.45e6),
        ("vi", "đạt 439,7 ngàn USD", 439.65e3, 439.75e3),
        ("vi", "đạt 1,5 tỷ USD", 1.45e9, 1.55e9),
        ("vi", "đạt 462.294.884 USD", 462_294_883.5, 462_294_884.5),
        ("vi", "đạt hơn 39 triệu USD", 39e6, 40e6),
        ("vi", "đạt 5 tỷ 350 triệu USD", 5.3495e9, 5.3505e9),
        ("ru", "составил 63,4 млн долл.", 63.35e6, 63.45e6),
        ("ru", "составил 1 234,5 тыс. долларов", 1_234_450.0, 1_234_550.0),
        ("en", "reached $63.4m", 63.35e6, 63.45e6),
        ("en", "reached US$1,234.5 thousand", 1_234_450.0, 1_234_550.0),
        ("en", "reached nearly 39 million USD", 38e6, 39e6),
    ],
)
def test_what_an_amount_leaves_open(lang: str, said: str, low: float, high: float):
    claim = of(lang, said)
    assert (claim.measure, claim.stated.unit) == ("value", "USD")
    assert claim.stated.low == pytest.approx(low)
    assert claim.stated.high == pytest.approx(high)


@pytest.mark.parametrize(
    ("lang", "said", "measure", "number", "unit"),
    [
        ("vi", "tăng 29%", "growth_value", 29, "percent"),
        ("vi", "giảm 15% về lượng", "growth_volume", -15, "percent"),
        ("vi", "tăng gấp 8 lần", "multiple", 8, "ratio"),
        ("vi", "giảm một nửa", "multiple", 0.5, "ratio"),
        ("vi", "nhích 2,9%", "growth_value", 2.9, "percent"),
        ("vi", "đạt 5.710 USD/tấn", "unit_value", 5710, "USD"),
        ("ru", "вырос в 2,5 раза", "multiple", 2.5, "ratio"),
        ("ru", "сократился на треть", "growth_value", -33.33, "percent"),
        ("ru", "составил 96,8% от уровня 2024 года", "multiple", 0.968, "ratio"),
        ("en", "grew 5.7-fold", "multiple", 5.7, "ratio"),
        ("en", "doubled", "multiple", 2, "ratio"),
        ("en", "were up 29 per cent", "growth_value", 29, "percent"),
        ("en", "rose by $8.5 million", "growth_value", 8.5e6, "USD"),
        ("en", "fell by 3.2 percentage points", "growth_value", -3.2, "percentage_point"),
    ],
)
def test_what_an_amount_says(lang: str, said: str, measure: str, number: float, unit: str):
    claim = of(lang, said)
    assert (claim.measure, claim.stated.unit) == (measure, unit)
    assert claim.number == pytest.approx(number, rel=1e-3)
    assert (claim.product, claim.reporter, claim.partner, claim.period) == ("coffee", "VNM", "RUS", "2025")


def test_three_times_keeps_both_readings():
    claim = of("vi", "tăng 3 lần")
    assert claim.stated.holds(3.0)
    assert any(reading.holds(4.0) for reading in claim.readings)


def test_the_pace_of_growth_is_a_ratio_and_the_pace_of_increase_a_change():
    growth, increase = claims("В 2025 году темп роста экспорта Вьетнама в Россию составил 110%, темп прироста — 10%.")
    assert (growth.measure, growth.number) == ("multiple", pytest.approx(1.1))
    assert (increase.measure, increase.number) == ("growth_value", pytest.approx(10))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Năm 2025 Việt Nam nhập siêu 247,9 triệu USD từ Nga.", -247.9e6),
        ("Năm 2024 Việt Nam xuất siêu 90,3 triệu USD sang Nga.", 90.3e6),
        ("Отрицательное сальдо Вьетнама в торговле с Россией в 2025 году составило 247,9 млн долл.", -247.9e6),
        ("In 2025 Viet Nam posted a $247.9 million deficit with Russia.", -247.9e6),
    ],
)
def test_the_word_for_a_balance_carries_its_sign(text: str, number: float):
    claim = only(text)
    assert (claim.flow, claim.measure, claim.number) == ("balance", "balance", pytest.approx(number))


def test_a_respectively_list_gives_each_its_own():
    found = claims(
        "In 2025 Viet Nam's exports of tea and pepper to Russia were $9.8 million and $40.8 million respectively."
    )
    assert [(claim.product, claim.number) for claim in found] == [
        ("tea", pytest.approx(9.8e6)),
        ("pepper", pytest.approx(40.8e6)),
    ]


def test_a_unit_in_the_heading_holds_for_the_list():
    found = claims("Viet Nam's exports to Russia in 2025 (USD million):\n- coffee 462.3\n- garments 504.2")
    assert [(claim.product, claim.number) for claim in found] == [
        ("coffee", pytest.approx(462.3e6)),
        ("garments", pytest.approx(504.2e6)),
    ]


def test_an_unknown_product_keeps_its_word():
    claim = only("In 2025 Viet Nam's exports of cut flowers to Russia reached $3 million.")
    assert (claim.product, claim.word) == ("unknown", "cut flowers")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Không có số liệu nào ở đây.",
        "Ngày 21/6/2026, hai nước kỷ niệm 75 năm thiết lập quan hệ.",
        "Thuế nhập khẩu cà phê giảm từ 10% xuống 0%; hạn ngạch gạo là 10.000 tấn.",
        "Mục tiêu là đưa kim ngạch song phương Việt - Nga lên 15 tỷ USD vào năm 2030.",
        "По оценке, потенциал экспорта во Вьетнам составляет 200 млн долларов.",
        "Пошлина 5%, квота 10 тыс. тонн, статья 12 соглашения.",
        "Article 4.2 sets a duty of 12%; the quota is 10,000 tonnes.",
        "Exports to Russia are estimated at $200 million.",
        "Inflation was 8.2% and GDP grew 8%.",
    ],
)
def test_what_claims_nothing(text: str):
    assert claims(text) == ()


def test_spans_count_characters_of_the_text():
    text = "Năm 2025, xuất khẩu sang Nga đạt 2,26 tỷ USD.\n\nВ 2025 году импорт Вьетнама из России — 2,51 млрд долл."
    for claim in claims(text):
        assert text[claim.span[0] : claim.span[1]] == claim.text


# --- hostile text ------------------------------------------------------------------------------------------------

PIECES = [
    "xuất khẩu",
    "nhập khẩu",
    "Nga",
    "Việt Nam",
    "đạt",
    "tăng",
    "giảm",
    "12,5%",
    "triệu USD",
    "so với",
    "năm 2024",
    "(",
    ")",
    ";",
    ",",
    ".",
    ":",
    "-",
    "–",
    "tháng",
    "lần lượt",
    "quý I/2025",
    "экспорт",
    "импорт",
    "в Россию",
    "вырос",
    "на",
    "млн долл.",
    "доля",
    "п. п.",
    "соответственно",
    "exports",
    "of",
    "coffee",
    "to Russia",
    "rose",
    "by",
    "$",
    "1.234",
    "2.5-fold",
    "respectively",
    "and",
    "share",
    "\n",
    "\t",
    "%",
    "1/2/2025",
    "'s",
    "...",
    "USD million",
    "9999999999999999999999",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_order_of_words_is_read(pieces: list[str]):
    text = " ".join(pieces)
    for claim in claims(text):
        assert text[claim.span[0] : claim.span[1]] == claim.text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1," * 30_000,
        "(" * 30_000,
        "xuất khẩu " * 5_000,
        "12,5% " * 5_000,
        "a" * 100_000,
        "1 000 " * 10_000,
    ],
    ids=["digits", "commas", "brackets", "flows", "rates", "letters", "groups"],
)
def test_endless_repetition_ends(text: str):
    claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "In January 2025 Viet Nam's exports to Russia reached 179.45 million USD, 10.56 million USD per working day.",
        "Tháng 1/2025, xuất khẩu của Việt Nam sang Nga đạt 179,45 triệu USD, bình quân mỗi ngày đạt 5,8 triệu USD.",
        "В январе 2025 г. экспорт Вьетнама в Россию составил 179,45 млн долл., за рабочий день 10,56 млн долл.",
    ],
)
def test_an_amount_of_one_day_is_no_claim(text: str):
    assert [claim.number for claim in claims(text)] == [179.45e6]


def test_growth_per_working_day_is_no_claim():
    assert claims("Per working day, Viet Nam's exports to Russia rose 5% in January 2025; imports fell 3%.") == ()


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("in the financial year April 2024-March 2025", "2024-04:2025-03"),
        ("in FY 2024/25 (July-June)", "2024-07:2025-06"),
        ("in the twelve months to June 2025", "2024-07:2025-06"),
        ("in the year ending March 2025", "2024-04:2025-03"),
        ("in the 2024/25 crop year", "2024-10:2025-09"),
        ("in the first quarter of the 2024/25 crop year", "2024-Q4"),
        ("from October 2024 to March 2025", "2024-10:2025-03"),
        ("in the nine months to September 2025", "2025-01:2025-09"),
    ],
)
def test_a_period_may_run_over_two_calendar_years(said: str, period: str):
    claim = only(f"Viet Nam's coffee exports to Russia {said} reached 462 million USD.")
    assert claim.period == period


def test_a_financial_year_begins_when_the_reporter_s_does():
    found = claims("India's exports to Viet Nam were $4.6 billion in FY 2024-25. Bangladesh sells garments.")
    assert [claim.period for claim in found] == ["2024-04:2025-03"]


def test_a_head_tells_what_the_brackets_of_its_list_hold():
    found = claims(
        "Viet Nam's exports to Russia in the first quarter of 2026, USD million (in brackets the first quarter of "
        "2025): coffee 131.5 (118.9); garments 96.2 (102.8)."
    )
    assert [(claim.product, claim.period, claim.number) for claim in found] == [
        ("coffee", "2026-Q1", pytest.approx(131.5e6)),
        ("coffee", "2025-Q1", pytest.approx(118.9e6)),
        ("garments", "2026-Q1", pytest.approx(96.2e6)),
        ("garments", "2025-Q1", pytest.approx(102.8e6)),
    ]


def test_a_look_back_is_of_its_own_sentence_alone():
    found = claims(
        "Viet Nam bought 38,400 tonnes of Russian wheat in 2025. In 2023 it had bought 27,500 tonnes. "
        "Fertilisers were bought for 3.3 million USD."
    )
    assert [claim.period for claim in found] == ["2025", "2023", "2025"]


def test_the_date_of_a_heading_is_no_period():
    found = claims(
        "QUESTION TO BE ANSWERED IN DECEMBER 2024\n\nDuring April-September 2024 India's exports to Viet Nam were "
        "USD 2.62 billion.\n\nPrincipal exports included cotton (USD 88.2 million)."
    )
    assert [claim.period for claim in found] == ["2024-04:2024-09", "2024-04:2024-09"]


def test_goods_under_a_heading_are_of_its_flow_whatever_is_usual():
    told = claims(
        "Trade between Viet Nam and Russia in February 2024\n\n"
        "Exports to Russia:\n- coal: $723.3 million, a decrease of 48.9%;\n"
        "Imports from Russia:\n- footwear: $855.6 million, down 59.3 per cent;"
    )
    assert {(claim.flow, claim.product) for claim in told} == {("export", "coal"), ("import", "footwear")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            # What others bought of the goods is told from the side of who sold them, and the text returns to all.
            "Россия в 2024 году экспортировала шоколад на 640 млн долл. Чаще всего российский шоколад покупали "
            "Казахстан (больше 150 млн долл.), Белоруссия (120 млн долл.) и Узбекистан (80 млн долл.).",
            ["RUS WLD 640", "RUS KAZ 150", "RUS BLR 120", "RUS UZB 80"],
        ),
        (
            "В первом квартале 2025 года товарооборот Узбекистана с Казахстаном составил 1,1 млрд долл. Весь "
            "внешнеторговый оборот республики вырос на 9 %, до 17,5 млрд долл.: экспорт – 6,2 млрд, "
            "импорт – 11,3 млрд.",
            ["UZB KAZ 1100", "UZB WLD 9", "UZB WLD 17500", "UZB WLD 6200", "UZB WLD 11300"],
        ),
        (
            "Japan's exports rose 9.1% in May 2025. Shipments to China jumped 14%, and those to Germany fell 3%.",
            ["JPN WLD 9.1", "JPN CHN 14", "JPN DEU -3"],
        ),
        (
            "Trade of Türkiye with Russia came to 4.1 billion USD in May 2025. Only Germany, with 4.9 billion USD, and "
            "China, with 4.4 billion USD, traded more with Türkiye.",
            ["TUR RUS 4100", "TUR DEU 4900", "TUR CHN 4400"],
        ),
        (
            "Quý I/2025, kim ngạch Trung Quốc - Nga đạt 53 tỷ USD. Toàn bộ ngoại thương Trung Quốc tăng 1,1%, đạt "
            "1.430 tỷ USD.",
            ["CHN RUS 53000", "CHN WLD 1.1", "CHN WLD 1430000"],
        ),
    ],
)
def test_with_whom_in_texts_on_several_partners(text: str, told: list[str]):
    found = [(each.reporter, each.partner, each.number) for each in claims(text)]
    millions = [f"{one} {other} {number / 1e6 if abs(number) > 1e6 else number:g}" for one, other, number in found]
    assert [each.replace("1.43e+06", "1430000") for each in millions] == told


def test_a_clause_that_only_dates_an_amount_dates_no_other():
    told = claims(
        "Экспорт Вьетнама в Россию в III квартале 2024 года достиг 634,8 млн долларов. Дефицит в 104,2 млн, который "
        "Вьетнам имел в III квартале 2023 года, сменился для него положительным сальдо в 86,3 млн."
    )
    assert [(claim.period, claim.number) for claim in told[1:]] == [("2023-Q3", -104.2e6), ("2024-Q3", 86.3e6)]


def test_what_was_sold_more_than_bought_is_a_surplus():
    claim = only("За девять месяцев 2025 года Вьетнам продал России на 274,4 млн долл. больше, чем купил у нее.")
    assert (claim.measure, claim.number) == ("balance", 274.4e6)
