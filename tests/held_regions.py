"""A workspace that holds SYNTHETIC rows of regions, without a store."""

from __future__ import annotations

import random
from datetime import date

import polars as pl

from corridor.codes import areas
from corridor.codes.schema import columns
from corridor.evidence import Trace
from corridor.store.store import PAIR
from corridor.workspace import Workspace

PRODUCTS = ("3102100000", "2701120000", "7208100000", "1001990000")


def row(region: str, partner: str, product: str, year: int, value: float) -> dict[str, object]:
    """Synthetic: one year of a region's sales."""
    return {
        **dict.fromkeys(columns("flows")),
        "source": "ru_fcs", "release": "first", "table": "DATTSVT", "reporter": region, "partner": partner,
        "flow": "export", "classification": "TNVED", "product": product, "freq": "A",
        "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "cumulative": False, "value": value,
        "currency": "USD", "value_usd": value, "net_weight_kg": value / 3, "valuation": "fob", "caveats": "",
        "published": date(2025, 3, 1), "snapshot": "5" * 64, "trace_id": f"{'5' * 16}/1/{region}{product}{year}",
    }  # fmt: skip


def rows(country: str = "RUS") -> list[dict[str, object]]:
    """Synthetic: most regions sell a few products, with a fixed seed."""
    chance = random.Random(7)
    return [
        row(region, partner, product, year, float(chance.randint(1, 9_000) ** 2))
        for region in areas.regions(country)
        if chance.random() < 0.7
        for product in PRODUCTS
        for partner in ("VNM" if country == "RUS" else "RUS", "CHN")
        for year in (2020, 2021)
        if chance.random() < 0.6
    ]


class Held(Workspace):
    """A workspace that holds these rows beside the bundled figures."""

    held: list[dict[str, object]]

    def regional_flows(self, economy, as_of=None, *, sources=None):
        types = super().regional_flows(economy).collect_schema()
        return pl.DataFrame([{name: each.get(name) for name in types} for each in self.held], schema=types).lazy()

    def regional_pairs(self, economy):
        return self.regional_flows(economy).select(PAIR).unique()

    def traces(self, ids):
        own = {each for each in ids if each.startswith("5555")}
        made = {each: Trace("ru_fcs", "synthetic.csv", "5" * 64, "1", "1", "synthetic", "") for each in own}
        return {**super().traces(set(ids) - own), **made}
