"""Names of places in the grammar of a sentence: Russian cases and prepositions, English articles.

A message says ``{partner:to}`` in every language; this module knows that it becomes "to the Philippines",
"на Филиппины" or "sang Philippines". Regular Russian names follow the endings; the others are listed in
locale/ru/cases.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Literal, get_args

import yaml

from corridor.errors import UsageError
from corridor.report.catalogue import Lang

#: The part a place plays in a sentence; ``the`` is the bare name with the article it needs.
Role = Literal["the", "of", "to", "from", "with", "in"]
ROLES: tuple[Role, ...] = get_args(Role)

_ENGLISH: Mapping[Role, str] = {"the": "", "of": "of ", "to": "to ", "from": "from ", "with": "with ", "in": "in "}
_VIETNAMESE: Mapping[Role, str] = {
    "the": "", "of": "của ", "to": "sang ", "from": "từ ", "with": "với ", "in": "tại ",
}  # fmt: skip

# Names that begin or end with a common noun take the article in English.
_ARTICLE = re.compile(
    r"^(United|Russian Federation|Republic|Kingdom|Democratic|Netherlands|Philippines|Gambia|Bahamas|Maldives"
    r"|Seychelles|Comoros|Congo|Central African|Czech Republic|Dominican Republic|Holy See|Eurasian|European)"
    r"|\b(Islands|Republic|Federation|Union|Territories|Territory)$"
)

#: The case of a Russian period: after "к" (dative), after "по сравнению с" (instrumental).
PeriodCase = Literal["dative", "instrumental"]
PERIOD_CASES: tuple[PeriodCase, ...] = get_args(PeriodCase)
_MONTHS: Mapping[str, tuple[str, str]] = {
    "январь": ("январю", "январём"), "февраль": ("февралю", "февралём"), "март": ("марту", "мартом"),
    "апрель": ("апрелю", "апрелем"), "май": ("маю", "маем"), "июнь": ("июню", "июнем"),
    "июль": ("июлю", "июлем"), "август": ("августу", "августом"), "сентябрь": ("сентябрю", "сентябрём"),
    "октябрь": ("октябрю", "октябрём"), "ноябрь": ("ноябрю", "ноябрём"), "декабрь": ("декабрю", "декабрём"),
    "квартал": ("кварталу", "кварталом"),
}  # fmt: skip
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")

_HARD_SIBILANT = "жшчщц"
_VELAR = "гкх"
_CONSONANT = "бвгджзклмнпрстфхцчшщ"

# (ending, number of letters to drop, the endings of the four cases)
_ENDINGS: tuple[tuple[str, int, tuple[str, str, str, str]], ...] = (
    ("ия", 1, ("и", "ю", "ей", "и")),
    ("ий", 1, ("я", "й", "ем", "и")),
    ("я", 1, ("и", "ю", "ей", "е")),
    ("а", 1, ("ы", "у", "ой", "е")),
    ("й", 1, ("я", "й", "ем", "е")),
    ("ь", 1, ("я", "ь", "ем", "е")),
)

# What regions are called: the end of the name and its four cases.
_REGIONS: Mapping[str, tuple[str, str, str, str]] = {
    "ая область": ("ой области", "ую область", "ой областью", "ой области"),
    "ая Республика": ("ой Республики", "ую Республику", "ой Республикой", "ой Республике"),
    "ий край": ("ого края", "ий край", "им краем", "ом крае"),
    "ий автономный округ": (
        "ого автономного округа", "ий автономный округ", "им автономным округом", "ом автономном округе",
    ),
    "ий федеральный округ": (
        "ого федерального округа", "ий федеральный округ", "им федеральным округом", "ом федеральном округе",
    ),
    "ый федеральный округ": (
        "ого федерального округа", "ый федеральный округ", "ым федеральным округом", "ом федеральном округе",
    ),
}  # fmt: skip


def placed(name: str, role: Role, lang: Lang) -> str:
    """A place's name in its role in a sentence of that language."""
    speak: Mapping[Lang, Callable[[str, Role], str]] = {"en": _english, "ru": _russian, "vi": _vietnamese}
    return speak[lang](name, role)


def role(word: str) -> Role:
    """The role of that name. Raises `UsageError`."""
    for known in ROLES:
        if known == word:
            return known
    raise UsageError(f"a place plays no role {word!r} in a sentence", next_step=f"use one of {', '.join(ROLES)}")


def _english(name: str, role: Role) -> str:
    return _ENGLISH[role] + ("the " if _ARTICLE.search(name) else "") + name


def _vietnamese(name: str, role: Role) -> str:
    return _VIETNAMESE[role] + name


def _russian(name: str, role: Role) -> str:
    if role == "the":
        return name
    genitive, accusative, instrumental, prepositional = cases(name)
    on = name in _listed("places_with_na")
    spoken: Mapping[str, Callable[[], str]] = {
        "of": lambda: genitive,
        "to": lambda: f"{'на' if on else _into(accusative)} {accusative}",
        "from": lambda: f"{_with(genitive) if on else 'из'} {genitive}",
        "with": lambda: f"{_with(instrumental)} {instrumental}",
        "in": lambda: f"{'на' if on else _into(prepositional)} {prepositional}",
    }
    return spoken[role]()


def dated(period: str, case: PeriodCase, lang: Lang) -> str:
    """A period's name in its case: "к январю–июлю 2025 г."; other languages and bare years do not decline."""
    if lang != "ru":
        return period
    place = PERIOD_CASES.index(case)
    return _MONTH.sub(lambda match: _MONTHS[match[0]][place], period)


def cases(name: str) -> tuple[str, str, str, str]:
    """Genitive, accusative, instrumental and prepositional of a Russian name of a place.

    Names in no list and of no known ending (Перу, Чили, abbreviations) do not decline.
    """
    known = _listed("cases").get(name)
    if known is not None:
        return (known[0], known[1], known[2], known[3])
    return _region(name) or _regular(name)


def _regular(name: str) -> tuple[str, str, str, str]:
    if name.isupper() or " " in name:
        return (name,) * 4
    for ending, drop, forms in _ENDINGS:
        if name.endswith(ending):
            stem = name[:-drop]
            return _spelled(stem, forms)
    if name[-1:] in _CONSONANT:
        return _spelled(name, ("а", "", "ом", "е"))
    return (name,) * 4


def _spelled(stem: str, forms: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    # Spelling rules: no ы after г, к, х and sibilants; unstressed о becomes е after sibilants and ц.
    genitive, accusative, instrumental, prepositional = (stem + form for form in forms)
    if genitive.endswith("ы") and stem[-1] in _VELAR + _HARD_SIBILANT.replace("ц", ""):
        genitive = stem + "и"
    if stem[-1:] in _HARD_SIBILANT:
        instrumental = re.sub("о(й|м)$", r"е\1", instrumental)
    return genitive, accusative, instrumental, prepositional


def _region(name: str) -> tuple[str, str, str, str] | None:
    if name.startswith("Республика "):
        rest = name.removeprefix("Республика")
        return (f"Республики{rest}", f"Республику{rest}", f"Республикой{rest}", f"Республике{rest}")
    for ending, (genitive, accusative, instrumental, prepositional) in _REGIONS.items():
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return (stem + genitive, stem + accusative, stem + instrumental, stem + prepositional)
    return None


def _into(form: str) -> str:
    return "во" if re.match(f"[ВФ][{_CONSONANT}ь]", form) else "в"


def _with(form: str) -> str:
    return "со" if re.match(f"[СЗШЖ][{_CONSONANT}]", form) else "с"


@cache
def _listed(key: str) -> Mapping[str, list[str]]:
    file = resources.files("corridor.report") / "locale" / "ru" / "cases.yml"
    content: dict[str, Mapping[str, list[str]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content[key]
