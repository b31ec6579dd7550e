"""CEPII's GeoDist and Gravity: distances and ties between economies."""
