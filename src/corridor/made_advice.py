"""Potential, rankings and their record over the stored flows: which world answers, what it lacks, what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl

from corridor.codes import caveats
from corridor.codes.products import is_hs
from corridor.errors import NothingFound, UnreadableFile, UsageError, Where
from corridor.evidence import Finding, Measure
from corridor.panels import Choice, Panel, panels
from corridor.potential.factors import COLUMNS, WANTED, Factors, MissingFactor
from corridor.potential.variants import Factor, variant
from corridor.recommend.advice import stale
from corridor.report.lines import area, joined, lines, said, words

if TYPE_CHECKING:
    from corridor.made_potential import MadePotential
    from corridor.recommend.advice import Advice
    from corridor.recommend.backtest.record import Record, Task
    from corridor.workspace import Workspace

#: Digits of a heading of the HS.
_HEADING = 4
_ABLE = (Finding("advice.able"), Finding("advice.declarants"))
#: Fewer markets than this give no share of the world's exports.
_MARKETS = 2
#: A year's figures are there once this part of all there ever were is, within so many months.
_COMPLETE, _MONTHS = 0.95, 24


@dataclass(frozen=True)
class Answer:
    """A table with the lines that must stand above it, and what stands apart from it."""

    title: str
    table: pl.DataFrame
    notes: tuple[str, ...] = ()
    apart: pl.DataFrame = field(default_factory=pl.DataFrame)


def potential(
    ws: Workspace,
    exporter: str,
    importer: str,
    choice: Choice,
    *,
    year: int | None,
    formula: str,
    neutral: Sequence[str],
    factors: Mapping[str, Path],
    this_year: int,
    lang: str = "en",
) -> MadePotential:
    """The potential of ``exporter`` in ``importer``, product by product; `MissingFactor` before any arithmetic."""
    from corridor.made_potential import Basis, MadePotential
    from corridor.potential.export_potential import export_potential

    chosen, given = variant(formula), read_factors(factors)
    one = _neutral(neutral, chosen.factors)
    held = panels(ws.unread_flows(choice.as_of), choice)
    panel, missing = _world(held, exporter, importer, year)
    if panel is None:
        raise _no_world(exporter, importer, missing, [each for each in given.missing(chosen) if each not in one])
    base = year or panel.years[-1]
    rows = panel.in_year(base)
    found = export_potential(
        rows.drop("year"),
        given,
        formula=formula,
        neutral=one,
        exporters=[exporter],
        importers=[importer],
    ).sort(["unrealised_usd", "product"], descending=[True, False], nulls_last=True)
    title = said(
        "advice.potential", exporter=area(exporter), importer=area(importer), year=str(base), series=panel.series,
        formula=formula,
    )  # fmt: skip
    old = stale(base, this_year, _estimated(panel, exporter, importer))
    told, as_one = (title, *old), _counted_as_one(found)
    notes = (joined(panel.world(base), lang), *lines(as_one, lang))
    basis = Basis((exporter, importer), panel, base, told, (*panel.world(base), *as_one))
    return MadePotential(joined(told, lang), found, notes, workspace=ws, basis=basis)


def _counted_as_one(found: pl.DataFrame) -> tuple[Finding, ...]:
    """Which factors count as 1 somewhere in the table, by their own names and not as they were asked for."""
    names = sorted({name for cell in found["neutral"].drop_nulls() for name in str(cell).split()})
    factors = tuple(Finding(f"advice.factor.{name}") for name in names)
    return (said("advice.as_one", factors=factors),) if names else ()


def _no_world(exporter: str, importer: str, missing: Sequence[str], lacking: Sequence[Factor]) -> MissingFactor:
    """All that is missing at once, so that nobody adds one file to be asked for the next."""
    beside = f", and beside the trade {', '.join(lacking)}" if lacking else ""
    files = ["UN Comtrade or BACI files of the harmonised system with every economy's trade by product"]
    return MissingFactor(
        f"the potential of {exporter} in {importer} needs {' and '.join(missing)}{beside}: nothing was computed",
        next_step="add " + "; ".join([*files, *(WANTED[each] for each in lacking)]),
    )


def _world(
    held: Sequence[Panel], exporter: str, importer: str, year: int | None
) -> tuple[Panel | None, tuple[str, ...]]:
    """The first series with the pair's supply and demand in one classification, or what all of them lack."""
    supply = f"supply: what {exporter} exports by product to {_MARKETS} markets or more"
    demand = f"demand: what {importer} imports by product from everybody"
    lacking = {supply, demand}
    for panel in held:
        rows = panel.in_year(year or panel.years[-1])
        markets = rows.filter(pl.col("exporter") == exporter)["importer"].n_unique()
        bought = rows.filter(pl.col("importer") == importer)["exporter"].n_unique()
        here = ({supply} if markets < _MARKETS else set()) | ({demand} if bought < _MARKETS else set())
        if not here:
            return panel, ()
        lacking = min(lacking, here, key=len)
    return None, tuple(sorted(lacking, reverse=True))


def _estimated(panel: Panel, *economies: str) -> tuple[str, ...]:
    return tuple(each for each in panel.estimated if each in economies)


def _neutral(asked: Sequence[str], factors: Sequence[Factor]) -> tuple[Factor, ...]:
    return tuple(factors) if tuple(asked) == ("all",) else cast("tuple[Factor, ...]", tuple(asked))


def read_factors(files: Mapping[str, Path]) -> Factors:
    """Factors from CSV files with the columns of `corridor.potential.factors.COLUMNS`; only the empty cell is missing.

    Raises: UsageError for a name that is no factor, UnreadableFile for a file that is no such table.
    """
    if unknown := [name for name in files if name not in COLUMNS]:
        raise UsageError(f"no factor {', '.join(unknown)}", next_step=f"there are: {', '.join(COLUMNS)}")
    return Factors(**{name: _read(cast(Factor, name), path) for name, path in files.items()})


def _read(factor: Factor, path: Path) -> pl.DataFrame:
    keys, numbers = COLUMNS[factor]
    try:
        table = pl.read_csv(path, infer_schema=False)
        by = ["importer", *keys] if keys == ("product",) and "importer" in table.columns else list(keys)
        return table.select(*by, *(pl.col(number).cast(pl.Float64) for number in numbers))
    except (OSError, pl.exceptions.PolarsError) as error:
        first = str(error).partition("\n")[0]
        raise UnreadableFile(
            f"it is no table of {factor}: {first}",
            where=Where(file=path.name),
            next_step=f"a CSV file in UTF-8 with the columns {', '.join((*keys, *numbers))}",
        ) from error


@dataclass(frozen=True)
class Ranking:
    """A ranking of one pair: the series and the year it stands on, what is said of the duties, and its method."""

    exporter: str
    importer: str
    method: str
    choice: Choice
    panel: Panel
    base: int
    advice: Advice
    old: tuple[Finding, ...]
    of_duties: tuple[Finding, ...]
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def title(self) -> tuple[Finding, ...]:
        """What the ranking is; on figures that are old or estimated nothing is recommended."""
        title = said(
            "advice.ranked" if self.old else "advice.recommended", exporter=area(self.exporter),
            importer=area(self.importer), method=Finding(f"advice.method.{self.method}"), year=str(self.base),
            series=self.panel.series,
        )  # fmt: skip
        return (title, *self.old)

    @property
    def world(self) -> tuple[Finding, ...]:
        """Whose figures the ranking knows."""
        return self.panel.world(self.base)

    @property
    def limits(self) -> tuple[Finding, ...]:
        """What must be said beside the ranking."""
        return (*self.of_duties, *_limits(self.advice), self._weights)

    @property
    def _weights(self) -> Finding:
        """What each criterion weighs, as a part of them all."""
        whole = sum(each.weight for each in self.advice.criteria)
        parts = tuple(
            said(
                "advice.weight", criterion=Finding(f"advice.criterion.{each.name}"),
                share=Measure(each.weight / whole, "share"),
            )
            for each in self.advice.criteria
        )  # fmt: skip
        return said("advice.weights_own" if self.weights else "advice.weights", criteria=parts)


def ranked(
    ws: Workspace, exporter: str, importer: str, choice: Choice, *, method: str, year: int | None, today: date,
    weights: Mapping[str, float] | None = None,
) -> Ranking:  # fmt: skip
    """All candidates of the pair with their scores.

    Duties and preference margins are those of the importer's schedule on ``today``, where one is held.
    """
    from corridor.made_access import duties_by_product
    from corridor.recommend.advice import advise

    held = panels(ws.unread_flows(choice.as_of), choice)
    panel = next((each for each in held if _trades(each, exporter, importer)), None)
    if panel is None:
        raise NothingFound(
            f"no whole year of {importer}'s imports by product from {exporter} and others",
            next_step="add the tables of December, which count since January (corridor add PATH)",
        )
    base = year or panel.years[-1]
    _must_hold(panel, base)
    codes = panel.rows["product"].unique().sort().to_list()
    on = choice.as_of or today
    duties = duties_by_product(ws, importer, exporter, codes, panel.classification, on=on, as_of=choice.as_of)
    paid, of_duties = duties or (None, ())
    found = advise(panel.rows, exporter, importer, base=base, method=method, tariffs=paid, weights=weights)
    old = stale(base, today.year, _estimated(panel, exporter, importer))
    return Ranking(exporter, importer, method, choice, panel, base, found, old, of_duties, weights or {})


def _must_hold(panel: Panel, year: int) -> None:
    """Raises: NothingFound for a year of which the series has nothing."""
    if year not in panel.years:
        years = ", ".join(map(str, panel.years))
        raise NothingFound(f"no imports by product of {year} are held", next_step=f"there are the years {years}")


def _spelt(table: pl.DataFrame, lang: str) -> Iterator[str]:
    """The sentence of every key in the column of caveats."""
    for key in caveats.split(caveats.join(key for cell in table["caveats"] for key in caveats.split(cell))):
        yield f"{key}: {caveats.sentence(key, lang)}"


def candidate_id(made: Ranking, product: str) -> str:
    """The id by which `corridor explain` makes the same ranking again: pair, product, year, method, what was chosen."""
    chosen = {name: getattr(made.choice, name) for name in ("source", "release", "classification", "as_of")}
    options = [f"{name}={value}" for name, value in chosen.items() if value is not None]
    if made.weights:
        options.append("weights=" + ",".join(f"{name}={value:g}" for name, value in sorted(made.weights.items())))
    return ":".join((f"{made.exporter}-{made.importer}-{product}-{made.base}", made.method, *options))


def ranking(
    ws: Workspace, exporter: str, importer: str, choice: Choice, *, top: int, method: str, year: int | None,
    today: date, regions: bool = False, weights: Mapping[str, float] | None = None, lang: str = "en",
) -> Answer:  # fmt: skip
    """The ``top`` candidates of the pair with their scores and ids, and apart those that could not be judged.

    With ``regions`` the answer's rows are the exporter's regions that could supply them, with their parts.
    """
    made = ranked(ws, exporter, importer, choice, method=method, year=year, today=today, weights=weights)
    notes = (joined(made.world, lang), *lines(made.limits, lang))
    first = made.advice.ranked.head(top)
    apart = made.advice.unscorable
    if not regions:
        ids = pl.Series("id", [candidate_id(made, product) for product in first["product"]], dtype=pl.String)
        table = with_caveats(ws, made, first).with_columns(ids)
        return Answer(joined(made.title, lang), table, (*notes, *_spelt(table, lang)), apart)
    parts = _by_region(ws, exporter, importer, first, made.base)
    title = (*made.title, said("advice.by_regions", exporter=area(exporter)))
    return Answer(joined(title, lang), parts, (*notes, *lines(_ABLE, lang)), apart)


def _limits(found: Advice) -> Iterator[Finding]:
    if found.left_out:
        yield said("advice.left_out", criteria=tuple(Finding(f"advice.criterion.{name}") for name in found.left_out))
    if found.unscorable.height:
        yield said("advice.unscorable", n=found.unscorable.height)


def _by_region(ws: Workspace, exporter: str, importer: str, ranked: pl.DataFrame, base: int) -> pl.DataFrame:
    """The regions that could supply what is ranked, as they exported in the newest year held up to the base year."""
    parts = _able(ws, exporter, importer, ranked, base)
    if parts is None:
        raise NothingFound(
            f"no rows of what the regions of {exporter} exported to everybody up to {base} are held",
            next_step="corridor template region makes a sheet; corridor add PATH adds customs tables by region",
        )
    return parts


def _able(ws: Workspace, exporter: str, importer: str, ranked: pl.DataFrame, base: int) -> pl.DataFrame | None:
    """A row a product and able region; None where no rows of the exporter's regions are held."""
    from corridor.made_apportioned import sold_everywhere
    from corridor.recommend.regional import by_region

    codes = [code for code in ranked["product"] if is_hs(code)]
    digits = min((len(code) for code in codes), default=_HEADING)
    sold, everywhere = sold_everywhere(ws.regional_flows(exporter), exporter, importer, digits)
    rows = everywhere.filter(pl.col("year") <= base) if everywhere.height else everywhere
    if rows.is_empty():
        return None
    year = rows["year"].max()
    here = sold.filter(pl.col("year") == year) if sold.height else rows.clear()
    return by_region(ranked, rows.filter(pl.col("year") == year), here)


def with_caveats(ws: Workspace, made: Ranking, first: pl.DataFrame) -> pl.DataFrame:
    """Candidates with what stands beside them (`corridor.recommend.findings.beside`)."""
    from corridor.recommend.findings.beside import beside

    here = (pl.col("importer") == made.importer) & (pl.col("year") == made.base)
    regions = _able(ws, made.exporter, made.importer, first, made.base) if first.height else None
    return beside(first, made.panel.figures(here), regions, made.exporter, made.importer, made.base)


def _trades(panel: Panel, exporter: str, importer: str) -> bool:
    sellers = panel.sellers(importer)
    return len(sellers) >= _MARKETS and exporter in sellers


def record(
    ws: Workspace,
    choice: Choice,
    *,
    task: Task,
    base: int | None,
    judged: Sequence[int],
    with_forest: bool,
    options: Mapping[str, float | int],
) -> tuple[Record, Finding]:
    """The record over all pairs of one series, and what it stands on.

    Figures of the years up to the base are taken as they had been published when the base year's were: a later release
    tells nothing to the forecast.
    """
    from corridor.recommend.backtest.design import Design
    from corridor.recommend.backtest.record import backtest

    held = panels(ws.unread_flows(choice.as_of), choice)
    if not held:
        raise NothingFound("no whole years of figures by product", next_step="corridor add PATH adds files")
    panel = held[0]
    years = panel.years
    start = base if base is not None else (years[-2] if len(years) > 1 else years[-1])
    after = tuple(judged) or tuple(year for year in years if year > start)
    if start not in years or not set(after) <= set(years) or not after:
        raise NothingFound(
            f"{panel.name} has the years {', '.join(map(str, years))}: no base year with a later one to judge by",
            next_step="name --base and --judge among them, or add files",
        )
    design = Design(base=start, judged=after, **options)  # type: ignore[arg-type]
    stands = said("advice.stands", series=panel.series, base=str(start), judged=words(after))
    return backtest(_as_known(ws, panel, start), design, task, with_forest=with_forest), stands


def told(found: Record, stands: Finding, lang: str = "en") -> Answer:
    """A record as a table of measures, its counts in the title; the tenths of each method's candidates apart."""
    counts = {"candidates": found.candidates, "economies": found.economies, "successes": found.successes}
    task = Finding(f"advice.task.{found.task}")
    title = joined((said("advice.too_few" if found.too_few else "advice.record", task=task, **counts), stands), lang)
    return Answer(title, found.measures.fill_nan(None), (), found.calibration.fill_nan(None))


def _as_known(ws: Workspace, panel: Panel, base: int) -> pl.DataFrame:
    """The panel with the years up to ``base`` as they stood when the base year's figures were first all there."""
    from bisect import bisect_left

    asked = Choice(panel.source, panel.release, panel.classification, panel.flow)
    size = panel.in_year(base).height

    def earlier(day: date) -> Panel | None:
        return next(iter(panels(ws.unread_flows(day), asked)), None)

    def complete(day: date) -> bool:
        found = earlier(day)
        return found is not None and found.in_year(base).height >= size * _COMPLETE

    days = [_month_end(base + 1, month) for month in range(1, _MONTHS + 1)]
    at = bisect_left(days, True, key=complete)
    # Files that print no date are known from the day they were added: of those there is one edition only.
    known = (earlier(days[at]) if at < len(days) else None) or panel
    return pl.concat([known.rows.filter(pl.col("year") <= base), panel.rows.filter(pl.col("year") > base)])


def _month_end(year: int, month: int) -> date:
    """The last day of the month, counted on through later years."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)
