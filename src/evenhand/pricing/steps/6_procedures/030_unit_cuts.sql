-- needs contract_unit_rankings
-- Lines that take several ranks: the sum over their units, each cut by the factor of its own rank.
with pieces as (
    select
        e.line_key, e.entry_fee, p.factor,
        case when p.last_rank < e.last_rank then p.last_rank else e.last_rank end
        - case when p.first_rank > e.first_rank then p.first_rank else e.first_rank end + 1 as counted
    from unit_ranks as e
    inner join contract_procedures as p
        on p.ranking_key = e.ranking_key and p.first_rank <= e.last_rank and p.last_rank >= e.first_rank
    where e.entries > 1
)
select
    line_key,
    cast(sum(
        cast(round(cast(entry_fee as decimal(19, 2)) * factor, 2) as decimal(18, 2)) * cast(counted as decimal(10, 0))
    ) as decimal(18, 2)) as fee_amount
from pieces
group by line_key
