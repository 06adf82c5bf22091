-- kept
-- Charge and payment of the settling remittances, once for each line and once for each whole claim. B6 counts
-- only when every part carries it.
with b6 as (
    select f.claim_key, count(*) as remit_lines,
        case when count(l.reported_allowed_amount) = count(*) then sum(l.reported_allowed_amount) end as b6
    from finals as f
    join remit_lines as l on l.remit_claim_key = f.remit_claim_key
    group by f.claim_key
)
select
    'line' as level, m.line_key as target_key, min(f.claim_key) as claim_key, min(m.remit_line_key) as remit_line_key,
    min(m.match_method) as method, min(l.remit_claim_key) as remit_claim_key,
    sum(l.charge_amount) as charged, sum(l.paid_amount) as paid, sum(l.service_unit_quantity) as units,
    count(*) as remit_lines, count(*) - count(l.charge_amount) + count(*) - count(l.paid_amount) as bad_count,
    case when count(l.reported_allowed_amount) = count(*) then sum(l.reported_allowed_amount) end as b6
from line_matches as m
join remit_lines as l on l.remit_line_key = m.remit_line_key
join finals as f on f.remit_claim_key = l.remit_claim_key
group by m.line_key
union all
select
    'claim' as level, f.claim_key as target_key, f.claim_key, cast(null as bigint) as remit_line_key,
    cast(null as varchar) as method, min(f.remit_claim_key) as remit_claim_key,
    sum(f.charge_amount) as charged, sum(f.paid_amount) as paid, cast(null as decimal(18, 3)) as units,
    min(coalesce(b.remit_lines, 0)) as remit_lines,
    count(*) - count(f.charge_amount) + count(*) - count(f.paid_amount) as bad_count, min(b.b6) as b6
from finals as f
left join b6 as b on b.claim_key = f.claim_key
group by f.claim_key
