"""The labelled sentences of corpus/, and how well reading and checking do on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from corridor import sample
from corridor.bulletin.check import check
from corridor.bulletin.claims import Claim
from corridor.bulletin.read import claims
from corridor.bulletin.verdicts import Judgement
from corridor.study.tables import Publisher, Tables

LANGUAGES = ("vi", "ru", "en")
_CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Label:
    """What a person read in a sentence."""

    flow: str
    product: str
    reporter: str
    partner: str
    period: str
    measure: str
    number: float
    unit: str
    verdict: str
    kind: str

    @classmethod
    def parse(cls, line: str, pair: str) -> Label:
        """From ``flow product [pair] period measure number unit verdict[/kind]``; "-" is a period that nobody said."""
        words = line.split()
        if ">" in words[2]:
            pair = words.pop(2)
        reporter, partner = pair.split(">")
        flow, product, period, measure, number, unit, verdict = words
        verdict, _, kind = verdict.partition("/")
        period = period.removeprefix("-")
        return cls(flow, product, reporter, partner, period, measure, float(number), unit, verdict, kind)

    def names(self, claim: Claim) -> bool:
        """Whether a claim says just this."""
        said = (claim.flow, claim.product, claim.reporter, claim.partner, claim.period, claim.measure)
        labelled = (self.flow, self.product, self.reporter, self.partner, self.period, self.measure)
        return said == labelled and claim.stated.unit == self.unit and self._near(claim.number)

    def fits(self, judgement: Judgement) -> bool:
        """Whether the verdict, and the kind where one is labelled, are as labelled."""
        verdict = judgement.verdict if judgement.verdict != "inconsistent" else "differs"
        return verdict == self.verdict and self.kind in ("", judgement.kind)

    def _near(self, number: float) -> bool:
        return abs(number - self.number) <= 1e-3 * max(abs(self.number), 1e-9)


@dataclass
class Score:
    """Claims labelled, read and read rightly; of the last, how many verdicts are right."""

    labelled: int = 0
    read: int = 0
    right: int = 0
    judged: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read

    @property
    def recall(self) -> float:
        return self.right / self.labelled

    @property
    def verdict_precision(self) -> float:
        return self.judged / self.read

    @property
    def verdict_recall(self) -> float:
        return self.judged / self.labelled

    def line(self) -> str:
        return (
            f"{self.labelled} claims labelled, {self.read} read; claims: precision {self.precision:.3f}, recall "
            f"{self.recall:.3f}; verdicts: precision {self.verdict_precision:.3f}, recall {self.verdict_recall:.3f}"
        )


@cache
def sample_tables() -> Tables:
    """The bundled figures alone."""
    bundled = sample.load()
    publishers = {
        "vn_customs": Publisher("vn_customs", "VNM", 1),
        "vn_nso": Publisher("vn_nso", "VNM", 1),
        "imf_imts": Publisher("imf_imts", "", 2),
        "un_comtrade": Publisher("un_comtrade", "", 2),
    }
    return Tables(bundled.flows, bundled.quantities, bundled.coverage, bundled.facts, publishers)


def sentences(lang: str) -> list[tuple[str, list[Label]]]:
    """The corpus of a language."""
    loaded = yaml.safe_load((_CORPUS / f"{lang}.yml").read_text(encoding="utf-8"))
    return [
        (entry["text"], [Label.parse(line, entry.get("pair", "VNM>RUS")) for line in entry["claims"]])
        for entry in loaded
    ]


def score(lang: str) -> Score:
    """How many labels are found, and how many findings are labelled."""
    result = Score()
    for text, labels in sentences(lang):
        checked = check(claims(text), text, sample_tables())
        _count(result, text, labels, list(zip(checked.claims, checked.judgements, strict=True)))
    return result


def _count(result: Score, text: str, labels: Sequence[Label], found: list[tuple[Claim, Judgement]]) -> None:
    result.labelled += len(labels)
    result.read += len(found)
    for label in labels:
        match = next((each for each in found if label.names(each[0])), None)
        if match is None:
            result.errors.append(f"missed: {label} in: {text}")
            continue
        found.remove(match)
        result.right += 1
        result.judged += label.fits(match[1])
        if not label.fits(match[1]):
            result.errors.append(f"verdict {match[1].verdict}/{match[1].kind} for {label} in: {text}")
    result.errors += [f"not labelled: {claim} in: {text}" for claim, _ in found]
