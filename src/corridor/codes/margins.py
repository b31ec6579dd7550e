"""The sums behind the extensive and the intensive margin."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from corridor.codes import frames


def sums(table: frames.Table, value: str, market: str, by: Sequence[str], variant: str, reference: str) -> frames.Table:
    """A row a group: ``_sold`` products, ``_own`` sales, and of the reference ``_worth`` in USD; ``_reference`` of all
    and ``_reached`` of the products sold, in USD or, by count, in products.

    Raises: UsageError for another ``variant`` or ``reference``; UnfitTable if something is sold and not bought.
    """
    frames.check_choice("variant", variant, "hummels_klenow", "count")
    frames.check_choice("reference", reference, "all", "others")
    frames.check(table, optional=[value, market], groups=by)
    own, bought = frames.present(value), frames.present(market)
    frames.check_never(
        table,
        frames.rest(own, bought) > 0,
        f"have more {value} than {market}: the market cannot have bought less than was sold to it",
        next_step="take both from the same classification and publisher",
    )
    worth = bought if reference == "all" else frames.rest(bought, own)
    weight = worth if variant == "hummels_klenow" else (bought > 0).cast(nw.Float64)
    columns = {
        "_sold": (own > 0).cast(nw.Int64),
        "_own": own,
        "_worth": worth,
        "_reference": weight,
        "_reached": nw.when(own > 0).then(weight).otherwise(0.0),
    }
    return frames.each(table.with_columns(**columns), by, **{name: nw.col(name).sum() for name in columns})
