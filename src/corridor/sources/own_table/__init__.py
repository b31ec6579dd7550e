"""A user's own table of trade, with the map that says what its columns mean."""
