"""Tariffs by subheading from UNCTAD TRAINS as downloaded through WITS."""
