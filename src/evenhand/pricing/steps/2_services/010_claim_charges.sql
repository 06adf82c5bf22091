-- The charge of each claim; of one that states none (or a trillion dollars) the sum over its lines that have one.
with summed as (
    select l.claim_key, cast(sum(l.charge_amount) as decimal(18, 2)) as charge_amount
    from service_lines as l
    where abs(l.charge_amount) < 1000000000000
        and l.claim_key in (
            select c.claim_key
            from service_claims as c
            where coalesce(abs(c.charge_amount), 1000000000000) >= 1000000000000
        )
    group by l.claim_key
)
select
    c.claim_key,
    case when abs(c.charge_amount) < 1000000000000 then c.charge_amount else s.charge_amount end as charge_amount
from service_claims as c
left join summed as s on s.claim_key = c.claim_key
