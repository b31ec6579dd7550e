"""Trade elasticities by product, ProTEE of CEPII."""
