-- kept
-- What was never paid of what is due, and for how many days on the day asked about; nothing where no day is asked about.
-- A penalty on the discount that a late payment already bears whole does not accrue besides.
select
  d.claim_key, cast(d.payment_due - coalesce(p.whole_amount, 0.00) as decimal(18, 2)) as new_amount, w.terms_key, w.owed_on,
  date_diff('day', w.due_date, a.accrue_to) as days_late,
  case
    when b.claim_key is null and d.charge_amount > d.expected_allowed then d.charge_amount - d.expected_allowed
    else 0.00
  end as discount,
  case when p.claim_key is not null then d.expected_allowed end as share_of
from accrual_day as a
cross join due_amounts as d
inner join payment_days as w on w.rule_key = d.prompt_rule and w.received_date = d.received_date
left join (select distinct claim_key, whole_amount from new_payments) as p on p.claim_key = d.claim_key
left join (select distinct claim_key from late_payments where share_of is null) as b on b.claim_key = d.claim_key
where a.accrue_to > w.due_date and d.payment_due > coalesce(p.whole_amount, 0.00)
