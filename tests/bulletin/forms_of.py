"""The wordings of forms/: how trade offices, agencies and ministries say one thing, and what must be read there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from labelled import Label

from corridor.bulletin.claims import Claim
from corridor.bulletin.read import claims

_FORMS = Path(__file__).parent / "forms"
_PAIR = "VNM>RUS"


def languages() -> list[str]:
    """The languages that have wordings."""
    return sorted(path.stem for path in _FORMS.glob("*.yml"))


def forms(lang: str) -> Iterator[tuple[str, str, list[Label]]]:
    """Slot, text and labels of every wording of a language.

    A slot holds groups; a group's ``frame`` has a gap for each wording, its ``of`` tells the flow, product and period
    of labels that name only measure, number and unit, and its ``reads`` are the labels of all its wordings, ``{}`` in
    them standing for what each wording tells.
    """
    loaded = yaml.safe_load((_FORMS / f"{lang}.yml").read_text(encoding="utf-8"))
    for slot, groups in loaded.items():
        for group in groups:
            for wording, *told in group["forms"]:
                yield slot, group.get("frame", "{}").format(wording), _labels(group, told)


def _labels(group: dict[str, Any], told: list[str]) -> list[Label]:
    lines = [line.format(*told) for line in group["reads"]] if "reads" in group else told
    return [_label(line, group.get("of", ""), group.get("pair", _PAIR)) for line in lines]


def _label(line: str, of: str, pair: str) -> Label:
    return Label.parse(f"{line if len(line.split()) > 3 else f'{of} {line}'} x", pair)


def faults(text: str, labels: list[Label]) -> list[str]:
    """What is missed in a wording, and what is read that it does not say; either side's books may be meant."""
    found = list(claims(text))
    missed = []
    for label in labels:
        match = next((each for each in found if _says(label, each)), None)
        if match is None:
            missed.append(f"missed: {label}")
        else:
            found.remove(match)
    return missed + [f"not said: {_shown(each)}" for each in found]


def _says(label: Label, claim: Claim) -> bool:
    return any(label.names(each) for each in (claim, claim.mirrored(), claim.seen_by_partner()))


def _shown(claim: Claim) -> str:
    pair = f"{claim.reporter}>{claim.partner}"
    return f"{claim.flow} {claim.product} {pair} {claim.period} {claim.measure} {claim.number} {claim.stated.unit}"
