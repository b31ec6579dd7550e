"""Open Trade Statistics: UN Comtrade as a community cleaned it, both sides in one row."""
