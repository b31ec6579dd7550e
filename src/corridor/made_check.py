"""Texts that were checked: read from files, judged by the tables and by one another, ready to be printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor import __version__
from corridor.bulletin.blocks import language_of
from corridor.bulletin.check import Checked, OtherText, check
from corridor.bulletin.claims import Claim, Language
from corridor.bulletin.figures import Figures
from corridor.bulletin.markdown import unmarked
from corridor.bulletin.read import claims
from corridor.bulletin.serialise import to_dict
from corridor.bulletin.text import LONGEST, clean, extract
from corridor.errors import UnreadableFile, UsageError, Where
from corridor.evidence import Trace
from corridor.writing import write_whole

if TYPE_CHECKING:
    from corridor.report.checked_texts import CheckedTexts
    from corridor.workspace import Workspace

FORMATS = ("text", "json", "html")
SCHEMA_OF_SEVERAL = "corridor.checks/1"
#: Lines of the first text that tell its language where it claims nothing.
_OPENING = 5000
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Text:
    """A text and the name it goes by."""

    name: str
    text: str


def read_file(path: Path) -> Text:
    """The text of a file; `UnreadableFile` in one line for whatever has none."""
    where = Where(file=str(path))
    try:
        if path.is_file() and path.stat().st_size > LONGEST:
            raise UnreadableFile("the file is too large for a text", where=where, next_step="give its text part")
        with path.open("rb") as opened:
            data = opened.read(too_long())
    except (OSError, ValueError) as fault:
        reason = "it is a folder" if path.is_dir() else getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFile(f"the text cannot be read ({reason})", where=where) from None
    return Text(path.name, extract(data, str(path)))


def too_long() -> int:
    """How many bytes to ask a pipe for: one more than a text may have."""
    return LONGEST + 1


def read_bytes(data: bytes, name: str) -> Text:
    """The text of what came through a pipe."""
    return Text(name, extract(data, name))


def as_text(given: str | Path | Text, name: str) -> Text:
    """A text as it is, or that of a file: a `Path`, or one line that names a file which is there."""
    if isinstance(given, Text):
        return given
    if isinstance(given, Path) or _is_file(given):
        return read_file(Path(given))
    return Text(name, clean(given, name))


def _is_file(text: str) -> bool:
    if "\n" in text or "\0" in text or len(text) > 16 * _LONGEST_NAME:
        return False
    try:
        return Path(text).is_file()
    except OSError:
        return False


def check_texts(workspace: Workspace, texts: Sequence[Text], as_of: date | None = None) -> MadeCheck:
    """Every text against the tables as published by ``as_of``, against itself and against the others."""
    read = [_claims(each.text) for each in texts]
    figures = Figures(workspace.tables_to_check(_sides(read), as_of))
    told = [OtherText(text.name, found) for text, found in zip(texts, read, strict=True)]
    checks = tuple(
        check(found, text.text, figures, [*told[:place], *told[place + 1 :]])
        for place, (text, found) in enumerate(zip(texts, read, strict=True))
    )
    return MadeCheck(workspace, tuple(texts), checks)


def _sides(read: Iterable[tuple[Claim, ...]]) -> frozenset[str]:
    """The areas whose trade some texts speak of."""
    return frozenset(side for found in read for each in found for side in (each.reporter, each.partner) if side)


def _claims(text: str) -> tuple[Claim, ...]:
    """What a text claims; the claims' own words are quoted with Markdown's signs, as they stand."""
    return tuple(replace(each, text=text[slice(*each.span)]) for each in claims(unmarked(text)))


@dataclass(frozen=True)
class MadeCheck:
    """Texts with their claims and verdicts, and the workspace whose tables judged them."""

    workspace: Workspace
    texts: tuple[Text, ...]
    checks: tuple[Checked, ...]

    @property
    def faulty(self) -> bool:
        """Whether any claim differs from the tables or is inconsistent with its own text."""
        return any(each.verdict in ("differs", "inconsistent") for one in self.checks for each in one.judgements)

    @cached_property
    def publishers(self) -> Mapping[str, Mapping[str, str]]:
        """The publishers' names by source id and language."""
        return self.workspace.publishers()

    @cached_property
    def traces(self) -> Mapping[str, Trace]:
        """The publisher's row behind every official figure."""
        from corridor.report.checked_texts import traces_of

        return self.workspace.traces(
            trace for one in self.checks for each in one.judgements for trace in traces_of(each)
        )

    def notes(self, lang: str = "en") -> Iterator[str]:
        """What a person at the terminal should know before reading: what the figures were compared with."""
        yield from self.workspace.notes(lang)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """One text: `corridor.check/1`; several: the same for each, under its name. docs/check.md has every field.

        Reasons speak ``lang``, or the language of each claim's own paragraph.
        """
        spoken = _language(lang) if lang else None
        made = [to_dict(one, self.publishers, spoken) for one in self.checks]
        if len(made) == 1:
            return made[0]
        named = [{"name": text.name, "check": each} for text, each in zip(self.texts, made, strict=True)]
        return {"schema": SCHEMA_OF_SEVERAL, "texts": named}

    def language(self) -> Language:
        """The language that most claims are in, else that of the first text."""
        spoken = Counter(claim.language for one in self.checks for claim in one.claims)
        return spoken.most_common(1)[0][0] if spoken else language_of(self.texts[0].text[:_OPENING], "en")

    def render(self, format: str, *, lang: str | None = None, width: int = 100) -> str:
        """The check in one format: text (``width`` columns), json or html. Raises `UsageError` for another."""
        if format == "json":
            return _json(self.to_dict(lang))
        if format == "html":
            from corridor.report.render.check_html import page

            return page(self._spoken(lang))
        if format == "text":
            from corridor.report.render.check_text import lines

            return "\n".join(lines(self._spoken(lang), width)) + "\n"
        raise UsageError(f"no format “{format}”", next_step=f"there are: {', '.join(FORMATS)}")

    def write(self, out: Path, format: str, *, lang: str | None = None) -> Path:
        """Writes one format into a file and gives its path; a failure leaves what was there."""
        return write_whole(
            out, self.render(format, lang=lang), what="the check", next_step="name another file with --out"
        )

    def _spoken(self, lang: str | None) -> CheckedTexts:
        from corridor.report.checked_texts import CheckedTexts

        return CheckedTexts(
            lang=_language(lang or self.language()),
            names=tuple(each.name for each in self.texts),
            checks=self.checks,
            publishers=self.publishers,
            traces=self.traces,
            bundled=self.workspace.is_sample_only(),
            generator=f"corridor {__version__}",
        )


def _json(made: Mapping[str, Any]) -> str:
    """JSON with a line for every member of a list: indenting all of it takes longer than reading the text."""
    lines = ",\n".join(f"{_compact(key)}: {_listed(value)}" for key, value in made.items())
    return f"{{\n{lines}\n}}\n"


def _listed(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n" + ",\n".join(f" {_compact(each)}" for each in value) + "\n]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _language(name: str) -> Language:
    from corridor.report.catalogue import language

    return language(name)
