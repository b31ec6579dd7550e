"""How trade figures are compiled: the questions that a publisher's card answers, and the answers there are.

They are the reasons why the two sides' reports of one flow may differ (IMTS 2010, chapters I to VI). "unknown" is an
answer: it stands where no document that was read says it.
"""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "unknown"
#: The answer of a publisher that passes on what countries report, each in its own way.
AS_REPORTERS = "as_reporters"

#: Question -> possible answers; every one of them has words in three languages (``term.compiled.<question>.<answer>``).
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "trade_system": ("general", "special", AS_REPORTERS, UNKNOWN),
    "partner_of_exports": ("last_known_destination", "consignment", AS_REPORTERS, UNKNOWN),
    "partner_of_imports": ("origin", "origin_else_consignment", "consignment", AS_REPORTERS, UNKNOWN),
    "time_of_recording": ("clearance", "crossing", AS_REPORTERS, UNKNOWN),
    "left_out": ("transit", "unlisted_partners", "small_flows", AS_REPORTERS, UNKNOWN),
    "confidentiality": ("secret_codes", "unspecified_goods", AS_REPORTERS, UNKNOWN),
    "revisions": ("scheduled", "in_place", "new_versions", AS_REPORTERS, UNKNOWN),
}
