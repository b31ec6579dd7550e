"""A list that reports no flows is kept, rebuilt and dated like any other file."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from corridor.ingest import add, rebuild
from corridor.store import Store

DAY = date(2026, 1, 20)
RECORD = {
    "hs_code": "01012900", "description_vi": "Loại khác", "description_en": "Other", "mfn_rate_raw": "5",
    "mfn_doc": "26/2023/NĐ-CP", "preferential_rates": {"VN-EAEU": {"rate": "0", "effective_date": "30/12/2022"}},
}  # fmt: skip


def schedule(*codes: str) -> str:
    return "".join(json.dumps(RECORD | {"hs_code": code}, ensure_ascii=False) + "\n" for code in codes)


def test_a_schedule_is_added_and_rebuilt(store: Store, write: Callable[[str, str], Path]) -> None:
    (outcome,) = add(store, [write("schedule", schedule("01012900", "123"))], today=DAY).outcomes
    assert (outcome.status, outcome.source, outcome.table) == ("added", "vn_tariff", "schedule")
    assert (dict(outcome.rows), outcome.not_understood) == ({"tariffs": 2, "product_names": 2}, 1)
    before = {name: store.scan(name).collect() for name in ("tariffs", "product_names", "not_understood")}
    assert before["tariffs"].select("regime", "rate", "published", "added", "caveats").rows() == [
        ("VN-EAEU", 0.0, DAY, DAY, "published_is_added"),
        ("mfn", 0.05, DAY, DAY, "published_is_added"),
    ]
    assert store.trace(before["tariffs"]["trace_id"][0]).row == "1"
    assert rebuild(store).replaced
    assert all(store.scan(name).collect().equals(rows) for name, rows in before.items())


def test_a_list_answers_as_of_a_day(store: Store, write: Callable[[str, str], Path]) -> None:
    add(store, [write("older", schedule("01012900"))], today=DAY)
    add(store, [write("newer", schedule("01012900", "01013010"))], today=date(2026, 2, 20))
    assert store.current("tariffs").collect().height == 6
    assert store.current("tariffs", as_of=DAY).collect().height == 2
    assert store.current("tariffs", as_of=date(2026, 1, 19)).collect().height == 0
