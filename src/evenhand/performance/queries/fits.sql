-- Alternatives whose price is what was allowed: in all, or line by line where each line is paid either
-- as agreed or as the alternative says. One row for each comparison and alternative.
select
  m.comparison_key, l.alternative
from priced_lines as p
inner join alternative_lines as l on l.line_key = p.line_key
inner join compared_lines as m on m.line_key = l.first_line_key
group by m.comparison_key, l.alternative, m.actual_amount, m.tolerance
having sum(case when p.expected_amount is null then 1 else 0 end) = 0
  and (
    sum(p.expected_amount) between m.actual_amount - m.tolerance and m.actual_amount + m.tolerance
    or sum(
      case
        when m.line_actual between m.line_expected - m.tolerance and m.line_expected + m.tolerance then 0
        when m.line_actual between p.expected_amount - m.tolerance and p.expected_amount + m.tolerance then 0
        else 1
      end
    ) = 0
  )
