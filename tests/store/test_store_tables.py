"""Which edition of a figure is current: hand-made frames."""

from datetime import date, timedelta

import polars as pl
import pytest
import toy_publisher
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from corridor.codes import schema
from corridor.store import tables

FIRST, SECOND = date(2025, 2, 10), date(2025, 2, 20)


def row(snapshot: str, published: date, product: str, value: float, **other: object) -> dict[str, object]:
    return {
        "source": "toy",
        "release": "first",
        "table": "020.T",
        "reporter": "VNM",
        "partner": "RUS",
        "flow": "export",
        "product": product,
        "freq": "M",
        "period_end": date(2025, 1, 31),
        "cumulative": False,
        "value_usd": value,
        "published": published,
        "added": date(2026, 1, 1),
        "snapshot": snapshot,
        **other,
    }


def current(rows: list[dict[str, object]], as_of: date | None = None) -> list[tuple[str, str, float]]:
    found = tables.current(toy_publisher.frame("flows", rows).lazy(), as_of)
    return sorted(found.select("snapshot", "product", "value_usd").collect().rows())


PRINTED_TWICE = [
    row("a" * 64, FIRST, "coffee", 100.0),
    row("a" * 64, FIRST, "rice", 7.0),
    row("b" * 64, SECOND, "coffee", 110.0),
]


def test_a_republished_table_wins_as_a_whole_also_where_it_lacks_a_row():
    assert current(PRINTED_TWICE) == [("b" * 64, "coffee", 110.0)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 2, 9), []),
        (date(2025, 2, 10), [("a" * 64, "coffee", 100.0), ("a" * 64, "rice", 7.0)]),
        (date(2025, 2, 19), [("a" * 64, "coffee", 100.0), ("a" * 64, "rice", 7.0)]),
        (date(2025, 2, 20), [("b" * 64, "coffee", 110.0)]),
        (None, [("b" * 64, "coffee", 110.0)]),
    ],
)
def test_as_of_gives_the_edition_known_on_that_day(as_of, expected):
    assert current(PRINTED_TWICE, as_of) == expected


@pytest.mark.parametrize(
    "other",
    [
        {"source": "other"},
        {"release": "revised"},
        {"table": "021.T"},
        {"reporter": "RUS"},
        {"flow": "import"},
        {"freq": "Q"},
        {"period_end": date(2025, 2, 28)},
        {"cumulative": True},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_table_that_differs_in_one_part_of_the_key_supersedes_nothing(other):
    rows = [row("a" * 64, FIRST, "coffee", 1.0), row("b" * 64, SECOND, "coffee", 2.0, **other)]
    assert current(rows) == [("a" * 64, "coffee", 1.0), ("b" * 64, "coffee", 2.0)]


def test_another_partner_in_the_newer_table_supersedes_too():
    rows = [row("a" * 64, FIRST, "coffee", 1.0), row("b" * 64, SECOND, "coffee", 2.0, partner="CHN")]
    assert current(rows) == [("b" * 64, "coffee", 2.0)]


def test_of_two_printed_on_one_day_the_later_added_wins():
    rows = [
        row("b" * 64, FIRST, "coffee", 1.0, added=date(2026, 1, 1)),
        row("a" * 64, FIRST, "coffee", 2.0, added=date(2026, 1, 2)),
    ]
    assert current(rows) == [("a" * 64, "coffee", 2.0)]


def test_an_empty_key_is_a_key_too():
    rows = [row("a" * 64, FIRST, "coffee", 1.0, flow=None), row("b" * 64, SECOND, "coffee", 2.0, flow=None)]
    assert current(rows) == [("b" * 64, "coffee", 2.0)]


editions = st.lists(
    st.builds(
        lambda file, day, product, month, cumulative: row(
            # The date printed belongs to the file.
            f"{file}" * 64,
            FIRST + timedelta(days=day[file]),
            product,
            1.0,
            period_end=month,
            cumulative=cumulative,
        ),
        st.integers(0, 3),
        st.just((0, 1, 2, 3)),
        st.sampled_from(["coffee", "rice"]),
        st.sampled_from([date(2025, 1, 31), date(2025, 2, 28)]),
        st.booleans(),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(editions, st.integers(-1, 4), st.randoms())
def test_one_edition_of_each_table_whatever_the_order(rows, day, random):
    as_of = FIRST + timedelta(days=day)
    once = current(rows, as_of)
    shuffled = random.sample(rows, len(rows))
    assert current(shuffled, as_of) == once
    chosen = [found for found in rows if any(found["snapshot"] == snapshot for snapshot, _, _ in once)]
    assert all(found["published"] <= as_of for found in chosen)
    # By hand: of each table the latest date not after as_of.
    latest: dict[object, date] = {}
    for found in rows:
        if found["published"] <= as_of:
            key = (found["period_end"], found["cumulative"])
            latest[key] = max(latest.get(key, date.min), found["published"])
    by_hand = [found for found in rows if latest.get((found["period_end"], found["cumulative"])) == found["published"]]
    assert once == sorted((found["snapshot"], found["product"], found["value_usd"]) for found in by_hand)


@settings(deadline=None)
@given(editions)
def test_the_current_rows_are_current(rows):
    frame = tables.current(toy_publisher.frame("flows", rows).lazy()).collect()
    assert_frame_equal(tables.current(frame.lazy()).collect(), frame, check_row_order=False)


@pytest.mark.parametrize("table", schema.TABLES)
def test_no_file_is_a_table_without_rows(table):
    empty = tables.scan(table, []).collect()
    assert empty.height == 0
    assert empty.columns == list(schema.columns(table))


def test_types_are_those_of_the_data_dictionary():
    assert tables.TYPES["flows"]["value_usd"] == pl.Float64()
    assert tables.TYPES["flows"]["period_end"] == pl.Date()
    assert tables.TYPES["flows"]["cumulative"] == pl.Boolean()
    assert tables.TYPES["flows"]["product"] == pl.String()
    assert tables.TYPES["not_understood"]["row"] == pl.Int64()


def test_superseded_tells_files_lost_whole_from_files_lost_in_part():
    def edition(snapshot: str, ingest: int, end: date) -> dict[str, object]:
        return {**row(snapshot, FIRST + timedelta(days=ingest), "", 0.0, period_end=end), "ingest": ingest}

    january, february = date(2025, 1, 31), date(2025, 2, 28)
    rows = [edition("a", 1, january), edition("b", 2, january), edition("b", 2, february), edition("c", 3, february)]
    frame = pl.DataFrame([{name: found[name] for name in tables.EDITION_TYPES} for found in rows])
    gone, lost = tables.superseded(frame)
    assert gone == {"a"}
    assert lost.select("snapshot", "period_end").rows() == [("b", february)]
