"""The market-access card of a product: what a partner's goods pay at the border, and what its rivals pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from corridor.codes import schema
from corridor.scenarios import margins, origin, tariffs
from corridor.scenarios.notes import Note
from corridor.scenarios.tariffs import Schedule

#: Regimes shown as the schedule prints them: several rates of which it does not say which applies, and words.
AS_PRINTED = ("vat", "excise", "environment", "export", "policy")
#: What must be known of the certificate under an agreement.
CERTIFICATES: Mapping[str, Mapping[str, object]] = {
    "VN-EAEU": {
        "form": "EAV",
        "valid_months": origin.CERTIFICATE_MONTHS,
        "not_needed_up_to_usd": origin.NO_CERTIFICATE_UP_TO,
        "de_minimis_share_of_fob": origin.DE_MINIMIS,
        "article": "4.3 to 4.25; the rule of the product stands in annex 3",
    },
}


@dataclass(frozen=True)
class AccessCard:
    """Everything known of one product's access, on one day.

    ``lines`` has a row a tariff line; ``competitors`` a row a supplier, by imports; ``split_share`` is the share (0..1)
    of lines that the schedule divides, or gives no single rate; ``certificate`` is empty where no agreement gives the
    lowest rate. ``approximate`` says that lines or weights come through groups assigned to lines by us.
    """

    reporter: str
    partner: str
    product: str
    on: date
    schedule: Schedule
    lines: pl.DataFrame
    competitors: pl.DataFrame
    split_share: float
    certificate: Mapping[str, object]
    notes: tuple[Note, ...]
    approximate: bool


def card(
    schedule: Schedule,
    partner: str,
    product: str,
    lines: pl.DataFrame,
    imports: pl.DataFrame,
    *,
    on: date,
    notes: tuple[Note, ...] = (),
    approximate: bool = False,
) -> AccessCard:
    """The card of the tariff lines ``lines`` (column ``product``), which belong to the product a user asked for.

    ``imports`` (``product`` = tariff line, ``partner, value_usd``) weights the competitors; it may be empty, and the
    margin against them is then unknown.
    """
    wanted = lines["product"].unique()
    rows = schedule.rows.filter(pl.col("product").is_in(wanted.implode()))
    inside = imports.filter(pl.col("product").is_in(wanted.implode()))
    rates = tariffs.effective_rates(rows, [partner, *inside["partner"]], on)
    both = margins.preference_margins(rates, inside, partner)
    printed = _printed(tariffs.in_force(rows, on), both)
    regimes = set(both["regime"].drop_nulls())
    return AccessCard(
        reporter=schedule.reporter,
        partner=partner,
        product=product,
        on=on,
        schedule=schedule,
        lines=printed,
        competitors=_competitors(rates, inside, partner),
        split_share=(both.height - both["rate_absence"].null_count()) / max(both.height, 1),
        certificate=next((CERTIFICATES[each] for each in sorted(regimes) if each in CERTIFICATES), {}),
        notes=tuple(note for note in notes if any(note.concerns(line, partner) for line in wanted)),
        approximate=approximate,
    )


def _printed(rows: pl.DataFrame, both: pl.DataFrame) -> pl.DataFrame:
    """The margins with what the schedule prints for MFN, the agreement that counts, taxes and the quota."""
    texts = (
        rows.filter(pl.col("regime").is_in([tariffs.MFN, *AS_PRINTED]))
        .group_by("product", "regime", maintain_order=True)
        .agg(pl.col("rate_text").unique(maintain_order=True).str.join(" | "))
        .pivot("regime", index="product", values="rate_text")
    )
    absent = [name for name in (tariffs.MFN, *AS_PRINTED) if name not in texts.columns]
    texts = texts.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)
    quota = rows.filter(pl.col("rate_kind") == "quota").group_by("product").agg(
        quota=pl.format("{}: {}", "regime", "rate_text").unique(maintain_order=True).str.join("; ")
    )  # fmt: skip
    agreed = rows.filter(~_other_than_an_agreement()).group_by("product").agg(
        agreements_text=pl.format("{}: {}", "regime", "rate_text").unique(maintain_order=True).str.join("; ")
    )  # fmt: skip
    renamed = texts.rename({tariffs.MFN: "mfn_text", **{name: f"{name}_text" for name in AS_PRINTED}})
    for found in (renamed, agreed, quota):
        both = both.join(found, on="product", how="left")
    return both.sort("product")


def _other_than_an_agreement() -> pl.Expr:
    return pl.col("regime").is_in(list(schema.REGIMES)) | pl.col("regime").str.starts_with("export")


def _competitors(rates: pl.DataFrame, imports: pl.DataFrame, partner: str) -> pl.DataFrame:
    """Suppliers other than the partner, by imports: what they pay on average over the lines, and under what."""
    # A weight by group stands on every line of it: the largest is the group's own value.
    weights = imports.group_by("partner").agg(imports_usd=pl.col("value_usd").max())
    return (
        rates.filter(pl.col("partner") != partner)
        .group_by("partner")
        .agg(
            effective=pl.col("effective").mean(),
            lines_unknown=pl.col("effective").null_count(),
            regime=pl.col("regime").drop_nulls().mode().sort().first(),
        )
        .join(weights, on="partner", how="left")
        .sort("imports_usd", "partner", descending=[True, False], nulls_last=True)
    )
