"""From a text to its claims, in one pass over its sentences and one look ahead for who and when it speaks of."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from corridor.bulletin.blocks import language_of
from corridor.bulletin.claims import BOTH, TOTAL, UNKNOWN, Claim, mirrored
from corridor.bulletin.directions import without_repeated
from corridor.bulletin.frame import from_one_side
from corridor.bulletin.grids import Grid, grids
from corridor.bulletin.headings import enter, heads_country, opens_on_all
from corridor.bulletin.issue import without_issue
from corridor.bulletin.markets import precedes_partners
from corridor.bulletin.outlook import coming_flow, look_ahead, precedes_side
from corridor.bulletin.places import Pieces
from corridor.bulletin.scene import WORLD, Scene
from corridor.bulletin.sections import in_sections
from corridor.bulletin.sentence import SentenceReader
from corridor.bulletin.statement import Statement, statements
from corridor.bulletin.tables import table_claims

# What may part trade from prices told beside it.
_PARTS = frozenset(",;")
_TOLD = frozenset({"flow", "quantity"})


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing is looked through for cycles meanwhile: what is made of a text lives till it is read, and holds none.

    Looking again and again through more and more of it takes a tenth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_without_collecting()
def claims(text: str) -> tuple[Claim, ...]:
    """What the sentences of a text assert about trade, in order; empty where they assert nothing.

    Vietnamese, Russian and English, told apart paragraph by paragraph. Spans count characters of ``text``. Dates,
    duty rates, quotas, article numbers, targets, estimates and what is no trade in goods are left out.
    """
    waiting = deque(grids(text))
    read, years = statements(text, waiting)
    read = in_sections(without_issue(read))
    scene = Scene(language=read[0].language if read else language_of(text, "en"))
    scene.fiscal = years
    look_ahead(scene, read)
    found: list[Claim] = []
    ended = 0
    for place, whole in enumerate(read):
        start = whole.tokens[0].start
        ended, told = _passed(waiting, start, ended, text, scene)
        found += told
        sentence = _without_quotation(whole)
        if start < ended or sentence is None:
            continue
        scene.language = sentence.language
        scene.coming = coming_flow(read, place)
        enter(scene, sentence)
        if (
            sentence.opens
            and opens_on_all(sentence)
            and len(scene.traded.keys() - {UNKNOWN}) > 1
            and not scene.topic[0]
        ):
            scene.product, scene.word = TOTAL, ""
            # "7 tháng 2025: 178 triệu USD", after both flows and their sum.
            scene.flow = "turnover" if scene.told >= {"turnover", *BOTH} else scene.flow
        if country := heads_country(sentence):
            scene.enter_country(country)
        if precedes_partners(read, place, (scene.reporter or scene.frame[0], scene.frame[1]), told=scene.partner != ""):
            scene.reporter, scene.partner = scene.reporter or scene.frame[0], WORLD
        if precedes_side(scene, read, place):
            scene.flow = scene.trade = mirrored(scene.trade)
        reader = SentenceReader(text, sentence.tokens, sentence.pieces, sentence.language, scene)
        told = [claim for claim in reader.claims() if not (sentence.announces and claim.measure == "direction")]
        # A question asserts nothing.
        told = [] if sentence.tokens[-1].text == "?" else told
        found += told
        scene.settle(told, heading=sentence.heading)
    found += _passed(waiting, len(text), ended, text, scene)[1]
    return tuple(without_repeated(from_one_side(found, scene.side)))


def _without_quotation(sentence: Statement) -> Statement | None:
    """ "…, even as robusta was up 1.1 % in London": prices of an exchange are no trade; what is told before may be."""
    pieces = sentence.pieces
    if "quotation" not in sentence.kinds:
        return sentence
    quoted = next(at for at, piece in enumerate(pieces) if piece.kind == "quotation")
    parted = next((at for at in range(quoted - 1, -1, -1) if pieces[at].value in _PARTS), 0)
    before = Pieces(pieces[:parted])
    return replace(sentence, pieces=before) if before.kinds >= _TOLD else None


def _passed(waiting: deque[Grid], place: int, ended: int, text: str, scene: Scene) -> tuple[int, list[Claim]]:
    """The claims of the tables that begin before a place, and where the last one ends; a mere list is prose."""
    found: list[Claim] = []
    while waiting and waiting[0].start <= place:
        table = waiting.popleft()
        told = list(table_claims(text, table, scene.language, scene))
        if told or table.heads:
            ended = table.end
        scene.take_table(told)
        found += told
    return ended, found
