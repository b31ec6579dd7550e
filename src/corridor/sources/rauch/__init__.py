"""Rauch's classification of goods by how they are priced."""
