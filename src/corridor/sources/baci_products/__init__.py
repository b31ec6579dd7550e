"""The list of products that comes with BACI."""
