"""The criteria: what speaks for a group, each with the figure behind it, and how strong the evidence is."""
