-- What each payer allowed a unit of each code, and whether the claims are the contract's.
select
  coalesce(c.payer, '') as payer, l.hcpcs_code,
  max(case when w.payer is not null then 1 else 0 end) as mine,
  count(distinct l.claim_key) as claims, sum(l.units) as units, sum(s.allowed_amount) as allowed
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
cross join offer_days as d
inner join settled_lines as s on s.line_key = l.line_key
left join clause_payers as w on w.payer = coalesce(c.payer, '') and w.payer_id = coalesce(c.payer_id, '')
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
  and s.judged and s.allowed_amount > 0 and l.units > 0 and l.hcpcs_code is not null
group by coalesce(c.payer, ''), l.hcpcs_code
order by payer, hcpcs_code
