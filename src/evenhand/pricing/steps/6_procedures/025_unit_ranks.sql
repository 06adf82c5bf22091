-- kept
-- needs contract_unit_rankings
-- Where units are ranked: the first and the last rank each line takes. From what is kept alone: joined to what it is made
-- of once more, some engines fail on the joins there would be within each other.
with counted as (
    select
        e.line_key, e.ranking_key, e.entries, e.entry_fee,
        cast(sum(e.entries) over (
            partition by e.claim_key, e.ranking_key, e.apart, e.ranked_day order by e.procedure_rank
            rows between unbounded preceding and current row
        ) as decimal(18, 3)) as last_rank
    from ranked_entries as e
    inner join contract_unit_rankings as r on r.ranking_key = e.ranking_key
)
select *, cast(last_rank - entries + 1 as decimal(18, 3)) as first_rank from counted
