-- kept
-- Money of each claim by day; of claims without a remittance, the payment their table tells.
select
  d.claim_key, p.payment_date,
  sum(p.paid_amount) as paid_amount, sum(p.interest_amount) as interest_amount,
  sum(p.sequestration_amount) as sequestration_amount, sum(p.withhold_amount) as withhold_amount
from due_amounts as d
inner join claim_payments as p on p.claim_key = d.claim_key
group by d.claim_key, p.payment_date
union all
select
  d.claim_key, d.last_payment_date as payment_date, d.cash_amount as paid_amount,
  cast(null as decimal(18, 2)) as interest_amount, 0.00 as sequestration_amount, 0.00 as withhold_amount
from due_amounts as d
left join claim_payments as p on p.claim_key = d.claim_key
where p.claim_key is null and d.cash_amount is not null
