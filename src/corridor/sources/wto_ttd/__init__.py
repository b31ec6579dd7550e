"""Applied duties between two economies over time, Tariff & Trade Data of the WTO and partners."""
