"""The bundled figures: official numbers typed in as facts, each with its source, in our own tables.

The CSV files are the record, one line a figure; ``sources.yml`` says where the lines come from. `load` gives
them in the columns of `schema.TABLES`, `traces` leads from a row back to the publisher.

``published`` is the date printed on the publisher's table where that is known. Elsewhere it is `SAMPLE_DATE`,
the day the figures were typed in, with the caveat ``published_is_added``: asked as of an earlier day, the
sample shows only the few tables whose date of print is known, and leaves the rest to the publisher's files.
"""

from corridor.sample.citations import SAMPLE_DATE, Citation, Edition, citations, editions, source_names
from corridor.sample.tables import SampleTables, load
from corridor.sample.traces import traces

__all__ = [
    "SAMPLE_DATE",
    "Citation",
    "Edition",
    "SampleTables",
    "citations",
    "editions",
    "load",
    "source_names",
    "traces",
]
