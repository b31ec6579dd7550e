"""Whole texts composed at random from the wordings of parts/, each with the labels that its wordings imply.

One file a language. ``parts`` holds kinds of wordings, each wording a text with gaps and the labels it ``reads``:

- a plan (``plans``) is a list of kinds, put together line by line; ``kind*3`` stands for up to three of a kind, a kind
  in square brackets may be left out, kinds joined by ``|`` are alternatives, and kinds joined by ``+`` are sentences of
  one line;
- gaps for numbers have a letter and a digit: ``{a1}`` an amount in millions, ``{b1}`` in billions, ``{c1}`` in
  thousands, ``{n1}`` in millions that a heading tells, ``{v1}`` tonnes, ``{w1}`` thousand tonnes, ``{u1}`` dollars a
  tonne (``{k1}`` without the tonne), ``{g1}`` a change in per cent, ``{s1}`` a share, ``{m1}`` a multiple, ``{r1}`` a
  rank;
- ``{rise:g1}``, ``{fall:g1}`` say a change with a wording of ``slots``, ``{change:g1}`` with one of either sort (and
  ``{change.verb:g1}`` with one of ``rise.verb`` or ``fall.verb``); the gap ``{x}`` inside is the number without a sign;
- ``{p1}`` is a product's name (``{p0}`` the same in the whole text), ``{home}`` and ``{away}`` the two economies,
  ``{third}`` another one, ``{period.at}`` and ``{period.name}`` the period of the text, ``{run.at}`` the one since
  January, ``{before.at}`` the same period a year before, ``{now.at}`` that of the section, ``{previous.at}`` the one
  just before it, ``{last.at}`` its last month, ``{issued.date}`` the month after it, ``{flow}`` the section's flow; a
  case form follows after a dot: ``{p1.of}``, ``{home.with}``, or ``cap`` for a product with a capital;
- ``{change.p1:g1}`` agrees with a product: the wording is that of its form ``gender`` (``rise.f``);
- ``{i}`` is the place of an item in its list;
- any other gap is a slot: one of its wordings is put there, and may have gaps itself.

A wording with ``flow`` (export, import), ``period`` (run, before, period) or ``holds: true`` says something that holds
for the lines after it: whose flow they are of, which period. One with ``only`` (month, quarter, run, year) is said in
texts on such a period alone. Half of the lists keep to one wording, half of the texts part their lines by blank ones.
Of two full stops, an abbreviation's and the sentence's, one is left.

A label names flow, product, measure and number: ``export p1 value a1``. ``flow`` instead of a flow is the one of the
section; ``@period``, ``@run``, ``@before``, ``@last`` after them name another period than the section's, ``@wld`` a
flow with the whole world, ``@third`` with ``{third}``, ``@mirror`` the other economy's books. ``-a1`` is the number
with a minus.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from labelled import Label

from corridor.bulletin.claims import mirrored
from corridor.bulletin.when import When
from corridor.codes import products

_PARTS = Path(__file__).parent / "parts"
_GAP = re.compile(r"\{([^{}]+)\}")
_GOOD = r"p\d"
_PERIODS = ("period", "run", "before", "now", "previous", "last", "issued")
_NUMBER = re.compile(r"[abcknvwugsmr]\d$")
_UNITS = {
    "value": "USD",
    "balance": "USD",
    "unit_value": "USD",
    "volume": "t",
    "share": "percent",
    "multiple": "ratio",
    "rank": "rank",
}
_SCALES = {"a": 1e6, "n": 1e6, "b": 1e9, "c": 1e3, "w": 1e3}
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Part:
    """A line or a sentence of a text: its kind, its words, the labels they imply, and what parts it from the next."""

    kind: str
    text: str
    labels: tuple[Label, ...]
    holds: bool
    end: str = "\n"


@dataclass(frozen=True)
class Composed:
    """A text and what must be read in it."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentences one after the other, the lines one under the other."""
        return "".join(part.text + part.end for part in self.parts).strip()

    @property
    def labels(self) -> list[Label]:
        """What all lines imply."""
        return [label for part in self.parts for label in part.labels]

    def without(self, index: int) -> Composed:
        """The text less one line."""
        before, left = list(self.parts[:index]), self.parts[index]
        if before and before[-1].end == " ":
            before[-1] = replace(before[-1], end=left.end)
        return Composed((*before, *self.parts[index + 1 :]))


def languages() -> list[str]:
    """The languages that have parts."""
    return sorted(path.stem for path in _PARTS.glob("*.yml"))


def composed(lang: str, seed: int) -> Composed:
    """The text that a number stands for: the same number, the same text."""
    return _Author(_bank(lang), random.Random(f"{lang} {seed}")).text()


@cache
def _bank(lang: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_PARTS / f"{lang}.yml").read_text(encoding="utf-8"))
    return loaded


@dataclass
class _Author:
    """Who writes one text: what it is about is settled once, the wordings are drawn line by line."""

    bank: dict[str, Any]
    chance: random.Random
    seen: set[float] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.home, self.away = self.chance.choice([pair.split(">") for pair in self.bank["pairs"]])
        self.period, self.run = self.chance.choice(list(_periods(self.chance)))
        self.goods = self.chance.sample(sorted(self.bank["products"]), len(self.bank["products"]))
        self.main = self.goods.pop()
        others = {*self.bank["areas"]} - {self.home, self.away}
        self.third = self.chance.choice(sorted(others))
        self.flow, self.current = "", self.period
        self.parted = self.chance.choice(("\n", "\n\n"))

    def text(self) -> Composed:
        """A plan carried out."""
        plan = self.chance.choice([plan for plan in self.bank["plans"] if all(map(self._may_take, plan))])
        return Composed(tuple(part for step in plan for part in self._lines(step)))

    def _may_take(self, step: str) -> bool:
        """Whether a step that may not be left out says something in such a text."""
        needed = [kinds.strip("[]") for kinds in step.split("+") if not kinds.startswith("[")]
        kinds = [kind.partition("*")[0] for each in needed for kind in each.split("|")]
        return all(any(map(self._may_say, self.bank["parts"][kind])) for kind in kinds)

    def _lines(self, step: str) -> Iterator[Part]:
        """The lines of a step: of a list one under the other, sentences joined by ``+`` in one."""
        parts = [part for kind in step.split("+") for part in self._parts(kind)]
        between = " " if "+" in step else "\n"
        yield from (replace(part, end=between) for part in parts[:-1])
        yield from (replace(part, end=self.parted) for part in parts[-1:])

    def _parts(self, step: str) -> Iterator[Part]:
        """The sentences of one kind, or none where it is left out or says nothing in such a text."""
        if step.startswith("[") and self.chance.random() < 0.5:
            return
        kind, _, most = step.strip("[]").partition("*")
        wordings = [each for each in self.bank["parts"][self.chance.choice(kind.split("|"))] if self._may_say(each)]
        if most and wordings and self.chance.random() < 0.5:
            wordings = [self.chance.choice(wordings)]
        for place in range(self.chance.randint(1, int(most or 1)) if wordings else 0):
            yield self._part(kind, self.chance.choice(wordings), place + 1)

    def _may_say(self, wording: dict[str, Any]) -> bool:
        runs = wording.get("period") == "run" or "{run." in wording["text"]
        return (bool(self.run) or not runs) and _kind(self.period) in wording.get("only", _kind(self.period))

    def _part(self, kind: str, wording: dict[str, Any], place: int) -> Part:
        line = _Line(self, {"i": place})
        self.flow = wording.get("flow", self.flow)
        if "period" in wording:
            self.current = self.named(wording["period"])
        text = line.filled(wording["text"])
        labels = tuple(line.label(each) for each in wording.get("reads", ()))
        return Part(kind, _tidy(text), labels, not {"flow", "period", "holds"}.isdisjoint(wording))

    def named(self, name: str) -> str:
        """The code of the period of the text, of the run since January, or of one seen from the section's."""
        if name in ("run", "period"):
            return self.run if name == "run" else self.period
        now = When.parse(self.current)
        told = {
            "now": now,
            "before": now.year_before(),
            "previous": now.before(),
            "last": When(now.last, now.last),
            "issued": When(now.last + 1, now.last + 1),
        }
        return told[name].code

    def next_good(self) -> str:
        """A good not told of yet; none that Viet Nam's customs office lists for the other flow only."""
        flow = self.flow if self.home == "VNM" else mirrored(self.flow) if self.away == "VNM" else ""
        fit = [code for code in self.goods if not flow or not _listed(code) or flow in _listed(code)]
        chosen = str((fit or self.goods)[-1])
        self.goods.remove(chosen)
        return chosen

    def number(self, letter: str) -> float:
        """A number of a kind that the text has not told yet."""
        while (drawn := _drawn(letter, self.chance)) in self.seen:
            pass
        self.seen.add(drawn)
        return drawn


@dataclass
class _Line:
    """One line in the making: the numbers and goods that it tells."""

    author: _Author
    told: dict[str, Any]

    def filled(self, wording: str) -> str:
        """A wording with its gaps filled."""
        return _GAP.sub(lambda gap: self._gap(gap[1]), wording)

    def _gap(self, gap: str) -> str:
        name, _, number = gap.partition(":")
        if number:
            return self._change(name, number)
        if _NUMBER.match(name):
            return self._said(name)
        name, _, case = name.partition(".")
        if re.fullmatch(_GOOD, name):
            return self._good(name, case)
        if name in ("home", "away", "third"):
            return self._form("areas", getattr(self.author, name), case)
        if name in _PERIODS:
            return self._period(self.author.named(name), case)
        if name == "flow":
            return self._form("flows", self.author.flow, case)
        return self._slot(name)

    def _slot(self, name: str) -> str:
        year = int(self.author.period[:4])
        plain = {"year": str(year), "last_year": str(year - 1), "i": str(self.told["i"])}
        return plain[name] if name in plain else self.filled(self.author.chance.choice(self.author.bank["slots"][name]))

    def _change(self, way: str, number: str) -> str:
        value = self._value(number)
        way, _, form = way.partition(".")
        way += f".{self._good(form, 'gender') if re.fullmatch(_GOOD, form) else form}".rstrip(".")
        if way.startswith("change"):
            way = way.replace("change", self.author.chance.choice(("rise", "fall")))
        self.told[number] = -value if way.startswith("fall") else value
        wording = self.author.chance.choice(self.author.bank["slots"][way])
        return self.filled(wording.replace("{x}", self._digits(value)))

    def _value(self, name: str) -> float:
        if name not in self.told:
            self.told[name] = self.author.number(name[0])
        return abs(float(self.told[name]))

    def _said(self, name: str) -> str:
        value = self._value(name)
        wordings = self.author.bank["numbers"][name[0]]
        return self.filled(self.author.chance.choice(wordings).replace("{x}", self._digits(value)))

    def _digits(self, value: float) -> str:
        point, thousands = self.author.bank["decimal"], self.author.bank["thousands"]
        shown = f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
        return shown.translate({ord("."): point, ord(","): thousands})

    def _good(self, name: str, case: str) -> str:
        if name not in self.told:
            self.told[name] = self.author.main if name == "p0" else self.author.next_good()
        said = self._form("products", self.told[name], "" if case == "cap" else case)
        return said[:1].upper() + said[1:] if case == "cap" else said

    def _form(self, kind: str, code: str, case: str) -> str:
        forms = self.author.bank[kind][code]
        if isinstance(forms, dict):
            forms = forms[case or "name"]
        return self.filled(str(self.author.chance.choice(forms)) if isinstance(forms, list) else str(forms))

    def _period(self, code: str, case: str) -> str:
        kind = _kind(code)
        wording = self.author.chance.choice(self.author.bank["periods"][kind][case or "name"])
        last = code[-2:] if kind in ("month", "run") else "01"
        plain = {
            "year": code[:4],
            "last_year": str(int(code[:4]) - 1),
            "n": str(int(last)),
            "q": code[-1],
            "Q": _ROMAN[int(code[-1]) - 1] if kind == "quarter" else "",
        }
        plain |= {f"month.{case}": names[int(last) - 1] for case, names in self.author.bank["months"].items()}
        if kind == "quarter":
            quarters = self.author.bank.get("quarters", {})
            plain |= {f"quarter.{case}": names[int(code[-1]) - 1] for case, names in quarters.items()}
        return _GAP.sub(lambda gap: plain[gap[1]], wording)

    def label(self, line: str) -> Label:
        """What a line of ``reads`` says of the numbers drawn."""
        flow, product, measure, number, *marks = line.split()
        named = next((mark[1:] for mark in marks if mark[1:] in _PERIODS), "")
        period = self.author.named(named) if named else self.author.current
        pair = f"{self.author.home}>{self._partner(marks)}"
        if "@mirror" in marks:
            pair = f"{self.author.away}>{self.author.home}"
        sign, number = (-1, number[1:]) if number.startswith("-") else (1, number)
        value = sign * float(self.told[number]) * _SCALES.get(number[0], 1)
        goods = {"p0": self.author.main} | self.told
        flow, code = self.author.flow if flow == "flow" else flow, goods.get(product, product)
        unit = "percent" if number[0] == "g" else _UNITS[measure]
        return Label.parse(f"{flow} {code} {pair} {period} {measure} {value:.12g} {unit} x", "")

    def _partner(self, marks: list[str]) -> str:
        return "WLD" if "@wld" in marks else self.author.third if "@third" in marks else self.author.away


def _listed(code: str) -> tuple[str, ...]:
    """The flows whose table lists a group; none of a good that no table names."""
    return tuple(products.group(code).flows) if code in products.codes() else ()


def _tidy(text: str) -> str:
    """With a capital, and one full stop after an abbreviation that ends a sentence; dots of omission stay."""
    return _TWO_STOPS.sub(".", text[:1].upper() + text[1:])


def _kind(code: str) -> str:
    if ":" in code:
        return "run"
    return "year" if len(code) == 4 else "quarter" if "Q" in code else "month"


def _periods(chance: random.Random) -> Iterator[tuple[str, str]]:
    """A period of each kind, and the run since January that a text of it would add ("" where it would not)."""
    year, month, quarter = chance.choice((2023, 2024, 2025)), chance.randint(2, 11), chance.randint(2, 3)
    yield f"{year}-{month:02}", f"{year}-01:{year}-{month:02}" if month != 3 else ""
    yield f"{year}-Q{quarter}", f"{year}-01:{year}-{3 * quarter:02}"
    yield f"{year}-01:{year}-{chance.choice((2, 4, 5, 6, 7, 8, 9, 10, 11)):02}", ""
    yield str(year), ""


def _drawn(letter: str, chance: random.Random) -> float:
    if letter == "b":
        return round(chance.uniform(1.05, 6), 2)
    if letter == "m":
        return round(chance.uniform(2.1, 9), 1)
    if letter == "r":
        return float(chance.randint(4, 20))
    if letter in "gs":
        return round(chance.uniform(2.1, 89), 1)
    if letter == "c":
        return round(chance.uniform(110, 990), 1)
    if letter == "w":
        return round(chance.uniform(2.1, 990), 1)
    if letter in "vuk":
        return float(chance.randint(2100, 98000))
    return round(chance.uniform(2.1, 900), chance.choice((1, 2)))
