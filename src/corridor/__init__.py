"""Trade intelligence for a pair of economies: from a publisher's file to a report, every number traceable."""

__version__ = "0.1.0"
