"""What a field may be answered with, for a browser to offer: codes with their names in the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from corridor.codes import areas, products
from corridor.errors import UnknownName
from corridor.report.catalogue import Lang
from corridor.report.names import capital
from corridor.sources import card, source_ids

#: Which list a field takes its answers from; another field has none.
LISTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("exporter", "importer", "partner", "reporter", "one", "other", "statistics", "seller", "market"), "economies"
    ),
    "source": "publishers",
    "code": "regions",
    "product": "groups",
}
Offered = tuple[tuple[str, str], ...]


@lru_cache(maxsize=32)
def offered(which: str, lang: Lang) -> Offered:
    """A list by its name: codes and names, in the order of the names."""
    if which == "economies":
        return _sorted((code, areas.name(code, lang)) for code in areas.codes("country"))
    if which == "publishers":
        return _sorted((source, getattr(card(source).title, lang)) for source in source_ids())
    if which == "regions":
        return _sorted((code, areas.name(code, lang)) for country in ("RUS", "VNM") for code in areas.regions(country))
    return _sorted((code, capital(products.name(code, lang))) for code in products.codes())


def _sorted(found: Iterable[tuple[str, str]]) -> Offered:
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


def named(field: str, code: str, lang: Lang) -> str:
    """What a code in a field is called, or nothing where the field holds no code or it is unknown."""
    which = LISTS.get(field)
    if which in ("economies", "regions") and code:
        try:
            return areas.name(areas.find(code).code, lang)
        except UnknownName:
            return ""
    return dict(offered(which, lang)).get(code, "") if which else ""
