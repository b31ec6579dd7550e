"""What could be traded: export potential, products near to today's exports, and what gravity expects."""
