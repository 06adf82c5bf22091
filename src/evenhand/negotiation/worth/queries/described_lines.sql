-- Whose each line is and when it was: the patient, where the book knows him, else the claim.
select
  l.line_key, l.claim_key, l.hcpcs_code, coalesce(l.hcpcs_code, l.revenue_center_code, '') as code, l.units, l.charge_amount,
  coalesce(c.member_id, 'claim ' || cast(c.claim_key as varchar)) as patient,
  extract(year from c.claim_start_date) * 12 + extract(month from c.claim_start_date) - 1 as month
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
order by l.line_key
