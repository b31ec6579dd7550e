"""What a stage gives back: named tables, findings with traces, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from corridor.evidence import Finding


@dataclass(frozen=True)
class StageResult:
    """The result of one stage.

    ``missing`` are findings too: each names what is not there and which file would bring it.
    """

    stage: str
    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()
    parameters: Mapping[str, float | str] = field(default_factory=dict)
