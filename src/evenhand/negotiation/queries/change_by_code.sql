-- The change of each code, line by line; what only moves with others (ranked after them, held to a claim's charge) too.
select
  coalesce(hcpcs_code, revenue_center_code, 'none') as code, count(*) as lines, sum(units) as units,
  sum(current_amount) as current_amount, sum(offer_amount) as changed_amount,
  sum(offer_amount - current_amount) as change,
  sum(case when offer_amount <> current_amount then 1 else 0 end) as lines_changed
from valued
where comparable = 1
group by coalesce(hcpcs_code, revenue_center_code, 'none')
