-- The lines of each variance, with the amounts compared.
select l.line_key, l.comparison_key, v.actual_amount, v.expected_amount, o.tolerance
from compared_lines as l
inner join variances as v on v.comparison_key = l.comparison_key
cross join choices as o
