-- kept
-- The highest relative value or fee first: each line's place among those it is ranked with, and the first and last rank it takes.
with placed as (
    select
        *,
        row_number() over (
            partition by claim_key, ranking_key, apart, ranked_day order by weight desc, entry_fee desc, line_no, line_key
        ) as procedure_rank,
        cast(sum(entries) over (
            partition by claim_key, ranking_key, apart, ranked_day order by weight desc, entry_fee desc, line_no, line_key
            rows between unbounded preceding and current row
        ) as decimal(18, 3)) as last_rank
    from ranking_entries
)
select *, cast(last_rank - entries + 1 as decimal(18, 3)) as first_rank from placed
