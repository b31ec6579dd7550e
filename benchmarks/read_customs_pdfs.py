"""How long do Viet Nam customs' forms take, next to the PDF library alone?

The yardstick is measured in the same run: one process that asks the library for the box of every character on
every page. Printed are the reading of all forms in one process, and the whole addition to an empty store, each
as a multiple of the yardstick; the project's own limit is three. Data: the folder of packs named by
CORRIDOR_TEST_DATA, else ../shared/data beside the checkout.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from measuring import Unmeasured, kept, packs, table
from pypdfium2 import PdfDocument

from corridor.sources import read, recognise
from corridor.workspace import Workspace

SECTION = "Reading Viet Nam's customs forms"
LIMIT = 3.0


def customs_files() -> list[Path]:
    pack = packs() / "vietnam-customs"
    if not pack.is_dir():
        raise Unmeasured(f"real files are not here: {pack} (set CORRIDOR_TEST_DATA to the folder of data packs)")
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


def timed(work: Callable[[list[Path]], str], files: list[Path]) -> tuple[float, str]:
    begun = perf_counter()
    made = work(files)
    return perf_counter() - begun, made


def run() -> str:
    """The section of docs/benchmarks.md."""
    files = customs_files()
    works = {
        "the PDF library alone, box of every character, one process": every_character,
        "corridor, reading, one process": reading,
        "corridor, all added to an empty store": adding,
    }
    results = {what: timed(work, files) for what, work in works.items()}
    yardstick = next(iter(results.values()))[0]
    rows = [[what, f"{took:.1f} s", f"{took / yardstick:.2f} x", made] for what, (took, made) in results.items()]
    whole = results["corridor, all added to an empty store"][0]
    return "\n\n".join(
        [
            f"`benchmarks/read_customs_pdfs.py`: {len(files)} files of Viet Nam's customs office. The yardstick is the "
            "PDF library alone, which gives the box of every character on every page.",
            table(["", "time", "of the yardstick", "made"], rows),
            kept(f"Asked for, all added in at most {LIMIT:g} times the yardstick", yes=whole <= LIMIT * yardstick),
        ]
    )


if __name__ == "__main__":
    print(run())
