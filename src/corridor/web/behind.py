"""What stands behind an id: a recommendation's argument as a document, a candidate's as lines, a figure's row."""

from __future__ import annotations

import json

from corridor import made_argument
from corridor.report.catalogue import catalogue, language
from corridor.web.asked import Asked
from corridor.web.shown import Cell, Grid, Shown
from corridor.web.studies import recommending
from corridor.workspace import today


def behind(asked: Asked) -> Shown:
    """The page of an id."""
    if "/" in asked["id"]:
        return _row(asked)
    if made_argument.is_candidate(asked["id"]):
        return _candidate(asked)
    made = recommending(asked)
    return Shown(
        lambda: made.explain(asked["id"], as_json=True),
        document=asked.address("/explain/document"),
        text=made.explain(asked["id"], lang=asked.lang),
    )


def _candidate(asked: Asked) -> Shown:
    made = asked.memory.arguments.get(
        asked.key(), lambda: made_argument.explain(asked.workspace, asked["id"], today=today())
    )
    return Shown(
        made.json,
        title=made.place(asked.lang),
        chapters=made.chapters(asked.lang),
        text=made.text(asked.lang),
    )


def _row(asked: Asked) -> Shown:
    """Where one figure stands, in the order in which it is looked up."""
    trace = asked.workspace.trace(asked["id"])
    publisher = asked.workspace.publishers().get(trace.publisher, {}).get(asked.lang, trace.publisher)
    known = {**{name: value for name, value in vars(trace).items() if value}, "publisher": publisher}
    words = catalogue(language(asked.lang))
    rows = [(Cell(words.say(f"web.trace.{name}")), Cell(value)) for name, value in known.items()]
    told = {"schema": "corridor.trace/1", **{name: value for name, value in vars(trace).items() if value}}
    return Shown(
        lambda: json.dumps(told, ensure_ascii=False, indent=1),
        grids=(Grid(tuple((words.say(f"web.trace.{head}"), False) for head in ("what", "where")), tuple(rows)),),
    )
