"""A source's card: what is to be known about a publisher before a row of it is read.

The card is the file ``source.yml`` of a source's folder. It is a form: an unknown key, a missing answer, a
key written twice and a code that YAML took for a number or a truth value are refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from corridor.codes import compilation, strict_yaml
from corridor.errors import CorridorError, Where

Language = Literal["en", "ru", "vi"]
Flow = Literal["export", "import", "re_export", "re_import"]
Freq = Literal["A", "Q", "M", "H"]


def _as_printed(text: str) -> str:
    """Refuse a label that could never equal a label read from a file: those are NFC with single blanks."""
    if text != " ".join(unicodedata.normalize("NFC", text).split()):
        raise ValueError(f"label {text!r} must be in Unicode NFC with single blanks")
    return text


Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
Label = Annotated[str, StringConstraints(strict=True, min_length=1), AfterValidator(_as_printed)]
#: ISO 3166 code of a country or region, the code of a group, or a special partner such as _V03.
AreaCode = Annotated[str, StringConstraints(strict=True, pattern=r"^_?[A-Z][A-Z0-9]{1,5}(-[A-Z0-9]{1,3})?$")]
ProductCode = Annotated[str, StringConstraints(strict=True, pattern=r"^(TOTAL|[0-9]{2,10}|[a-z][a-z0-9_]*)$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Title(_Form):
    """One text in the three languages of reports."""

    en: Text
    ru: Text
    vi: Text

    def in_language(self, lang: Language) -> str:
        """The text in one language."""
        return {"en": self.en, "ru": self.ru, "vi": self.vi}[lang]


class _Dated(_Form):
    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether ``on`` lies in the dates, both included; an open end holds for ever."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class PublisherName(Title, _Dated):
    """The publisher's name while it was called so; ``from`` and ``until`` are dates of print."""


class Publisher(_Form):
    """Who publishes: home area, address, and names with their dates."""

    area: AreaCode
    url: Text
    names: Annotated[tuple[PublisherName, ...], Field(min_length=1)]

    def name(self, lang: Language, on: date | None = None) -> str:
        """The name the publisher bore on a date of print, or bears now; the last one listed where none fits."""
        fitting = [name for name in self.names if on is not None and name.holds(on)]
        return (fitting or list(self.names))[-1].in_language(lang)


class Calendar(_Form):
    """A table that the publisher prints regularly: a period in it for which no file is held is a gap of ours.

    ``cumulative`` says whether it has a year-to-date column beside the period's, ``by_partner`` whether it tells
    partners apart: a table without them says nothing of a pair.
    """

    table: Text
    flow: Flow
    freq: Freq
    since: date
    until: date | None = None
    release: Literal["first", "revised", "official"] = "first"
    cumulative: bool = True
    by_partner: bool = True


def _answers(given: object, about: ValidationInfo) -> object:
    """Refuse an answer that is none of those to its question."""
    possible = compilation.ANSWERS[str(about.field_name)]
    wrong = [each for each in (given if isinstance(given, tuple) else (given,)) if each not in possible]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is none of: {', '.join(possible)}")
    return given


Answer = Annotated[Text, AfterValidator(_answers)]
Answers = Annotated[tuple[Text, ...], Field(min_length=1), AfterValidator(_answers)]


class Compilation(_Form):
    """How the figures are compiled: one answer of `codes.compilation.ANSWERS` to each question.

    ``left_out`` may have several. ``grounds`` says, in English, where the answers come from.
    """

    trade_system: Answer
    partner_of_exports: Answer
    partner_of_imports: Answer
    time_of_recording: Answer
    left_out: Answers
    confidentiality: Answer
    revisions: Answer
    grounds: Text

    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The answers to each question, in the order of `codes.compilation.ANSWERS`."""
        given = {question: getattr(self, question) for question in compilation.ANSWERS}
        return {question: each if isinstance(each, tuple) else (each,) for question, each in given.items()}


class ProductLabel(_Dated):
    """A printed product label and our code; ``flow`` and the dates narrow it where needed.

    The dates are those of the table: the last day of the period it covers.
    """

    label: Label
    code: ProductCode
    flow: Flow | None = None


def _product_labels(given: object) -> object:
    """Accept the short form ``label: code`` beside the list of `ProductLabel`."""
    if isinstance(given, Mapping):
        return tuple({"label": label, "code": code} for label, code in given.items())
    return given


class Card(_Form):
    """What is known about a source; the answers of its ``source.yml``."""

    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]*$")]
    title: Title
    publisher: Publisher
    #: 1 national publisher, 2 international organisation, 3 republisher or press.
    rank: Literal[1, 2, 3]
    official: bool
    languages: Annotated[tuple[Text, ...], Field(min_length=1)]
    licence: Text
    citation: Text
    address: Text
    tried_on: Text
    valuation: Mapping[Flow, Literal["fob", "cif"]]
    #: How the flows are compiled; left out by a source without flows.
    compilation: Compilation | None = None
    notes: tuple[Text, ...] = ()
    calendar: tuple[Calendar, ...] = ()
    #: Classification our product codes belong to, e.g. VNC; null where the source prints no products.
    classification: Text | None = None
    #: Tables in which a partner's rows add up to its printed total, so that a block can be checked.
    adds_up: tuple[Text, ...] = ()
    areas: Mapping[Label, AreaCode]
    products: Annotated[tuple[ProductLabel, ...], BeforeValidator(_product_labels)]
    units: Mapping[Label, Literal["", "t", "piece"]]

    @model_validator(mode="after")
    def _products_are_of_a_classification(self) -> Card:
        if bool(self.products) != bool(self.classification):
            raise ValueError("products and classification go together: give both or neither")
        return self

    @model_validator(mode="after")
    def _flows_are_compiled_somehow(self) -> Card:
        if bool(self.valuation) != bool(self.compilation):
            raise ValueError("valuation and compilation go together: a source of flows has both, another neither")
        return self

    def compiled(self) -> Mapping[str, tuple[str, ...]]:
        """How the flows are compiled, by question; empty for a source without flows."""
        return self.compilation.answers() if self.compilation else {}

    def product(self, label: str, flow: str, on: date) -> str | None:
        """Our code for a printed label; ``on`` is the last day the table covers. None where the card knows none."""
        for known in self.products:
            if known.label == label and known.flow in (None, flow) and known.holds(on):
                return known.code
        return None


class BrokenCard(CorridorError):
    """A source.yml that is not a complete and sound form."""


def parse_card(text: str, name: str) -> Card:
    """The card in a YAML text; ``name`` is for messages. Raises `BrokenCard` naming the first fault and its place."""
    try:
        return Card.model_validate(strict_yaml.load(text, own=True))
    except yaml.YAMLError as fault:
        raise BrokenCard(f"not sound YAML: {fault}", where=Where(file=name)) from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BrokenCard(f"{place or 'the card'}: {first['msg']}", where=Where(file=name)) from None
