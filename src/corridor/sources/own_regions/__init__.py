"""A region's own figures, typed into a sheet."""
