"""The Observatory of Economic Complexity: yearly exports and imports by product."""
