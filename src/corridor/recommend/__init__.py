"""What to trade next, and why: criteria, a ranking of them, and the argument behind each line."""
