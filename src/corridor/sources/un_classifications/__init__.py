"""Names of goods in the United Nations' classifications, as its data base and its registry list them."""
