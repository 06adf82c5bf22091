-- kept
-- Payments that came after the day they were due, with the terms that say what that costs (none where no rate is known).
-- share_of: of a penalty on the discount a late part bears its part of the allowed amount; a whole late payment all.
select
  p.claim_key, p.payment_date, p.new_amount, w.terms_key, w.owed_on,
  date_diff('day', w.due_date, p.payment_date) as days_late,
  case when d.charge_amount > d.expected_allowed then d.charge_amount - d.expected_allowed else 0.00 end as discount,
  case when p.new_amount <> p.whole_amount then d.expected_allowed end as share_of
from new_payments as p
inner join due_amounts as d on d.claim_key = p.claim_key
inner join payment_days as w on w.rule_key = d.prompt_rule and w.received_date = d.received_date
where p.payment_date > w.due_date
