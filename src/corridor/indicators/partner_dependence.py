"""Dependence of an area on one partner."""

from __future__ import annotations

import narwhals as nw
from narwhals.typing import IntoFrameT

from corridor.codes import frames


def partner_dependence(frame: IntoFrameT, value: str = "value_usd", whole: str = "whole") -> IntoFrameT:
    """Share of one partner in all exports (or imports) of each area.

    ``x_ij / X_i``, 0..1, with ``x_ij`` = the area's trade with the partner and ``X_i`` = with all partners.

    Takes one row an area (country, region) with ``value`` and ``whole`` in USD, either of which may be null. Adds
    ``partner_dependence`` and ``partner_dependence_absence``: ``absent`` (no trade with the partner recorded),
    ``no_whole`` (the area's total is not known or zero), ``exceeds_whole`` (more with one partner than with all: the
    two figures are of different periods, publishers or bases).

    Source: WITS, "export partner share". Checked against: Russia in Viet Nam's exports 2024, 0.005871.

    Worked example: 4 with the partner, 10 with all: 0.4.

    In Stata: ``gen d = x/X``. In R: ``x / X``.
    """
    table = frames.enter(frame)
    frames.check(table, optional=[value, whole])
    part, total = frames.number(value), frames.present(whole)
    result = table.with_columns(
        partner_dependence=nw.when(part <= total).then(frames.ratio(part, total)),
        partner_dependence_absence=frames.absence(
            (part.is_null(), "absent"), (total == 0, "no_whole"), (part > total, "exceeds_whole")
        ),
    )
    return frames.leave(result, frame)
