"""Every wording of forms/ is read as it says."""

from functools import cache
from pathlib import Path

import pytest
import yaml
from forms_of import faults, forms
from labelled import Label

_FILES = sorted((Path(__file__).parent / "forms").glob("*.yml"))
_SLOTS = [(file.stem, slot) for file in _FILES for slot in yaml.safe_load(file.read_text(encoding="utf-8"))]


@cache
def _wordings(lang: str) -> tuple[tuple[str, str, list[Label]], ...]:
    return tuple(forms(lang))


@pytest.mark.parametrize(("lang", "slot"), _SLOTS)
def test_wordings_are_read(lang: str, slot: str):
    told = [(text, faults(text, labels)) for here, text, labels in _wordings(lang) if here == slot]
    assert told
    assert not [(text, wrong) for text, wrong in told if wrong]
