"""Tables of the user's own: the map and the table become one file, which is added like any publisher's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from corridor import ingest, user_files
from corridor.ingest import AddReport
from corridor.ingest.outcomes import Progress
from corridor.sources.own_table import guess as proposing
from corridor.sources.own_table.mapping import parse, with_map
from corridor.store import Store


def add(store: Store, path: Path, map_file: Path, *, today: date, progress: Progress | None = None) -> AddReport:
    """Add one table. Raises `UsageError` for a wrong map and `UnreadableFile` for a file that does not open."""
    mapping = parse(user_files.content(map_file).decode("utf-8", "replace"), map_file.name)
    with TemporaryDirectory(prefix="corridor-") as folder:
        joined = Path(folder) / path.name
        joined.write_bytes(with_map(user_files.content(path), mapping))
        report = ingest.add(store, [joined], today=today, progress=progress, workers=1)
        named = [
            replace(each, path=path, message=each.message.replace(str(joined), str(path))) for each in report.outcomes
        ]
    return replace(report, outcomes=tuple(named))


def guess(path: Path) -> str:
    """A map proposed for a table. Raises `UnreadableFile` for what is no table."""
    user_files.content(path)
    return proposing.guess(path)
