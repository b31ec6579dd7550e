"""Worksheets: figures of the store laid out as an indicator wants them, the result, and the formula with its numbers.

Pure functions of tables. What the tables do not hold is said in one line; no world is made up for what one reporter
does not see.
"""
