"""Lines that stand above a table: statements without a language, and the words and numbers that fill them."""

from __future__ import annotations

from collections.abc import Iterable

from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.catalogue import language
from corridor.report.text import voice

#: How files are added, as it is typed.
ADD = "corridor add PATH"


def lines(found: Iterable[Finding], lang: str) -> tuple[str, ...]:
    """Each statement as a line of that language. Raises `UsageError` for a language that there is not."""
    spoken = voice(language(lang))
    return tuple(spoken.text(each) for each in found)


def joined(found: Iterable[Finding], lang: str) -> str:
    """Statements as one line, a semicolon between them."""
    return "; ".join(lines(found, lang))


def said(key: str, **parts: Parameter | str | int) -> Finding:
    """A statement; a plain text fills it as it is, a whole number as a count."""
    return Finding(key, {name: _part(value) for name, value in parts.items()})


def words(texts: Iterable[object]) -> tuple[Name, ...]:
    """Several texts, to be listed as they are."""
    return tuple(Name("text", str(each)) for each in texts)


def area(code: str) -> Name:
    """An economy or a region, to be named in the language."""
    return Name("area", code)


def _part(value: Parameter | str | int) -> Parameter:
    if isinstance(value, str):
        return Name("text", value)
    return Measure(value, "count") if isinstance(value, int) else value
