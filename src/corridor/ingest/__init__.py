"""From a publisher's file to our tables: keep, read, harmonise, commit. The one place that knows both halves."""

from __future__ import annotations

from corridor.ingest.adding import add
from corridor.ingest.outcomes import AddReport, FileOutcome, Progress, RebuildReport
from corridor.ingest.rebuilding import rebuild

__all__ = ["AddReport", "FileOutcome", "Progress", "RebuildReport", "add", "rebuild"]
