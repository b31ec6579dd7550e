"""Typing errors: whether two printed numbers differ as a slip of the finger makes them differ."""

from __future__ import annotations

from collections.abc import Iterator

# Two digits are too easily alike by chance.
_FEWEST_DIGITS = 3


def as_printed(value: float, step: float) -> str:
    """The digits of a number rounded to a step, without point or leading zeros: 60.4 million to 0.1 is "604"."""
    return str(round(abs(value) / step)) if step else ""


def is_slip(stated: float, official: float, step: float) -> bool:
    """Whether one digit was mistaken, left out, doubled or put in, two were swapped, or the point moved a place."""
    one, other = as_printed(stated, step), as_printed(official, step)
    if len(one) < _FEWEST_DIGITS or one == other:
        return False
    return _one_digit(one, other) or _swapped(one, other) or one in _shorter(other) or other in _shorter(one)


def is_swap(stated: float, official: float, step: float) -> bool:
    """Whether two neighbouring digits changed places."""
    one, other = as_printed(stated, step), as_printed(official, step)
    return len(one) >= _FEWEST_DIGITS and _swapped(one, other)


def is_leading_slip(stated: float, official: float, step: float) -> bool:
    """Whether one digit other than the last was mistaken."""
    one, other = as_printed(stated, step), as_printed(official, step)
    return len(one) >= _FEWEST_DIGITS and one[-1] == other[-1:] and _one_digit(one, other)


def is_point_slip(stated: float, official: float, step: float) -> bool:
    """Whether the decimal point stands one place off."""
    return (
        any(round(abs(official) * factor / step) == round(abs(stated) / step) for factor in (10.0, 0.1))
        if step
        else False
    )


def _one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _swapped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )


def _shorter(text: str) -> set[str]:
    return set(_without_one(text)) if len(text) > _FEWEST_DIGITS else set()


def _without_one(text: str) -> Iterator[str]:
    for place in range(len(text)):
        yield text[:place] + text[place + 1 :]
