"""Export potential: supply x demand x ease, each factor a column of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames
from corridor.potential import demand, ease, supply
from corridor.potential.factors import Factors, check_given
from corridor.potential.trade import CELL, World
from corridor.potential.variants import Factor, Variant, variant


def export_potential(
    trade: IntoFrameT,
    factors: Factors | None = None,
    *,
    formula: str = "full/1",
    neutral: Sequence[Factor] = (),
    exporters: Sequence[str] | None = None,
    importers: Sequence[str] | None = None,
    itself: bool = False,
) -> IntoFrameT:
    """What an exporter could sell of a product to an importer, next to what it sells.

    ``potential_usd = supply x demand_usd x ease`` in each cell of exporter i, importer j, product k:

    - ``demand_usd = imports_usd x demand_outlook x access``; ``imports_usd`` = v_jk, ``demand_outlook`` =
      (ΔGDP_j / ΔPOP_j)^E_jk ΔPOP_j, ``access`` = ((1 + average tariff_jk) / (1 + tariff_ijk))^σ_k, averages weighted by
      what each supplier sells there.
    - ``supply = export_share x balance x supply_access``; ``export_share`` = v_ik ΔGDP_i / Σ_i v_ik ΔGDP_i,
      ``balance`` = min(1, v_ik / m_ik), m its own imports, ``supply_access`` = (1 + average tariff its exports pay) /
      (1 + average tariff all exports of k pay), both weighted by trade: who sells well in spite of high duties is more
      able than its share says.
    - ``ease = nearness x bilateral_ease``; ``bilateral_ease`` = v_ij / Σ_k (v_ik / v_k) v_jk, what i sells to j over
      what it would sell there if it had its world share in each product: above 1 is easier than usual. ``nearness`` =
      exp(average log distance of j's suppliers of k - log distance_ij). The sign: who is nearer than the average has a
      smaller log distance, so the exponent is positive and nearness is rewarded, as transport costs rise with distance.
      The formula printed by the UK Department for Business and Trade takes minus the absolute difference, which
      punishes the nearer as much as the farther; ``dbt_2023/1`` keeps it so.

    Δ are ratios over the outlook's horizon (1 + growth). ``realised_usd`` is what the table holds, ``unrealised_usd``
    = max(0, potential - realised). A benchmark, not a ceiling, and no forecast.

    ``trade``: ``exporter, importer, product, value_usd`` of one period or its mean over several, the whole world as far
    as it is held; rows of one cell are added up, trade with oneself is left out. ``formula``: a name of
    `corridor.potential.variants`, which also tells which factors it needs; ``neutral`` names factors that count as 1
    where they are not known (an unknown income elasticity as 0), every row says which in the column ``neutral``.
    Without it a cell that lacks a factor has no potential, and ``potential_absence`` says why. ``exporters``,
    ``importers``: compute these only, against the same world. ``itself`` keeps what an economy's own market would take
    of its exports, for sums over all exporters. Cells where the exporter sells no such product anywhere, or the
    importer buys none, have a potential of zero and no row.

    Raises: MissingFactor, MissingColumns, UnfitTable, UsageError.

    Source: the decomposition of Decreux and Spies (2016), ITC working paper WP-16-02, in the form printed by the UK
    Department for Business and Trade (2023). This is neither organisation's indicator. Checked by hand: with every
    other factor 1, Σ_i potential = v_jk without ease (``supply_demand/1``), and Σ_k potential = v_ij with it.

    Worked example: j imports 100 of k, i has a quarter of world exports of k, everything else 1: potential 25. If i
    sells j half of what its world shares would give, ease 0.5: 12.5.
    """
    found = cells(measured(trade, factors, formula, neutral, exporters, importers, itself=itself))
    return frames.leave(found.sort(*CELL), trade)


@dataclass(frozen=True)
class Measured:
    """The small tables of which every cell is the product: by exporter, by importer, by pair, and the trade itself."""

    supply: frames.Table
    demand: frames.Table
    pairs: frames.Table
    realised: frames.Table
    tariffs: frames.Table | None
    formula: Variant
    given: tuple[Factor, ...]
    neutral: tuple[Factor, ...]

    def of(self, exporters: Sequence[str]) -> Measured:
        """The ingredients of some exporters only, against the same world: a world streams exporter by exporter."""
        own = nw.col("exporter").is_in(list(exporters))
        return replace(
            self, supply=self.supply.filter(own), pairs=self.pairs.filter(own), realised=self.realised.filter(own)
        )


def measured(
    trade: IntoFrameT,
    factors: Factors | None = None,
    formula: str = "full/1",
    neutral: Sequence[Factor] = (),
    exporters: Sequence[str] | None = None,
    importers: Sequence[str] | None = None,
    *,
    itself: bool = False,
) -> Measured:
    """The ingredients of `cells`, computed once; the arguments are those of `export_potential`."""
    chosen, factors = variant(formula), factors or Factors()
    check_given(factors, chosen, neutral)
    tables: demand.Tables = {each: factors.table(each) for each in chosen.factors if each != "balance"}
    world = World(trade, exporters, importers)
    supplied = supply.measure(world, tables, balance="balance" in chosen.factors, neutral=neutral)
    demanded = demand.measure(world, tables, neutral)
    return Measured(
        supply=supplied,
        demand=demanded,
        pairs=ease.measure(world, supplied, demanded, tables.get("distance"), itself=itself, eased=chosen.eased),
        realised=world.realised(),
        tariffs=tables.get("tariffs"),
        formula=chosen,
        given=tuple(each for each in chosen.factors if each == "balance" or tables[each] is not None),
        neutral=tuple(neutral),
    )


def cells(measured: Measured) -> frames.Table:
    """One row a cell with every factor, the potential, and what is realised and unrealised of it."""
    table = measured.supply.join(measured.demand, on="product").join(measured.pairs, on=["exporter", "importer"])
    if measured.tariffs is not None:
        table = table.join(measured.tariffs, on=list(CELL), how="left")
    table = table.join(measured.realised, on=list(CELL), how="left")
    table = table.with_columns(access=_access(measured), nearness=_nearness(measured))
    flagged = table.with_columns(neutral=_neutral(measured), potential_absence=_absence(measured))
    filled = flagged.with_columns(
        nw.col(column).fill_null(1.0)
        for column, factor in _RATIOS.items()
        if factor in measured.given and factor in measured.neutral
    )
    return _multiplied(filled)


#: The factors that are ratios, and what each needs; a neutral one is 1.
_RATIOS: dict[str, Factor] = {"access": "tariffs", "supply_access": "tariffs", "nearness": "distance",
                              "balance": "balance"}  # fmt: skip


def _multiplied(table: frames.Table) -> frames.Table:
    known = nw.col("realised_usd").fill_null(0.0)
    table = table.with_columns(
        demand_usd=nw.col("imports_usd") * nw.col("demand_outlook") * nw.col("access"),
        supply=nw.col("export_share") * nw.col("balance") * nw.col("supply_access"),
        ease=nw.col("nearness") * nw.col("bilateral_ease"),
        realised_usd=known,
    ).with_columns(potential_usd=nw.col("supply") * nw.col("demand_usd") * nw.col("ease"))
    left = nw.col("potential_usd") - nw.col("realised_usd")
    floored = nw.when(left > 0).then(left).otherwise(nw.when(~left.is_null()).then(nw.lit(0.0)))
    return table.with_columns(unrealised_usd=floored).select(*COLUMNS)


#: The columns of the result, in order.
COLUMNS = (
    *CELL, "imports_usd", "demand_outlook", "access", "demand_usd", "exports_usd", "export_share", "balance",
    "supply_access", "supply", "nearness", "bilateral_ease", "ease", "potential_usd", "realised_usd",
    "unrealised_usd", "neutral", "potential_absence",
)  # fmt: skip


def _access(measured: Measured) -> nw.Expr:
    if "tariffs" not in measured.given:
        return nw.lit(1.0)
    better = (1 + nw.col("average_tariff")) / (1 + nw.col("tariff"))
    return (better.log() * nw.col("substitution")).exp() if "substitution" in measured.given else better


def _nearness(measured: Measured) -> nw.Expr:
    if "distance" not in measured.given:
        return nw.lit(1.0)
    nearer = nw.col("average_log_distance") - nw.col("log_distance")
    return (nearer if measured.formula.nearer_is_easier else -nearer.abs()).exp()


def _unknown(measured: Measured) -> dict[Factor, nw.Expr]:
    """For each factor that was given, whether the cell lacks it."""
    income = "income_elasticity" in measured.given
    lacking: dict[Factor, nw.Expr] = {
        "outlook": nw.col("export_share").is_null() | nw.col("demand_outlook").is_null(),
        "income_elasticity": nw.col("income_elasticity" if income else "imports_usd").is_null(),
        "tariffs": nw.col("access").is_null() | nw.col("supply_access").is_null(),
        "substitution": nw.col("substitution" if "substitution" in measured.given else "imports_usd").is_null(),
        "distance": nw.col("nearness").is_null(),
        "balance": nw.col("balance").is_null(),
    }
    return {factor: lacking[factor] for factor in measured.given}


def _neutral(measured: Measured) -> nw.Expr:
    """The names of the factors that count as 1 in the row, with blanks between."""
    always = " ".join(each for each in measured.neutral if each not in measured.given)
    partly = {factor: where for factor, where in _flags(measured).items() if factor in measured.neutral}
    if not partly:
        return nw.lit(always)
    words = [nw.when(where).then(nw.lit(factor)) for factor, where in partly.items()]
    return nw.concat_str(nw.lit(always), *words, separator=" ", ignore_nulls=True)


def _flags(measured: Measured) -> dict[Factor, nw.Expr]:
    """What `_unknown` asks, where the tables behind the cell have filled the holes and kept a flag."""
    flags = _unknown(measured)
    own = {"outlook": nw.col("supply_outlook").is_null() | nw.col("_demand_outlook")} if "outlook" in flags else {}
    own |= {each: nw.col(f"_demand_{each}") for each in ("income_elasticity", "substitution") if each in flags}
    return {factor: own.get(factor, where) for factor, where in flags.items() if factor in measured.neutral}


def _absence(measured: Measured) -> nw.Expr:
    order: tuple[Factor, ...] = ("income_elasticity", "outlook", "tariffs", "substitution", "distance", "balance")
    unknown = {each: where for each, where in _unknown(measured).items() if each not in measured.neutral}
    return frames.absence(*((unknown[each], f"no_{each}") for each in order if each in unknown))
