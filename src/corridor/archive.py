"""A study as a package that can be run again: report, tables, sources, options, versions, and what moved since."""

from __future__ import annotations

import csv
import io
import json
import platform
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor import __version__
from corridor.codes import schema
from corridor.errors import UnreadableFile, Where
from corridor.sources.archive import DAMAGE
from corridor.writing import write_all

if TYPE_CHECKING:
    from corridor.made_study import MadeStudy
    from corridor.workspace import Workspace

SCHEMA = "corridor.archive/1"
_MANIFEST, _STUDY, _DICTIONARY = "manifest.json", "study.json", "tables/dictionary.csv"
#: Packages whose version may move a number.
_ENGINES = ("polars", "narwhals", "numpy", "pypdfium2", "python-calamine")
#: A zip entry needs a date; a fixed one makes equal studies equal archives.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: What reading a file raises that is no zip, a damaged one, or one of something else.
_NO_ARCHIVE = (OSError, KeyError, *DAMAGE)
#: Causes and numbers that a person is told; a program gets them all.
_REASONS_TOLD, _MOVED_TOLD = 12, 40
#: Numbers that differ by less than this share are the same number computed in another order.
_SAME = 1e-9


def pack(made: MadeStudy, file: Path, *, formats: Sequence[str], lang: str, detail: str) -> Path:
    """Writes the archive; raises `CorridorError` in one line where it cannot be written."""
    reports = made.files(formats, lang=lang, detail=detail)
    texts: dict[str, str | bytes] = {f"report/{name}": content for name, content in reports.items()}
    texts[_STUDY] = json.dumps(made.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    texts |= dict(_tables(made))
    texts[_DICTIONARY] = _csv(("column", "type", "unit", "meaning"), _dictionary())
    texts[_MANIFEST] = json.dumps(_manifest(made, formats, lang, detail), ensure_ascii=False, indent=1)
    options = {"what": "the archive", "next_step": "name another file"}
    return write_all(file.parent, {file.name: _zipped(texts)}, **options)[0]


def _zipped(texts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(texts.items()):
            content = text.encode("utf-8") if isinstance(text, str) else text
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(made: MadeStudy) -> Iterator[tuple[str, str]]:
    for stage in made.study.stages:
        for name, table in stage.tables.items():
            if table.width:
                yield f"tables/{stage.stage}/{name}.csv", _csv(table.columns, table.iter_rows())


def _csv(header: Sequence[str], rows: Any) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def _dictionary() -> list[tuple[str, str, str, str]]:
    return [(name, column.type, column.unit, column.meaning) for name, column in schema.COLUMNS.items()]


def _manifest(made: MadeStudy, formats: Sequence[str], lang: str, detail: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "asked": _asked(made),
        "report": {"formats": list(formats), "lang": lang, "detail": detail},
        "command": _command(made, formats, lang, detail),
        "versions": versions(),
        "sources": _sources(made),
    }


def _asked(made: MadeStudy) -> dict[str, Any]:
    options = asdict(made.asked)
    return {**options, "as_of": options["as_of"].isoformat() if options["as_of"] else None}


def _command(made: MadeStudy, formats: Sequence[str], lang: str, detail: str) -> str:
    options = {**_asked(made), "lang": lang, "detail": detail, "format": ",".join(formats)}
    named = [
        f"--{key.replace('_', '-')} {value}"
        for key, value in options.items()
        if value not in (None, "") and key not in ("exporter", "partner")
    ]
    return " ".join(["corridor study", made.asked.exporter, made.asked.partner, *named])


def versions() -> dict[str, str]:
    """The versions that a number may depend on."""
    return {"corridor": __version__, "python": platform.python_version(), **{name: version(name) for name in _ENGINES}}


def _sources(made: MadeStudy) -> list[dict[str, str]]:
    """The publishers' files behind the study, once each."""
    files = {
        trace.checksum: {"publisher": trace.publisher, "file": trace.file, "edition": trace.edition, "url": trace.url}
        for trace in made.traces.values()
    }
    return [{"checksum": checksum, **rest} for checksum, rest in sorted(files.items())]


@dataclass(frozen=True)
class Moved:
    """One number that is not what it was; a side is None where the number is not there."""

    place: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Replay:
    """What came of running an archived study again."""

    file: str
    moved: tuple[Moved, ...]
    compared: int
    reasons: tuple[str, ...]

    def json(self) -> str:
        """The outcome for a program."""
        return json.dumps({"schema": "corridor.replay/1", **asdict(self)}, ensure_ascii=False, indent=1)

    def text(self) -> str:
        """The outcome for a person."""
        if not self.moved:
            lines = [f"{self.file}: all {self.compared} figures are what they were"]
            return "\n".join([*lines, *(f"  note: {reason}" for reason in self.reasons)])
        lines = [f"{self.file}: {len(self.moved)} of {self.compared} figures moved"]
        because = self.reasons or ("the cause is in none of the recorded inputs",)
        lines += [f"  because: {reason}" for reason in because[:_REASONS_TOLD]]
        if len(because) > _REASONS_TOLD:
            lines.append(f"  because: {len(because) - _REASONS_TOLD} more changes of sources")
        lines += [f"  {each.place}: {each.before} -> {each.after}" for each in self.moved[:_MOVED_TOLD]]
        if len(self.moved) > _MOVED_TOLD:
            lines.append(f"  and {len(self.moved) - _MOVED_TOLD} more (--format json lists them all)")
        return "\n".join(lines)


def replay(workspace: Workspace, file: Path) -> Replay:
    """Runs the archived study on today's store and compares every number. Raises `UnreadableFile`."""
    manifest, before = _read(file)
    made = workspace.run(_options(manifest["asked"], file))
    after = json.loads(json.dumps(made.to_dict()))
    # Traces say where a number stands, not what it is: they are compared as sources.
    old, new = dict(_numbers(before["stages"])), dict(_numbers(after["stages"]))
    moved = tuple(
        Moved(place, old.get(place), new.get(place))
        for place in sorted(old.keys() | new.keys())
        if not _same(old.get(place), new.get(place))
    )
    return Replay(str(file), moved, len(old), tuple(_reasons(manifest, _sources(made), versions())))


def _read(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest, study = (json.loads(archive.read(name)) for name in (_MANIFEST, _STUDY))
    except _NO_ARCHIVE:
        raise _no_archive(file) from None
    if not isinstance(manifest, dict) or not isinstance(study, dict):
        raise _no_archive(file)
    if manifest.get("schema") != SCHEMA:
        raise UnreadableFile(
            f"this archive is written as {manifest.get('schema')}, known is {SCHEMA}",
            where=Where(file=str(file)),
            next_step="use the version of corridor that wrote it",
        )
    if not {"asked", "versions", "sources"} <= manifest.keys() or "stages" not in study:
        raise _no_archive(file)
    return manifest, study


def _no_archive(file: Path) -> UnreadableFile:
    next_step = "make one with corridor study --archive"
    return UnreadableFile("this is no whole archive of a study", where=Where(file=str(file)), next_step=next_step)


def _options(asked: Mapping[str, Any], file: Path) -> Any:
    from corridor.workspace import Asked

    try:
        return Asked(**{**asked, "as_of": date.fromisoformat(asked["as_of"]) if asked["as_of"] else None})
    except (TypeError, KeyError, ValueError):
        raise _no_archive(file) from None


def _numbers(value: Any, place: str = "") -> Iterator[tuple[str, float]]:
    """Every number with its place; rows of tables are addressed by what names them, not by their order."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return
    if isinstance(value, int | float):
        yield place, float(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _numbers(inner, f"{place}/{key}")
    else:
        for name, inner in _named(value):
            yield from _numbers(inner, f"{place}/{name}")


_NAMING = (
    "id", "fact", "criterion", "exporter", "importer", "view", "reporter", "flow", "product", "competitor", "region",
    "source", "release", "table", "period", "base_period", "period_start", "period_end", "cumulative", "year", "degree",
    "residual_included", "compared_with", "key",
)  # fmt: skip


def _named(rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        name = "|".join(str(row[key]) for key in _NAMING if key in row) if isinstance(row, Mapping) else str(number)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), row


def _same(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is after
    return abs(before - after) <= _SAME * max(1.0, abs(before), abs(after))


def _reasons(manifest: Mapping[str, Any], sources: list[dict[str, str]], now: Mapping[str, str]) -> Iterator[str]:
    old = {each["checksum"]: each for each in manifest["sources"]}
    new = {each["checksum"]: each for each in sources}
    for checksum in sorted(new.keys() - old.keys()):
        yield f"a source is new or takes another's place: {new[checksum]['edition'] or new[checksum]['file']}"
    for checksum in sorted(old.keys() - new.keys()):
        yield f"a source is no longer used: {old[checksum]['edition'] or old[checksum]['file']}"
    for name, held in manifest["versions"].items():
        if now.get(name) != held:
            yield f"{name} was {held}, now is {now.get(name, 'not installed')}"
