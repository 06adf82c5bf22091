-- needs contract_parts
-- What each rank of a part takes from it: for each range of ranks it reaches into, as often as it takes one of them.
with pieces as (
    select
        e.line_key, p.part, e.place, e.amount, p.factor,
        case when p.last_rank < e.last_rank then p.last_rank else e.last_rank end
        - case when p.first_rank > e.first_rank then p.first_rank else e.first_rank end + 1 as counted
    from ranked_parts as e
    inner join contract_parts as p
        on p.part_key = e.part_key and p.factor <> 1
        and p.first_rank <= e.last_rank and p.last_rank >= e.first_rank
)
select
    line_key, part, place,
    cast(round(cast(amount as decimal(19, 2)) * factor, 2) - amount as decimal(18, 2)) * cast(counted as decimal(10, 0))
    as cut_amount
from pieces
