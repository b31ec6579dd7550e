"""A document in a language and a format."""
