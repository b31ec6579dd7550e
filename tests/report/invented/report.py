"""An invented report on a real pair, with every kind of block and chart. No figure in it is true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corridor.evidence import Finding, Measure, Name, Trace
from corridor.report.catalogue import Catalogue, Lang, read_catalogue
from corridor.report.documents.document import (
    Chapter,
    Chart,
    ChartKind,
    Column,
    Document,
    Fact,
    FigureTiles,
    Heading,
    List,
    Meta,
    Note,
    Paragraph,
    Row,
    Sources,
    Table,
    Tile,
    gather_sources,
)

EXPORTER, PARTNER = Name("area", "RUS"), Name("area", "VNM")
YEAR, BEFORE = Name("period", "2025"), Name("period", "2024")
PUBLISHERS = {
    "vn_customs": {"en": "Viet Nam Customs", "ru": "Таможенная служба Вьетнама", "vi": "Cục Hải quan"},
    "imf_imts": {
        "en": "International Monetary Fund",
        "ru": "Международный валютный фонд",
        "vi": "Quỹ Tiền tệ Quốc tế",
    },
}
GROUPS: tuple[tuple[str, float, float, float | None], ...] = (
    ("coal", 812_340_000, 655_120_000, 7_300_000),
    ("fertilisers", 402_118_000, 377_940_000, 1_010_000),
    ("iron_steel", 188_450_000, 240_300_000, 320_500),
    ("computers_electronics", 96_730_000, 71_040_000, None),
    ("confectionery_cereals", 41_220_000, 36_900_000, None),
    ("wheat", 512_000, 118_400_000, 1_900),
    ("textile_leather_materials", 8_410, 0, None),
    ("other_goods", 310_007_000, 298_655_000, None),
)


def words(lang: Lang) -> Catalogue:
    """The report's own messages."""
    return read_catalogue(Path(__file__).parent / f"{lang}.po", lang)


def usd(value: float | None, absence: str = "") -> Measure:
    return Measure(value, "usd", absence)


def traces() -> dict[str, Trace]:
    found = {}
    for year in (2023, 2024, 2025):
        for flow, table in (("x", "020.T"), ("n", "021.T")):
            for row in range(1, 13):
                name = f"invented-{year}-{flow}.pdf"
                found[f"{flow}{year}/3/{row}"] = Trace(
                    "vn_customs", name, f"{year}{flow}" * 12, "3", str(row), f"{table}, {year}", "https://example.org/x"
                )
    found["imf/1/2"] = Trace("imf_imts", "invented.csv", "f" * 64, "", "2", "IMTS 2025")
    return found


def both(row: int) -> tuple[str, ...]:
    return tuple(f"x{year}/3/{row}" for year in (2024, 2025))


def area(key: str) -> Finding:
    return Finding(key, {"partner": PARTNER})


def tiles() -> FigureTiles:
    against = Finding("demo.against.year", {"period": BEFORE})
    growth = Measure(0.2643, "growth")
    return FigureTiles(
        (
            Tile(Finding("demo.tile.turnover"), usd(4_590_120_000), growth, against, both(1)),
            Tile(area("demo.tile.exports"), usd(1_851_385_410), Measure(0.0292, "growth"), against, both(1)),
            Tile(area("demo.tile.imports"), usd(2_738_734_590), Measure(0.1904, "growth"), against, both(2)),
            Tile(Finding("demo.tile.balance"), usd(-887_349_180), usd(-120_400_000), against, both(3)),
            Tile(area("demo.tile.share"), Measure(0.0047, "share"), Measure(-0.0003, "pp"), against, ("imf/1/2",)),
            Tile(Finding("demo.tile.hhi"), Measure(0.2712, "index"), None, None, both(4)),
            Tile(
                Finding("demo.tile.unit_value"),
                Measure(111.279, "usd_per_unit"),
                Measure(-0.1147, "growth"),
                against,
                both(5),
                quantity_unit="t",
            ),
            Tile(Finding("demo.tile.groups"), Measure(52, "count"), None, None, both(6)),
            Tile(Finding("demo.tile.asymmetry"), Measure(0.932, "ratio"), None, None, ("imf/1/2",)),
            Tile(Finding("demo.tile.regions"), Measure(None, "usd", "not_held"), None, None, (), ("declarant_region",)),
        )
    )


def summary() -> List:
    named = tuple((Name("product", code), usd(value)) for code, value, _, _ in GROUPS[:3])
    return List(
        (
            Finding(
                "demo.sum.turnover",
                {
                    "period": YEAR,
                    "exporter": EXPORTER,
                    "partner": PARTNER,
                    "turnover": usd(4_590_120_000),
                    "growth": Measure(0.2643, "growth"),
                },
                both(1),
            ),
            Finding(
                "demo.sum.balance",
                {
                    "exporter": EXPORTER,
                    "exports": usd(1_851_385_410),
                    "imports": usd(2_738_734_590),
                    "balance": usd(-887_349_180),
                },
                both(2),
                ("price_basis_mixed",),
            ),
            Finding("demo.sum.groups", {"share": Measure(0.7577, "share"), "groups": named}, both(3)),
            Finding(
                "demo.sum.effects",
                {"unit_value": usd(98_400_000), "quantity": usd(-12_110_000)},
                both(4),
                ("unit_value_mix",),
            ),
            Finding(
                "demo.sum.mirror",
                {
                    "ratio": Measure(0.932, "share"),
                    "region": Name("area", "RU-VLG"),
                    "missing": Measure(None, "usd", "not_held"),
                },
                ("imf/1/2",),
            ),
        )
    )


def groups_table() -> Table:
    columns = (
        Column("group", kind="name"),
        Column("quantity", "quantity", quantity_unit="t", group=YEAR),
        Column("value", "usd", group=YEAR),
        Column("share", "share", group=YEAR),
        Column("value", "usd", group=BEFORE),
        Column("change", "growth", kind="change"),
        Column("contribution", "pp", kind="change"),
    )
    total, before = sum(row[1] for row in GROUPS), sum(row[2] for row in GROUPS)
    rows = tuple(
        Row(
            (
                Name("product", code),
                Measure(tonnes, "quantity", "" if tonnes else "no_quantity"),
                usd(now),
                Measure(now / total, "share"),
                usd(then or None, "" if then else "row_absent"),
                Measure(now / then - 1 if then else None, "growth", "" if then else "no_base"),
                Measure((now - then) / before, "pp"),
            ),
            both(place),
            ("residual_group",) if code == "other_goods" else (),
            code == "coal",
        )
        for place, (code, now, then, tonnes) in enumerate(GROUPS, start=1)
    )
    footer = Row(
        (
            Name("term", "total"),
            None,
            usd(total),
            Measure(1.0, "share"),
            usd(before),
            Measure(total / before - 1, "growth"),
            Measure((total - before) / before, "pp"),
        ),
        both(12),
    )
    note = Finding("demo.table.note")
    return Table("groups", Finding("demo.table.groups", {"period": YEAR}), columns, rows, (footer,), (note,))


def chart(kind: ChartKind, title: Finding, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Chart:
    figures = Table(kind, title, columns, rows)
    return Chart(kind, figures, Finding("demo.alt", {"title": Name("text", kind)}))


def series(*keys: str, unit: str, kind: str = "number") -> tuple[Column, ...]:
    return tuple(Column(key, unit, kind) for key in keys)  # type: ignore[arg-type]


def annual() -> Chart:
    rows = tuple(
        Row((Name("period", str(year)), usd(x), usd(m), usd(x - m)), (f"x{year}/3/1",) if year > 2022 else ())
        for year, x, m in (
            (2021, 2_410e6, 4_890e6),
            (2022, 1_980e6, 1_560e6),
            (2023, 1_905e6, 1_740e6),
            (2024, 1_798.4e6, 2_300.6e6),
            (2025, 1_851.4e6, 2_738.7e6),
        )
    )
    title = Finding(
        "demo.chart.annual", {"first": usd(-2_480e6), "last": usd(-887.3e6), "n": Measure(5, "count")}, both(1)
    )
    columns = (
        Column("year", kind="name"),
        *series("exports", "imports", unit="usd"),
        Column("balance", "usd", "change"),
    )
    return chart("annual_trade", title, columns, rows)


def periods() -> Chart:
    rows = tuple(
        Row((Name("product", code), usd(then), usd(now)), both(place), highlight=code == "wheat")
        for place, (code, now, then, _) in enumerate(GROUPS, start=1)
    )
    columns = (
        Column("group", kind="name"),
        Column("value", "usd", label=BEFORE),
        Column("value", "usd", label=YEAR),
    )
    return chart("two_periods", Finding("demo.chart.periods"), columns, rows)


def contributions() -> Chart:
    before = sum(row[2] for row in GROUPS)
    rows = tuple(
        Row((Name("product", code), Measure((now - then) / before, "pp")), both(place))
        for place, (code, now, then, _) in enumerate(sorted(GROUPS, key=lambda row: row[2] - row[1]), start=1)
    )
    columns = (Column("group", kind="name"), *series("contribution", unit="pp", kind="change"))
    title = Finding(
        "demo.chart.contributions", {"part": Measure(0.0874, "pp"), "growth": Measure(0.0297, "growth")}, both(1)
    )
    return chart("contributions", title, columns, rows)


def effects() -> Chart:
    data = (
        ("coal", 190.2e6, -33.0e6),
        ("fertilisers", -14.3e6, 38.5e6),
        ("iron_steel", -31.0e6, -20.85e6),
        ("wheat", 2.1e6, -119.988e6),
    )
    rows = tuple(
        Row((Name("product", code), usd(a), usd(b), usd(a + b)), both(place))
        for place, (code, a, b) in enumerate(data, 1)
    )
    columns = (
        Column("group", kind="name"),
        *series("unit_value_effect", "quantity_effect", unit="usd", kind="change"),
        Column("amount", "usd", "change", label=Finding("demo.row.change")),
    )
    return chart("value_effects", Finding("demo.chart.effects"), columns, rows)


def mirror() -> Chart:
    data = (
        (2018, 1.07, 1.62),
        (2019, 1.12, 1.51),
        (2020, 1.02, 1.33),
        (2021, 0.98, 1.42),
        (2022, None, None),
        (2023, 0.95, 1.21),
    )
    rows = tuple(
        Row(
            (
                Name("period", str(year)),
                Measure(a, "ratio", "" if a else "not_reported"),
                Measure(b, "ratio", "" if b else "not_reported"),
            ),
            ("imf/1/2",),
        )
        for year, a, b in data
    )
    columns = (
        Column("year", kind="name"),
        Column("ratio", "ratio", label=Finding("demo.series.exports")),
        Column("ratio", "ratio", label=Finding("demo.series.imports")),
    )
    return chart("mirror_ratio", Finding("demo.chart.mirror"), columns, rows)


def structure() -> Chart:
    data = (
        ("coal", 812.34e6, 0.0),
        ("fertilisers", 402.118e6, 0.0),
        ("iron_steel", 188.45e6, 4.1e6),
        ("computers_electronics", 96.73e6, 1_204.3e6),
        ("machinery", 20.4e6, 388.0e6),
        ("garments", 0.9e6, 402.7e6),
        ("coffee", 0.1e6, 260.4e6),
        ("footwear", 0.0, 120.2e6),
        ("confectionery_cereals", 41.22e6, 31.0e6),
        ("other_goods", 290.1e6, 328.0e6),
    )
    rows = tuple(
        Row((Name("product", code), usd(a), usd(b)), both(place)) for place, (code, a, b) in enumerate(data, 1)
    )
    return chart(
        "structure",
        Finding("demo.chart.structure"),
        (Column("group", kind="name"), *series("exports", "imports", unit="usd")),
        rows,
    )


def shares() -> Chart:
    data = (
        ("coal", 0.21, 0.4, 0.27, 0.02, 0.1),
        ("fertilisers", 0.31, 0.28, 0.12, 0.19, 0.1),
        ("iron_steel", 0.04, 0.55, 0.0, 0.31, 0.1),
        ("wheat", 0.002, 0.0, 0.61, 0.108, 0.28),
        ("computers_electronics", 0.0004, 0.42, 0.0, 0.44, 0.1396),
    )
    rows = tuple(
        Row((Name("product", code), *(Measure(share, "share") for share in row)), both(place))
        for place, (code, *row) in enumerate(data, 1)
    )
    columns = (
        Column("group", kind="name"),
        *(
            Column("share", "share", label=label)
            for label in (
                EXPORTER,
                *(Name("area", code) for code in ("CHN", "AUS", "KOR")),
                Name("term", "other_suppliers"),
            )
        ),
    )
    return chart("market_shares", Finding("demo.chart.shares", {"exporter": EXPORTER}), columns, rows)


def processing() -> Chart:
    data = (
        ("degree_raw", 0.52, 0.61),
        ("degree_low", 0.2, 0.34),
        ("degree_middle", 0.05, 0.19),
        ("degree_high", 0.03, 0.03),
    )
    rows = tuple(
        Row((Name("term", code), Measure(least, "share"), Measure(most, "share")), both(place))
        for place, (code, least, most) in enumerate(data, 1)
    )
    columns = (
        Column("group", kind="name", label=Name("term", "processing_degree")),
        *series("least", "most", unit="share"),
    )
    return chart(
        "processing_degree", Finding("demo.chart.processing", {"least": Measure(0.52, "share")}), columns, rows
    )


def cms() -> Chart:
    data = (
        ("demo.row.market_growth", 214.0e6, False),
        ("demo.row.structure", -310.5e6, False),
        ("demo.row.residual", 149.5e6, False),
        ("demo.row.change", 53.0e6, True),
    )
    rows = tuple(Row((Finding(key), usd(value)), both(1), highlight=total) for key, value, total in data)
    columns = (Column("effect", kind="name"), *series("amount", unit="usd", kind="change"))
    return chart("market_share_effects", Finding("demo.chart.cms"), columns, rows)


def months() -> Chart:
    rows = tuple(
        Row(
            (
                Name("period", f"{2024 + i // 12}-{i % 12 + 1:02d}"),
                usd(150e6 + 9e6 * ((i * 7) % 11)),
                usd(None, "not_held") if i > 19 else usd((150e6 + 9e6 * ((i * 7) % 11)) * (1.01 + 0.01 * (i % 3))),
            ),
            both(1),
        )
        for i in range(24)
    )
    columns = (Column("month", kind="name"), *series("first_release", "revised", unit="usd"))
    return chart("monthly_totals", Finding("demo.chart.months", {"revision": Measure(0.021, "growth")}), columns, rows)


def ranking() -> Chart:
    data = (
        (Finding("demo.row.recommendation"), 0.81),
        (Name("product", "fertilisers"), 0.74),
        (Name("product", "wheat"), 0.62),
    )
    rows = tuple(Row((name, Measure(score, "ratio")), both(1)) for name, score in data)
    return chart(
        "ranking", Finding("demo.chart.ranking"), (Column("group", kind="name"), *series("score", unit="ratio")), rows
    )


def bubbles() -> Chart:
    data = ((code, 0.12 * place - 0.2, 0.03 * place, value) for place, (code, value, _, _) in enumerate(GROUPS[:6]))
    rows = tuple(
        Row((Name("product", code), Measure(growth, "growth"), Measure(share, "share"), usd(value)), both(1))
        for code, growth, share, value in data
    )
    columns = (
        Column("group", kind="name"),
        Column("market_growth", "growth", "change"),
        Column("market_share", "share"),
        Column("deliveries", "usd"),
    )
    given = {"exporter": EXPORTER, "importer": PARTNER, "period": YEAR}
    return chart("growth_share", Finding("chart.growth_share_suppliers", given), columns, rows)


def potential() -> Chart:
    data = (("coal", 900e6, 812e6), ("fertilisers", 700e6, 402e6), ("wheat", 120e6, None), ("iron_steel", 90e6, 188e6))
    rows = tuple(
        Row((Name("product", code), usd(could), usd(does, "" if does is not None else "unknown")), both(1))
        for code, could, does in data
    )
    columns = (Column("good", kind="name"), Column("potential", "usd"), Column("realised", "usd"))
    parts = {
        "exporter": EXPORTER,
        "importer": PARTNER,
        "period": YEAR,
        "product": Name("product", "fertilisers"),
        "gap": usd(298e6),
    }
    return chart("potential", Finding("chart.potential", parts), columns, rows)


def tile_map() -> Chart:
    data = (("RU-VLG", 60e6), ("RU-MOW", 90e6), ("RU-KEM", 0.0), ("RU-TUL", None))
    rows = tuple(
        Row((Name("area", code), Measure(value, "usd", "" if value is not None else "row_absent")), both(1))
        for code, value in data
    )
    return chart("tile_map", Finding("demo.chart.tiles"), (Column("region", kind="name"), Column("value", "usd")), rows)


def region_map() -> Chart:
    drawn = tile_map()
    shapes = (("RU-VLG", 38.0), ("RU-MOW", 44.0), ("RU-KEM", 50.0))
    outlines = tuple((code, (((x, 55.0), (x + 5, 55.0), (x + 5, 60.0), (x, 60.0), (x, 55.0)),)) for code, x in shapes)
    return replace(drawn, kind="region_map", figures=replace(drawn.figures, key="region_map"), outlines=outlines)


def document() -> Document:
    """The whole invented report."""
    found = traces()
    text = Finding(
        "demo.text.groups", {"hhi": Measure(0.2712, "index"), "change": Measure(0.183, "share")}, both(1), ("low_base",)
    )
    advice = (
        Finding("demo.advice.steel", {}, both(3)),
        Finding("demo.advice.evidence", {"n": Measure(3, "count")}, (), ("declarant_region",)),
    )
    return Document(
        Finding("demo.title", {"exporter": EXPORTER, "partner": PARTNER, "period": Name("period", "2023:2025")}),
        Meta(
            (Finding("demo.scope.goods"), Finding("demo.scope.invented")),
            (
                Fact("source", Name("source", "vn_customs")),
                Fact("release", Finding("demo.release")),
                Fact("classification", Finding("demo.classification")),
                Fact("valuation", Finding("demo.valuation")),
                Fact("as_of", Name("period", "2026-02-10")),
            ),
        ),
        (tiles(), summary()),
        (
            Chapter(
                "trade",
                Finding("demo.chapter.trade"),
                (
                    Heading(Finding("demo.heading.year")),
                    annual(),
                    structure(),
                    Heading(Finding("demo.heading.month")),
                    months(),
                    mirror(),
                ),
            ),
            Chapter(
                "groups",
                Finding("demo.chapter.groups"),
                (Paragraph(text), groups_table(), periods(), contributions(), effects(), processing()),
            ),
            Chapter(
                "market",
                Finding("demo.chapter.market"),
                (Paragraph(area("demo.text.market")), shares(), bubbles(), cms()),
                fold=True,
            ),
            Chapter(
                "advice",
                Finding("demo.chapter.advice"),
                (List(advice, ordered=True), ranking(), potential(), tile_map(), region_map()),
            ),
            Chapter("sources", Finding("demo.chapter.sources"), (Note(("lunar_new_year", "rounded")), Sources())),
        ),
        gather_sources(found.values(), PUBLISHERS),
        found,
    )
