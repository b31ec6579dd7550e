"""Classes of products that come with the package: ranges of codes, by scheme.

``data/class_ranges.csv``, every cell text: scheme, classification, first and last code of a range (codes below them
belong to it), class. ``HS`` means any revision of the Harmonised System. The schemes:

- ``bec4_end_use``: capital, intermediate and consumption goods by the basic classes of the System of National Accounts
  (United Nations, BEC Rev. 4, Statistical Papers M 53, 2002, section on the SNA classes); motor spirit, passenger cars
  and goods not specified are ``other``.
- ``bec4_stage``: primary, processed, parts and components, capital and consumption goods (Lemoine and Ünal-Kesenci,
  2004, World Development 32(5), their grouping of BEC Rev. 4).
- ``ru_processing``: degree of processing of Russia's exports: raw energy, raw non-energy, and lower, middle and upper
  processing, which make up the non-resource non-energy exports. **Approximate and ours**: the official list was not to
  be had; a list added by the user takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from corridor.codes._resources import csv_rows

#: Schemes of the package that nobody official stands behind.
APPROXIMATE = frozenset({"ru_processing"})


def bundled_ranges() -> tuple[Mapping[str, str], ...]:
    """The ranges as rows: ``scheme, classification, from, to, class``."""
    return csv_rows("class_ranges.csv")
