"""What classifications of goods are called: our codes, and the ways in which publishers write them.

The codes are those of the United Nations' data base: ``H0`` (Harmonised System of 1988 and 1992) to ``H6`` (2022),
``S1`` to ``S4`` (SITC), ``B4`` and ``B5`` (BEC), ``I2``, ``I3``, ``I31`` and ``I4`` (ISIC). Ours besides: ``TNVED``
(the Eurasian union's nomenclature), ``AHTN2022`` (ASEAN's), ``VNC`` (groups of Viet Nam's customs).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corridor.errors import UnknownName


@dataclass(frozen=True)
class Classification:
    """One classification: its code, its name as one would cite it, and the lengths of its codes, coarsest first."""

    code: str
    name: str
    levels: tuple[int, ...]

    @property
    def finest(self) -> int:
        """The length of its finest codes; 0 where they are words."""
        return self.levels[-1] if self.levels else 0


_HS = (2, 4, 6)

CLASSIFICATIONS: Mapping[str, Classification] = {
    each.code: each
    for each in (
        Classification("HS", "HS, revision not stated", _HS),
        Classification("H0", "HS 1988/1992", _HS),
        Classification("H1", "HS 1996", _HS),
        Classification("H2", "HS 2002", _HS),
        Classification("H3", "HS 2007", _HS),
        Classification("H4", "HS 2012", _HS),
        Classification("H5", "HS 2017", _HS),
        Classification("H6", "HS 2022", _HS),
        Classification("S1", "SITC Rev. 1", (1, 2, 3, 4, 5)),
        Classification("S2", "SITC Rev. 2", (1, 2, 3, 4, 5)),
        Classification("S3", "SITC Rev. 3", (1, 2, 3, 4, 5)),
        Classification("S4", "SITC Rev. 4", (1, 2, 3, 4, 5)),
        Classification("B4", "BEC Rev. 4", (1, 2, 3)),
        Classification("B5", "BEC Rev. 5", (1, 2, 3, 4, 5, 6)),
        Classification("I2", "ISIC Rev. 2", (1, 2, 3, 4)),
        Classification("I3", "ISIC Rev. 3", (1, 2, 3, 4)),
        Classification("I31", "ISIC Rev. 3.1", (1, 2, 3, 4)),
        Classification("I4", "ISIC Rev. 4", (1, 2, 3, 4)),
        Classification("EB02", "EBOPS 2002", ()),
        Classification("EB10", "EBOPS 2010", ()),
        Classification("HSC", "HS, all revisions in one list (WITS)", _HS),
        Classification("TNVED", "TN VED", (2, 4, 6, 10)),
        Classification("AHTN2022", "AHTN 2022", (2, 4, 6, 8)),
        Classification("WITSG", "World Bank's groups of goods", ()),
        Classification("ATLAS", "Atlas: services and goods not specified", ()),
        Classification("VNC", "Viet Nam customs' groups", ()),
    )
}

#: Years in which a revision of the Harmonised System came into force, and its code.
HS_REVISIONS: Mapping[int, str] = {
    1988: "H0", 1992: "H0", 1996: "H1", 2002: "H2", 2007: "H3", 2012: "H4", 2017: "H5", 2022: "H6",
}  # fmt: skip

#: Classifications of services, which no table of goods is to be mixed with.
SERVICES = frozenset({"EB02", "EB10"})

# Lists of several revisions, and nomenclatures that divide the Harmonised System further.
_LIKE_HS = frozenset({"HS", "HSC", "TNVED", "AHTN2022"})

#: Spellings after everything but letters and digits is taken out, in capitals: pattern -> prefix of our code.
_SPELLINGS = (
    (re.compile(r"(?:SITC|S)(?:REV|REVISION)?([1-4])"), "S"),
    (re.compile(r"BEC(?:REV|REVISION)?([45])?"), "B"),
    (re.compile(r"(?:ISIC|I)(?:REV|REVISION)?(2|31|3|4)"), "I"),
)
_HS_YEAR = re.compile(r"HS(?:HS)?((?:19|20)?\d\d)(?:92|1992)?")


def classification(code: str) -> Classification:
    """The classification of an exact code; `UnknownName` otherwise."""
    if code not in CLASSIFICATIONS:
        raise UnknownName(f"no classification is called “{code}”", next_step=f"there are: {', '.join(CLASSIFICATIONS)}")
    return CLASSIFICATIONS[code]


def find(text: str) -> str | None:
    """The code of the classification that a heading names (``HS 2012``, ``SITC, Rev. 3``, ``HS17``), else None."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    if plain in CLASSIFICATIONS:
        return plain
    if year := _HS_YEAR.fullmatch(plain):
        return HS_REVISIONS.get(_full_year(year[1]))
    for pattern, prefix in _SPELLINGS:
        if found := pattern.fullmatch(plain):
            # The United Nations write plain BEC for the fourth revision.
            return prefix + (found[1] or "4")
    return None


def has_levels(code: str) -> bool:
    """Whether a classification's codes come in several lengths, the longer ones parts of the shorter."""
    return code in CLASSIFICATIONS and len(CLASSIFICATIONS[code].levels) > 1


def counts_as_hs(code: str) -> bool:
    """Whether the first six digits of a classification's codes are the Harmonised System's, in whatever revision."""
    return is_hs(code) or code in _LIKE_HS


def is_hs(code: str) -> bool:
    """Whether a classification is a revision of the Harmonised System."""
    return code in HS_REVISIONS.values()


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if year > 99 else year + (1900 if year >= 88 else 2000)
