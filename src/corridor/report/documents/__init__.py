"""What becomes a report: documents without a language."""
