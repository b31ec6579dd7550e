"""Exchange rates that the user adds from a central bank's tables."""
