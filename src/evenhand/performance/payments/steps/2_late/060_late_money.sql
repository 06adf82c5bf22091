-- All that is late: what came after its day, and what never came (without a day of payment).
select claim_key, payment_date, new_amount, terms_key, owed_on, days_late, discount, share_of from late_payments
union all
select claim_key, cast(null as date), new_amount, terms_key, owed_on, days_late, discount, share_of from unpaid_amounts
