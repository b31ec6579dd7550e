"""The dictionary of the TN VED that Russia's tax service publishes."""
