"""Precision and recall of reading and checking, over the labelled sentences of tests/bulletin/corpus.

Run with the package on the path: ``python benchmarks/check_texts.py [--errors]``. The corpus is the project's own.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "bulletin"))

import measuring
from labelled import LANGUAGES, score

SECTION = "Reading and checking published texts"


def run() -> str:
    return measuring.printed("check_texts.py")


def main() -> None:
    shown = "--errors" in sys.argv
    for lang in LANGUAGES:
        began = time.perf_counter()
        result = score(lang)
        seconds = time.perf_counter() - began
        print(f"{lang}: {result.line()} ({seconds:.1f} s)")
        if shown:
            print(*result.errors, sep="\n")


if __name__ == "__main__":
    main()
