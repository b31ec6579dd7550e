"""Downloading and adding: ask, keep, hand over; a period that was not had is said and written down."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from corridor.fetch import Ask, DownloadFailed, Patience, Publisher, Request, Span
from corridor.fetch.faults import TooManyRows, named
from corridor.fetch.fetcher import Coming, Fetched, Fetcher, Known
from corridor.ingest.adding import add
from corridor.ingest.outcomes import AddReport, FileOutcome, Progress
from corridor.ingest.reading import Understand, understand
from corridor.ingest.wanted import Wanted
from corridor.store import Answered, Downloads, Missed, Store, checksum

#: Why a period is missed that no fault explains.
NO_ROWS = "the publisher's answer has no rows for it"
NO_FILE = "the publisher's list names no file for it"
#: Periods that a line names one by one.
_MOST_NAMED = 6


@dataclass(frozen=True)
class UpdateReport:
    """What an update brought.

    ``files`` are the outcomes of adding, ``unchanged`` counts what the publishers said is as it was, ``faults``
    holds one line a request that failed, ``missed`` the periods not had, also those of ``faults``;
    ``left_out`` are the publishers whose files no reader knows, and who were not named.
    """

    files: AddReport
    unchanged: int
    faults: tuple[str, ...]
    missed: tuple[Missed, ...]
    left_out: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[Missed, ...]:
        """The periods that no fault explains: the publisher answered, and said nothing of them."""
        return tuple(each for each in self.missed if each.reason in (NO_ROWS, NO_FILE))


@dataclass
class _Asking:
    """One publisher being asked. ``promised`` are the spans a list was to bring, ``had`` those that came."""

    publisher: Publisher
    ask: Ask
    fetcher: Fetcher
    ledger: Downloads
    held: frozenset[str]
    urls: frozenset[str]
    files: list[Fetched] = field(default_factory=list)
    unchanged: int = 0
    faults: list[str] = field(default_factory=list)
    promised: dict[Span, str] = field(default_factory=dict)
    had: set[Span] = field(default_factory=set)
    missed: dict[Span, Missed] = field(default_factory=dict)

    def run(self, progress: Progress | None) -> None:
        """Ask for everything the plan names and whatever its answers lead to."""
        waiting = deque(self.publisher.plan(self.ask))
        done = 0
        while waiting:
            request = waiting.popleft()
            waiting.extendleft(reversed(self._more(request)))
            done += 1
            if progress:
                progress(done, done + len(waiting), request.name)
        unnamed = {span: url for span, url in self.promised.items() if span not in self.had and span not in self.missed}
        for span, url in unnamed.items():
            self._miss(span, url, NO_FILE)

    def _more(self, request: Request) -> tuple[Request, ...]:
        """Make one request; the ones to be made in its place or because of it."""
        if request.fixed and request.address in self.urls:
            self._had(request.spans)
            self.unchanged += 1
            return ()
        try:
            return self._made(request)
        except TooManyRows as fault:
            if request.parts:
                return request.parts
            self._failed(request, fault)
        except DownloadFailed as fault:
            self._failed(request, fault)
        return ()

    def _made(self, request: Request) -> tuple[Request, ...]:
        fetched = self.fetcher.fetch(request, self._known(request))
        if fetched.path is None:
            self._had(request.spans)
            self.unchanged += 1
            return ()
        if not request.keep:
            return self._listed(request, fetched.path)
        present = self._present(request, fetched.path)
        self._had(present)
        for span in request.spans:
            if span not in present:
                self._miss(span, request.address, NO_ROWS)
        if present or not request.spans:
            self.files.append(fetched)
        else:
            fetched.path.unlink()
        return ()

    def _listed(self, request: Request, path: Path) -> tuple[Request, ...]:
        self.promised.update(dict.fromkeys(request.spans, request.address))
        body = path.read_bytes()
        path.unlink()
        with named(request.source, request.address):
            return self.publisher.further(self.ask, request, body) if self.publisher.further else ()

    def _present(self, request: Request, path: Path) -> Iterable[Span]:
        if self.publisher.look is None:
            return request.spans
        with named(request.source, request.address):
            try:
                return self.publisher.look(request, path.read_bytes()).present
            except DownloadFailed:
                path.unlink()
                raise

    def _known(self, request: Request) -> Known | None:
        answered = self.ledger.answered(request.address)
        if answered is None or answered.snapshot not in self.held:
            return None
        return Known(answered.etag, answered.last_modified)

    def _failed(self, request: Request, fault: DownloadFailed) -> None:
        self.faults.append(fault.line())
        for span in request.spans:
            self._miss(span, request.address, fault.what)

    def _had(self, spans: Iterable[Span]) -> None:
        self.had.update(spans)
        for span in spans:
            self.missed.pop(span, None)

    def _miss(self, span: Span, url: str, reason: str) -> None:
        if span not in self.had:
            self.missed[span] = _missed(span, self.publisher.id, reason, url, self.ask.today)


def update(
    store: Store,
    asked: Wanted,
    *,
    today: date,
    keys: Mapping[str, str] | None = None,
    patience: Patience | None = None,
    progress: Progress | None = None,
    coming: Coming | None = None,
    understand: Understand = understand,
) -> UpdateReport:
    """Ask publishers and add what they give.

    Each publisher's files are added when it was asked for all; a file that no reader takes stays in the folder
    of downloads. ``keys`` maps a publisher's id to its key. An interruption keeps what came: it goes on there.

    Raises `StoreError` where the store cannot be written, or another process downloads into it.
    """
    reports = []
    with store.downloads() as ledger:
        for publisher, ask in asked.asks:
            signed = _signed(publisher, ask, keys or {})
            with Fetcher(ledger.folder, keys=signed, patience=patience, coming=coming) as fetcher:
                ingests = store.ingests()
                asking = _Asking(
                    publisher,
                    ask,
                    fetcher,
                    ledger,
                    held=frozenset(each.snapshot for each in ingests),
                    urls=frozenset(each.url for each in ingests),
                )
                asking.run(progress)
            reports.append(_added(store, asking, today, understand))
    return _together(reports)


def _added(store: Store, asking: _Asking, today: date, understand: Understand) -> UpdateReport:
    """Hand the files over, and write down what was had and what was not."""
    fetched = {each.path: each for each in asking.files if each.path}
    sums = {path: checksum(path) for path in fetched}
    urls = {path: each.request.address for path, each in fetched.items()}
    report = add(store, fetched, today=today, urls=urls, understand=understand)
    outcomes = []
    for outcome in _by_file(report, fetched):
        each = fetched[outcome.path]
        if outcome.status == "refused":
            outcomes.append(replace(outcome, message=f"{outcome.message}; the file stays there"))
            continue
        known = each.known
        asking.ledger.remember(each.request.address, Answered(known.etag, known.last_modified, sums[outcome.path]))
        _remove(outcome.path)
        outcomes.append(outcome)
    had = [_missed(span, asking.publisher.id, "", "", today) for span in asking.had]
    missed = tuple(asking.missed.values())
    asking.ledger.settle(had, missed)
    return UpdateReport(replace(report, outcomes=tuple(outcomes)), asking.unchanged, tuple(asking.faults), missed)


def _by_file(report: AddReport, fetched: Collection[Path]) -> Iterator[FileOutcome]:
    """One outcome a file: an archive was taken if a file in it was, whatever notes the publisher packed beside it."""
    for path in fetched:
        found = [each for each in report.outcomes if each.path == path or path in each.path.parents]
        taken = [each for each in found if each.status != "refused"]
        yield replace((taken or found)[0], path=path)


def _remove(path: Path) -> None:
    """Remove a file that the store holds now, and its folder with the last of them."""
    path.unlink()
    with suppress(OSError):
        path.parent.rmdir()


def _together(reports: Sequence[UpdateReport]) -> UpdateReport:
    outcomes: tuple[FileOutcome, ...] = tuple(each for report in reports for each in report.files.outcomes)
    between = Counter[str]()
    for report in reports:
        between.update(report.files.between)
    return UpdateReport(
        AddReport(outcomes, between),
        sum(report.unchanged for report in reports),
        tuple(line for report in reports for line in report.faults),
        tuple(each for report in reports for each in report.missed),
    )


def _signed(publisher: Publisher, ask: Ask, keys: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    host = urlsplit(ask.base).hostname
    return {host: (publisher.key_header, keys[publisher.id])} if host and publisher.id in keys else {}


def _missed(span: Span, source: str, reason: str, url: str, asked: date) -> Missed:
    return Missed(
        source=source,
        table=span.table,
        freq=span.freq,
        period_start=span.start,
        period_end=span.end,
        flow=span.flow,
        reporter=span.reporter,
        partner=span.partner,
        product=span.product,
        reason=reason,
        url=url,
        asked=asked,
    )


def lines(missed: Iterable[Missed]) -> Iterator[str]:
    """One line a publisher, flow and reason, with the periods that were not had."""
    groups: dict[tuple[str, ...], list[Missed]] = {}
    for each in missed:
        groups.setdefault((each.source, each.reporter, each.partner, each.flow, each.reason), []).append(each)
    for (source, reporter, partner, flow, reason), members in groups.items():
        who = " ".join(filter(None, [reporter, flow, partner and f"with {partner}"]))
        yield f"{source}: {who + ', ' if who else ''}{_periods(members)}: {reason}"


def _periods(members: Sequence[Missed]) -> str:
    named = [f"{each.period_end:%Y}" if each.freq == "A" else f"{each.period_end:%Y-%m}" for each in members]
    if len(named) <= _MOST_NAMED:
        return ", ".join(named)
    return f"{named[0]} to {named[-1]} ({len(named)} periods)"
