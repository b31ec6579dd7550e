"""The tables that come with the package, read as UTF-8 text."""

from __future__ import annotations

import csv
from functools import cache
from io import StringIO
from typing import Any


def _text(name: str) -> str:
    from importlib.resources import files  # late, as yaml below: a command that needs no table pays nothing for it

    return files("corridor.codes").joinpath("data", name).read_text(encoding="utf-8")


@cache
def yaml_table(name: str) -> Any:
    """The content of a YAML file in codes/data. It is shared: callers build their own objects from it."""
    import yaml

    # The C loader reads the same language some ten times faster; a source build of PyYAML may lack it.
    return yaml.load(_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def csv_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file in codes/data, every cell as text."""
    return tuple(csv.DictReader(StringIO(_text(name), newline="")))
