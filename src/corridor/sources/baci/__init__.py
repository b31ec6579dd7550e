"""CEPII's BACI: bilateral trade by HS6, both sides' reports reconciled."""
