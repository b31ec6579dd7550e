"""Which member of a failed relation is wrong: what the tables contradict, or what one correction would repair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corridor.bulletin import digits
from corridor.bulletin.claims import Claim
from corridor.bulletin.identities import Identity, Span
from corridor.bulletin.verdicts import Judgement

_TYPO_FACTORS = (1000.0, 0.001)


def culprits(
    failed: Sequence[Identity],
    held: Sequence[Identity],
    claims: Sequence[Claim],
    judged: Sequence[Judgement],
    spans: Mapping[int, Span],
) -> dict[int, Identity]:
    """By number of the claim that is wrong: the relation that shows it."""
    suspicion = _Suspicion(failed, held, judged)
    found: dict[int, Identity] = {}
    for identity in failed:
        wrong = list(_contradicted(identity, judged, spans)) or suspicion.only(identity)
        wrong = wrong or _only_slip(identity, claims, judged, spans)
        found |= {member: found.get(member, identity) for member in wrong}
    return found


def _contradicted(identity: Identity, judged: Sequence[Judgement], spans: Mapping[int, Span]) -> Iterator[int]:
    """The members that the tables contradict and whose official figure repairs the relation."""
    own = {member: spans[member] for member in identity.members}
    for member in identity.members:
        official = judged[member].official
        repaired = official is not None and identity.holds({**own, member: (official.value, official.value)})
        if judged[member].verdict == "differs" and repaired:
            yield member


class _Suspicion:
    """Which claims nothing bears out, and which failed relations each stands in."""

    def __init__(self, failed: Sequence[Identity], held: Sequence[Identity], judged: Sequence[Judgement]) -> None:
        self._judged = judged
        self._borne_out = {member for each in held for member in each.members}
        self._borne_out |= {number for number, judgement in enumerate(judged) if judgement.verdict == "agrees"}
        self._failures: dict[int, set[int]] = defaultdict(set)
        for number, each in enumerate(failed):
            for member in each.members:
                self._failures[member].add(number)

    def only(self, identity: Identity) -> list[int]:
        """The one suspect of a failed relation, where it is in every failed relation of any of the members."""
        suspects = [
            member
            for member in identity.members
            if member not in self._borne_out and self._judged[member].verdict != "differs"
        ]
        if len(suspects) != 1:
            return []
        own = self._failures[suspects[0]]
        return suspects if all(self._failures[member] <= own for member in identity.members) else []


def _only_slip(
    identity: Identity, claims: Sequence[Claim], judged: Sequence[Judgement], spans: Mapping[int, Span]
) -> list[int]:
    """The one member that a typing error or a wrong unit would explain."""
    found = []
    for member in identity.members:
        needed = _needed(identity, member, spans) if judged[member].verdict == "unverifiable" else None
        claim = claims[member]
        if needed is not None and (
            digits.is_slip(claim.number, needed, claim.step) or _is_scaled(claim.number, needed)
        ):
            found.append(member)
    return found if len(found) == 1 else []


def _is_scaled(stated: float, needed: float) -> bool:
    return bool(needed) and any(abs(stated * factor / needed - 1) < 0.01 for factor in _TYPO_FACTORS)


def _needed(identity: Identity, member: int, spans: Mapping[int, Span]) -> float | None:
    """The value that would satisfy a sum or a balance, from the middles of the others."""
    if identity.kind not in ("sum", "balance"):
        return None
    middle = [sum(spans[each]) / 2 for each in identity.members]
    exports, imports, joined = middle
    sign = 1.0 if identity.kind == "sum" else -1.0
    place = identity.members.index(member)
    return (joined - sign * imports, sign * (joined - exports), exports + sign * imports)[place]
