"""What importing the indicators brings with it, and what it gives."""

import subprocess
import sys
from types import FunctionType

from corridor import indicators

ALONE = """
import sys
import corridor.indicators
heavy = {"polars", "pandas", "pyarrow", "duckdb", "scipy", "statsmodels", "pyspark", "dask", "ibis"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""

#: Each indicator's own module first, in a new interpreter's state: then the name must still be the function.
ANY_ORDER = """
import importlib, random, sys
from types import FunctionType
import corridor.indicators
names = list(corridor.indicators.INDICATORS)
for turn in range(3):
    random.Random(turn).shuffle(names)
    for first in names[:: 1 if turn == 0 else 7]:
        for module in [name for name in sys.modules if name.startswith("corridor.indicators")]:
            del sys.modules[module]
        own = importlib.import_module(f"corridor.indicators.{first}")
        package = sys.modules["corridor.indicators"]
        wrong = [name for name in names if not isinstance(getattr(package, name), FunctionType)]
        assert not wrong, (first, wrong)
        assert getattr(package, first) is getattr(own, first)
print("good")
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_loads_narwhals_and_numpy_and_no_table_library() -> None:
    assert run(ALONE) == "[]"


def test_a_name_is_a_function_in_any_order_of_imports() -> None:
    assert run(ANY_ORDER) == "good"


def test_all_names_are_functions_of_their_own_file() -> None:
    assert tuple(sorted(indicators.INDICATORS)) == indicators.INDICATORS
    for name in indicators.INDICATORS:
        function = getattr(indicators, name)
        assert isinstance(function, FunctionType)
        assert function.__module__ == f"corridor.indicators.{name}"
        assert function.__name__ == name


def test_every_docstring_ends_with_an_example_and_the_commands_it_replaces() -> None:
    for name in indicators.INDICATORS:
        *_, example, commands = (getattr(indicators, name).__doc__ or "").split("\n\n")
        assert example.strip().startswith("Worked example: "), name
        assert commands.strip().startswith("In Stata: "), name
        assert " In R: " in " ".join(commands.split()), name
