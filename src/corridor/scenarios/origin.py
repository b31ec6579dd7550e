"""Rules of origin of the agreement between the Eurasian Economic Union and Viet Nam that can be computed.

Chapter 4 of the agreement (articles 4.3 to 4.25), signed 29 May 2015, in force 5 October 2016. Product-specific rules
(annex 3) and the list of offshore territories (annex 4) are the user's to supply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from corridor.codes.names import nearest
from corridor.errors import UnknownName, UsageError
from corridor.scenarios.days import months_later

#: Share of the FOB value that materials failing the change of tariff heading may have, article 4.8.
DE_MINIMIS = 0.10
#: Months a certificate of origin (form EAV) is valid, article 4.16; duplicates count from the original's day, 4.20.
CERTIFICATE_MONTHS = 12
#: US dollars of customs value up to which no certificate is asked for, article 4.17.
NO_CERTIFICATE_UP_TO = 200.0

#: Operations that confer no origin, alone or together, article 4.6.
INSUFFICIENT_OPERATIONS: Mapping[str, str] = {
    "preserving": "keeping goods in good condition during transport and storage",
    "freezing": "freezing or thawing",
    "packaging": "packaging and re-packaging",
    "washing": "washing, cleaning, removal of dust, oil, paint",
    "ironing": "ironing or pressing of textiles",
    "colouring": "colouring, polishing, varnishing, oiling",
    "husking": "husking, bleaching, polishing and glazing of cereals and rice",
    "sugar": "colouring of sugar or forming of sugar lumps",
    "peeling": "peeling, removal of stones and shells from fruits, nuts and vegetables",
    "sharpening": "sharpening, grinding",
    "cutting": "cutting",
    "sorting": "sifting, screening, sorting, classifying",
    "bottling": "bottling, canning, placing in bags or boxes and other simple packing",
    "marking": "affixing or printing marks, labels, logos",
    "mixing": "simple mixing, of different kinds or not",
    "assembly": "simple assembly of parts, or disassembly",
    "slaughter": "slaughter of animals, sorting of meat",
}


def value_added_content(fob: float, non_originating: float) -> float:
    """Value-added content, a share of the FOB value: ``(fob - non_originating) / fob``, article 4.5.

    Both in one currency. Non-originating materials count at CIF at importation, or at the earliest ascertained amount
    paid in the party, without inland freight, insurance and packing. May be negative.

    Raises: UsageError for an FOB value that is not positive or materials below zero.

    Worked example: FOB 100, materials 55: 45 %; a threshold of 40 % is met, one of 50 % is not.
    """
    _amounts(fob, non_originating)
    return (fob - non_originating) / fob


def within_de_minimis(fob: float, not_shifting: float) -> bool:
    """Whether materials that do not change their heading are at most 10 % of FOB, article 4.8.

    They still count as non-originating in `value_added_content`. Worked example: a shirt of 20.00 with such thread for
    1.90 (9.5 %) originates, with thread for 2.10 (10.5 %) it does not.
    """
    _amounts(fob, not_shifting)
    return not_shifting <= DE_MINIMIS * fob


def confers_origin(operations: Iterable[str]) -> bool:
    """Whether at least one operation goes beyond those of article 4.6.

    ``operations`` are keys of `INSUFFICIENT_OPERATIONS`, or ``working`` for anything beyond them; an operation is
    simple where it needs no special skill and no specially designed machine. Shelling imported cashew nuts
    (``peeling``) and freezing imported fish (``freezing``) confer no origin.

    Raises: UnknownName for a word outside the list.
    """
    named = list(operations)
    for each in named:
        if each != "working" and each not in INSUFFICIENT_OPERATIONS:
            near = nearest(each, {key: key for key in (*INSUFFICIENT_OPERATIONS, "working")})
            raise UnknownName(f"no operation is called {each}", next_step=f"nearest: {', '.join(near) or 'none'}")
    return "working" in named


def last_day_of_certificate(issued: date) -> date:
    """The last day on which an import declaration may rest on a certificate issued on a day, article 4.16.

    The period ends with the day of the same number twelve months later, that day included: a certificate of
    10 January 2025 is good on 10 January 2026 and no longer on the 11th.
    """
    return months_later(issued, CERTIFICATE_MONTHS)


def certificate_admissible(issued: date, declared: date) -> bool:
    """Whether a certificate issued on a day serves a declaration of another day. For duplicates the original's day."""
    return issued <= declared <= last_day_of_certificate(issued)


def certificate_needed(customs_value_usd: float) -> bool:
    """Whether a consignment needs a certificate: one of at most 200 US dollars does not, article 4.17."""
    return customs_value_usd > NO_CERTIFICATE_UP_TO


def _amounts(fob: float, part: float) -> None:
    if not fob > 0:
        raise UsageError(f"an FOB value of {fob:g} is not positive")
    if not part >= 0:
        raise UsageError(f"materials of {part:g} are below zero")
