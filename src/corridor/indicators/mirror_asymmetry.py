"""Asymmetry of mirror statistics."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def mirror_asymmetry(
    frame: IntoFrameT,
    value_exporter: str = "value_exporter",
    value_importer: str = "value_importer",
    comparable: str | None = "comparable",
) -> IntoFrameT:
    """How far the importer's report of a flow is from the exporter's.

    ``asymmetry_ratio = M_ji / X_ij`` (0 up) and ``relative_difference = 2 (M - X) / (M + X)`` (-2..2). Importers report
    cif and exporters fob, so 1.05 to 1.10 is freight and insurance and no error; re-exports and a different notion of
    the partner (country of origin, last known destination) explain most of what is beyond.

    Takes ``value_exporter`` and ``value_importer`` in USD (null = that side did not report) and ``comparable`` (true
    where the two reports speak of the same flow, product and period; ``comparable=None`` says that all do). Adds both
    measures and ``mirror_asymmetry_absence``: ``not_comparable`` (not true, or not known), ``no_exporter_report``,
    ``no_importer_report``, ``no_trade`` (both report zero), ``no_exports`` (the ratio alone is null).

    Source: Yeats (1990), On the Accuracy of Economic Observations, World Bank Economic Review 4, 135-156. Checked
    against: Russian imports from Viet Nam 2018, 3,623.9 over 2,440 million USD, 1.485.

    Worked example: the exporter reports 100, the importer 110: ratio 1.1, relative difference 2 · 10 / 210 = 0.0952.

    In Stata: ``gen r = m/x``, ``gen d = 2*(m-x)/(m+x)``. In R: ``2 * (m - x) / (m + x)``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[value_exporter, value_importer], flags=[comparable] if comparable else [])
    x, m = frames.number(value_exporter), frames.number(value_importer)
    same = nw.col(comparable).fill_null(False) if comparable else nw.lit(True)
    result = table.with_columns(
        asymmetry_ratio=nw.when(same).then(frames.ratio(m, x)),
        relative_difference=nw.when(same).then(frames.ratio(2 * (m - x), m + x)),
        mirror_asymmetry_absence=frames.absence(
            (~same, "not_comparable"),
            (x.is_null(), "no_exporter_report"),
            (m.is_null(), "no_importer_report"),
            (m + x == 0, "no_trade"),
            (x == 0, "no_exports"),
        ),
    )
    return frames.leave(result, frame)
