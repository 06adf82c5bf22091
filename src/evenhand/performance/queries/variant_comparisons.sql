-- The lines of each variance, with the amounts compared, of the whole comparison and of the line.
select
  l.line_key, l.comparison_key, v.actual_amount, v.expected_amount, o.tolerance,
  coalesce(n.allowed_amount, 0.00) as line_actual, coalesce(n.expected_amount, 0.00) as line_expected
from compared_lines as l
inner join variances as v on v.comparison_key = l.comparison_key
inner join named_lines as n on n.line_key = l.line_key
cross join choices as o
