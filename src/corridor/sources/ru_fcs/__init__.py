"""Russia's Federal Customs Service: trade by region, partner and product, until the beginning of 2022."""
