-- kept
-- Every valued line with its price under the contract as it stands that day, the day before, and under the offer.
-- whole: either side prices the claim, or this part of it, as one.
select
  l.line_key, l.claim_key, l.hcpcs_code, l.revenue_center_code, l.modifiers, l.units, l.charge_amount,
  c.outcome as current_outcome, c.term as current_term, c.method as current_method, c.unit_rate as current_rate,
  coalesce(c.fee_amount, c.expected_amount) as current_fee, c.lesser_of as current_lesser_of,
  c.expected_amount as current_amount, t.expected_amount as today_amount,
  o.outcome as offer_outcome, o.term as offer_term, o.method as offer_method, o.unit_rate as offer_rate,
  coalesce(o.fee_amount, o.expected_amount) as offer_fee, o.lesser_of as offer_lesser_of,
  o.expected_amount as offer_amount,
  case
    when c.outcome in ('included', 'priced') and c.per in ('case', 'day') then 1
    when o.outcome in ('included', 'priced') and o.per in ('case', 'day') then 1
    else 0
  end as whole
from service_lines as l
inner join current_claims as k on k.claim_key = l.claim_key and k.contract_id is not null
inner join current_lines as c on c.line_key = l.line_key
inner join today_lines as t on t.line_key = l.line_key
inner join offer_lines as o on o.line_key = l.line_key
