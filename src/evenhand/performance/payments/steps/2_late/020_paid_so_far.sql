-- What of the payment due had been paid by each day: never more than is due, and what was taken back and paid again is
-- not paid anew. Payments without a date come first, so that they are never late.
select
  claim_key, payment_date, paid_day,
  max(counted) over (partition by claim_key order by paid_day rows between unbounded preceding and current row) as paid_so_far
from (
  select
    r.claim_key, r.payment_date, r.paid_day,
    case
      when r.running_amount > d.payment_due then d.payment_due
      when r.running_amount < 0 then 0.00
      else r.running_amount
    end as counted
  from (
    select
      claim_key, payment_date, coalesce(payment_date, date '1900-01-01') as paid_day,
      sum(paid_amount) over (
        partition by claim_key order by coalesce(payment_date, date '1900-01-01')
        rows between unbounded preceding and current row
      ) as running_amount
    from payments_by_day
  ) as r
  inner join due_amounts as d on d.claim_key = r.claim_key
) as c
