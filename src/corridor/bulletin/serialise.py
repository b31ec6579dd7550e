"""A check as JSON: the claims in order, what the official figures say of each, and what the text's arithmetic says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from corridor.bulletin.claims import Claim, Language
from corridor.bulletin.say import Voice
from corridor.bulletin.verdicts import Judgement, Verdict

if TYPE_CHECKING:
    from corridor.bulletin.check import Checked, Failed

SCHEMA = "corridor.check/1"


def to_dict(
    checked: Checked, publishers: Mapping[str, Mapping[str, str]], language: Language | None = None
) -> dict[str, object]:
    """The whole check. Spans count characters of ``text``; per cent are per cent.

    Reasons speak ``language``; None is the language of each claim's own paragraph.
    """
    voices = {each: Voice(language or each, publishers) for each in get_args(Language)}
    return {
        "schema": SCHEMA,
        "claims": [
            _claim(number, claim, judgement, voices[claim.language])
            for number, (claim, judgement) in enumerate(zip(checked.claims, checked.judgements, strict=True))
        ],
        "identities": [_failed(failure, checked, voices) for failure in checked.failed],
        "summary": summary(checked),
        "text": checked.text,
    }


def claim_id(number: int) -> str:
    """The id of the claim at a place in the text's order: c1, c2, …"""
    return f"c{number + 1}"


def _claim(number: int, claim: Claim, judgement: Judgement, voice: Voice) -> dict[str, object]:
    official = judgement.official
    return {
        "id": claim_id(number),
        "text": claim.text,
        "span": list(claim.span),
        "language": claim.language,
        "flow": claim.flow,
        "product": claim.product,
        "reporter": claim.reporter,
        "partner": claim.partner,
        "period": claim.period,
        "measure": claim.measure,
        "stated": {"low": claim.stated.low, "high": claim.stated.high, "unit": claim.stated.unit},
        "official": official and {"value": official.value, "release": official.release, "trace": official.trace},
        "verdict": judgement.verdict,
        "kind": judgement.kind,
        "reason": voice.sentence(judgement.reason),
    }


def _failed(failure: Failed, checked: Checked, voices: Mapping[Language, Voice]) -> dict[str, object]:
    voice = voices[checked.claims[failure.members[0]].language]
    return {
        "kind": failure.kind,
        "members": [claim_id(member) for member in failure.members],
        "holds": False,
        "reason": voice.sentence(failure.reason),
    }


def summary(checked: Checked) -> dict[str, int]:
    """How many claims, how many of each verdict, how many relations were tested and how many failed."""
    counted = Counter(judgement.verdict for judgement in checked.judgements)
    verdicts = {verdict: counted[verdict] for verdict in get_args(Verdict)}
    return {
        "claims": len(checked.claims),
        **verdicts,
        "identities_tested": checked.tested,
        "identities_failed": len(checked.failed),
    }
