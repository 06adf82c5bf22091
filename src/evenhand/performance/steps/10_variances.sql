-- kept
-- Comparisons that differ by more than the tolerance, over- and underpayments marked apart.
select
  c.*,
  case when c.variance_amount < 0 then 'underpaid' else 'overpaid' end as direction
from comparisons as c
cross join choices as o
where c.variance_amount > o.tolerance or c.variance_amount < -o.tolerance
