-- kept
-- What should be paid for each claim, and what was. payment_variance = allowed_variance + sequestration_variance
-- + withhold_variance + other_variance; each is negative where the provider got less.
-- interest_owed is null where the contract has no rule, or receipt or rate are not known; 0.00 where payment was in time.
-- interest_accruing, on what was never paid, is no part of it; null too where no day is asked about.
select
  m.*,
  m.paid_amount - m.payment_due as payment_variance,
  m.paid_amount - m.payment_due - m.allowed_variance - m.sequestration_variance - m.withhold_variance as other_variance,
  case when m.interest_owed > m.interest_paid then m.interest_owed - m.interest_paid else 0.00 end as interest_short
from (
  select
    d.claim_key, d.claim_id, d.payer, d.product, d.claim_start_date, d.contract_id, d.version_no, d.charge_amount,
    d.expected_allowed, d.allowed_amount, d.patient_amount, d.sequestration, d.withhold, d.payment_due,
    coalesce(p.paid_amount, 0.00) as paid_amount, d.received_date, w.due_date, p.paid_date,
    case when w.due_date is not null then coalesce(l.days_late, 0) end as days_late,
    case when l.claim_key is not null then l.interest_owed when w.interest_known then 0.00 end as interest_owed,
    coalesce(p.interest_paid, 0.00) as interest_paid,
    d.payment_due - coalesce(n.whole_amount, 0.00) as unpaid_amount,
    case when w.due_date is not null and a.accrue_to is not null then coalesce(c.days_unpaid, 0) end as days_unpaid,
    case
      when c.claim_key is not null then c.interest_accruing
      when w.interest_known and a.accrue_to is not null then 0.00
    end as interest_accruing,
    q.words as sequestration_rule, h.words as withhold_rule, r.words as prompt_rule,
    coalesce(p.sequestration_taken, 0.00) as sequestration_taken, coalesce(p.withhold_taken, 0.00) as withhold_taken,
    d.allowed_amount - d.patient_amount - d.payer_share as allowed_variance,
    d.sequestration - coalesce(p.sequestration_taken, 0.00) as sequestration_variance,
    d.withhold - coalesce(p.withhold_taken, 0.00) as withhold_variance
  from due_amounts as d
  left join claim_money as p on p.claim_key = d.claim_key
  left join payment_days as w on w.rule_key = d.prompt_rule and w.received_date = d.received_date
  left join claim_lateness as l on l.claim_key = d.claim_key
  left join claim_accruals as c on c.claim_key = d.claim_key
  left join (select distinct claim_key, whole_amount from new_payments) as n on n.claim_key = d.claim_key
  cross join (select max(accrue_to) as accrue_to from accrual_day) as a
  left join payment_rules as q on q.rule_key = d.sequestration_rule
  left join payment_rules as h on h.rule_key = d.withhold_rule
  left join payment_rules as r on r.rule_key = d.prompt_rule
) as m
