"""One ranking method a file."""
