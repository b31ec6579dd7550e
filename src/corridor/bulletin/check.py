"""Claims against the tables and against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.claims import Claim
from corridor.bulletin.culprits import culprits
from corridor.bulletin.differences import Kind
from corridor.bulletin.figures import Figures
from corridor.bulletin.identities import Identity, identities, span
from corridor.bulletin.verdicts import Judgement, judge
from corridor.evidence import Finding, Name
from corridor.study.tables import Tables

#: How the kind of an error follows from the relation that shows it.
_KINDS: Mapping[str, Kind] = {
    "wording": "wording",
    "parts": "parts",
    "sum": "parts",
    "balance": "parts",
    "share": "parts",
}


@dataclass(frozen=True)
class Failed:
    """A relation that the text's own figures do not satisfy: its members by number of the claim, and the reason."""

    kind: str
    members: tuple[int, ...]
    reason: Finding


@dataclass(frozen=True)
class OtherText:
    """Another text to compare with: a name for messages, and its claims."""

    name: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Checked:
    """A text with its claims and a judgement on each; ``failed`` are the relations that do not hold of ``tested``."""

    text: str
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...]
    failed: tuple[Failed, ...]
    tested: int

    def to_dict(self, publishers: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, object]:
        """The JSON of a check; ``publishers`` gives names by source id and language, else the country is named."""
        from corridor.bulletin.serialise import to_dict

        return to_dict(self, publishers or {})


def check(claims: Sequence[Claim], text: str, tables: Tables | Figures, others: Sequence[OtherText] = ()) -> Checked:
    """Judges every claim by the tables, then the text by its own arithmetic, then against other texts.

    Whoever checks several texts against the same tables gives their `Figures`, which remember what was asked before.

    A member of a failed relation is ``inconsistent`` only where the tables contradict it or one correction of it
    would repair the relation; otherwise the relation is listed and the verdicts stay.
    """
    figures = tables if isinstance(tables, Figures) else Figures(tables)
    judged = _judged(claims, figures)
    relations = identities(claims)
    spans = {number: span(claim.stated) for number, claim in enumerate(claims)}
    held = [each for each in relations if each.holds(spans)]
    failed = [each for each in relations if not each.holds(spans)]
    wrong = culprits(failed, held, claims, judged, spans)
    final = [_with_relation(judgement, wrong.get(number)) for number, judgement in enumerate(judged)]
    broken = [
        Failed(each.kind, each.members, _reason(each, claims)) for each in failed if not _of_two_releases(each, judged)
    ]
    contradicted = [failure for other in others for failure in _against(claims, other)]
    return Checked(text, tuple(claims), tuple(final), (*broken, *contradicted), len(relations))


def _judged(claims: Sequence[Claim], figures: Figures) -> list[Judgement]:
    """The verdicts by the tables; a text that repeats itself is judged once."""
    known: dict[Claim, Judgement] = {}
    keys = [replace(claim, span=(0, 0)) for claim in claims]
    for key in keys:
        if key not in known:
            known[key] = judge(key, figures)
    return [known[key] for key in keys]


def _with_relation(judgement: Judgement, identity: Identity | None) -> Judgement:
    if identity is None:
        return judgement
    kind = judgement.kind if judgement.kind not in ("none", "base") else _KINDS.get(identity.kind, judgement.kind)
    reason = Finding("inconsistent", {"official": judgement.reason, "relation": Finding(f"broken.{identity.kind}")},
                     judgement.reason.traces, judgement.reason.caveats)  # fmt: skip
    return replace(judgement, verdict="inconsistent", kind=kind, reason=reason)


def _of_two_releases(identity: Identity, judged: Sequence[Judgement]) -> bool:
    """Whether the tables bear out every member, but not in one edition: a text may tell the first and the revised."""
    members = [judged[member] for member in identity.members]
    series = {(*each.official.series, each.official.made) for each in members if each.official is not None}
    return all(judgement.verdict == "agrees" for judgement in members) and len(series) > 1


def _reason(identity: Identity, claims: Sequence[Claim]) -> Finding:
    members = tuple(Name("text", claims[member].text) for member in identity.members)
    return Finding(f"identity.{identity.kind}", {"members": members})


def _against(claims: Sequence[Claim], other: OtherText) -> list[Failed]:
    """The claims that another text tells differently."""
    told = {_subject(claim): claim for claim in other.claims}
    found = []
    for number, claim in enumerate(claims):
        rival = told.get(_subject(claim))
        if rival is not None and rival.stated.unit == claim.stated.unit and not _agree(claim, rival):
            reason = Finding(
                "identity.other_text", {"name": Name("text", other.name), "members": (Name("text", rival.text),)}
            )
            found.append(Failed("other_text", (number,), reason))
    return found


def _agree(claim: Claim, rival: Claim) -> bool:
    return any(one.meets(other) for one in claim.intervals for other in rival.intervals)


def _subject(claim: Claim) -> tuple[object, ...]:
    return (claim.flow, claim.product, claim.word if claim.product == "unknown" else "", claim.reporter, claim.partner,
            claim.period, claim.measure, claim.of, claim.base, claim.among, claim.change)  # fmt: skip
