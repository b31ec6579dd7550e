"""SYNTHETIC years of Russia's regional customs table (DATTSVT): NOT real data, for tests and benchmarks alone.

The layout is the Federal Customs Service's own, the figures are drawn by number, and truths are planted among them:
who sells Viet Nam most of what it buys (`KEY`), whose growth hides that it loses ground to others (`LOSING`), who could
sell and does not (`ABSENT`). `Year` keeps the arrays that the files were written from: what must come out is computed
from them, not by the package. `FULL` is the size of a real year; `SLICE` the same world in small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import polars as pl

from corridor.codes._resources import csv_rows

HEADING = ("napr", "period", "nastranapr", "tnved", "edizm", "Stoim", "Netto", "Kol", "Region", "Region_s")
YEARS = (2020, 2021)
PARTNER, SECRET, UNTOLD = "VN", "XXXXXXXXXX", "NNN"
#: Region, code, and millions of dollars sold to Viet Nam in each of `YEARS`.
KEY = (
    ("RU-MOW", "8517120000", 300, 420),
    ("RU-MOW", "3102101000", 40, 180),
    ("RU-VLG", "3102101000", 160, 200),
    ("RU-VLG", "7208390000", 60, 90),
    ("RU-PRI", "0303140000", 120, 130),
    ("RU-SAK", "2701121000", 90, 150),
)
#: Its sales of 3102 to Viet Nam grow by a quarter while those of all regions double.
LOSING = ("RU-VLG", "3102101000")
#: The country's largest seller of coal, all of it elsewhere.
ABSENT = "RU-KEM"
#: Region, code, partner and millions of dollars in each of `YEARS`.
ELSEWHERE = (
    (ABSENT, "2701121000", "CN", 900, 1100),
    ("RU-SAK", "2701121000", "CN", 200, 250),
    ("RU-VLG", "3102101000", "BR", 400, 420),
    ("RU-MOW", "8517120000", "KZ", 500, 520),
)
#: Okrugs whose rows their oblast's rows hold too, as the Service's regions nest.
_NESTED = {"RU-NEN": "RU-ARK", "RU-KHM": "RU-TYU", "RU-YAN": "RU-TYU"}
_ACTIVE = 0.75
#: Baikonur has a number among the federal subjects and is none of the 85.
_NO_SUBJECT = "55000"


@dataclass(frozen=True)
class Size:
    """How large a world is: goods, partners and rows a year; regions are always all of them."""

    products: int
    partners: int
    rows: int


SLICE = Size(products=60, partners=12, rows=24_000)
FULL = Size(products=5000, partners=200, rows=8_000_000)


@dataclass(frozen=True)
class Year:
    """One year as arrays of equal length: places in the lists of the world, the month, whole cents, tenths of a kg."""

    year: int
    export: np.ndarray
    region: np.ndarray
    partner: np.ndarray
    product: np.ndarray
    month: np.ndarray
    cents: np.ndarray
    weight: np.ndarray

    def only(self, rows: np.ndarray) -> Year:
        """The rows of a mask or of places."""
        columns = (self.export, self.region, self.partner, self.product, self.month, self.cents, self.weight)
        return Year(self.year, *(column[rows] for column in columns))

    def __len__(self) -> int:
        return len(self.cents)


@dataclass(frozen=True)
class World:
    """Everything that the files are drawn from."""

    size: Size
    seed: int = 20211231

    @cached_property
    def regions(self) -> list[str]:
        """Our codes of the regions, in the order of the arrays."""
        return list(_regions())

    @cached_property
    def products(self) -> list[str]:
        """Codes of ten digits, and the one for goods kept secret."""
        planted = {row[1] for row in (*KEY, *ELSEWHERE)}
        rng = np.random.default_rng(self.seed)
        # The planted headings belong to the planted rows alone.
        free = [code for code in range(101, 9706) if f"{code:04}" not in {each[:4] for each in planted}]
        heads = rng.choice(free, self.size.products)
        drawn = dict.fromkeys(
            f"{head:04}{tail:06}" for head, tail in zip(heads, rng.integers(0, 10**6, len(heads)), strict=True)
        )
        return [*sorted(planted | drawn.keys()), SECRET]

    @cached_property
    def partners(self) -> list[str]:
        """Two letters each, and what stands for no country told."""
        planted = {PARTNER, *(row[2] for row in ELSEWHERE)}
        others = [code for code in _countries() if code not in planted]
        return [*sorted(planted), *others[: self.size.partners - len(planted) - 1], UNTOLD]

    @cached_property
    def _cells(self) -> tuple[np.ndarray, ...]:
        """Who trades what with whom, each once: export, region, partner, product and the usual cents a month."""
        rng = np.random.default_rng(self.seed + 1)
        wanted = int(self.size.rows / 12 / _ACTIVE)
        lengths = (2, len(self.regions), len(self.partners), len(self.products))
        drawn = np.empty(0, dtype=np.int64)
        while len(drawn) < wanted:
            more = wanted - len(drawn) + 1000
            parts = [rng.choice(length, more, p=_uneven(length)) for length in lengths]
            drawn = np.unique(np.concatenate([drawn, np.ravel_multi_index(parts, lengths)]))
        drawn = np.sort(rng.permutation(drawn)[:wanted])
        cells = np.unravel_index(drawn, lengths)
        return (*cells, np.exp(rng.normal(11, 2, wanted)))

    def year(self, year: int) -> Year:
        """The rows of a year."""
        rng = np.random.default_rng(self.seed + year)
        export, region, partner, product, usual = self._cells
        active = [np.flatnonzero(rng.random(len(usual)) < _ACTIVE) for _ in range(12)]
        at = np.concatenate(active)
        month = np.repeat(np.arange(1, 13), [len(each) for each in active])
        cents = np.maximum(usual[at] * np.exp(rng.normal(0, 0.3, len(at))), 1).astype(np.int64)
        noise = Year(
            year, export[at] == 1, region[at], partner[at], product[at], month, cents,
            (cents * np.exp(rng.normal(0, 1, len(at)))).astype(np.int64) + 1,
        )  # fmt: skip
        return self._nested(_joined(self._subdued(noise), self._planted(year)))

    def _subdued(self, noise: Year) -> Year:
        """Noise that hides no planted truth: little is sold to the partner, nothing by the absent region."""
        to_partner = noise.export & (noise.partner == self.partners.index(PARTNER))
        absent = to_partner & (noise.region == self.regions.index(ABSENT))
        planted = np.isin(noise.product, [self.products.index(row[1]) for row in (*KEY, *ELSEWHERE)])
        quiet = np.where(to_partner, noise.cents // 100 + 1, noise.cents)
        told = Year(noise.year, *(vars(noise)[name] for name in ("export", "region", "partner", "product", "month")),
                    quiet, noise.weight)  # fmt: skip
        return told.only(~absent & ~(planted & noise.export))

    def _planted(self, year: int) -> Year:
        rows = [(row[0], row[1], PARTNER, row[2:]) for row in KEY] + [(*row[:3], row[3:]) for row in ELSEWHERE]
        cells = [
            (self.regions.index(region), self.partners.index(partner), self.products.index(code), month,
             millions[YEARS.index(year)] * 10**8 // 12 + month)
            for region, code, partner, millions in rows
            for month in range(1, 13)
        ]  # fmt: skip
        region, partner, product, month, cents = np.array(cells).T
        return Year(year, np.ones(len(cells), dtype=bool), region, partner, product, month, cents, cents * 2)

    def _nested(self, rows: Year) -> Year:
        """The rows, and those of okrugs again in the figures of their oblasts; every figure once."""
        parent = np.arange(len(self.regions))
        for inner, outer in _NESTED.items():
            parent[self.regions.index(inner)] = self.regions.index(outer)
        within = rows.only(parent[rows.region] != rows.region)
        again = Year(rows.year, within.export, parent[within.region], *(vars(within)[name] for name in
                     ("partner", "product", "month", "cents", "weight")))  # fmt: skip
        both = _joined(rows, again)
        lengths = (2, len(self.regions), len(self.partners), len(self.products), 13)
        key = np.ravel_multi_index(
            (both.export.astype(np.int64), both.region, both.partner, both.product, both.month), lengths
        )
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        firsts = both.only(order[starts])
        sums = [np.add.reduceat(values[order], starts) for values in (both.cents, both.weight)]
        return Year(rows.year, firsts.export, firsts.region, firsts.partner, firsts.product, firsts.month, *sums)

    def write(self, year: Year, folder: Path) -> Iterator[Path]:
        """One file a month, as the Service's page gave them out: tabs, decimal commas, UTF-8."""
        folder.mkdir(parents=True, exist_ok=True)
        for month in range(1, 13):
            path = folder / f"DATTSVT-{year.year}-{month:02}.csv"
            self._table(year.only(year.month == month)).write_csv(
                path, separator="\t", line_terminator="\r\n", quote_style="never"
            )
            yield path

    def _table(self, rows: Year) -> pl.DataFrame:
        names, districts = zip(*_regions().values(), strict=True)
        product = pl.Series(self.products)[rows.product]
        region = pl.Series(names)[rows.region]
        # One region's table went through a spreadsheet, which took the leading zeros.
        lost = region.str.starts_with("05000")
        columns = (
            pl.Series(["ИМ", "ЭК"])[rows.export.astype(np.int64)],
            pl.Series([f"{month:02}/{rows.year}" for month in range(13)])[rows.month],
            pl.Series(self.partners)[rows.partner],
            product.to_frame("p").select(pl.when(lost).then(pl.col("p").str.strip_prefix("0")).otherwise("p"))["p"],
            pl.Series(["", "796"])[(rows.product % 3 == 0).astype(np.int64)],
            _comma(rows.cents, 100),
            _comma(rows.weight, 10),
            pl.Series(rows.cents % 97).cast(pl.String),
            region,
            pl.Series(districts)[rows.region],
        )
        return pl.DataFrame([column.alias(name) for name, column in zip(HEADING, columns, strict=True)])


def _uneven(length: int) -> np.ndarray:
    """Chances of which the first are the largest, and the last by far not nothing."""
    weights = 1 / (np.arange(length) + 10.0) if length > 2 else np.array([0.35, 0.65])
    return weights / weights.sum()


def _joined(one: Year, other: Year) -> Year:
    names = ("export", "region", "partner", "product", "month", "cents", "weight")
    return Year(one.year, *(np.concatenate([vars(one)[name], vars(other)[name]]) for name in names))


def _comma(whole: np.ndarray, parts: int) -> pl.Series:
    digits = len(str(parts)) - 1
    number = pl.DataFrame({"n": whole}).select(
        (pl.col("n") // parts).cast(pl.String) + "," + (pl.col("n") % parts).cast(pl.String).str.zfill(digits)
    )
    return number["n"]


@cache
def _regions() -> dict[str, tuple[str, str]]:
    """What the file prints of each federal subject and of its district, by our code."""
    known = (row for row in csv_rows("areas_regions.csv") if row["code"].startswith("RU-") and row["okato"])
    rows = [row for row in known if row["okato"] != _NO_SUBJECT]
    return {
        row["code"]: (f"{row['okato']} - {row['ru'].upper()}", f"{1 + place % 8:02} - ФЕДЕРАЛЬНЫЙ ОКРУГ")
        for place, row in enumerate(rows)
    }


@cache
def _countries() -> tuple[str, ...]:
    import pycountry

    return tuple(sorted(country.alpha_2 for country in pycountry.countries if country.alpha_2 != "RU"))
