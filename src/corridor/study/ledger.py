"""The figures of one series by period: a year is one column of the publisher, not a sum of ours."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from corridor.codes import areas
from corridor.codes.periods import Period
from corridor.codes.products import TOTAL
from corridor.codes.schema import SELECTION
from corridor.harmonise.coverage import SAMPLE_PREFIX
from corridor.study.series import Series

#: How a period's figure came to be.
CUMULATIVE, PRINTED, SUMMED = "cumulative", "printed", "sum_of_months"

#: Partner code of the publisher's sum over the partners its table lists.
LISTED = "_LISTED"
WORLD = "WLD"
#: Kinds of partners that are no sums over others; what no partner was named for is one of them.
_SINGLE = ("country", "former", "rest")

_FIGURE = (
    "flow", "partner", "product", "value_usd", "quantity", "quantity_unit", "maturity", "trace_id", "bundled", "chosen",
    "made",
)  # fmt: skip

#: Caveats of rows that are no report of the reporter's own: a sentence on them says so.
MADE = ("estimated", "mirror_estimate", "partner_statistics", "reconciled")
#: Share of the world's total that the partners of a selection must reach to pass for all of them.
WHOLE = 0.98


class Ledger:
    """The rows of one series, answered by flow and period.

    Every answer has the columns ``flow, partner, product, value_usd, quantity, quantity_unit, maturity,
    trace_id, bundled, chosen, made``; ``chosen`` marks rows of a selection of some partners; ``made`` says whether
    the publisher printed the figure for exactly this period (``printed``), as a year-to-date column
    (``cumulative``), or months were added (``sum_of_months``).
    """

    def __init__(self, flows: pl.DataFrame, series: Series) -> None:
        self.series = series
        rows = series.rows(flows).with_columns(bundled=pl.col("snapshot").str.starts_with(SAMPLE_PREFIX))
        self._rows = rows.with_columns(chosen=_chosen(rows))
        self._flows: dict[str, pl.DataFrame] = {}
        self._answers: dict[tuple[str, str], pl.DataFrame] = {}

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The flows that the series holds of the pair: mostly both; of a partner on one of two lists, one."""
        own = self._rows.filter(pl.col("partner") == self.series.partner)
        return tuple(own["flow"].unique().sort())

    @cached_property
    def selects_partners(self) -> bool:
        """Whether rows of other partners are held, in a selection of somebody's that nothing tells to be whole."""
        others = self._rows.filter(pl.col("partner").is_in(self._single_partners))
        return bool((others["chosen"] & (others["partner"] != self.series.partner)).any())

    def figures(self, flow: str, period: Period) -> pl.DataFrame:
        """Every partner's and group's figure of one flow in one period; empty where the series has none."""
        key = (flow, period.code)
        if key not in self._answers:
            self._answers[key] = self._figures(flow, period)
        return self._answers[key]

    def years(self, flow: str) -> tuple[int, ...]:
        """The years of which anything of one flow is held; a whole year is what `figures` has a figure for."""
        return tuple(self._of_flow(flow)["period_end"].dt.year().unique().sort())

    def holds(self, flow: str, period: Period, partner: str | None = None) -> bool:
        """Whether the series has a figure of ``flow`` with the pair's partner in ``period``."""
        of = self.series.partner if partner is None else partner
        return not self.figures(flow, period).filter(pl.col("partner") == of).is_empty()

    def pair(self, flow: str, period: Period) -> pl.DataFrame:
        """The groups traded with the pair's partner, without the total."""
        return self.figures(flow, period).filter(
            (pl.col("partner") == self.series.partner) & (pl.col("product") != TOTAL)
        )

    def total(self, flow: str, period: Period, partner: str | None = None) -> dict[str, object] | None:
        """The printed total with one partner, or None where there is none."""
        of = self.series.partner if partner is None else partner
        rows = self.figures(flow, period).filter((pl.col("partner") == of) & (pl.col("product") == TOTAL))
        return rows.row(0, named=True) if rows.height else None

    def caveats(self, flow: str, period: Period) -> tuple[str, ...]:
        """What the publisher's rows of the pair say on how the period's figures came to be, each once."""
        rows = self._of_flow(flow).filter(
            (pl.col("partner") == self.series.partner)
            & pl.col("period_end").is_between(period.start, period.end)
            & (pl.col("period_start") >= period.start)
        )
        words = set(rows["caveats"].drop_nulls().str.split(" ").explode().to_list())
        estimated = {"estimated"} if (rows["maturity"] == "estimated").any() and words.isdisjoint(MADE) else set()
        return tuple(word for word in MADE if word in words | estimated)

    def lacks_total(self, flow: str, period: Period) -> bool:
        """Whether goods traded with the pair's partner are held and their total is not: they may be some of all."""
        return self.total(flow, period) is None and self.pair(flow, period).height > 0

    def partners(self, flow: str, period: Period) -> pl.DataFrame:
        """The figures with every single partner (no group, no total of the publisher), by group and in total.

        Empty where only bundled figures, or a selection of some partners, are held: a sum over a few partners' rows
        would pass for the market.
        """
        rows = self.figures(flow, period).filter(pl.col("partner").is_in(self._single_partners))
        return rows.clear() if rows["bundled"].any() or rows["chosen"].any() else rows

    def market(self, flow: str, period: Period) -> pl.DataFrame:
        """The market by group, over the listed partners: ``product, value_usd, quantity, quantity_unit, suppliers``.

        The publisher's own sum over the listed partners is taken where a row holds it, else the partners
        are added here; where neither is held the answer is empty. ``quantity`` is null where some supplier's is not
        known.
        """
        figures = self.figures(flow, period).filter(pl.col("product") != TOTAL)
        listed = figures.filter(pl.col("partner") == LISTED)
        if listed.height:
            return listed.select(
                "product", "value_usd", "quantity", "quantity_unit", suppliers=pl.lit(None, dtype=pl.UInt32)
            )
        return (
            self.partners(flow, period)
            .filter(pl.col("product") != TOTAL)
            .group_by("product")
            .agg(
                pl.col("value_usd").sum(),
                quantity=_whole_sum("quantity"),
                quantity_unit=pl.col("quantity_unit").first(),
                suppliers=pl.col("partner").n_unique(),
            )
            .sort("product")
        )

    @cached_property
    def _single_partners(self) -> list[str]:
        codes = self._rows["partner"].unique().to_list()
        return sorted(code for code in codes if not code.startswith("_") and areas.area(code).kind in _SINGLE)

    def _of_flow(self, flow: str) -> pl.DataFrame:
        if flow not in self._flows:
            self._flows[flow] = self._rows.filter(pl.col("flow") == flow)
        return self._flows[flow]

    def _figures(self, flow: str, period: Period) -> pl.DataFrame:
        rows = self._of_flow(flow)
        exact = rows.filter((pl.col("period_start") == period.start) & (pl.col("period_end") == period.end))
        for made, chosen in self._printed(exact, period):
            if chosen.height:
                return chosen.with_columns(made=pl.lit(made)).select(_FIGURE)
        return self._summed(rows, period)

    @staticmethod
    def _printed(exact: pl.DataFrame, period: Period) -> list[tuple[str, pl.DataFrame]]:
        """The publisher's own columns for the period; for more than a month the cumulative one goes first."""
        plain = (PRINTED, exact.filter(~pl.col("cumulative")))
        cumulative = (CUMULATIVE, exact.filter("cumulative"))
        return [plain, cumulative] if len(period.months()) == 1 else [cumulative, plain]

    @staticmethod
    def _summed(rows: pl.DataFrame, period: Period) -> pl.DataFrame:
        """The sum of the months, where every month is there; else nothing, because a hole is not a zero."""
        months = period.months()
        inside = rows.filter(
            ~pl.col("cumulative")
            & (pl.col("freq") == "M")
            & pl.col("period_end").is_in([month.end for month in months])
        )
        if inside["period_end"].n_unique() < len(months):
            return inside.clear().with_columns(made=pl.lit(SUMMED)).select(_FIGURE)
        return (
            _without_holes(inside)
            .group_by("flow", "partner", "product")
            .agg(
                pl.col("value_usd").sum(),
                quantity=_whole_sum("quantity"),
                quantity_unit=pl.col("quantity_unit").first(),
                maturity=pl.col("maturity").first(),
                bundled=pl.col("bundled").any(),
                chosen=pl.col("chosen").any(),
                trace_id=pl.col("trace_id").sort_by("period_end").str.join(" "),
                made=pl.lit(SUMMED),
            )
            .select(_FIGURE)
        )


def _chosen(rows: pl.DataFrame) -> pl.Series:
    """Which rows belong to a selection of some partners: their totals fall short of the world's, or nothing is held of
    the world.

    An export of all partners is told apart from one of a few by nothing else.
    """
    span = ["table", "flow", "period_start", "period_end", "cumulative"]
    selected = rows.filter(pl.col("table").str.ends_with(SELECTION) & (pl.col("product") == TOTAL))
    kind = {code: areas.area(code).kind for code in selected["partner"].unique()}
    single = pl.col("partner").replace_strict(kind, default="", return_dtype=pl.String).is_in(_SINGLE)
    sums = selected.group_by(span).agg(
        partners=pl.col("value_usd").filter(single).sum(),
        world=pl.col("value_usd").filter(pl.col("partner") == WORLD).max(),
    )
    whole = (
        sums.filter(pl.col("partners") >= WHOLE * pl.col("world")).select(span).with_columns(whole=pl.lit(value=True))
    )
    told = rows.select(span).join(whole, on=span, how="left", maintain_order="left")
    selection = told["table"].str.ends_with(SELECTION)
    return (selection & told["whole"].is_null()).alias("chosen")


def _without_holes(months: pl.DataFrame) -> pl.DataFrame:
    """The rows of the partners, and of their groups, that every month holds.

    A publisher's own file holds all that its table lists. A month that is only bundled holds what it names and no
    more: a partner (or a partner's groups) without a row in it is not known to have traded nothing.
    """
    kinds = months.with_columns(in_groups=pl.col("product") != TOTAL)
    thin = kinds.group_by("period_end").agg(pl.col("bundled").all()).filter("bundled")
    if thin.is_empty():
        return months
    named = kinds.join(thin, on="period_end", how="semi").group_by("partner", "in_groups")
    held = named.agg(ends=pl.col("period_end").n_unique()).filter(pl.col("ends") == thin.height)
    return kinds.join(held, on=["partner", "in_groups"], how="semi").drop("in_groups")


def _whole_sum(column: str) -> pl.Expr:
    """The sum, or null where any part is unknown or in another unit: an unknown quantity is not a zero."""
    one_unit = pl.col("quantity_unit").n_unique() == 1
    return pl.when((pl.col(column).null_count() == 0) & one_unit).then(pl.col(column).sum())
