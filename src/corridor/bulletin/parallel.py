"""Lists told in parallel: "exports of coffee, tea and pepper reached 39.0, 1.23 and 1.62 million USD"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.bulletin.bites import Bite
from corridor.bulletin.claims import BOTH, FLOWS
from corridor.bulletin.phrases import Mark
from corridor.bulletin.places import Piece, Pieces, Place
from corridor.bulletin.quantities import Counted

_SUBJECTS = ("product", "flow", "place", "period", "measure")
_MEASURED = {
    "t": Mark("measure", "volume", 0, 0),
    "piece": Mark("measure", "volume", 0, 0),
    "usd": Mark("measure", "value", 0, 0),
    "per_t": Mark("measure", "unit_value", 0, 0),
}
_IN_TURN = "respectively"
# What may stand between the amounts of one list: "up 5 % on the year before and down 3 % respectively".
_WITHIN_LIST = frozenset({"and", "hedge", "direction", "adverb", "respectively", "prep", "sep", "base", "then"})
# Nobody lists more years.
_MOST = 20
# "…, 7.7 million (+22.4 %), respectively".
_CLOSING = 3
_FAMILIES = {"percent": "change", "pp": "change", "times": "change", "fraction": "change"}


@dataclass(frozen=True)
class Parallel:
    """What one amount of a list speaks of; ``together``: one amount speaks of all of them."""

    piece: Piece
    pieces: tuple[Piece, ...]
    together: bool = False


def parallels(cut: Sequence[Bite], rest: Sequence[Piece], before: Sequence[str] = ()) -> Mapping[int, Parallel]:
    """By number of the amount: the member of a list of subjects that it speaks of; ``before`` are the goods of the
    sentence before.
    """
    found: dict[int, Parallel] = {}
    known: tuple[Piece, ...] = ()
    grouped = _grouped(cut, rest)
    if grouped:
        return grouped
    for run in _runs(cut):
        listed = _last_list(_apart(cut[run[0]].lead))
        known = listed or known
        members = _members(cut, run, rest, known) or _goods_before(cut, run, rest, before)
        if len(run) > 1 and len(members) == len(run):
            found |= {order: Parallel(piece, members) for order, piece in zip(run, members, strict=True)}
        elif (
            len(run) == 1
            and len(listed) > 1
            and (listed[0].kind == "product" or all(piece.value in BOTH for piece in listed))
            and _closes(cut[run[0]].lead, listed)
        ):
            found[run[0]] = Parallel(listed[0], listed, together=True)
    return found


def _apart(lead: Sequence[Piece]) -> Sequence[Piece]:
    """ "Nga và Trung Quốc lần lượt chiếm 24,7% và 21,3%": two partners, each with its own, and no pair."""
    if not any(piece.kind == "respectively" for piece in lead):
        return lead
    return [replace(piece, role="") if isinstance(piece, Place) and piece.role == "pair" else piece for piece in lead]


def _grouped(cut: Sequence[Bite], rest: Sequence[Piece]) -> dict[int, Parallel]:
    """ "Garments and machinery lost: 489 million, minus 12.5 %, and 171 million, minus 16.8 %, respectively"."""
    listed = _last_list(cut[0].lead) if len(cut) > 1 else ()
    each = len(cut) // len(listed) if len(listed) > 1 else 0
    if each < 2 or len(cut) % len(listed) or listed[0].kind not in ("product", "flow"):
        return {}
    if not _tells_in_turn(cut, range(len(cut))) and all(piece.kind != _IN_TURN for piece in rest[:_CLOSING]):
        return {}
    families = [family_of(bite.quantity.unit) for bite in cut]
    alike = families == families[:each] * len(listed) and len({*families[:each]}) == each
    if not alike or any(listed[0].kind in bite.lead.kinds for bite in cut[1:]):
        return {}
    return {order: Parallel(listed[order // each], listed) for order in range(len(cut))}


def _tells_in_turn(cut: Sequence[Bite], run: range) -> bool:
    """Whether words beside the amounts of a run say that they come in the order of a list."""
    return any(_IN_TURN in cut[order].lead.kinds or _IN_TURN in cut[order].trail.kinds for order in run)


def _members(cut: Sequence[Bite], run: range, rest: Sequence[Piece], known: tuple[Piece, ...]) -> tuple[Piece, ...]:
    apart = _each_year(cut[run[0]].lead) or _each_flow(cut[run[0]].lead)
    if len(apart) == len(run) > 1:
        return apart
    after = _measures_after(cut, run, rest)
    known = () if _qualifies(cut, run) else known if len(known) == len(run) else _each_month(known)
    if len(after) == len(run) or len(known) == len(run):
        return after if len(after) == len(run) else known
    if len(run) < 2:
        return ()
    told = _tells_in_turn(cut, run)
    months = _each_month(tuple(piece for piece in cut[run[0]].lead if piece.kind == "period")) if told else ()
    if len(months) == len(run):
        # "In April and May they fell by 18 % and 7.5 % respectively"
        return months
    if family_of(cut[run[0]].quantity.unit) == "change":
        implied = _implied(cut, run) if told or _two_after_two(cut, run) else ()
        if implied or _qualifies(cut, run):
            return implied
        if not told:
            return _flows_before(cut, run) if _sums_up_flows(cut, run) else ()
        return _flows_before(cut, run) or _products_before(cut, run)
    return (_products_before(cut, run) or _flows_before(cut, run) or _periods_before(cut, run)) if told else ()


def _qualifies(cut: Sequence[Bite], run: range) -> bool:
    """ "185 million (+38.1 % and -12.7 % respectively)": changes in the brackets of one amount, not of a list."""
    opened = bool(cut[run[0]].lead) and cut[run[0]].lead[0].value == "("
    return opened and family_of(cut[run[0]].quantity.unit) == "change"


def _goods_before(cut: Sequence[Bite], run: range, rest: Sequence[Piece], before: Sequence[str]) -> tuple[Piece, ...]:
    """ "Their shares are 27.1 %, 12 % and 10.3 % respectively": of the goods that the last sentence listed."""
    if len(before) != len(run) or not cut[run[0]].lead:
        return ()
    if not _tells_in_turn(cut, run) and all(piece.kind != _IN_TURN for piece in rest[:_CLOSING]):
        return ()
    if any("product" in cut[order].lead.kinds | cut[order].trail.kinds for order in run):
        return ()
    first = cut[run[0]].lead[0]
    return tuple(Mark("product", code, first.i, first.j) for code in before)


def _each_month(known: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """ "In April, May and June 2026": months that a range of two took together."""
    if not all(isinstance(piece, Mark) and piece.value in ("month", "range") for piece in known):
        return known
    return tuple(month for piece in known if isinstance(piece, Mark) for month in _months(piece))


def _each_year(lead: Pieces) -> tuple[Piece, ...]:
    """ "Giai đoạn 2022-2025 lần lượt là …": the years of a span, one for each amount."""
    if _IN_TURN not in lead.kinds:
        return ()
    span = next((piece for piece in lead if isinstance(piece, Mark) and piece.value == "years"), None)
    told = span.slots.get("Y", ()) if span is not None else ()
    if span is None or len(told) < 2:
        return ()
    years = range(told[0], min(told[1], told[0] + _MOST) + 1) if len(told) == 2 else told
    return tuple(replace(span, value="year", slots={"Y": (year,)}) for year in years)


def _each_flow(lead: Pieces) -> tuple[Piece, ...]:
    """ "Xuất, nhập khẩu lần lượt đạt …": the two flows that a turnover is the sum of."""
    if _IN_TURN not in lead.kinds:
        return ()
    flows = [piece for piece in lead if piece.kind == "flow"]
    if [piece.value for piece in flows] != ["turnover"]:
        return ()
    return tuple(Mark("flow", flow, flows[0].i, flows[0].j) for flow in ("export", "import"))


def _months(mark: Mark) -> tuple[Mark, ...]:
    name = "M" if "M" in mark.slots else "m"
    months = mark.slots.get(name, ())
    if len(months) < 2:
        return (mark,)
    return tuple(replace(mark, value="month", slots={**mark.slots, name: (month,)}) for month in months)


def _two_after_two(cut: Sequence[Bite], run: range) -> bool:
    """ "25,864 tonnes for 43.6 million, gains of 46.8 % and 35.8 %": two changes right after a weight and a value."""
    before = [bite.quantity.unit for bite in cut[max(0, run[0] - 2) : run[0]]]
    named = any(
        piece.kind in ("measure", *_SUBJECTS) for order in run for piece in (*cut[order].lead, *cut[order].trail)
    )
    alike = before in (["usd", "usd"], ["t", "t"]) and all(map(_is_dated, cut[run[0] - 2 : run[0]]))
    return len(run) == 2 and (alike or sorted(before) in (["t", "usd"], ["piece", "usd"])) and not named


def _is_dated(bite: Bite) -> bool:
    return any(piece.kind == "period" for piece in (*bite.lead, *bite.trail))


def _sums_up_flows(cut: Sequence[Bite], run: range) -> bool:
    """ "Exports 2.31 billion, imports 2.22 billion, i.e. growth of 8.4 % and 6.1 %"."""
    levels = len(run) == run[0] == 2 and all(bite.quantity.unit == "usd" for bite in cut[:2])
    return levels and not any(piece.kind in _SUBJECTS for order in run for piece in cut[order].lead)


def _flows_before(cut: Sequence[Bite], run: range) -> tuple[Piece, ...]:
    """ "Shipments reached 2.26 billion, while it spent 2.51 billion, a decrease of 3.2 % and an increase of 11.7 %"."""
    named = [piece for bite in cut[: run[0]] for piece in bite.lead if piece.kind == "flow" and piece.value in FLOWS]
    return tuple(named[-len(run) :]) if len({piece.value for piece in named}) == len(run) == len(named) else ()


def _periods_before(cut: Sequence[Bite], run: range) -> tuple[Piece, ...]:
    """ "Exports came to 1.7 billion in May, 6.4 billion in five months; imports to 2 and 7 billion respectively"."""
    before = cut[max(0, run[0] - len(run)) : run[0]]
    told = [[piece for piece in (*bite.lead, *bite.trail) if piece.kind == "period"] for bite in before]
    return tuple(each[0] for each in told if len(each) == 1) if len(told) == len(run) else ()


def _products_before(cut: Sequence[Bite], run: range) -> tuple[Piece, ...]:
    """ "Paper fell 37.5 %, wood 4.4 %, to 7.7 and 47.3 million respectively": the products of the amounts before."""
    named = [piece for bite in cut[: run[0]] for piece in bite.lead if piece.kind == "product"]
    return tuple(named[-len(run) :]) if len({piece.value for piece in named}) == len(run) == len(named) else ()


def _implied(cut: Sequence[Bite], run: range) -> tuple[Piece, ...]:
    """ "679 t, worth 315 million, up 24 % and 38 % respectively": the order of the amounts, or of the last bases."""
    before = cut[max(0, run[0] - len(run)) : run[0]]
    measures = tuple(measure for bite in before if (measure := _measured(bite)) is not None)
    if len({measure.value for measure in measures}) == len(run):
        return measures
    dated = tuple(piece for bite in before for piece in (*bite.lead, *bite.trail) if piece.kind == "period")
    if len(dated) == len(before) == len(run) and len({bite.quantity.unit for bite in before}) == 1:
        # "0,31 triệu USD trong tháng và 2,9 triệu USD trong 9 tháng, tăng 11% và 4%"
        return dated
    bases = [piece for bite in cut[: run[0]] for piece in bite.trail if piece.kind == "base"]
    return tuple(bases[-len(run) :])


def _measured(bite: Bite) -> Mark | None:
    """What an amount is of: by its unit, or "12.6 % in volume"."""
    told = bite.trail[0] if bite.trail else None
    return told if isinstance(told, Mark) and told.kind == "measure" else _MEASURED.get(bite.quantity.unit)


def _runs(cut: Sequence[Bite]) -> Iterator[range]:
    start = 0
    for order in range(1, len(cut) + 1):
        if order == len(cut) or not _goes_on(cut[order - 1], cut[order]):
            if order > start:
                yield range(start, order)
            start = order


def _goes_on(before: Bite, bite: Bite) -> bool:
    if family_of(before.quantity.unit) != family_of(bite.quantity.unit):
        return False
    between = (*before.trail, *bite.lead)
    return all(piece.kind in _WITHIN_LIST or piece.value == "/" for piece in between) and (
        not any(piece.kind == "sep" and piece.value in ";()" for piece in between)
    )


def family_of(unit: Counted) -> str:
    """What amounts of one list have in common: changes are alike, however they are told."""
    return _FAMILIES.get(unit, unit)


def _last_list(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The last run of two or more pieces of one kind with nothing but commas and "and" between them."""
    best: tuple[Piece, ...] = ()
    run: list[Piece] = []
    joined = True
    for piece in pieces:
        if piece.kind == "flow" and piece.slot("weak"):
            # "Meat exports contracted and brought in 14 million": a verb is no member.
            run, joined = [], False
        elif piece.kind in _SUBJECTS:
            same = bool(run) and joined and run[-1].kind == piece.kind and _distinct(run, piece)
            run = [*run, piece] if same else [piece]
            joined = False
            best = tuple(run) if len(run) > 1 else best
        else:
            joined = _joins(piece) or (joined and piece.kind in ("and", "prep"))
    return best


def _distinct(run: Sequence[Piece], piece: Piece) -> bool:
    if isinstance(piece, Place):
        return all(isinstance(each, Place) and each.code != piece.code and each.role != "pair" for each in run)
    if isinstance(piece, Mark) and piece.kind == "period":
        return True
    return all(each.value != piece.value for each in run)


def _joins(piece: Piece) -> bool:
    return piece.kind == "and" or (piece.kind == "sep" and piece.value == ",")


def _closes(lead: Sequence[Piece], listed: Sequence[Piece]) -> bool:
    """Whether the list is what the amount speaks of: no other subject stands after it, but "in total" may."""
    last = max(place for place, piece in enumerate(lead) if piece is listed[-1])
    after = lead[last + 1 : -1] if lead[-1].kind == "total" else lead[last + 1 :]
    # "Cà phê, hạt điều và chè xuất khẩu sang Nga đạt …"
    joined = any(piece.kind == "and" for piece in lead[:last])
    after = after[1:] if joined and after and after[0].kind == "flow" else after
    return not any(piece.kind in ("flow", "product", "total", "of_which", "turn") for piece in after)


def _measures_after(cut: Sequence[Bite], run: range, rest: Sequence[Piece]) -> tuple[Piece, ...]:
    """ "down 47.5 % and 5.8 % in volume and value": the measures that follow the last amount."""
    following = cut[run[-1] + 1].lead if run[-1] + 1 < len(cut) else rest
    pieces = (*cut[run[-1]].trail, *following)
    measures: list[Piece] = []
    for piece in pieces:
        if piece.kind == "measure":
            measures.append(piece)
        elif piece.kind not in ("and", "prep", "respectively") and not _joins(piece):
            break
    return tuple(measures)
