"""The month's bulletin of a trade office, written from the tables."""
