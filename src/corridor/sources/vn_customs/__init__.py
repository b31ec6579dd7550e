"""Viet Nam's customs office: monthly tables by country and main commodity group (forms 020.T and 021.T)."""
