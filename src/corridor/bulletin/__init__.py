"""Published texts against the tables: what their sentences assert, and whether the official figures bear it out."""
