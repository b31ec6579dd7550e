"""Messages of one language, read from the .po files in locale/<lang>/LC_MESSAGES.

Message ids are keys (``study.title``), the same in every language; the English sentence is a
translation like the others.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from babel.messages.pofile import read_po

from corridor.errors import CorridorError, UsageError

#: The languages of reports.
Lang = Literal["en", "ru", "vi"]
LANGS: tuple[Lang, ...] = get_args(Lang)

#: CLDR locale of each language. International English writes dates and lists the British way.
LOCALES: Mapping[Lang, str] = {"en": "en_GB", "ru": "ru", "vi": "vi"}

#: A message: one text, or one text for each plural form of the language.
Message = str | tuple[str, ...]


class MissingText(CorridorError):
    """A catalogue lacks a message, or has it in another shape than asked."""


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language, with its rule for plural forms (gettext's expression in n)."""

    lang: Lang
    messages: Mapping[str, Message]
    plural: str

    def __contains__(self, key: str) -> bool:
        return key in self.messages

    def is_plural(self, key: str) -> bool:
        """Whether a message has forms for different numbers."""
        return isinstance(self._message(key), tuple)

    def say(self, key: str) -> str:
        """The text of a message without plural forms. Raises `MissingText`."""
        message = self._message(key)
        if isinstance(message, tuple):
            raise MissingText(f"the message {key!r} needs a number to choose its form")
        return message

    def say_many(self, key: str, n: int) -> str:
        """The form of a plural message for ``n`` things. Raises `MissingText`."""
        message = self._message(key)
        return message if isinstance(message, str) else message[gettext.c2py(self.plural)(abs(n))]

    def joined(self, other: Catalogue) -> Catalogue:
        """Both catalogues as one; the other's messages win."""
        return Catalogue(self.lang, {**self.messages, **other.messages}, self.plural)

    def _message(self, key: str) -> Message:
        if key not in self.messages:
            raise MissingText(f"the {self.lang} catalogue has no message {key!r}")
        return self.messages[key]


def language(name: str) -> Lang:
    """The language of that name. Raises `UsageError`."""
    for lang in LANGS:
        if lang == name:
            return lang
    raise UsageError(f"there is no language {name!r}", next_step=f"choose one of {', '.join(LANGS)}")


def read_catalogue(file: Traversable, lang: Lang) -> Catalogue:
    """A catalogue from a .po file; untranslated and fuzzy messages count as missing."""
    with file.open("rb") as stream:
        entries = read_po(stream, locale=lang)
    messages: dict[str, Message] = {}
    for entry in entries:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        message = entry.string if isinstance(entry.string, str) else tuple(entry.string or ())
        if key and message and all(message) and not entry.fuzzy:
            messages[key] = message
    return Catalogue(lang, messages, entries.plural_expr)


@cache
def catalogue(lang: Lang) -> Catalogue:
    """The package's own catalogue of a language: every .po file of its folder."""
    files = catalogue_files(lang)
    return reduce(Catalogue.joined, (read_catalogue(file, lang) for file in files))


def catalogue_files(lang: Lang) -> tuple[Traversable, ...]:
    """The package's .po files of a language, by name."""
    folder = resources.files("corridor.report") / "locale" / lang / "LC_MESSAGES"
    return tuple(sorted((file for file in folder.iterdir() if file.name.endswith(".po")), key=lambda file: file.name))
