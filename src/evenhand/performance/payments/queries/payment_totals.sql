-- Each payer's claims: what should have been paid, what was, and what lateness costs.
select
  payer, count(*) as claims,
  sum(expected_allowed) as expected_allowed, sum(patient_amount) as patient,
  sum(sequestration) as sequestration, sum(withhold) as withhold, sum(payment_due) as payment_due,
  sum(paid_amount) as paid, sum(payment_variance) as variance,
  sum(case when due_date is not null then 1 else 0 end) as timed_claims,
  sum(case when days_late > 0 then 1 else 0 end) as late_claims,
  sum(case when days_late > 0 and interest_owed is null then 1 else 0 end) as unknown_claims,
  sum(case when interest_short > 0 then 1 else 0 end) as short_claims,
  sum(coalesce(interest_owed, 0.00)) as interest_owed,
  sum(interest_paid) as interest_paid, sum(interest_short) as interest_short,
  sum(case when unpaid_amount > 0 then 1 else 0 end) as unpaid_claims, sum(unpaid_amount) as unpaid,
  sum(case when days_unpaid > 0 and interest_accruing is null then 1 else 0 end) as unknown_accruals,
  sum(coalesce(interest_accruing, 0.00)) as interest_accruing
from expected_payments
group by payer
