"""Concordances of the World Bank's WITS."""
