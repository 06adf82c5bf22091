-- Why payment differs from what is due, cause by cause, never netted: negative is less than is due.
select payer, cause, count(*) as claims, sum(amount) as amount
from (
  select
    payer, case when allowed_variance < 0 then 'allowed less' else 'allowed more' end as cause,
    allowed_variance as amount
  from expected_payments
  union all
  select
    payer,
    case
      when sequestration_variance > 0 then 'sequestration not taken'
      when sequestration_rule is null then 'sequestration taken, not agreed'
      else 'more sequestration than agreed'
    end as cause,
    sequestration_variance as amount
  from expected_payments
  union all
  select
    payer,
    case
      when withhold_variance > 0 then 'withhold not taken'
      when withhold_rule is null then 'withhold taken, not agreed'
      else 'more withheld than agreed'
    end as cause,
    withhold_variance as amount
  from expected_payments
  union all
  select
    payer, case when interest_paid > 0 then 'interest too low' else 'interest missing' end as cause,
    -interest_short as amount
  from expected_payments
  union all
  select
    payer, case when other_variance < 0 then 'other deductions' else 'other additions' end as cause,
    other_variance as amount
  from expected_payments
) as c
cross join choices as o
where c.amount < -o.tolerance or c.amount > o.tolerance
group by payer, cause
