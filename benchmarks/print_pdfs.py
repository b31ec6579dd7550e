"""A study as PDF in three languages, next to the typesetter alone on the same documents.

The yardstick is Typst compiling what corridor gave it; the rest is corridor's: words, tables, charts drawn. Both run in
one process on the bundled figures; nothing is kept from an earlier language. The limit is five times the yardstick.

    python benchmarks/print_pdfs.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import measuring

from corridor.report.catalogue import LANGS
from corridor.report.render.pdf import sources, typeset
from corridor.workspace import Workspace

SECTION = "A report in print"

LIMIT = 5.0


def run() -> str:
    return measuring.printed("print_pdfs.py")


def main() -> int:
    with TemporaryDirectory() as folder:
        document = Workspace(Path(folder)).study("RUS", "VNM").document()
    begun = perf_counter()
    files = [sources(document, lang) for lang in LANGS]
    told = perf_counter() - begun
    begun = perf_counter()
    pages = [typeset(each) for each in files]
    yardstick = perf_counter() - begun
    ratio = (told + yardstick) / yardstick
    print(f"Typst alone {yardstick:.2f} s; the whole set {told + yardstick:.2f} s, {ratio:.2f} x (limit {LIMIT} x)")
    print(f"{len(pages)} files, {sum(map(len, pages)) / 1e6:.1f} MB")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
