-- What each line comes to, before limits too, and whether its claim is priced as one; in the order of lines.
select
  l.line_key, p.expected_amount, coalesce(p.fee_amount, p.expected_amount) as fee_amount,
  case when p.outcome in ('included', 'priced') and p.per in ('case', 'day') then 1 else 0 end as whole
from service_lines as l
left join priced_lines as p on p.line_key = l.line_key
order by l.line_key
