-- kept
-- Claims that were judged and are priced whole: what the contract allows, what of it is the patient's, and what is the
-- payer's. The patient's share is the one the payer told; it never exceeds what is allowed.
select
  c.claim_key, c.claim_id, c.payer, c.product, c.claim_start_date, c.contract_id, c.version_no,
  case
    when v.claim_type = 'institutional' and v.discharge_date is not null then v.discharge_date
    else v.claim_start_date
  end as rule_day,
  c.charge_amount, p.expected_amount as expected_allowed, s.allowed_amount,
  coalesce(s.patient_amount, 0.00) as patient_amount,
  case
    when p.expected_amount > coalesce(s.patient_amount, 0.00) then p.expected_amount - coalesce(s.patient_amount, 0.00)
    else 0.00
  end as payer_share,
  s.received_date, s.payment_date as last_payment_date, s.paid_amount as cash_amount
from named_claims as c
inner join service_claims as v on v.claim_key = c.claim_key
inner join settled_claims as s on s.claim_key = c.claim_key
inner join priced_claims as p on p.claim_key = c.claim_key
where s.judged and p.expected_amount is not null and coalesce(p.unpriced_lines, 0) = 0
