"""YAML of strangers: sound or refused, never an exception of another kind."""

import pytest
import yaml

from corridor.codes import strict_yaml


def test_a_sound_text_is_what_it_says() -> None:
    assert strict_yaml.load('a: "0901"\nb: [1, 2]') == {"a": "0901", "b": [1, 2]}


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2", "{{7*7}}", "? [a]\n: 1", "9" * 5000, "day: 2025-99-99", "[" * 5000, "a: 'b"]
)
def test_what_is_not_sound_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        strict_yaml.load(text)
