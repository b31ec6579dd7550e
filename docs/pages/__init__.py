"""The pages of docs/ that are made from the code, one module a kind of page."""
