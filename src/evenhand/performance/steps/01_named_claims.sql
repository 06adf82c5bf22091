-- Every claim with the payer's name as it is shown (one spelling for each payer), its product, its
-- contract and what became of it. product_shown is one word for all products unless they are told apart.
select
  c.claim_key, c.claim_id, c.claim_type, c.claim_start_date, c.claim_end_date,
  n.payer_shown as payer, coalesce(c.product, 'not stated') as product,
  case when o.by_product then coalesce(c.product, 'not stated') else 'all' end as product_shown,
  c.charge_amount,
  coalesce(s.state, 'not remitted') as state,
  s.allowed_amount, s.paid_amount, s.payment_date, s.first_payment_date, s.days_to_pay, s.days_from,
  coalesce(s.reversals, 0) as reversals, s.payer_sequence,
  p.contract_id, p.version_no, t.payment_days
from service_claims as c
inner join payer_names as n
  on n.payer = coalesce(c.payer, '') and n.payer_id = coalesce(c.payer_id, '')
left join settled_claims as s on s.claim_key = c.claim_key
left join priced_claims as p on p.claim_key = c.claim_key
left join payment_terms as t on t.contract_id = p.contract_id
cross join choices as o
where (o.first_day is null or c.claim_start_date >= o.first_day)
  and (o.last_day is null or c.claim_start_date <= o.last_day)
