-- What the same lines are worth under both: before limits (fee), after them (amount), and what limits take.
-- item: the code, or for a price of the claim as one the term that pays it.
select
  case when whole = 1 then current_term else coalesce(hcpcs_code, revenue_center_code, 'none') end as item,
  whole, hcpcs_code, current_term, offer_term,
  sum(today_amount) as today_amount,
  count(*) as lines, count(distinct claim_key) as claims, sum(units) as units, sum(charge_amount) as charges,
  sum(current_fee) as current_fee, sum(current_amount) as current_amount,
  sum(offer_fee) as offer_fee, sum(offer_amount) as offer_amount,
  sum(case when current_lesser_of is not null then 1 else 0 end) as current_limited,
  sum(case when offer_lesser_of is not null then 1 else 0 end) as offer_limited
from valued
where comparable = 1
group by
  case when whole = 1 then current_term else coalesce(hcpcs_code, revenue_center_code, 'none') end,
  whole, hcpcs_code, current_term, offer_term
