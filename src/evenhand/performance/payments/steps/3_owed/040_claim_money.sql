-- The money of each claim over all its payments.
select
  claim_key, max(payment_date) as paid_date, sum(paid_amount) as paid_amount,
  coalesce(sum(interest_amount), 0.00) as interest_paid,
  sum(sequestration_amount) as sequestration_taken, sum(withhold_amount) as withhold_taken
from payments_by_day
group by claim_key
