"""Ad-valorem equivalents by subheading, Market Access Map of the ITC."""
