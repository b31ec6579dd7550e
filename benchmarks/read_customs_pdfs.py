"""How long do Viet Nam customs' forms take, next to the PDF library alone?

The yardstick is measured in the same run: one process that asks the library for the box of every character on
every page. Printed are the reading of all forms in one process, and the whole addition to an empty store, each
as a multiple of the yardstick; the project's own limit is three. Data: the folder of packs named by
CORRIDOR_TEST_DATA, else ../shared/data beside the checkout.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from pypdfium2 import PdfDocument

from corridor.sources import read, recognise
from corridor.workspace import Workspace

LIMIT = 3.0


def customs_files() -> list[Path]:
    named = os.environ.get("CORRIDOR_TEST_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    pack = folder / "vietnam-customs"
    if not pack.is_dir():
        sys.exit(f"real files are not here: {pack} (set CORRIDOR_TEST_DATA to the folder of data packs)")
    return sorted(path for path in pack.iterdir() if path.name != "SOURCE.md")


def every_character(files: list[Path]) -> str:
    characters = 0
    for path in files:
        document = PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            count = text.count_chars()
            for index in range(count):
                text.get_charbox(index)
            characters += count
            text.close()
            page.close()
        document.close()
    return f"{characters:,} characters"


def reading(files: list[Path]) -> str:
    rows = sum(read(path, recognise(path), path.name).rows.height for path in files)
    return f"{rows:,} rows"


def adding(files: list[Path]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        workspace.add(files)
        return f"{workspace.store.current('flows').select('value').collect().height:,} flows"


def timed(what: str, work: Callable[[list[Path]], str], files: list[Path], yardstick: float | None = None) -> float:
    begun = perf_counter()
    made = work(files)
    seconds = perf_counter() - begun
    ratio = f"{seconds / yardstick:6.2f} x" if yardstick else "  1.00 x"
    print(f"{what:<52} {seconds:7.1f} s {ratio}   {made}")
    return seconds


def main() -> int:
    files = customs_files()
    print(f"{len(files)} files, {os.cpu_count()} processors")
    yardstick = timed("library alone, box of every character, one process", every_character, files)
    timed("corridor, reading, one process", reading, files, yardstick)
    whole = timed("corridor, all added to an empty store", adding, files, yardstick)
    return 0 if whole <= LIMIT * yardstick else 1


if __name__ == "__main__":
    sys.exit(main())
