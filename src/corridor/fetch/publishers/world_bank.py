"""The World Bank's indicators: one archive an indicator, with all economies and years."""

from __future__ import annotations

from corridor.fetch.publisher import Ask, Publisher
from corridor.fetch.request import Request

ID = "world_bank"
#: Gross domestic product in current US dollars, and population.
INDICATORS = ("NY.GDP.MKTP.CD", "SP.POP.TOTL")


def plan(ask: Ask) -> tuple[Request, ...]:
    """The archive of each indicator that the analysis uses."""
    return tuple(
        Request(
            source=ID,
            name=f"API_{indicator}_en_csv.zip",
            url=f"{ask.base}/v2/en/indicator/{indicator}",
            kind="zip",
            params={"downloadformat": "csv"},
            fresh_for=86_400.0,
        )
        for indicator in INDICATORS
    )


PUBLISHER = Publisher(id=ID, base="https://api.worldbank.org", plan=plan, of_pair=False)
