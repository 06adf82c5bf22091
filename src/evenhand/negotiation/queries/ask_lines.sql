-- What each rate pays today: by term and code, setting, and whether a modifier moves it; with what the patients owe.
-- Of the allowed amount, coinsurance grows with the rate, a deductible until it is met; a copayment does not.
select
  coalesce(p.term, '') as term, l.hcpcs_code as code, l.setting, case when l.modifiers = '' then 1 else 0 end as bare,
  count(*) as lines, count(distinct l.claim_key) as claims,
  count(distinct coalesce(c.member_id, cast(l.claim_key as varchar))) as patients,
  sum(coalesce(l.units, 1)) as units,
  sum(case when p.unit_rate is not null then p.units else 0 end) as rated_units,
  sum(case when p.unit_rate is not null then p.unit_rate * p.units else 0 end) as rated_amount,
  sum(p.expected_amount) as amount,
  sum(case when s.allowed_amount > 0 then 1 else 0 end) as known_lines,
  sum(case when s.allowed_amount > 0 then s.allowed_amount else 0.00 end) as known_amount,
  sum(case when s.allowed_amount > 0 then coalesce(s.deductible_amount, 0.00) else 0.00 end) as deductible_amount,
  sum(case when s.allowed_amount > 0 then coalesce(s.coinsurance_amount, 0.00) else 0.00 end) as coinsurance_amount
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
inner join priced_lines as p on p.line_key = l.line_key
left join ask_settled as s on s.line_key = l.line_key
where p.expected_amount is not null
group by coalesce(p.term, ''), l.hcpcs_code, l.setting, case when l.modifiers = '' then 1 else 0 end
order by term, code, setting, bare
