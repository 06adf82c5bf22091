-- kept
-- needs contract_families
-- What each line of a family is paid before ranking: the first in full, others without the fee of the base they begin
-- with (in full where the base has none), the base itself nothing. The first line is ranked, for all the family comes to.
with reduced as (
    select
        l.*,
        max(case when l.place = 1 then l.line_key end) over (
            partition by l.claim_key, l.ranking_key, l.apart, l.ranked_day, l.base
        ) as head_key,
        case
            when l.place = 1 then l.fee_amount
            when l.code = l.base then cast(0 as decimal(18, 2))
            when b.line_key is null then l.fee_amount
            when b.fee_amount < l.fee_amount
                then cast(l.fee_amount - cast(b.fee_amount as decimal(18, 2)) as decimal(18, 2))
            else cast(0 as decimal(18, 2))
        end as family_fee
    from family_lines as l
    left join sought_fees as b on b.line_key = l.line_key and b.way = 'base'
)
select
    line_key, head_key, claim_key, line_no, units, charge_amount, answer_key, family_fee,
    cast(family_fee - fee_amount as decimal(18, 2)) as reduction_amount,
    case when place > 1 then 'family ' || base end as reduction,
    cast(sum(family_fee) over (partition by head_key) as decimal(18, 2)) as total_amount
from reduced
