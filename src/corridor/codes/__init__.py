"""What things are called: areas, products, periods, units, caveats, terms, and the columns of our tables."""
