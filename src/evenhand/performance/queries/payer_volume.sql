-- Claims, charges and money of each payer. Allowed is set against the charges of the lines that have an
-- allowed amount and were not denied; paid is cash net of reversals.
select
  payer, product_shown as product,
  count(*) as claims,
  sum(charge_amount) as charges,
  sum(coalesce(paid_amount, 0.00)) as paid,
  sum(case when state not in ('not remitted', 'unclear') then 1 else 0 end) as remitted_claims,
  sum(case when state = 'denied' then 1 else 0 end) as denied_claims,
  sum(case when state = 'partly denied' then 1 else 0 end) as partly_denied_claims,
  sum(case when state in ('not remitted', 'unclear') then 1 else 0 end) as not_remitted_claims,
  sum(case when state in ('not remitted', 'unclear') then charge_amount else 0.00 end) as not_remitted_charges,
  sum(reversals) as reversals
from named_claims
group by payer, product_shown
