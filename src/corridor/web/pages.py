"""Pages set from their parts: one template each, in a language, everything that is put in escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined

from corridor import __version__
from corridor.report.catalogue import LANGS, Lang, catalogue
from corridor.web import choices
from corridor.web.fields import LONGEST, Field
from corridor.web.verbs import MENU, Verb

#: How each language calls itself.
TONGUES = {"en": "English", "ru": "Русский", "vi": "Tiếng Việt"}
COOKIE = "corridor_lang"
_SIDES = ("seller", "market")
#: The pair that the first page begins with.
_FIRST = {"seller": "RUS", "market": "VNM"}


@dataclass(frozen=True)
class Frame:
    """What every page knows: its language, its address, and the pair that the menu leads on with."""

    lang: Lang
    path: str
    query: Mapping[str, str]
    pair: Mapping[str, str]
    said: bool

    def say(self, key: str) -> str:
        """A message of the pages."""
        return catalogue(self.lang).say(f"web.{key}")

    def speak(self, key: str) -> str:
        """A message of the reports."""
        return catalogue(self.lang).say(key)

    def choice(self, field: str, value: str) -> str:
        """What one answer of a question is called; a number or a name of a formula stays as it is."""
        key = f"web.choice.{field}.{value}"
        words = catalogue(self.lang)
        return words.say("web.yes") if value == "yes" else words.say(key) if key in words else value

    def named(self, field: str, code: str) -> str:
        """What a code in a field is called."""
        return choices.named(field, code, self.lang)

    def lists(self, verb: Verb) -> tuple[str, ...]:
        """The lists that the fields of a page offer answers from."""
        return tuple(dict.fromkeys(which for field in verb.fields if (which := self.list_of(field))))

    def list_of(self, field: Field) -> str:
        """The list of one field, or nothing."""
        return choices.LISTS.get(field.name, "") if field.kind == "text" else ""

    def offered(self, which: str) -> choices.Offered:
        """What a field may be answered with: codes and names."""
        return choices.offered(which, self.lang)

    def in_language(self, lang: str) -> str:
        """This page in another language."""
        return f"{self.path}?{urlencode({**self.query, 'lang': lang})}"

    def twin(self) -> str:
        """This page as JSON."""
        path = "/start" if self.path == "/" else self.path
        return f"{path}.json?{urlencode({**self.query, 'lang': self.lang})}"

    def leads(self, verb: Verb) -> str:
        """A page of the menu, about the same pair."""
        sides = {each.name: self.pair[each.role] for each in verb.fields if each.role and self.pair[each.role]}
        return f"/{verb.name}?{urlencode({**sides, **self.beside(verb), 'lang': self.lang})}"

    def beside(self, verb: Verb | None) -> Mapping[str, str]:
        """What an address must say of the pair beside what a page asks, so that the menu still leads on with it."""
        asked = {each.role for each in verb.fields} if verb else set()
        return {side: code for side, code in self.pair.items() if code and side not in asked}

    def whole(self, path: str, verb: Verb | None = None) -> str:
        """An address with the language and what it must say of the pair."""
        return f"{path}?{urlencode({**self.beside(verb), 'lang': self.lang})}"


def frame(request: Request, verb: Verb | None = None) -> Frame:
    """The frame of a request; a language in the address goes before the one chosen last."""
    query = {name: value for name, value in request.query_params.items() if name != "lang"}
    asked = request.query_params.get("lang", "")
    known: list[Lang] = [each for each in LANGS if each in (asked, request.cookies.get(COOKIE))]
    lang = next((each for each in known if each == asked), next(iter(known), LANGS[0]))
    path = "/" + request.url.path.lstrip("/\\").removesuffix(".json")
    return Frame(lang, path, query, _pair(path, query, verb), said=lang == asked)


def _pair(path: str, query: Mapping[str, str], verb: Verb | None) -> Mapping[str, str]:
    """Who sells and who buys: as the page asks it, else as the address says beside."""
    fields = verb.fields if verb else ()
    own: dict[str, str] = {each.role: query.get(each.name, "") for each in fields if each.role}
    said = {side: (own.get(side) or query.get(side, ""))[:LONGEST] for side in _SIDES}
    return _FIRST if path == "/" and not any(said.values()) else said


def page(template: str, of: Frame, **parts: object) -> str:
    """A page of one template."""
    return (
        _environment()
        .get_template(template)
        .render(frame=of, say=of.say, menu=MENU, tongues=TONGUES, version=__version__, **parts)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("corridor.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
