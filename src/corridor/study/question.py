"""What a study is asked."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.codes.periods import Freq, Period
from corridor.errors import UsageError
from corridor.harmonise.reconciliation import Method, method_of

#: Share of a country's exports that its key regions must cover, unless the reader asks otherwise.
KEY_REGION_THRESHOLD = 0.8
#: Suppliers (or markets) listed for each group, besides the studied one.
SUPPLIERS_LISTED = 10


@dataclass(frozen=True)
class Reconciliation:
    """A method of `corridor.harmonise.reconciliation` and the margin between cif and fob it is to assume (0..1)."""

    method: Method
    cif_margin: float

    @classmethod
    def asked(cls, method: str | None, cif_margin: float | None) -> Reconciliation | None:
        """What a reader asked for; None where nothing. Raises `UsageError` for half a question or a wrong word."""
        if method is None:
            if cif_margin is not None:
                raise UsageError("a margin between cif and fob needs a method", next_step="name the method too")
            return None
        if cif_margin is None:
            raise UsageError(
                "reconciling needs the margin between cif and fob that it is to assume",
                next_step="state it as a share of the fob value, e.g. --cif-margin 0.07 (or cif_margin=0.07)",
            )
        return cls(method_of(method, cif_margin), cif_margin)


@dataclass(frozen=True)
class Question:
    """Whose exports to whom, over which periods, from which series, with which thresholds.

    ``freq`` without ``periods`` asks for every period of that kind that the series holds.
    """

    exporter: str
    partner: str
    periods: tuple[Period, ...] = ()
    freq: Freq | None = None
    source: str | None = None
    release: str | None = None
    classification: str | None = None
    threshold: float = KEY_REGION_THRESHOLD
    suppliers: int = SUPPLIERS_LISTED
    reconciliation: Reconciliation | None = None

    def __post_init__(self) -> None:
        if self.exporter == self.partner:
            raise UsageError(f"{self.exporter} does not trade with itself", next_step="name two different economies")
        if not 0 < self.threshold <= 1:
            raise UsageError(
                f"the threshold is {self.threshold}", next_step="give a share above 0 and up to 1, e.g. 0.8"
            )

    @property
    def directions(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """(exporter, importer) of the studied direction and of the return direction."""
        return (self.exporter, self.partner), (self.partner, self.exporter)
