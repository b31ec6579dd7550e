"""The Python API: a data folder, and the verbs over it. The only place that joins the store with the analysis."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import polars as pl

from corridor import sample
from corridor.codes import areas
from corridor.codes.periods import FREQS, Freq, Period, parse, parse_many
from corridor.codes.products import is_hs
from corridor.errors import NothingFound, UsageError
from corridor.evidence import Trace
from corridor.harmonise.revisions import one_revision
from corridor.holdings import INTERNATIONAL, Holdings
from corridor.store import Store
from corridor.study.question import KEY_REGION_THRESHOLD, Question, Reconciliation
from corridor.study.regions import to_each_partner
from corridor.study.series import choose
from corridor.study.spans import with_period
from corridor.study.tables import Tables

if TYPE_CHECKING:
    from corridor.archive import Replay
    from corridor.bulletin.assignment import Thresholds
    from corridor.fetch import Patience
    from corridor.ingest import AddReport, RebuildReport
    from corridor.ingest.updating import UpdateReport
    from corridor.made_access import MadeAccess
    from corridor.made_advice import Answer
    from corridor.made_bulletin import MadeBulletin
    from corridor.made_check import MadeCheck, Text
    from corridor.made_overview import MadeOverview
    from corridor.made_potential import MadePotential
    from corridor.made_regions import MadeRegions
    from corridor.made_simulation import MadeSimulation
    from corridor.made_study import MadeStudy
    from corridor.made_target import MadeTarget
    from corridor.recommend.backtest.record import Task
    from corridor.worksheets.worksheet import Worksheet

Progress = Callable[[int, int, str], None]

#: Flows of one publisher; with more of them only the chosen series is read whole.
_MOST_ROWS = 2_000_000
#: Days; a period that is shorter is a half-month.
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Asked:
    """The options of a study, as the user gave them: what an archive needs to run it again."""

    exporter: str
    partner: str
    period: str | None = None
    freq: str | None = None
    as_of: date | None = None
    source: str | None = None
    release: str | None = None
    classification: str | None = None
    threshold: float = KEY_REGION_THRESHOLD
    reconcile: str | None = None
    cif_margin: float | None = None


class Workspace:
    """A data folder. Nothing is read before it is asked for, and a folder that is not there is an empty one."""

    def __init__(self, data: Path | str = "corridor-data") -> None:
        self.store = Store(Path(data))

    def tables(
        self, as_of: date | None = None, *, of: Collection[str] = (), sources: Collection[str] | None = None
    ) -> Tables:
        """The current rows of every table as published by ``as_of``, the bundled figures filling what no file holds.

        ``of`` keeps what these areas or their regions reported, and what others reported on them; ``sources`` keeps
        what these publishers printed.
        """
        return Holdings(self.store, as_of).tables(_concerning(of) if of else None, sources)

    def add(
        self, paths: Sequence[Path | str], *, progress: Progress | None = None, workers: int | None = None
    ) -> AddReport:
        """Adds publishers' files; each good one is kept, each refused one named in one line of the report."""
        from corridor import ingest

        files = [Path(path) for path in paths]
        return ingest.add(self.store, files, today=today(), progress=progress, workers=workers)

    def add_own(self, path: Path | str, map_file: Path | str, *, progress: Progress | None = None) -> AddReport:
        """Adds a table of the user's own, as a map in YAML explains it. Raises `UsageError` for a wrong map."""
        from corridor import own_tables

        return own_tables.add(self.store, Path(path), Path(map_file), today=today(), progress=progress)

    def guess_map(self, path: Path | str) -> str:
        """A map in YAML proposed for a table of the user's own."""
        from corridor import own_tables

        return own_tables.guess(Path(path))

    def update(
        self,
        words: Sequence[str],
        *,
        years: tuple[int, int] | None = None,
        classification: str | None = None,
        edition: str | None = None,
        bases: Mapping[str, str] | None = None,
        patience: Patience | None = None,
        progress: Progress | None = None,
    ) -> UpdateReport:
        """Downloads from publishers named by id, or all a pair of economies needs, and adds the files.

        ``years`` are both included; ``bases`` maps a publisher's id to another address to ask at.
        """
        from corridor import downloading

        choice = downloading.choice(years, classification, edition, bases)
        return downloading.update(self.store, words, choice, today(), patience=patience, progress=progress)

    def rebuild(self, *, progress: Progress | None = None) -> RebuildReport:
        """Makes all tables again from the publishers' files; answers stay the same, ``as_of`` ones too."""
        from corridor import ingest

        return ingest.rebuild(self.store, progress=progress)

    def study(
        self,
        exporter: str,
        partner: str,
        *,
        period: str | None = None,
        freq: str | None = None,
        as_of: date | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        threshold: float = KEY_REGION_THRESHOLD,
        reconcile: str | None = None,
        cif_margin: float | None = None,
    ) -> MadeStudy:
        """The five-stage study of ``exporter``'s exports to ``partner``; areas by code or name in en, ru or vi.

        ``reconcile`` names a method that makes one value of both sides' yearly totals, with ``cif_margin`` as stated.
        """
        limits = (source, release, classification, threshold)
        return self.run(Asked(exporter, partner, period, freq, as_of, *limits, reconcile, cif_margin))

    def run(self, asked: Asked) -> MadeStudy:
        """The study that ``asked`` describes."""
        from corridor.made_study import MadeStudy
        from corridor.study.study import study

        asked = replace(asked, exporter=_economy(asked.exporter), partner=_economy(asked.partner))
        question = Question(
            exporter=asked.exporter,
            partner=asked.partner,
            periods=periods(asked.period, asked.freq),
            freq=frequency(asked.freq),
            source=asked.source,
            release=asked.release,
            classification=asked.classification,
            threshold=asked.threshold,
            reconciliation=Reconciliation.asked(asked.reconcile, asked.cif_margin),
        )
        return MadeStudy(self, asked, study(self._tables_for(question, asked.as_of), question))

    def _tables_for(self, question: Question, as_of: date | None) -> Tables:
        """What a study needs: all on either side, but of a publisher of millions only if the study stands on it."""
        pair = (question.exporter, question.partner)
        heavy = self._heavy()
        if heavy:
            series = choose(self._of_pair(pair, as_of), question)
            heavy -= {series.source}
        tables = self.tables(as_of, of=pair, sources=self._all_but(heavy))
        regional = [
            self.regional_flows(one, as_of, sources=heavy).filter(pl.col("partner") == other).collect()
            for one, other in question.directions
            if heavy
        ]
        flows = one_revision(tables.flows, pair, self._concordances())
        totals = [to_each_partner(self.regional_flows(one, as_of, sources=heavy)).collect() for one in pair if heavy]
        return replace(
            tables,
            flows=pl.concat([flows, *(rows.select(flows.columns) for rows in regional)]),
            region_totals=pl.concat(totals) if totals else None,
        )

    def unread_flows(self, as_of: date | None = None) -> pl.LazyFrame:
        """What everybody reported as published by ``as_of``, the bundled figures with it. Read when it is collected."""
        return Holdings(self.store, as_of).unread_flows()

    def overview(self, exporter: str, partner: str) -> MadeOverview:
        """The trade of a pair at a glance: whole years, the largest goods, the last month held."""
        from corridor.made_overview import make_overview

        pair = (_economy(exporter), _economy(partner))
        return make_overview(self._of_pair(pair, None), *pair)

    def facts(self) -> pl.DataFrame:
        """Published figures without a table: those added and the bundled ones."""
        return Holdings(self.store).facts()

    def light_tables(self, one: str, other: str) -> Tables:
        """All on either side, but of a publisher of millions of rows."""
        return self.tables(of=(one, other), sources=self._all_but(self._heavy()))

    def tables_to_check(self, codes: Collection[str], as_of: date | None = None) -> Tables:
        """What these areas reported, and what others reported on them; nothing of regions that are not among them."""
        return Holdings(self.store, as_of).tables(_naming(codes), None)

    def regional_flows(
        self, economy: str, as_of: date | None = None, *, sources: Collection[str] | None = None
    ) -> pl.LazyFrame:
        """What the regions of an economy, and its groups of regions, exported, as they reported it.

        Read when it is collected.
        """
        return self.store.current("flows", as_of=as_of, where=_exports_of_regions(economy), sources=sources)

    def regional_pairs(self, economy: str) -> pl.LazyFrame:
        """To whom and when the regions of an economy exported, by series: what `regional_flows` holds, each once."""
        return self.store.pairs(where=_exports_of_regions(economy))

    def _of_pair(self, pair: tuple[str, str], as_of: date | None) -> Tables:
        """What the two sides say of each other, from every publisher."""
        rows = Holdings(self.store, as_of).tables(_between(pair), None)
        return replace(rows, flows=one_revision(rows.flows, pair, self._concordances()))

    def _all_but(self, sources: Collection[str]) -> frozenset[str] | None:
        """The publishers held but these; None, which is every one, where none is left out."""
        return frozenset(ingest.source for ingest in self.store.ingests()) - set(sources) if sources else None

    def _heavy(self) -> frozenset[str]:
        """The publishers of whom more rows are held than a study should read to find its series."""
        rows: Counter[str] = Counter()
        for ingest in self.store.ingests():
            rows[ingest.source] += ingest.rows.get("flows", 0)
        return frozenset(source for source, count in rows.items() if count > _MOST_ROWS)

    def _concordances(self) -> pl.DataFrame:
        return self.store.current("concordances").collect()

    def bulletin(
        self,
        reporter: str,
        partner: str,
        period: str,
        *,
        previous: bool = False,
        working_days: bool = False,
        thresholds: Thresholds | None = None,
        advice: bool = True,
        as_of: date | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
    ) -> MadeBulletin:
        """The bulletin of ``reporter``'s trade with a country or a group of countries in one period."""
        from corridor.bulletin.assignment import Assignment, Thresholds
        from corridor.bulletin.write import write
        from corridor.made_bulletin import MadeBulletin

        assignment = Assignment(
            reporter=_economy(reporter),
            partner=_economy(partner),
            period=parse(period),
            previous=previous,
            working_days=working_days,
            advice=advice,
            thresholds=thresholds or Thresholds(),
            source=source,
            release=release,
            classification=classification,
        )
        ends = (assignment.reporter, assignment.partner)
        written = write(self.tables(as_of, of=ends), assignment, self.tariffs(as_of, of=ends))
        return MadeBulletin(self, written, as_of)

    def tariffs(self, as_of: date | None = None, *, of: Collection[str] = ()) -> pl.DataFrame:
        """Every row of the tariff schedules held, of all editions; `corridor.scenarios.tariffs` chooses among them.

        ``of`` keeps the schedules of these importers.
        """
        rows = self.store.scan("tariffs", as_of=as_of)
        return (rows.filter(pl.col("reporter").is_in(list(of))) if of else rows).collect()

    def simulate(self, scenario: Path | str, *, as_of: date | None = None) -> MadeSimulation:
        """What the change of duties in a scenario's file does: before, after, difference."""
        from corridor import user_files
        from corridor.made_simulation import simulate

        path = Path(scenario)
        return simulate(self, user_files.text(path), path.name, as_of)

    def tariff(
        self,
        reporter: str,
        partner: str,
        product: str | None = None,
        *,
        sheet: str | None = None,
        on: date | None = None,
        notes: Path | None = None,
        lang: str = "en",
        as_of: date | None = None,
    ) -> MadeAccess:
        """The market-access card of a product, or with ``sheet`` a negotiation sheet over all lines of the schedule."""
        from corridor import made_access

        ours, theirs, when = _economy(reporter), _economy(partner), on or today()
        if sheet is not None:
            return made_access.sheet(
                self, ours, theirs, made_access.kind_of_sheet(sheet), on=when, lang=lang, as_of=as_of
            )
        return made_access.card(self, ours, theirs, product or "", on=when, notes=notes, lang=lang, as_of=as_of)

    def target(self, one: str, other: str, target_usd: float, year: int, *, statistics: str) -> MadeTarget:
        """What a turnover promised for a year asks for; ``statistics`` names whose figures it is counted in."""
        from corridor.made_target import make

        return make(self, _economy(one), _economy(other), target_usd, year, _economy(statistics))

    def potential(
        self,
        exporter: str,
        importer: str,
        *,
        year: int | None = None,
        formula: str = "full/1",
        neutral: Sequence[str] = (),
        factors: Mapping[str, Path] | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        as_of: date | None = None,
        lang: str = "en",
    ) -> MadePotential:
        """What ``exporter`` could sell to ``importer``, product by product, with every factor a column."""
        from corridor.made_advice import potential
        from corridor.panels import Choice

        return potential(
            self,
            _economy(exporter),
            _economy(importer),
            Choice(source, release, classification, None, as_of),
            year=year,
            formula=formula,
            neutral=neutral,
            factors=factors or {},
            this_year=today().year,
            lang=lang,
        )

    def recommend(
        self,
        exporter: str,
        importer: str,
        *,
        top: int = 20,
        method: str = "weighted_sum",
        year: int | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        as_of: date | None = None,
        regions: bool = False,
        weights: Mapping[str, float] | None = None,
        lang: str = "en",
    ) -> Answer:
        """Which goods to look at next in one market, ranked, and apart those that cannot be judged.

        ``regions``: by the exporter's regions that could supply them. ``weights``: points (0 to 100) of the criteria
        that weigh something else than usual; 0 leaves one out.
        """
        from corridor.made_advice import ranking
        from corridor.panels import Choice

        choice = Choice(source, release, classification, "import", as_of)
        pair = _economy(exporter), _economy(importer)
        return ranking(
            self, *pair, choice, top=top, method=method, year=year, today=today(), regions=regions, weights=weights,
            lang=lang,
        )  # fmt: skip

    def backtest(
        self,
        *,
        task: Task = "growth",
        base: int | None = None,
        judged: Sequence[int] = (),
        flow: str | None = None,
        with_forest: bool = True,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        lang: str = "en",
        **options: float,
    ) -> Answer:
        """How often advice on the years up to ``base`` was right; ``options``: those of the design of a backtest."""
        from corridor.made_advice import record, told
        from corridor.panels import Choice

        choice = Choice(source, release, classification, flow)
        found, stands = record(
            self, choice, task=task, base=base, judged=judged, with_forest=with_forest, options=options
        )
        return told(found, stands, lang)

    def regions(
        self,
        exporter: str,
        partner: str,
        *,
        threshold: float = KEY_REGION_THRESHOLD,
        digits: int = 4,
        head_offices: bool = True,
        apportion: str | None = None,
        key: Path | None = None,
        geojson: Path | None = None,
    ) -> MadeRegions:
        """The regions of ``exporter`` in its exports to ``partner``: key regions, and who could become one.

        ``apportion`` (exports, total_exports, or key with a file of one's own) adds estimates from the national flow.
        ``geojson``: shapes for the map.
        """
        from corridor.made_regions import Asked, make_regions

        asked = Asked(digits, threshold, head_offices, apportion, key, geojson)
        return make_regions(self, _economy(exporter), _economy(partner), asked)

    def region(
        self,
        code: str,
        partner: str,
        *,
        products: Collection[str] = (),
        digits: int = 4,
        apportion: str | None = None,
        key: Path | None = None,
    ) -> MadeRegions:
        """One region's exports to ``partner``; ``products``: goods whose national trade is shown beside it."""
        from corridor.made_regions import Asked, make_region

        return make_region(self, code, _economy(partner), Asked(digits, apportion=apportion, key=key), products)

    def is_sample_only(self) -> bool:
        """Whether no publisher's file was added yet, so that the bundled figures answer alone."""
        return not self.store.ingests()

    def check(self, text: str | Path | Text, *others: str | Path | Text, as_of: date | None = None) -> MadeCheck:
        """The claims of a text about trade, each judged by the tables, by the text itself and by the other texts.

        A text is given as it is or as a file: plain text, Markdown, HTML or DOCX, by `Path` or by its name alone.
        """
        from corridor.made_check import as_text, check_texts

        given = (text, *others)
        return check_texts(self, [as_text(each, f"text {place}") for place, each in enumerate(given, 1)], as_of)

    def notes(self, lang: str = "en") -> Iterator[str]:
        """What a person should know before reading an answer: that only the bundled figures gave it."""
        from corridor.report.lines import ADD, lines, said

        if self.is_sample_only():
            yield from lines((said("store.bundled", command=ADD),), lang)

    def coverage(
        self,
        reporter: str,
        partner: str,
        *,
        period: str | None = None,
        freq: str | None = None,
        source: str | None = None,
        release: str | None = None,
        as_of: date | None = None,
    ) -> pl.DataFrame:
        """What was printed on the pair, table by table and period by period, with a reason for every hole.

        A month whose file is not held carries ``implied_usd``, the value that the cumulative columns around it imply.
        A period that a publisher was asked for and did not give is ``not_held`` too, with the ``reason``.
        """
        from corridor.harmonise.coverage import calendar, with_missed
        from corridor.study.revisions import implied_months

        ours, theirs = areas.find(reporter).code, areas.find(partner).code
        tables = self.tables(as_of, of=(ours, theirs))
        printed = calendar(tables.flows, tables.coverage, tables.calendar, ours, theirs)
        table = with_period(with_missed(printed, [vars(each) for each in self.store.missed()], ours, theirs))
        totals = tables.flows.filter(
            (pl.col("reporter") == ours) & (pl.col("partner") == theirs) & (pl.col("product") == "TOTAL")
        )
        implied = [
            implied_months(rows)
            .select("flow", "period_end", "implied_usd")
            .with_columns(source=pl.lit(key[0]), release=pl.lit(key[1]), cumulative=pl.lit(value=False))
            for key, rows in totals.group_by("source", "release")
        ]
        keys = ["source", "release", "flow", "period_end", "cumulative"]
        offered = pl.concat(implied) if implied else table.select(keys).clear().with_columns(implied_usd=pl.lit(0.0))
        joined = table.join(offered, on=keys, how="left", maintain_order="left")
        return self._chosen(joined, period, freq, source, release, None, f"{ours} on {theirs}")

    def flows(
        self,
        reporter: str,
        partner: str,
        *,
        product: str | None = None,
        period: str | None = None,
        freq: str | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        as_of: date | None = None,
    ) -> pl.DataFrame:
        """The figures that ``reporter`` published on ``partner``, every release unless one is named.

        ``product``: a code held, or the name of a group.
        """
        ours, theirs = areas.find(reporter).code, areas.find(partner).code
        held = Holdings(self.store, as_of).flows(_between((ours, theirs)))
        rows = held.filter((pl.col("reporter") == ours) & (pl.col("partner") == theirs))
        if product is not None:
            rows = rows.filter(pl.col("product") == _product(rows, product))
        table = with_period(rows).sort("flow", "period_end", "cumulative", "source", "release", "product")
        return self._chosen(table, period, freq, source, release, classification, f"{ours} on {theirs}")

    def checks(self, *, source: str | None = None, file: str | None = None) -> pl.DataFrame:
        """What the checks of the added files found: rows of the stored table ``checks``, in the order of adding."""
        rows = self.store.current("checks").collect()
        for column, value in (("source", source), ("file", file)):
            rows = rows if value is None else rows.filter(pl.col(column) == value)
        return rows

    def sql(self, query: str) -> pl.DataFrame:
        """What one SELECT gives over the stored tables: `flows` as they stand, `all_flows` with all editions."""
        return self.store.sql(query)

    def find(
        self, word: str, *, pair: tuple[str, str] | None = None, limit: int | None = None, lang: str = "en"
    ) -> pl.DataFrame:
        """Goods by name, alias, stem or code in en, ru or vi, best first; ``pair``: with the trade between the two."""
        from corridor.product_search import search

        codes = (_economy(pair[0]), _economy(pair[1])) if pair else None
        return search(self, word, pair=codes, limit=limit, lang=lang)

    def indicator(
        self,
        name: str,
        exporter: str | None = None,
        importer: str | None = None,
        *,
        reporter: str | None = None,
        product: str | None = None,
        over: Literal["product", "partner"] | None = None,
        period: str | None = None,
        freq: str | None = None,
        source: str | None = None,
        release: str | None = None,
        classification: str | None = None,
        among_held: bool = False,
        as_of: date | None = None,
        options: Mapping[str, object] | None = None,
    ) -> Worksheet:
        """An indicator of what is held: of the trade from ``exporter`` to ``importer``, or of one of them with all.

        ``options`` are the indicator's own arguments. Raises `NothingFound` where the store lacks what it needs.
        """
        from corridor.worksheets.asking import Asking
        from corridor.worksheets.worksheet import worksheet

        tables = self.tables(as_of)
        sides = [_economy(side) if side else None for side in (exporter, importer, reporter)]
        asking = Asking(
            name,
            exporter=sides[0],
            importer=sides[1],
            reporter=sides[2],
            product=_product(tables.flows, product) if product else None,
            periods=periods(period, freq),
            over=over,
            source=source,
            release=release,
            classification=classification,
            among_held=among_held,
            options=options or {},
        )
        return worksheet(tables, asking)

    def indicators(self) -> pl.DataFrame:
        """Every indicator by name, with what it says and its options."""
        from corridor.worksheets.worksheet import catalogue

        return catalogue()

    def sources(self, lang: str = "en") -> pl.DataFrame:
        """Every publisher that can be read and what the store holds of it, then the bundled figures."""
        from corridor.sources import card, source_ids

        held = self.store.ingests()
        spans = self._spans()
        rows = []
        for source in source_ids():
            files = [each for each in held if each.source == source]
            rows.append(
                {
                    "source": source,
                    "name": getattr(card(source).title, lang),
                    "rank": card(source).rank,
                    "files": len(files),
                    "rows": sum(sum(each.rows.values()) - each.rows.get("checks", 0) for each in files),
                    "not_understood": sum(sum(each.reasons.values()) for each in files),
                    "findings": sum(each.rows.get("checks", 0) for each in files),
                    **spans.get(source, {"first_period": None, "last_period": None}),
                    "address": card(source).address,
                    "tried_on": card(source).tried_on,
                }
            )
        rows += [row for row in _sample_rows() if row["source"] not in source_ids()]
        return pl.DataFrame(rows, infer_schema_length=None)

    def explain(self, id: str, *, lang: str = "en", as_json: bool = False) -> str:
        """The argument behind the id of a recommendation or a ranked candidate, or the publisher's row of a trace."""
        from corridor import made_argument

        if "/" in id:
            trace = self.trace(id)
            lines = {name: value for name, value in vars(trace).items() if value}
            if as_json:
                return json.dumps({"schema": "corridor.trace/1", **lines}, ensure_ascii=False, indent=1)
            return "\n".join(f"{name}: {value}" for name, value in lines.items())
        if made_argument.is_candidate(id):
            argument = made_argument.explain(self, id, today=today())
            return argument.json() if as_json else argument.text(lang)
        exporter, _, rest = id.partition("-")
        partner, _, rest = rest.partition("-")
        _, _, period = rest.partition("-")
        if not period:
            raise NothingFound(
                f"“{id}” is neither a recommendation nor a trace",
                next_step="a recommendation looks like RUS-VNM-coal-2025, a trace like 9862892aaa20b99d/3/17",
            )
        made = self.study(exporter, partner)
        if id not in made.recommended:
            made = self.study(exporter, partner, period=period)
        return made.explain(id, lang=lang, as_json=as_json)

    def replay(self, file: Path) -> Replay:
        """Runs an archived study again and compares every number."""
        from corridor.archive import replay

        return replay(self, Path(file))

    def trace(self, trace_id: str) -> Trace:
        """The publisher's row behind a trace id."""
        if not trace_id.startswith("sample:"):
            return self.store.trace(trace_id)
        found = sample.traces(trace_id)
        # Most bundled figures were read in a copy whose checksum is not known: the citation names the source then.
        return replace(found, checksum=found.checksum or trace_id.rpartition("/")[0])

    def publishers(self, on: date | None = None) -> Mapping[str, Mapping[str, str]]:
        """Every publisher's name in every language, by source id: the one it bore on the day ``on`` (None: today)."""
        from corridor.sources import card, source_ids
        from corridor.sources.card import Language

        day, languages = on or today(), get_args(Language)
        named = {
            source: {lang: card(source).publisher.name(lang, day) for lang in languages} for source in source_ids()
        }
        return {**sample.source_names(), **named}

    def goods(self, codes: Collection[str], classification: str) -> Mapping[str, Mapping[str, str]]:
        """Names in every language of goods in digits, as the files that were added print them: `goods_in`."""
        from corridor.report.goods import goods_in

        asked = [code for code in codes if is_hs(code)]
        return goods_in(
            self.store.scan("product_names").filter(pl.col("product").is_in(asked)).collect(), classification
        )

    def traces(self, ids: Iterable[str]) -> dict[str, Trace]:
        """Many trace ids at once; each file is looked up once."""
        files: dict[str, Trace] = {}
        found = {}
        for each in sorted(set(ids)):
            file, _, place = each.partition("/")
            if file not in files or each.startswith("sample:"):
                files[file] = self.trace(each)
            page, _, row = place.rpartition("/")
            found[each] = files[file] if each.startswith("sample:") else replace(files[file], page=page, row=row)
        return found

    def _spans(self) -> dict[str, dict[str, object]]:
        spans = (
            self.store.current("coverage")
            .group_by("source")
            .agg(first_period=pl.col("period_start").min(), last_period=pl.col("period_end").max())
        )
        return {row.pop("source"): row for row in spans.collect().iter_rows(named=True)}

    def _chosen(
        self,
        table: pl.DataFrame,
        period: str | None,
        freq: str | None,
        source: str | None,
        release: str | None,
        classification: str | None,
        what: str,
    ) -> pl.DataFrame:
        limits = {"source": source, "release": release, "classification": classification}
        for column, value in limits.items():
            if value is not None:
                table = table.filter(pl.col(column) == value)
        asked = periods(period, freq)
        if asked:
            table = table.filter(pl.any_horizontal(_within(each) for each in asked))
        if freq:
            table = table.filter(_of_freq(str(frequency(freq))))
        if table.is_empty():
            named = ", ".join(
                [*(f"{name} {value}" for name, value in limits.items() if value), *filter(None, [period])]
            )
            raise NothingFound(
                f"no figures of {what}" + (f" for {named}" if named else ""),
                next_step="corridor sources shows what is there; corridor add PATH adds files",
            )
        return table


def _naming(codes: Collection[str]) -> pl.Expr:
    """What areas reported, and what others reported on them."""
    return pl.col("reporter").is_in(list(codes)) | pl.col("partner").is_in(list(codes))


def _concerning(codes: Collection[str]) -> pl.Expr:
    """What areas, or regions of theirs, reported, and what others reported on them."""
    regional = [f"{found.iso2}-" for found in map(areas.area, codes) if found.kind == "country" and found.iso2]
    return pl.any_horizontal(_naming(codes), *(pl.col("reporter").str.starts_with(prefix) for prefix in regional))


def _exports_of_regions(economy: str) -> pl.Expr:
    """What reporters say that have a number within the economy: one question asked of every row, and not ninety."""
    return pl.col("reporter").str.starts_with(f"{areas.area(economy).iso2}-") & (pl.col("flow") == "export")


def _between(pair: tuple[str, str]) -> pl.Expr:
    """What the two sides say of each other."""
    return pl.col("reporter").is_in(pair) & pl.col("partner").is_in(pair)


def _economy(text: str) -> str:
    """The code of an economy that a user names; a publisher's total is none."""
    found = areas.find(text)
    if found.kind == "aggregate":
        raise UsageError(f"{found.code} is a publisher's total, no economy", next_step="name a country, e.g. RUS")
    return found.code


def _product(flows: pl.DataFrame, text: str) -> str:
    """The code of a product that the store holds, or of the group that goes by that name."""
    from corridor.codes import products

    held = flows["product"].str.to_lowercase() == text.lower()
    return str(flows.filter(held)["product"][0]) if held.any() else products.find(text).code


def periods(text: str | None, freq: str | None) -> tuple[Period, ...]:
    """The periods a user means; none where nothing was said."""
    return parse_many(text, frequency(freq)) if text else ()


def frequency(text: str | None) -> Freq | None:
    """M, Q, A, YTD or H; `UsageError` for anything else."""
    found = next((each for each in FREQS if text and each == text.upper()), None)
    if text and found is None:
        raise UsageError(f"no frequency “{text}”", next_step=f"there are: {', '.join(FREQS)}")
    return found


def _within(period: Period) -> pl.Expr:
    """Rows of the period itself, and of the months inside it."""
    return (pl.col("period_end") == period.end) & (pl.col("period_start") == period.start) | (
        ~pl.col("cumulative") & (pl.col("period_start") >= period.start) & (pl.col("period_end") <= period.end)
    )


def _of_freq(freq: str) -> pl.Expr:
    months = (pl.col("period_end").dt.month() - pl.col("period_start").dt.month()) + 1
    half = (pl.col("period_end") - pl.col("period_start")).dt.total_days() < _SHORTEST_MONTH - 1
    plain = ~pl.col("cumulative") & ~half
    return {"M": plain & (months == 1), "Q": plain & (months == 3), "A": months == 12, "YTD": pl.col("cumulative"),
            "H": half}[freq]  # fmt: skip


def today() -> date:
    """The day it is where the user sits: the day a file was added is theirs, not Greenwich's."""
    return datetime.now().astimezone().date()


def _sample_rows() -> list[dict[str, object]]:
    bundled = sample.load()
    by_source = bundled.flows.group_by("source").agg(
        rows=pl.len(), first_period=pl.col("period_start").min(), last_period=pl.col("period_end").max()
    )
    return [
        {
            **row,
            "name": "bundled figures",
            "rank": INTERNATIONAL,
            "files": 0,
            "not_understood": 0,
            "findings": 0,
            "address": "",
            "tried_on": "",
        }
        for row in by_source.sort("source").iter_rows(named=True)
    ]
