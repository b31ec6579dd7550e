"""Viet Nam's import and export tariff, all agreements side by side."""
