"""Seasonal-trend decomposition by loess (STL), as a linear map: Cleveland, Cleveland, McRae and Terpenning (1990).

Without the robust iterations every step of STL is a weighted mean, so the whole is a matrix. That makes the
decomposition of a series plus a known pattern the sum of two decompositions, which is what a moving holiday needs.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from corridor.codes.arrays import Numbers, Places

_ROUNDS = 5


@lru_cache(maxsize=8)
def smoothers(count: int, period: int, seasonal: int) -> tuple[Numbers, Numbers]:
    """The matrices that turn a series of ``count`` values into its trend and into its seasonal part.

    ``seasonal``: how many years the loess of each calendar month sees, odd, 7 or more. The windows of the trend and of
    the low-pass filter are those of the original paper.
    """
    trend_window = _odd(1.5 * period / (1 - 1.5 / seasonal))
    smooth_season = _cycles(count, period, seasonal)
    smooth_level = _loess(count, _odd(period), np.arange(count)) @ _averages(count, period)
    smooth_trend = _loess(count, trend_window, np.arange(count))
    trend, season, itself = np.zeros((count, count)), np.zeros((count, count)), np.eye(count)
    inner = slice(period, period + count)
    for _ in range(_ROUNDS):
        cycles = smooth_season @ (itself - trend)
        season = cycles[inner] - smooth_level @ cycles
        trend = smooth_trend @ (itself - season)
    return trend, season


def _odd(number: float) -> int:
    """The next odd whole number, upwards."""
    whole = int(np.ceil(number))
    return whole if whole % 2 else whole + 1


def _loess(count: int, window: int, points: Places) -> Numbers:
    """Local linear regression on ``count`` values at 0, 1, ...: the weights of each value at each of the ``points``."""
    return np.array([_weights(count, window, float(point)) for point in points])


def _weights(count: int, window: int, point: float) -> Numbers:
    near = min(window, count)
    start = int(np.clip(np.floor(point) - (near - 1) // 2, 0, count - near))
    at = np.arange(start, start + near, dtype=np.float64)
    width = max(point - at[0], at[-1] - point) + (window - count) // 2 * (window > count)
    away = np.abs(at - point)
    weight = np.where(away <= 0.999 * width, (1 - (away / width) ** 3) ** 3, 0.0)
    weight[away <= 0.001 * width] = 1.0
    weight /= weight.sum()
    middle = float(weight @ at)
    spread = float(weight @ (at - middle) ** 2)
    if np.sqrt(spread) > 0.001 * (count - 1):
        weight *= 1 + (point - middle) * (at - middle) / spread
    full = np.zeros(count)
    full[start : start + near] = weight
    return full


def _cycles(count: int, period: int, window: int) -> Numbers:
    """Each calendar month by itself, smoothed over the years and carried on by one year at both ends."""
    smooth = np.zeros((count + 2 * period, count))
    for month in range(period):
        own = np.arange(month, count, period)
        smooth[np.ix_(np.arange(month, count + 2 * period, period)[: len(own) + 2], own)] = _loess(
            len(own), window, np.arange(-1, len(own) + 1)
        )
    return smooth


def _averages(count: int, period: int) -> Numbers:
    """Moving averages over a year, over a year again and over three: what is left of a season is its level."""
    long = count + 2 * period
    return _moving(long - 2 * period + 2, 3) @ _moving(long - period + 1, period) @ _moving(long, period)


def _moving(count: int, width: int) -> Numbers:
    matrix = np.zeros((count - width + 1, count))
    for row in range(len(matrix)):
        matrix[row, row : row + width] = 1 / width
    return matrix
