-- kept
-- needs contract_parts
-- What the ranks of each part take from it, unit by unit where each takes a rank of its own.
with pieces as (
    select
        e.line_key, e.part, e.place, e.amount, p.factor,
        case when p.last_rank < e.last_rank then p.last_rank else e.last_rank end
        - case when p.first_rank > e.first_rank then p.first_rank else e.first_rank end + 1 as counted
    from ranked_parts as e
    inner join contract_parts as p
        on p.ranking_key = e.ranking_key and p.part = e.part
        and p.first_rank <= e.last_rank and p.last_rank >= e.first_rank
)
select
    line_key, part, place,
    cast(sum(
        cast(round(cast(amount as decimal(19, 2)) * factor, 2) - amount as decimal(18, 2)) * cast(counted as decimal(10, 0))
    ) as decimal(18, 2)) as cut_amount
from pieces
group by line_key, part, place
