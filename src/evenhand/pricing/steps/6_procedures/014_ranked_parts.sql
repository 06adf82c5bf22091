-- kept
-- needs contract_parts
-- Each part ranked among those of its kind, the highest first, and the first and last rank it takes.
with listed as (
    select
        l.line_key, l.claim_key, l.line_no, l.ranking_key, l.apart, l.ranked_day, e.part, e.entries,
        cast(e.amount as decimal(18, 2)) as amount
    from part_lines as l
    inner join part_entries as e on e.line_key = l.line_key and e.amount > 0
    inner join (select distinct ranking_key, part from contract_parts) as p
        on p.ranking_key = l.ranking_key and p.part = e.part
),
counted as (
    select *,
        row_number() over (
            partition by claim_key, ranking_key, apart, ranked_day, part order by amount desc, line_no, line_key
        ) as place,
        cast(sum(entries) over (
            partition by claim_key, ranking_key, apart, ranked_day, part order by amount desc, line_no, line_key
            rows between unbounded preceding and current row
        ) as decimal(18, 3)) as last_rank
    from listed
)
select *, cast(last_rank - entries + 1 as decimal(18, 3)) as first_rank from counted
