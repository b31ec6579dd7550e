"""The World Bank's development indicators: gross domestic product, population and others, by area and year."""
