-- Actual against expected: what was compared, and under- and overpayments apart.
select
  c.payer, c.product_shown as product,
  count(*) as comparisons,
  sum(c.lines) as lines,
  sum(c.charge_amount) as charges,
  sum(c.expected_amount) as expected,
  sum(c.actual_amount) as actual,
  sum(case when v.direction = 'underpaid' then 1 else 0 end) as underpaid_comparisons,
  sum(case when v.direction = 'underpaid' then -v.variance_amount else 0.00 end) as underpaid,
  sum(case when v.direction = 'overpaid' then 1 else 0 end) as overpaid_comparisons,
  sum(case when v.direction = 'overpaid' then v.variance_amount else 0.00 end) as overpaid
from comparisons as c
left join variances as v on v.comparison_key = c.comparison_key
group by c.payer, c.product_shown
