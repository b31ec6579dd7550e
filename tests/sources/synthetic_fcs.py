"""Synthetic files in the layouts of Russia's Federal Customs Service: NOT real data, for tests alone.

The figures are drawn by number, with truths planted in them: `Planted` says what must come out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADING = ("napr", "period", "nastranapr", "tnved", "edizm", "Stoim", "Netto", "Kol", "Region", "Region_s")
REGIONS = {
    "18000": "18000 - ВОЛГОГРАДСКАЯ ОБЛАСТЬ", "45000": "45000 - ГОРОД МОСКВА", "71000": "71000 - ТЮМЕНСКАЯ ОБЛАСТЬ",
    "71100": "71100 - ХАНТЫ-МАНСИЙСКИЙ АВТОНОМНЫЙ ОКРУГ - ЮГРА", "01000": "01000 - АЛТАЙСКИЙ КРАЙ",
}  # fmt: skip
PARTNERS = ("VN", "CN", "NNN", "")
CODES = ("1001190000", "0901110000", "2701129000", "XXXXXXXXXX")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """The rows of a synthetic file and what must come out: dollars by region and flow, and of goods kept secret."""

    rows: tuple[Row, ...]
    dollars: dict[tuple[str, str], float]
    secret: float


def planted(months: Iterable[str] = ("01/2021",), *, comma: bool = True) -> Planted:
    """Every direction, month, partner, code and region once; values are whole cents that grow by one."""
    rows, dollars, secret, cents = [], {}, 0.0, 100
    for month in months:
        for flow in ("ЭК", "ИМ"):
            for okato, region in REGIONS.items():
                # A country that is not told is printed in one way within a file.
                for partner in PARTNERS[:3]:
                    for code in CODES:
                        cents += 1
                        value = cents / 100
                        text = f"{value:.2f}".replace(".", "," if comma else ".")
                        printed = code.removeprefix("0") if okato == "18000" else code
                        rows.append((flow, month, partner, printed, "", text, "10", "0", region, "00 - X"))
                        dollars[okato, flow] = dollars.get((okato, flow), 0.0) + value
                        secret += value if code.startswith("X") else 0.0
    return Planted(tuple(rows), dollars, secret)


def as_text(rows: Iterable[Row], separator: str = "\t", encoding: str = "utf-8") -> bytes:
    """The rows as the Service's text."""
    return "".join(separator.join(row) + "\r\n" for row in (HEADING, *rows)).encode(encoding)


def as_dbf(rows: Iterable[Row], encoding: str = "cp866") -> bytes:
    """The rows as a DBF whose numbers are text with a decimal comma; one more record is marked as deleted."""
    cells = [[cell.encode(encoding) for cell in row] for row in rows]
    sizes = [max(len(row[place]) for row in cells) or 1 for place in range(len(HEADING))]
    length = 1 + sum(sizes)
    records = [*_records(cells, sizes, b" "), *_records(cells[:1], sizes, b"*")]
    start = 32 + 32 * len(HEADING) + 1
    head = struct.pack("<4BIHH20x", 3, 121, 1, 1, len(records), start, length)
    fields = b"".join(
        struct.pack("<11sc4xB15x", name.upper().encode("ascii"), b"C", size)
        for name, size in zip(HEADING, sizes, strict=True)
    )
    return head + fields + b"\r" + b"".join(records) + b"\x1a"


def _records(cells: list[list[bytes]], sizes: list[int], mark: bytes) -> Iterator[bytes]:
    for row in cells:
        yield mark + b"".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True))
