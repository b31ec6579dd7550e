"""The chapter on regions as somebody would write it by hand in SQL: what `benchmarks/regions.py` measures against.

Every table that `corridor regions RUS VNM` gives is here, with the rows that each sum is traced to; the bundled
published facts alone are left out. What is known of the files is written into the queries: one series, printed by
month, okrugs inside their oblasts, the regions of head offices, and which district a region is in.
"""

from collections.abc import Iterator

#: Okrugs whose figures their oblasts hold too, and the regions of head offices.
_NESTED = "('RU-NEN', 'RU-KHM', 'RU-YAN')"
_OFFICES = "('RU-MOW', 'RU-SPE')"
_EXPORTS = f"flow = 'export' and starts_with(reporter, 'RU-') and reporter not in {_NESTED}"
_HEAD = "case when regexp_full_match(product, '[0-9]+') then left(product, 4) else product end"

#: One look at what was sold to the partner, one at what was sold to everybody.
_READ = f"""
    create temp table sold as
    with rows as (
        select reporter as region, {_HEAD} as product, year(period_end) as year, month(period_end) as month, value_usd,
               parse_filename(filename, true) || '//' || "row" as trace
        from read_parquet(?, filename = true) where partner = 'VNM' and {_EXPORTS}
    ), whole as (select year from rows group by year having count(distinct month) = 12)
    select region, product, year, sum(value_usd) as value_usd, list(trace order by value_usd desc)[:20] as traces
    from rows semi join whole using (year) group by all;

    create temp table whole as
    select reporter as region, {_HEAD} as product, year, sum(value_usd) as value_usd
    from (
        select reporter, product, year(period_end) as year, sum(value_usd) as value_usd
        from read_parquet(?) where {_EXPORTS} group by all
    ) group by all;

    create temp table totals as
    select region, year, sum(value_usd) as value_usd,
           array_to_string(flatten(list(traces order by value_usd desc))[:20], ' ') as trace_id
    from sold group by all;
"""
_COVERED = """
    select *, value_usd / sum(value_usd) over every as share, rank() over falling as rank,
           sum(value_usd) over falling / sum(value_usd) over every as cumulative_share,
           (sum(value_usd) over falling - sum(value_usd) over tied) < 0.8 * sum(value_usd) over every - 1e-12
             and value_usd > 0 as in_smallest_set
    from {rows}
    window every as (partition by {by}), falling as (partition by {by} order by value_usd desc),
           tied as (partition by {by}, value_usd)
"""
_RANKED = _COVERED.format(rows="totals", by="year")
_CONCENTRATION = """
    select year, count(*) as n, sum(share ** 2) as hhi,
           2 * sum(place * value_usd) / (count(*) * sum(value_usd)) - (count(*) + 1) / count(*) as gini,
           count(*) filter (where in_smallest_set) as smallest_set
    from (select *, row_number() over (partition by year order by value_usd) as place from ({ranked}))
    group by year order by year
"""
_TABLES = {
    "regions": f"""
        with ranked as ({_RANKED}), years as (select distinct year from totals),
        steady as (
            select region, count(*) filter (where v > 0) as years_present,
                   case when count(*) > 1 then stddev_samp(v) / avg(v) end as variation
            from (
                select r.region, y.year, coalesce(t.value_usd, 0) as v
                from (select distinct region from totals) r cross join years y left join totals t using (region, year)
            ) group by region
        ), moved as (
            select *, lag(value_usd) over (partition by region order by year) as before,
                   first_value(value_usd) over (partition by region order by year) as first,
                   year - first_value(year) over (partition by region order by year) as apart
            from totals
        ), grown as (select year, sum(value_usd) - sum(before) as grown, sum(before) as v0 from moved group by year),
        broad as (select region, year, count(distinct product) as products from sold where value_usd > 0 group by all)
        select ranked.*, m.value_usd / m.before - 1 as growth, (m.value_usd - m.before) / g.grown as contribution,
               case when apart > 0 then (m.value_usd / m.first) ** (1 / apart) - 1 end as cagr, years_present,
               variation, coalesce(products, 0) as products
        from ranked join moved m using (region, year) join grown g using (year) join steady using (region)
        left join broad using (region, year)
        where year = (select max(year) from totals) order by rank, region
    """,
    "concentration": _CONCENTRATION.format(ranked=_RANKED),
    "moved": f"""
        with ranked as (select region, year from ({_RANKED}) where in_smallest_set),
        pairs as (select year, lag(year) over (order by year) as year_before from (select distinct year from totals))
        select region, p.year, year_before, 'entered' as moved from ranked join pairs p using (year)
        where year_before is not null
          and not exists (from ranked r where r.region = ranked.region and r.year = year_before)
        union all
        select region, p.year, year_before, 'left' from ranked join pairs p on ranked.year = year_before
        where not exists (from ranked r where r.region = ranked.region and r.year = p.year)
        order by all
    """,
    "districts": """
        select district, year, sum(value_usd) as value_usd, count(distinct region) as regions,
               sum(value_usd) / max(w.whole) as share
        from totals join districts using (region)
        join (select year, sum(value_usd) as whole from totals group by year) w using (year)
        group by district, year order by year, value_usd desc, district
    """,
    "declarants": f"""
        select *, declared_usd / whole as share
        from (
            select year, sum(value_usd) filter (where region in {_OFFICES}) as declared_usd, sum(value_usd) as whole
            from totals group by year
        ) join ({_CONCENTRATION.format(ranked=_RANKED)}) using (year)
        join (
            select year, n as n_without, hhi as hhi_without, gini as gini_without, smallest_set as smallest_set_without
            from ({_CONCENTRATION.format(
                ranked=_COVERED.format(rows=f"(from totals where region not in {_OFFICES})", by="year")
            )})
        ) using (year) order by year
    """,
    "suppliers": f"""
        select product, sum(value_usd) over (partition by product) as product_usd, region, value_usd, share, rank,
               in_smallest_set, array_to_string(traces, ' ') as trace_id
        from ({_COVERED.format(rows="(from sold where year = (select max(year) from sold))", by="product")})
        order by product_usd desc, product, rank, region
    """,
    "gaps": "from gaps order by gap_usd desc, region, product",
    "potential": """
        select region, sum(expected_usd) as expected_usd, count(*) as products,
               array_to_string(list(product order by expected_usd desc, product)[:3], ' ') as goods
        from (select *, sum(value_usd) over (partition by region) as sold from gaps) where sold = 0
        group by region order by expected_usd desc, region
    """,
}  # fmt: skip
_GAPS = """
    create temp table gaps as
    with told as (
        select *, value_usd / sum(value_usd) over (partition by product) as region_share,
               (value_usd / sum(value_usd) over (partition by region))
                 / (sum(value_usd) over (partition by product) / sum(value_usd) over ()) as rca
        from whole where year = (select max(year) from sold) and value_usd > 0
    ), bought as (select product, sum(value_usd) as partner_usd from sold where year = (select max(year) from sold)
                  group by product)
    select told.region, product, told.year, told.value_usd as whole_usd, region_share, rca, partner_usd,
           region_share * partner_usd as expected_usd, coalesce(s.value_usd, 0) as value_usd,
           greatest(region_share * partner_usd - coalesce(s.value_usd, 0), 0) as gap_usd
    from told join bought using (product) left join sold s using (region, product, year)
    where rca >= 1 and product <> 'XXXXXXXXXX'
"""


def tables(session, files: list[str], districts: list[tuple[str, str]]) -> Iterator[tuple]:
    """The chapter's tables by name, as Polars frames; ``districts`` are regions with the district each is in."""
    session.execute("create temp table districts (region text, district text)")
    session.executemany("insert into districts values (?, ?)", districts)
    for statement in filter(str.strip, _READ.split(";")):
        session.execute(statement, [files] if "?" in statement else [])
    session.execute(_GAPS)
    for name, query in _TABLES.items():
        yield name, session.sql(query).pl()
