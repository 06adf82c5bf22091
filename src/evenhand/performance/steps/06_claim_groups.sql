-- Lines compared together: actual and expected are sums over them. One line that cannot be judged
-- blocks the whole group, except a line denied within a price per case.
select
  claim_key,
  min(line_key) as comparison_key,
  sum(charge_amount) as charge_amount,
  sum(coalesce(allowed_amount, 0.00)) as actual_amount,
  sum(coalesce(expected_amount, 0.00)) as expected_amount,
  count(*) as lines,
  min(case when why_not is not null and harmless = 0 then why_not end) as blocked_by,
  sum(case when why_not is null then 1 else 0 end) as judged_lines
from grouped_lines
where grouped = 1
group by claim_key
