"""Reading and judging over the labelled sentences: the floors that every change must keep."""

import pytest
from labelled import LANGUAGES, Score, score, sentences

PRECISION, RECALL = 0.95, 0.90
FEWEST_SENTENCES = 60


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def scored(lang: str) -> Score:
    return score(lang)


def test_the_corpus_is_large_enough(lang: str):
    assert len(sentences(lang)) >= FEWEST_SENTENCES


def test_some_sentences_claim_nothing(lang: str):
    assert sum(not labels for _, labels in sentences(lang)) >= 5


def test_claims_are_read(scored: Score):
    assert scored.precision >= PRECISION, scored.errors
    assert scored.recall >= RECALL, scored.errors


def test_verdicts_are_right(scored: Score):
    assert scored.verdict_precision >= PRECISION, scored.errors
    assert scored.verdict_recall >= RECALL, scored.errors


def test_every_verdict_and_most_kinds_of_error_are_labelled(lang: str):
    labels = [label for _, found in sentences(lang) for label in found]
    assert {label.verdict for label in labels} == {"agrees", "differs", "unverifiable"}
    assert {label.kind for label in labels} >= {"typo", "unit", "direction", "sign", "percent_point", "base"}
