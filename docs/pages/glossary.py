"""docs/glossary.md: the words of reports, from `corridor.codes.glossary`."""

from __future__ import annotations

from corridor.codes import glossary
from corridor.codes.names import LANGUAGES
from pages import markdown


def page() -> str:
    """The page."""
    return markdown.page(
        "# Glossary",
        "The words of reports, as customs offices and ministries use them. The first form is the one that is printed.",
        markdown.table(
            ("English", "Русский", "Tiếng Việt", "note for writers"), [_forms(it) for it in glossary.terms()]
        ),
        "## What they mean",
        markdown.table(("term", "meaning"), map(_meaning, glossary.defined())),
        "## Words that no report prints",
        markdown.table(("language", "word", "why"), [row for lang in LANGUAGES for row in _forbidden(lang)]),
    )


def _forms(term: glossary.Term) -> tuple[str, ...]:
    return (*("; ".join(term.forms(lang)) for lang in LANGUAGES), term.note)


def _meaning(key: str) -> tuple[str, str]:
    return glossary.term(key).preferred("en"), glossary.definition(key, "en")


def _forbidden(lang: str) -> list[tuple[str, str, str]]:
    return [(lang, word, why) for word, why in glossary.forbidden(lang).items()]
