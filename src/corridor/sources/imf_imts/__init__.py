"""The IMF's trade in goods by partner (IMTS, once DOTS)."""
