-- needs contract_rankings
-- Several ranked procedures: each cut by the factor of its rank, or unit by unit where it takes several ranks.
select
    r.line_key, r.claim_key, r.line_no, r.units, r.charge_amount, r.answer_key,
    case
        when r.fee_amount < 1000000 then cast(round(r.fee_amount * p.factor, 2) as decimal(18, 2))
        else cast(round(cast(r.fee_amount as decimal(19, 2)) * p.factor, 2) as decimal(18, 2))
    end as fee_amount,
    r.procedure_rank, p.factor as procedure_factor, cast(null as decimal(18, 2)) as reduction_amount,
    cast(null as varchar) as reduction
from counted_entries as r
inner join contract_procedures as p
    on p.ranking_key = r.ranking_key and r.counted_rank >= p.first_rank and r.counted_rank <= p.last_rank
union all
select
    r.line_key, r.claim_key, r.line_no, r.units, r.charge_amount, r.answer_key, u.fee_amount,
    r.procedure_rank, null, cast(u.fee_amount - r.fee_amount as decimal(18, 2)), null
from ranked_entries as r
inner join unit_cuts as u on u.line_key = r.line_key
union all
-- the other lines of a family, and second sides, at the rank of their first
select
    m.line_key, m.claim_key, m.line_no, m.units, m.charge_amount, m.answer_key,
    cast(round(cast(m.family_fee as decimal(19, 2)) * p.factor, 2) as decimal(18, 2)),
    r.procedure_rank, p.factor, m.reduction_amount, m.reduction
from counted_entries as r
inner join family_fees as m on m.head_key = r.line_key and m.line_key <> r.line_key
inner join contract_procedures as p
    on p.ranking_key = r.ranking_key and r.counted_rank >= p.first_rank and r.counted_rank <= p.last_rank
union all
-- lines whose parts are ranked
select line_key, claim_key, line_no, units, charge_amount, answer_key, fee_amount, null, null, reduction_amount, reduction
from part_fees
