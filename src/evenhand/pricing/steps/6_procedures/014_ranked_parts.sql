-- needs contract_parts
-- Each part ranked among those of its kind, the highest first, and the first and last rank it takes.
with counted as (
    select *,
        row_number() over (
            partition by claim_key, pool_key, ranked_day order by amount desc, line_no, line_key
        ) as place,
        cast(sum(entries) over (
            partition by claim_key, pool_key, ranked_day order by amount desc, line_no, line_key
            rows between unbounded preceding and current row
        ) as decimal(18, 3)) as last_rank
    from part_entries
    where amount > 0
)
select *, cast(last_rank - entries + 1 as decimal(18, 3)) as first_rank from counted
