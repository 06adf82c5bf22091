-- Alternatives whose price is what was allowed: one row for each comparison and alternative.
select
  m.comparison_key, l.alternative, sum(p.expected_amount) as amount
from priced_lines as p
inner join alternative_lines as l on l.line_key = p.line_key
inner join compared_lines as m on m.line_key = l.first_line_key
group by m.comparison_key, l.alternative, m.actual_amount, m.expected_amount, m.tolerance
having sum(case when p.expected_amount is null then 1 else 0 end) = 0
  and sum(p.expected_amount) >= m.actual_amount - m.tolerance
  and sum(p.expected_amount) <= m.actual_amount + m.tolerance
