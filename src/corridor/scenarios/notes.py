"""Dated notes that a user supplies beside a market-access card: approvals, licences, payment, transport, sanctions.

    notes:
      - {products: ["0203"], partner: "RUS", subject: "veterinary", text: "Twelve plants are listed.", author: "N. N.",
         date: 2026-03-01, address: "https://example.org/list"}

No note is ever generated, and one without author, date and address is refused.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from corridor.scenarios.forms import Code, Form, Text, read_form

Subject = Literal[
    "veterinary", "plant_health", "licence", "payment", "transport", "sanctions", "trade_remedy", "origin", "other"
]


class Note(Form):
    """What somebody knows about access with some goods; ``products`` are the codes' beginnings, none = all goods."""

    products: tuple[Code, ...] = ()
    partner: Code | None = None
    subject: Subject
    text: Text
    author: Text
    date: datetime.date
    address: Text

    def concerns(self, product: str, partner: str) -> bool:
        """Whether the note is about a line and a partner."""
        return self.partner in (None, partner) and (not self.products or product.startswith(self.products))


class Notes(Form):
    """A file of notes."""

    notes: Annotated[tuple[Note, ...], Field(min_length=1)]


def parse(text: str, name: str) -> tuple[Note, ...]:
    """The notes in a YAML text; ``name`` is for messages. Raises `forms.BrokenForm` in one line."""
    return read_form(Notes, text, name).notes
