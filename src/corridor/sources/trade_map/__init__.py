"""ITC Trade Map: tables as its pages let people download them."""
