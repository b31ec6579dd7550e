"""Location quotient."""

from __future__ import annotations

from typing import Literal

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def location_quotient(
    frame: IntoFrameT,
    value: str = "value_usd",
    whole: str = "whole",
    by: frames.Names = (),
    *,
    reference: Literal["all", "others"] = "all",
) -> IntoFrameT:
    """How much larger a product is in one market, or region, than in the whole.

    ``LQ_k = (x_k / Σ x) / (w_k / Σ w)``, 0 up; above 1 the product is over-represented. ``x`` = the part (exports to
    one partner, or of one region), ``w`` = the whole it is taken from (exports to all partners, or of the country).
    With ``reference="others"`` the part itself is taken out of the whole, ``w_k - x_k``; say which was used.

    Takes one row a product with ``value`` and ``whole`` in USD; all products of the whole must be in. A null ``value``
    = the part has no such row: its quotient is null (``absent``), and it counts as nothing in the sum. Adds
    ``location_quotient`` and ``location_quotient_absence``: ``absent``, ``no_total`` (the part adds up to zero),
    ``no_whole`` (the whole of the product, or what the part leaves of it, is null or zero).

    Raises: UsageError for another ``reference``; with ``"others"`` UnfitTable if a part is larger than its whole.

    Source: Isard (1960), Methods of Regional Analysis. Checked against: Viet Nam's exports to Russia in its exports to
    all listed partners, 2024: coffee 10.5471, garments 3.5555, machinery 0.8069.

    Worked example: 4 of 10 in the part, 10 of 40 in the whole: 0.4 / 0.25 = 1.6. Of the others 6 of 30: 0.4 / 0.2 = 2.

    In Stata: ``gen lq = (x/X)/(w/W)``. In R: ``prop.table(x) / prop.table(w)``.
    """
    frames.check_choice("reference", reference, "all", "others")
    by = frames.names(by)
    table = frames.enter(frame)
    frames.check(table, optional=[value, whole], groups=by)
    part, all_of_it = frames.present(value), frames.present(whole)
    if reference == "others":
        frames.check_never(
            table,
            frames.rest(part, all_of_it) > 0,
            f"have more {value} than {whole}: a part is not larger than its whole",
            next_step="take both from the same classification and publisher",
        )
        all_of_it = frames.rest(all_of_it, part)
    of_part, of_all = (frames.within(each.sum(), by) for each in (part, all_of_it))
    quotient = frames.ratio_of_ratios(part, of_part, all_of_it, of_all)
    result = table.with_columns(
        location_quotient=nw.when(~nw.col(value).is_null()).then(quotient),
        location_quotient_absence=frames.absence(
            (nw.col(value).is_null(), "absent"),
            (all_of_it == 0, "no_whole"),
            (of_part == 0, "no_total"),
        ),
    )
    return frames.leave(result, frame)
