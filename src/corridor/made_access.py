"""Questions about tariffs put to the store: the market-access card of a product, and negotiation sheets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import polars as pl

from corridor import user_files
from corridor.codes.whole_years import is_whole_year
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.lines import area, lines, said, words
from corridor.report.rows import plain
from corridor.scenarios import access, averages, groups, margins, negotiation, tariffs
from corridor.scenarios.access import AccessCard
from corridor.scenarios.suppliers import economies
from corridor.scenarios.tariffs import Schedule

if TYPE_CHECKING:
    from corridor.scenarios.notes import Note
    from corridor.workspace import Workspace

Sheet = Literal["request", "defensive", "coverage", "averages", "peaks", "escalation", "staging", "revenue"]
SHEETS: tuple[Sheet, ...] = get_args(Sheet)

_APPROXIMATE = Finding("access.approximate")


@dataclass(frozen=True)
class Trade:
    """The importer's last whole year by product and partner, on tariff lines; ``approximate`` where through groups.

    ``weights`` carries a product's value on every line of it (`margins.imports_by_line`), ``divided`` the same divided
    equally over the lines, so that it adds up.
    """

    source: str
    year: int
    weights: pl.DataFrame
    divided: pl.DataFrame
    approximate: bool
    bundled: bool = False

    def notes(self) -> Iterator[Finding]:
        """Whose imports weight the figures."""
        if not self.source:
            yield Finding("access.no_weights")
            return
        yield said("access.weights", year=str(self.year), source=self.source)
        if self.bundled:
            yield Finding("access.bundled")


@dataclass(frozen=True)
class MadeAccess:
    """A card or a sheet: notes above it, its table, and all of it as one object."""

    what: str
    table: pl.DataFrame
    remarks: tuple[Finding, ...]
    extra: Mapping[str, Any]
    lang: str = "en"

    def notes(self, lang: str | None = None) -> Iterator[str]:
        """What a reader must know before the figures, in the language they were asked for in or another."""
        yield from lines(self.remarks, lang or self.lang)

    def json(self) -> str:
        """One object with everything, unrounded."""
        return json.dumps(
            {
                "schema": f"corridor.{self.what}/1",
                "notes": list(self.notes()),
                **self.extra,
                "rows": plain(self.table),
            },
            ensure_ascii=False,
            indent=1,
            allow_nan=False,
        )


def card(
    workspace: Workspace, reporter: str, partner: str, product: str, *, on: date, notes: Path | None, lang: str,
    as_of: date | None = None,
) -> MadeAccess:  # fmt: skip
    """The market-access card of a product: a tariff line, the beginning of a code, or a customs group's name."""
    held = tariffs.schedule(workspace.tariffs(as_of), reporter)
    lines, approximate = _lines(held, product)
    trade = trade_by_line(workspace, reporter, held, as_of)
    made = access.card(
        held, partner, product, lines, trade.weights, on=on, notes=_notes(notes), approximate=approximate
    )
    named = made.lines.join(_names(workspace, held, lang), on="product", how="left")
    extra = {
        "reporter": reporter, "partner": partner, "product": product, "on": on.isoformat(),
        "schedule": {"source": held.source, "editions": list(held.editions)},
        "split_share": made.split_share, "certificate": dict(made.certificate),
        "trade_remedies": "not held: supply a note", "competitors": plain(made.competitors),
        "supplied_notes": [note.model_dump(mode="json") for note in made.notes],
        "approximate": approximate or trade.approximate,
    }  # fmt: skip
    return MadeAccess("tariff_card", named, tuple(_remarks(made, trade)), extra, lang)


def _duties(reporter: str, partner: str, on: date, held: Schedule) -> Finding:
    day, editions = Name("period", on.isoformat()), words(held.editions)
    return said("access.duties", reporter=area(reporter), partner=area(partner), day=day, editions=editions)


def _remarks(made: AccessCard, trade: Trade) -> Iterator[Finding]:
    yield _duties(made.reporter, made.partner, made.on, made.schedule)
    yield said("access.lines", n=made.lines.height, share=Measure(made.split_share, "share"))
    yield from trade.notes()
    if made.approximate or trade.approximate:
        yield _APPROXIMATE
    if made.certificate:
        known = made.certificate
        yield said(
            "access.certificate", form=str(known["form"]), months=str(known["valid_months"]),
            value=Measure(float(str(known["not_needed_up_to_usd"])), "usd"), article=str(known["article"]),
        )  # fmt: skip
    if made.competitors.height:
        best = made.competitors.head(5).select("partner", "effective", "regime").iter_rows()
        yield said("access.competitors", competitors=tuple(_competitor(*each) for each in best))
    yield Finding("access.remedies")
    for note in made.notes:
        yield said(
            "access.note", subject=Finding(f"access.subject.{note.subject}"), author=note.author,
            day=Name("period", note.date.isoformat()), text=note.text, address=note.address,
        )  # fmt: skip


def _competitor(partner: str, rate: float | None, regime: str | None) -> tuple[Parameter, ...]:
    """An economy with its duty and the regime that gives it, as far as they are known."""
    duty = Finding("access.unknown") if rate is None else Measure(rate, "share")
    return (area(partner), duty, *((_regime(regime),) if regime else ()))


def _regime(code: str) -> Parameter:
    own = code in (tariffs.MFN, "general", "applied")
    return Finding(f"access.regime.{code}") if own else Name("text", code)


def sheet(
    workspace: Workspace, reporter: str, partner: str, kind: Sheet, *, on: date, lang: str, as_of: date | None = None
) -> MadeAccess:
    """A negotiation sheet on all lines of the importer's schedule that the agreements speak of."""
    held = tariffs.schedule(workspace.tariffs(as_of), reporter)
    trade = trade_by_line(workspace, reporter, held, as_of)
    codes = tariffs.duty_lines(held)
    rows = held.rows.filter(pl.col("product").is_in(codes.implode()))
    table = _SHEETS[kind](rows, partner, trade, on)
    if "product" in table.columns:
        table = table.join(_names(workspace, held, lang), on="product", how="left")
    approximate = (_APPROXIMATE,) if trade.approximate else ()
    duties = _duties(reporter, partner, on, held)
    remarks = (duties, *trade.notes(), *approximate, Finding(f"access.reading.{kind}"))
    extra = {"reporter": reporter, "partner": partner, "sheet": kind, "on": on.isoformat()}
    return MadeAccess(f"tariff_{kind}", table, remarks, extra, lang)


def kind_of_sheet(text: str) -> Sheet:
    """The sheet a user names. Raises: UsageError with the names there are."""
    for known in SHEETS:
        if known == text.lower():
            return known
    raise UsageError(f"no sheet is called “{text}”", next_step=f"there are: {', '.join(SHEETS)}")


def _lines(held: Schedule, product: str) -> tuple[pl.DataFrame, bool]:
    """The tariff lines of what a user names, and whether they come through a group."""
    asked = product.replace(".", "").replace(" ", "")
    codes = held.rows.filter(pl.col("regime").is_in([tariffs.MFN, "applied"]))["product"].unique().sort()
    if asked.isdigit():
        found = pl.DataFrame({"product": codes.filter(codes.str.starts_with(asked))})
        if found.is_empty():
            tariffs.line(held.rows, product)
        return found, False
    from corridor.codes import products

    group = products.find(product)
    found = averages.lines_of([group.code], tariffs.duty_lines(held), averages.GROUPS)
    if found.is_empty():
        raise NothingFound(f"no tariff line is assigned to the group {group.code}", next_step="name a code instead")
    return found, True


def _notes(path: Path | None) -> tuple[Note, ...]:
    if path is None:
        return ()
    from corridor.scenarios import notes

    return notes.parse(user_files.text(path), path.name)


def trade_by_line(workspace: Workspace, reporter: str, held: Schedule, as_of: date | None = None) -> Trade:
    """The last whole year of the importer's imports that the store holds, brought to tariff lines."""
    flows = workspace.tables(as_of, of=(reporter,)).flows
    rows = flows.filter(
        pl.col("reporter") == reporter,
        pl.col("flow") == "import",
        pl.col("product") != "TOTAL",
        is_whole_year(),
    )
    if rows.is_empty():
        nothing = pl.DataFrame(schema={"product": pl.String, "partner": pl.String, "value_usd": pl.Float64})
        return Trade("", 0, nothing, nothing, approximate=False)
    year: int = rows.select(pl.col("period_end").dt.year().max()).item()
    rows = rows.filter(is_whole_year(year))
    key = ["source", "release", "table", "classification"]
    chosen = rows.group_by(key).len().sort("len", *key, descending=[True, *[False] * 4]).head(1)
    rows = economies(rows.join(chosen.select(key), on=key, how="semi"))
    classification = str(chosen["classification"][0])
    holds = averages.lines_of(rows["product"], tariffs.duty_lines(held), classification)
    counted = holds.group_by("group").agg(lines=pl.len())
    sold = rows.select("product", "partner", "value_usd")
    divided = (
        holds.join(counted, on="group")
        .join(sold.rename({"product": "group"}), on="group")
        .with_columns(value_usd=pl.col("value_usd") / pl.col("lines"))
        .group_by("product", "partner", maintain_order=True)
        .agg(pl.col("value_usd").sum())
    )
    source = str(chosen["source"][0])
    return Trade(
        source=source,
        year=year,
        weights=margins.imports_by_line(holds, sold),
        divided=divided,
        approximate=classification == averages.GROUPS,
        bundled=bool(rows["snapshot"].str.starts_with("sample:").all()),
    )


def _names(workspace: Workspace, held: Schedule, lang: str) -> pl.DataFrame:
    """Names of the lines as the schedule prints them in a language, in English where it does not print that one."""
    known = workspace.store.scan("product_names").filter(
        pl.col("lang").is_in([lang, "en"]), pl.col("source") == held.source
    )
    ranked = known.sort(pl.col("lang") == lang, descending=True, maintain_order=True)
    return ranked.group_by("product", maintain_order=True).agg(pl.col("name").first()).collect()


def margins_of(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    """Both preference margins of the partner on every line, competitors weighted by what the importer buys of them."""
    rates = tariffs.effective_rates(rows, [partner, *trade.weights["partner"].unique()], on)
    return margins.preference_margins(rates, trade.weights, partner)


def duties_by_product(
    workspace: Workspace, reporter: str, partner: str, codes: Sequence[str], classification: str, *, on: date,
    as_of: date | None,
) -> tuple[pl.DataFrame, tuple[Finding, ...]] | None:  # fmt: skip
    """``product, tariff, preference_margin`` of coarser products, means over their lines, and what must be said of it.

    ``tariff`` is the effective duty (0.1 = 10 %), the margin that against competitors. None without a schedule of
    the reporter, or in a classification that leads to no tariff line.
    """
    every = workspace.tariffs(as_of)
    if not averages.leads_to_lines(classification) or reporter not in every["reporter"]:
        return None
    held = tariffs.schedule(every, reporter)
    trade = trade_by_line(workspace, reporter, held, as_of)
    lines = tariffs.duty_lines(held)
    rows = held.rows.filter(pl.col("product").is_in(lines.implode()))
    holds = averages.lines_of(codes, lines, classification)
    table = holds.join(margins_of(rows, partner, trade, on), on="product").group_by("group").agg(
        tariff=pl.col("effective").mean(), preference_margin=pl.col("margin_competitors").mean()
    )  # fmt: skip
    approximate = classification == averages.GROUPS or trade.approximate
    day, editions = Name("period", on.isoformat()), words(held.editions)
    told = (said("access.duties_averaged", day=day, editions=editions), *trade.notes())
    return table.rename({"group": "product"}), (*told, _APPROXIMATE) if approximate else told


def _supply(trade: Trade, partner: str) -> pl.DataFrame:
    return trade.divided.filter(pl.col("partner") == partner)


def _request(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.request_list(margins_of(rows, partner, trade, on), _supply(trade, partner))


def _defensive(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.defensive_list(margins_of(rows, partner, trade, on), _supply(trade, partner))


def _coverage(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.coverage(tariffs.effective_rates(rows, [partner], on), trade.divided)


def _averages(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.averages(tariffs.effective_rates(rows, [partner], on), trade.divided)


def _peaks(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.peaks(tariffs.effective_rates(rows, [partner], on))


def _escalation(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    rates = tariffs.effective_rates(rows, [partner], on)
    return negotiation.escalation(rates, groups.lines_of_groups(rates["product"]))


def _staging(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.staging(rows, partner, range(on.year - 2, on.year + 5))


def _revenue(rows: pl.DataFrame, partner: str, trade: Trade, on: date) -> pl.DataFrame:
    return negotiation.revenue_forgone(tariffs.effective_rates(rows, [partner], on), trade.divided)


_SHEETS: Mapping[Sheet, Callable[[pl.DataFrame, str, Trade, date], pl.DataFrame]] = {
    "request": _request,
    "defensive": _defensive,
    "coverage": _coverage,
    "averages": _averages,
    "peaks": _peaks,
    "escalation": _escalation,
    "staging": _staging,
    "revenue": _revenue,
}
