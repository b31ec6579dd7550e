"""What happens if the border changes: tariffs in force, preferences, rules of an agreement, simulations, targets.

Arithmetic only: tables and numbers in, tables and numbers out.
"""
