"""Whose goods each column of the schedule is for.

Members are those the decrees name for Viet Nam's own tariff. They are written out, not taken from the groups of
today: a country that joins ASEAN does not join its older agreements by that.
"""

from __future__ import annotations

_ASEAN = "BRN IDN KHM LAO MMR MYS PHL SGP THA"

#: Column of the schedule, or what it stands for -> the members, by a blank; WLD = all with that treatment.
MEMBERS = {
    "general": "WLD",
    "mfn": "WLD",
    "vat": "WLD",
    "excise": "WLD",
    "environment": "WLD",
    "policy": "WLD",
    "export": "WLD",
    "export:CPTPP": "AUS BRN CAN CHL JPN MEX MYS NZL PER SGP",
    "export:EVFTA": "EU27",
    "export:UKVFTA": "GBR",
    "ACFTA": f"{_ASEAN} CHN",
    "ATIGA": _ASEAN,
    "AJCEP": f"{_ASEAN} JPN",
    "VJEPA": "JPN",
    "AKFTA": f"{_ASEAN} KOR",
    "AANZFTA": f"{_ASEAN} AUS NZL",
    "AIFTA": f"{_ASEAN} IND",
    "VKFTA": "KOR",
    "VCFTA": "CHL",
    "VN-EAEU": "EAEU",
    "CPTPP": "AUS BRN CAN CHL JPN MEX MYS NZL PER SGP",
    "AHKFTA": f"{_ASEAN} HKG",
    "VNCU": "CUB",
    "EVFTA": "EU27",
    "UKVFTA": "GBR",
    "VN-LAO": "LAO",
    "VN-CAM": "KHM",
    "VIFTA": "ISR",
    # The six columns of one agreement, lettered in the decree's order of members.
    "RCEP-A": _ASEAN,
    "RCEP-B": "AUS",
    "RCEP-C": "CHN",
    "RCEP-D": "JPN",
    "RCEP-E": "KOR",
    "RCEP-F": "NZL",
}

#: The publisher's headings where they differ from the code above.
PRINTED = {f"RCEPT-{letter}": f"RCEP-{letter}" for letter in "ABCDEF"}
