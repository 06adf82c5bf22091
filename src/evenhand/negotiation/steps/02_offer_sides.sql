-- Whether a claim is priced as one on either side, and how many of its lines lack a price on one.
select
  claim_key,
  max(whole) as whole,
  sum(case when current_amount is null or offer_amount is null then 1 else 0 end) as unpriced
from pairs
group by claim_key
