"""The passage of a bulletin on what the agreement in force offers: whose law, how averaged, and a row a product."""

from __future__ import annotations

from corridor.bulletin.access import Access
from corridor.bulletin.write import Bulletin
from corridor.codes import products
from corridor.evidence import Finding, Measure, Name, Parameter
from corridor.report.documents.bulletin_phrases import paragraph
from corridor.report.documents.document import Block, Column, Row, Table
from corridor.report.documents.grid import Record, traces_in
from corridor.scenarios.offer import Act

# More ranges of headings than these are told by the first and the last.
_SPANS = 3

_RATES = ("mfn", "effective")
_COUNTS = ("lines", "zero", "mfn_zero", "excluded", "unknown")


def offered(bulletin: Bulletin) -> list[Block]:
    """Two sentences and a table; nothing where the bulletin knows of no schedule and agreement."""
    found = bulletin.access
    if found is None:
        return []
    return [*paragraph(_law(bulletin, found), _averaged(found)), *paragraph(_together(found)), _table(bulletin, found)]


def heading(found: Access) -> Finding:
    """One agreement, or several."""
    return Finding("bulletin.heading.access", {"n": Measure(len(found.offer.agreements), "count")})


def _ends(bulletin: Bulletin, found: Access) -> dict[str, Parameter]:
    exporter, importer = (Name("area", code) for code in bulletin.pair.ends(found.side))
    return {"exporter": exporter, "importer": importer, "day": Name("period", found.offer.on.isoformat())}


def _law(bulletin: Bulletin, found: Access) -> Finding:
    """The regimes with the acts that the schedule prints beside the rates."""
    acts = found.offer.agreements
    given: dict[str, Parameter] = {
        "n": Measure(len(acts), "count"),
        "agreements": tuple(_agreement(each) for each in acts),
        "mfn": _mfn(found.offer.mfn),
    }
    return Finding("bulletin.access.law", {**_ends(bulletin, found), **given}, traces_in(found.offer.together))


def _agreement(found: Act) -> Finding:
    """Its name, and what is known of its acts and its first day."""
    acts = _acts(found)
    since: dict[str, Parameter] = {}
    if found.since:
        since["since"] = tuple(Name("period", each.isoformat()) for each in found.since)
    known = [*(["acts"] if acts else []), *since]
    given = {"agreement": Name("text", found.regime), **acts, **since}
    return Finding(f"bulletin.access.agreement.{'_'.join(known) or 'alone'}", given)


def _mfn(found: Act) -> Finding:
    acts = _acts(found)
    return Finding(f"bulletin.access.mfn.{'acts' if acts else 'alone'}", acts)


def _acts(found: Act) -> dict[str, Parameter]:
    named = tuple(Name("text", each) for each in found.legal_references)
    return {"acts": named, "n": Measure(len(named), "count")} if named else {}


def _averaged(found: Access) -> Finding:
    return Finding(f"bulletin.access.averaged{'.approximate' if found.approximate else ''}")


def _together(found: Access) -> Finding | None:
    """All lines of the products, each once; without a rate in common nothing is averaged."""
    whole = found.offer.together.row(0, named=True)
    if whole["mfn"] is None:
        return None
    given = {
        **{name: Measure(whole[name], "share") for name in _RATES},
        **{name: Measure(whole[name], "count") for name in _COUNTS},
    }
    return Finding("bulletin.access.together", given, traces_in(found.offer.together), _caveats(found))


def _caveats(found: Access) -> tuple[str, ...]:
    return ("approximate_group",) if found.approximate else ()


def _table(bulletin: Bulletin, found: Access) -> Table:
    headings = (Column("headings", kind="text", label=_label("headings")),) if found.approximate else ()
    return Table(
        "access",
        Finding("bulletin.table.access", _ends(bulletin, found)),
        (
            Column("group", kind="name"),
            *headings,
            *(Column(name, "share", label=_label(name), digits=1) for name in _RATES),
            *(Column(name, "count", label=_label(name)) for name in _COUNTS),
        ),
        tuple(_row(found, record) for record in found.offer.products.iter_rows(named=True)),
        caveats=_caveats(found),
    )


def _label(column: str) -> Finding:
    return Finding(f"bulletin.access.column.{column}")


def _row(found: Access, record: Record) -> Row:
    code = record["product"]
    headings = (_headings(code, found),) if found.approximate else ()
    rates = (Measure(record[name], "share", "" if record[name] is not None else "no_rate") for name in _RATES)
    counts = (Measure(record[name], "count") for name in _COUNTS)
    return Row((Name("product", code), *headings, *rates, *counts), tuple(record["trace_id"].split()))


def _headings(code: str, found: Access) -> Finding:
    """``2701–2704``; of many ranges the first and the last heading."""
    spans = products.headings(code, found.flow)
    told = spans if len(spans) <= _SPANS else (f"{spans[0][:4]}-{spans[-1][-4:]}",)
    key = "spans" if len(spans) <= _SPANS else "part"
    listed = tuple(Name("text", each.replace("-", "–")) for each in told)
    return Finding(f"bulletin.access.{key}", {"spans": listed})
