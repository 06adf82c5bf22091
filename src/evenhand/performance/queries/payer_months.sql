-- Each payer's months of service: allowed against charges, and expected against actual.
select
  payer, extract(year from service_date) as year, extract(month from service_date) as month,
  count(*) as lines,
  sum(charge_amount) as charges,
  sum(case when allowed_amount is not null and state <> 'denied' then charge_amount else 0.00 end) as allowed_charges,
  sum(case when state <> 'denied' then coalesce(allowed_amount, 0.00) else 0.00 end) as allowed,
  sum(case when state = 'denied' then charge_amount else 0.00 end) as denied_charges,
  sum(case when state not in ('not remitted', 'unclear') then charge_amount else 0.00 end) as remitted_charges
from named_lines
where service_date is not null
group by payer, extract(year from service_date), extract(month from service_date)
