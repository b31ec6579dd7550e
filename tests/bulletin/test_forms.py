"""Wordings of one thing after the other: what trade offices write must be read, whatever words they choose."""

from collections import Counter

import pytest
from forms_of import faults, forms, languages

MOST_WRONG, MOST_WRONG_OF_A_KIND = 0.03, 0.10


@pytest.mark.parametrize("lang", languages())
def test_wordings_are_read(lang: str):
    told = list(forms(lang))
    wrong = [(slot, text, found) for slot, text, labels in told if (found := faults(text, labels))]
    assert len(wrong) <= MOST_WRONG * len(told), wrong
    kinds, wrong_kinds = Counter(slot for slot, *_ in told), Counter(slot for slot, *_ in wrong)
    assert not [slot for slot in kinds if wrong_kinds[slot] > MOST_WRONG_OF_A_KIND * kinds[slot]], wrong
