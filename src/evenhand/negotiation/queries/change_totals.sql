-- What one change does to the claims: lines dearer and cheaper apart, and lines that lose or gain a price by it.
select
  count(distinct case when comparable = 1 then claim_key end) as claims_valued,
  sum(comparable) as lines_valued,
  sum(case when comparable = 1 then current_amount else 0.00 end) as current_amount,
  sum(case when comparable = 1 then offer_amount else 0.00 end) as changed_amount,
  sum(case when comparable = 1 and offer_amount > current_amount then offer_amount - current_amount else 0.00 end) as up,
  sum(case when comparable = 1 and offer_amount < current_amount then offer_amount - current_amount else 0.00 end) as down,
  sum(case when comparable = 1 and offer_amount <> current_amount then 1 else 0 end) as lines,
  count(distinct case when comparable = 1 and offer_amount <> current_amount then claim_key end) as claims,
  sum(case when current_amount is not null and offer_amount is null then 1 else 0 end) as lost_lines,
  sum(case when offer_amount is null then coalesce(current_amount, 0.00) else 0.00 end) as lost_amount,
  sum(case when current_amount is null and offer_amount is not null then 1 else 0 end) as gained_lines,
  sum(case when current_amount is null then coalesce(offer_amount, 0.00) else 0.00 end) as gained_amount
from valued
