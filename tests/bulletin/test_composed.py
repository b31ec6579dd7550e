"""Whole texts put together at random from many wordings: what each line says must be read in all of them."""

import pytest
from composed import composed, languages
from forms_of import faults

TEXTS, PRECISION, RECALL = 150, 0.95, 0.90


@pytest.mark.parametrize("lang", languages())
def test_composed_texts_are_read(lang: str):
    missed = invented = labels = 0
    for seed in range(TEXTS):
        made = composed(lang, seed)
        found = faults(made.text, made.labels)
        labels += len(made.labels)
        missed += sum(fault.startswith("missed") for fault in found)
        invented += sum(fault.startswith("not said") for fault in found)
    right = labels - missed
    assert right >= RECALL * labels, (right, labels)
    assert right >= PRECISION * (right + invented), (right, invented)


def test_the_same_number_makes_the_same_text():
    assert composed("en", 7) == composed("en", 7)
