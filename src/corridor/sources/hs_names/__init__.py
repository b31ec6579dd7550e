"""Names of HS 2022 in the open list of the Harmonised System."""
