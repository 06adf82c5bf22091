-- Lines of each payer: how many were remitted, allowed, denied, with their charges.
select
  payer, product_shown as product,
  count(*) as lines,
  sum(case when state not in ('not remitted', 'unclear') then 1 else 0 end) as remitted_lines,
  sum(case when state not in ('not remitted', 'unclear') then charge_amount else 0.00 end) as remitted_charges,
  sum(case when state = 'denied' then 1 else 0 end) as denied_lines,
  sum(case when state = 'denied' then charge_amount else 0.00 end) as denied_charges,
  sum(case when allowed_amount is not null and state <> 'denied' then 1 else 0 end) as allowed_lines,
  sum(case when allowed_amount is not null and state <> 'denied' then charge_amount else 0.00 end) as allowed_charges,
  sum(case when state <> 'denied' then coalesce(allowed_amount, 0.00) else 0.00 end) as allowed
from named_lines
group by payer, product_shown
