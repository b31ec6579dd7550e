"""Yearly totals of Russia and Viet Nam as either side reported them; see source.yml."""
