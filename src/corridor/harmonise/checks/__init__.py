"""Checks of what publishers print: pure functions from tables to a table of findings, which decide nothing."""

from corridor.harmonise.checks.blocks import blocks_that_do_not_add_up
from corridor.harmonise.checks.finding import FINDING
from corridor.harmonise.checks.hierarchy import hierarchies_that_do_not_add_up
from corridor.harmonise.checks.of_file import check_file
from corridor.harmonise.checks.row_counts import row_count_jumps
from corridor.harmonise.checks.slips import slips_by_a_thousand
from corridor.harmonise.checks.unit_values import unit_value_outliers

__all__ = [
    "FINDING",
    "blocks_that_do_not_add_up",
    "check_file",
    "hierarchies_that_do_not_add_up",
    "row_count_jumps",
    "slips_by_a_thousand",
    "unit_value_outliers",
]
