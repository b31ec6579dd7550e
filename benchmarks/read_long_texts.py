"""How long a text of a megabyte takes to read: the labelled sentences joined, short lines, dense tables, no claims.

Run with the package on the path: ``python benchmarks/read_long_texts.py``. Seconds are those of the process alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "bulletin"))

from labelled import LANGUAGES, sentences
from measuring import table

from corridor.bulletin.read import claims

SECTION = "Reading long texts"
#: Bytes of a text, and the seconds that its reading may take.
LONG, LIMIT = 1_000_000, 10.0
_HEAD = "Exports to Russia, January 2025, million USD\nProduct\t2024\t2025\tChange, %"
_GOODS = ("coffee", "rice", "seafood", "coal", "garments", "telephones", "wheat", "fertilisers", "rubber", "wood")
_SILENT = ("Rain fell all night, and the river rose above the lower meadow before dawn.",)


def _joined(parts: Iterator[str], sign: str) -> str:
    found: list[str] = []
    held = 0
    for part in parts:
        found.append(part)
        held += len(part.encode()) + len(sign)
        if held >= LONG:
            break
    return sign.join(found)


def _corpus(lang: str) -> str:
    return _joined(cycle([text for text, _ in sentences(lang)]), "\n\n")


def _lines() -> Iterator[str]:
    for number, goods in zip(count(), cycle(_GOODS)):
        yield f"In January {2020 + number % 6} exports of {goods} to Russia: {number % 997 / 10 + 1:.1f} m USD."


def _tables() -> Iterator[str]:
    for number in count():
        rows = [
            f"{goods}\t{number % 89 + 1}.{at}\t{number % 97 + 1}.{at}\t{at - 5}.{number % 9}"
            for at, goods in enumerate(_GOODS)
        ]
        yield "\n".join((_HEAD, *rows))


TEXTS: dict[str, Callable[[], str]] = {
    **{f"labelled sentences, {lang}": partial(_corpus, lang) for lang in LANGUAGES},
    "short lines, each a claim": lambda: _joined(_lines(), "\n"),
    "dense tables": lambda: _joined(_tables(), "\n\n"),
    "no claim at all": lambda: _joined(cycle(_SILENT), "\n\n"),
}


def _seconds(text: str) -> tuple[float, int]:
    began = time.process_time()
    found = claims(text)
    return time.process_time() - began, len(found)


def run() -> str:
    """The section: each kind of text with its claims and its seconds."""
    for lang in LANGUAGES:
        claims(sentences(lang)[0][0])
    rows = []
    for name, made in TEXTS.items():
        seconds, told = _seconds(made())
        rows.append((name, f"{told:,}", f"{seconds:.1f} s", "kept" if seconds < LIMIT else "NOT kept"))
    text = f"What it takes to read a text of {LONG // 1_000_000} MB; the limit is {LIMIT:.0f} seconds of the process:"
    return f"{text}\n\n{table(['text', 'claims', 'read in', 'limit'], rows)}"


if __name__ == "__main__":
    print(run())
