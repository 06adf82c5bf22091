-- kept
-- Several ranked procedures of one claim and day: the highest fee first, each cut by the factor of its rank.
with ranked as (
    select
        f.line_key, f.claim_key, f.version_key, f.line_no, f.units, f.charge_amount, f.answer_key, f.fee_amount,
        row_number() over (
            partition by f.claim_key, f.service_day order by f.fee_amount desc, f.line_no, f.line_key
        ) as procedure_rank
    from line_fees as f
    where f.ranks and f.fee_amount > 0
        and not exists (select 1 from included_lines as i where i.line_key = f.line_key)
)
select
    r.line_key, r.claim_key, r.version_key, r.line_no, r.units, r.charge_amount, r.answer_key,
    case
        when r.fee_amount < 1000000 then cast(round(r.fee_amount * p.factor, 2) as decimal(18, 2))
        else cast(round(cast(r.fee_amount as decimal(19, 2)) * p.factor, 2) as decimal(18, 2))
    end as fee_amount,
    r.procedure_rank, p.factor as procedure_factor
from ranked as r
inner join contract_procedures as p
    on p.version_key = r.version_key and r.procedure_rank >= p.first_rank and r.procedure_rank <= p.last_rank
