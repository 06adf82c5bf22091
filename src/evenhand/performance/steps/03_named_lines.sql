-- kept
-- Every line with what was billed, what the payer did with it and what the contract says,
-- and why it cannot be compared (why_not), if it cannot.
-- whole_price: the line belongs to a price for the whole claim (a case or its days).
select
  l.line_key, l.claim_key, l.claim_line_number, c.claim_id, c.payer, c.product, c.product_shown,
  l.service_date, l.hcpcs_code, l.revenue_center_code, l.modifiers, l.units, l.charge_amount,
  coalesce(s.state, 'not remitted') as state, 
  case
    when t.claim_key is null then s.allowed_amount
    when s.line_key = t.first_line_key then t.allowed_amount
    when s.line_key is not null then 0.00
  end as allowed_amount,
  case when t.claim_key is null then s.allowed_method else 'claim level' end as allowed_method,
  s.paid_amount,
  s.adjudicated_code, s.adjudicated_modifiers, s.adjudicated_units,
  s.denial_group, s.denial_reason, s.reasons, s.payment_date, s.payer_sequence,
  p.contract_id, p.version_no, p.outcome, p.term, p.cite, p.method, p.per, p.schedule,
  p.percent, p.unit_rate, p.modifier_factor, p.procedure_rank, p.procedure_factor, p.fee_amount, p.lesser_of, p.expected_amount,
  case
    when p.outcome in ('included', 'priced') and p.per in ('case', 'day') then 1
    else 0
  end as whole_price,
  case
    when s.line_key is null then 'not remitted'
    when not s.judged and (t.claim_key is null or s.why_not <> 'allowed unknown') then coalesce(s.why_not, 'not judged')
    when p.expected_amount is null then coalesce(p.outcome, 'not priced')
  end as why_not
from service_lines as l
inner join named_claims as c on c.claim_key = l.claim_key
left join settled_lines as s on s.line_key = l.line_key
left join told_by_claim as t on t.claim_key = l.claim_key
left join priced_lines as p on p.line_key = l.line_key
