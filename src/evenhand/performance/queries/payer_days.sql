-- Days to pay as exact order statistics: the smallest number of days within which at least half
-- (nine tenths) of the paid claims were paid. Late is counted only where the contract states its days
-- and the payer states when it received the claim.
select
  payer, product_shown as product,
  max(counted) as timed_claims,
  min(case when place * 100 >= counted * 50 then days_to_pay end) as days_p50,
  min(case when place * 100 >= counted * 90 then days_to_pay end) as days_p90,
  max(payment_days) as payment_days,
  sum(case when payment_days is not null and days_from = 'received' then 1 else 0 end) as due_claims,
  sum(case when days_from = 'received' and days_to_pay > payment_days then 1 else 0 end) as late_claims,
  sum(case when days_from = 'service' then 1 else 0 end) as timed_from_service
from (
  select
    payer, product_shown, days_to_pay, days_from, payment_days,
    row_number() over (partition by payer, product_shown order by days_to_pay, claim_key) as place,
    count(*) over (partition by payer, product_shown) as counted
  from named_claims
  where days_to_pay is not null
) as timed
group by payer, product_shown
