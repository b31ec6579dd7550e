"""What writers of one language do and others do not, where a rule of reading rests on it.

All other rules hold in every language; what words and endings mean is told by the lexicon of the language.
"""

from __future__ import annotations

from dataclasses import dataclass

from corridor.bulletin.claims import Language


@dataclass(frozen=True)
class Habits:
    """Which rules hold in a language.

    ``capital_peoples``: the name of a people has a capital ("Polish", but "polish"). ``nouns_tell_side``: nouns tell
    whose trade a text is on ("Viet Nam's trade", "deliveries to Russia"). ``verbs_tell_side``: verbs tell it, sentence
    by sentence («купил», «поставил»); elsewhere a figure from an office's own books stays its own.
    ``paragraphs_return``: a paragraph goes back to the pair of the text ("Kazakhstan took 3 million. ¶ Coffee …").
    ``totals_end_topic``: once the trade in all goods was told, "imports" are those of all.
    ``sellers_are_rivals``: a sentence on who sells compares partners, and turns the text to none of them.
    ``only_partner_acts``: who acts is the partner told before, no third country. ``name_acts``: a name before a word
    for a flow acts ("Nga nhập 29.400 tấn"). ``books_change``: a source of the other side turns the text to its figures
    («По данным Вьетнама, …»). ``dates_are_bases``: a past year told as a date is what is compared with («к 2024 году»).
    """

    capital_peoples: bool = False
    nouns_tell_side: bool = False
    verbs_tell_side: bool = False
    paragraphs_return: bool = False
    totals_end_topic: bool = False
    sellers_are_rivals: bool = False
    only_partner_acts: bool = True
    name_acts: bool = False
    books_change: bool = True
    dates_are_bases: bool = False


_HABITS: dict[Language, Habits] = {
    "vi": Habits(name_acts=True),
    "ru": Habits(verbs_tell_side=True, dates_are_bases=True),
    "en": Habits(
        capital_peoples=True,
        nouns_tell_side=True,
        paragraphs_return=True,
        totals_end_topic=True,
        sellers_are_rivals=True,
        only_partner_acts=False,
        books_change=False,
    ),
}


def habits(language: Language) -> Habits:
    """The rules that hold in a language."""
    return _HABITS[language]
