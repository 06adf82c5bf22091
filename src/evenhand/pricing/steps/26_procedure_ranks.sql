-- kept
-- Several ranked procedures of one claim and day: the highest fee first, each cut by the factor of its rank.
with eligible as (
    select f.line_key, f.claim_key, f.version_key, f.service_day, f.line_no, f.fee_amount
    from line_fees as f
    where f.ranks and f.fee_amount > 0
        and not exists (select 1 from included_lines as i where i.line_key = f.line_key)
),
ranked as (
    select
        line_key, version_key, fee_amount,
        row_number() over (
            partition by claim_key, service_day order by fee_amount desc, line_no, line_key
        ) as procedure_rank
    from eligible
)
select
    r.line_key, r.procedure_rank, p.factor as procedure_factor,
    cast(round(r.fee_amount * p.factor, 2) as decimal(18, 2)) as fee_amount
from ranked as r
inner join contract_procedures as p
    on p.version_key = r.version_key and r.procedure_rank >= p.first_rank and r.procedure_rank <= p.last_rank
